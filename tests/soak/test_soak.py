"""The soak, small: what `make soak` plays with ten thousand reminders and twenty kills."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.soak.soak import Plan, run

if TYPE_CHECKING:
    from tests.support.databases import PostgreSQL


def test_nothing_is_lost_or_doubled_though_processes_are_killed_and_slack_misbehaves(
    postgresql_server: PostgreSQL,
) -> None:
    url = postgresql_server.create()
    outcome = run(Plan(reminders=300, kills=3, manners="unheard", lease=4.0, tick=0.5, patience=120.0), url)
    postgresql_server.drop(url)
    assert outcome.holds, "\n".join(outcome.lines())
    assert outcome.found > 0
    assert outcome.taken_over > 0

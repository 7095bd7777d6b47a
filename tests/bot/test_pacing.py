"""Pauses: of an address, of a workspace, and how much is taken on at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.pacing import BETWEEN_POSTS, Appetite, Holds, Pace
from handlers.reminders.desk import BATCH

NOW = datetime(2026, 3, 2, 8, tzinfo=UTC)
ONE, TWO, OTHER = (1, "C1"), (1, "C2"), (2, "C1")


def later(seconds: float) -> datetime:
    return NOW + timedelta(seconds=seconds)


def test_a_pause_is_for_its_address_alone() -> None:
    holds = Holds()
    assert holds.pause(ONE, 30, NOW) == later(30)
    assert holds.over(ONE, later(29)) == later(30)
    assert holds.over(ONE, later(30)) is None
    assert holds.over(TWO, NOW) is None
    assert holds.over(OTHER, NOW) is None
    assert holds.workspaces(NOW) == []


def test_several_addresses_that_are_refused_meanwhile_mean_the_workspace_and_no_other_one() -> None:
    holds = Holds()
    for number in range(3):
        holds.pause((1, f"C{number}"), 30, NOW)
        holds.pause((2 + number, "C1"), 30, NOW)
    assert holds.workspaces(NOW) == []
    holds.pause((1, "C9"), 20, later(5))
    assert holds.workspaces(later(5)) == [1]
    assert holds.over((1, "C8"), later(5)) == later(25)
    assert holds.over((2, "C8"), later(5)) is None
    assert holds.workspaces(later(25)) == []


def test_one_after_the_other_is_no_sign_of_the_workspace() -> None:
    holds = Holds()
    for number in range(9):
        holds.pause((1, f"C{number}"), 5, later(2 * number))
    assert holds.workspaces(later(16)) == []


def test_what_is_said_of_the_reach_of_a_pause_counts() -> None:
    holds = Holds()
    holds.pause(ONE, 300, NOW, whole=False)
    holds.pause(TWO, 300, NOW, whole=False)
    assert holds.workspaces(NOW) == []
    holds.pause(OTHER, 300, NOW, whole=True)
    assert holds.workspaces(NOW) == [2]


def test_a_platform_that_does_not_answer_is_left_alone_ever_longer_until_it_does() -> None:
    holds, at = Holds(), NOW
    pauses = []
    for number in range(200):
        holds.trouble((1, f"C{number}"), at)
        if holds.workspaces(at):
            end = holds.over((1, ""), at)
            assert end is not None
            pauses.append((end - at).total_seconds())
            at = end
    assert pauses[0] == 30
    assert max(pauses) == 300
    assert pauses == sorted(pauses)
    holds.is_well(ONE)
    holds.trouble(ONE, at)
    assert holds.workspaces(at) == []


def test_no_more_is_claimed_than_goes_out_in_a_moment() -> None:
    appetite = Appetite()
    appetite.learn(50, 1.0)
    assert appetite.most == 100
    appetite.learn(50, 1e-9)
    assert appetite.most == BATCH
    appetite.learn(3, 60.0)
    assert appetite.most == 50


@pytest.mark.parametrize("posts", [2, 5])
def test_the_pace_gives_each_post_its_turn(posts: int) -> None:
    pace = Pace()
    assert [pace.wait(ONE, 100.0) for _ in range(posts)] == [n * BETWEEN_POSTS for n in range(posts)]
    assert pace.wait(TWO, 100.0) == 0
    assert pace.wait(ONE, 200.0) == 0

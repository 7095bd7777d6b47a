"""A kept snapshot is never older than the plan: after whatever is said, it is what the tables hold."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from storage.people import find_seat
from storage.snapshots import Snapshot, Snapshots
from storage.tables import Alternative, Answer, Concession, ListItem, Mandate, Offer, Plan, Term, Trade
from storage.unit import Unit
from tests.journeys.transcript import read
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.database import Handle

TABLES = (Answer, Term, Alternative, Mandate, Trade, Offer, Concession, ListItem)
MORE = (
    "term acme price: stop 4.02",
    "terms acme",
    "questions acme done 1",
    "batna acme set Borg: chance 95 %",
    "undo",
    "rename acme to Acme Plastics",
    "archive acme",
)


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    one = Talk(database_url)
    yield one
    one.close()


def test_is_what_the_tables_hold_after_every_line(talk: Talk) -> None:
    steps = read(Path(__file__).parents[1] / "journeys" / "acme.txt").steps
    lines = [step.text for step in steps if step.kind == "say" and step.who == "ann"]
    compared = 0
    for line in (*lines, *MORE):
        talk.say(line)
        kept, fresh = _through(talk, kept=True), _through(talk, kept=False)
        assert kept == fresh, line
        compared += bool(kept)
    assert compared > 40


def _through(talk: Talk, *, kept: bool) -> list[list[dict[str, object]]]:
    """All rows of all of ann's plans, read as an answer reads them, or past what is kept."""
    with talk.app.database.reading() as handle:
        if not kept:
            handle.snapshots = None
        return [rows for plan_id in _plans(talk, handle) for rows in _rows(talk, handle, plan_id)]


def _unit(talk: Talk, handle: Handle) -> Unit:
    seat = find_seat(handle.connection, talk.key.platform, talk.key.id, "ann")
    assert seat is not None
    return Unit(handle, seat, talk.now)


def _plans(talk: Talk, handle: Handle) -> list[int]:
    return [head.id for head, _ in _unit(talk, handle).plans.every()]


def _rows(talk: Talk, handle: Handle, plan_id: int) -> list[list[dict[str, object]]]:
    sheet = _unit(talk, handle).plans.sheet(plan_id)
    assert sheet is not None
    return [[vars(sheet.plan)], *([vars(row) for row in sheet.rows(table)] for table in TABLES)]


def test_what_is_for_the_owner_alone_is_in_no_sheet(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    talk.say("set acme: triggers being rushed")
    talk.say("set acme: goal price at 3.70")
    (plan_id,) = _with_plans(talk)
    with talk.app.database.reading() as handle:
        sheet = _unit(talk, handle).plans.sheet(plan_id)
        assert sheet is not None
        assert set(sheet.answers()) == {"goal"}


def _with_plans(talk: Talk) -> list[int]:
    with talk.app.database.reading() as handle:
        return _plans(talk, handle)


def test_the_oldest_snapshot_goes_first() -> None:
    kept = Snapshots()
    snapshots = [Snapshot({Plan: None}) for _ in range(Snapshots.MOST + 1)]
    for number, snapshot in enumerate(snapshots):
        kept.keep(number, 1, snapshot)
    assert kept.find(0, 1) is None
    assert kept.find(1, 1) is snapshots[1]
    assert kept.find(1, 2) is None

"""What is to be owed anew: asked once, done by one at a time, and left alone where somebody is in the way."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from storage.anew import SUBJECTS, Anew, Busy, ask, is_asked, part
from storage.database import Database
from storage.people import Seat, take_seat
from storage.tables import Contract
from storage.unit import Unit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def seat(database: Database, workspace: str = "one", count: int = 0) -> Seat:
    """A member with some contracts; the whole workspace is asked for."""
    with database.writing() as handle:
        found = take_seat(handle.connection, "test", workspace, "ann", "Ann", NOW)
        unit = Unit(handle, found, NOW)
        for number in range(count):
            unit.contracts.keep(
                Contract(
                    workspace_id=0,
                    supplier=f"S{number}",
                    normal=f"s{number}",
                    owner_id=found.member_id,
                    start=date(2026, 1, 1),
                    end=date(2027, 1, 1),
                    created_at=NOW,
                    updated_at=NOW,
                )
            )
        ask(handle.connection, found.workspace_id, 0, NOW)
    return found


def test_it_is_done_in_parts_and_then_over(database: Database) -> None:
    seat(database, count=5)
    seen: list[str] = []
    while True:
        with part(database) as handle:
            anew = Anew(handle)
            job = anew.next(["test"])
            if job is None:
                break
            found = anew.contracts(job, 2) if job.subject == "contract" else []
            seen += [row.supplier for row in found] or [job.subject]
            anew.note(job, found[-1].id if found else None)
    assert sorted(seen[:5]) == [f"S{n}" for n in range(5)]
    assert seen[5:] == list(SUBJECTS)
    with database.reading() as handle:
        assert not is_asked(handle.connection, ["test"])


def test_another_change_starts_it_from_the_beginning(database: Database) -> None:
    workspace = seat(database).workspace_id
    for after, expected in ((7, 0), (None, 7)):
        with part(database) as handle:
            job = Anew(handle).next(["test"])
            assert job is not None
            assert (job.subject, job.after_id) == ("contract", expected)
            Anew(handle).note(job, after)
    with database.writing() as handle:
        ask(handle.connection, workspace, 0, NOW)
    with part(database) as handle:
        job = Anew(handle).next(["test"])
        assert job is not None
        assert (job.subject, job.after_id) == ("contract", 0)


def test_each_platform_does_its_own(database: Database) -> None:
    seat(database)
    with part(database) as handle:
        assert not is_asked(handle.connection, ["local"])
        assert Anew(handle).next(["local"]) is None


def test_who_is_in_the_way_is_not_waited_for(database: Database) -> None:
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    seat(database)
    with part(database) as first, database.writing() as second:
        assert Anew(first).next(["test"]) is not None
        assert Anew(second).next(["test"]) is None
    with database.writing() as turn:
        turn.connection.exec_driver_sql("UPDATE workspace SET name = 'x'")
        with pytest.raises(Busy):
            rename(database)


def rename(database: Database) -> None:
    """A part that changes what another transaction changes."""
    with part(database) as handle:
        assert Anew(handle).next(["test"]) is not None
        handle.connection.exec_driver_sql("UPDATE workspace SET name = 'y'")

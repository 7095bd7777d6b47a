"""What is owed: once, to whoever claims it first, and never lost."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import event, insert, select, text
from sqlalchemy.exc import OperationalError

from storage.database import Database
from storage.people import take_seat
from storage.queue import Claim, Queue
from storage.reminders import Owed
from storage.tables import Reminder
from storage.types import new_id
from storage.unit import Unit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=5)


def owed(number: int = 1, address: str = "acme", due: datetime = NOW, **more: object) -> Owed:
    """Something owed now."""
    return Owed("own", number, "own", "once", address, direct=False, due_at=due, **more)  # type: ignore[arg-type]


def owe(database: Database, *rows: Owed, workspace: str = "one", platform: str = "test") -> None:
    """Owe rows in a workspace."""
    with database.writing() as handle:
        seat = take_seat(handle.connection, platform, workspace, "ann", "Ann", NOW)
        Unit(handle, seat, NOW).reminders.owe(rows)


def claim(database: Database, token: str = "a", now: datetime = NOW, most: int = 50) -> list[Claim]:
    """Claim what is due."""
    with database.writing() as handle:
        return Queue(handle.connection).claim(["test"], now, token, now + timedelta(minutes=5), most)


def rows(database: Database) -> list[Reminder]:
    """All rows."""
    with database.reading() as handle:
        return list(handle.session.execute(select(Reminder).order_by(Reminder.subject_id)).scalars())  # type: ignore[arg-type]


def has_due(database: Database, now: datetime = NOW) -> bool:
    """Whether anything is due."""
    with database.reading() as handle:
        return Queue(handle.connection).has_due(["test"], now)


def test_what_is_owed_twice_is_owed_once(database: Database) -> None:
    owe(database, owed(), owed(2))
    owe(database, owed(due=LATER, address="other"))
    first, second = rows(database)
    assert (first.due_at, first.address) == (LATER, "other")
    assert (second.due_at, second.address) == (NOW, "acme")


def test_what_was_sent_stays_sent_when_it_is_owed_again(database: Database) -> None:
    owe(database, owed())
    taken = claim(database)
    with database.writing() as handle:
        Queue(handle.connection).sent([(taken[0].id, "a", "m1")], NOW)
    owe(database, owed(due=LATER))
    (row,) = rows(database)
    assert (row.status, row.due_at, row.posted) == ("sent", NOW, "m1")


def test_what_was_cancelled_can_be_owed_again(database: Database) -> None:
    owe(database, owed())
    with database.writing() as handle:
        seat = take_seat(handle.connection, "test", "one", "ann", "Ann", NOW)
        Unit(handle, seat, NOW).reminders.cancel("own", 1, ["other"])
        assert has_due(database) or not database.is_sqlite
        Unit(handle, seat, NOW).reminders.cancel("own", 1, ["own"])
    assert claim(database) == []
    owe(database, owed())
    assert len(claim(database)) == 1


def test_the_same_subject_in_another_workspace_is_another_reminder(database: Database) -> None:
    owe(database, owed())
    owe(database, owed(), workspace="two")
    taken = claim(database)
    assert len({found.workspace_id for found in taken}) == 2


def test_nothing_is_due_before_its_time(database: Database) -> None:
    owe(database, owed(due=NOW + timedelta(seconds=1)))
    assert not has_due(database)
    assert claim(database) == []
    assert has_due(database, LATER)


def test_reminders_of_other_platforms_are_left_to_those_who_can_send_them(database: Database) -> None:
    owe(database, owed(), platform="local")
    assert not has_due(database)
    assert claim(database) == []


def test_a_claim_takes_all_that_is_due_for_an_address(database: Database) -> None:
    """However small the batch, one morning of one channel is one claim."""
    owe(database, *(owed(n, due=NOW - timedelta(minutes=n)) for n in range(1, 8)), owed(9, due=LATER))
    owe(database, *(owed(n, "beta", NOW - timedelta(seconds=n)) for n in range(20, 24)))
    taken = claim(database, most=1)
    assert {found.address for found in taken} == {"acme"}
    assert len(taken) == 7
    assert [found.due_at for found in taken] == sorted(found.due_at for found in taken)
    assert {found.address for found in claim(database, "b", most=1)} == {"beta"}
    assert claim(database, "c") == []


def test_a_lease_that_is_over_is_taken_over_and_tells_under_which_token_it_may_be_posted(
    database: Database,
) -> None:
    owe(database, owed())
    claim(database, "first")
    assert claim(database, "second", NOW + timedelta(minutes=4)) == []
    (second,) = claim(database, "second", LATER)
    assert second.posting == ("first",)
    (third,) = claim(database, "third", LATER + timedelta(minutes=5))
    assert third.posting == ("first", "second")


def test_who_lost_the_lease_settles_nothing(database: Database) -> None:
    owe(database, owed())
    (taken,) = claim(database, "first")
    claim(database, "second", LATER)
    with database.writing() as handle:
        queue = Queue(handle.connection)
        queue.sent([(taken.id, "first", "m1")], LATER)
        queue.later([taken.id], "first", LATER)
        queue.ended([taken.id], "first", "undeliverable")
        queue.moved([(taken.id, "ann", {})], "first")
    (row,) = rows(database)
    assert (row.status, row.address, row.lease_by) == ("pending", "acme", "second")


def test_try_again_later_and_to_somebody_else(database: Database) -> None:
    owe(database, owed())
    (taken,) = claim(database)
    with database.writing() as handle:
        Queue(handle.connection).later([taken.id], "a", LATER, ["a"])
    assert claim(database, "b") == []
    (again,) = claim(database, "b", LATER)
    assert again.posting == ("a",)
    with database.writing() as handle:
        Queue(handle.connection).moved([(again.id, "ann", {"moved": "gone"})], "b")
    (moved,) = claim(database, "c", LATER)
    assert (moved.address, moved.direct, moved.posting) == ("ann", True, ())


def test_two_that_claim_at_once_claim_nothing_twice_and_split_no_address(database: Database) -> None:
    """Many threads, each with its own connection, as fast as they can."""
    owe(database, *(owed(n, f"c{n % 40}", NOW - timedelta(seconds=n)) for n in range(1, 401)))

    def drain(name: str) -> list[Claim]:
        found: list[Claim] = []
        for turn in range(100):
            taken = claim(database, f"{name}{turn}", most=3)
            if not taken:
                return found
            found += taken
        return found

    with ThreadPoolExecutor(4) as pool:
        drained = list(pool.map(drain, "abcd"))
    ids = [found.id for taken in drained for found in taken]
    assert len(ids) == len(set(ids)) == 400
    owners = [{found.address for found in taken} for taken in drained]
    assert sum(len(addresses) for addresses in owners) == len(set().union(*owners)) == 40


def test_a_look_at_a_long_queue_uses_the_index(database: Database) -> None:
    """So that what is owed in years costs nothing today."""
    owe(database, owed(due=LATER))
    (row,) = rows(database)
    later = [
        {
            "id": new_id(), "workspace_id": row.workspace_id, "subject": "own", "subject_id": n, "kind": "own",
            "occurrence": "x", "address": f"c{n % 50}", "direct": False, "due_at": LATER + timedelta(minutes=n),
            "status": "pending", "lease_by": "", "posting": "", "attempts": 0, "repeats": 0, "posted": "", "details": {},
        }
        for n in range(20_000)
    ]  # fmt: skip
    with database.writing() as handle:
        handle.connection.execute(insert(Reminder.__table__), later)
    said: list[tuple[str, Any]] = []
    event.listen(database.engine, "before_cursor_execute", lambda *args: said.append((args[2], args[3])))
    assert not has_due(database)
    statement, values = said[-1]
    with database.engine.connect() as connection:
        if not database.is_sqlite:
            connection.execute(text("ANALYZE reminder"))
        explain = "EXPLAIN QUERY PLAN" if database.is_sqlite else "EXPLAIN"
        plan = connection.exec_driver_sql(f"{explain} {statement}", values).all()
    assert "ix_reminder_due" in str(plan)


def test_two_processes_do_not_part_an_address_between_them(database: Database) -> None:
    """While one claims, PostgreSQL lets the other wait: else it would skip what is locked already, and take the rest of the
    same address for a second message."""
    if database.is_sqlite:
        pytest.skip("SQLite has one writer at a time")
    owe(database, owed(), owed(2))
    with database.writing() as one:
        first = Queue(one.connection).claim(["test"], NOW, "a", LATER, 50)
        with database.reading() as other:
            other.connection.execute(text("SET LOCAL lock_timeout = '50ms'"))
            with pytest.raises(OperationalError, match="lock timeout"):
                Queue(other.connection).claim(["test"], NOW, "b", LATER, 50)
    assert len(first) == 2
    assert claim(database, "b") == []

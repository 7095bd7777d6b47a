"""Seats are as they are set now; what was worked out of unchanged settings stays."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import delete, update

from storage.database import Database
from storage.people import Seats, take_seat
from storage.tables import Member, Workspace
from tests.support.talk import START

KEY = ("test", "one", "ann")


@pytest.fixture
def database(database: Database) -> Database:
    """A database in which Ann has a seat."""
    with database.writing() as handle:
        take_seat(handle.connection, *KEY, "Ann", START)
    return database


def set_outside(database: Database) -> None:
    with database.writing() as handle:
        handle.connection.execute(
            update(Workspace.__table__).values(settings={"outside": [{"person": "ann"}]})
        )


def test_unchanged_settings_keep_what_was_worked_out(database: Database) -> None:
    seats = Seats()
    with database.reading() as handle:
        first = seats.find(handle.connection, KEY, START)
        assert first is not None
        first.worked_out["zone"] = "Berlin"
        again = seats.find(handle.connection, KEY, START + timedelta(days=1))
    assert again is first


def test_a_change_counts_in_the_next_transaction(database: Database) -> None:
    seats = Seats()
    with database.reading() as handle:
        before = seats.find(handle.connection, KEY, START)
    set_outside(database)
    with database.reading() as handle:
        after = seats.find(handle.connection, KEY, START)
    assert before is not None
    assert after is not None
    assert (before.workspace_settings, after.workspace_settings) == ({}, {"outside": [{"person": "ann"}]})
    assert after.worked_out == {}


def test_who_is_gone_has_no_seat(database: Database) -> None:
    seats = Seats()
    with database.reading() as handle:
        assert seats.find(handle.connection, KEY, START) is not None
    with database.writing() as handle:
        handle.connection.execute(delete(Member.__table__))
    with database.reading() as handle:
        assert seats.find(handle.connection, KEY, START) is None
    assert seats.met(KEY, START) is None


def test_what_was_met_is_trusted_for_a_moment(database: Database) -> None:
    seats = Seats()
    assert seats.met(KEY, START) is None
    with database.reading() as handle:
        seat = seats.find(handle.connection, KEY, START)
    assert seats.met(KEY, START + timedelta(seconds=4)) is seat
    assert seats.met(KEY, START + timedelta(seconds=5)) is None
    assert seats.met(KEY, START - timedelta(seconds=1)) is None
    seats.forget("test", "one")
    assert seats.met(KEY, START) is None


def test_what_was_read_before_a_change_is_not_trusted_after_it(database: Database) -> None:
    seats = Seats()
    with database.reading() as handle:
        seats.find(handle.connection, KEY, START)
        seats.forget("test", "another")
        assert seats.met(KEY, START) is not None
        seats.forget("test", "one")
        seats.find(handle.connection, KEY, START)
    assert seats.met(KEY, START) is not None


def test_a_change_is_noted_while_somebody_else_reads(database: Database) -> None:
    """Short reads run on the loop, changes in a thread: noting one must not stumble over the other."""
    seats = Seats()
    with database.writing() as handle:
        take_seat(handle.connection, "test", "one", "ben", "Ben", START)

    to_read = [("test", "one", "ben")]

    class Meanwhile(str):
        """The first time that it is looked at, Ben's seat is read in between."""

        __slots__ = ()
        __hash__ = str.__hash__

        def __eq__(self, other: object) -> bool:
            if to_read:
                seats.find(handle.connection, to_read.pop(), START)
            return str.__eq__(self, other)

    with database.reading() as handle:
        seats.find(handle.connection, KEY, START)
        seats.forget(Meanwhile("test"), "one")
        assert seats.met(KEY, START) is None

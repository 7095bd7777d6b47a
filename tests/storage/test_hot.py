"""Hot statements say what SQLAlchemy would, inside the transaction that is under way."""

from __future__ import annotations

import pytest
from sqlalchemy import bindparam, select, update
from sqlalchemy.exc import DBAPIError

from storage.database import Database
from storage.hot import HotStatement
from storage.people import take_workspace
from storage.tables import Plan, Workspace
from tests.support.talk import START

W = Workspace.__table__
NAMED = HotStatement(select(W.c.id, W.c.settings, W.c.created_at).where(W.c.external_id == bindparam("team")))


@pytest.fixture
def database(database: Database) -> Database:
    """A database with one workspace."""
    with database.writing() as handle:
        take_workspace(handle.connection, "test", "one", START)
    return database


def test_rows_are_read_as_their_types_say(database: Database) -> None:
    with database.reading() as handle:
        ((_, settings, created),) = NAMED.rows(handle.connection, {"team": "one"})
        assert NAMED.rows(handle.connection, {"team": "two"}) == []
    assert (settings, created) == ({}, START)


def test_they_see_what_their_own_transaction_wrote(database: Database) -> None:
    with database.writing() as handle:
        handle.connection.execute(update(W).values(external_id="other"))
        assert len(NAMED.rows(handle.connection, {"team": "other"})) == 1
        handle.rollback()
    with database.reading() as handle:
        assert NAMED.rows(handle.connection, {"team": "other"}) == []


def test_a_transaction_ends_with_its_handle(database: Database) -> None:
    with database.reading() as handle:
        assert len(NAMED.rows(handle.connection, {"team": "one"})) == 1
    with database.writing() as handle:
        handle.connection.execute(update(W).values(external_id="other"))
    with database.reading() as handle:
        assert NAMED.rows(handle.connection, {"team": "one"}) == []


def test_an_error_is_sqlalchemys_and_tells_no_values(database: Database) -> None:
    gone = HotStatement(select(Plan.__table__.c.id).where(Plan.__table__.c.supplier == bindparam("supplier")))
    with database.writing() as handle:
        handle.connection.exec_driver_sql(
            "DROP TABLE plan" if database.is_sqlite else "DROP TABLE plan CASCADE"
        )
    with database.reading() as handle, pytest.raises(DBAPIError) as caught:
        gone.rows(handle.connection, {"supplier": "Acme Secret"})
    assert "Acme Secret" not in str(caught.value)

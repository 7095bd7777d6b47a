"""What a database keeps open, and for whom."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import pytest

from storage.database import Database

if TYPE_CHECKING:
    from collections.abc import Iterator

_THREADS = 40  # more than the pool has connections


@pytest.fixture
def database(sqlite_url: str) -> Iterator[Database]:
    one = Database(sqlite_url)
    yield one
    one.close()


def _read(database: Database, told: list[object]) -> None:
    with database.reading() as handle:
        told.append(handle.connection.exec_driver_sql("SELECT count(*) FROM plan").scalar())


def test_a_thread_that_has_ended_gives_its_connection_back(database: Database) -> None:
    told: list[object] = []
    for _ in range(_THREADS):
        thread = threading.Thread(target=_read, args=(database, told))
        thread.start()
        thread.join()
    assert told == [0] * _THREADS


def test_a_read_sees_what_was_committed_after_the_one_before(database: Database) -> None:
    told: list[object] = []
    _read(database, told)
    with database.writing() as handle:
        handle.connection.exec_driver_sql(
            "INSERT INTO workspace (id, platform, external_id, name, settings, created_at)"
            " VALUES (1, 'x', 'y', '', '{}', '2026-01-01T00:00:00.000000Z')"
        )
    with database.reading() as handle:
        assert handle.connection.exec_driver_sql("SELECT count(*) FROM workspace").scalar() == 1

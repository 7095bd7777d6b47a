"""Events that a platform may send twice are remembered, one by one and many at once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from sqlalchemy import event as hooks

from storage.database import Database
from storage.handled import KEPT, first_time_in, forget_in, note_in

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
HOME = ("slack", "T1")


def test_a_burst_is_remembered_with_few_statements(database_url: str) -> None:
    database = Database(database_url)
    said: list[str] = []
    with database.writing() as handle:
        assert first_time_in(handle.connection, *HOME, "old", NOW - KEPT - timedelta(seconds=1))
        assert first_time_in(handle.connection, *HOME, "E3", NOW)
        hooks.listen(handle.connection, "before_cursor_execute", lambda *told: said.append(told[2]))
        note_in(handle.connection, *HOME, [f"E{n}" for n in range(20)] + ["E7"], NOW)
    assert len(said) <= 4
    with database.writing() as handle:
        assert not any(first_time_in(handle.connection, *HOME, f"E{n}", NOW) for n in range(20))
        assert first_time_in(handle.connection, *HOME, "old", NOW)
        assert first_time_in(handle.connection, "slack", "T2", "E1", NOW)
        forget_in(handle.connection, *HOME, "E1", NOW)
        assert first_time_in(handle.connection, *HOME, "E1", NOW)
        assert not first_time_in(handle.connection, *HOME, "E2", NOW)
    database.close()

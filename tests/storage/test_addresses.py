"""Where channels and members are reached, workspace by workspace."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from storage.addresses import Addresses, Known
from storage.database import Database

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def keep(database: Database, known: Known, workspace: str = "one", later: int = 0) -> None:
    with database.writing() as handle:
        Addresses(handle.connection, "teams", workspace).keep(known, NOW + timedelta(minutes=later))


def find(database: Database, place: str, *, direct: bool, workspace: str = "one") -> Known | None:
    with database.reading() as handle:
        return Addresses(handle.connection, "teams", workspace).find(place, direct=direct)


def test_kept_and_found(database: Database) -> None:
    known = Known(
        "19:a",
        direct=False,
        name="acme",
        reference={"base_id": "19:a", "bot": {"id": "x"}},
        facts={"shared": False},
    )
    keep(database, known)
    assert find(database, "19:a", direct=False) == known


def test_what_is_new_replaces_what_was(database: Database) -> None:
    keep(database, Known("19:a", direct=False, name="acme", reference={"v": 1}))
    keep(database, Known("19:a", direct=False, name="acme two", reference={"v": 2}), later=1)
    assert find(database, "19:a", direct=False) == Known(
        "19:a", direct=False, name="acme two", reference={"v": 2}
    )


def test_a_channel_is_no_direct_message(database: Database) -> None:
    keep(database, Known("x", direct=True))
    assert find(database, "x", direct=False) is None


def test_another_workspace_sees_nothing(database: Database) -> None:
    keep(database, Known("x", direct=True))
    keep(database, Known("y", direct=True), workspace="two")
    assert find(database, "x", direct=True, workspace="two") is None
    with database.writing() as handle:
        two = Addresses(handle.connection, "teams", "two")
        two.drop("x", direct=True)
        assert [known.external_id for known in two.latest(9)] == ["y"]
    assert find(database, "x", direct=True) is not None


def test_the_latest_come_first(database: Database) -> None:
    for later, (place, direct) in enumerate((("a", False), ("b", True), ("c", False))):
        keep(database, Known(place, direct=direct), later=later)
    with database.reading() as handle:
        addresses = Addresses(handle.connection, "teams", "one")
        assert [known.external_id for known in addresses.latest(2)] == ["c", "b"]
        assert [known.external_id for known in addresses.latest(9, direct=False)] == ["c", "a"]


def test_dropped(database: Database) -> None:
    keep(database, Known("x", direct=True))
    with database.writing() as handle:
        Addresses(handle.connection, "teams", "one").drop("x", direct=True)
    assert find(database, "x", direct=True) is None

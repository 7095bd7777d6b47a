"""What is read once for many readers gives each of them only what they may see, and costs few statements."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import event

from storage.batch import Batch
from storage.database import Database
from storage.people import Seat, take_seat
from storage.reminders import Owed
from storage.tables import Contract, OwnReminder
from storage.unit import Unit

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


def contract(name: str, owner: int, *, restricted: bool = False) -> Contract:
    return Contract(
        workspace_id=0,
        supplier=name,
        normal=name,
        owner_id=owner,
        restricted=restricted,
        start=date(2026, 1, 1),
        end=date(2027, 1, 1),
        created_at=NOW,
        updated_at=NOW,
    )


def filled(database: Database) -> tuple[Seat, Seat, dict[str, int], list[int]]:
    """ann has an open and a restricted contract and a reminder of her own; bob has none. All are owed."""
    with database.writing() as handle:
        ann = take_seat(handle.connection, "test", "one", "ann", "Ann", NOW)
        bob = take_seat(handle.connection, "test", "one", "bob", "Bob", NOW)
        unit = Unit(handle, ann, NOW)
        kept = [
            unit.contracts.keep(contract(n, ann.member_id, restricted=n == "borg")) for n in ("acme", "borg")
        ]
        own = OwnReminder(workspace_id=0, member_id=ann.member_id, text="x", rule={}, created_at=NOW)
        unit.regular.keep(own)
        about = [("contract", kept[0].id), ("contract", kept[1].id), ("own", own.id)]
        unit.reminders.owe([Owed(s, i, "k", "1", "ann", direct=True, due_at=NOW) for s, i in about])
        rows = [row for s, i in about for row in unit.reminders.about(s, i)]
    return ann, bob, {"acme": kept[0].id, "borg": kept[1].id, "own": own.id}, [row.id for row in rows]


def test_each_reader_sees_what_is_theirs(database: Database) -> None:
    ann, bob, ids, rows = filled(database)
    contracts = [ids["acme"], ids["borg"]]
    with database.reading() as handle:
        batch = Batch(handle, ann.workspace_id, {}, NOW, ids=rows, people=["ann", "bob"])
        mine, his = batch.unit(ann, NOW), batch.unit(bob, NOW)
        barred = batch.unit(bob, NOW, frozenset({"acme"}))
        assert set(mine.contracts.these(contracts)) == set(contracts)
        assert set(his.contracts.these(contracts)) == {ids["acme"]}
        assert barred.contracts.these(contracts) == {}
        assert set(mine.regular.own_these([ids["own"]])) == {ids["own"]}
        assert his.regular.own_these([ids["own"]]) == {}
        assert mine.restricted_was_read
        assert not his.restricted_was_read
        assert (his.suppliers_read, barred.suppliers_read) == ({"acme"}, set())
        assert batch.seats["bob"].member_id == bob.member_id


def test_many_readers_cost_no_more_statements(database: Database) -> None:
    ann, _, ids, rows = filled(database)
    seen: list[str] = []
    event.listen(
        database.engine, "before_cursor_execute", lambda _c, _u, statement, *_: seen.append(statement)
    )
    with database.reading() as handle:
        batch = Batch(handle, ann.workspace_id, {}, NOW, ids=rows, people=["ann"])
        count = len(seen)
        for _ in range(20):
            unit = batch.unit(ann, NOW)
            assert len(unit.reminders.these(rows)) == 3
            found = unit.contracts.these([ids["acme"]])
            assert unit.contracts.records(list(found.values())) == {ids["acme"]: []}
            assert unit.colleagues.by_id(ann.member_id) is not None
    assert len(seen) == count


def test_a_batch_is_of_one_workspace(database: Database) -> None:
    ann, _, _, rows = filled(database)
    with database.writing() as handle:
        other = take_seat(handle.connection, "test", "two", "ann", "Ann", NOW)
        batch = Batch(handle, other.workspace_id, {}, NOW, ids=rows, people=["ann"])
        assert batch.rows == {}
        with pytest.raises(ValueError, match="one workspace"):
            batch.unit(ann, NOW)
        with pytest.raises(ValueError, match="its workspace"):
            Unit(handle, ann, NOW).seen_by(other)

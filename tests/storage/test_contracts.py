"""Contracts as far as one member may see them, on both databases, with the member taken in every role."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from storage.contracts import Contracts
from storage.database import Database
from storage.people import Seat, take_seat
from storage.tables import Contract, ContractRecord
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def unit(database_url: str) -> Iterator[Unit]:
    """Ann's unit, in a transaction of its own."""
    database = Database(database_url)
    with database.writing() as handle:
        yield Unit(handle, take_seat(handle.connection, "test", "one", "ann", "Ann", NOW), NOW)
    database.close()


def of(unit: Unit, name: str, workspace: str = "one", **settings: object) -> Contracts:
    """The contracts of somebody else, in the same transaction."""
    seat = take_seat(unit.connection, "test", workspace, name, name.title(), NOW)
    seat = Seat(seat.workspace_id, seat.member_id, name, seat.name, dict(settings), {})
    return Contracts(Unit(unit._handle, seat, NOW))


def add(unit: Unit, name: str, **more: object) -> Contract:
    """A contract of Ann's."""
    row = Contract(
        workspace_id=0, supplier=name, normal=name.lower(), owner_id=unit.seat.member_id, start=date(2026, 1, 1),
        end=date(2028, 6, 30), created_at=NOW, updated_at=NOW, **more,
    )  # fmt: skip
    return unit.contracts.keep(row)


def names(contracts: Contracts) -> list[str]:
    """Whose contracts are seen."""
    return [row.supplier for row in contracts.all()]


def test_all_inside_see_what_is_open_and_few_what_is_restricted(unit: Unit) -> None:
    bob = take_seat(unit.connection, "test", "one", "bob", "Bob", NOW)
    add(unit, "Acme")
    hidden = add(unit, "Zeta", restricted=True, backup_id=bob.member_id)
    assert (
        names(of(unit, "ann"))
        == names(of(unit, "bob"))
        == names(of(unit, "dan", leads=["dan"]))
        == ["Acme", "Zeta"]
    )
    others = of(unit, "cyd")
    assert names(others) == ["Acme"]
    assert others.find(hidden.id) is None
    assert others.these([hidden.id]) == {}
    assert [row.supplier for row in others.live()] == ["Acme"]


def test_nothing_crosses_to_another_workspace(unit: Unit) -> None:
    row = add(unit, "Acme")
    elsewhere = of(unit, "ann", "two", leads=["ann"])
    assert elsewhere.all() == []
    assert elsewhere.find(row.id) is None
    assert elsewhere.supplier_names() == {}


def test_a_supplier_arises_from_an_open_contract_alone_and_once(unit: Unit) -> None:
    add(unit, "Zeta", restricted=True)
    assert unit.contracts.supplier_names() == {}
    first, second = add(unit, "Acme"), add(unit, "ACME", title="second")
    assert first.supplier_id == second.supplier_id
    assert list(unit.contracts.supplier_names().values()) == [["Acme"]]


def test_the_marks_rise_with_what_was_read(unit: Unit) -> None:
    assert not unit.contract_was_read
    add(unit, "Acme")
    assert unit.contract_was_read
    assert not unit.restricted_was_read
    add(unit, "Zeta", restricted=True)
    assert unit.restricted_was_read
    assert unit.suppliers_read == {"acme", "zeta"}


def test_for_whom_a_member_counts_as_outside_there_is_no_contract(unit: Unit) -> None:
    row = add(unit, "Acme Industries")
    barred = Contracts(Unit(unit._handle, unit.seat, NOW, frozenset({"acme"})))
    assert barred.all() == []
    assert barred.find(row.id) is None
    assert barred.supplier_names() == {}


def test_what_is_recorded_keeps_its_order_and_who_did_it(unit: Unit) -> None:
    row = add(unit, "Acme")
    for value in ("renew", "replace"):
        kept = ContractRecord(
            workspace_id=0,
            contract_id=0,
            kind="decision",
            term_end=date(2028, 6, 30),
            value=value,
            member_id=0,
            at=NOW,
        )
        unit.contracts.record(row, kept)
    found = unit.contracts.records([row])[row.id]
    assert [record.value for record in found] == ["renew", "replace"]
    assert {record.member_id for record in found} == {unit.seat.member_id}

"""Contracts, as far as one member may see them: the unrestricted ones, and those restricted to a few of whom it is one."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, or_, select

from storage.tables import Contract, ContractRecord, Supplier, SupplierAlias
from storage.upsert import insert_missing

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sqlalchemy import Select

    from storage.unit import Unit

_NEXT = timedelta(microseconds=1)
_C, _R, _S, _A = (t.__table__ for t in (Contract, ContractRecord, Supplier, SupplierAlias))


def _statements(*, lead: bool) -> dict[str, Select[Any]]:
    """Built once: building a statement costs more than running it."""
    seen = select(Contract).where(_C.c.workspace_id == bindparam("workspace"))
    if not lead:
        me: Any = bindparam("member")
        seen = seen.where(or_(_C.c.restricted.is_(False), _C.c.owner_id == me, _C.c.backup_id == me))
    return {
        "these": seen.where(_C.c.id.in_(bindparam("contracts", expanding=True))),
        "all": seen.order_by(_C.c.supplier, _C.c.title, _C.c.id).limit(bindparam("most")),
        "live": seen.where(_C.c.ended.is_(False)).order_by(_C.c.end, _C.c.id).limit(bindparam("most")),
    }


_MINE, _LEADS = _statements(lead=False), _statements(lead=True)
_RECORDS = (
    select(ContractRecord)
    .where(
        _R.c.workspace_id == bindparam("workspace"),
        _R.c.contract_id.in_(bindparam("contracts", expanding=True)),
    )
    .order_by(_R.c.at, _R.c.id)
)
_LOCK = (
    select(_C.c.id)
    .where(_C.c.workspace_id == bindparam("workspace"), _C.c.id.in_(bindparam("contracts", expanding=True)))
    .order_by(_C.c.id)  # so that two who lock several do not wait for one another
    .with_for_update()
)
_SUPPLIERS = (
    select(_S.c.id, _S.c.name, _S.c.normal).where(_S.c.workspace_id == bindparam("workspace")).limit(5000)
)
_ALIASES = (
    select(_A.c.supplier_id, _A.c.name, _A.c.normal)
    .where(_A.c.workspace_id == bindparam("workspace"))
    .limit(5000)
)


class Contracts:
    """The contracts of one workspace that one member may see. To that member no other contract exists."""

    def __init__(self, unit: Unit) -> None:
        self._unit = unit
        self._say = _LEADS if unit.seat.is_lead else _MINE

    def _run(self, name: str, **values: Any) -> list[Contract]:
        seat = self._unit.seat
        bound = {"workspace": seat.workspace_id, "member": seat.member_id, **values}
        found = self._unit.session.execute(self._say[name], bound).scalars()
        rows = [row for row in found if not self._unit.is_barred(row.normal)]
        self._note(rows)
        return rows

    def _note(self, rows: Iterable[Contract]) -> None:
        for row in rows:
            self._unit.contract_was_read = True
            self._unit.restricted_was_read |= row.restricted
            self._unit.suppliers_read.add(row.normal)

    def find(self, contract_id: int) -> Contract | None:
        """The contract with this id, or None if it does not exist for this member."""
        return self.these([contract_id]).get(contract_id)

    def these(self, ids: Iterable[int]) -> dict[int, Contract]:
        """Those of these contracts that the member may see, by id."""
        wanted = set(ids)
        if not wanted:
            return {}
        lent = self._unit.lent.contracts if self._unit.lent else {}
        found = {i: lent[i] for i in wanted if i in lent and not self._unit.is_barred(lent[i].normal)}
        self._note(found.values())
        if missing := sorted(wanted - lent.keys()):
            found |= {row.id: row for row in self._run("these", contracts=missing)}
        return found

    def all(self, most: int = 2000) -> list[Contract]:
        """All of them, by supplier."""
        return self._run("all", most=most)

    def live(self, most: int = 5000) -> list[Contract]:
        """Those that have not ended, the earliest end first."""
        return self._run("live", most=most)

    def keep(self, row: Contract) -> Contract:
        """Add a contract to the workspace, or keep changes to one. An unrestricted one makes its supplier known."""
        unit = self._unit
        row.workspace_id, row.updated_at = unit.seat.workspace_id, unit.now
        if not row.restricted:
            row.supplier_id = self._supplier(row.supplier, row.normal)
        self._note([row])
        unit.session.add(row)
        unit.session.flush()
        return row

    def _supplier(self, name: str, normal: str) -> int:
        """The shared record of a supplier, found by its name or an alias, else made."""
        unit = self._unit
        workspace = unit.seat.workspace_id
        alias = select(_A.c.supplier_id).where(_A.c.workspace_id == workspace, _A.c.normal == normal)
        found = unit.session.execute(alias.limit(1)).scalar()
        if found is None:
            values = {"workspace_id": workspace, "name": name, "normal": normal, "created_at": unit.now}
            insert_missing(unit.connection, Supplier, values, ("workspace_id", "normal"))
            same = select(_S.c.id).where(_S.c.workspace_id == workspace, _S.c.normal == normal)
            found = unit.session.execute(same).scalar_one()
        return int(found)

    def supplier_names(self) -> dict[int, list[str]]:
        """Every name of every supplier that all inside members know."""
        bound = {"workspace": self._unit.seat.workspace_id}
        names: dict[int, list[str]] = {}
        for statement in (_SUPPLIERS, _ALIASES):
            for supplier_id, name, normal in self._unit.connection.execute(statement, bound):
                if not self._unit.is_barred(normal):
                    names.setdefault(int(supplier_id), []).append(str(name))
        self._unit.contract_was_read |= bool(names)
        return names

    def lock(self, contracts: Sequence[Contract]) -> None:
        """Let nobody else work out what is owed about these contracts until this transaction ends."""
        if contracts:
            bound = {
                "workspace": self._unit.seat.workspace_id,
                "contracts": sorted(row.id for row in contracts),
            }
            self._unit.connection.execute(_LOCK, bound)

    # ---- what was recorded about a contract that the member may see ----

    def records(self, contracts: Sequence[Contract]) -> dict[int, list[ContractRecord]]:
        """What was recorded about these contracts, in order, by the contract's id."""
        if not contracts:
            return {}
        lent = self._unit.lent.records if self._unit.lent else {}
        found: dict[int, list[ContractRecord]] = {row.id: lent.get(row.id, []) for row in contracts}
        if missing := sorted(found.keys() - lent.keys()):
            bound = {"workspace": self._unit.seat.workspace_id, "contracts": missing}
            for row in self._unit.session.execute(_RECORDS, bound).scalars():
                found[row.contract_id].append(row)
        return found

    def record(self, contract: Contract, row: ContractRecord) -> ContractRecord:
        """Add something recorded about a contract. The workspace, contract, member and moment are set here.

        Two records of one moment keep their order: the later one counts, and a clock may stand still.
        """
        unit = self._unit
        before = self.records([contract])[contract.id]
        row.workspace_id, row.contract_id = contract.workspace_id, contract.id
        row.member_id, row.at = unit.seat.member_id, unit.now
        if before:
            row.at = max(unit.now, before[-1].at + _NEXT)
        unit.session.add(row)
        unit.session.flush()
        unit.audit(row.kind, "contract", contract.id)
        return row

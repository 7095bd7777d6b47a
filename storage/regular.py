"""Check-ins and reminders of one's own, as far as one member may see them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, or_, select

from storage.tables import Cadence, CheckIn, Contract, OwnReminder, Supplier, SupplierAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import Select

    from storage.unit import Unit

_CA, _CH, _O, _C = (t.__table__ for t in (Cadence, CheckIn, OwnReminder, Contract))
_S, _A = Supplier.__table__, SupplierAlias.__table__


def _cadences() -> Select[Any]:
    """Those of the member's own, and those with a supplier that everybody inside knows; never of a hidden contract."""
    here: Any = bindparam("workspace")
    me: Any = bindparam("member")
    known = or_(
        select(_S.c.id).where(_S.c.workspace_id == here, _S.c.normal == _CA.c.normal).exists(),
        select(_A.c.id).where(_A.c.workspace_id == here, _A.c.normal == _CA.c.normal).exists(),
    )
    hidden = select(_C.c.id).where(_C.c.id == _CA.c.contract_id, _C.c.restricted.is_(True)).exists()
    posted_here = (_CA.c.channel != "") & (_CA.c.channel == bindparam("place"))
    return select(Cadence).where(
        _CA.c.workspace_id == here, or_(_CA.c.owner_id == me, (known | posted_here) & ~hidden)
    )


_CADENCES = _cadences()
_CADENCE = _CADENCES.where(_CA.c.id.in_(bindparam("cadences", expanding=True)))
_RUNNING = _CADENCES.where(_CA.c.stopped.is_(False)).order_by(_CA.c.supplier, _CA.c.id).limit(500)
_OWN = select(OwnReminder).where(_O.c.workspace_id == bindparam("workspace"))
_OWN_MINE = (
    _OWN.where(_O.c.member_id == bindparam("member"), _O.c.stopped.is_(False))
    .order_by(_O.c.created_at, _O.c.text, _O.c.id)
    .limit(200)
)
_OWN_THESE = _OWN.where(_O.c.id.in_(bindparam("reminders", expanding=True)))
_LOG = (
    select(CheckIn)
    .where(_CH.c.workspace_id == bindparam("workspace"), _CH.c.cadence_id == bindparam("cadence"))
    .order_by(_CH.c.day.desc(), _CH.c.at.desc())
    .limit(bindparam("most"))
)


class Regular:
    """What comes back regularly in one workspace, for one member.

    `place` is the channel in which it is asked for: what somebody deliberately put there is seen by those who are there.
    """

    def __init__(self, unit: Unit) -> None:
        self._unit = unit

    def _bound(self, **values: Any) -> dict[str, Any]:
        seat = self._unit.seat
        return {"workspace": seat.workspace_id, "member": seat.member_id, "place": "", **values}

    def _cadences(self, statement: Select[Any], **values: Any) -> list[Cadence]:
        return self._seen(self._unit.session.execute(statement, self._bound(**values)).scalars())

    def _seen(self, found: Iterable[Cadence]) -> list[Cadence]:
        rows = [row for row in found if not self._unit.is_barred(row.normal)]
        self._unit.contract_was_read |= bool(rows)
        self._unit.suppliers_read.update(row.normal for row in rows)
        return rows

    def running(self) -> list[Cadence]:
        """The check-ins that go on, by supplier."""
        return self._cadences(_RUNNING)

    def cadences(self, ids: Iterable[int], place: str = "") -> dict[int, Cadence]:
        """Those of these check-ins that the member may see, by id."""
        wanted = set(ids)
        if not wanted:
            return {}
        lent = self._unit.lent.cadences if self._unit.lent else {}
        found = {row.id: row for row in self._seen(lent[i] for i in wanted if i in lent)}
        if missing := sorted(wanted - lent.keys()):
            found |= {row.id: row for row in self._cadences(_CADENCE, cadences=missing, place=place)}
        return found

    def cadence(self, cadence_id: int, place: str = "") -> Cadence | None:
        """One regular check-in, or None if it does not exist for this member."""
        return self.cadences([cadence_id], place).get(cadence_id)

    def keep(self, row: Cadence | OwnReminder) -> None:
        """Add something regular to the workspace, or keep changes to it."""
        row.workspace_id = self._unit.seat.workspace_id
        self._unit.session.add(row)
        self._unit.session.flush()

    def log(self, row: CheckIn) -> None:
        """Keep that a check-in was held or skipped."""
        row.workspace_id, row.member_id = self._unit.seat.workspace_id, self._unit.seat.member_id
        row.at = self._unit.now
        self._unit.session.add(row)
        self._unit.session.flush()

    def held(self, cadence: Cadence, most: int = 5) -> list[CheckIn]:
        """The last check-ins that were held or skipped, the newest first."""
        bound = self._bound(cadence=cadence.id, most=most)
        return list(self._unit.session.execute(_LOG, bound).scalars())

    def own(self) -> list[OwnReminder]:
        """The member's own reminders that go on."""
        return list(self._unit.session.execute(_OWN_MINE, self._bound()).scalars())

    def own_these(self, ids: Iterable[int], place: str = "") -> dict[int, OwnReminder]:
        """Those of these reminders that are the member's own or were set for this place, by id."""
        wanted = sorted(set(ids))
        if not wanted:
            return {}
        rows = self._own_rows(wanted)
        self._unit.contract_was_read = True  # what people type may be about anything: for the inside only
        me = self._unit.seat.member_id
        return {row.id: row for row in rows if row.member_id == me or (place and row.channel == place)}

    def _own_rows(self, ids: list[int]) -> Iterable[OwnReminder]:
        if self._unit.lent is not None:
            return [self._unit.lent.own[i] for i in ids if i in self._unit.lent.own]
        return self._unit.session.execute(_OWN_THESE, self._bound(reminders=ids)).scalars()

"""How far the answers to a plan's questions have come: which are there, without what the owner alone may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from sqlalchemy import bindparam, case, or_, select

from storage.tables import Answer, Plan

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.unit import Unit

_A, _P = Answer.__table__, Plan.__table__
_ANSWERED = (
    select(_A.c.plan_id, _A.c.key, _A.c.gap, case((_A.c.owner_only, ""), else_=_A.c.text))
    .join(_P, _P.c.id == _A.c.plan_id)
    .where(
        _A.c.workspace_id == bindparam("workspace"),
        _A.c.plan_id.in_(bindparam("plans", expanding=True)),
        or_(_A.c.owner_only.is_(False), _A.c.member_id == _P.c.owner_id),
    )
    .order_by(_A.c.plan_id, _A.c.number)
)


class Opened(Protocol):
    """A plan, or the head of one, that the member was given by `Plans`: whoever holds it may read it."""

    @property
    def id(self) -> int:
        """The plan's id."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """The newest answer to a question: its text (empty where it is for the owner alone), and whether it is a gap."""

    text: str
    gap: bool


def answered(unit: Unit, plans: Iterable[Opened]) -> dict[int, dict[str, Given]]:
    """The newest answers of plans that the member reads, by plan and key; one statement."""
    ids = [plan.id for plan in plans]
    found: dict[int, dict[str, Given]] = {plan: {} for plan in ids}
    if ids:
        bound = {"workspace": unit.seat.workspace_id, "plans": ids}
        for plan, key, gap, text in unit.connection.execute(_ANSWERED, bound):
            found[int(plan)][str(key)] = Given(str(text), bool(gap))
    return found

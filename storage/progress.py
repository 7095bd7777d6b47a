"""How far the answers to a plan's questions have come: which are there, without what the owner alone may read."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sqlalchemy import bindparam, case, select

from storage.tables import Answer

if TYPE_CHECKING:
    from collections.abc import Iterable

    from storage.plans import PlanHead
    from storage.unit import Unit

_A = Answer.__table__
_ANSWERED = (
    select(_A.c.plan_id, _A.c.key, _A.c.gap, case((_A.c.owner_only, ""), else_=_A.c.text))
    .where(_A.c.workspace_id == bindparam("workspace"), _A.c.plan_id.in_(bindparam("plans", expanding=True)))
    .order_by(_A.c.plan_id, _A.c.number)
)


@dataclass(frozen=True, slots=True)
class Given:
    """The newest answer to a question: its text (empty where it is for the owner alone), and whether it is a gap."""

    text: str
    gap: bool


def answered(unit: Unit, heads: Iterable[PlanHead]) -> dict[int, dict[str, Given]]:
    """The newest answers of plans that the member reads (whoever holds a head may), by plan and key; one statement."""
    plans = [head.id for head in heads]
    found: dict[int, dict[str, Given]] = {plan: {} for plan in plans}
    if plans:
        bound = {"workspace": unit.seat.workspace_id, "plans": plans}
        for plan, key, gap, text in unit.connection.execute(_ANSWERED, bound):
            found[int(plan)][str(key)] = Given(str(text), bool(gap))
    return found

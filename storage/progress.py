"""How far the answers to a plan's questions have come: which are there, without what the owner alone may read.

A question counts as answered when its answer was given, and also when the rows that its answer would fill are there because
a command put them there.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Protocol

from sqlalchemy import and_, bindparam, case, func, literal, or_, select, union_all

from storage.tables import Alternative, Answer, ListItem, Mandate, Plan, Stakeholder, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sqlalchemy import ColumnElement, Select

    from storage.unit import Unit

_A, _P = Answer.__table__, Plan.__table__
_T, _B, _S, _L = (table.__table__.c for table in (Term, Alternative, Stakeholder, ListItem))
_HERE: dict[str, Any] = {"workspace": bindparam("workspace"), "plans": bindparam("plans", expanding=True)}
_INACTION = ("it rolls over", "nothing happens")  # ways that nobody quotes


def _named(*words: str) -> ColumnElement[bool]:
    return or_(*(_T.normal.contains(word) for word in words))


_VALUED = or_(_T.opening.is_not(None), _T.target.is_not(None), _T.stop.is_not(None))
_PRICE = and_(_named("price", "fee", "tariff", "rate"), ~_named("cap", "uplift"))
_SIGNS = or_(*(_S.requirement.icontains(word) for word in ("sign", "up to ", "above ")))
_QUOTE = or_(
    _B.chance.is_not(None), _B.valid_until.is_not(None), _B.lead_days.is_not(None),
    _B.latest_start.is_not(None), _B.status != "unquoted",
)  # fmt: skip
_ROWS: tuple[tuple[str, type[Any], ColumnElement[bool] | None], ...] = (
    ("terms", Term, _VALUED),
    ("main", Term, and_(_PRICE, _T.stop.is_not(None))),
    ("others", Term, and_(_VALUED, ~_PRICE)),
    ("exchange", Term, _T.worth.is_not(None)),
    ("reasons", Term, _T.reason != ""),
    ("alts", Alternative, _B.normal != "nothing happens"),
    ("default", Alternative, _B.normal.in_(_INACTION)),
    ("mandate", Mandate, None),
    ("trades", Trade, None),
    ("limits", Stakeholder, and_(_S.requirement != "", ~_SIGNS)),
    ("signer", Stakeholder, _SIGNS),
    ("ask", ListItem, _L.list == "question"),
    ("open", ListItem, _L.list == "open"),
    ("objections", ListItem, _L.list == "objection"),
)
"""Question, and the rows any one of which answers it."""
_EVERY: tuple[tuple[str, ColumnElement[bool]], ...] = (("cost", _B.price.is_not(None)), ("status", _QUOTE))
"""Questions that are answered when it is known of every alternative."""
_FIGURES: tuple[tuple[str, ColumnElement[bool]], ...] = (
    ("deal", and_(_P.c.volume.is_not(None), _P.c.baseline.is_not(None))),
    ("scope", and_(_P.c.volume.is_not(None), or_(_P.c.horizon_months.is_not(None), _P.c.one_off))),
    ("baseline", _P.c.baseline.is_not(None)),
    ("dates", or_(_P.c.talks_at.is_not(None), _P.c.decide_by.is_not(None), _P.c.need_by.is_not(None))),
)
"""Questions that figures of the plan itself answer."""


def _filled(key: str, plan: Any, workspace: Any) -> Select[Any]:
    """One question of the plans that were asked for, in the columns of the answers; 0 stands before every answer."""
    columns = (plan.label("plan_id"), literal(key).label("key"), literal(value=False).label("gap"))
    return select(*columns, literal("").label("text"), literal(0).label("number")).where(
        workspace == _HERE["workspace"], plan.in_(_HERE["plans"])
    )


def _by_rows(key: str, table: type[Any], holds: ColumnElement[bool] | None) -> Select[Any]:
    columns = table.__table__.c
    found = _filled(key, columns.plan_id, columns.workspace_id).distinct()
    return found if holds is None else found.where(holds)


def _by_every(key: str, holds: ColumnElement[bool]) -> Select[Any]:
    known = func.sum(case((holds, 1), else_=0))
    found = _filled(key, _B.plan_id, _B.workspace_id).where(_B.normal.not_in(_INACTION))
    return found.group_by(_B.plan_id).having(known == func.count())


_GIVEN = (
    select(_A.c.plan_id, _A.c.key, _A.c.gap, case((_A.c.owner_only, ""), else_=_A.c.text), _A.c.number)
    .join(_P, _P.c.id == _A.c.plan_id)
    .where(
        _A.c.workspace_id == _HERE["workspace"],
        _A.c.plan_id.in_(_HERE["plans"]),
        or_(_A.c.owner_only.is_(False), _A.c.member_id == _P.c.owner_id),
    )
)
_PARTS: tuple[Select[Any], ...] = (
    *(_by_rows(*one) for one in _ROWS),
    *(_by_every(*one) for one in _EVERY),
    *(_filled(key, _P.c.id, _P.c.workspace_id).where(holds) for key, holds in _FIGURES),
    _GIVEN,
)
_ANSWERED = union_all(*_PARTS).order_by("plan_id", "number")


class Opened(Protocol):
    """A plan, or the head of one, that the member was given by `Plans`: whoever holds it may read it."""

    @property
    def id(self) -> int:
        """The plan's id."""
        ...


@dataclass(frozen=True, slots=True)
class Given:
    """The newest answer to a question: its text, and whether it is a gap.

    The text is empty where it is for the owner alone, and where rows answer that came in another way.
    """

    text: str
    gap: bool


def answered(unit: Unit, plans: Iterable[Opened]) -> dict[int, dict[str, Given]]:
    """The newest answers of plans that the member reads, by plan and key; one statement.

    "Don't know" is no answer any more once its rows are there.
    """
    ids = [plan.id for plan in plans]
    found: dict[int, dict[str, Given]] = {plan: {} for plan in ids}
    filled: set[tuple[int, str]] = set()
    if ids:
        bound = {"workspace": unit.seat.workspace_id, "plans": ids}
        for plan, key, gap, text, number in unit.connection.execute(_ANSWERED, bound):
            if not number:
                filled.add((int(plan), str(key)))
            by_rows = bool(gap) and (int(plan), str(key)) in filled
            found[int(plan)][str(key)] = Given("", gap=False) if by_rows else Given(str(text), bool(gap))
    return found

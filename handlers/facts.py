"""What a plan's rows say, as the values that the rules work on. The same for a book and for a sheet of a plan."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Any, Protocol, TypeVar, cast

from handlers.batna.rules import AlternativeSpec, CostItem, Frame
from handlers.concessions.rules import Entry, Offered, Step
from handlers.terms.rules import TermSpec, role_of
from storage.tables import Alternative, Concession, Mandate, Offer, Row, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
    from datetime import date

    from handlers.batna.rules.kinds import ItemKind, Status
    from handlers.concessions.rules import Side
    from handlers.settings.values import Settings
    from handlers.terms.rules import Direction, Kind, Value
    from storage.tables import Answer, Plan

R = TypeVar("R", bound=Row)
T = TypeVar("T")
YEAR = 12


class Source(Protocol):
    """A plan with its rows: a `PlanBook` or a `PlanSheet`."""

    plan: Plan
    level: str

    @property
    def may_edit(self) -> bool:
        """Whether the member may change the plan."""
        ...

    def rows(self, table: type[R]) -> list[R]:
        """The plan's rows of a table, in their order."""
        ...

    def answers(self) -> dict[str, Answer]:
        """The newest answer to each question."""
        ...

    def once(self, key: Hashable, work_out: Callable[[], T]) -> T:
        """What follows from the rows and from `key` alone; not worked out again where the rows cannot have changed."""
        ...


@dataclass(frozen=True, slots=True)
class Allowed:
    """The ceiling that counts, money per piece: by whom, recorded on which day, until when.

    `own`: the plan's owner gave it to themselves. `changed`: what of the plan is different since.
    """

    ceiling: Decimal
    by: str
    on: date
    until: date | None
    own: bool
    changed: tuple[str, ...]

    def holds(self, today: date) -> bool:
        """Whether it is still in force; the last day counts."""
        return self.until is None or self.until >= today


@dataclass(frozen=True, slots=True)
class Facts:
    """A plan as the rules see it. `offers` and `log` are in the order of recording."""

    plan: Plan
    frame: Frame
    terms: tuple[TermSpec, ...]
    alternatives: tuple[AlternativeSpec, ...]
    mandate: Allowed | None
    offers: tuple[Offered, ...]
    log: tuple[Entry, ...]
    trades: tuple[Trade, ...]

    @property
    def openings(self) -> dict[str, Value]:
        """What we say first on each term that has it."""
        return {term.name: term.opening for term in self.terms if term.opening is not None}

    def ceiling(self, today: date) -> Decimal | None:
        """The mandate that is in force."""
        return self.mandate.ceiling if self.mandate and self.mandate.holds(today) else None


def gather(source: Source, settings: Settings) -> Facts:
    """All that the answers at the table need of a plan."""
    key = ("facts", settings.cost_of_capital, settings.manners.zone)
    return source.once(key, lambda: _gather(source, settings))


def _gather(source: Source, settings: Settings) -> Facts:
    terms = source.rows(Term)
    names = {term.normal: term.name for term in terms}
    levelled = {term.normal for term in terms if term.levels}
    return Facts(
        source.plan,
        frame_of(source.plan, settings),
        tuple(term_spec(term, source.plan.volume) for term in terms),
        tuple(alternative_spec(row, source.plan) for row in source.rows(Alternative)),
        allowed(source.plan, source.rows(Mandate), settings),
        tuple(offered(row, names, levelled) for row in source.rows(Offer)),
        tuple(entry(row, names, levelled) for row in source.rows(Concession)),
        tuple(source.rows(Trade)),
    )


def frame_of(plan: Plan, settings: Settings) -> Frame:
    """What everything in a plan is costed over. Without a horizon it is a year."""
    return Frame(
        volume=plan.volume,
        horizon_months=plan.horizon_months or YEAR,
        unit=plan.unit,
        currency=plan.currency,
        baseline=plan.baseline,
        budget=plan.budget,
        need_by=plan.need_by,
        cost_of_capital=settings.cost_of_capital if plan.cost_of_capital is None else plan.cost_of_capital,
    )


# ---- terms ----


def term_spec(row: Term, volume: Decimal | None) -> TermSpec:
    """A term. One unit of the price is worth the yearly volume, where nothing else was said."""
    levels = _levels(row.levels)
    worth = volume if row.worth is None and role_of(row.name) == "price" else row.worth
    return TermSpec(
        row.name,
        row.unit,
        cast("Direction", row.direction),
        as_value(row.opening, levelled=bool(levels)),
        as_value(row.target, levelled=bool(levels)),
        as_value(row.stop, levelled=bool(levels)),
        Decimal(0) if row.weight is None else row.weight,
        worth,
        cast("Kind", row.kind),
        levels,
        row.their_weight,
        as_value(row.their_stop, levelled=bool(levels)),
        _levels(row.their_levels),
    )


def _levels(stored: Mapping[str, Any]) -> dict[str, Decimal] | None:
    return {name: Decimal(str(score)) for name, score in stored.items()} or None


def as_value(stored: str | None, *, levelled: bool) -> Value | None:
    """A stored value: a number, or the name of a level."""
    if stored is None or levelled:
        return stored
    try:
        return Decimal(stored)
    except InvalidOperation:
        return stored


# ---- alternatives ----


def alternative_spec(row: Alternative, plan: Plan) -> AlternativeSpec:
    """An alternative. Its latest start is as recorded, else it follows from its lead time and the day of need."""
    start = row.latest_start
    if start is None and plan.need_by is not None and row.lead_days is not None:
        start = plan.need_by - timedelta(days=row.lead_days)
    return AlternativeSpec(
        row.name,
        row.price,
        tuple(_item(item) for item in row.items),
        row.chance,
        cast("Status", row.status),
        row.valid_until,
        start,
        None if row.lead_days is None else -(-row.lead_days // 7),
        row.horizon_months,
        Decimal(0) if row.uplift is None else row.uplift,
        currency=row.currency or None,
    )


def _item(stored: Mapping[str, Any]) -> CostItem:
    return CostItem(
        stored["name"],
        Decimal(stored["amount"]),
        cast("ItemKind", stored.get("kind", "unit")),
        stored.get("note") or None,
        bool(stored.get("estimate")),
    )


# ---- mandate ----


def basis_of(plan: Plan, *, own: bool = False) -> dict[str, Any]:
    """What a mandate is given for: kept with it, so that it can be said what has changed since."""
    basis: dict[str, Any] = {
        "volume": None if plan.volume is None else format(plan.volume.normalize(), "f"),
        "horizon": "once" if plan.one_off else plan.horizon_months,
        "currency": plan.currency,
        "unit": plan.unit,
    }
    return {key: said for key, said in basis.items() if said is not None} | ({"own": True} if own else {})


def allowed(plan: Plan, mandates: Sequence[Mandate], settings: Settings) -> Allowed | None:
    """The newest mandate. What was not yet said when it was given cannot have changed."""
    if not mandates:
        return None
    newest = mandates[-1]
    now = basis_of(plan)
    changed = tuple(
        key for key, said in (newest.basis or {}).items() if key != "own" and now.get(key) != said
    )
    on = newest.at.astimezone(settings.manners.tz).date()
    own = bool((newest.basis or {}).get("own"))
    return Allowed(newest.ceiling, newest.by, on, newest.valid_until, own, changed)


# ---- offers and log ----


def offered(row: Offer, names: Mapping[str, str], levelled: Iterable[str]) -> Offered:
    """An offer, its values by the terms' names."""
    known = set(levelled)
    said = {
        names.get(term, term): value
        for term, stored in row.values.items()
        if (value := as_value(stored, levelled=term in known)) is not None
    }
    return Offered(cast("Side", row.side), row.at, said, row.seq)


def entry(row: Concession, names: Mapping[str, str], levelled: Iterable[str]) -> Entry:
    """An entry of the log."""
    known = set(levelled)
    return Entry(
        row.number,
        cast("Side", row.side),
        _steps("ours", row.ours, names, known),
        _steps("theirs", row.theirs, names, known),
        row.at,
        str(row.member_id),
        _favours(row.ours),
        _favours(row.theirs),
        row.corrects,
        row.seq,
    )


def _steps(
    side: Side, moves: Sequence[Mapping[str, Any]], names: Mapping[str, str], levelled: set[str]
) -> tuple[Step, ...]:
    return tuple(_step(side, move, names, move["term"] in levelled) for move in moves if "term" in move)


def _step(side: Side, move: Mapping[str, Any], names: Mapping[str, str], levelled: bool) -> Step:
    after = as_value(move["after"], levelled=levelled)
    assert after is not None  # a step is kept with the value that it led to
    before = as_value(move.get("before"), levelled=levelled)
    return Step(side, names.get(move["term"], move["term"]), before, after)


def _favours(moves: Sequence[Mapping[str, Any]]) -> str:
    return ", ".join(str(move["favour"]) for move in moves if "favour" in move)

"""An answer said back as it was understood, on one line."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.figures import Figures, cut
from handlers.prep.answers.alternatives import AlternativeAnswer
from handlers.prep.answers.deals import DealAnswer
from handlers.prep.answers.lists import ObjectionAnswer, RoleAnswer
from handlers.prep.answers.mandates import MandateAndSigner, MandateAnswer
from handlers.prep.answers.occasions import DaysAnswer, TalksAnswer
from handlers.prep.answers.quantities import ScopeAnswer
from handlers.prep.answers.read import DayAnswer, ListAnswer, NumberAnswer, RowsAnswer, Worth
from handlers.prep.answers.sums import MoneyAnswer
from handlers.prep.answers.terms import TermAnswer
from handlers.prep.answers.trades import TradeAnswer
from handlers.terms.rules import role_of
from handlers.writing import moment, plural

if TYPE_CHECKING:
    from datetime import datetime

    from handlers.prep.answers.costs import CostAnswer
    from handlers.prep.answers.read import Value

LONGEST = 120
KINDS = {"must": "must-have", "flexible": "flexible", "nice": "nice to have"}
"""What the kind of a term is called."""
_STATUS = {"quoted": "quoted", "unquoted": "not quoted"}


def echo(value: Value, figures: Figures, now: datetime) -> str:
    """`30,000 a year · last paid 3.95`: what was understood, at most LONGEST characters."""
    match value:
        case ListAnswer(items):
            said = "; ".join(items)
        case RowsAnswer(rows):
            said = "; ".join(_row(row, figures) for row in rows) or "none"
        case NumberAnswer(number):
            said = figures.number(number)
        case DayAnswer(day):
            said = figures.day(day)
        case MoneyAnswer():
            said = _joined(_price(value.amount, value.currency, figures), value.note,
                           value.dated and f"of {figures.day(value.dated)}")  # fmt: skip
        case _:
            said = _facts(value, figures, now)
    return cut(said, LONGEST)


def _joined(*parts: object) -> str:
    return " · ".join(str(part) for part in parts if part)


def units(unit: str) -> str:
    """`seats` for `seat`; short signs such as `kg` stay."""
    return f"{unit}s" if unit in {"hour", "day", "licence", "seat", "user"} else unit


def _price(amount: Decimal, currency: str | None, figures: Figures) -> str:
    return f"{figures.price(amount)} {currency or figures.currency}"


def _facts(value: Value, figures: Figures, now: datetime) -> str:
    match value:
        case DealAnswer():
            paid = (
                value.baseline is not None and f"last paid {_price(value.baseline, value.currency, figures)}"
            )
            volume = _volume(value, figures)
            missing = _missing(value) if not (volume and paid) else ""
            return _joined(value.supplier, value.what, volume, paid, missing)
        case ScopeAnswer():
            months = value.horizon_months and f"{value.horizon_months} months"
            return _joined(value.what, _volume(value, figures), months)
        case TalksAnswer():
            when = value.talks_at and moment(value.talks_at, now, figures.manners)
            return _joined(when or "no day yet", value.counterpart, value.authority)
        case DaysAnswer():
            talks = value.talks_at and f"talks {moment(value.talks_at, now, figures.manners)}"
            decide = value.decide_by and f"decision {figures.day(value.decide_by)}"
            return _joined(talks, decide, value.need_by and f"need-by {figures.day(value.need_by)}")
        case MandateAnswer():
            return _mandate(value, figures)
        case MandateAndSigner():
            return _joined(
                _mandate(value.mandate, figures) if value.mandate else "no mandate yet", value.signer
            )
        case _:
            return ""


def _volume(value: DealAnswer | ScopeAnswer, figures: Figures) -> str:
    """`30,000 kg a year`, `500 once`; empty where no quantity was said."""
    if value.volume is None:
        return ""
    often = "once" if value.one_off else "a year"
    return " ".join(f"{figures.number(value.volume)} {units(value.unit)} {often}".split())


def _missing(value: DealAnswer) -> str:
    """What the first answer leaves open: nothing can be worked out without a quantity and a price."""
    left = [
        what for what, said in (("how much", value.volume), ("last price", value.baseline)) if said is None
    ]
    return f"open: {' and '.join(left)}"


def _mandate(value: MandateAnswer, figures: Figures) -> str:
    ceiling = "the stop" if value.ceiling is None else figures.price(value.ceiling)
    until = f" until {figures.day(value.until)}" if value.until else ""
    return f"{ceiling} by {value.by}{until}"


def _row(row: object, figures: Figures) -> str:
    match row:
        case TermAnswer():
            return _term(row, figures)
        case AlternativeAnswer():
            return _alternative(row, figures)
        case TradeAnswer():
            return _trade(row)
        case ObjectionAnswer(they, we):
            return f"{they} -> {we or '(no answer yet)'}"
        case RoleAnswer(role, requirement):
            return f"{role}: {requirement}" if requirement else role
        case Worth(term, worth):
            return f"{term}: {figures.number(worth)} for one unit"
        case _:
            return ""


def _term(row: TermAnswer, figures: Figures) -> str:
    """`price 3.45 / 3.70 / 4.05 weight 50`, `inspection must-have`."""
    has_figures = any((row.opening, row.target, row.stop))
    kind = KINDS.get(row.kind or "", "")
    weight = f"weight {figures.number(row.weight)}" if row.weight else ""
    figures_said = _three(row, figures) if has_figures or not (kind or weight) else ""
    return " ".join(filter(None, (row.name, figures_said, kind, weight)))


def _three(row: TermAnswer, figures: Figures) -> str:
    opening, target, stop = (_place(row, value, figures) for value in (row.opening, row.target, row.stop))
    if row.opening is None and row.target is None and row.stop:
        return f"stop {stop}"
    return f"{opening} / {target} / {stop}"


def _place(row: TermAnswer, value: str | None, figures: Figures) -> str:
    if value is None or row.levels or not re.fullmatch(r"-?\d+(?:\.\d+)?", value):
        return value or "-"
    known = Decimal(value)
    return figures.price(known) if role_of(row.name) == "price" else figures.number(known)


def _trade(row: TradeAnswer) -> str:
    if row.never:
        return f"never: {row.we}"
    return f"{row.we} only if {row.if_they}" if row.if_they else f"{row.we} (no condition)"


def _alternative(row: AlternativeAnswer, figures: Figures) -> str:
    parts = [row.name if row.price is None else f"{row.name} {figures.price(row.price)}"]
    parts += [_cost(item, figures) for item in row.items]
    if row.chance is not None:
        parts.append(figures.share(row.chance))
    if row.valid_until:
        parts.append(f"until {figures.day(row.valid_until)}")
    if row.latest_start:
        parts.append(f"start by {figures.day(row.latest_start)}")
    if row.lead_days:
        parts.append(f"{row.lead or length(row.lead_days)} to start")
    if row.uplift is not None:
        parts.append(f"uplift {figures.share(row.uplift)}")
    if row.horizon_months:
        parts.append(f"over {row.horizon_months} months")
    return ", ".join([*parts, *filter(None, (_STATUS.get(row.status or "", ""), row.note))])


def _cost(item: CostAnswer, figures: Figures) -> str:
    if item.kind == "unit":
        return f"{item.name} {figures.price(item.amount)}"
    return f"{item.name} {figures.number(item.amount)} {'once' if item.kind == 'once' else 'a year'}"


def length(days: int) -> str:
    """`12 weeks`, `10 days`: a time in whole weeks as weeks."""
    return plural(days // 7, "week") if days and days % 7 == 0 else plural(days, "day")

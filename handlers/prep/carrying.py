"""From quick to full: what was answered is carried over, so that only what is missing is asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.facts import gather
from handlers.prep.guide import Ready
from handlers.prep.loading import builtin
from handlers.prep.progress import is_answered
from handlers.writing import is_day_alone, number

if TYPE_CHECKING:
    from collections.abc import Callable
    from decimal import Decimal

    from handlers.facts import Facts
    from handlers.prep.guide import Guide

_SKIPPED = frozenset({"mandate"})  # a mandate is recorded once, whoever asks for it again


def prepare_fully(guide: Guide) -> None:
    """Make a quick plan a full one, and write its answers out under the keys of the full script."""
    if guide.book.plan.script == "full":
        return
    guide.book.plan.script = "full"
    guide.book.touch()
    scripts = guide.turn.scripts
    # with what was asked before the company asked less
    quick = {**builtin("quick").by_key, **scripts.quick.by_key}
    said = {key for key, answer in guide.book.answers().items() if not answer.gap}
    for question in quick.values():
        if is_answered(guide.given, question.key):
            for key in question.feeds:
                if key in scripts.full.by_key and key not in said:
                    carry(guide, key)


def carry(guide: Guide, key: str) -> None:
    """Write the answer to a full question out from what the plan's rows say; nothing where they say nothing."""
    text = composed(guide, key)
    question = guide.find(key)
    if not text or question is None:
        return
    try:
        ready = guide.read(question, text)
    except Misread:  # said by halves: kept as it is
        ready = None
    if ready is None or key in _SKIPPED:
        guide.book.answer(key, text, {})
        guide.look_again()
    else:
        guide.keep(Ready(question, text, ready.value))


def composed(guide: Guide, key: str) -> str:
    """An answer in the words in which it could be typed, from the plan's rows."""
    write = _WRITERS.get(key)
    return write(guide, gather(guide.book, guide.turn.settings)) if write else ""


def _figure(guide: Guide, value: Decimal | None) -> str:
    return "" if value is None else number(value, guide.turn.manners)


def _scope(guide: Guide, _: Facts) -> str:
    plan = guide.book.plan
    often = "once" if plan.one_off else "a year"
    volume = f"{_figure(guide, plan.volume)} {'' if plan.unit == 'pc' else plan.unit} {often}"
    months = f"{plan.horizon_months} months" if plan.horizon_months else ""
    return ", ".join(
        filter(None, (plan.title, " ".join(volume.split()) if plan.volume is not None else "", months))
    )


def _baseline(guide: Guide, _: Facts) -> str:
    plan = guide.book.plan
    return "" if plan.baseline is None else f"{format(plan.baseline, 'f')} {plan.currency}"


def _dates(guide: Guide, _: Facts) -> str:
    plan = guide.book.plan
    parts = []
    if plan.talks_at:
        here = plan.talks_at.astimezone(guide.turn.manners.tz)
        parts.append(f"talks {here:%Y-%m-%d}" if is_day_alone(here) else f"talks {here:%Y-%m-%d %H:%M}")
    if plan.decide_by:
        parts.append(f"decision {plan.decide_by}")
    if plan.need_by:
        parts.append(f"need-by {plan.need_by}")
    return ", ".join(parts)


def _counterpart(guide: Guide, _: Facts) -> str:
    row = guide.book.answers().get("talks")
    value = row.value if row is not None else {}
    return ", ".join(filter(None, (value.get("counterpart", ""), value.get("authority", ""))))


def _terms(_: Guide, facts: Facts) -> str:
    rows = []
    for term in facts.terms:
        values = [term.opening, term.target, term.stop]
        if any(value is not None for value in values) and not term.levels:
            said = "/".join("-" if value is None else format(value, "f") for value in values)
            unit = f" {term.unit}" if term.unit in {"days", "weeks", "months", "%"} else ""
            weight = f" weight {format(term.weight, 'f')}" if term.weight else ""
            rows.append(f"{term.name}{unit} {said}{weight}")
    return "; ".join(rows)


def _cost(_: Guide, facts: Facts) -> str:
    return "; ".join(
        f"{a.name} = {format(a.unit_price, 'f')}" for a in facts.alternatives if a.unit_price is not None
    )


def _status(guide: Guide, facts: Facts) -> str:
    rows = []
    for one in facts.alternatives:
        said: list[str] = [one.status] if one.status != "unquoted" else []
        if one.chance is not None:
            said.append(f"chance {_figure(guide, one.chance * 100)} %")
        if one.lead_weeks is not None:
            said.append(f"{one.lead_weeks} weeks")
        if one.valid_until is not None:
            said.append(f"until {one.valid_until}")
        if said:
            rows.append(f"{one.name} = {', '.join(said)}")
    return "; ".join(rows)


def _signer(guide: Guide, _: Facts) -> str:
    row = guide.book.answers().get("mandate")
    return str(row.value.get("signer", "")) if row is not None else ""


def _deal(guide: Guide, facts: Facts) -> str:
    plan = guide.book.plan
    if plan.volume is None or plan.baseline is None:
        return ""
    return ", ".join((plan.supplier, _scope(guide, facts), format(plan.baseline, "f")))


_WRITERS: dict[str, Callable[[Guide, Facts], str]] = {
    "supplier": lambda guide, _: guide.book.plan.supplier,
    "scope": _scope,
    "baseline": _baseline,
    "dates": _dates,
    "counterpart": _counterpart,
    "terms": _terms,
    "cost": _cost,
    "status": _status,
    "signer": _signer,
    "deal": _deal,
}

"""The chart of a term as parts: both sides' lines, what they are held against, and buttons."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.batna import wording as batna_wording
from handlers.batna.standing import stand
from handlers.concessions import wording
from handlers.concessions.rules import rounds, stands
from handlers.facts import gather
from handlers.figures import Figures, cut, flow
from handlers.plan_choice import ref
from handlers.terms.rules import main_term, role_of
from handlers.turn import Chart, Choice, Choices, Heading, Level, Note, Series, Table, Text
from handlers.turn.parts import ROWS, spread
from handlers.writing import number

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import date, datetime

    from handlers.batna.standing import Standing
    from handlers.command import Turn
    from handlers.concessions.rules import Round, Side
    from handlers.facts import Facts, Source
    from handlers.terms.rules import TermSpec, Value
    from handlers.turn import Part

MOST = 20
LABEL = 20
TITLE = 50
_SIDES: tuple[tuple[Side, str], ...] = (("ours", "We"), ("theirs", "They"))
_SAMPLE = Decimal("1234567.5")  # shows both marks of a locale
_OTHERS = 2
_PLACES = 4


def chart_parts(turn: Turn, source: Source, name: str) -> tuple[Part, ...]:
    """The chart of the term of this name, by default of the price, else of the one with most weight."""
    facts = gather(source, turn.settings)
    figures = Figures.of(source.plan, turn.manners, turn.today)
    term = next((one for one in facts.terms if one.name == name), None) or main_term(facts.terms)
    found = _rounds(facts, term, turn) if term is not None else ()
    if term is None or not found:
        return _nothing(source, term, figures)
    tracks = wording.main_tracks(facts, term)
    heads = (cut(source.plan.supplier, 30), figures.day(turn.today), wording.stand_off(term, tracks, figures))
    shown = [found[at] for at in spread(len(found), MOST)]
    standing = stand(facts, turn.today) if role_of(term.name) == "price" else None
    return (
        Heading(cut(" · ".join(filter(None, heads)))),
        *_drawn(term, shown, len(found), standing, figures),
        Text(tuple(_beside(term, found[-1], standing, figures))),
        _buttons(source, facts, term),
    )


def _rounds(facts: Facts, term: TermSpec, turn: Turn) -> tuple[Round, ...]:
    def day_of(at: datetime) -> date:
        return at.astimezone(turn.manners.tz).date()

    kind = str if term.levels else Decimal
    found = {
        side: [
            one
            for one in stands(
                side,
                term.name,
                facts.offers,
                facts.log,
                opening=term.opening if side == "ours" else None,
            )
            if isinstance(one.value, kind)
        ]
        for side, _ in _SIDES
    }
    return rounds(found, day_of)


# ---- the lines ----


def _drawn(
    term: TermSpec, shown: Sequence[Round], whole: int, standing: Standing | None, figures: Figures
) -> tuple[Part, ...]:
    """A chart; of levels, which lie at no height, a table."""
    labels = _labels(shown, figures)
    drawn = [(side, who) for side, who in _SIDES if side in shown[-1].values]
    if term.levels:
        return _as_table(labels, shown, drawn, whole, figures)
    series = tuple(Series(who, tuple(_number(one.values.get(side)) for one in shown)) for side, who in drawn)
    levels = tuple(Level(name, value) for name, value in _levels(term, shown[-1], standing))
    days = tuple(one.day for one in shown)
    dated = len(set(days)) == len(days) and not any(one.before for one in shown)
    sample = number(_SAMPLE, figures.manners)
    return (
        Chart(
            _title(term, figures),
            _unit(term, figures),
            labels,
            series,
            levels,
            days if dated else (),
            whole,
            _places(term, (value for one in series for value in one.values if value is not None)),
            sample[-2],
            next(sign for sign in sample if not sign.isdigit()),
        ),
    )  # fmt: skip


def _number(value: Value | None) -> Decimal | None:
    return value if isinstance(value, Decimal) else None


def _unit(term: TermSpec, figures: Figures) -> str:
    return cut(term.unit or (figures.each() if role_of(term.name) == "price" else ""), 30)


def _title(term: TermSpec, figures: Figures) -> str:
    """`Price, EUR/pc`."""
    name = cut(f"{term.name[:1].upper()}{term.name[1:]}", TITLE)
    return cut(", ".join(filter(None, (name, _unit(term, figures)))), TITLE)


def _places(term: TermSpec, values: Iterable[Decimal]) -> int:
    """As many decimals as the figure with most of them needs, a price two at least where it has any."""
    exponents = (value.normalize().as_tuple().exponent for value in values)
    most = max((-each for each in exponents if isinstance(each, int)), default=0)
    least = 2 if most > 0 and role_of(term.name) == "price" else 0
    return min(max(most, least), _PLACES)


def _labels(shown: Sequence[Round], figures: Figures) -> tuple[str, ...]:
    """`18 Mar`, `before 25 Mar`, and `18 Mar #2` for the second round of a day; each at most 20 characters."""
    names = [f"before {figures.day(one.day)}" if one.before else figures.day(one.day) for one in shown]
    labels: list[str] = []
    for at, name in enumerate(names):
        earlier = names[:at].count(name)
        ending = f" #{earlier + 1}" if earlier else ""
        labels.append(cut(name, LABEL - len(ending)) + ending)
    return tuple(labels)


def _levels(term: TermSpec, last: Round, standing: Standing | None) -> list[tuple[str, Decimal]]:
    """Stop, target and what the BATNA comes to in this deal; our opening where we have said nothing yet."""
    opening = None if "ours" in last.values else term.opening
    batna = standing.indifferent_at if standing is not None else None
    said = (("Stop", term.stop), ("Target", term.target), ("BATNA", batna), ("Opening", opening))
    return [(name, value) for name, value in said if isinstance(value, Decimal)]


def _as_table(
    labels: Sequence[str],
    shown: Sequence[Round],
    drawn: Sequence[tuple[Side, str]],
    whole: int,
    figures: Figures,
) -> tuple[Part, ...]:
    kept = spread(len(shown), ROWS)
    rows = tuple(
        (labels[at], *(cut(figures.value(None, shown[at].values.get(side)), 20) for side, _ in drawn))
        for at in kept
    )
    table = Table(("WHEN", *(who.upper() for _, who in drawn)), rows)
    if len(kept) == whole:
        return (table,)
    return table, Note((f"{len(kept)} of {whole} moments shown, first and last among them",))


# ---- the words beside them ----


def _beside(term: TermSpec, last: Round, standing: Standing | None, figures: Figures) -> Iterable[str]:
    said = [f"{name} {figures.value(term, value)}" for name, value in _marks(term, last)]
    if standing is not None and standing.indifferent_at is not None and standing.choice is not None:
        said.append(f"BATNA {figures.price(standing.indifferent_at)} ({cut(standing.choice.batna.name, 20)})")
    said = [f"{said[0][:1].upper()}{said[0][1:]}", *said[1:]] if said else []
    yield from flow(said)
    if standing is not None and standing.limit is not None:
        yield from batna_wording.limit_lines(standing, figures)
    if not said:
        yield "Neither stop nor target is set on it, so there is nothing to hold it against."
    for side, who in (("ours", "We have"), ("theirs", "They have")):
        if side not in last.values:
            yield cut(f"{who} said nothing on {term.name} yet: no line.")


def _marks(term: TermSpec, last: Round) -> list[tuple[str, Value]]:
    opening = None if "ours" in last.values else term.opening
    said = (("stop", term.stop), ("target", term.target), ("opening", opening))
    return [(name, value) for name, value in said if value is not None]


def _buttons(source: Source, facts: Facts, term: TermSpec) -> Choices:
    """The log, the BATNA, and other terms that somebody said something about."""
    plan = ref(source.plan.id)
    named = {name for offer in facts.offers for name in offer.values}
    named |= {step.term for entry in facts.log for step in entry.steps}
    others = [one.name for one in facts.terms if one.name in named and one.name != term.name]
    return Choices(
        (
            Choice("Log", f"log {plan}"),
            Choice("BATNA", f"batna {plan}"),
            *(Choice(f"Chart {cut(name, 20)}", f"chart {plan} {name}") for name in others[:_OTHERS]),
        )
    )


def _nothing(source: Source, term: TermSpec | None, figures: Figures) -> tuple[Part, ...]:
    """That there is nothing to draw, and what would give something."""
    name = cut(source.plan.supplier, 20)
    plan = ref(source.plan.id)
    heading = Heading(f"{cut(source.plan.supplier, 40)} · {figures.day(figures.today)}")
    if term is None:
        lines = (
            "No chart yet: the plan has no terms, so nothing can move.",
            "What gives one: a term, then offers or moves on it, for example:",
            f"  term {name} price: open 3.45, target 3.70, stop 4.05",
        )
        return heading, Text(lines), Choices((Choice("Terms", f"terms {plan}"),))
    called = cut(term.name, 24)
    value = figures.value(term, term.target if term.stop is None else term.stop)
    lines = (
        cut(f"No chart yet: neither side has said anything on {called}."),
        "What gives one: an offer, or a move in the log, for example:",
        cut(f"  offer {name} theirs: {called} {'...' if value == '-' else value}"),
    )
    options = (
        [Choice("Record an offer", f"offer {plan} new"), Choice("Log", f"give {plan}")]
        if source.may_edit
        else []
    )
    return heading, Text(lines), Choices((*options, Choice("BATNA", f"batna {plan}")))

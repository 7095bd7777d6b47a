"""A plan on one screen: readable wherever one stops, with its gaps shown as gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.batna.rules import choose
from handlers.batna.wording import horizon_warnings
from handlers.facts import gather
from handlers.figures import WIDTH, Figures, cut, flow
from handlers.plan_choice import ref
from handlers.prep.progress import is_answered, left_over, readiness
from handlers.turn import Choice, Choices, Heading, Reply, Text, Warn
from handlers.writing import moment
from storage.progress import answered
from storage.tables import ListItem, Trade

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.batna.rules import Choice as Chosen
    from handlers.command import Turn
    from handlers.facts import Facts, Source
    from handlers.prep.company import Scripts
    from handlers.prep.guide import Guide
    from handlers.terms.rules import TermSpec
    from handlers.turn import Part
    from storage.progress import Given
    from storage.tables import Answer

FRAME = (
    ("counterpart", "Across"),
    ("goal", "Goal"),
    ("venue", "Where"),
    ("clock", "Clock"),
    ("evidence", "Facts"),
    ("flex", "May move"),
    ("success", "Both glad"),
    ("contingency", "If it stops"),
)
"""The eight questions of the framework, and what each is called on the screen."""
_MOST_LINES = 13  # a row of buttons stands below them
_LEAST = 2  # a line for the deal, one for the terms


def brief(guide: Guide, before: Sequence[Part] = ()) -> Reply:
    """The brief of a plan that is being prepared."""
    parts = brief_parts(guide.turn, guide.book, guide.given)
    return Reply((*before, *parts))


def show(turn: Turn, source: Source) -> Reply:
    """The brief of a plan that is only read."""
    given = answered(turn.unit, [source.plan])[source.plan.id]
    return Reply(tuple(brief_parts(turn, source, given)))


def brief_parts(turn: Turn, source: Source, given: Mapping[str, Given]) -> list[Part]:
    """Heading, at most twelve lines, and buttons for the rest."""
    plan, answers = source.plan, source.answers()
    facts = gather(source, turn.settings)
    figures = Figures.of(plan, turn.manners, turn.today)
    percent = readiness(turn.scripts.of(plan.script), given)
    title = f"{plan.supplier}: {plan.title}" if plan.title else plan.supplier
    head = Heading(cut(f"{cut(title, 40)} · {percent} % ready · {plan.status}"))
    frame = _frame(turn.scripts, answers, given)
    trades, points, earlier = (
        source.rows(Trade),
        _points(source.rows(ListItem)),
        _earlier(turn.scripts, answers),
    )
    found = choose(facts.alternatives, turn.today, facts.frame)
    last = [_alternative(found, facts, figures), _trades(trades), *_open(points), *earlier]
    warned = tuple(horizon_warnings(found, facts, figures)) if found is not None else ()
    left = _MOST_LINES - 1 - len(warned) - _LEAST
    if len(frame) + len(last) > left:
        last = [last[0], _trades(trades, f" · {len(points)} open" if points else "")]
        frame = _fitting(frame, left - len(last))
    room = _MOST_LINES - 1 - len(warned) - len(frame) - len(last)
    terms = _terms(facts, figures, 2 if room > _LEAST else 1)
    lines = [*_deal(turn, source, figures)[: room - len(terms)], *frame, *terms, *last]
    return [head, Text(tuple(lines)), *([Warn(warned)] if warned else []), _buttons(source, percent)]


def _fitting(frame: list[str], most: int) -> list[str]:
    """The lines of the framework that fit. What does not has one line; a warning of money that looks wrong never gives way
    to them."""
    if len(frame) <= most:
        return frame
    rest = [line.partition(":")[0] for line in frame[most - 1 :]]
    return [*frame[: most - 1], cut(_some("In All answers: ", rest, ""))]


def _deal(turn: Turn, source: Source, figures: Figures) -> tuple[str, ...]:
    plan = source.plan
    pieces = []
    if plan.talks_at:
        pieces.append(f"talks {moment(plan.talks_at, turn.now, turn.manners)}")
    if plan.volume is not None:
        months = f" x {plan.horizon_months} months" if plan.horizon_months else ""
        often = " once" if plan.one_off else f"/yr{months}"
        pieces.append(f"{figures.number(plan.volume)} {plan.unit}{often}")
    if plan.baseline is not None:
        pieces.append(f"paid {figures.price(plan.baseline)} {plan.currency}")
    if plan.need_by:
        pieces.append(f"need {figures.day(plan.need_by)}")
    return flow(pieces)[:2]


def _frame(scripts: Scripts, answers: Mapping[str, Answer], given: Mapping[str, Given]) -> list[str]:
    """A line for each question of the framework that has an answer; one line for those that have none and are asked."""
    lines = [
        cut(f"{label}: {text}") for key, label in FRAME if (text := _said(answers, given, key)) is not None
    ]
    asked = [(key, label.lower()) for key, label in FRAME if scripts.asks(key)]
    missing = [label for key, label in asked if _said(answers, given, key) is None]
    gaps = [label for key, label in asked if key in given and given[key].gap]
    if missing:
        known = f" (don't know: {', '.join(gaps)})" if gaps else ""
        lines.append(cut(_some("Gaps: ", missing, known)))
    return lines


def _some(start: str, names: Sequence[str], end: str) -> str:
    """As many names as a line holds, and how many more there are."""
    for shown in range(len(names), 0, -1):
        more = f" +{len(names) - shown}" if shown < len(names) else ""
        line = f"{start}{', '.join(names[:shown])}{more}{end}"
        if len(line) <= WIDTH:
            return line
    return f"{start}{len(names)}{end}"


def _said(answers: Mapping[str, Answer], given: Mapping[str, Given], key: str) -> str | None:
    if key in answers and is_answered(given, key):
        return answers[key].text
    if key == "counterpart" and "talks" in answers and answers["talks"].value.get("counterpart"):
        value = answers["talks"].value
        return ", ".join(filter(None, (value["counterpart"], value.get("authority", ""))))
    return None


def _terms(facts: Facts, figures: Figures, most: int) -> list[str]:
    pieces = [_term(term, figures) for term in facts.terms]
    if not pieces:
        return ["Terms: none yet"]
    shown = len(pieces)
    while (
        len(lines := flow([*pieces[:shown], *([f"+{len(pieces) - shown}"] if shown < len(pieces) else [])]))
        > most
    ):
        shown -= 1
    return list(lines)


def _term(term: TermSpec, figures: Figures) -> str:
    """`price 3.45/3.70/4.05`, `price stop 4.05`, `ISO 9001 must-have`, `lead no figures yet`."""
    values = {"open": term.opening, "target": term.target, "stop": term.stop}
    known = {name: figures.value(term, value) for name, value in values.items() if value is not None}
    if len(known) > 1:
        return f"{term.name} " + "/".join(figures.value(term, value) for value in values.values())
    if known:
        return f"{term.name} " + " ".join(next(iter(known.items())))
    return f"{term.name} {'must-have' if term.kind == 'must' else 'no figures yet'}"


def _alternative(found: Chosen | None, facts: Facts, figures: Figures) -> str:
    if found is not None:
        chance = f", {figures.share(found.batna.chance)}" if found.batna.chance is not None else ""
        batna = f"BATNA: {cut(found.batna.name, 24)} {figures.price(found.costing.unit_cost)}{chance}"
    else:
        names = ", ".join(alternative.name for alternative in facts.alternatives)
        batna = f"BATNA: {cut(names, 28)}, not costed" if names else "BATNA: none yet"
    mandate = facts.mandate
    allowed = (
        f"mandate {figures.price(mandate.ceiling)} by {cut(mandate.by, 16)}" if mandate else "no mandate"
    )
    return cut(f"{batna} · {allowed}")


def _trades(rows: Sequence[Trade], end: str = "") -> str:
    if not rows:
        return f"Trades: none yet{end}"
    first = rows[0]
    said = f"never {first.we}" if first.never else f"{first.we} if {first.if_they or '(no condition yet)'}"
    more = f" (+{len(rows) - 1})" if len(rows) > 1 else ""
    return cut(f"Trades: {said}", 58 - len(end)) + more + end


def _points(rows: Sequence[ListItem]) -> list[ListItem]:
    return [row for row in rows if row.list == "open" and not row.done]


def _open(points: Sequence[ListItem]) -> list[str]:
    return [cut(f"Open ({len(points)}): {points[0].text}")] if points else []


def _earlier(scripts: Scripts, answers: Mapping[str, Answer]) -> list[str]:
    """What was answered before the company asked something else; the framework's answers have their lines already."""
    framework = {key for key, _ in FRAME}
    pieces = [
        f"{key}: {row.text}" for key, row in left_over(scripts, answers).items() if key not in framework
    ]
    return [cut(f"Also answered: {'; '.join(pieces)}")] if pieces else []


def _buttons(source: Source, percent: int) -> Choices:
    plan = ref(source.plan.id)
    options = []
    if source.may_edit and percent < 100:
        options.append(Choice("Go on", f"resume {plan}", primary=True))
    if source.may_edit and source.plan.script == "quick":
        options.append(Choice("Prepare fully", f"resume full {plan}"))
    options += [
        Choice("All answers", f"answers {plan}"),
        Choice("Terms", f"terms {plan}"),
        Choice("BATNA", f"batna {plan}"),
    ]
    if source.may_edit:
        options.append(Choice("Edit", f"edit {plan}"))
    return Choices(tuple(options))

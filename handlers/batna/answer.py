"""The BATNA answer as parts. Fourteen lines at most, buttons included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.batna import wording
from handlers.batna.rules import like_for_like
from handlers.batna.standing import stand
from handlers.facts import gather
from handlers.figures import Figures, cut, flow
from handlers.plan_choice import ref
from handlers.turn import Choice, Choices, Heading, Text, Warn
from storage.tables import Alternative

if TYPE_CHECKING:
    from collections.abc import Sequence

    from handlers.batna.rules import AlternativeSpec
    from handlers.batna.rules import Choice as Costed
    from handlers.batna.standing import Standing
    from handlers.command import Turn
    from handlers.facts import Facts, Source
    from handlers.turn import Part

MOST = 14
ADD = "batna {} add"


def answer(turn: Turn, source: Source, *, to_self: bool = False, first: str = "") -> tuple[Part, ...]:
    """Heading, lines and buttons. With `to_self` it is on its way to the direct message, or there already.

    `first` is a line to say before all else. A sheet works the answer out once for a revision, a day and a way of
    writing figures: at the table it is asked again.
    """
    capital = turn.settings.cost_of_capital
    key = ("batna", turn.today, turn.manners, capital, source.may_edit, to_self, first)
    return source.once(key, lambda: _answer(turn, source, to_self=to_self, first=first))


def _answer(turn: Turn, source: Source, *, to_self: bool, first: str) -> tuple[Part, ...]:
    facts = gather(source, turn.settings)
    figures = Figures.of(source.plan, turn.manners, turn.today)
    standing = stand(facts, turn.today)
    heading = Heading(f"{cut(source.plan.supplier, 40)} · {figures.day(turn.today)}")
    improve = _said(source, "improve")
    if standing.choice:
        body = _with_batna(standing, figures, improve)
    else:
        body = _without(standing, figures, improve, none=bool(_said(source, "alts")))
    buttons = Choices(tuple(_buttons(source, has_batna=bool(standing.choice), to_self=to_self)))
    lines = flow(first.split(), " ")
    said = [Text(lines)] if lines else []
    return (*said, heading, *_fitting(body, MOST - 2 - len(lines)), buttons)


def _said(source: Source, key: str) -> str:
    said = source.answers().get(key)
    return "" if said is None or said.gap else said.text


def _with_batna(standing: Standing, figures: Figures, improve: str) -> list[Part]:
    facts, choice = standing.facts, standing.choice
    assert choice is not None
    start, soon = wording.start_line(choice, facts, figures)
    warnings = (
        *wording.horizon_warnings(choice, facts, figures),
        *wording.batna_warnings(choice, figures),
        *wording.offer_warnings(standing, figures),
        *wording.mandate_warnings(facts.mandate, figures),
        *([start] if soon else []),
    )
    above = (
        *wording.batna_lines(choice, facts, figures),
        *wording.live_lines(standing, figures),
        *wording.limit_lines(standing, figures),
        *wording.strength_lines(choice, figures),
        *([start] if start and not soon else []),
    )
    below = (
        *wording.cost_lines(choice.costing, figures),
        *wording.fallback_lines(choice, facts, figures),
        *wording.weakest_lines(choice, facts, figures),
        *([cut(f"Better if: {improve}")] if improve else []),
        *(f"Not costed: {wording.not_costed(one, facts)}" for one in _worth_costing(choice)[:2]),
    )
    return [Text(above), Warn(warnings), Text(below)]


def _worth_costing(choice: Costed) -> list[AlternativeSpec]:
    """What should get a price. Doing nothing may go without one."""
    return [one for one in choice.uncosted if one.status != "own" or one.items or one.unit_price is not None]


def _nothing(*, none: bool) -> str:
    if none:
        return "No BATNA: you said that there is no way without them."
    return "No BATNA yet: nothing here says what you do without this deal."


def _without(standing: Standing, figures: Figures, improve: str, *, none: bool) -> list[Part]:
    facts = standing.facts
    if facts.alternatives:
        why = tuple(f"{wording.not_costed(one, facts)}." for one in facts.alternatives[:3])
        said = ("No BATNA yet: no alternative can be costed.", *why)
    else:
        said = (_nothing(none=none),)
    lines = (
        *said,
        *wording.live_lines(standing, figures),
        *wording.limit_lines(standing, figures),
        *([cut(f"Better if: {improve}")] if improve else []),
        *_next_step(facts, figures),
    )
    warnings = tuple(wording.mandate_warnings(facts.mandate, figures))
    return [Text(lines), Warn(warnings)]


def _next_step(facts: Facts, figures: Figures) -> tuple[str, str]:
    """What brings the plan to a BATNA, with a line that can be typed."""
    name = cut(facts.plan.supplier, 16)
    unpriced = next((one for one in facts.alternatives if one.unit_price is None), None)
    if unpriced is not None:
        paid = facts.plan.baseline
        example = figures.price(paid) if paid is not None else "4.18"
        return (
            "Say what it would cost, for example:",
            f"  batna {name} set {cut(unpriced.name, 20)}: price {example}",
        )
    if facts.alternatives and facts.frame.volume is None:
        return "Say how many a year, for example:", f"  set {name}: volume 30000 a year, horizon 24 months"
    return (
        "Add what you would really do instead, for example:",
        f"  batna {name} add Borg = 4.18, chance 80 %, 12 weeks",
    )


def _fitting(parts: Sequence[Part], most: int) -> list[Part]:
    """The parts without empty ones; what is too much goes from the end, warnings last of all."""
    warned = sum(len(part.lines) for part in parts if isinstance(part, Warn))
    left = most - min(warned, most)
    kept: list[Part] = []
    for part in parts:
        if isinstance(part, Warn) and part.lines:
            kept.append(Warn(part.lines[:most]))
        elif isinstance(part, Text) and part.lines[:left]:
            kept.append(Text(part.lines[:left]))
            left -= len(part.lines[:left])
    return kept


def _buttons(source: Source, *, has_batna: bool, to_self: bool) -> list[Choice]:
    plan = ref(source.plan.id)
    found = [Choice("Judge offer", f"offer {plan}")] if has_batna else []
    if source.may_edit:
        found.append(Choice("Add alternative", ADD.format(plan), primary=not has_batna))
    if to_self:
        found.append(Choice("All alternatives", f"batna {plan} all"))
    else:
        found.append(Choice("Send to my DM", f"batna {plan} to me"))
    return found


def alternatives_list(turn: Turn, source: Source) -> tuple[Part, ...]:
    """Every alternative with its like-for-like cost, and buttons to change or remove it."""
    facts = gather(source, turn.settings)
    figures = Figures.of(source.plan, turn.manners, turn.today)
    rows = source.rows(Alternative)
    if not rows:
        return answer(turn, source, to_self=True)
    lines = tuple(_line(spec, facts, figures) for spec in facts.alternatives)
    parts: list[Part] = [Heading(f"{cut(source.plan.supplier, 30)} · alternatives"), Text(lines)]
    if source.may_edit:
        parts += [_changing(source.plan.id, row) for row in rows[:5]]
        parts.append(Choices((Choice("Add alternative", ADD.format(ref(source.plan.id))),)))
    return tuple(parts)


def _line(spec: AlternativeSpec, facts: Facts, figures: Figures) -> str:
    costing = like_for_like(spec, facts.frame)
    if costing is None:
        return cut(wording.not_costed(spec, facts))
    chance = "" if spec.chance is None else f", {figures.share(spec.chance)} sure"
    return cut(f"{spec.name}: {figures.price(costing.unit_cost)} {figures.each()}{chance}")


def _changing(plan_id: int, row: Alternative) -> Choices:
    words = f"batna {ref(plan_id)} {{}} id:{row.id}"
    name = cut(row.name, 20)
    return Choices(
        (
            Choice(f"Change {name}", words.format("set")),
            Choice(f"Remove {name}", words.format("remove"), danger=True, confirm=f"Remove {name}?"),
        )
    )

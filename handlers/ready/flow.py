"""`ready`: how far a plan is prepared, and what in it contradicts itself, the worst first."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.figures import WIDTH, Figures, cut, flow
from handlers.plan_choice import open_book, ref
from handlers.prep.progress import readiness
from handlers.ready.fixes import button
from handlers.ready.gathering import plan_facts
from handlers.ready.rules import check
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text, Warn
from storage.progress import answered

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from handlers.command import Turn
    from handlers.ready.rules import Fill, Finding
    from handlers.turn import Part

_ALL = re.compile(r"^(?P<plan>.*?)(?:^|\s+)all\s*$", re.IGNORECASE | re.DOTALL)
_LINES = 10  # besides the heading and three rows of buttons
_ROWS = 2
_SIGNS = {"B": "", "W": "- ", "I": ""}


def ready(turn: Turn) -> Reply:
    """Readiness in percent, findings, and a button for each that has one."""
    every = _ALL.match(turn.rest)
    book, _ = open_book(turn, words=every["plan"] if every else None, bare=True)
    figures = Figures.of(book.plan, turn.manners, turn.today)
    findings = check(plan_facts(turn, book))
    percent = readiness(turn.scripts.of(book.plan.script), answered(turn.unit, [book.plan])[book.plan.id])
    blocked = sum(finding.level == "B" for finding in findings)
    state = f"{blocked} to mend first" if blocked else "nothing blocks" if findings else "nothing to mend"
    heading = Heading(f"{cut(book.plan.supplier, 30)} · {percent} % ready · {state}")
    shown = findings if every else _that_fit(findings, figures)
    parts: list[Part] = [heading]
    warned = tuple(_sentence(one, figures) for one in shown if one.level == "B")
    said = tuple(_sentence(one, figures) for one in shown if one.level == "W")
    noted = tuple(_sentence(one, figures) for one in shown if one.level == "I")
    parts += [Warn(warned)] if warned else []
    parts += [Text(said)] if said else []
    parts += [Note(noted)] if noted else []
    hidden = len(findings) - len(shown)
    return Reply((*parts, _buttons(shown, ref(book.plan.id), hidden, may_edit=book.may_edit)))


def _that_fit(findings: tuple[Finding, ...], figures: Figures) -> list[Finding]:
    shown: list[Finding] = []
    room = _LINES
    for finding in findings:
        room -= _lines(finding, figures)
        if room < 0:
            break
        shown.append(finding)
    return shown


def _sentence(finding: Finding, figures: Figures) -> str:
    """A finding; each face wraps it for its own width."""
    return _SIGNS[finding.level] + finding.say(lambda fill: _shown(fill, figures))


def _lines(finding: Finding, figures: Figures) -> int:
    """How many lines a finding takes on a screen."""
    return len(flow(_sentence(finding, figures).split(), " ", width=62))


def _shown(fill: Fill, figures: Figures) -> str:
    if isinstance(fill, date):
        return figures.day(fill)
    if isinstance(fill, Decimal):
        whole = fill == fill.to_integral_value()
        return figures.number(fill) if whole else figures.price(fill)
    return str(fill)


def _buttons(
    shown: list[Finding] | tuple[Finding, ...], plan: str, hidden: int, *, may_edit: bool
) -> Choices:
    """The fixes, as many as two rows hold, and what leads on. What blocks is mended first, so its button stands out."""
    fixes = [found for one in shown if (found := button(one, plan)) is not None] if may_edit else []
    different = list(_in_rows({choice.words: choice for choice in fixes}.values()))
    if different and shown[0].level == "B":
        different[0] = replace(different[0], primary=True)
    more = [Choice(f"{hidden} more", f"ready {plan} all")] if hidden else []
    return Choices((*different, *more, Choice("Brief", f"show {plan}")))


def _in_rows(options: Iterable[Choice]) -> Iterator[Choice]:
    """As many buttons as fit two lines side by side."""
    row, used = 1, 0
    for choice in options:
        needed = len(choice.label) + 3
        row, used = (row, used + needed) if used + needed <= WIDTH else (row + 1, needed)
        if row > _ROWS:
            return
        yield choice


COMMANDS = (Command("ready", ready, also=("readiness",), reads=True),)

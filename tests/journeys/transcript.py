"""Transcripts: what people say to Prep, and what must come back, the same on every face.

now 2026-03-02T09:00          the clock, in Europe/Berlin unless it says otherwise
ann> batna acme               ann says it to Prep alone
ann #acme> /prep batna acme   ann says it in a channel
ann [Skip]                    ann presses the newest button of that name that she sees
ann {Price=4.18; Chance=80 %} ann fills in the open form and sends it
? Borg, 4.18                  the answer holds this text
! Borg                        the answer does not hold this text
# ...                         a comment
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SAID = re.compile(r"^(?P<who>[a-z]+)(?: #(?P<channel>[a-z-]+))?> ?(?P<line>.*)$")
_PRESSED = re.compile(r"^(?P<who>[a-z]+)(?: #(?P<channel>[a-z-]+))? \[(?P<label>[^\]]+)\]$")
_FILLED = re.compile(r"^(?P<who>[a-z]+)(?: #(?P<channel>[a-z-]+))? \{(?P<fields>.*)\}$")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that somebody does. `kind` is `now`, `say`, `press` or `submit`.

    `holds` and `lacks` are what the answer must and must not hold; `line` is the number of the line.
    """

    line: int
    kind: str
    who: str
    channel: str | None
    text: str
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """The fields of a form, by label."""
        pairs = (field.partition("=") for field in self.text.split(";") if field.strip())
        return {label.strip(): value.strip() for label, _, value in pairs}


def read(path: Path) -> list[Step]:
    """The steps of a transcript."""
    steps: list[Step] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.rstrip()
        if not line or line.startswith("#"):
            continue
        if line.startswith(("? ", "! ")):
            steps[-1] = _expecting(steps[-1], line)
        else:
            steps.append(_step(number, line))
    return steps


def _expecting(step: Step, line: str) -> Step:
    text = line[2:].strip()
    holds = (*step.holds, text) if line.startswith("?") else step.holds
    lacks = (*step.lacks, text) if line.startswith("!") else step.lacks
    return Step(step.line, step.kind, step.who, step.channel, step.text, holds, lacks)


def _step(number: int, line: str) -> Step:
    if line.startswith("now "):
        return Step(number, "now", "", None, line[4:].strip())
    for kind, pattern, part in (
        ("press", _PRESSED, "label"),
        ("submit", _FILLED, "fields"),
        ("say", _SAID, "line"),
    ):
        found = pattern.match(line)
        if found:
            return Step(number, kind, found["who"], found["channel"], found[part])
    raise ValueError(f"line {number} is no step of a transcript: {line}")

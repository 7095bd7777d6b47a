"""Transcripts: what people say to Prep, and what must come back, the same on every face.

faces plain slack teams       where it can be played; without it, everywhere
place #acme: ann, eve (outside), gus (guest)
                              a channel, its people, and who of them is not an inside member; Prep is in it
playbook house.yaml           the company's own questions, in a file beside it
now 2026-03-02T09:00          the clock, in Europe/Berlin unless it says otherwise
ann> batna acme               ann says it to Prep alone
ann #acme> /prep batna acme   ann says it in a channel; one without a `place` is one that Prep is not in
ann [Skip]                    ann presses the newest button of that name that she sees
ann {Price=4.18; Chance=80 %} ann fills in the open form and sends it; `<br>` is a new line
deliver                       what is due is delivered, everywhere
? Borg, 4.18                  the answer holds this text
! Borg                        the answer does not hold this text
# ...                         a comment
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

FACES = ("plain", "local", "slack", "teams")
_WHERE = r"(?P<who>[a-z]+)(?: #(?P<channel>[a-z-]+))?"
_SAID = re.compile(rf"^{_WHERE}> ?(?P<line>.*)$")
_PRESSED = re.compile(rf"^{_WHERE} \[(?P<label>[^\]]+)\]$")
_FILLED = re.compile(rf"^{_WHERE} \{{(?P<fields>.*)\}}$")
_PLACE = re.compile(r"^place #(?P<name>[a-z-]+): (?P<people>.+)$")


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happens. `kind` is `now`, `say`, `press`, `submit` or `deliver`.

    `holds` and `lacks` are what the answer must and must not hold; `line` is the number of the line.
    """

    line: int
    kind: str
    who: str = ""
    channel: str | None = None
    text: str = ""
    holds: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()

    @property
    def fields(self) -> dict[str, str]:
        """The fields of a form, by label."""
        pairs = (field.partition("=") for field in self.text.split(";") if field.strip())
        return {label.strip(): value.strip().replace("<br>", "\n") for label, _, value in pairs}


@dataclass(frozen=True, slots=True)
class Transcript:
    """A journey: where it can be played, the channels with their people, its steps, and the path of the company's questions."""

    faces: tuple[str, ...]
    channels: Mapping[str, list[str]]
    steps: list[Step]
    playbook: str | None = None


def read(path: Path) -> Transcript:
    """A transcript. Raises ValueError with the number of a line that is none."""
    faces: tuple[str, ...] = FACES
    channels: dict[str, list[str]] = {}
    steps: list[Step] = []
    playbook = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line = raw.rstrip()
        place = _PLACE.match(line)
        if not line or line.startswith("#"):
            continue
        if line.startswith("faces "):
            faces = tuple(line.split()[1:])
        elif line.startswith("playbook "):
            playbook = str(path.with_name(line.split()[1]))
        elif place:
            channels[place["name"]] = [one.strip() for one in place["people"].split(",")]
        elif line.startswith(("? ", "! ")):
            steps[-1] = _expecting(steps[-1], line)
        else:
            steps.append(_step(number, line))
    return Transcript(faces, channels, steps, playbook)


def _expecting(step: Step, line: str) -> Step:
    text = line[2:].strip()
    if line.startswith("?"):
        return replace(step, holds=(*step.holds, text))
    return replace(step, lacks=(*step.lacks, text))


def _step(number: int, line: str) -> Step:
    if line == "deliver":
        return Step(number, "deliver")
    if line.startswith("now "):
        return Step(number, "now", text=line[4:].strip())
    for kind, pattern, part in (
        ("press", _PRESSED, "label"),
        ("submit", _FILLED, "fields"),
        ("say", _SAID, "line"),
    ):
        found = pattern.match(line)
        if found:
            return Step(number, kind, found["who"], found["channel"], found[part])
    raise ValueError(f"line {number} is no step of a transcript: {line}")

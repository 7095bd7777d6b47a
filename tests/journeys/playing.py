"""Runs a transcript through a face and compares what comes back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from handlers.calling import COMMAND, MENTION
from tests.journeys.runner import DM

if TYPE_CHECKING:
    from collections.abc import Iterable

    from tests.journeys.runner import Runner
    from tests.journeys.transcript import Step

_ZONE = ZoneInfo("Europe/Berlin")
_BROKEN = "Something went wrong on my side"
_AGAIN = "What you typed is in the form."


async def play(runner: Runner, steps: Iterable[Step], *, checked: bool = True) -> list[list[str]]:
    """What came back at each step. `checked`: fails with the line of the transcript where something is missing."""
    answers = []
    for step in steps:
        answers.append(await do(runner, step))
        if checked:
            check(step, answers[-1])
    return answers


def check(step: Step, lines: list[str]) -> None:
    """Whether an answer holds what it must, and lacks what it must not hold."""
    told = "\n".join(lines)
    assert _BROKEN not in told, f"line {step.line}: something broke"
    missing = [text for text in step.holds if not any(text in line for line in lines)]
    leaked = [text for text in step.lacks if text in told]
    assert not missing, f"line {step.line}: {missing} not in\n{told}"
    assert not leaked, f"line {step.line}: {leaked} in\n{told}"


def _without_the_same_form(lines: list[str]) -> list[str]:
    """What is wrong with a form that was sent. Some faces leave the form where it is and say so at its fields, others show
    it again."""
    if not any(_AGAIN in line for line in lines):
        return lines
    end = next((at for at, line in enumerate(lines) if line.startswith("form: ")), len(lines))
    said = [line for line in lines[:end] if _AGAIN not in line]
    return [line.removeprefix("(only you) ").removeprefix("! ") for line in said]


_WAYS = (
    (f"{COMMAND} or a direct message", "a direct message"),
    (f"{COMMAND} ... or a direct message", "a direct message"),
    (f", or use {COMMAND} new Acme: housings here", ""),
    (f"Ask there with {COMMAND} only", "Ask me in private only"),
    (f"For example: {COMMAND} ", f"For example: {MENTION} "),
    (f"{COMMAND} goes before", f"{MENTION} goes before"),
)
"""How Prep is spoken to (`handlers/calling.py`): where there is a command, and where there is none."""


def wherever(lines: list[str]) -> list[str]:
    """The lines as a face without a command says them."""
    told = "\n".join(lines)
    for with_command, without in _WAYS:
        told = told.replace(with_command, without)
    return told.split("\n")


async def do(runner: Runner, step: Step) -> list[str]:
    """What a step brings."""
    place = f"#{step.channel}" if step.channel else DM
    match step.kind:
        case "now":
            moment = datetime.fromisoformat(step.text)
            await runner.set_now(moment if moment.tzinfo else moment.replace(tzinfo=_ZONE))
            return []
        case "deliver":
            return await runner.deliver()
        case "press":
            return await runner.press(step.who, place, step.text)
        case "submit":
            return _without_the_same_form(await runner.submit(step.who, place, step.fields))
        case _:
            return await runner.say(step.who, place, step.text)

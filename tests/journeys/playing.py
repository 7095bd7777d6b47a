"""Runs a transcript through a face and compares what comes back."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from tests.journeys.runner import DM

if TYPE_CHECKING:
    from tests.journeys.runner import Runner
    from tests.journeys.transcript import Step

_ZONE = ZoneInfo("Europe/Berlin")


async def play(runner: Runner, steps: list[Step]) -> list[list[str]]:
    """What came back at each step. Fails with the line of the transcript where something is missing."""
    answers = []
    for step in steps:
        lines = await _do(runner, step)
        answers.append(lines)
        told = "\n".join(lines)
        missing = [text for text in step.holds if not any(text in line for line in lines)]
        leaked = [text for text in step.lacks if text in told]
        assert not missing, f"line {step.line}: {missing} not in\n{told}"
        assert not leaked, f"line {step.line}: {leaked} in\n{told}"
    return answers


async def _do(runner: Runner, step: Step) -> list[str]:
    place = f"#{step.channel}" if step.channel else DM
    if step.kind == "now":
        moment = datetime.fromisoformat(step.text)
        await runner.set_now(moment if moment.tzinfo else moment.replace(tzinfo=_ZONE))
        return []
    if step.kind == "press":
        return await runner.press(step.who, place, step.text)
    if step.kind == "submit":
        return await runner.submit(step.who, place, step.fields)
    return await runner.say(step.who, place, step.text)

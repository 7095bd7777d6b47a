"""What is looked at: `looks.txt`, and what is too long to be written down there."""

from __future__ import annotations

from pathlib import Path
from string import ascii_lowercase
from typing import TYPE_CHECKING

from tests.journeys.playing import do
from tests.journeys.transcript import Step, read

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.journeys.runner import Runner

FILE = Path(__file__).with_name("looks.txt")
_NAMES = "#: "  # the step below such a line has this name


def channels() -> dict[str, list[str]]:
    """The channels with their people."""
    return dict(read(FILE).channels)


async def played(runner: Runner) -> AsyncIterator[tuple[str, bool]]:
    """Plays everything. Gives the name of each step that has one twice: before it is done (False) and after it."""
    for name, step in (*_written(), *_long()):
        if name:
            yield name, False
        await do(runner, step)
        if name:
            yield name, True


def _written() -> Iterator[tuple[str, Step]]:
    lines = FILE.read_text(encoding="utf-8").splitlines()
    for step in read(FILE).steps:
        above = lines[step.line - 2]
        yield (above.removeprefix(_NAMES) if above.startswith(_NAMES) else "", step)


def _long() -> Iterator[tuple[str, Step]]:
    """Forty terms, and sixty renewals."""
    yield "", _said("new quick Longlist: services")
    yield "", _said("stop")
    for number in range(40):
        name = f'"clause {ascii_lowercase[number // 26]}{ascii_lowercase[number % 26]} days"'  # as it stands
        figures = f"open {10 + number}, target {20 + number}, stop {30 + number}"
        yield "", _said(f"term longlist {name}: {figures}")
    yield "long-terms", _said("terms longlist")
    yield "long-ready", _said("ready longlist")
    for number in range(1, 61):
        end = f"end 2028-{number % 12 + 1:02d}-28, auto-renew 12 months, notice 90 days"
        yield "", _said(f"contract add Supplier {number}: title parts, {end}")
    yield "long-renewals", _said("renewals 900d")
    yield "long-hub", _said("hub")


def _said(text: str) -> Step:
    return Step(0, "say", "ann", None, text)

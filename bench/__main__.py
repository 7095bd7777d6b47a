"""`make bench`: measures everything, or what is named, prints a table and keeps it in bench/out/latest.json.

What Prep logs meanwhile stands in bench/out/log.jsonl.
"""

from __future__ import annotations

import asyncio
import gc
import sys
from contextlib import redirect_stderr
from typing import TYPE_CHECKING

from bench import both, commands, draining, processes, reading, reminders, teams
from bench.measure import OUT, Figure, table, write

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

CASES: dict[str, Callable[[], list[Figure] | Coroutine[None, None, list[Figure]]]] = {
    "commands": commands.without_and_with_storage,
    "installations": commands.in_many_workspaces,
    "plans": commands.with_many_plans,
    "teams": teams.in_teams,
    "reading": reading.ten_thousand_characters,
    "tick": reminders.ticks,
    "drain": reminders.drains,
    "together": draining.together,
    "posting": reminders.posting,
    "memory": processes.memory,
    "both": both.memory,
    "chat": processes.chat_start,
}

LOG = OUT.with_name("log.jsonl")


def main() -> int:
    """0 where all goals hold, else 1."""
    figures: list[Figure] = []
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("w", encoding="utf-8") as log, redirect_stderr(log):
        for name in sys.argv[1:] or CASES:
            gc.collect()  # what one case leaves behind is no burden of the next
            gc.freeze()  # as `prepbot` does once it has started
            measured = CASES[name]()
            figures += measured if isinstance(measured, list) else asyncio.run(measured)
            print(f"measured: {name}", file=sys.__stderr__)
    print(table(figures))
    write(figures)
    return 0 if all(figure.holds for figure in figures) else 1


if __name__ == "__main__":
    sys.exit(main())

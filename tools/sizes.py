"""Keep files and functions small enough to be read at once: `python -m tools.sizes`.

Files stay under 300 lines everywhere. In the rooms (bot, handlers, storage) the median function has at most
10 lines and 95 % have fewer than 40, counted from `def` to the last line, docstring and all. Migrations are
written once and never changed, so they are not counted.
"""

from __future__ import annotations

import ast
import statistics
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

ROOT = Path(__file__).resolve().parent.parent
ROOMS = ("bot", "handlers", "storage")
BESIDE = ("tests", "tools", "bench")
FILE_LIMIT = 300
MEDIAN_LIMIT = 10
LONG = 40
SHARE_SHORT = 0.95

# path -> why this one file may be longer
ALLOWED: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class Function:
    """Where a function starts, and how many lines it has."""

    path: str
    line: int
    name: str
    lines: int


def functions(path: str, source: str) -> list[Function]:
    """Every function and method in `source`, nested ones too."""
    return [
        Function(path, node.lineno, node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]


def long_files(lengths: dict[str, int], allowed: dict[str, str]) -> list[str]:
    """What is wrong with the lengths (lines by path), given the exceptions (reason by path)."""
    wrong = [
        f"{path}: {length} lines, the limit is {FILE_LIMIT - 1}"
        for path, length in sorted(lengths.items())
        if length >= FILE_LIMIT and path not in allowed
    ]
    idle = [path for path in sorted(allowed) if lengths.get(path, 0) < FILE_LIMIT]
    return wrong + [f"{path}: needs no exception any more, take it off the list" for path in idle]


def long_functions(found: Sequence[Function]) -> list[str]:
    """What is wrong with the functions taken together; the longest are named when too many are long."""
    wrong = []
    median = statistics.median([f.lines for f in found])
    if median > MEDIAN_LIMIT:
        wrong.append(f"the median function has {median:g} lines, the limit is {MEDIAN_LIMIT}")
    longest = sorted((f for f in found if f.lines >= LONG), key=lambda f: -f.lines)
    if len(longest) > (1 - SHARE_SHORT) * len(found):
        wrong.append(f"{len(longest)} of {len(found)} functions have {LONG} lines or more, 5 % may")
        wrong += [f"  {f.path}:{f.line} {f.name} has {f.lines}" for f in longest]
    return wrong


def sources(folders: Sequence[str]) -> Iterator[tuple[str, str]]:
    """Path (relative, with slashes) and text of each Python file in `folders`, migrations left out."""
    for folder in folders:
        for file in sorted((ROOT / folder).rglob("*.py")):
            path = file.relative_to(ROOT).as_posix()
            if "/migrations/versions/" not in path:
                yield path, file.read_text(encoding="utf-8")


def main() -> int:
    """Print the figures, then what is over a limit."""
    rooms = dict(sources(ROOMS))
    found = [f for path, text in rooms.items() for f in functions(path, text)]
    lengths = {path: len(text.splitlines()) for path, text in (*rooms.items(), *sources(BESIDE))}
    if found:
        short = sum(f.lines < LONG for f in found) / len(found)
        median = statistics.median([f.lines for f in found])
        print(
            f"{len(rooms)} files, {sum(lengths[p] for p in rooms)} lines, the longest {max(lengths.values())}"
        )
        print(f"{len(found)} functions, median {median:g} lines, {short:.1%} under {LONG}")
    wrong = long_files(lengths, ALLOWED) + (long_functions(found) if found else [])
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

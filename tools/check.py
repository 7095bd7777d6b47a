"""Run every check to the end and say of each whether it holds: `python -m tools.check [NAME ...]`."""

from __future__ import annotations

import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
SHOWN = 60  # lines of what a failing check says
BIN = Path(sys.executable).parent


@dataclass(frozen=True, slots=True)
class Check:
    """One command that exits with zero when all is well; its output is shown only when it does not."""

    name: str
    command: tuple[str, ...]


def _module(name: str, *arguments: str) -> tuple[str, ...]:
    return (sys.executable, "-m", name, *arguments)


CHECKS = (
    Check("lint", (str(BIN / "ruff"), "check", "-q", "--output-format=concise", ".")),
    Check("format", (str(BIN / "ruff"), "format", "--check", "--output-format=concise", ".")),
    Check("types", _module("mypy", "--no-error-summary")),
    Check("layers", (str(BIN / "lint-imports"), "--no-logo")),
    Check("sizes", _module("tools.sizes")),
    Check("words", _module("tools.words")),
    Check("manifest", _module("tools.manifest")),
    Check("lock", _module("tools.lock")),
    Check("installed", _module("pip", "--disable-pip-version-check", "check")),
    Check("migrations", _module("tools.migrations")),
)


def holds(check: Check) -> bool:
    """Run `check`, print one line about it (and its output if it failed), and say whether it held."""
    began = time.monotonic()
    done = subprocess.run(
        check.command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, check=False
    )
    seconds = time.monotonic() - began
    print(f"{'ok  ' if done.returncode == 0 else 'FAIL'}  {check.name:<12}{seconds:5.1f} s", flush=True)
    if done.returncode:
        print(_shown(done.stdout.splitlines()), flush=True)
    return done.returncode == 0


def _shown(lines: list[str]) -> str:
    rest = [f"and {len(lines) - SHOWN} more lines"] if len(lines) > SHOWN else []
    return "\n".join(f"      {line}" for line in [*lines[:SHOWN], *rest])


def main(names: list[str]) -> int:
    """Run the checks called `names` (all if empty); the exit code is 1 if any of them does not hold."""
    unknown = set(names) - {check.name for check in CHECKS}
    if unknown:
        print(f"unknown: {', '.join(sorted(unknown))}; there are {', '.join(c.name for c in CHECKS)}")
        return 2
    results = [holds(check) for check in CHECKS if not names or check.name in names]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

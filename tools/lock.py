"""See, without the network, whether the lock files still belong to what asks for them: `python -m tools.lock`.

`requirements/` belongs to pyproject.toml, `e2e/package-lock.json` to the package.json beside it.
"""

from __future__ import annotations

import json
import re
import sys
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tools.npm_lock import wrong_in

ROOT = Path(__file__).resolve().parent.parent
HASH = re.compile(r"--hash=sha256:[0-9a-f]{64}\b")
HOST = re.compile(r"https?://|--(?:extra-)?index|--find-links|-[if] ")

Lock = Mapping[str, Sequence["Pin"]]


@dataclass(frozen=True, slots=True)
class Pin:
    """One locked version; a package has several where platforms differ (markers)."""

    name: str
    version: str
    hashes: int
    direct: bool


def read_lock(text: str) -> dict[str, list[Pin]]:
    """Pins by canonical name. An entry runs from `name==version` to the next line that starts a name."""
    pins: dict[str, list[Pin]] = {}
    for entry in re.split(r"\n(?=[A-Za-z0-9])", text):
        head = re.match(r"([A-Za-z0-9._-]+)(?:\[[^]]*\])?==([^\s;\\]+)", entry)
        if head:
            name = str(canonicalize_name(head[1]))
            pin = Pin(name, head[2], len(HASH.findall(entry)), "prepbot (pyproject.toml)" in entry)
            pins.setdefault(name, []).append(pin)
    return pins


def unmet(wanted: Sequence[Requirement], lock: Lock) -> list[str]:
    """Requirements of pyproject.toml that `lock` lacks, or holds at a version that is not allowed."""
    wrong = []
    for requirement in wanted:
        pins = lock.get(canonicalize_name(requirement.name), [])
        if not pins:
            wrong.append(f"{requirement.name} is not locked")
        wrong += [
            f"{pin.name}=={pin.version} is locked, {requirement} is asked for"
            for pin in pins
            if not requirement.specifier.contains(pin.version, prereleases=True)
        ]
    return wrong


def stray(wanted: Sequence[Requirement], lock: Lock) -> list[str]:
    """Pins that are there for pyproject.toml's sake, which no longer asks for them."""
    names = {canonicalize_name(requirement.name) for requirement in wanted}
    return [
        f"{pin.name} is locked for pyproject.toml, which does not ask for it"
        for pins in lock.values()
        for pin in pins
        if pin.direct and pin.name not in names
    ]


def unsafe(text: str, lock: Lock) -> list[str]:
    """Pins without a hash, and lines that name a host: where packages come from is each machine's affair."""
    bare = [
        f"{pin.name}=={pin.version} has no hash" for pins in lock.values() for pin in pins if not pin.hashes
    ]
    return bare + [f"names a host: {line.strip()}" for line in text.splitlines() if HOST.search(line)]


def differing(run: Lock, dev: Lock) -> list[str]:
    """Packages that the development lock lacks or has at another version than the one people run."""
    return [
        f"{name} differs between run.txt and dev.txt"
        for name, pins in run.items()
        if {pin.version for pin in pins} != {pin.version for pin in dev.get(name, [])}
    ]


def python_locks() -> list[str]:
    """What is wrong in requirements/."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    extras = project["optional-dependencies"]
    for_run = [Requirement(line) for line in (*project["dependencies"], *extras["build"])]
    for_dev = [*for_run, *(Requirement(line) for line in extras["dev"])]
    locks, wrong = {}, []
    for name, wanted in (("run", for_run), ("dev", for_dev)):
        text = (ROOT / "requirements" / f"{name}.txt").read_text(encoding="utf-8")
        lock = locks[name] = read_lock(text)
        wrong += [f"{name}.txt: {w}" for w in unmet(wanted, lock) + stray(wanted, lock) + unsafe(text, lock)]
    return wrong + differing(locks["run"], locks["dev"])


def npm_lock(folder: Path) -> list[str]:
    """What is wrong with the package-lock.json in `folder`."""
    package, lock = (
        json.loads((folder / name).read_text(encoding="utf-8"))
        for name in ("package.json", "package-lock.json")
    )
    return [f"{folder.name}/package-lock.json: {one}" for one in wrong_in(package, lock)]


def main() -> int:
    """Print what is wrong, and how to put it right."""
    python, npm = python_locks(), npm_lock(ROOT / "e2e")
    for wrong, remedy in ((python, "make lock"), (npm, "npm install --package-lock-only (in e2e)")):
        print(*wrong, *([f"run: {remedy}"] if wrong else []), sep="\n", end="\n" if wrong else "")
    return 1 if python or npm else 0


if __name__ == "__main__":
    sys.exit(main())

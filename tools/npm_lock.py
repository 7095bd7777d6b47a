"""See, without the network, whether the lock of npm packages belongs to its package.json. Pure; `tools.lock` asks.

Like the locks of Python packages it holds exact versions and hashes, and no addresses: where packages come from is each
machine's affair. npm leaves the addresses out where `.npmrc` beside it says so.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_HASH = re.compile(r"sha512-[A-Za-z0-9+/]{86}==")
_EXACT = re.compile(r"\d+\.\d+\.\d+(?:-[0-9A-Za-z.-]+)?")
_AT = re.compile(r"(?:https?|git|ssh|file):|//", re.IGNORECASE)
_KINDS = ("dependencies", "devDependencies", "optionalDependencies")
_PLACE = "node_modules/"

Json = Mapping[str, Any]


def wrong_in(package: Json, lock: Json) -> list[str]:
    """What is wrong with a package-lock.json (of the versions 2 and 3) for its package.json; empty if nothing is."""
    packages: Json = lock.get("packages", {})
    installed = {place: entry for place, entry in packages.items() if place}
    return [
        *_unmet(package, packages),
        *(f"{_name(place)} has no hash" for place, entry in installed.items() if not _has_hash(entry)),
        *(f"{_name(place)} has an address" for place, entry in installed.items() if _has_address(entry)),
    ]


def _unmet(package: Json, packages: Json) -> list[str]:
    wrong = []
    for name, wanted in _asked(package).items():
        locked = packages.get(_PLACE + name, {}).get("version")
        if not _EXACT.fullmatch(wanted):
            wrong.append(f"{name} is asked for as {wanted}, which is no exact version")
        elif locked is None:
            wrong.append(f"{name} is not locked")
        elif locked != wanted:
            wrong.append(f"{name} {locked} is locked, {wanted} is asked for")
    if _asked(packages.get("", {})) != _asked(package):
        wrong.append("package-lock.json was written for another package.json")
    return wrong


def _asked(package: Json) -> dict[str, str]:
    return {name: wanted for kind in _KINDS for name, wanted in package.get(kind, {}).items()}


def _has_hash(entry: Json) -> bool:
    return bool(_HASH.fullmatch(str(entry.get("integrity", ""))))


def _has_address(entry: Json) -> bool:
    return "resolved" in entry or bool(_AT.search(str(entry.get("version", ""))))


def _name(place: str) -> str:
    return place.rpartition(_PLACE)[2]

"""The small checks that every Block Kit rule is made of; each yields what Slack would complain about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from tests.doubles.slack import limits

Json = dict[str, Any]
Problems = Iterator[str]


def problem(where: str, what: str) -> str:
    """One line in the form that Slack puts into ``response_metadata.messages``."""
    return f"[ERROR] {what} [json-pointer:{where}]"


def text(value: object, where: str, most: int, *, least: int = 1, required: bool = True) -> Problems:
    """A string between ``least`` and ``most`` characters."""
    if value is None:
        if required:
            yield problem(where, "missing required field")
        return
    if not isinstance(value, str):
        yield problem(where, "must be a string")
        return
    if len(value) > most:
        yield problem(where, f"must be less than {most + 1} characters")
    if len(value) < least:
        yield problem(where, f"must be more than {least - 1} characters")


def text_object(
    value: object,
    where: str,
    most: int = limits.TEXT_OBJECT,
    *,
    plain: bool = False,
    required: bool = True,
) -> Problems:
    """A text object; ``plain`` allows ``plain_text`` only."""
    if value is None:
        if required:
            yield problem(where, "missing required field: text")
        return
    if not isinstance(value, dict):
        yield problem(where, "must be an object")
        return
    kind = value.get("type")
    if kind not in ({"plain_text"} if plain else {"plain_text", "mrkdwn"}):
        yield problem(f"{where}/type", f"unsupported type: {kind}")
    extra = "emoji" if kind == "plain_text" else "verbatim"
    yield from keys(value, where, {"type", "text", extra})
    yield from text(value.get("text"), f"{where}/text", most)


def keys(value: Json, where: str, allowed: Iterable[str]) -> Problems:
    """Slack's schemas are closed: a property they do not know is an error."""
    for key in sorted(set(value) - set(allowed)):
        yield problem(where, f"no more properties allowed: {key}")


def items(value: object, where: str, most: int, *, least: int = 1) -> Problems:
    """A list of a length between ``least`` and ``most``."""
    if not isinstance(value, list):
        yield problem(where, "must be an array")
        return
    if len(value) > most:
        yield problem(where, f"no more than {most} items allowed")
    if len(value) < least:
        yield problem(where, f"no fewer than {least} items allowed")


def dicts(value: object) -> list[tuple[int, Json]]:
    """The dictionaries in a list with their places; anything else is reported by ``objects``."""
    found = value if isinstance(value, list) else []
    return [(place, item) for place, item in enumerate(found) if isinstance(item, dict)]


def objects(value: object, where: str) -> Problems:
    """Every item of a list must be an object."""
    for place, item in enumerate(value if isinstance(value, list) else []):
        if not isinstance(item, dict):
            yield problem(f"{where}/{place}", "must be an object")


def unique(values: Iterable[object], where: str, name: str) -> Problems:
    """No value may occur twice; None does not count, Slack makes one up."""
    seen: set[object] = set()
    for value in values:
        if value is not None and value in seen:
            yield problem(where, f"`{name}` {value!r} already exists")
        seen.add(value)

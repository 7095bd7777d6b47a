"""Reading what Teams sent: nothing in it is surely there, or of the kind that it should be. Pure."""

from __future__ import annotations

from typing import Any


def dict_in(holder: dict[str, Any], *keys: str) -> dict[str, Any]:
    """The object at the end of these keys; an empty one where there is none."""
    for key in keys:
        value = holder.get(key)
        holder = value if isinstance(value, dict) else {}
    return holder


def dicts_in(holder: dict[str, Any], key: str) -> list[dict[str, Any]]:
    """The objects in a list; what else is in it is left out."""
    value = holder.get(key)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text_in(holder: dict[str, Any], key: str) -> str:
    """A text; empty where there is none."""
    value = holder.get(key)
    return value if isinstance(value, str) else ""

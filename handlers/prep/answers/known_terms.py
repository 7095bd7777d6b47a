"""What is known of a term by its name alone: its usual unit, and which way is better for a buyer."""

from __future__ import annotations

import re
from typing import Literal

from handlers.terms.rules import role_of

_UNITS = "working days|days|day|weeks|week|months|month|years|year|hours|hour|minutes|%|percent|pcs|pc|pieces|kg|t|km|m"
_TRAILING = re.compile(rf"^(?P<name>.*\S)\s*[\s(](?P<unit>{_UNITS})\)?$", re.IGNORECASE)
_QUOTED = re.compile(rf'"(?P<name>[^"]*\S[^"]*)"\s*(?:\(?(?P<unit>{_UNITS})\)?)?', re.IGNORECASE)
_CELL = re.compile(r"'([^']*\w[^']*)'")
_SHORT = {"percent": "%", "pcs": "pc"}
_USUAL: tuple[tuple[str, str, Literal["lower", "higher"]], ...] = (
    ("warranty", "months", "higher"),
    ("guarantee", "months", "higher"),
    ("early payment discount", "%", "higher"),
    ("discount", "%", "higher"),
    ("rebate", "%", "higher"),
    ("bonus", "%", "higher"),
    ("lead", "days", "lower"),
    ("delivery", "days", "lower"),
    ("minimum", "", "lower"),
    ("service level", "%", "higher"),
    ("availability", "%", "higher"),
    ("uptime", "%", "higher"),
    ("liability", "", "higher"),
    ("response", "hours", "lower"),
)


def name_and_unit(typed: str) -> tuple[str, str]:
    """`uplift cap %` as (`uplift cap`, `%`). A name that is a unit keeps itself."""
    found = _TRAILING.match(typed.strip())
    if found is None:
        return typed.strip(), ""
    unit = found["unit"].lower()
    one = "" if unit.endswith("s") else "|an?"  # a month, an hour; `clause an days` is a name
    per = re.fullmatch(rf"(?P<name>.*\S)\s+(?:per|in{one})", found["name"].strip(" ("), re.IGNORECASE)
    if per is not None and role_of(per["name"]) == "price":
        return per["name"], ""  # a price is for a unit of the plan
    return (per["name"] if per is not None else found["name"].strip(" (")), _SHORT.get(unit, unit)


def named(typed: str) -> tuple[str, str, bool]:
    """Name, unit, and whether the name stood in quotes, which take it letter by letter: `"clause ab" days`."""
    found = _QUOTED.fullmatch(typed.strip())
    if (cell := _CELL.fullmatch(typed.strip())) is not None:
        return cell[1].strip(), "", True
    if found is None:
        return (*name_and_unit(typed), False)
    name, unit = name_and_unit(found["name"])
    behind = (found["unit"] or "").lower()
    return (found["name"].strip(), _SHORT.get(behind, behind), True) if behind else (name, unit, True)


def usual_unit(name: str) -> str:
    """The unit that a term of this name is usually counted in; empty where none is usual."""
    role = role_of(name)
    if role is not None:
        return {"price": "", "uplift": "%", "payment": "days"}[role]
    return next((unit for word, unit, _ in _USUAL if word in name.casefold()), "")


def usual_direction(name: str) -> Literal["lower", "higher"]:
    """Which way is better for the buyer: more days to pay, longer warranty; else less."""
    if role_of(name) == "payment":
        return "higher"
    return next((way for word, _, way in _USUAL if word in name.casefold()), "lower")

"""Adaptive Cards: what Teams would not draw, what a person reads, and where the buttons are."""

from __future__ import annotations

import json
from datetime import date
from functools import cache
from math import isfinite
from pathlib import Path
from typing import TYPE_CHECKING, Any

import jsonschema

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA_FILE = Path(__file__).parents[4] / "shared" / "data" / "schemas" / "adaptive-card-1.5.json"
NEWEST = (1, 5)
_LINE_CHART = frozenset(
    (
        "type",
        "title",
        "xAxisTitle",
        "yAxisTitle",
        "color",
        "colorSet",
        "data",
        "yMin",
        "yMax",
        "fallback",
        "spacing",
        "id",
    )
)


def faults(card: dict[str, Any]) -> list[str]:
    """What is wrong with a card, in words. Without the schema file only the version and charts are checked."""
    found = []
    version = str(card.get("version", ""))
    if card.get("type") != "AdaptiveCard" or not version.replace(".", "", 1).isdigit():
        return ["no AdaptiveCard with a version"]
    if tuple(int(part) for part in version.split(".")) > NEWEST:
        found.append(f"version {version} is newer than Teams draws")
    found += [
        f"{e['type']} without a fallback" for e in _elements(card) if _is_new(e) and "fallback" not in e
    ]
    found += [fault for e in _elements(card) if e.get("type") == "Chart.Line" for fault in _line_chart(e)]
    validator = _validator()
    if validator is not None and not found:
        found += [
            f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(_plain(card))
        ]
    return found


@cache
def _validator() -> jsonschema.Draft6Validator | None:
    if not SCHEMA_FILE.exists():
        return None
    return jsonschema.Draft6Validator(json.loads(SCHEMA_FILE.read_text(encoding="utf-8")))


def _is_new(element: dict[str, Any]) -> bool:
    return str(element.get("type", "")).startswith("Chart.")


def _line_chart(chart: dict[str, Any]) -> list[str]:
    """What is wrong with a line chart, as Microsoft describes it: lines with a name, and points of a day (or number) and a
    number, in order."""
    found = [f"a line chart knows no {key}" for key in chart if key not in _LINE_CHART]
    if not chart.get("data"):
        found.append("a line chart without data")
    for line in chart.get("data", []):
        points = line.get("values") or [{}]
        places = [point.get("x") for point in points]
        if not line.get("legend") or set(line) - {"legend", "values", "color"}:
            found.append("a line without a name, or with more than points")
        if not all(isinstance(point.get("y"), int | float) and isfinite(point["y"]) for point in points):
            found.append("a point that is no number")
        if len({type(place) for place in places}) > 1 or places != sorted(set(places)):
            found.append("points out of order")
        if any(isinstance(place, str) and not _is_day(place) for place in places):
            found.append("a point at no day")
    return found


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _plain(node: Any) -> Any:
    """The card as the schema knows it: without what is Teams' own, and with charts as their fallbacks."""
    if isinstance(node, list):
        return [_plain(item) for item in node]
    if not isinstance(node, dict):
        return node
    if _is_new(node):
        return _plain(node["fallback"])
    return {key: _plain(value) for key, value in node.items() if key != "msteams"}


def _elements(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for value in node.values():
            yield from _elements(value)
    elif isinstance(node, list):
        for item in node:
            yield from _elements(item)


def actions(card: dict[str, Any]) -> list[dict[str, Any]]:
    """All buttons of a card, in the order in which they stand in it; those of a shown card behind its button."""
    return [e for e in _elements(card) if str(e.get("type", "")).startswith("Action.") and e.get("title")]


def values(card: dict[str, Any]) -> dict[str, str]:
    """What stands in the fields of a card, by the fields' ids."""
    return {e["id"]: str(e.get("value", "")) for e in _elements(card) if _is_input(e)}


def _is_input(element: dict[str, Any]) -> bool:
    return str(element.get("type", "")).startswith("Input.")


def read(card: dict[str, Any]) -> str:
    """The card as plain lines; a button is `[Label]`, a field `Label: ____`, columns and cells stand beside `|`."""
    return "\n".join(line for line in _lines(card) if line)


def _lines(node: dict[str, Any]) -> list[str]:
    kind = str(node.get("type", ""))
    if kind.startswith("Input."):
        return [_field(node)]
    if kind in _READERS:
        return list(_READERS[kind](node))
    if _is_new(node):
        return _lines(node["fallback"])
    return _all(node.get("body", node.get("items"))) + _buttons(node)


def _all(nodes: list[dict[str, Any]] | None) -> list[str]:
    return [line for node in nodes or [] for line in _lines(node)]


def _buttons(node: dict[str, Any]) -> list[str]:
    found = node.get("actions") or []
    shown = [line for a in found if a["type"] == "Action.ShowCard" for line in _lines(a["card"])]
    labels = " ".join(f"[{action['title']}]" for action in found)
    return [labels, *(f"  {line}" for line in shown if line)]


def _field(node: dict[str, Any]) -> str:
    label = node.get("label") or node.get("title") or node.get("placeholder") or node["id"]
    choices = "/".join(choice["title"] for choice in node.get("choices", []))
    return f"{label}: {node.get('value') or choices or '____'}"


def _beside(parts: list[list[str]]) -> list[str]:
    return [" | ".join(" ".join(line for line in lines if line) for lines in parts)]


def _table(node: dict[str, Any]) -> list[str]:
    return [line for row in node["rows"] for line in _beside([_all(cell["items"]) for cell in row["cells"]])]


_READERS: dict[str, Any] = {
    "TextBlock": lambda node: [node["text"]],
    "RichTextBlock": lambda node: ["".join(i if isinstance(i, str) else i["text"] for i in node["inlines"])],
    "FactSet": lambda node: [f"{fact['title']}: {fact['value']}" for fact in node["facts"]],
    "ColumnSet": lambda node: _beside([_all(column.get("items")) for column in node["columns"]]),
    "Image": lambda node: [f"({node.get('altText', 'picture')})"],
    "ImageSet": lambda node: _all(node["images"]),
    "Table": _table,
    "ActionSet": _buttons,
}

"""A card as the journeys compare faces: read from what a person sees of it, not from what it was made of."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

from bot.teams.card_forms import FORM, HINT, TITLE, WRONG
from bot.teams.card_text import BREAK
from bot.teams.cards import WARNING
from bot.teams.incoming import MANY
from bot.teams.mending import MARKED
from bot.wrapping import HELD
from tests.journeys.runner import filled

Element = dict[str, Any]


def card_lines(card: Element) -> list[str]:
    """The lines of a card, from top to bottom. What is wrong with a form stands first, as elsewhere; of one that was drawn
    again for that, only this is given: the rest stood there before."""
    marks = [item for item in _all(card["body"]) if _is_wrong(item)]
    wrong = [line for item in marks for line in _lines(item)]
    body = [element for element in card["body"] if _lines(element) != [WARNING + MARKED]]
    if len(body) < len(card["body"]):
        body = [element for element in body if element.get("id") != FORM]
    return wrong + [line for element in body for line in _lines(element)]


def buttons(elements: list[Element]) -> list[Element]:
    """The buttons that are to be seen without pressing anything; the one that sends a form is not counted."""
    shown = [element for element in elements if element["type"] == "ActionSet"]
    return [action for element in shown for action in element["actions"]]


def inputs(card: Element) -> dict[str, Element]:
    """The fields of a card by their label."""
    return {element["label"]: element for element in _all(card["body"]) if _is_input(element)}


def written(field: Element, value: str) -> str:
    """What a client sends when `value` (a text, or labels of options after commas) is entered into a field."""
    if "choices" not in field:
        return value
    wanted = [part.strip() for part in (value.split(",") if field.get("isMultiSelect") else [value])]
    by_label = {_unescaped(choice["title"]): choice["value"] for choice in field["choices"]}
    return ",".join(by_label[label] for label in wanted if label)


def _lines(element: Element) -> list[str]:
    if element.get("isVisible") is False or str(element.get("id", "")).startswith(HINT):
        return []
    match element["type"]:
        case "RichTextBlock":
            title = "form: " if element.get("id") == TITLE else ""
            return [title + line for line in filled([_text(element)])]
        case "Chart.Line":  # what stands on a card that cannot draw it; the points are those of its words
            return _lines(element["fallback"])
        case "Table":
            return [line for row in element["rows"] if (line := _row(row))]
        case "ActionSet":
            return [f"[{' '.join(_seen(action['title']).split())}]" for action in element["actions"]]
        case "Container":
            return [line for item in element["items"] if not _is_wrong(item) for line in _lines(item)]
        case _:
            return [f"{element['label']}: {_value(element)}".rstrip()]


def _row(row: Element) -> str:
    cells = (" ".join(_text(item) for item in cell["items"]) for cell in row["cells"])
    return " | ".join(filled(cells))


def _text(element: Element) -> str:
    return _seen("".join(run["text"] for run in element["inlines"]))


def _seen(text: str) -> str:
    """Without what takes no room."""
    return text.replace(HELD, "").replace(BREAK, "").replace("\u00a0", " ")


def _value(field: Element) -> str:
    value = str(field.get("value", ""))
    if "choices" not in field:
        return value
    labels = {choice["value"]: _unescaped(choice["title"]) for choice in field["choices"]}
    chosen = value.split(",") if field["id"].startswith(MANY) else [value]
    return ", ".join(labels.get(one, unquote(one)) for one in chosen if one)


def _unescaped(title: str) -> str:
    return title.replace("\\", "")


def _is_wrong(element: Element) -> bool:
    return str(element.get("id", "")).startswith(WRONG)


def _is_input(element: Element) -> bool:
    return str(element["type"]).startswith("Input.")


def _all(elements: list[Element]) -> list[Element]:
    return [found for element in elements for found in (element, *_all(element.get("items", [])))]

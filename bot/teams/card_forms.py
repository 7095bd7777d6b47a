"""A form on a card: fields with labels, and a button that sends them. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote

from bot.teams.card_actions import button
from bot.teams.card_text import Element, block, escaped, lines, run, shown
from bot.teams.incoming import MANY, ONE
from handlers.turn import FieldKind

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.turn import Field, Form

FORM, TITLE, HINT, WRONG = "form", "form.title", "hint.", "wrong."
_NEEDED = "This is needed."


def form(part: Form, wrong: Mapping[str, str] | None = None) -> Element:
    """The title, the fields from top to bottom, and the button; `wrong` is said below its field, by the fields' keys."""
    items = [block(run(part.title, weight="Bolder"), id=TITLE)]
    if part.intro:
        items += lines((part.intro,), isSubtle=True)
    for field in part.fields:
        items += [*_field(field), *_wrong(field.key, (wrong or {}).get(field.key, ""))]
    send = button(part.submit, {"words": part.words, "form": True}, style="positive", inputs=True)
    items.append({"type": "ActionSet", "actions": [send], "spacing": "Medium"})
    return {"type": "Container", "id": FORM, "items": items, "spacing": "Medium", "separator": True}


def _wrong(key: str, text: str) -> Iterator[Element]:
    for at, line in enumerate(lines((text,), color="Attention") if text else ()):
        yield {**line, "id": f"{WRONG}{key}.{at}"}


def _field(field: Field) -> list[Element]:
    found = _input(field)
    found["label"] = shown(field.label)
    if not field.optional:
        found |= {"isRequired": True, "errorMessage": _NEEDED}
    if field.hint and "placeholder" not in found:
        return [found, block(run(field.hint, isSubtle=True), id=HINT + field.key)]
    return [found]


def _input(field: Field) -> Element:
    match field.kind:
        case FieldKind.CHOICE:
            return _choice(field)
        case FieldKind.SEVERAL:
            return _several(field)
        case FieldKind.DATE:
            return {"type": "Input.Date", "id": ONE + field.key, **_value(field.value)}
        case FieldKind.LINES:
            return {**_text(field), "isMultiline": True}
        case _:
            return _text(field)


def _text(field: Field) -> Element:
    hint = {"placeholder": shown(field.hint)} if field.hint else {}
    return {"type": "Input.Text", "id": ONE + field.key, **_value(field.value), **hint}


def _choice(field: Field) -> Element:
    options = [{"title": shown(label), "value": value} for value, label in field.options]
    return {
        "type": "Input.ChoiceSet",
        "id": ONE + field.key,
        "style": "compact",
        "choices": options,
        **_value(field.value),
    }


def _several(field: Field) -> Element:
    """Check boxes. Chosen values come back joined by commas, so the values themselves have none."""
    options = [{"title": escaped(label), "value": quote(value, safe="")} for value, label in field.options]
    chosen = ",".join(quote(value, safe="") for value in field.value.split("\n") if value)
    return {
        "type": "Input.ChoiceSet",
        "id": MANY + field.key,
        "style": "expanded",
        "isMultiSelect": True,
        "wrap": True,
        "choices": options,
        **_value(chosen),
    }


def _value(value: str) -> Element:
    return {"value": value} if value else {}

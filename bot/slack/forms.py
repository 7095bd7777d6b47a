"""Forms as modals. Pure, and within Slack's limits: a text longer than a field takes is spread over several fields.

A modal carries all that its submission needs: the words of the form, and where it came from. What a field is called is
in the id of its block.
"""

from __future__ import annotations

import json
import re
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from bot.references import readable
from bot.slack import rich
from bot.slack.buttons import lone, plain
from bot.slack.incoming import Origin
from handlers.turn import Choice, Field, FieldKind, Form

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bot.slack.incoming import Payload

Block = dict[str, Any]
View = dict[str, Any]

CALLBACK = "form"
VALUE = "value"  # the action id of every field
ERROR = "wrong"  # the block that says what is wrong

TITLE = 24
MOST_FIELDS = 95
MOST_TEXT = 3000
METADATA = 3000
_LABEL, _HINT, _PLACEHOLDER, _OPTION, _OPTION_VALUE, _OPTIONS = 2000, 2000, 150, 75, 150, 100
_CHUNK = 2900
_DAY = re.compile(r"\d{4}-\d\d-\d\d")
_BLANK, _LINE = "b", "l"  # how the pieces of a long text were parted


def view(
    form: Form, origin: Origin, names: Mapping[str, str] | None = None, wrong: Sequence[str] = ()
) -> View | None:
    """The modal of a form, with what is `wrong` on top; None where Slack has no room for it."""
    metadata = json.dumps({"words": form.words, **asdict(origin)}, ensure_ascii=False)
    fields = [block for number, field in enumerate(form.fields) for block in _field(field, number)]
    if len(metadata) > METADATA or len(fields) > MOST_FIELDS or not fields:
        return None
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "private_metadata": metadata,
        "title": plain(form.title, TITLE),
        "submit": plain(form.submit, TITLE),
        "close": plain("Cancel", TITLE),
        "blocks": [
            *([_error("\n".join(wrong))] if wrong else []),
            *_introduction(form, names or {}),
            *fields,
        ],
    }


def _introduction(form: Form, names: Mapping[str, str]) -> list[Block]:
    lines = rich.Lines()
    if len(form.title) > TITLE:
        lines.add(rich.text(readable(form.title, names), bold=True))
    if form.intro.strip():
        lines.add(rich.text(readable(form.intro, names)))
    return lines.take()


def _field(field: Field, number: int) -> Iterator[Block]:
    if field.kind in {FieldKind.LINE, FieldKind.LINES} or _too_many(field):
        yield from _texts(field, number)
        return
    yield _input(field, _id(field, number), field.label, _element(field))


def _too_many(field: Field) -> bool:
    """Options that no menu takes: then the value is typed."""
    if field.kind is FieldKind.DATE:
        return False
    long = any(len(value) > _OPTION_VALUE or not value for value, _ in field.options)
    return long or not 0 < len(field.options) <= _OPTIONS


def _id(field: Field, number: int, parted: str = "") -> str:
    return f"{number}:{parted}:{field.key}"


def _input(field: Field, name: str, label: str, element: Block) -> Block:
    block: Block = {
        "type": "input",
        "block_id": name,
        "label": plain(label, _LABEL),
        "optional": field.optional,
        "element": {**element, "action_id": VALUE},
    }
    if field.hint.strip() and "placeholder" not in element:
        block["hint"] = plain(field.hint, _HINT)
    return block


def _texts(field: Field, number: int) -> Iterator[Block]:
    pieces = [*_pieces(field.value)]
    several = field.kind is FieldKind.LINES or len(pieces) > 1 or "\n" in field.value
    for place, (parted, piece) in enumerate(pieces):
        element: Block = {"type": "plain_text_input", "multiline": several, "max_length": MOST_TEXT}
        if piece:
            element["initial_value"] = piece
        if 0 < len(field.hint.strip()) <= _PLACEHOLDER:
            element["placeholder"] = plain(field.hint, _PLACEHOLDER)
        label = field.label if len(pieces) == 1 else f"{field.label} ({place + 1} of {len(pieces)})"
        yield _input(field, _id(field, number, f"{place}{parted}"), label, element)


def _pieces(value: str) -> Iterator[tuple[str, str]]:
    """The pieces of a text, each with what parted it from the one before."""
    parted = ""
    while len(value) > _CHUNK:
        at, mark = value.rfind("\n", 1, _CHUNK), _LINE
        if at <= 0:
            at, mark = value.rfind(" ", 1, _CHUNK), _BLANK
        if at <= 0:
            at, mark = _CHUNK, ""
        yield parted, value[:at]
        value, parted = value[at + len(mark) :], mark
    yield parted, value


def _element(field: Field) -> Block:
    if field.kind is FieldKind.DATE:
        return {
            "type": "datepicker",
            **({"initial_date": field.value} if _DAY.fullmatch(field.value) else {}),
        }
    options = [_option(value, label) for value, label in field.options]
    chosen = [one for one in options if one["value"] in field.value.split("\n")]
    if field.kind is FieldKind.SEVERAL:
        return {
            "type": "multi_static_select",
            "options": options,
            **({"initial_options": chosen} if chosen else {}),
        }
    first = [one for one in options if one["value"] == field.value]
    return {"type": "static_select", "options": options, **({"initial_option": first[0]} if first else {})}


def _option(value: str, label: str) -> Block:
    return {"text": plain(label, _OPTION), "value": value}


# ---- what comes back ----


def origin_of(sent: Payload) -> tuple[Origin, str] | None:
    """Where a form came from, and its words; None where it is none of ours."""
    try:
        found = json.loads(sent.get("private_metadata") or "")
        words = found.pop("words")
        return Origin(**found), str(words)
    except (ValueError, TypeError, KeyError, AttributeError):
        return None


def values_of(sent: Payload) -> dict[str, str]:
    """What stands in the fields, by their keys: dates as ISO 8601, several options joined by line ends."""
    values: dict[str, str] = {}
    state = (sent.get("state") or {}).get("values") or {}
    for block in sent.get("blocks") or ():
        number, _, rest = str(block.get("block_id", "")).partition(":")
        parted, _, key = rest.partition(":")
        if block.get("type") != "input" or not number.isdigit():
            continue
        text = _text((state.get(block["block_id"]) or {}).get(VALUE) or {})
        glue = {_LINE: "\n", _BLANK: " "}.get(parted[-1:], "")
        values[key] = values[key] + glue + text if key in values else text
    return values


def _text(value: Payload) -> str:
    if "selected_options" in value:
        return "\n".join(str(one["value"]) for one in value["selected_options"] or ())
    if "selected_option" in value:
        return str((value["selected_option"] or {}).get("value", ""))
    return str(value.get("selected_date") or value.get("value") or "")


# ---- what is wrong ----


def answer_wrong(sent: Payload, lines: Sequence[str]) -> dict[str, Any]:
    """What a submission is answered with where something is wrong: beside the field that it is about, or on top.

    What was typed stays in the fields.
    """
    text = "\n".join(lines)
    field = _meant(sent, text)
    if field is not None and len(text) <= MOST_TEXT:
        return {"response_action": "errors", "errors": {field: text}}
    blocks = [_again(block, sent) for block in sent.get("blocks") or () if block.get("block_id") != ERROR]
    body = {
        key: sent[key]
        for key in ("type", "callback_id", "private_metadata", "title", "submit", "close")
        if sent.get(key)
    }
    return {"response_action": "update", "view": {**body, "blocks": [_error(text), *blocks][:100]}}


def _meant(sent: Payload, text: str) -> str | None:
    """The field whose name a line of an error begins with, else the one whose name or content it repeats."""
    values = values_of(sent)
    begun, named, quoted = [], [], []
    for block in sent.get("blocks") or ():
        if block.get("type") != "input":
            continue
        label = str((block.get("label") or {}).get("text", ""))
        key = str(block["block_id"]).split(":", 2)[-1]
        if label and re.search(rf"^{re.escape(label)}: ", text, re.MULTILINE):
            begun.append(str(block["block_id"]))
        if label and re.search(rf"(?<!\w){re.escape(label)}(?!\w)", text, re.IGNORECASE):
            named.append(str(block["block_id"]))
        if len(values.get(key, "")) > 1 and f'"{values[key]}"' in text:
            quoted.append(str(block["block_id"]))
    found = next((one for one in (begun, quoted) if len(one) == 1), named)
    return found[0] if len(found) == 1 else None


def _error(text: str) -> Block:
    lines = text.split("\n")
    first = [rich.WARNING, rich.text(f" {lines[0]}", bold=True)]
    rest = [rich.text("\n" + "\n".join(lines[1:]))] if lines[1:] else []
    piece = rich.block([rich.section([*first, *rest])])
    return {**piece, "block_id": ERROR}


def _again(block: Block, sent: Payload) -> Block:
    """A field with what was typed into it."""
    if block.get("type") != "input":
        return block
    state = ((sent.get("state") or {}).get("values") or {}).get(block.get("block_id")) or {}
    value = state.get(VALUE) or {}
    element = {key: kept for key, kept in block["element"].items() if not key.startswith("initial_")}
    for key, initial in (
        ("value", "initial_value"),
        ("selected_date", "initial_date"),
        ("selected_option", "initial_option"),
        ("selected_options", "initial_options"),
    ):
        if value.get(key):
            element[initial] = value[key]
    return {**block, "element": element}


def opener(label: str, words: str) -> Block | None:
    """A button that opens a form, where one cannot open by itself. Pressing it says the words, which lead to the form."""
    return lone(Choice(label, words, primary=True), "form")

"""Block Kit as a person reads it, as plain text, so that transcripts of different faces can be compared."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Mapping

from tests.doubles.slack.checking import Json, dicts
from tests.doubles.slack.data_blocks import words
from tests.doubles.slack.elements import options_of

Names = Mapping[str, str]
MARKS = re.compile(r"(?<![\w*_~`])([*_~`])(?=\S)([^\n]*?\S)\1(?![\w*_~`])")
UNSEEN = {0xA0: " ", 0x2060: None}  # a blank is a blank to the eye, whether a line may be broken there or not
ANGLED = re.compile(r"<([^<>\n]+)>")


def read(blocks: list[Json] | None, text: str = "", names: Names | None = None) -> str:
    """The message as it is shown: its blocks, or its text where there are none. Buttons read ``[Label]``.

    ``names`` gives what stands for ids in mentions (``U1`` -> ``anna``).
    """
    if not blocks:
        return mrkdwn(text, names)
    lines = [_block(block, names or {}) for block in blocks]
    return "\n".join(line for line in lines if line).translate(UNSEEN)


def read_view(view: Json, names: Names | None = None) -> str:
    """A modal or Home: title, blocks, submit and close as buttons."""
    title = view.get("title", {}).get("text", "")
    ends = [view.get(key, {}).get("text") for key in ("submit", "close") if view.get(key)]
    buttons = " ".join(f"[{label}]" for label in ends)
    return "\n".join(part for part in (title, read(view.get("blocks"), "", names), buttons) if part)


def mrkdwn(text: str, names: Names | None = None) -> str:
    """Slack's markup as shown: marks gone, links and mentions named, entities back to characters."""
    shown = ANGLED.sub(lambda match: _angled(match.group(1), names or {}), text)
    shown = re.sub(r"^```\n?|\n?```$", "", shown, flags=re.MULTILINE)
    return html.unescape(_unmarked(shown))


def _unmarked(text: str) -> str:
    """Marks may be nested: ``*_both_*``."""
    bare = MARKS.sub(r"\2", text)
    return bare if bare == text else _unmarked(bare)


def _angled(inner: str, names: Names) -> str:
    target, _, label = inner.partition("|")
    if target.startswith("@"):
        return f"@{label or names.get(target[1:], target[1:])}"
    if target.startswith("#"):
        return f"#{label or names.get(target[1:], target[1:])}"
    if target.startswith("!"):
        return label or f"@{target[1:]}"
    return label or target


def _text(value: object, names: Names) -> str:
    if not isinstance(value, dict):
        return ""
    if value.get("type") == "plain_text":
        return str(value.get("text", ""))
    return mrkdwn(str(value.get("text", "")), names)


def _block(block: Json, names: Names) -> str:
    reader = READERS.get(str(block.get("type")))
    return reader(block, names) if reader else ""


def element(value: Json, names: Names) -> str:
    """One element: a button as its label, a menu as its hint and what it offers."""
    kind = value.get("type")
    if kind in {"button", "workflow_button"}:
        return f"[{_text(value.get('text'), names)}]"
    if kind == "image":
        return f"(picture: {value.get('alt_text', '')})"
    if kind in {"plain_text", "mrkdwn"}:
        return _text(value, names)
    hint = _text(value.get("placeholder"), names)
    offered = " / ".join(_text(option.get("text"), names) for option in options_of(value))
    return f"[{': '.join(part for part in (hint, offered) if part) or '...'}]"


def _row(values: object, names: Names, between: str = " ") -> str:
    return between.join(element(value, names) for _, value in dicts(values))


def _section(block: Json, names: Names) -> str:
    lines = [_text(block.get("text"), names)]
    lines += [_text(field, names) for _, field in dicts(block.get("fields"))]
    if isinstance(block.get("accessory"), dict):
        lines.append(element(block["accessory"], names))
    return "\n".join(line for line in lines if line)


def _input(block: Json, names: Names) -> str:
    label = _text(block.get("label"), names)
    optional = " (optional)" if block.get("optional") else ""
    return f"{label}{optional}: {_initial(block.get('element') or {}, names)}".rstrip()


def _initial(value: Json, names: Names) -> str:
    chosen = [value["initial_option"]] if value.get("initial_option") else value.get("initial_options") or []
    if chosen:
        return ", ".join(_text(option.get("text"), names) for option in chosen)
    found = next((value[key] for key in value if key.startswith("initial_")), None)
    return element(value, names) if found is None and options_of(value) else str(found or "")


def _table(block: Json, names: Names) -> str:
    rows = [" | ".join(words(cell) for _, cell in dicts(row)) for row in block.get("rows") or []]
    return "\n".join([*([block["caption"]] if block.get("caption") else []), *rows])


def _rich(block: Json, names: Names) -> str:
    lines = []
    for _, part in dicts(block.get("elements")):
        if part.get("type") == "rich_text_list":
            lines += [f"- {_pieces(item, names)}" for _, item in dicts(part.get("elements"))]
        else:
            lines.append(_pieces(part, names))
    return "\n".join(lines)


def _pieces(part: Json, names: Names) -> str:
    return "".join(_piece(piece, names) for _, piece in dicts(part.get("elements")))


def _piece(piece: Json, names: Names) -> str:
    kind = piece.get("type")
    if kind == "user":
        return f"@{names.get(piece['user_id'], piece['user_id'])}"
    if kind == "channel":
        return f"#{names.get(piece['channel_id'], piece['channel_id'])}"
    if kind == "broadcast":
        return f"@{piece.get('range')}"
    if kind == "emoji":
        return f":{piece.get('name')}:"
    return str(piece.get("text") or piece.get("url") or "")


def _card(block: Json, names: Names) -> str:
    parts = [_text(block.get(key), names) for key in ("title", "subtitle", "body", "subtext")]
    return "\n".join(part for part in [*parts, _row(block.get("actions"), names)] if part)


def _nested(block: Json, names: Names) -> str:
    head = [_text(block.get("title"), names), _text(block.get("subtitle"), names)]
    inner = block.get("child_blocks") or [{"type": "card"} | card for _, card in dicts(block.get("elements"))]
    return "\n".join(part for part in [*head, read(inner, "", names) if inner else ""] if part)


def _markdown(block: Json, names: Names) -> str:
    text = re.sub(r"^#+\s+", "", str(block.get("text", "")), flags=re.MULTILINE)
    return html.unescape(re.sub(r"(\*\*|__)(?=\S)(.*?\S)\1", r"\2", text))


def _image(block: Json, names: Names) -> str:
    return f"(picture: {block.get('alt_text', '')})"


def _chart(block: Json, names: Names) -> str:
    lines = [
        f"{series['name']}: {', '.join(str(point['value']) for _, point in dicts(series.get('data')))}"
        for _, series in dicts(block["chart"].get("series"))
    ]
    return "\n".join([f"(chart: {block.get('title', '')})", *lines])


READERS: dict[str, Callable[[Json, Names], str]] = {
    "section": _section,
    "header": lambda block, names: _text(block.get("text"), names),
    "context": lambda block, names: _row(block.get("elements"), names),
    "actions": lambda block, names: _row(block.get("elements"), names),
    "alert": lambda block, names: _text(block.get("text"), names),
    "input": _input,
    "image": _image,
    "table": _table,
    "data_table": _table,
    "rich_text": _rich,
    "markdown": _markdown,
    "data_visualization": _chart,
    "card": _card,
    "carousel": _nested,
    "container": _nested,
}

"""Block Kit in the form in which faces are compared (see `runner`)."""

from __future__ import annotations

import re
from typing import Any

from bot.slack.blocks import ONLY_YOU
from bot.slack.charts import KIND, read
from bot.wrapping import HELD
from tests.doubles.slack.data_blocks import words
from tests.doubles.slack.fields import initial
from tests.journeys.runner import filled, part_lines

Json = dict[str, Any]
OPENS = "say:form"  # the button that opens a form


def block_lines(blocks: list[Json]) -> list[str]:
    """The lines of a message, buttons one a line."""
    charts = [read(block) for block in blocks if block["type"] == KIND]
    names = [series.name for chart in charts for series in chart.series]
    early = {at: row for at, block in enumerate(blocks) if (row := _early(block, names))}
    lines: list[str] = []
    for at, block in enumerate(blocks):
        if block["type"] == KIND:
            head, *rows = part_lines(read(block).written())
            lines += [head, *early.values(), *rows]
        elif at not in early:
            lines += _block(block)
    return lines


def _early(block: Json, names: list[str]) -> str:
    """What stood there before the lines of a chart begin is small print below it, and a row to whoever reads it in words:
    `before 2 Mar | 3.45 | -` for `before 2 Mar: We 3.45`. Empty for any other block."""
    if block["type"] != "context":
        return ""
    moment, _, told = block["elements"][0]["text"].partition(": ")
    said = dict(one.rpartition(" ")[::2] for one in told.split(", "))
    return " | ".join((moment, *(said.get(name, "-") for name in names))) if set(said) & set(names) else ""


def buttons(blocks: list[Json]) -> list[Json]:
    """All buttons, top to bottom, but for the one that opens a form."""
    rows = [block["elements"] for block in blocks if block["type"] == "actions"]
    return [one for row in rows for one in row if one["action_id"] != OPENS]


def opens_form(blocks: list[Json]) -> str | None:
    """The label of the button that opens a form."""
    for block in blocks:
        for one in block.get("elements", []) if block["type"] == "actions" else []:
            if one["action_id"] == OPENS:
                return str(one["text"]["text"])
    return None


def view_lines(view: Json) -> list[str]:
    """The lines of a form."""
    lines = []
    title = view["title"]["text"]
    for block in view["blocks"]:
        if block["type"] != "input":
            found = _block(block)
            if title.endswith("…") and found and found[0].startswith(title[:-1].rstrip()):
                title, found = found[0], found[1:]
            lines += found
        else:
            lines.append(f"{block['label']['text']}: {_value(block['element'])}".rstrip())
    return [f"form: {title}", *lines, f"[{view['submit']['text']}]"]


def _value(element: Json) -> str:
    found = initial(element)
    if found.get("selected_options"):
        return ", ".join(one["text"]["text"] for one in found["selected_options"])
    if found.get("selected_option"):
        return str(found["selected_option"]["text"]["text"])
    return str(found.get("value") or found.get("selected_date") or "")


def _block(block: Json) -> list[str]:
    match block["type"]:
        case "actions":
            return [f"[{one['text']['text']}]" for one in buttons([block])]
        case "context":
            return filled(
                line for one in block["elements"] for line in one["text"].replace(HELD, "").split("\n")
            )
        case "table":
            cells = [
                [" ".join(words(cell).replace(HELD, "").split()) for cell in row] for row in block["rows"]
            ]
            return [line for row in cells if (line := " | ".join(cell for cell in row if cell))]
        case "rich_text":
            return [line for part in block["elements"] for line in _rich(part)]
    return []


def _rich(part: Json) -> list[str]:
    if part["type"] == "rich_text_preformatted":
        rows = words(part).split("\n")
        return [" | ".join(filled(re.split(r" {2,}", row.strip()))) for row in rows if row.strip()]
    pieces = ["!" if piece["type"] == "emoji" else piece["text"] for piece in part["elements"]]
    return filled("".join(pieces).replace(ONLY_YOU, "", 1).replace(HELD, "").split("\n"))

"""Blocks that show data: tables, charts and cards."""

from __future__ import annotations

from itertools import pairwise
from math import isfinite

from tests.doubles.slack import limits
from tests.doubles.slack.checking import (
    Json,
    Problems,
    dicts,
    items,
    keys,
    problem,
    text,
    text_object,
    unique,
)
from tests.doubles.slack.elements import element_problems

CELLS = {"raw_text", "raw_number", "rich_text"}


def table_problems(block: Json, where: str) -> Problems:
    """A plain table: 100 rows of 20 cells, 10,000 characters in all."""
    yield from keys(block, where, {"type", "block_id", "rows", "column_settings"})
    yield from items(block.get("rows"), f"{where}/rows", limits.TABLE_ROWS)
    yield from _rows(block.get("rows"), f"{where}/rows")
    if block.get("column_settings") is not None:
        yield from items(block["column_settings"], f"{where}/column_settings", limits.TABLE_CELLS, least=0)


def data_table_problems(block: Json, where: str) -> Problems:
    """A table that sorts and pages: caption, header row, rows of one width."""
    yield from keys(
        block, where, {"type", "block_id", "rows", "caption", "page_size", "row_header_column_index"}
    )
    least, most = limits.DATA_TABLE_ROWS
    yield from items(block.get("rows"), f"{where}/rows", most, least=least)
    yield from text(block.get("caption"), f"{where}/caption", limits.TEXT_OBJECT)
    yield from _rows(block.get("rows"), f"{where}/rows")
    rows = [row for row in block.get("rows") or [] if isinstance(row, list)]
    if any(len(one) != len(two) for one, two in pairwise(rows)):
        yield problem(f"{where}/rows", "all rows must have the same number of values")
    if rows and any(cell.get("type") == "rich_text" for _, cell in dicts(rows[0])):
        yield problem(f"{where}/rows/0", "rich_text cannot be used for header cells")
    if not 1 <= int(block.get("page_size", 5)) <= limits.DATA_TABLE_PAGE:
        yield problem(f"{where}/page_size", f"must be between 1 and {limits.DATA_TABLE_PAGE}")


def _rows(rows: object, where: str) -> Problems:
    for place, row in enumerate(rows if isinstance(rows, list) else []):
        yield from items(row, f"{where}/{place}", limits.TABLE_CELLS)
        for column, cell in dicts(row):
            yield from _cell(cell, f"{where}/{place}/{column}")


def _cell(cell: Json, where: str) -> Problems:
    kind = cell.get("type")
    if kind not in CELLS:
        yield problem(where, f"unsupported type: {kind}")
    elif kind == "raw_text":
        yield from keys(cell, where, {"type", "text"})
        yield from text(cell.get("text"), f"{where}/text", limits.TABLE_CHARACTERS)
    elif kind == "raw_number":
        yield from keys(cell, where, {"type", "value", "text"})
        if isinstance(cell.get("value"), bool) or not isinstance(cell.get("value"), int | float):
            yield problem(f"{where}/value", "must be a number")
    else:
        yield from rich_text_problems(cell, where)


def table_characters(block: Json) -> int:
    """Characters across all cells of a table."""
    rows = block.get("rows") if isinstance(block.get("rows"), list) else []
    return sum(len(words(cell)) for row in rows or [] for _, cell in dicts(row))


def words(value: object) -> str:
    """All text inside a cell or a rich text block."""
    if isinstance(value, list):
        return "".join(words(item) for item in value)
    if not isinstance(value, dict):
        return ""
    own = value.get("text") if isinstance(value.get("text"), str) else value.get("value", "")
    return f"{own or ''}{words(value.get('elements'))}"


RICH_TEXT = {"rich_text_section", "rich_text_list", "rich_text_preformatted", "rich_text_quote"}


def rich_text_problems(block: Json, where: str) -> Problems:
    """Rich text needs elements, and no empty text in them."""
    yield from items(block.get("elements"), f"{where}/elements", 1000)
    for place, element in dicts(block.get("elements")):
        here = f"{where}/elements/{place}"
        if element.get("type") not in RICH_TEXT:
            yield problem(here, f"unsupported type: {element.get('type')}")
        for inner, piece in dicts(element.get("elements")):
            if piece.get("type") == "text":
                yield from text(piece.get("text"), f"{here}/elements/{inner}/text", limits.MESSAGE_TEXT)


def chart_problems(block: Json, where: str) -> Problems:
    """A native chart: at most 6 series of 20 points, or 6 segments."""
    yield from keys(block, where, {"type", "block_id", "title", "chart"})
    yield from text(block.get("title"), f"{where}/title", limits.CHART_TITLE)
    chart = block.get("chart")
    kind = chart.get("type") if isinstance(chart, dict) else None
    if not isinstance(chart, dict) or kind not in {"pie", "bar", "area", "line"}:
        yield problem(f"{where}/chart", f"unsupported type: {kind}")
    elif kind == "pie":
        yield from keys(chart, f"{where}/chart", {"type", "segments"})
        yield from items(chart.get("segments"), f"{where}/chart/segments", limits.CHART_SERIES)
        yield from _points(chart.get("segments"), f"{where}/chart/segments")
        if any(_number(segment) <= 0 for _, segment in dicts(chart.get("segments"))):
            yield problem(f"{where}/chart/segments", "must be more than 0")
    else:
        yield from _series(chart, f"{where}/chart")


def _series(chart: Json, where: str) -> Problems:
    yield from keys(chart, where, {"type", "series", "axis_config"})
    axis = chart.get("axis_config")
    categories = axis.get("categories") if isinstance(axis, dict) else None
    yield from _axis(axis if isinstance(axis, dict) else {}, f"{where}/axis_config")
    yield from items(chart.get("series"), f"{where}/series", limits.CHART_SERIES)
    for place, series in dicts(chart.get("series")):
        here = f"{where}/series/{place}"
        yield from keys(series, here, {"name", "data"})
        yield from text(series.get("name"), f"{here}/name", limits.CHART_LABEL)
        yield from items(series.get("data"), f"{here}/data", limits.CHART_POINTS)
        yield from _points(series.get("data"), f"{here}/data")
        if [point.get("label") for _, point in dicts(series.get("data"))] != categories:
            yield problem(f"{here}/data", "labels must match the categories")
    yield from unique([one.get("name") for _, one in dicts(chart.get("series"))], f"{where}/series", "name")


def _axis(axis: Json, where: str) -> Problems:
    yield from keys(axis, where, {"categories", "x_label", "y_label"})
    categories = axis.get("categories")
    yield from items(categories, f"{where}/categories", limits.CHART_POINTS)
    for place, category in enumerate(categories if isinstance(categories, list) else []):
        yield from text(category, f"{where}/categories/{place}", limits.CHART_LABEL)
    yield from unique(categories if isinstance(categories, list) else [], f"{where}/categories", "category")
    for name in ("x_label", "y_label"):
        if name in axis:
            yield from text(axis[name], f"{where}/{name}", limits.CHART_AXIS)


def _points(points: object, where: str) -> Problems:
    for place, point in dicts(points):
        yield from keys(point, f"{where}/{place}", {"label", "value"})
        yield from text(point.get("label"), f"{where}/{place}/label", limits.CHART_LABEL)
        value = point.get("value")
        if isinstance(value, bool) or not isinstance(value, int | float) or not isfinite(value):
            yield problem(f"{where}/{place}/value", "must be a number")


def _number(point: Json) -> float:
    value = point.get("value")
    return float(value) if isinstance(value, int | float) else 0.0


def card_problems(card: Json, where: str) -> Problems:
    """A card: something to show, and at most three buttons."""
    shown = {"hero_image", "title", "subtitle", "body", "subtext", "icon", "actions"}
    yield from keys(card, where, {"type", "block_id"} | shown)
    if not {"hero_image", "title", "actions", "body"} & set(card):
        yield problem(where, "at least one of hero_image, title, actions and body is required")
    for name, most in limits.CARD.items():
        yield from text_object(card.get(name), f"{where}/{name}", most, required=False)
    if card.get("actions") is not None:
        yield from items(card["actions"], f"{where}/actions", limits.CARD_ACTIONS)
    for place, button in dicts(card.get("actions")):
        yield from element_problems(button, f"{where}/actions/{place}", {"button"})


def carousel_problems(block: Json, where: str) -> Problems:
    """Cards side by side."""
    yield from keys(block, where, {"type", "block_id", "elements"})
    yield from items(block.get("elements"), f"{where}/elements", limits.CAROUSEL_CARDS)
    for place, card in dicts(block.get("elements")):
        yield from card_problems(card, f"{where}/elements/{place}")

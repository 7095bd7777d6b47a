"""Whole messages and views, checked as Slack checks them. Pure: no clock, no server."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Literal

from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block

from tests.doubles.slack import data_blocks, elements, limits
from tests.doubles.slack.checking import (
    Json,
    Problems,
    dicts,
    items,
    keys,
    objects,
    problem,
    text,
    text_object,
    unique,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Surface = Literal["message", "modal", "home"]

MESSAGE_ONLY = {
    "markdown",
    "table",
    "data_table",
    "data_visualization",
    "card",
    "carousel",
    "container",
    "context_actions",
    "file",
    "plan",
    "task_card",
}
EVERYWHERE = {
    "actions",
    "alert",
    "context",
    "divider",
    "header",
    "image",
    "input",
    "rich_text",
    "section",
    "video",
}
NEWER = {"card", "carousel", "container", "data_table", "data_visualization"}


def message_problems(blocks: object, *, newer: bool = True, root: str = "/blocks") -> list[str]:
    """What is wrong with the blocks of a message; empty when Slack would take them.

    ``newer=False`` is a workspace that the newer blocks have not been rolled out to.
    """
    found = list(_blocks(blocks, root, limits.BLOCKS_IN_MESSAGE, "message", newer=newer))
    return found + list(_per_message(blocks, root)) if isinstance(blocks, list) else found


def view_problems(view: object) -> list[str]:
    """What is wrong with a modal or Home view; size is ``view_too_large``'s business."""
    if not isinstance(view, dict) or view.get("type") not in {"modal", "home"}:
        return [problem("/view/type", "must be modal or home")]
    return list(_view(view, view["type"]))


def view_too_large(view: Json) -> bool:
    """Slack takes 250 KB."""
    return len(json.dumps(view, ensure_ascii=False).encode()) > limits.VIEW_BYTES


def _view(view: Json, kind: Surface) -> Problems:
    shared = {"type", "blocks", "private_metadata", "callback_id", "external_id"}
    modal = {"title", "submit", "close", "clear_on_close", "notify_on_close", "submit_disabled"}
    yield from keys(view, "/view", shared | modal if kind == "modal" else shared)
    yield from text(
        view.get("private_metadata"),
        "/view/private_metadata",
        limits.PRIVATE_METADATA,
        least=0,
        required=False,
    )
    yield from text(view.get("callback_id"), "/view/callback_id", limits.CALLBACK_ID, least=0, required=False)
    yield from text(view.get("external_id"), "/view/external_id", limits.EXTERNAL_ID, least=0, required=False)
    blocks = view.get("blocks")
    yield from _blocks(blocks, "/view/blocks", limits.BLOCKS_IN_VIEW, kind, newer=False)
    if kind == "modal":
        yield from _modal(view)


def _modal(view: Json) -> Problems:
    for name in ("title", "submit", "close"):
        yield from text_object(
            view.get(name), f"/view/{name}", limits.VIEW_TITLE, plain=True, required=name == "title"
        )
    found = [block for _, block in dicts(view.get("blocks"))]
    if view.get("submit") is None and any(block.get("type") == "input" for block in found):
        yield problem("/view/submit", "missing required field: submit, because there are input blocks")
    focused = [element for block in found for element in elements_of(block) if element.get("focus_on_load")]
    if len(focused) > 1:
        yield problem("/view/blocks", "only one element can have focus_on_load")


def _blocks(blocks: object, where: str, most: int, surface: Surface, *, newer: bool) -> Problems:
    yield from items(blocks, where, most, least=0)
    yield from objects(blocks, where)
    for place, block in dicts(blocks):
        yield from _block(block, f"{where}/{place}", surface, newer=newer)
    yield from unique([block.get("block_id") for _, block in dicts(blocks)], where, "block_id")


def _block(block: Json, where: str, surface: Surface, *, newer: bool) -> Problems:
    kind = str(block.get("type"))
    allowed = EVERYWHERE | (MESSAGE_ONLY if surface == "message" else set())
    if kind not in allowed or (kind in NEWER and not newer):
        yield problem(where, f"unsupported type: {kind}")
        return
    yield from text(block.get("block_id"), f"{where}/block_id", limits.BLOCK_ID, required=False)
    yield from unique([one.get("action_id") for one in elements_of(block)], where, "action_id")
    rule = RULES.get(kind)
    own = list(rule(block, where)) if rule is not None else []
    yield from own
    if not own:
        yield from _by_the_sdk(block, where)


def _by_the_sdk(block: Json, where: str) -> Problems:
    """What the client library itself would refuse; it does not know every block."""
    try:
        parsed = Block.parse(copy.deepcopy(block))
        if parsed is not None:
            parsed.to_dict()
    except SlackObjectFormationError as error:
        yield problem(where, str(error))


def elements_of(block: Json) -> Iterator[Json]:
    """Every interactive element in a block, those in cards and containers too."""
    single = [block.get("accessory"), block.get("element")]
    yield from (one for one in single if isinstance(one, dict))
    for _, one in dicts(block.get("actions")):
        yield one
    if block.get("type") in {"actions", "context_actions"}:
        yield from (one for _, one in dicts(block.get("elements")))
    if block.get("type") == "carousel":
        for _, card in dicts(block.get("elements")):
            yield from elements_of(card)


def _per_message(blocks: list[object], root: str) -> Problems:
    found = [block for _, block in dicts(blocks)]
    kinds = [block.get("type") for block in found]
    if kinds.count("table") > limits.TABLES_IN_MESSAGE:
        yield problem(root, "only_one_table_allowed")
    if kinds.count("data_visualization") > limits.CHARTS_IN_MESSAGE:
        yield problem(root, f"no more than {limits.CHARTS_IN_MESSAGE} data_visualization blocks allowed")
    tables = [block for block in found if block.get("type") in {"table", "data_table"}]
    if sum(data_blocks.table_characters(block) for block in tables) > limits.TABLE_CHARACTERS:
        yield problem(root, f"table text must be less than {limits.TABLE_CHARACTERS + 1} characters")
    marked = sum(len(str(block.get("text", ""))) for block in found if block.get("type") == "markdown")
    if marked > limits.MARKDOWN_TEXT:
        yield problem(root, f"markdown text must be less than {limits.MARKDOWN_TEXT + 1} characters")


def _section(block: Json, where: str) -> Problems:
    yield from keys(block, where, {"type", "block_id", "text", "fields", "accessory", "expand"})
    fields = block.get("fields")
    yield from text_object(block.get("text"), f"{where}/text", limits.SECTION_TEXT, required=fields is None)
    if fields is not None:
        yield from items(fields, f"{where}/fields", limits.SECTION_FIELDS)
        for place, field in dicts(fields):
            yield from text_object(field, f"{where}/fields/{place}", limits.SECTION_FIELD_TEXT)
    if block.get("accessory") is not None:
        yield from elements.element_problems(block["accessory"], f"{where}/accessory", elements.IN_SECTION)


def _header(block: Json, where: str) -> Problems:
    yield from keys(block, where, {"type", "block_id", "text"})
    yield from text_object(block.get("text"), f"{where}/text", limits.HEADER_TEXT, plain=True)


def _context(block: Json, where: str) -> Problems:
    yield from keys(block, where, {"type", "block_id", "elements"})
    yield from items(block.get("elements"), f"{where}/elements", limits.CONTEXT_ELEMENTS)
    for place, element in dicts(block.get("elements")):
        here = f"{where}/elements/{place}"
        if element.get("type") == "image":
            yield from elements.element_problems(element, here, {"image"})
        else:
            yield from text_object(element, here)


def _actions(block: Json, where: str) -> Problems:
    yield from keys(block, where, {"type", "block_id", "elements"})
    yield from items(block.get("elements"), f"{where}/elements", limits.ACTIONS_ELEMENTS)
    for place, element in dicts(block.get("elements")):
        yield from elements.element_problems(element, f"{where}/elements/{place}", elements.IN_ACTIONS)


def _context_actions(block: Json, where: str) -> Problems:
    yield from items(block.get("elements"), f"{where}/elements", limits.CONTEXT_ACTIONS_ELEMENTS)
    for place, element in dicts(block.get("elements")):
        yield from elements.element_problems(
            element, f"{where}/elements/{place}", elements.IN_CONTEXT_ACTIONS
        )


def _input(block: Json, where: str) -> Problems:
    own = {"label", "element", "hint", "optional", "dispatch_action"}
    yield from keys(block, where, {"type", "block_id"} | own)
    yield from text_object(block.get("label"), f"{where}/label", limits.INPUT_LABEL, plain=True)
    yield from text_object(block.get("hint"), f"{where}/hint", limits.INPUT_HINT, plain=True, required=False)
    element = block.get("element")
    if isinstance(element, dict):
        yield from elements.element_problems(element, f"{where}/element", elements.IN_INPUT)
    else:
        yield problem(where, "missing required field: element")


def _image(block: Json, where: str) -> Problems:
    yield from elements.image_problems(block, where)
    yield from text_object(
        block.get("title"), f"{where}/title", limits.IMAGE_TITLE, plain=True, required=False
    )


def _markdown(block: Json, where: str) -> Problems:
    yield from keys(block, where, {"type", "block_id", "text"})
    yield from text(block.get("text"), f"{where}/text", limits.MARKDOWN_TEXT)


def _divider(block: Json, where: str) -> Problems:
    yield from keys(block, where, {"type", "block_id"})


def _container(block: Json, where: str) -> Problems:
    yield from items(block.get("child_blocks"), f"{where}/child_blocks", limits.CONTAINER_BLOCKS)
    for place, child in dicts(block.get("child_blocks")):
        if child.get("type") == "container":
            yield problem(f"{where}/child_blocks/{place}", "unsupported type: container")
        else:
            yield from _block(child, f"{where}/child_blocks/{place}", "message", newer=True)


RULES: dict[str, Callable[[Json, str], Problems]] = {
    "section": _section,
    "header": _header,
    "context": _context,
    "actions": _actions,
    "context_actions": _context_actions,
    "input": _input,
    "image": _image,
    "markdown": _markdown,
    "divider": _divider,
    "container": _container,
    "table": data_blocks.table_problems,
    "data_table": data_blocks.data_table_problems,
    "rich_text": data_blocks.rich_text_problems,
    "data_visualization": data_blocks.chart_problems,
    "card": data_blocks.card_problems,
    "carousel": data_blocks.carousel_problems,
}

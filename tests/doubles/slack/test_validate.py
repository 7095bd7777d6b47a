"""Every limit: what just fits is taken, one more is refused, and the place is named."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doubles.slack import limits
from tests.doubles.slack.validate import message_problems, view_problems, view_too_large

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str = "x", **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(text: str = "Go", **more: Any) -> Json:
    return {"type": "button", "text": plain(text), **more}


def actions(*elements: Json) -> Json:
    return {"type": "actions", "elements": list(elements)}


def option(text: str = "One", value: str = "1") -> Json:
    return {"text": plain(text), "value": value}


def options(count: int) -> list[Json]:
    return [option(f"Option {number}", str(number)) for number in range(count)]


def select(**more: Any) -> Json:
    return {"type": "static_select", **more}


def cells(rows: int, columns: int, text: str = "x") -> list[list[Json]]:
    return [[{"type": "raw_text", "text": text}] * columns for _ in range(rows)]


def table(rows: int = 2, columns: int = 2, text: str = "x") -> Json:
    return {"type": "table", "rows": cells(rows, columns, text)}


def modal(**more: Any) -> Json:
    return {"type": "modal", "title": plain("Plan"), "blocks": [section()]} | more


def field(**more: Any) -> Json:
    element = {"type": "plain_text_input", "action_id": "a"}
    return {"type": "input", "label": plain("Price"), "element": element} | more


def chart(points: int = 2, series: int = 1, label: str = "p", **axis_more: str) -> Json:
    data = [{"label": f"{label}{number}", "value": number} for number in range(points)]
    axis = {"categories": [point["label"] for point in data]} | axis_more
    lines = [{"name": f"s{number}", "data": data} for number in range(series)]
    drawn = {"type": "line", "series": lines, "axis_config": axis}
    return {"type": "data_visualization", "title": "Movement", "chart": drawn}


def with_gap(block: Json) -> Json:
    """The chart with one line that begins later than the others."""
    line = block["chart"]["series"][0]
    later = {**line, "data": line["data"][1:]}
    return {**block, "chart": {**block["chart"], "series": [later]}}


def valued(block: Json, value: float) -> Json:
    """The chart with this value."""
    line = block["chart"]["series"][0]
    points = [{**point, "value": value} for point in line["data"]]
    return {**block, "chart": {**block["chart"], "series": [{**line, "data": points}]}}


FITS_AND_NOT: list[tuple[str, list[Json], list[Json]]] = [
    ("blocks", [section()] * 50, [section()] * 51),
    ("section text", [section("x" * 3000)], [section("x" * 3001)]),
    ("empty text", [section("x")], [section("")]),
    (
        "section fields",
        [{"type": "section", "fields": [plain("x")] * 10}],
        [{"type": "section", "fields": [plain("x")] * 11}],
    ),
    (
        "section field text",
        [{"type": "section", "fields": [plain("x" * 2000)]}],
        [{"type": "section", "fields": [plain("x" * 2001)]}],
    ),
    (
        "header text",
        [{"type": "header", "text": plain("x" * 150)}],
        [{"type": "header", "text": plain("x" * 151)}],
    ),
    (
        "header kind",
        [{"type": "header", "text": plain("x")}],
        [{"type": "header", "text": {"type": "mrkdwn", "text": "x"}}],
    ),
    (
        "context elements",
        [{"type": "context", "elements": [plain("x")] * 10}],
        [{"type": "context", "elements": [plain("x")] * 11}],
    ),
    ("actions elements", [actions(*[button()] * 25)], [actions(*[button()] * 26)]),
    ("no actions", [actions(button())], [actions()]),
    ("button text", [actions(button("x" * 75))], [actions(button("x" * 76))]),
    ("button value", [actions(button(value="x" * 2000))], [actions(button(value="x" * 2001))]),
    ("button style", [actions(button(style="danger"))], [actions(button(style="default"))]),
    ("action id", [actions(button(action_id="x" * 255))], [actions(button(action_id="x" * 256))]),
    (
        "action id twice",
        [actions(button(action_id="a")), actions(button(action_id="a"))],
        [actions(button(action_id="a"), button(action_id="a"))],
    ),
    ("block id", [section(block_id="x" * 255)], [section(block_id="x" * 256)]),
    ("block id twice", [section(block_id="a"), section(block_id="b")], [section(block_id="a")] * 2),
    (
        "option text",
        [actions(select(options=[option("x" * 75)]))],
        [actions(select(options=[option("x" * 76)]))],
    ),
    (
        "option value",
        [actions(select(options=[option(value="x" * 150)]))],
        [actions(select(options=[option(value="x" * 151)]))],
    ),
    ("select options", [actions(select(options=options(100)))], [actions(select(options=options(101)))]),
    ("no options", [actions(select(options=options(1)))], [actions(select(options=[]))]),
    (
        "initial option",
        [actions(select(options=options(2), initial_option=options(2)[1]))],
        [actions(select(options=options(2), initial_option=option("Other", "9")))],
    ),
    (
        "overflow",
        [actions({"type": "overflow", "options": options(5)})],
        [actions({"type": "overflow", "options": options(6)})],
    ),
    (
        "radio buttons",
        [actions({"type": "radio_buttons", "options": options(10)})],
        [actions({"type": "radio_buttons", "options": options(11)})],
    ),
    (
        "placeholder",
        [actions(select(options=options(1), placeholder=plain("x" * 150)))],
        [actions(select(options=options(1), placeholder=plain("x" * 151)))],
    ),
    (
        "confirm",
        [actions(button(confirm={"title": plain("x" * 100), "text": plain("x" * 300)}))],
        [actions(button(confirm={"title": plain("x" * 101), "text": plain("x")}))],
    ),
    (
        "date",
        [actions({"type": "datepicker", "initial_date": "2026-05-29"})],
        [actions({"type": "datepicker", "initial_date": "29.5.2026"})],
    ),
    ("placeholder of a button", [actions(button())], [actions(button(placeholder=plain("x")))]),
    ("unknown property", [section()], [section(colour="red")]),
    ("unknown block", [{"type": "divider"}], [{"type": "banner"}]),
    ("field among actions", [actions(button())], [actions({"type": "plain_text_input"})]),
    ("table rows", [table(rows=100)], [table(rows=101)]),
    ("table cells", [table(columns=20)], [table(columns=21)]),
    ("table characters", [table(2, 2, "x" * 2500)], [table(2, 2, "x" * 2501)]),
    ("tables", [table()], [table(), table()]),
    ("empty cell", [table()], [table(text="")]),
    ("markdown", [{"type": "markdown", "text": "x" * 12_000}], [{"type": "markdown", "text": "x" * 12_001}]),
    (
        "markdown in all",
        [{"type": "markdown", "text": "x"}] * 2,
        [{"type": "markdown", "text": "x" * 6001}] * 2,
    ),
    ("chart points", [chart(points=20)], [chart(points=21)]),
    ("chart series", [chart(series=6)], [chart(series=7)]),
    ("chart labels", [chart(label="x" * 19)], [chart(label="x" * 20)]),
    ("charts", [chart()] * 2, [chart()] * 3),
    ("chart axes", [chart(y_label="x" * 50)], [chart(y_label="x" * 51)]),
    ("chart without gaps", [chart()], [with_gap(chart())]),
    ("chart figures", [chart()], [valued(chart(), float("nan"))]),
    ("nothing else in a chart", [chart()], [chart(colour="red")]),
    (
        "image words",
        [{"type": "image", "image_url": "https://x.example/a.png", "alt_text": "a"}],
        [{"type": "image"}],
    ),
    (
        "cards",
        [{"type": "carousel", "elements": [{"type": "card", "title": plain("x" * 150)}]}],
        [{"type": "carousel", "elements": [{"type": "card", "title": plain("x" * 151)}]}],
    ),
    (
        "container",
        [{"type": "container", "title": plain("x"), "child_blocks": [section()]}],
        [{"type": "container", "title": plain("x"), "child_blocks": [section("")]}],
    ),
    (
        "data table",
        [{"type": "data_table", "caption": "x", "rows": cells(101, 2)}],
        [{"type": "data_table", "caption": "x", "rows": cells(102, 2)}],
    ),
    (
        "data table width",
        [{"type": "data_table", "caption": "x", "rows": cells(2, 2)}],
        [{"type": "data_table", "caption": "x", "rows": cells(1, 2) + cells(1, 3)}],
    ),
]


@pytest.mark.parametrize(
    ("fits", "too_much"), [case[1:] for case in FITS_AND_NOT], ids=[c[0] for c in FITS_AND_NOT]
)
def test_limits_of_messages(fits: list[Json], too_much: list[Json]) -> None:
    assert message_problems(fits) == []
    assert message_problems(too_much) != []


VIEWS: list[tuple[str, Json, Json]] = [
    ("blocks", modal(blocks=[section()] * 100), modal(blocks=[section()] * 101)),
    ("title", modal(title=plain("x" * 24)), modal(title=plain("x" * 25))),
    ("no title", modal(), {"type": "modal", "blocks": []}),
    ("submit", modal(submit=plain("x" * 24)), modal(submit=plain("x" * 25))),
    ("close", modal(close=plain("x" * 24)), modal(close=plain("x" * 25))),
    ("private metadata", modal(private_metadata="x" * 3000), modal(private_metadata="x" * 3001)),
    ("callback id", modal(callback_id="x" * 255), modal(callback_id="x" * 256)),
    ("submit is needed", modal(submit=plain("Save"), blocks=[field()]), modal(blocks=[field()])),
    ("no tables", modal(), modal(blocks=[table()])),
    ("kind", modal(), modal(type="dialog")),
    (
        "home without title",
        {"type": "home", "blocks": []},
        {"type": "home", "blocks": [], "title": plain("x")},
    ),
    (
        "number field",
        modal(
            submit=plain("Save"), blocks=[field(element={"type": "number_input", "is_decimal_allowed": True})]
        ),
        modal(submit=plain("Save"), blocks=[field(element={"type": "number_input"})]),
    ),
    (
        "label",
        modal(submit=plain("Save"), blocks=[field(label=plain("x" * 2000))]),
        modal(submit=plain("Save"), blocks=[field(label=plain("x" * 2001))]),
    ),
]


@pytest.mark.parametrize(("fits", "too_much"), [case[1:] for case in VIEWS], ids=[case[0] for case in VIEWS])
def test_limits_of_views(fits: Json, too_much: Json) -> None:
    assert view_problems(fits) == []
    assert view_problems(too_much) != []


def test_a_view_of_250_kilobytes_is_the_most() -> None:
    empty = len('{"type": "modal", "text": ""}')
    assert not view_too_large({"type": "modal", "text": "x" * (limits.VIEW_BYTES - empty)})
    assert view_too_large({"type": "modal", "text": "x" * (limits.VIEW_BYTES - empty + 1)})


def test_a_problem_names_its_place() -> None:
    found = message_problems([section(), actions(button(), button("x" * 76))])
    assert found == ["[ERROR] must be less than 76 characters [json-pointer:/blocks/1/elements/1/text/text]"]


def test_newer_blocks_can_be_unknown_to_a_workspace() -> None:
    assert message_problems([chart()], newer=False) == [
        "[ERROR] unsupported type: data_visualization [json-pointer:/blocks/0]"
    ]
    assert message_problems([table()], newer=False) == []


def test_input_blocks_may_stand_in_messages() -> None:
    assert message_problems([field()]) == []


def test_what_is_no_list_of_objects() -> None:
    assert message_problems("text") != []
    assert message_problems(["text"]) != []
    assert view_problems(None) != []

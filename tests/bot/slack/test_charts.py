"""Charts as Slack draws them: within its limits, with nothing lost, and written out where a workspace takes none."""

from __future__ import annotations

import json
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.slack import blocks, charts, native, views
from handlers.turn import Chart, Heading, Level, Series, Table
from tests.bot.slack.showing import shown
from tests.bot.slack.stage import ANN, ROOM, Stage
from tests.doubles.slack.reading import read
from tests.doubles.slack.validate import message_problems, view_problems
from tests.journeys.runner import part_lines
from tests.journeys.slack_reading import block_lines

if TYPE_CHECKING:
    from tests.doubles.slack.world import Message

D = Decimal
MOVED = Chart(
    "Price, EUR/pc",
    "EUR/pc",
    ("18 Mar", "25 Mar", "1 Apr"),
    (
        Series("We", (D("3.45"), D("3.58"), D("3.68"))),
        Series("They", (D("4.12"), D("3.95"), D("3.80"))),
    ),
    (Level("Stop", D("4.05")), Level("BATNA", D("4.1182"))),
    places=2,
)
VALUES = st.decimals(-(10**6), 10**6, places=4)


@st.composite
def drawings(draw: st.DrawFn) -> Chart:
    """Charts of every size that the part allows, and beyond what Slack draws."""
    count = draw(st.integers(1, 20))
    value = st.one_of(VALUES, VALUES, st.none())
    names = draw(st.lists(st.text(st.characters(categories=("L", "N")), max_size=24), max_size=4))
    series = tuple(
        Series(name, tuple(draw(st.lists(value, min_size=count, max_size=count)))) for name in names
    )
    levels = tuple(Level(f"L{at}", draw(VALUES)) for at in range(draw(st.integers(0, 4))))
    title = draw(st.text(st.characters(exclude_categories=("Cs",)), max_size=60))
    return Chart(title, title, tuple(f"m{at}" for at in range(count)), series, levels, (), count, 2)


def drawn(chart: Chart) -> list[dict[str, Any]]:
    return [block for page in blocks.pages(shown(chart)) for block in page]


def test_lines_and_levels_are_series_with_a_value_for_each_moment() -> None:
    (block,) = drawn(MOVED)
    assert (block["type"], block["title"]) == ("data_visualization", "Price, EUR/pc")
    chart = block["chart"]
    assert chart["axis_config"] == {"categories": ["18 Mar", "25 Mar", "1 Apr"], "y_label": "EUR/pc"}
    assert {one["name"]: [point["value"] for point in one["data"]] for one in chart["series"]} == {
        "We": [3.45, 3.58, 3.68],
        "They": [4.12, 3.95, 3.8],
        "Stop": [4.05, 4.05, 4.05],
        "BATNA": [4.1182, 4.1182, 4.1182],
    }
    assert message_problems([block]) == []


def test_what_stood_there_before_all_lines_begin_is_said_below() -> None:
    late = replace(MOVED, series=(Series("We", (None, D("3.58"), D("3.68"))), MOVED.series[1]))
    block, note = drawn(late)
    assert block["chart"]["axis_config"]["categories"] == ["25 Mar", "1 Apr"]
    assert read([note], "", {}) == "18 Mar: They 4.12"
    assert message_problems([block, note]) == []
    assert block_lines([block, note]) == part_lines(late.written())  # as journeys compare faces


def test_what_was_left_out_is_said_below() -> None:
    _, note = drawn(replace(MOVED, whole=9))
    assert read([note], "", {}) == "3 of 9 moments shown, first and last among them"


@settings(max_examples=120)
@given(drawings())
def test_every_chart_keeps_the_limits_and_can_be_written_out(chart: Chart) -> None:
    for page in blocks.pages(shown(Heading("Acme"), chart)):
        assert message_problems(page) == []
        written = native.without(page, frozenset(native.KINDS))
        assert message_problems(written, newer=False) == []
        assert not native.kinds_in(written)


@settings(max_examples=80)
@given(drawings())
def test_a_figure_is_in_the_chart_or_in_the_words_about_it(chart: Chart) -> None:
    written = json.dumps(drawn(chart))
    told = chart.written()[0]
    assert isinstance(told, Table)
    if charts.are_in(drawn(chart)):
        (block, *_) = drawn(chart)
        known = {
            round(Decimal(repr(point["value"])), 4)
            for one in block["chart"]["series"]
            for point in one["data"]
        }
        for one in chart.series:
            for value in one.values:
                assert value is None or round(value, 4) in known or chart.figure(value) in written


@pytest.mark.parametrize(
    "odd",
    [
        replace(MOVED, series=(Series("We", (D(10) ** 16, D(1), D(2))),)),
        replace(MOVED, series=tuple(Series(f"S{at}", (D(1), D(2), D(3))) for at in range(7))),
        replace(MOVED, moments=("18 Mar", "18 Mar", "1 Apr")),
        replace(MOVED, series=(Series("We", (D(1), D(2), None)),)),
        replace(MOVED, series=(Series("a name that is far too long", (D(1), D(2), D(3))),)),
    ],
    ids=["too large", "too many lines", "moments alike", "a line that ends", "a long name"],
)
def test_what_slack_cannot_draw_is_written(odd: Chart) -> None:
    found = drawn(odd)
    assert not charts.are_in(found)
    assert message_problems(found) == []
    assert "18 Mar" in read(found, "", {})


def test_two_charts_are_two_messages() -> None:
    assert [len(page) for page in blocks.pages(shown(MOVED, MOVED))] == [1, 1]


def test_a_view_takes_no_chart() -> None:
    view = views.answer(shown(Heading("Acme"), MOVED), {})
    assert view is not None
    assert view_problems(view) == []
    assert "4.12" in json.dumps(view)


@pytest.mark.parametrize(("mark", "group", "said"), [(".", ",", "3.80"), (",", ".", "3,80")])
def test_a_chart_that_is_refused_is_written_out_as_it_would_be_read(mark: str, group: str, said: str) -> None:
    chart = replace(MOVED, mark=mark, group=group)
    (block,) = drawn(chart)
    assert charts.read(block).written() == chart.written()
    assert said in read(charts.in_text([block]), "", {})


def test_what_to_try_where_something_was_refused() -> None:
    both = frozenset(native.KINDS)
    assert native.fewer(both) == [frozenset((charts.KIND,)), frozenset((native.TABLE,)), both]
    assert native.fewer(frozenset((native.TABLE,))) == [frozenset((native.TABLE,))]


# ---- through the face ----

TERMS = (
    "set acme: volume 30000 a year, horizon 24 months",
    "term acme price: open 3.45, target 3.70, stop 4.05",
    "offer acme theirs: price 4.12",
    "offer acme ours: price 3.45",
)
FIGURES = ("3.45", "4.12", "4.05", "3.70")


@pytest.fixture
async def planned(stage: Stage) -> Stage:
    """Ann has a plan in which both sides named a price."""
    for line in ("new quick Acme: housings", "later", *TERMS):
        await stage.dm(line)
    stage.face.api.takes.clear()  # as after a start
    return stage


@pytest.fixture
async def older(planned: Stage) -> Stage:
    """The same, in a workspace that has no charts yet."""
    planned.slack.world.workspaces["T0PREP"].newer_blocks = False
    return planned


async def ask(stage: Stage, how: str) -> str:
    """Ask for the chart, and read what came."""
    if how == "slash":
        await stage.command("chart acme")
        return stage.private()[-1]
    if how == "mention":
        await stage.mention("chart acme")
        return stage.private()[-1]
    if how == "press":
        await stage.dm("log acme")
        await stage.press("Chart", channel=stage.direct())
    else:
        await stage.dm("chart acme")
    return stage.told()[-1]


def has_chart(message: Message) -> bool:
    return charts.are_in(message.blocks)


def refused(stage: Stage) -> int:
    return sum(call.answer.get("error") == "invalid_blocks" for call in stage.slack.rejected)


@pytest.mark.parametrize("how", ["slash", "mention", "press", "dm"])
async def test_a_chart_comes_in_every_way(planned: Stage, how: str) -> None:
    text = await ask(planned, how)
    assert "(chart: Price" in text
    assert all(figure.rstrip("0") in text for figure in FIGURES)
    assert refused(planned) == 0
    assert planned.face.api.takes == {charts.KIND: True}


@pytest.mark.parametrize("how", ["slash", "mention", "press", "dm"])
async def test_a_workspace_without_charts_gets_the_words_in_every_way(older: Stage, how: str) -> None:
    for _ in range(2):
        text = await ask(older, how)
        assert "(chart" not in text
        assert all(figure in text for figure in FIGURES)
    assert refused(older) == 1  # it is remembered
    assert older.face.api.takes == {charts.KIND: False}


async def test_tables_are_not_given_up_with_charts(older: Stage) -> None:
    await older.dm("chart acme")
    await older.dm("term acme warranty months: open 36, target 24, stop 12, weight 10")
    assert older.face.api.takes == {charts.KIND: False, native.TABLE: True}


async def test_the_second_slash_command_is_answered_at_once(planned: Stage) -> None:
    first = await planned.command("chart acme")
    second = await planned.command("chart acme")
    assert (first.text, bool(second.json["blocks"])) == ("", True)
    assert [has_chart(one) for one in planned.slack.ephemerals(ROOM, ANN)] == [True, True]

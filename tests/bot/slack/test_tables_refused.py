"""A workspace that takes no tables of Slack's own: everything arrives all the same, written out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.slack import blocks, tables
from handlers.gate import seal
from handlers.turn import Address, Heading, Mark, Reply, Table, WorkspaceKey
from tests.bot.slack.showing import shown
from tests.bot.slack.stage import ANN, ROOM, Stage
from tests.doubles.slack.validate import message_problems

if TYPE_CHECKING:
    from tests.doubles.slack.world import Message

TERMS = (
    "term acme price: open 3.45, target 3.70, stop 4.05, weight 50",
    "term acme warranty months: open 36, target 24, stop 12, weight 10",
)
FIGURES = ("3.45", "3.70", "4.05", "36", "24", "12")
WIDE = Table(
    ("TERM", "OPEN", "WHAT THEY SAID LAST"),
    (("price", "3.45", "four euro twelve, and not a cent less"), ("net", "60", "")),
    frozenset({1}),
)


@pytest.fixture
async def planned(stage: Stage) -> Stage:
    """Ann has a plan whose terms are a wide table; the workspace takes no tables."""
    for line in ("new quick Acme: housings", "later", *TERMS):
        await stage.dm(line)
    stage.slack.world.workspaces["T0PREP"].tables = False
    stage.face.api.takes.clear()  # as after a start
    return stage


def has_table(message: Message) -> bool:
    return any(block["type"] == "table" for block in message.blocks)


def lines(page: list[dict[str, Any]]) -> list[str]:
    """The lines of a page of running text, with ordinary blanks."""
    pieces = [piece for block in page for part in block["elements"] for piece in part["elements"]]
    text = "".join(piece["text"] for piece in pieces).replace("\u00a0", " ").replace("\u2060", "")
    return [line.strip() for line in text.split("\n")]


def refused(stage: Stage) -> int:
    return sum(call.answer.get("error") == "invalid_blocks" for call in stage.slack.rejected)


async def test_a_slash_command_is_answered_from_the_first_on(planned: Stage) -> None:
    for _ in range(2):
        await planned.command("terms acme")
    assert [all(figure in text for figure in FIGURES) for text in planned.private()] == [True, True]
    assert refused(planned) == 1


@pytest.mark.parametrize("how", ["dm", "mention", "press"])
async def test_any_other_way_too(planned: Stage, how: str) -> None:
    if how == "dm":
        await planned.dm("terms acme")
    elif how == "mention":
        await planned.mention("terms acme")
    else:
        await planned.dm("show acme")
        await planned.press("Terms", channel=planned.direct())
    text = planned.private()[-1] if how == "mention" else planned.told()[-1]
    assert all(figure in text for figure in FIGURES)
    assert refused(planned) == 1


async def test_a_reminder_too_with_its_token(planned: Stage) -> None:
    key, to = WorkspaceKey("slack", "T0PREP"), Address(ROOM, direct=False)
    sealed = seal(Reply((Heading("Terms"), WIDE)), Mark.OPEN, (), ANN)
    await planned.face.sender.post(key, to, sealed, "token-1")
    assert "four euro twelve" in planned.public()[-1].replace("\u00a0", " ")
    assert await planned.face.sender.arrived(key, to, "token-1")
    assert len(planned.public()) == 1


async def test_where_tables_are_taken_they_are_sent_and_the_second_time_at_once(stage: Stage) -> None:
    for line in ("new quick Acme: housings", "later", *TERMS):
        await stage.dm(line)
    stage.face.api.takes.clear()
    first = await stage.command("terms acme")
    second = await stage.command("terms acme")
    assert (first.text, bool(second.json["blocks"])) == ("", True)
    assert [has_table(one) for one in stage.slack.ephemerals(ROOM, ANN)] == [True, True]


async def test_what_is_wrong_in_other_ways_is_not_blamed_on_tables(stage: Stage) -> None:
    fate = await stage.face.api.post(
        "chat.postMessage",
        channel=ROOM,
        text="x",
        blocks=[*blocks.pages(shown(WIDE))[0], {"type": "nonsense"}],
    )
    assert fate.code == "invalid_blocks"  # type: ignore[union-attr]
    assert stage.face.api.takes.get("table") is not False


def test_a_table_is_written_out_row_by_row_with_its_heads() -> None:
    (page,) = blocks.pages(shown(WIDE))
    assert tables.are_in(page)
    written = tables.in_text(page)
    assert message_problems(written) == []
    assert lines(written) == [
        "price",
        "OPEN 3.45",  # beside the other it would be too long for a line
        "WHAT THEY SAID LAST four euro twelve, and not a cent less",
        "net",
        "OPEN 60",
    ]
    short = Table(("TERM", "OPEN", "TARGET", "WHAT THEY SAID LAST"), (("price", "3.45", "3.70", "4.12"),))
    said = lines(tables.in_text(blocks.pages(shown(short))[0]))
    assert said == ["price", "OPEN 3.45 · TARGET 3.70 · WHAT THEY SAID LAST 4.12"]
    headless = Table((), (("a" * 30, "b" * 30), ("c", "d")))
    (other,) = blocks.pages(shown(headless))
    assert "a" * 30 in str(tables.in_text(other))

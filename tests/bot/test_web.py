"""What a server tells of itself: figures and lines of the log, and nothing of anybody in either."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import aiohttp
import pytest
from pydantic import SecretStr
from sqlalchemy import event

from bot import logs
from bot.config import Settings
from bot.serve import Running, start
from handlers.commands import all_commands
from handlers.core import Core
from tests.bot.slack.stage import ANN, BOB, CAT, GUESTS, GUS, OUT, ROOM, SHARED, populate
from tests.doubles.slack.double import SlackDouble

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from handlers.gate import Outcome
    from handlers.turn import Incoming

SUPPLIER, WHAT, PRICE, RIVAL = "Zebracorp", "obsidian", "3.4567", "Quartzmill"
TYPED = (
    f"new quick {SUPPLIER}: {WHAT}", "stop", f"set {SUPPLIER}: baseline {PRICE}, volume 30000 a year, horizon 24 months",
    f"batna {SUPPLIER} add {RIVAL} = {PRICE}", f"batna {SUPPLIER}", f"term {SUPPLIER} price: open 3.45, target 3.7, stop 4.05",
    f"offer {SUPPLIER} theirs: price {PRICE}", f"offer {SUPPLIER} theirs: {WHAT}", f"{RIVAL} {WHAT}", f"{SUPPLIER}", "log",
    f"contract add {SUPPLIER}: end 2027-06-30, notice 60 days, channel #{WHAT}", f"remind #room 2026-01-01 {WHAT}",
)  # fmt: skip
HIDDEN = (
    SUPPLIER,
    WHAT,
    PRICE,
    RIVAL,
    ANN,
    BOB,
    CAT,
    GUS,
    OUT,
    ROOM,
    SHARED,
    "T0PREP",
    "T9ACME",
    "ann",
    "bob",
    "olga",
)


class Defective(Core):
    """A core with a defect: whatever writes fails in its thread, with what was typed in the error."""

    def take(self, incoming: Incoming) -> Outcome:
        logs.warning("in_the_thread")
        raise KeyError(getattr(incoming.act, "text", ""))


@pytest.fixture
async def slack() -> AsyncIterator[SlackDouble]:
    async with SlackDouble(burst=None) as double:
        populate(double)
        yield double


@pytest.fixture
async def running(database_url: str, slack: SlackDouble) -> AsyncIterator[Running]:
    settings: Any = {
        "database_url": database_url,
        "port": 0,
        "slack_bot_token": SecretStr("xoxb-T0PREP"),
        "slack_signing_secret": SecretStr(slack.secret),
        "slack_api_url": slack.api_url,
    }
    found = await start(Settings(_env_file=None, **settings))
    slack.point_at(f"{found.address}/slack/events")
    yield found
    assert await found.stop()


async def measured(running: Running) -> str:
    """What `/metrics` tells."""
    async with aiohttp.ClientSession() as session, session.get(f"{running.address}/metrics") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        return await answer.text()


def value(text: str, sample: str) -> float:
    """One sample's value."""
    found = re.search(rf"^{re.escape(sample)} (\S+)$", text, re.M)
    assert found, sample
    return float(found[1])


def lines(written: str) -> list[dict[str, Any]]:
    """The lines of the log."""
    return [json.loads(line) for line in written.splitlines() if line.startswith("{")]


async def test_neither_figures_nor_log_tell_who_said_what(
    running: Running, slack: SlackDouble, capfd: pytest.CaptureFixture[str]
) -> None:
    for line in TYPED:
        await slack.command(ANN, ROOM, "/prep", line)
    await slack.mention(BOB, ROOM, f"give {SUPPLIER} price 3.60 -> {PRICE}")
    await slack.mention(ANN, SHARED, f"offer {SUPPLIER} theirs: price {PRICE}")
    await slack.dm(CAT, f"what is our BATNA for {SUPPLIER}?")
    await slack.command(GUS, GUESTS, "/prep", f"show {SUPPLIER}")
    await slack.command(OUT, SHARED, "/prep", f"show {SUPPLIER}")
    await running.bell.ring()
    text = await measured(running)
    out, err = capfd.readouterr()
    for word in HIDDEN:
        assert not re.search(rf"\b{re.escape(word)}\b", text, re.I), word
        assert not re.search(rf"\b{re.escape(word)}\b", out + err, re.I), word
    assert value(text, 'prep_turns_total{command="batna",face="slack",outcome="answered"}') >= 2
    assert value(text, 'prep_turns_total{command="offer",face="slack",outcome="refused"}') >= 1
    assert value(text, "prep_database_up") == 1
    assert text.count('face="slack"') > 10


async def test_every_label_is_on_a_list(running: Running, slack: SlackDouble) -> None:
    for line in TYPED:
        await slack.command(ANN, ROOM, "/prep", line)
    text = await measured(running)
    names = {command.name for command in all_commands()}
    assert set(re.findall(r'command="([^"]*)"', text)) <= names | {"guided", "unknown", "none"}
    labels = set(re.findall(r'[{,](\w+)="', text))
    assert labels <= {
        "face", "command", "outcome", "le", "platform", "kind", "version", "python", "database", "schema",
    }  # fmt: skip


async def test_a_turn_is_one_line_with_a_reference_of_its_own(
    running: Running, slack: SlackDouble, capfd: pytest.CaptureFixture[str]
) -> None:
    for line in (f"new quick {SUPPLIER}: {WHAT}", "stop", "help"):
        await slack.command(ANN, ROOM, "/prep", line)
    await measured(running)
    turns = [line for line in lines(capfd.readouterr().err) if line["event"] == "turn"]
    assert [(turn["command"], turn["outcome"], turn["level"]) for turn in turns] == [
        ("new", "answered", "info"), ("stop", "answered", "info"), ("help", "answered", "info"),
    ]  # fmt: skip
    assert len({turn["reference"] for turn in turns}) == 3
    assert all(re.fullmatch("[0-9a-f]{8}", turn["reference"]) for turn in turns)
    assert all(turn["face"] == "slack" and turn["ms"] > 0 for turn in turns)
    assert [turn["timestamp"] for turn in turns] == sorted(turn["timestamp"] for turn in turns)


async def test_what_breaks_is_told_by_the_same_reference_in_every_line(
    running: Running, slack: SlackDouble, capfd: pytest.CaptureFixture[str]
) -> None:
    await slack.command(ANN, ROOM, "/prep", "hub")
    core = running.app.core
    running.app.edge.core = Defective(running.app.database, core.router, core.answer)
    capfd.readouterr()
    await slack.command(ANN, ROOM, "/prep", f"new quick {SUPPLIER}: {WHAT}")
    await measured(running)
    told = slack.reading(slack.ephemerals(ROOM, ANN)[-1])
    found = lines(capfd.readouterr().err)
    reference = re.search(r"reference[^:]*: ([0-9a-f]{8})", told)
    assert reference
    about = [line["event"] for line in found if line.get("reference") == reference[1]]
    assert about == ["in_the_thread", "turn_failed", "turn"]
    assert WHAT not in str(found)


async def test_the_queue_is_told_and_the_database_is_asked_now_and_then(
    running: Running, slack: SlackDouble
) -> None:
    first = await measured(running)
    assert value(first, "prep_reminders_due") == 0
    assert value(first, "prep_scheduler_up") == 1
    asked: list[str] = []
    event.listen(running.app.database.engine, "before_cursor_execute", lambda *said: asked.append(said[2]))
    for _ in range(5):
        await measured(running)
    assert [
        said for said in asked if "min(" in said
    ] == []  # the bell rings meanwhile, and asks something else


async def test_posts_and_passes_are_counted(running: Running, slack: SlackDouble) -> None:
    await slack.command(ANN, ROOM, "/prep", "remind #room tomorrow call")
    await running.bell.ring()
    text = await measured(running)
    assert value(text, 'prep_delivery_passes_total{outcome="done"}') >= 1
    assert value(text, "prep_delivery_pass_seconds_count") >= 1
    assert value(text, "prep_delivery_last_pass_timestamp_seconds") > 0


async def test_a_pass_that_fails_is_counted_and_tells_no_values(
    sqlite_url: str, slack: SlackDouble, capfd: pytest.CaptureFixture[str]
) -> None:
    found = await start(Settings(_env_file=None, database_url=sqlite_url, port=0))  # type: ignore[call-arg]
    try:
        with found.app.database.writing() as handle:
            handle.connection.exec_driver_sql("ALTER TABLE owed_anew RENAME TO elsewhere")
        await found.bell.ring()
        text = await measured(found)
    finally:
        await found.stop()
    assert value(text, 'prep_delivery_passes_total{outcome="failed"}') == 1
    assert value(text, 'prep_database_errors_total{kind="operational"}') >= 1
    (failed,) = [line for line in lines(capfd.readouterr().err) if line["event"] == "delivery_failed"]
    assert (failed["level"], failed["kind"]) == ("error", "OperationalError")

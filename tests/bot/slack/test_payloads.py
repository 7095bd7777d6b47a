"""Real shapes of everything that Slack sends: handled, or politely ignored."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from aiohttp import web

from bot.app import build
from bot.config import Settings
from bot.slack.dispatch import alone
from bot.slack.endpoint import route
from bot.slack.needs import LOG_SHORTCUT, NEW_SHORTCUT
from tests.bot.slack.stage import START
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.sending import FORM
from tests.doubles.slack.serving import serve
from tests.doubles.slack.tickets import ResponseUrl

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "slack-payloads"
FILES = sorted(FOLDER.glob("*.json")) + sorted(FOLDER.glob("*.form"))
INTERACTIVE = {"block_actions", "view_submission", "view_closed", "shortcut", "message_action"}
pytestmark = pytest.mark.skipif(not FILES, reason="the samples of payloads are not beside this project")


@pytest.fixture
async def slack(sqlite_url: str) -> AsyncIterator[SlackDouble]:
    """A workspace with the ids of the samples."""
    app = build(Settings(database_url=sqlite_url, _env_file=None))  # type: ignore[call-arg]
    async with SlackDouble(clock=ManualClock(), burst=None) as double:
        world = double.world
        world.add_workspace("T111")
        world.add_user("W111", "primary-owner", "T111")
        world.add_user("W222", "second", "T111")
        world.add_channel("C111", "random", ["W111", "W222"], team="T111")
        ours, _ = alone(app.edge, "xoxb-T111", double.secret, lambda: START, api_url=double.api_url)
        served = web.Application()
        served.add_routes([route(ours.bolt, ours.signatures)])
        async with serve(served) as url:
            double.point_at(f"{url}/slack/events")
            yield double
            await ours.close()
    app.close()


async def sent(slack: SlackDouble, file: Path) -> Any:
    text = file.read_text(encoding="utf-8").strip()
    if file.suffix == ".form":
        return await slack.sender.raw(text, FORM)
    if json.loads(text)["type"] in INTERACTIVE:
        return await slack.sender.raw(urlencode({"payload": text}), FORM)
    return await slack.sender.raw(text, "application/json")


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name)
async def test_every_sample_is_acknowledged(
    slack: SlackDouble, file: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    answer = await sent(slack, file)
    assert answer.status == 200
    assert "slack_failed" not in capfd.readouterr().err
    assert slack.rejected == []


async def test_the_command_is_answered(slack: SlackDouble) -> None:
    answer = await sent(slack, FOLDER / "slash_command.form")
    assert answer.json["response_type"] == "ephemeral"


async def test_the_mention_is_answered_to_its_author(slack: SlackDouble) -> None:
    await sent(slack, FOLDER / "app_mention.json")
    assert len(slack.ephemerals("C111", "W222")) == 1


async def test_the_mention_from_a_shared_channel_is_not_for_this_workspace(slack: SlackDouble) -> None:
    await sent(slack, FOLDER / "app_mention_shared_channel.json")
    assert slack.world.said == []


@pytest.mark.parametrize("extra", [{}, {"user_team": "T_OTHER"}, {"source_team": "T_OTHER"}])
async def test_a_mention_from_elsewhere_is_refused(slack: SlackDouble, extra: dict[str, str]) -> None:
    body = json.loads((FOLDER / "app_mention.json").read_text(encoding="utf-8"))
    body["event"] |= extra
    slack.world.users["W222"].is_stranger = not extra
    await slack.sender.raw(json.dumps(body), "application/json")
    said = slack.ephemerals("C111", "W222")
    assert [slack.reading(m) for m in said] == ["Prep answers inside members of this workspace only."]


async def taken(slack: SlackDouble, name: str, callback: str, **changes: Any) -> None:
    """A sample of a shortcut as one of ours, with a trigger that works and an address for answering here."""
    body = json.loads((FOLDER / name).read_text(encoding="utf-8")) | changes
    body |= {"callback_id": callback, "trigger_id": slack.core.tickets.trigger("W111", "T111")}
    ticket = ResponseUrl("W111", "T111", "C111", slack.clock.now())
    if "response_url" in body:
        body["response_url"] = f"{slack.core.url}/response/{slack.core.tickets.url(ticket)}"
    await slack.sender.raw(urlencode({"payload": json.dumps(body)}), FORM)


async def test_the_shortcuts_open_their_forms(slack: SlackDouble) -> None:
    await taken(slack, "global_shortcut.json", NEW_SHORTCUT)
    assert "Supplier" in slack.reading(slack.view("W111"))
    await slack.submit("W111", {"Supplier": "Acme"})
    await taken(slack, "message_shortcut.json", LOG_SHORTCUT)
    assert "@W222 test" in slack.reading(slack.view("W111"))


async def test_a_shortcut_that_tells_of_another_team_is_refused(slack: SlackDouble) -> None:
    elsewhere = {"id": "T_OTHER", "domain": "other"}
    await taken(slack, "message_shortcut.json", LOG_SHORTCUT, team=elsewhere)
    assert slack.views == []
    (said,) = slack.ephemerals("C111", "W111")
    assert slack.reading(said) == "Prep answers inside members of this workspace only."


async def test_what_others_say_in_channels_is_not_heard(slack: SlackDouble) -> None:
    for name in (
        "message_channel.json",
        "message_bot.json",
        "message_file_share.json",
        "message_changed.json",
    ):
        await sent(slack, FOLDER / name)
    assert slack.world.said == []

"""`prepbot check`, the manifest, and the one list of what the code uses."""

from __future__ import annotations

import asyncio
import copy
from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from bot.config import Settings
from bot.slack import needs
from bot.slack.check import check, differences, manifests
from tests.bot.slack.stage import ANN, ROOM, Stage, populate
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.methods import SCOPES as NEEDED

ROOT = Path(__file__).resolve().parents[3]
MANIFEST_FITS = "ok       manifest.yml asks for exactly what the code uses"


@pytest.fixture
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((ROOT / "manifest.yml").read_text(encoding="utf-8"))
    return found


def test_the_manifest_asks_for_exactly_what_the_code_uses(manifest: dict[str, Any]) -> None:
    assert differences(manifest) == []


def test_what_is_missing_and_what_is_too_much_is_told(manifest: dict[str, Any]) -> None:
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    scopes.remove("commands")
    scopes += ["files:read", "chat:write"]
    manifest["settings"]["event_subscriptions"]["bot_events"].remove("message.im")
    manifest["features"]["slash_commands"][0]["should_escape"] = False
    manifest["settings"]["interactivity"]["is_enabled"] = False
    assert differences(manifest) == [
        "scope commands is missing",
        "scope files:read is not used",
        "scope chat:write stands twice",
        "event message.im is missing",
        "buttons are off",
        "a command does not escape channels and people",
    ]


@pytest.mark.parametrize("path", [("features",), ("settings",), ("oauth_config",)])
def test_half_a_manifest_is_no_crash(manifest: dict[str, Any], path: tuple[str, ...]) -> None:
    half = copy.deepcopy(manifest)
    half[path[0]] = None
    assert differences(half)


def test_each_method_has_the_scopes_that_slack_asks_for() -> None:
    for method, scopes in needs.METHODS.items():
        wanted = NEEDED.get(method, set())
        assert scopes <= wanted | {"users:read.email"}
        assert bool(scopes) == bool(wanted)


def test_no_scope_is_there_for_nothing() -> None:
    used = set().union(*needs.METHODS.values(), *needs.EVENTS.values(), {"commands"})
    assert used == needs.SCOPES


async def test_everything_works_with_these_scopes_alone(stage: Stage) -> None:
    assert stage.slack.world.workspaces["T0PREP"].scopes == needs.SCOPES
    private = stage.slack.world.add_channel("C6PRIV", "privy", [ANN], is_private=True)
    for channel in (ROOM, private.id):
        await stage.mention("hub", channel=channel)
        await stage.mention("help", channel=channel)
        await stage.face.directory.channel(channel)
        await stage.face.api.ask("conversations.history", channel=channel)
    await stage.dm("hub")
    await stage.press("Help", channel=stage.direct())
    await stage.face.api.ask("conversations.history", channel=stage.direct())
    assert [call.answer for call in stage.slack.rejected] == []


def checked(url: str, **changes: Any) -> list[str]:
    settings = Settings(
        _env_file=None,  # type: ignore[call-arg]
        slack_bot_token=SecretStr("xoxb-T0PREP"),
        slack_signing_secret=SecretStr("s"),
        slack_api_url=url,
    )
    return [finding.line for finding in check(settings.model_copy(update=changes))]


@pytest.mark.parametrize(
    ("scopes", "said"),
    [
        (needs.SCOPES, "ok       Slack      connects to T0PREP, scopes as needed"),
        (
            needs.SCOPES | {"files:write"},
            "ok       Slack      connects to T0PREP, scopes as needed; not needed: files:write",
        ),
        (
            needs.SCOPES - {"commands", "im:write"},
            "FAILED   Slack      the app lacks commands, im:write: take them from manifest.yml and install it again",
        ),
        (None, "ok       Slack      connects to T0PREP, scopes not told"),
    ],
)
async def test_the_token_is_tried(scopes: frozenset[str] | None, said: str) -> None:
    async with SlackDouble() as slack:
        populate(slack)
        slack.world.workspaces["T0PREP"].scopes = scopes
        assert await asyncio.to_thread(checked, slack.api_url) == [said, MANIFEST_FITS]


async def test_a_token_that_does_not_work_is_told_without_it() -> None:
    async with SlackDouble() as slack:
        wrong = await asyncio.to_thread(checked, slack.api_url)
    failed = "FAILED   Slack      the bot token does not work: Slack"
    assert wrong == [f"{failed} says invalid_auth", MANIFEST_FITS]
    silent = await asyncio.to_thread(checked, "http://127.0.0.1:1/api/")
    assert silent == [f"{failed} does not answer", MANIFEST_FITS]


async def test_the_apps_own_token_is_tried_in_socket_mode() -> None:
    by_http = f"{MANIFEST_FITS}; socket_mode_enabled has to be true with SLACK_APP_TOKEN"
    async with SlackDouble() as slack:
        populate(slack)
        right, wrong = SecretStr(slack.sockets.token), SecretStr("xapp-hunter2")
        told = [
            await asyncio.to_thread(checked, slack.api_url, slack_app_token=token, slack_signing_secret=None)
            for token in (right, wrong)
        ]
        assert slack.sockets.opened == 0
    connects = "ok       Slack      connects to T0PREP, scopes as needed"
    works = "ok       Slack      Socket Mode: Slack sends over a connection that Prep opens"
    failed = "FAILED   Slack      SLACK_APP_TOKEN does not work: Slack says invalid_auth"
    assert told == [[connects, works, by_http], [connects, failed, by_http]]


def test_a_scope_that_may_be_granted_is_neither_missed_nor_too_much(manifest: dict[str, Any]) -> None:
    manifest["oauth_config"]["scopes"]["bot"].append("assistant:write")
    assert differences(manifest) == []


def test_shortcuts_are_compared_by_id_name_and_kind(manifest: dict[str, Any]) -> None:
    shortcuts = manifest["features"]["shortcuts"]
    shortcuts[0]["type"] = "global"
    assert differences(manifest) == ["a shortcut is of the wrong kind"]
    del shortcuts[0]
    shortcuts.append({"callback_id": "other", "name": "Other", "type": "global", "description": "x"})
    assert differences(manifest) == ["shortcut log_concession is missing", "shortcut other is not used"]


def test_half_a_configuration_is_told() -> None:
    assert checked("http://127.0.0.1:1/api/", slack_signing_secret=None) == [
        "FAILED   Slack      not set: SLACK_SIGNING_SECRET"
    ]


def test_a_manifest_is_compared_wherever_prep_is_started(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert [file.name for file in manifests()] == ["manifest.yml"]
    Path("manifest.yml").write_text("features: {}\n", encoding="utf-8")
    assert manifests()[0] == Path("manifest.yml")

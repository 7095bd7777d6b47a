"""What is signed and yet garbled: refused or passed over, never an error of ours, and nothing is done."""

from __future__ import annotations

import copy
import json
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

import pytest
from aiohttp import ClientSession, web

from bot.slack.endpoint import route
from bot.slack.shape import is_sound
from tests.bot.slack.stage import ANN, ROOM
from tests.doubles.slack.serving import serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from tests.bot.slack.stage import Stage

_GARBLED = (None, "", "x", 7, [], {}, [7], {"id": 7})
_TEAM = {"id": "T0PREP", "domain": "prep"}
_USER = {"id": ANN, "name": "ann", "team_id": "T0PREP"}
_COMMON = {"team": _TEAM, "user": _USER, "trigger_id": "1.2.3", "api_app_id": "A0"}
_BLOCK = {
    "type": "input", "block_id": "0:0:until", "label": {"type": "plain_text", "text": "Day"},
    "element": {"type": "plain_text_input", "action_id": "value"},
}  # fmt: skip
_VIEW = {
    "id": "V1", "type": "modal", "callback_id": "form", "blocks": [_BLOCK],
    "private_metadata": json.dumps({"words": "help", "channel": ROOM}),
    "state": {"values": {"0:0:until": {"value": {"type": "plain_text_input", "value": "1 day"}}}},
}  # fmt: skip
PRESS = {
    **_COMMON, "type": "block_actions", "channel": {"id": ROOM, "name": "room"},
    "container": {"type": "message", "message_ts": "1.1", "channel_id": ROOM}, "message": {"ts": "1.1", "user": "U0BOT"},
    "actions": [{"type": "button", "action_id": "say:0", "block_id": "b", "value": "help"}],
}  # fmt: skip
FORM = {**_COMMON, "type": "view_submission", "view": _VIEW}
SHORTCUT = {
    **_COMMON, "type": "message_action", "callback_id": "log_concession", "channel": {"id": ROOM},
    "message": {"ts": "1.1", "user": ANN, "text": "x"},
}  # fmt: skip
MENTION = {
    "type": "event_callback", "team_id": "T0PREP", "event_id": "Ev1", "authorizations": [{"team_id": "T0PREP"}],
    "event": {"type": "app_mention", "user": ANN, "channel": ROOM, "ts": "5.1", "text": "<@U0BOT> help"},
}  # fmt: skip
CHANGED = {"type": "event_callback", "event": {"type": "user_change", "user": {"id": ANN, "name": "ann"}}}


def spoilt(payload: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[tuple[Any, ...], Any]]:
    """Every place of a payload, by its path."""
    keys = (
        payload.keys()
        if isinstance(payload, dict)
        else range(len(payload))
        if isinstance(payload, list)
        else ()
    )
    for key in keys:
        yield (*path, key), payload[key]
        yield from spoilt(payload[key], (*path, key))


def garbled(payload: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The payload with one place of it spoilt or taken away, in every way."""
    for path, _ in spoilt(payload):
        for instead in (*_GARBLED, KeyError):
            made = copy.deepcopy(payload)
            at: Any = made
            for key in path[:-1]:
                at = at[key]
            if instead is KeyError:
                del at[path[-1]]
            else:
                at[path[-1]] = instead
            yield made


@pytest.fixture
async def served(stage: Stage) -> AsyncIterator[Stage]:
    """The stage, with Prep's own route."""
    app = web.Application()
    app.add_routes([route(stage.ours.bolt, stage.ours.signatures)])
    async with serve(app) as url:
        stage.slack.point_at(f"{url}/slack/events")
        yield stage


@pytest.mark.parametrize("payload", [PRESS, FORM, SHORTCUT, MENTION, CHANGED], ids=lambda one: one["type"])
async def test_no_garbled_payload_is_an_error_of_ours(
    served: Stage, payload: dict[str, Any], capfd: pytest.CaptureFixture[str]
) -> None:
    seen: dict[int | None, int] = {}
    wrong: list[Any] = []
    for number, body in enumerate(garbled(payload)):
        if payload["type"] == "event_callback":
            done = await served.slack.sender.json(body | {"event_id": f"Ev{number}"})
        else:
            done = await served.slack.sender.form({"payload": json.dumps(body)})
        await served.settled()
        said = capfd.readouterr().err
        if done.status not in {200, 400, 404} or "failed" in said:  # 404: a kind that nothing listens to
            wrong.append((done.status, body, said))
        seen[done.status] = seen.get(done.status, 0) + 1
    assert wrong == []
    assert seen.get(400), seen
    assert seen.get(200), seen


@pytest.mark.parametrize(
    "body",
    [{**PRESS, "actions": []}, {**FORM, "view": None}, {**PRESS, "actions": {}}, {**MENTION, "event": {}}],
    ids=["no-action", "no-view", "actions-of-another-kind", "no-event"],
)
async def test_it_is_refused(served: Stage, body: dict[str, Any]) -> None:
    assert (await served.slack.sender.form({"payload": json.dumps(body)})).status == 400
    assert served.public() == []


def test_what_slack_sends_is_sound() -> None:
    for payload in (PRESS, FORM, SHORTCUT, MENTION, CHANGED, {"type": "url_verification", "challenge": "x"}):
        assert is_sound(payload)
    assert not is_sound([])


async def test_what_is_garbled_and_not_signed_is_refused_as_that(served: Stage) -> None:
    body = urlencode({"payload": json.dumps({**PRESS, "actions": []})})
    forged = served.slack.sender.signed("another body")
    async with (
        ClientSession() as http,
        http.post(served.slack.sender.url, data=body, headers=forged) as answer,
    ):
        assert answer.status == 401

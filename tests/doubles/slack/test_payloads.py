"""The payloads carry everything that Slack's own samples carry."""

from __future__ import annotations

import json
import urllib.parse
from pathlib import Path
from typing import Any

import pytest

from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.modals import checked_view, put
from tests.doubles.slack.sending import Delivery
from tests.doubles.slack.tiny_app import MODAL, button
from tests.doubles.slack.world import Message

SAMPLES = Path(__file__).parents[4] / "shared" / "data" / "slack-payloads"
pytestmark = pytest.mark.skipif(
    not SAMPLES.is_dir(), reason="the payload samples are not beside the checkout"
)

LEGACY = {"/authed_users"}
OF_PEOPLE = {
    "/event/message/blocks",
    "/event/previous_message/blocks",
    "/message/blocks",
    "/message/client_msg_id",
}
DEFAULTS = {"/view/blocks/0/optional"}


def missing(sample: Any, own: Any, path: str = "") -> set[str]:
    """Places that a sample has and a payload lacks."""
    if isinstance(sample, dict):
        found = {f"{path}/{key}" for key in sample if not isinstance(own, dict) or key not in own}
        return found.union(
            *(missing(sample[k], own[k], f"{path}/{k}") for k in sample if f"{path}/{k}" not in found)
        )
    if isinstance(sample, list) and sample:
        return missing(sample[0], own[0], f"{path}/0") if own else {f"{path}/0"}
    return set()


def sample(name: str) -> Any:
    text = (SAMPLES / name).read_text()
    return json.loads(text) if name.endswith(".json") else dict(urllib.parse.parse_qsl(text.strip()))


def sent(delivery: Delivery) -> Any:
    if delivery.content_type == "application/json":
        return json.loads(delivery.sent)
    form = dict(urllib.parse.parse_qsl(delivery.sent, keep_blank_values=True))
    return json.loads(form["payload"]) if "payload" in form else form


@pytest.fixture
def enterprise(app: SlackDouble) -> SlackDouble:
    app.world.workspaces["T0PREP"].enterprise_id = "E1"
    app.core.pace.burst = None
    return app


async def test_commands_and_events(enterprise: SlackDouble) -> None:
    slack = enterprise
    pairs = {
        "slash_command.form": await slack.command("U1ANNA", "C1ACME", "/prep", "x"),
        "app_mention.json": await slack.mention("U1ANNA", "C1ACME", "x"),
        "app_mention_shared_channel.json": await slack.mention("U9OUT", "C3SHARED", "x"),
        "message_channel.json": await slack.dm("U1ANNA", "x"),
    }
    said = slack.direct_messages("U1ANNA")[0]
    pairs["message_changed.json"] = await slack.edit("U1ANNA", said, "y")
    for name, delivery in pairs.items():
        assert missing(sample(name), sent(delivery)) <= LEGACY | OF_PEOPLE, name


async def test_interactions(enterprise: SlackDouble) -> None:
    slack, said = enterprise, enterprise.say("U1ANNA", "C1ACME", "x")
    label = {"type": "plain_text", "text": "Go", "emoji": True}
    blocks = [
        {"type": "actions", "block_id": "b", "elements": [button("Go", "more", value="v") | {"text": label}]}
    ]
    private = Message("C1ACME", "1.1", "UBOT0PREP", "t", blocks, only_for="U1ANNA", team="T0PREP")
    slack.world.said.append(private)
    pairs = {
        "global_shortcut.json": await slack.shortcut("U1ANNA", "log"),
        "message_shortcut.json": await slack.message_shortcut("U1ANNA", said, "log"),
        "block_actions_ephemeral.json": await slack.press("U1ANNA", "C1ACME", "Go"),
    }
    field = [
        {
            "type": "input",
            "block_id": "hspI",
            "label": label,
            "element": {"type": "plain_text_input", "action_id": "maBWU"},
        }
    ]
    whole = MODAL | {"private_metadata": "x", "close": label, "blocks": field}
    for name, done in (("view_submission.json", slack.submit), ("view_closed.json", slack.dismiss)):
        view = put(slack.core, "U1ANNA", "T0PREP", checked_view(slack.core, whole, "modal"))
        view.state = {"hspI": {"maBWU": {"type": "plain_text_input", "value": "test"}}}
        delivery = await done("U1ANNA")
        assert delivery is not None
        pairs[name] = delivery
    for name, delivery in pairs.items():
        assert missing(sample(name), sent(delivery)) <= OF_PEOPLE | DEFAULTS, name

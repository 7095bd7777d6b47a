"""A real client against the Web API: what it takes, what it refuses, and in which words."""

from __future__ import annotations

import json
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.webhook.async_client import AsyncWebhookClient

from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.tickets import ResponseUrl
from tests.doubles.slack.tiny_app import error_of


async def test_the_bot_knows_itself(client: AsyncWebClient) -> None:
    assert (await client.auth_test())["user_id"] == "UBOT0PREP"
    assert (await client.bots_info(bot="B0PREP"))["bot"]["app_id"] == "A0PREP"


async def test_tokens_are_checked(slack: SlackDouble) -> None:
    wrong = AsyncWebClient(token="xoxb-wrong", base_url=slack.api_url)
    none = AsyncWebClient(base_url=slack.api_url)
    right = AsyncWebClient(token="xoxb-T0PREP", base_url=slack.api_url)
    assert await error_of(wrong.auth_test()) == "invalid_auth"
    assert await error_of(none.auth_test()) == "not_authed"
    slack.world.workspaces["T0PREP"].revoked = True
    assert await error_of(right.auth_test()) == "token_revoked"


async def test_missing_scopes_are_named(slack: SlackDouble, client: AsyncWebClient) -> None:
    slack.world.workspaces["T0PREP"].scopes = frozenset({"chat:write", "channels:read"})
    await client.conversations_info(channel="C1ACME")
    with pytest.raises(SlackApiError) as caught:
        await client.users_info(user="U1ANNA")
    assert caught.value.response["needed"] == "users:read"
    assert await error_of(client.conversations_history(channel="C1ACME")) == "missing_scope"


async def test_a_post_is_kept_with_its_thread_and_metadata(
    slack: SlackDouble, client: AsyncWebClient
) -> None:
    metadata = {"event_type": "reminder", "event_payload": {"id": "r1"}}
    posted = await client.chat_postMessage(channel="C1ACME", text="due", metadata=metadata)
    assert slack.last("C1ACME").ts == posted["ts"]
    plain = await client.conversations_history(channel="C1ACME")
    whole = await client.conversations_history(channel="C1ACME", include_all_metadata=True)
    assert plain["messages"][0]["metadata"] == {"event_type": "reminder"}
    assert whole["messages"][0]["metadata"] == metadata


@pytest.mark.parametrize(
    ("channel", "error"),
    [
        ("C2OPEN", "not_in_channel"),
        ("C404", "channel_not_found"),
        ("C5OLD", "is_archived"),
        ("C6", "channel_not_found"),
    ],
)
async def test_where_the_bot_cannot_post(
    slack: SlackDouble, client: AsyncWebClient, channel: str, error: str
) -> None:
    slack.world.add_channel("C5OLD", "old", ["U1ANNA"], is_archived=True)
    slack.world.add_channel("C6", "secret", ["U1ANNA"], bot=False, is_private=True)
    assert await error_of(client.chat_postMessage(channel=channel, text="x")) == error


async def test_what_is_no_message(client: AsyncWebClient) -> None:
    assert await error_of(client.api_call("chat.postMessage", json={"channel": "C1ACME"})) == "no_text"
    long = await error_of(client.chat_postEphemeral(channel="C1ACME", user="U1ANNA", text="x" * 40_001))
    assert long == "msg_too_long"
    assert await error_of(client.api_call("chat.postMessage", json={"text": "x"})) == "invalid_arguments"
    assert await error_of(client.api_call("chat.nonsense")) == "unknown_method"


async def test_invalid_blocks_say_where(client: AsyncWebClient) -> None:
    blocks = [{"type": "section", "text": {"type": "mrkdwn", "text": "x" * 3001}}]
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postEphemeral(channel="C1ACME", user="U1ANNA", text="x", blocks=blocks)
    assert caught.value.response["error"] == "invalid_blocks"
    assert caught.value.response["response_metadata"]["messages"] == [
        "[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]"
    ]


async def test_blocks_in_a_form_and_without_text_are_taken_with_a_warning(
    slack: SlackDouble, client: AsyncWebClient, clock: ManualClock
) -> None:
    blocks = json.dumps([{"type": "divider"}])
    posted = await client.api_call("chat.postMessage", data={"channel": "C1ACME", "blocks": blocks})
    assert posted["warning"] == "missing_text_in_message"
    assert slack.last("C1ACME").warnings == ["missing_text_in_message"]
    broken = client.api_call("chat.postMessage", data={"channel": "C1ACME", "blocks": "[{"})
    clock.advance(1)
    assert await error_of(broken) == "invalid_blocks_format"


async def test_about_one_post_a_second_a_channel(
    slack: SlackDouble, client: AsyncWebClient, clock: ManualClock
) -> None:
    await client.chat_postMessage(channel="C1ACME", text="1")
    with pytest.raises(SlackApiError) as caught:
        await client.chat_postMessage(channel="C1ACME", text="2")
    assert caught.value.response.status_code == 429
    assert caught.value.response.headers["Retry-After"] == "1"
    await client.chat_postMessage(channel="C3SHARED", text="elsewhere")
    clock.advance(1)
    await client.chat_postMessage(channel="C1ACME", text="2")
    assert [m.text for m in slack.messages("C1ACME")] == ["1", "2"]


async def test_ephemerals_go_to_members_and_may_be_lost(slack: SlackDouble, client: AsyncWebClient) -> None:
    slack.world.users["U2BEN"].active = False
    await client.chat_postEphemeral(channel="C1ACME", user="U2BEN", text="psst")
    assert [m.seen for m in slack.ephemerals("C1ACME", "U2BEN")] == [False]
    assert slack.messages("C1ACME") == []
    assert "psst" not in slack.transcript("C1ACME", "U2BEN")
    outside = client.chat_postEphemeral(channel="C1ACME", user="U9OUT", text="psst")
    assert await error_of(outside) == "user_not_in_channel"


async def test_messages_are_changed_and_deleted_by_their_author_only(
    slack: SlackDouble, client: AsyncWebClient
) -> None:
    posted = await client.chat_postMessage(channel="C1ACME", text="old", blocks=[{"type": "divider"}])
    await client.chat_update(channel="C1ACME", ts=posted["ts"], text="new")
    assert (slack.last("C1ACME").text, slack.last("C1ACME").blocks) == ("new", [])
    assert slack.last("C1ACME").earlier[0][0] == "old"
    foreign = slack.say("U1ANNA", "C1ACME", "mine")
    assert (
        await error_of(client.chat_update(channel="C1ACME", ts=foreign.ts, text="x")) == "cant_update_message"
    )
    assert await error_of(client.chat_delete(channel="C1ACME", ts=foreign.ts)) == "cant_delete_message"
    await client.chat_delete(channel="C1ACME", ts=posted["ts"])
    assert (
        await error_of(client.chat_update(channel="C1ACME", ts=posted["ts"], text="x")) == "message_not_found"
    )


async def test_members_come_in_pages(slack: SlackDouble, client: AsyncWebClient) -> None:
    first = await client.conversations_members(channel="C1ACME", limit=2)
    cursor = first["response_metadata"]["next_cursor"]
    second = await client.conversations_members(channel="C1ACME", limit=2, cursor=cursor)
    assert first["members"] + second["members"] == ["U1ANNA", "U2BEN", "UBOT0PREP"]
    assert second["response_metadata"]["next_cursor"] == ""
    assert await error_of(client.conversations_members(channel="C1ACME", cursor="?")) == "invalid_cursor"


async def test_channels_and_people_tell_who_is_outside(slack: SlackDouble, client: AsyncWebClient) -> None:
    shared = (await client.conversations_info(channel="C3SHARED"))["channel"]
    assert (shared["is_ext_shared"], shared["is_shared"]) == (True, True)
    stranger = (await client.users_info(user="U9OUT", include_locale=True))["user"]
    assert (stranger["team_id"], stranger["is_stranger"], stranger["locale"]) == ("T9ACME", True, "en-US")
    slack.world.add_user("U8", "unseen", "T8")
    assert await error_of(client.users_info(user="U8")) == "user_not_visible"
    assert await error_of(client.users_info(user="U7")) == "user_not_found"


async def test_direct_messages_are_opened_once(slack: SlackDouble, client: AsyncWebClient) -> None:
    one = await client.conversations_open(users=["U1ANNA"])
    two = await client.conversations_open(users="U1ANNA")
    assert one["channel"]["id"] == two["channel"]["id"]
    group = await client.conversations_open(users=["U1ANNA", "U2BEN"], return_im=True)
    assert group["channel"]["is_mpim"]
    await client.chat_postMessage(channel="U1ANNA", text="hello")
    assert slack.last(one["channel"]["id"]).text == "hello"


async def test_threads_are_read_by_replies_only(
    slack: SlackDouble, client: AsyncWebClient, clock: ManualClock
) -> None:
    parent = slack.say("U1ANNA", "C1ACME", "parent")
    await client.chat_postMessage(channel="C1ACME", text="reply", thread_ts=parent.ts)
    history = await client.conversations_history(channel="C1ACME")
    replies = await client.conversations_replies(channel="C1ACME", ts=parent.ts)
    assert [m["text"] for m in history["messages"]] == ["parent"]
    assert [m["text"] for m in replies["messages"]] == ["parent", "reply"]
    assert await error_of(client.conversations_history(channel="C2OPEN")) == "not_in_channel"
    assert await error_of(client.conversations_replies(channel="C1ACME", ts="1.0")) == "thread_not_found"


async def test_a_response_url_works_five_times(slack: SlackDouble, clock: ManualClock) -> None:
    ticket = ResponseUrl("U1ANNA", "T0PREP", "C1ACME", clock.now())
    hook = AsyncWebhookClient(f"{slack.core.url}/response/{slack.core.tickets.url(ticket)}")
    answers = [await hook.send(text=str(number), response_type="in_channel") for number in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 5 + [404]
    assert (answers[0].body, json.loads(answers[5].body)["error"]) == ("ok", "used_url")
    assert [m.text for m in slack.messages("C1ACME")] == ["0", "1", "2", "3", "4"]


async def test_a_response_url_works_half_an_hour(slack: SlackDouble, clock: ManualClock) -> None:
    ticket = ResponseUrl("U1ANNA", "T0PREP", "C2OPEN", clock.now())
    hook = AsyncWebhookClient(f"{slack.core.url}/response/{slack.core.tickets.url(ticket)}")
    assert (await hook.send(text="private")).status_code == 200
    clock.advance(30 * 60 + 1)
    assert "expired_url" in (await hook.send(text="late")).body
    assert [m.text for m in slack.ephemerals("C2OPEN", "U1ANNA")] == ["private"]


async def test_a_response_url_deletes_the_original(
    slack: SlackDouble, client: AsyncWebClient, clock: ManualClock
) -> None:
    posted = await client.chat_postMessage(channel="C1ACME", text="old")
    ticket = ResponseUrl("U1ANNA", "T0PREP", "C1ACME", clock.now(), posted["ts"])
    hook = AsyncWebhookClient(f"{slack.core.url}/response/{slack.core.tickets.url(ticket)}")
    assert (await hook.send(delete_original=True)).status_code == 200
    assert slack.messages("C1ACME") == []


async def test_a_picture_is_uploaded_to_a_direct_message(slack: SlackDouble, client: AsyncWebClient) -> None:
    channel = (await client.conversations_open(users="U1ANNA"))["channel"]["id"]
    await client.files_upload_v2(
        channel=channel, content=b"png", filename="chart.png", initial_comment="chart"
    )
    assert slack.last(channel).arguments["files"][0]["title"] == "chart.png"
    assert [held["content"] for held in slack.world.files.values()] == [b"png"]


async def test_an_installation_gets_its_token_once(slack: SlackDouble) -> None:
    slack.world.codes["code"] = "T0PREP"
    anybody = AsyncWebClient(base_url=slack.api_url)

    def access() -> Any:
        return anybody.api_call(
            "oauth.v2.access", data={"client_id": "1", "client_secret": "2", "code": "code"}
        )

    assert (await access())["access_token"] == "xoxb-T0PREP"
    assert await error_of(access()) == "invalid_code"


async def test_an_ephemeral_in_a_thread_shows_only_where_somebody_replied(
    slack: SlackDouble, client: AsyncWebClient
) -> None:
    parent = slack.say("U1ANNA", "C1ACME", "parent")

    async def whisper() -> tuple[bool, list[str]]:
        await client.chat_postEphemeral(channel="C1ACME", user="U1ANNA", text="psst", thread_ts=parent.ts)
        message = slack.ephemerals("C1ACME", "U1ANNA")[-1]
        return message.seen, message.warnings

    assert await whisper() == (False, ["thread_not_active"])
    reply = slack.say("U2BEN", "C1ACME", "reply", thread_ts=parent.ts)
    assert await whisper() == (True, [])
    posted = await client.chat_postMessage(channel="C1ACME", text="deeper", thread_ts=reply.ts)
    assert posted["warning"] == "thread_of_a_reply"

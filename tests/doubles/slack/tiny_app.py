"""A small Bolt app to try the double with: a command, mentions, a button, a menu, a form, a Home."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from slack_bolt.async_app import AsyncApp
from slack_sdk.errors import SlackApiError
from slack_sdk.http_retry.builtin_async_handlers import AsyncRateLimitErrorRetryHandler
from slack_sdk.web.async_client import AsyncWebClient

if TYPE_CHECKING:
    from slack_sdk.http_retry.async_handler import AsyncRetryHandler

    from tests.doubles.slack.double import SlackDouble

MODAL: dict[str, Any] = {
    "type": "modal",
    "callback_id": "offer",
    "notify_on_close": True,
    "title": {"type": "plain_text", "text": "Offer"},
    "submit": {"type": "plain_text", "text": "Save"},
    "blocks": [
        {
            "type": "input",
            "block_id": "price",
            "label": {"type": "plain_text", "text": "Price"},
            "element": {"type": "number_input", "action_id": "value", "is_decimal_allowed": True},
        },
        {
            "type": "input",
            "block_id": "how",
            "optional": True,
            "label": {"type": "plain_text", "text": "How"},
            "element": {
                "type": "static_select",
                "action_id": "value",
                "options": [
                    {"text": {"type": "plain_text", "text": "Verbal"}, "value": "v"},
                    {"text": {"type": "plain_text", "text": "In writing"}, "value": "w"},
                ],
            },
        },
    ],
}


MENU: dict[str, Any] = {
    "type": "overflow",
    "action_id": "pick",
    "options": [
        {"text": {"type": "plain_text", "text": "1 day"}, "value": "one"},
        {"text": {"type": "plain_text", "text": "3 days"}, "value": "three"},
    ],
}
DATE: dict[str, Any] = {"type": "datepicker", "action_id": "date"}
HOME: dict[str, Any] = {"type": "home", "blocks": [{"type": "divider"}]}


def button(label: str, action: str, **more: Any) -> dict[str, Any]:
    return {
        "type": "button",
        "action_id": action,
        "text": {"type": "plain_text", "text": label},
        **more,
    }


def section(text: str, kind: str = "mrkdwn") -> dict[str, Any]:
    return {"type": "section", "text": {"type": kind, "text": text}}


async def error_of(call: Any) -> str:
    """The code with which Slack refuses a call."""
    try:
        await call
    except SlackApiError as error:
        return str(error.response["error"])
    raise AssertionError("the call was taken")


def tiny_app(slack: SlackDouble) -> AsyncApp:
    """Answers /prep, mentions and direct messages; one button, one form."""
    retry: list[AsyncRetryHandler] = [AsyncRateLimitErrorRetryHandler(max_retry_count=3)]
    web = AsyncWebClient(token="xoxb-T0PREP", base_url=slack.api_url, retry_handlers=retry)
    app = AsyncApp(client=web, signing_secret=slack.secret, process_before_response=True)

    @app.command("/prep")
    async def command(ack: Any, body: Any, respond: Any, client: Any) -> None:
        if body["text"] == "form":
            await client.views_open(trigger_id=body["trigger_id"], view=MODAL)
        elif body["text"] == "menu":
            await respond(text="pick", blocks=[{"type": "actions", "elements": [MENU, DATE]}])
        elif body["text"] == "ack":
            await ack(text="told in the acknowledgement")
            return
        else:
            buttons = {"type": "actions", "elements": [button("Show more", "more", value="acme")]}
            await respond(text="answer ready", blocks=[section(f"*You* said {body['text']}"), buttons])
        await ack()

    @app.event("app_mention")
    async def mention(event: Any, say: Any, context: Any) -> None:
        await say(text=f"heard {event['text']}", thread_ts=event.get("thread_ts") or event["ts"])

    @app.event("message")
    async def message(event: Any, say: Any) -> None:
        await say(text=f"{event.get('subtype', 'said')}: {event.get('text', '')}")

    _interactions(app)
    _home(app)
    _forms(app)
    return app


def _interactions(app: AsyncApp) -> None:
    @app.action("more")
    async def more(ack: Any, body: Any, respond: Any) -> None:
        await ack()
        await respond(text=f"more about {body['actions'][0]['value']}", replace_original=True)

    @app.action("pick")
    async def pick(ack: Any, body: Any, say: Any) -> None:
        await ack()
        await say(text=f"picked {body['actions'][0]['selected_option']['value']}")

    @app.action("date")
    async def date(ack: Any, body: Any, say: Any) -> None:
        await ack()
        await say(text=f"on {body['actions'][0]['selected_date']}")


def _home(app: AsyncApp) -> None:
    @app.event("app_home_opened")
    async def home(event: Any, client: Any) -> None:
        actions = {"type": "actions", "elements": [button("Again", "again")]}
        await client.views_publish(user_id=event["user"], view=HOME | {"blocks": [section("Plans"), actions]})

    @app.action("again")
    async def again(ack: Any, body: Any, client: Any) -> None:
        await ack()
        view = HOME | {"blocks": [section("Plans again")]}
        await client.views_update(view_id=body["view"]["id"], hash=body["view"]["hash"], view=view)

    @app.event("member_joined_channel")
    async def joined(event: Any, say: Any) -> None:
        await say(text=f"welcome {event['user']} of {event['team']}")


def _forms(app: AsyncApp) -> None:
    @app.view("offer")
    async def submitted(ack: Any, view: Any, body: Any, client: Any) -> None:
        price = view["state"]["values"]["price"]["value"]["value"]
        if price == "2":
            await ack(
                response_action="push", view=MODAL | {"title": {"type": "plain_text", "text": "x" * 25}}
            )
        elif price == "3":
            await ack(response_action="push", view=MODAL)
        elif price == "4":
            await ack(response_action="errors", errors={"nowhere": "?"})
        elif price == "5":
            await ack(response_action="clear")
        elif price == "0":
            await ack(response_action="errors", errors={"price": "more than nothing"})
        elif price == "1":
            await ack(response_action="update", view=MODAL | {"callback_id": "second"})
        else:
            await ack()
            await client.chat_postMessage(channel=body["user"]["id"], text=f"noted {price}")

    @app.view_closed("offer")
    async def closed(ack: Any, body: Any, client: Any) -> None:
        await ack()
        await client.chat_postMessage(channel=body["user"]["id"], text="closed without saving")

    @app.shortcut("log")
    async def shortcut(ack: Any, shortcut: Any, client: Any) -> None:
        await ack()
        await client.views_open(trigger_id=shortcut["trigger_id"], view=MODAL)

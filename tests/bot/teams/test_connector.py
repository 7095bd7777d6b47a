"""What comes in from Teams, against a double of the Bot Connector."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.connector import (
    Connector,
    reference_of,
)
from tests.bot.teams.stage import ANNA, BEN, CARD, spoken, with_card
from tests.doubles.teams import cards
from tests.doubles.teams.world import OTHER_TENANT

if TYPE_CHECKING:
    from tests.bot.teams.stage import Bot


class TestIn:
    async def test_a_message_arrives_as_it_was_sent(self, bot: Bot) -> None:
        sent = bot.client.typed(ANNA, "batna acme", bot.teams.personal(ANNA))
        sent["recipient"]["isTargeted"] = True
        sent["nobodyKnowsThis"] = {"deep": [1, None, "x"]}
        answer = await bot.client.deliver(sent)
        assert (answer.status, answer.body) == (200, None)
        assert bot.heard == [sent]

    async def test_what_is_returned_answers_an_invoke(self, bot: Bot) -> None:
        bot.answer = {"task": {"type": "continue", "value": {"title": "Log it", "list": [1, "two", None]}}}
        answer = await bot.client.invoke(ANNA, "task/fetch", {"data": {}}, bot.teams.personal(ANNA))
        assert (answer.status, answer.body) == (200, bot.answer)

    async def test_an_invoke_without_an_answer_is_a_success_without_a_body(self, bot: Bot) -> None:
        answer = await bot.client.invoke(ANNA, "task/fetch", {}, bot.teams.personal(ANNA))
        assert (answer.status, answer.body) == (200, None)

    async def test_what_is_returned_for_a_message_goes_nowhere(self, bot: Bot) -> None:
        bot.answer = {"secret": 1}
        answer = await bot.client.message(ANNA, "hello", bot.teams.personal(ANNA))
        assert (answer.status, answer.body) == (200, None)

    async def test_a_failed_turn_is_reported_and_not_asked_for_again(self, bot: Bot) -> None:
        bot.answer = RuntimeError("broken")
        assert (await bot.client.message(ANNA, "hello", bot.teams.personal(ANNA))).status == 200
        assert bot.errors == [bot.answer]

    async def test_a_failed_invoke_says_so_to_the_one_who_waits(self, bot: Bot) -> None:
        bot.answer = RuntimeError("broken")
        assert (await bot.client.invoke(ANNA, "task/fetch", {}, bot.teams.personal(ANNA))).status == 500
        assert bot.errors == [bot.answer]

    @pytest.mark.parametrize(
        "body",
        [
            [],
            "text",
            7,
            {},
            {"type": "message"},
            {"type": 1, "channelId": "msteams", "serviceUrl": "x"},
        ],
    )
    async def test_what_is_no_activity_is_a_bad_request(self, bot: Bot, body: object) -> None:
        assert (await bot.client.deliver(body)).status == 400
        assert not bot.heard

    @pytest.mark.parametrize("missing", ["type", "channelId", "serviceUrl", "conversation"])
    async def test_an_activity_needs_its_envelope(self, bot: Bot, missing: str) -> None:
        activity = bot.client.typed(ANNA, "hello", bot.teams.personal(ANNA))
        del activity[missing]
        assert (await bot.client.deliver(activity)).status == 400

    async def test_the_parts_that_may_be_missing_may_be_missing(self, bot: Bot) -> None:
        activity = bot.client.event(ANNA, bot.teams.personal(ANNA), "installationUpdate", action="remove")
        for part in ("from", "recipient", "channelData", "locale", "id"):
            del activity[part]
        assert (await bot.client.deliver(activity)).status == 200
        assert reference_of(bot.heard[0])["member"] == {"id": None, "aad_id": None}

    async def test_without_authentication_answers_go_to_this_machine_only(self, bot: Bot) -> None:
        activity = bot.client.typed(ANNA, "hello", bot.teams.personal(ANNA))
        answer = await bot.client.deliver({**activity, "serviceUrl": "https://example.com/"})
        assert answer.status == 401
        assert not bot.heard

    async def test_buttons(self, bot: Bot) -> None:
        place = bot.teams.channel(ANNA)
        await bot.connector.send(await spoken(bot, ANNA, place), with_card(CARD))
        (post,) = bot.teams.visible(place)
        bot.answer = {
            "statusCode": 200,
            "type": "application/vnd.microsoft.activity.message",
            "value": "noted",
        }
        assert (await bot.client.press(ANNA, post, "Yes", why="because")).body == bot.answer
        pressed = bot.heard[-1]
        assert pressed["name"] == "adaptiveCard/action"
        assert pressed["value"]["action"]["data"] == {"words": "yes", "why": "because"}
        assert pressed["replyToId"] == post.id
        await bot.client.press(ANNA, post, "No")
        assert bot.heard[-1]["type"] == "message"
        assert bot.heard[-1]["value"]["words"] == "no"

    async def test_an_answer_that_only_the_presser_sees(self, bot: Bot) -> None:
        place = bot.teams.channel(ANNA, BEN)
        await bot.connector.send(await spoken(bot, ANNA, place), with_card(CARD))
        (post,) = bot.teams.visible(place)
        private = {**CARD, "body": [{"type": "TextBlock", "text": "for you"}], "actions": []}
        bot.answer = {"statusCode": 200, "type": "application/vnd.microsoft.card.adaptive", "value": private}
        await bot.client.press(ANNA, post, "Yes")
        assert cards.read(post.seen_by(ANNA)[0]) == "for you"
        assert post.seen_by(BEN) == [CARD]

    async def test_a_dialog(self, bot: Bot) -> None:
        place = bot.teams.personal(ANNA)
        opener = {"type": "Action.Submit", "title": "Fill in", "data": {"msteams": {"type": "task/fetch"}}}
        await bot.connector.send(await spoken(bot, ANNA, place), with_card({**CARD, "actions": [opener]}))
        bot.answer = {"task": {"type": "continue", "value": {"title": "Form"}}}
        assert (await bot.client.press(ANNA, bot.teams.posts[0], "Fill in")).body == bot.answer
        bot.answer = None
        assert (await bot.client.submit(ANNA, {"why": "because"}, place)).status == 200
        assert [activity.get("name") for activity in bot.heard] == [None, "task/fetch", "task/submit"]

    async def test_what_only_the_bot_sees_is_marked(self, bot: Bot) -> None:
        await bot.client.slash(ANNA, "batna acme", bot.teams.channel(ANNA))
        assert bot.heard[0]["recipient"]["isTargeted"] is True

    async def test_edited_and_deleted(self, bot: Bot) -> None:
        typed = bot.client.typed(ANNA, "give price 3.60 -> 3.71", bot.teams.personal(ANNA))
        for answer in (
            await bot.client.deliver(typed),
            await bot.client.edit(ANNA, typed, "give price 3.60 -> 3.70"),
            await bot.client.delete(ANNA, typed),
        ):
            assert answer.status == 200
        assert [activity["type"] for activity in bot.heard] == ["message", "messageUpdate", "messageDelete"]
        assert {activity["id"] for activity in bot.heard} == {typed["id"]}

    async def test_a_channel_opened_to_another_company_says_so(self, bot: Bot) -> None:
        shared = {"eventType": "channelShared", "sharedWithTeams": [{"tenantId": OTHER_TENANT}]}
        await bot.client.conversation_update(ANNA, bot.teams.channel(ANNA), channelData=shared)
        assert bot.heard[0]["channelData"]["sharedWithTeams"] == [{"tenantId": OTHER_TENANT}]


class TestConstruction:
    @pytest.mark.parametrize(
        ("registration", "reason"),
        [
            (("", "", "", "SingleTenant"), "app id"),
            (("app", "password", "tenant", "MultiTenant"), "SingleTenant or UserAssignedMSI"),
            (("app", "", "tenant", "SingleTenant"), "password"),
            (("app", "password", "", "SingleTenant"), "tenant"),
        ],
    )
    def test_what_cannot_work_is_refused(self, registration: tuple[str, str, str, str], reason: str) -> None:
        async def on_activity(_: dict[str, Any]) -> None:
            return None

        with pytest.raises(ValueError, match=reason):
            Connector(*registration, on_activity=on_activity, on_error=print)

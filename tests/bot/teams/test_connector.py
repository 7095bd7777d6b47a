"""Messages in and out of Teams, against a double of the Bot Connector."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.connector import (
    Connector,
    Found,
    Limits,
    Opened,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Sent,
    Unreachable,
    in_thread,
    new_thread,
    reference_of,
)
from tests.doubles.teams import cards
from tests.doubles.teams.service import MOST_BYTES, Fault
from tests.doubles.teams.world import BOT, HOST_TENANT, OTHER_TENANT, Conversation, User

if TYPE_CHECKING:
    from tests.bot.teams.conftest import Bot, Start

ANNA, BEN = User("Anna"), User("Ben")
GUEST = User("Gus", role="guest")
OUTSIDER = User("Olga", tenant=OTHER_TENANT)

CARD = {
    "type": "AdaptiveCard",
    "version": "1.5",
    "body": [{"type": "TextBlock", "text": "Ready?"}, {"type": "Input.Text", "id": "why", "label": "Why"}],
    "actions": [
        {"type": "Action.Execute", "title": "Yes", "verb": "press", "data": {"words": "yes"}},
        {"type": "Action.Submit", "title": "No", "data": {"words": "no", "msteams": {"type": "messageBack"}}},
    ],
}


def with_card(card: dict[str, Any]) -> dict[str, Any]:
    return {"attachments": [{"contentType": "application/vnd.microsoft.card.adaptive", "content": card}]}


async def spoken(bot: Bot, user: User, place: Conversation) -> dict[str, Any]:
    """The reference of a message that `user` has just written there."""
    write = bot.client.message if place.kind == "personal" else bot.client.mention
    assert (await write(user, "hello", place)).status == 200
    return reference_of(bot.heard[-1])


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

    async def test_a_channel_opened_to_another_company_says_so(self, bot: Bot) -> None:
        shared = {"eventType": "channelShared", "sharedWithTeams": [{"tenantId": OTHER_TENANT}]}
        await bot.client.conversation_update(ANNA, bot.teams.channel(ANNA), channelData=shared)
        assert bot.heard[0]["channelData"]["sharedWithTeams"] == [{"tenantId": OTHER_TENANT}]


class TestReference:
    async def test_personal(self, bot: Bot) -> None:
        place = bot.teams.personal(ANNA)
        assert await spoken(bot, ANNA, place) == {
            "service_url": bot.teams.url,
            "conversation_id": place.id,
            "base_id": place.id,
            "thread_id": None,
            "kind": "personal",
            "tenant_id": HOST_TENANT,
            "bot": BOT,
            "member": {"id": ANNA.id, "aad_id": ANNA.aad},
            "channel_id": None,
            "team_id": None,
            "locale": "en-GB",
        }

    async def test_a_channel_has_threads(self, bot: Bot) -> None:
        place = bot.teams.channel(ANNA)
        reference = await spoken(bot, ANNA, place)
        assert reference["conversation_id"] == f"{place.id};messageid={bot.heard[0]['id']}"
        assert reference["base_id"] == new_thread(reference)["conversation_id"] == place.id
        assert (reference["channel_id"], reference["team_id"]) == (place.id, place.team_id)
        assert in_thread(new_thread(reference), bot.heard[0]["id"]) == reference

    async def test_the_host_tenant_is_not_the_senders(self, bot: Bot) -> None:
        place = bot.teams.channel(ANNA, OUTSIDER, shared_with=(OTHER_TENANT,))
        reference = await spoken(bot, OUTSIDER, place)
        assert bot.heard[0]["channelData"]["tenant"]["id"] == OTHER_TENANT
        assert reference["tenant_id"] == HOST_TENANT

    def test_what_does_not_say_that_it_is_personal_is_not(self) -> None:
        assert reference_of({"conversation": {"id": "x"}})["kind"] == "groupChat"
        assert (
            reference_of({"conversation": {"id": "x"}, "channelData": {"team": {"id": "t"}}})["kind"]
            == "channel"
        )

    async def test_it_survives_being_stored(self, bot: Bot) -> None:
        place = bot.teams.group(ANNA)
        reference = json.loads(json.dumps(await spoken(bot, ANNA, place)))
        assert isinstance(await bot.connector.send(reference, {"text": "later"}), Sent)
        assert [post.text for post in bot.teams.visible(place)] == ["later"]


class TestOut:
    async def test_send_update_delete(self, bot: Bot) -> None:
        place = bot.teams.group(ANNA)
        reference = await spoken(bot, ANNA, place)
        sent = await bot.connector.send(
            reference, {"text": "one", "summary": "Prep: answer ready", "unknownProperty": 1}
        )
        assert isinstance(sent, Sent)
        assert bot.teams.posts[0].activity["unknownProperty"] == 1
        assert await bot.connector.update(reference, sent.id, {"text": "two"}) == sent
        assert [post.text for post in bot.teams.visible(place)] == ["two"]
        assert await bot.connector.delete(reference, sent.id) == Sent("")
        assert bot.teams.visible(place) == []
        assert await bot.connector.update(reference, sent.id, {"text": "three"}) == Refused(
            "ActivityNotFoundInConversation", 404
        )

    async def test_an_answer_stays_in_its_thread_and_a_new_post_does_not(self, bot: Bot) -> None:
        place = bot.teams.channel(ANNA)
        reference = await spoken(bot, ANNA, place)
        await bot.connector.send(reference, {"text": "here"})
        rooted = await bot.connector.send(new_thread(reference), {"text": "there"})
        assert isinstance(rooted, Sent)
        await bot.connector.send(in_thread(reference, rooted.id), {"text": "below"})
        threads = [(post.text, post.thread) for post in bot.teams.visible(place)]
        assert threads == [("here", bot.heard[0]["id"]), ("there", None), ("below", rooted.id)]

    async def test_a_reply_to_one_activity(self, bot: Bot) -> None:
        reference = await spoken(bot, ANNA, bot.teams.personal(ANNA))
        await bot.connector.send(reference, {"text": "yes", "replyToId": bot.heard[0]["id"]})
        assert bot.teams.requests[-1][1].endswith(f"/activities/{bot.heard[0]['id']}")

    async def test_typing_leaves_no_message(self, bot: Bot) -> None:
        place = bot.teams.personal(ANNA)
        assert await bot.connector.send(await spoken(bot, ANNA, place), {"type": "typing"}) == Sent("")
        assert (bot.teams.posts, len(bot.teams.other)) == ([], 1)

    async def test_one_person_in_a_channel(self, bot: Bot) -> None:
        place = bot.teams.channel(ANNA, BEN)
        reference = await spoken(bot, ANNA, place)
        private = {"text": "only you", "recipient": {"id": ANNA.id}}
        sent = await bot.connector.send(reference, private, targeted=True)
        assert isinstance(sent, Sent)
        assert await bot.connector.update(reference, sent.id, private, targeted=True) == sent
        assert [post.text for post in bot.teams.visible(place, ANNA)] == ["only you"]
        assert bot.teams.visible(place, BEN) == bot.teams.visible(place) == []
        assert await bot.connector.delete(reference, sent.id, targeted=True) == Sent("")
        assert bot.teams.visible(place, ANNA) == []

    async def test_one_person_must_be_named(self, bot: Bot) -> None:
        reference = await spoken(bot, ANNA, bot.teams.channel(ANNA))
        with pytest.raises(ValueError, match="recipient"):
            await bot.connector.send(reference, {"text": "whom?"}, targeted=True)
        assert bot.teams.posts == []

    async def test_a_tenant_may_not_allow_it(self, bot: Bot) -> None:
        bot.teams.targeted_allowed = False
        reference = await spoken(bot, ANNA, bot.teams.channel(ANNA))
        outcome = await bot.connector.send(
            reference, {"text": "x", "recipient": {"id": ANNA.id}}, targeted=True
        )
        assert outcome == Refused("ForbiddenOperation", 403)
        assert bot.teams.posts == []

    @pytest.mark.parametrize("member", [{"id": ANNA.id}, {"aad_id": ANNA.aad}])
    async def test_a_direct_message_from_a_channel(self, bot: Bot, member: dict[str, str]) -> None:
        reference = await spoken(bot, ANNA, bot.teams.channel(ANNA))
        opened = await bot.connector.open_direct(reference, member)
        assert isinstance(opened, Opened)
        assert opened.reference["kind"] == "personal"
        await bot.connector.send(opened.reference, {"text": "psst"})
        assert [post.text for post in bot.teams.visible(bot.teams.personal(ANNA))] == ["psst"]

    @pytest.mark.parametrize("person", [BEN, OUTSIDER], ids=["nothing installed", "another company"])
    async def test_a_direct_message_that_cannot_be(self, bot: Bot, person: User) -> None:
        reference = await spoken(bot, ANNA, bot.teams.group(ANNA, person))
        outcome = await bot.connector.open_direct(reference, {"id": person.id})
        assert outcome == Refused("BotNotInConversationRoster", 403)

    async def test_members(self, bot: Bot) -> None:
        bot.teams.page = 2
        place = bot.teams.channel(ANNA, BEN, GUEST, OUTSIDER, User("Emil"))
        reference = await spoken(bot, ANNA, place)
        roster = await bot.connector.members(reference)
        assert isinstance(roster, Found)
        assert [member["name"] for member in roster.members] == ["Anna", "Ben", "Gus", "Olga", "Emil"]
        found = await bot.connector.member(reference, GUEST.id)
        assert isinstance(found, Found)
        assert (found.members[0]["userRole"], roster.members[3]["tenantId"]) == ("guest", OTHER_TENANT)
        assert await bot.connector.member(reference, "29:nobody") == Refused(
            "MemberNotFoundInConversation", 404
        )

    async def test_a_roster_that_breaks_off_is_no_roster(self, bot: Bot) -> None:
        bot.teams.page = 1
        reference = await spoken(bot, ANNA, bot.teams.channel(ANNA, OUTSIDER))
        bot.teams.fail(Fault(delay=0.0), Fault(status=502))
        assert isinstance(await bot.connector.members(reference), Unreachable)


class TestRefusals:
    async def test_an_unknown_conversation(self, bot: Bot) -> None:
        reference = await spoken(bot, ANNA, bot.teams.personal(ANNA))
        elsewhere = {**reference, "conversation_id": "a:elsewhere"}
        assert await bot.connector.send(elsewhere, {"text": "x"}) == Refused("ConversationNotFound", 404)

    async def test_the_bot_was_removed(self, bot: Bot) -> None:
        place = bot.teams.group(ANNA)
        reference = await spoken(bot, ANNA, place)
        place.installed = False
        assert await bot.connector.send(reference, {"text": "x"}) == Refused(
            "BotNotInConversationRoster", 403
        )

    async def test_the_bot_was_silenced(self, bot: Bot) -> None:
        place = bot.teams.personal(ANNA)
        reference = await spoken(bot, ANNA, place)
        place.blocked = True
        assert await bot.connector.send(reference, {"text": "x"}) == Refused("ConversationBlockedByUser", 403)

    async def test_too_large(self, bot: Bot) -> None:
        reference = await spoken(bot, ANNA, bot.teams.personal(ANNA))
        outcome = await bot.connector.send(reference, {"text": "x" * MOST_BYTES})
        assert outcome == Refused("MessageSizeTooBig", 413)

    @pytest.mark.parametrize(
        "card",
        [
            {**CARD, "version": "1.6"},
            {"type": "AdaptiveCard", "body": []},
            {**CARD, "body": [{"type": "Chart.Line"}]},
            pytest.param(
                {**CARD, "body": [{"type": "TextBlock"}]},
                marks=pytest.mark.skipif(
                    not cards.SCHEMA_FILE.exists(), reason="no Adaptive Card schema here"
                ),
            ),
        ],
        ids=["too new", "no version", "chart without fallback", "against the schema"],
    )
    async def test_a_card_that_teams_does_not_draw(self, bot: Bot, card: dict[str, Any]) -> None:
        reference = await spoken(bot, ANNA, bot.teams.personal(ANNA))
        assert await bot.connector.send(reference, with_card(card)) == Refused("BadArgument", 400)

    async def test_nothing_is_sent_to_a_place_that_cannot_be_trusted(self, bot: Bot) -> None:
        reference = await spoken(bot, ANNA, bot.teams.personal(ANNA))
        for url in ("https://example.com", "ftp://127.0.0.1", "http://[", None, ""):
            outcome = await bot.connector.send({**reference, "service_url": url}, {"text": "x"})
            assert outcome == Refused("UntrustedServiceUrl")


class TestTrouble:
    @pytest.fixture
    async def reference(self, bot: Bot) -> dict[str, Any]:
        return await spoken(bot, ANNA, bot.teams.personal(ANNA))

    @pytest.mark.parametrize("status", [412, 429])
    async def test_busy_is_asked_again(self, bot: Bot, reference: dict[str, Any], status: int) -> None:
        bot.teams.fail(Fault(status=status, times=2))
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), Sent)
        assert bot.clock.slept == [0.5, 1.0]
        assert len(bot.teams.posts) == 1

    async def test_the_service_says_how_long(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=429, retry_after=3))
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), Sent)
        assert bot.clock.slept == [3.5]

    async def test_a_long_wait_is_the_callers(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=429, retry_after=60))
        assert await bot.connector.send(reference, {"text": "x"}) == RateLimited(60.5)
        assert bot.clock.slept == []

    async def test_busy_for_good(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=412, times=99))
        assert await bot.connector.send(reference, {"text": "x"}) == RateLimited(4.0)
        assert bot.clock.slept == [0.5, 1.0, 2.0]
        assert bot.teams.posts == []

    async def test_the_real_limits_slow_a_burst_and_lose_nothing(
        self, bot: Bot, reference: dict[str, Any]
    ) -> None:
        outcomes = [await bot.connector.send(reference, {"text": str(n)}) for n in range(20)]
        assert all(isinstance(outcome, Sent) for outcome in outcomes)
        assert [post.text for post in bot.teams.posts] == [str(n) for n in range(20)]
        assert bot.clock.slept

    @pytest.mark.parametrize("status", [500, 502, 504])
    async def test_the_service_gave_up(self, bot: Bot, reference: dict[str, Any], status: int) -> None:
        bot.teams.fail(Fault(status=status, accepted=True))
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), OutcomeUnknown)
        assert len(bot.teams.posts) == 1, "not sent a second time"

    async def test_an_answer_that_is_lost(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(drop=True, accepted=True))
        assert await bot.connector.send(reference, {"text": "x"}) == OutcomeUnknown("connection")
        assert len(bot.teams.posts) == 1

    async def test_a_question_may_be_put_again_whatever_happened(
        self, bot: Bot, reference: dict[str, Any]
    ) -> None:
        for fault in (Fault(drop=True), Fault(status=502), Fault(status=500)):
            bot.teams.fail(fault)
            assert isinstance(await bot.connector.member(reference, ANNA.id), Unreachable)

    async def test_not_available(self, bot: Bot, reference: dict[str, Any]) -> None:
        bot.teams.fail(Fault(status=503))
        assert await bot.connector.send(reference, {"text": "x"}) == Unreachable("ServiceUnavailable")

    async def test_down_and_up_again(self, bot: Bot, reference: dict[str, Any]) -> None:
        await bot.teams.down()
        assert await bot.connector.send(reference, {"text": "x"}) == Unreachable("connect")
        await bot.teams.up()
        assert isinstance(await bot.connector.send(reference, {"text": "x"}), Sent)

    async def test_slow(self, start: Start) -> None:
        bot = await start(limits=Limits(connect=1, whole=0.2))
        reference = await spoken(bot, ANNA, bot.teams.personal(ANNA))
        bot.teams.fail(Fault(delay=0.6))
        async with asyncio.timeout(0.5):
            assert await bot.connector.send(reference, {"text": "x"}) == OutcomeUnknown("connection")


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

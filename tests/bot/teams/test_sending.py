"""What goes out to Teams, and what Teams refuses."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.connector import (
    Found,
    Opened,
    Refused,
    Sent,
    Unreachable,
    in_thread,
    new_thread,
)
from tests.bot.teams.stage import ANNA, BEN, CARD, GUEST, OUTSIDER, spoken, with_card
from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.service import MOST_BYTES
from tests.doubles.teams.world import OTHER_TENANT, User

if TYPE_CHECKING:
    from tests.bot.teams.stage import Bot


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

    @pytest.mark.parametrize("text", ["<h1>Welcome</h1>", "[]", "{}", '{"members": []}', '{"members": [1]}'])
    async def test_what_is_no_roster_is_not_an_empty_one(self, bot: Bot, text: str) -> None:
        reference = await spoken(bot, ANNA, bot.teams.group(ANNA, OUTSIDER))
        bot.teams.fail(Fault(text=text, times=2))
        assert await bot.connector.members(reference) == Unreachable("no roster")
        assert await bot.connector.member(reference, OUTSIDER.id) == Unreachable("no roster")

    async def test_a_roster_without_end_is_no_roster(self, bot: Bot) -> None:
        reference = await spoken(bot, ANNA, bot.teams.group(ANNA, OUTSIDER))
        page = json.dumps({"members": [ANNA.entry()], "continuationToken": "again"})
        bot.teams.fail(Fault(text=page, times=1000))
        assert await bot.connector.members(reference) == Unreachable("no roster")


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

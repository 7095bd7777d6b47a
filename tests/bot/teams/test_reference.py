"""Where an activity was said, and where answers to it go."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.teams.connector import (
    Sent,
    in_thread,
    new_thread,
    reference_of,
)
from tests.bot.teams.stage import ANNA, OUTSIDER, spoken
from tests.doubles.teams.world import BOT, HOST_TENANT, OTHER_TENANT

if TYPE_CHECKING:
    from tests.bot.teams.stage import Bot


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

    def test_what_is_no_kind_is_not_personal(self) -> None:
        for kind in ([], {"personal": 1}, None, "Personal"):
            assert (
                reference_of({"conversation": {"id": "x", "conversationType": kind}})["kind"] == "groupChat"
            )

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

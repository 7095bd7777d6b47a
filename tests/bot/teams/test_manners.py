"""Messages that people change or take back in a channel, and channels that Prep is not in."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from tests.bot.teams.stage import GUEST
from tests.doubles.teams.world import BOT
from tests.journeys.runner import DM
from tests.journeys.teams_runner import person, teams_runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.teams.world import User
    from tests.journeys.teams_runner import TeamsRunner

ANN = person("ann")


@pytest.fixture
async def planned(database_url: str) -> AsyncIterator[TeamsRunner]:
    """Ann's plan."""
    async with teams_runner(database_url, {"acme": ["ann", "ben"]}) as runner:
        await runner.say("ann", "#acme", "@Prep help")
        for line in ("new quick Acme: housings", "later"):
            await runner.say("ann", DM, line)
        yield runner


def typed(prep: TeamsRunner, words: str, user: User = ANN) -> dict[str, Any]:
    mention = {"type": "mention", "mentioned": BOT, "text": "<at>Prep</at>"}
    return prep.client.typed(user, f"<at>Prep</at> {words}", prep.channels["acme"], entities=[mention])


def private(prep: TeamsRunner, user: User = ANN) -> list[str]:
    return [post.text for post in prep.teams.visible(prep.teams.personal(user)) if post.text]


async def test_a_mention_that_was_edited_is_not_done_again(planned: TeamsRunner) -> None:
    before = typed(planned, "rename acme Borg")
    said = len(planned.teams.visible(planned.channels["acme"]))
    for _ in range(2):
        await planned.client.edit(ANN, before, "<at>Prep</at> rename acme Borg")
    assert [text.split()[0] for text in private(planned)] == ["Editing"]
    assert len(planned.teams.visible(planned.channels["acme"])) == said
    assert any("Acme: housings" in line for line in await planned.say("ann", DM, "plans"))


async def test_a_message_that_was_for_nobody_is_left_alone_when_it_is_edited(planned: TeamsRunner) -> None:
    before = planned.client.typed(ANN, "shall we?", planned.channels["acme"])
    await planned.client.edit(ANN, before, "we shall")
    await planned.client.delete(ANN, before)
    assert private(planned) == []


async def test_an_outsider_who_edits_is_told_nothing(planned: TeamsRunner) -> None:
    planned.channels["acme"].members.append(GUEST)
    before = typed(planned, "hub", GUEST)
    await planned.client.edit(GUEST, before, "<at>Prep</at> hub")
    assert private(planned, GUEST) == []


async def test_what_was_given_stays_given(planned: TeamsRunner) -> None:
    place = planned.teams.personal(ANN)
    await planned.say("ann", DM, "term acme price: open 3.45, target 3.70, stop 4.05")
    before = planned.client.typed(ANN, "give acme price 3.45 -> 3.50", place)
    await planned.client.deliver(before)
    await planned.client.edit(ANN, before, "give acme price 3.50 -> 3.90")
    await planned.client.delete(ANN, before)
    assert [text.split()[0] for text in private(planned)] == ["Editing", "Deleting"]
    lines = "\n".join(await planned.say("ann", DM, "log acme"))
    assert "3.50" in lines
    assert "3.90" not in lines


async def test_channel_and_contract_say_how_to_let_prep_in(planned: TeamsRunner) -> None:
    linked = "\n".join(await planned.say("ann", DM, "channel acme #new"))
    kept = "\n".join(
        await planned.say("ann", DM, "contract add Acme: end 2028-06-30, notice 90 days, channel #new")
    )
    for said in (linked, kept):
        assert "I am not in #new yet" in said
        assert "in Teams: add Prep to the team" in said
    place = planned.teams.channel(ANN, name="new")
    await planned.client.conversation_update(ANN, place, membersAdded=[BOT])
    assert any("leave out" in line for line in await planned.say("ann", DM, "channel acme #new"))


async def test_a_channel_that_prep_was_put_out_of(planned: TeamsRunner) -> None:
    planned.channels["acme"].installed = False
    await planned.set_now(planned.now + timedelta(minutes=1))  # who is in a channel is asked anew by then
    said = "\n".join(await planned.say("ann", DM, "channel acme #acme"))
    assert "I am not in #acme yet" in said

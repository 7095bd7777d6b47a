"""What a turn has to tell others: if it surely did not arrive, the speaker is told, though the answer says it was sent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.teams.kept import SHOW
from bot.teams.saying import NOT_THERE, NOT_TO_THEM, NOT_TO_YOU
from tests.bot.teams.alone import ANN, BEN, acme, button, own, planned, press
from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault
from tests.journeys.runner import DM

if TYPE_CHECKING:
    from tests.doubles.teams.world import Conversation
    from tests.journeys.teams_runner import TeamsRunner


@pytest.fixture
async def plan(private: TeamsRunner) -> TeamsRunner:
    """In a tenant that takes messages for one person."""
    return await planned(private)


def words(prep: TeamsRunner, place: Conversation) -> list[str]:
    return [post.text for post in prep.teams.visible(place) if post.text]


async def test_who_was_told_is_told_and_nothing_more_is_said(plan: TeamsRunner) -> None:
    await plan.say("ann", DM, "share kolibri @Ben")
    assert words(plan, plan.teams.personal(ANN)) == []
    assert plan.teams.visible(plan.teams.personal(BEN))


async def test_somebody_who_cannot_be_written_to(plan: TeamsRunner) -> None:
    plan.teams.personal(BEN).blocked = True
    await plan.say("ann", DM, "share kolibri @Ben")
    assert words(plan, plan.teams.personal(ANN)) == [NOT_TO_THEM]


async def test_in_a_channel_only_the_speaker_learns_of_it(plan: TeamsRunner) -> None:
    plan.teams.personal(BEN).blocked = True
    before = len(plan.teams.visible(acme(plan), BEN))
    await plan.say("ann", "#acme", "@Prep share kolibri @Ben")
    assert own(plan)[-1].text == NOT_TO_THEM
    assert len(plan.teams.visible(acme(plan), BEN)) == before


async def test_a_direct_message_that_was_asked_for(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "@Prep batna kolibri")
    plan.teams.personal(ANN).blocked = True
    card = own(plan)[-1]
    answer = await press(plan, ANN, card, button(card, "Send to my DM"))
    assert answer.body["value"] == NOT_TO_YOU


async def test_where_only_a_press_can_be_answered(prep: TeamsRunner) -> None:
    await planned(prep)
    prep.teams.personal(ANN).blocked = True
    await prep.say("ann", "#acme", "@Prep batna kolibri")
    stub = prep.teams.visible(acme(prep))[-1]
    shown = (await press(prep, ANN, stub, button(stub, SHOW))).body["value"]
    send = next(one["data"] for one in cards.actions(shown) if one["title"] == "Send to my DM")
    assert (await press(prep, ANN, stub, send)).body["value"] == NOT_TO_YOU


async def test_a_channel_that_takes_no_post(plan: TeamsRunner) -> None:
    """Teams takes what becomes of the question, and not what is posted then."""
    await plan.say("ann", "#acme", "@Prep post kolibri here")
    card = own(plan)[-1]
    yes = next(a["data"] for shown in card.cards for a in cards.actions(shown) if a["title"] == "Yes")
    before = len(plan.teams.visible(acme(plan), BEN))
    plan.teams.fail(Fault(status=200, text="{}"), Fault(status=413))
    answer = await press(plan, ANN, card, yes)
    assert len(plan.teams.visible(acme(plan), BEN)) == before
    assert NOT_THERE in (answer.body["value"], own(plan)[-1].text)

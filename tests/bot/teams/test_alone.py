"""Answers in a channel that one person alone sees: who sees them, and what their buttons do."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.saying import BELOW
from bot.teams.wiring import build_teams
from handlers.gate import Why
from tests.bot.teams.alone import (
    ANN,
    BEN,
    SECRETS,
    acme,
    button,
    leaks,
    others_see,
    own,
    planned,
    press,
    sending,
)
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.doubles.teams.world import BOT, OTHER_TENANT
from tests.journeys.runner import DM
from tests.journeys.teams_reading import card_lines, inputs

if TYPE_CHECKING:
    from tests.doubles.teams.world import User
    from tests.journeys.teams_runner import TeamsRunner


@pytest.fixture
async def plan(private: TeamsRunner) -> TeamsRunner:
    """In a tenant that takes messages for one person."""
    return await planned(private)


# ---- messages for one person ----


@pytest.mark.parametrize("words", ["show kolibri", "batna kolibri", "kolibri", "log kolibri"])
@pytest.mark.parametrize("start", ["/prep", "@Prep"])
async def test_the_asker_alone_sees_the_answer(plan: TeamsRunner, start: str, words: str) -> None:
    before = len(plan.teams.visible(acme(plan))), len(plan.teams.visible(plan.teams.personal(ANN)))
    await plan.say("ann", "#acme", f"{start} {words}")
    (post,) = own(plan)
    assert post.targeted_at == ANN.id
    assert "Kolibri" in leaks([post])
    assert before == (len(plan.teams.visible(acme(plan))), len(plan.teams.visible(plan.teams.personal(ANN))))
    assert others_see(plan, acme(plan)) == set()


async def test_it_stays_in_the_thread(plan: TeamsRunner) -> None:
    typed = plan.client.typed(ANN, "<at>Prep</at> show kolibri", acme(plan))
    typed["entities"].append({"type": "mention", "mentioned": BOT, "text": "<at>Prep</at>"})
    await plan.client.deliver(typed)
    assert own(plan)[-1].thread == typed["id"]


async def test_its_notification_tells_nothing(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep show kolibri")
    (post,) = own(plan)
    outside = {key: value for key, value in post.activity.items() if key != "attachments"}
    assert not [secret for secret in SECRETS if secret in json.dumps(outside)]
    assert post.activity["summary"] == post.cards[0]["fallbackText"] == "Prep: answer ready"


@pytest.mark.parametrize("other", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
@pytest.mark.parametrize("shared", [(), (OTHER_TENANT,)], ids=["", "shared"])
async def test_among_outsiders_too_only_the_asker_sees_it(
    plan: TeamsRunner, other: User, shared: tuple[str, ...]
) -> None:
    for place in (plan.teams.channel(ANN, other, shared_with=shared), plan.teams.group(ANN, other)):
        await plan.client.slash(ANN, "show kolibri", place)
        await plan.client.mention(ANN, "batna kolibri", place)
        assert len(own(plan, place)) == 2
        assert plan.teams.visible(place) == []
        assert others_see(plan, place) == set()


@pytest.mark.parametrize("user", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_people_from_outside_get_the_one_answer(plan: TeamsRunner, user: User) -> None:
    channel = plan.teams.channel(ANN, user)
    await plan.client.slash(user, "show kolibri", channel)
    assert [post.text for post in own(plan, channel, user)] == [Why.OUTSIDER.value]


async def test_a_private_command_may_carry_figures_among_outsiders(plan: TeamsRunner) -> None:
    channel = plan.teams.channel(ANN, OUTSIDER)
    await plan.client.slash(ANN, "/Prep batna kolibri add Cobalt = 4.11", channel)
    assert "Cobalt" in "\n".join(await plan.say("ann", DM, "batna kolibri all"))
    assert plan.teams.visible(channel) == []


# ---- their buttons ----


async def test_a_button_changes_the_card_for_its_owner(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep edit kolibri goal")
    (form,) = own(plan)
    await plan.submit(
        "ann", "#acme", {"If only one result could come out of it, which one would you take?": "4.00"}
    )
    assert own(plan) == [form]
    assert len(form.history) == 1
    assert "recipient" not in form.activity
    assert "1 kept" in " ".join(card_lines(form.cards[0]))
    assert others_see(plan, acme(plan)) == set()


async def test_a_form_with_a_mistake_stays(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep batna kolibri add")
    (form,) = own(plan)
    await plan.submit("ann", "#acme", {"Name": "", "Price per piece": "4.18"})
    assert own(plan) == [form]
    assert inputs(form.cards[0])["Price per piece"]["value"] == "4.18"
    assert others_see(plan, acme(plan)) == set()
    await plan.submit("ann", "#acme", {"Name": "Cobalt", "Price per piece": "4.18"})
    assert len(form.history) == 2
    assert not inputs(form.cards[0])
    assert plan.teams.visible(acme(plan))[-1].text == ""


async def test_what_is_for_all_is_not_said_in_public_from_such_a_card(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep show kolibri")
    (card,) = own(plan)
    before = plan.teams.visible(acme(plan))
    answer = await press(plan, ANN, card, {"words": "help", "alone": True})
    assert answer.body["value"] == BELOW
    assert plan.teams.visible(acme(plan)) == before
    assert "What you can say" in card_lines(own(plan)[-1].cards[0])


async def test_every_button_says_that_it_stands_on_such_a_card(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep batna kolibri")
    await plan.say("ann", "#acme", "/prep undo kolibri")
    for post in own(plan):
        found = [a for card in post.cards for a in cards.actions(card) if a["type"] == "Action.Execute"]
        assert found
        assert all(a["data"]["alone"] is a["fallback"]["data"]["alone"] is True for a in found)


@pytest.mark.parametrize("old", [False, True], ids=["", "old client"])
async def test_after_a_restart_such_a_card_is_still_answered_in_private(
    plan: TeamsRunner, *, old: bool
) -> None:
    await plan.say("ann", "#acme", "/prep show kolibri")
    (card,) = own(plan)
    before = plan.teams.visible(acme(plan))
    _, other = build_teams(plan.app, plan.app.settings, clock=plan.clock, hides=True)
    data = {**button(card, "BATNA"), "words": "help"}
    more: dict[str, Any] = {"replyToId": card.id, "thread": card.thread}
    if old:
        event = plan.client.event(ANN, acme(plan), "message", text="", value=data, **more)
    else:
        value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
        event = plan.client.event(ANN, acme(plan), "invoke", name="adaptiveCard/action", value=value, **more)
    await other.on_activity(event)
    await other.close()
    assert plan.teams.visible(acme(plan)) == before
    assert len(own(plan)) == 2


async def test_a_card_that_is_gone_is_answered_anew(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep batna kolibri add")
    (form,) = own(plan)
    values = cards.values(form.cards[0])
    data = {**sending(form), **values, "one.name": "Cobalt", "one.price": "4.18"}
    form.deleted = True
    await press(plan, ANN, form, data)
    (answer,) = own(plan)
    assert "Cobalt" in " ".join(card_lines(answer.cards[0]))


@pytest.mark.parametrize("label", ["BATNA"])
async def test_a_card_pressed_by_another_person_is_not_theirs(plan: TeamsRunner, label: str) -> None:
    """Ben got hold of a button of Ann's card: he gets his own answer, and her card stays as it is."""
    await plan.say("ann", "#acme", "/prep show kolibri")
    (card,) = own(plan)
    for data in (button(card, label), {"words": "help"}, {"words": "new quick Zeta: x", "alone": True}):
        answer = await press(plan, BEN, card, data)
        assert leaks([], answer) == set()
    assert card.history == []
    assert not card.deleted
    assert others_see(plan, acme(plan)) == set()


async def test_a_form_sent_by_another_person_takes_nothing_away(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep batna kolibri add")
    (form,) = own(plan)
    data = {**sending(form), "one.name": "Cobalt", "one.price": "4.18"}
    answer = await press(plan, BEN, form, data)
    assert leaks([], answer) == set()
    assert form.history == []
    assert not form.deleted
    assert "Cobalt" not in "\n".join(await plan.say("ann", DM, "batna kolibri all"))

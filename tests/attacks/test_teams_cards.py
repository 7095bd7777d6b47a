"""Attacks in Teams by buttons and dialogs: forged ones, and those of Ann's that somebody else presses, or elsewhere."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from handlers.gate import Why
from tests.attacks.in_teams import SUBMIT, TASK, came_of_it, come, plan_rows, plan_words
from tests.bot.teams.alone import ANN, BEN, acme, own, press
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.doubles.teams.world import OTHER_TENANT, Conversation, User

if TYPE_CHECKING:
    from tests.journeys.teams_runner import TeamsRunner


# ---- forged values of buttons ----


async def test_a_button_of_another_workspace(plan: TeamsRunner) -> None:
    """Somebody of another tenant that the same process serves, with the very words of Ann's buttons."""
    words = await plan_words(plan)
    before = plan_rows(plan)
    stranger = User("Ann", tenant=OTHER_TENANT)
    place = plan.teams._place(Conversation("personal", [stranger], tenant=OTHER_TENANT))
    await plan.client.message(stranger, "help", place)
    answers = []
    for data in words:
        for form in ({}, {"form": True, "one.name": "x"}):
            value = {"action": {"type": "Action.Execute", "data": {**data, **form}}, "trigger": "manual"}
            answers.append(await plan.client.invoke(stranger, "adaptiveCard/action", value, place))
    assert came_of_it(plan, *answers, before=before) == []


VALUES: dict[str, dict[str, Any]] = {
    "says that it stands on a card for one": {"words": "show kolibri", "alone": True},
    "says who speaks": {
        "words": "show kolibri",
        "speaker": {"id": ANN.aad},
        "from": ANN.account(),
        "person": ANN.aad,
    },
    "says where": {"words": "post kolibri #acme post it", "place": "19:x", "direct": True},
    "a form says so": {"words": "share kolibri", "form": True, "one.with": "@ben", "many.with": "@ben"},
    "words in the wrong type": {"words": ["show kolibri"], "form": "yes"},
    "kept, made up": {"kept": "AAAAAAAAAAAAAAAAAAAAAA", "page": 1},
    "kept, in the wrong type": {"kept": {"$ne": ""}, "page": -1},
    "a message of Teams": {
        "msteams": {"type": "messageBack", "text": "show kolibri"},
        "words": "show kolibri",
    },
}


@pytest.mark.parametrize("value", VALUES)
async def test_forged_button_value(plan: TeamsRunner, value: str) -> None:
    await plan.say("ann", "#acme", "@Prep show kolibri")
    come(plan, GUEST, OUTSIDER)
    before, answers = plan_rows(plan), []
    for user in (BEN, GUEST, OUTSIDER):
        post = plan.teams.posts[-1]
        answers.append(await press(plan, user, post, VALUES[value]))
        old = plan.client.event(user, acme(plan), "message", value=VALUES[value], replyToId=post.id)
        answers.append(await plan.client.deliver(old))
    assert {answer.status for answer in answers} == {200}
    assert came_of_it(plan, *answers, before=before) == []


async def test_a_card_that_all_see_is_never_changed_into_what_is_anns(plan: TeamsRunner) -> None:
    """Ann herself is made to press a forged button: on a public card, and on a card that Ben alone sees."""
    await plan.say("ben", "#acme", "@Prep help")
    await plan.say("ben", "#acme", "@Prep plans")
    before = plan_rows(plan)
    for post in [p for p in plan.teams.posts if p.conversation.id == acme(plan).id]:
        for data in ({"words": "show kolibri"}, {"words": "batna kolibri", "alone": True}):
            await press(plan, ANN, post, data)
    assert came_of_it(plan, before=before) == []


# ---- an old card, pressed by somebody else or elsewhere ----


@pytest.mark.parametrize("trigger", ["manual", "automatic"])
async def test_old_card_pressed_or_refreshed_by_somebody_else(plan: TeamsRunner, trigger: str) -> None:
    """Every button of Ann's cards, in the channel and in her chat."""
    await plan.say("ann", "#acme", "@Prep show kolibri")
    words = list({data["words"]: data for data in await plan_words(plan)}.values())
    hers = (own(plan) or plan.teams.visible(acme(plan)))[-1]
    come(plan, GUEST, OUTSIDER)
    before, answers = plan_rows(plan), []
    for user in (BEN, GUEST, OUTSIDER):
        for data in words:
            value = {"action": {"type": "Action.Execute", "data": data}, "trigger": trigger}
            more: dict[str, Any] = {"name": "adaptiveCard/action", "value": value, "replyToId": hers.id}
            answers.append(await plan.client.deliver(plan.client.event(user, acme(plan), "invoke", **more)))
    assert came_of_it(plan, *answers, before=before) == []


async def test_no_card_refreshes_itself_for_others(plan: TeamsRunner) -> None:
    """A card with `refresh` asks in the name of whoever looks at it; ours ask nothing."""
    await plan.say("ann", "#acme", "@Prep show kolibri")
    assert all("refresh" not in card for post in plan.teams.posts for card in post.cards)


async def test_a_private_card_answered_from_another_channel(plan: TeamsRunner) -> None:
    """The id of Ann's card in #acme, pressed as if it stood in #team, where Ben reads."""
    await plan.say("ann", "#acme", "@Prep show kolibri")
    await plan.say("ann", "#team", "@Prep help")
    before = plan_rows(plan)
    hers = (own(plan) or plan.teams.visible(plan.teams.personal(ANN)))[-1]
    for data in ({"words": "batna kolibri"}, {"words": "batna kolibri", "alone": True}):
        value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
        more: dict[str, Any] = {"name": "adaptiveCard/action", "value": value, "replyToId": hers.id}
        await plan.client.deliver(plan.client.event(ANN, plan.channels["team"], "invoke", **more))
    assert came_of_it(plan, before=before) == []


# ---- dialogs ----


async def test_a_dialog_of_ann_sent_by_another_person(plan: TeamsRunner) -> None:
    """Her form in every way in which it can be sent, filled in for her plan."""
    place = acme(plan)
    form = await plan.client.act_on(ANN, "price 3.45 -> 3.58", place)
    card = form.body["task"]["value"]["card"]["content"]
    data = {**cards.actions(card)[0]["data"], **cards.values(card), "from": ANN.aad}
    assert str(data["one.plan"]).startswith("plan:")
    come(plan, GUEST, OUTSIDER)
    before, answers = plan_rows(plan), []
    for user in (BEN, GUEST, OUTSIDER):
        dialog = {"commandId": "log_concession", "data": data}
        answers += [await plan.client.invoke(user, name, dialog, place) for name in (SUBMIT, TASK)]
        value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
        answers.append(await plan.client.invoke(user, "adaptiveCard/action", value, place))
    assert sum(Why.OUTSIDER.value in json.dumps(answer.body) for answer in answers) >= 4
    assert came_of_it(plan, *answers, before=before) == []


@pytest.mark.parametrize("user", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_the_message_extension_is_not_for_guests(plan: TeamsRunner, user: User) -> None:
    place = plan.teams.channel(ANN, user)
    before = plan_rows(plan)
    opened = await plan.client.act_on(user, "Kolibri: price 3.45 -> 3.58", place, author=ANN)
    assert Why.OUTSIDER.value in json.dumps(opened.body)
    assert "plan:" not in json.dumps(opened.body)
    assert came_of_it(plan, opened, before=before) == []

"""Answers in a channel that one person alone sees, and what stands in for them where Teams takes none."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.kept import FOR, SHOW
from bot.teams.saying import ADD_ME, BELOW, GONE, IN_PRIVATE
from bot.teams.targeting import NOT_ASKED
from bot.teams.wiring import build_teams
from handlers.gate import Why
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.world import BOT, OTHER_TENANT
from tests.journeys.runner import DM
from tests.journeys.teams_reading import card_lines
from tests.journeys.teams_runner import person

if TYPE_CHECKING:
    from tests.doubles.teams.client import Answer
    from tests.doubles.teams.world import Conversation, Post, User
    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN, CARL = person("ann"), person("ben"), person("carl")
SECRETS = ("Kolibri", "4.07", "Borg")


async def planned(prep: TeamsRunner) -> TeamsRunner:
    """Ann's plan, which nobody else may read. Everybody has met Prep in #acme."""
    for user in ("ann", "ben", "carl"):
        await prep.say(user, "#acme", "@Prep help")
    for line in ("new quick Kolibri: motors", "later", "batna kolibri add Borg = 4.07, chance 80 %"):
        await prep.say("ann", DM, line)
    return prep


@pytest.fixture
async def plan(private: TeamsRunner) -> TeamsRunner:
    """In a tenant that takes messages for one person."""
    return await planned(private)


@pytest.fixture
async def without(prep: TeamsRunner) -> TeamsRunner:
    """In a tenant that takes none; Ann has blocked Prep, so that it cannot write to her either."""
    await planned(prep)
    prep.teams.personal(ANN).blocked = True
    return prep


def leaks(posts: list[Post], *answers: Answer) -> set[str]:
    """Which secrets stand in posts, in their former states, or in what was answered."""
    everything = json.dumps([[post.activity, post.history] for post in posts])
    return {one for one in SECRETS if one in everything + json.dumps([answer.body for answer in answers])}


def others_see(prep: TeamsRunner, place: Conversation) -> set[str]:
    """Which secrets everybody, or somebody other than Ann, sees in a place: posts, and views of cards."""
    seen = {
        secret for user in (BEN, CARL, GUEST, OUTSIDER) for secret in leaks(prep.teams.visible(place, user))
    }
    views = [
        view for post in prep.teams.visible(place) for user, view in post.views.items() if user != ANN.id
    ]
    return seen | {secret for secret in SECRETS if secret in json.dumps(views)}


def acme(prep: TeamsRunner) -> Conversation:
    return prep.channels["acme"]


def lines_of(card: dict[str, Any]) -> list[str]:
    return card_lines(card)


def own(prep: TeamsRunner, place: Conversation | None = None, user: User = ANN) -> list[Post]:
    """What only this person sees in a place."""
    return [post for post in prep.teams.visible(place or acme(prep), user) if post.targeted_at]


async def press(prep: TeamsRunner, user: User, post: Post, data: dict[str, Any]) -> Answer:
    """Presses a button with this data, which may be made up, on a post."""
    value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
    more: dict[str, Any] = {
        "name": "adaptiveCard/action",
        "value": value,
        "replyToId": post.id,
        "thread": post.thread,
    }
    return await prep.client.deliver(prep.client.event(user, post.conversation, "invoke", **more))


def button(post: Post, label: str) -> dict[str, Any]:
    found = next(a for card in post.cards for a in cards.actions(card) if a["title"] == label)
    data: dict[str, Any] = found["data"]
    return data


def sending(form: Post) -> dict[str, Any]:
    """What the button sends that sends a form."""
    found = next(a for card in form.cards for a in cards.actions(card) if a.get("verb") == "form")
    data: dict[str, Any] = found["data"]
    return data


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
    assert "1 kept" in " ".join(lines_of(form.cards[0]))
    assert others_see(plan, acme(plan)) == set()


async def test_a_form_with_a_mistake_stays(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep batna kolibri add")
    (form,) = own(plan)
    await plan.submit("ann", "#acme", {"Name": "", "Price per piece": "4.18"})
    assert form.history == []
    await plan.submit("ann", "#acme", {"Name": "Cobalt", "Price per piece": "4.18"})
    assert len(form.history) == 1
    assert plan.teams.visible(acme(plan))[-1].text == ""


async def test_what_is_for_all_is_not_said_in_public_from_such_a_card(plan: TeamsRunner) -> None:
    await plan.say("ann", "#acme", "/prep show kolibri")
    (card,) = own(plan)
    before = plan.teams.visible(acme(plan))
    answer = await press(plan, ANN, card, {"words": "help", "alone": True})
    assert answer.body["value"] == BELOW
    assert plan.teams.visible(acme(plan)) == before
    assert "What you can say" in lines_of(own(plan)[-1].cards[0])


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
    _, other = build_teams(plan.app, plan.app.settings, clock=plan.clock)
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
    assert "Cobalt" in " ".join(lines_of(answer.cards[0]))


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


# ---- a tenant that takes none ----


async def test_a_tenant_that_refuses_is_not_asked_again_for_a_while(plan: TeamsRunner) -> None:
    plan.teams.targeted_allowed = False
    await plan.say("ann", "#acme", "@Prep show kolibri")
    assert plan.teams.visible(acme(plan))[-1].text == IN_PRIVATE
    plan.teams.targeted_allowed = True
    asked = len(plan.teams.requests)
    await plan.say("ann", "#acme", "@Prep show kolibri")
    posted = [path for method, path in plan.teams.requests[asked:] if method == "POST"]
    assert len(posted) == 2  # the direct message and the words in the channel
    assert own(plan) == []
    await plan.set_now(plan.now + NOT_ASKED)
    await plan.say("ann", "#acme", "@Prep show kolibri")
    assert len(own(plan)) == 1


@pytest.mark.parametrize(
    "fault",
    [Fault(status=503), Fault(status=401), Fault(status=404), Fault(status=413)],
    ids=lambda f: str(f.status),
)
async def test_what_is_no_refusal_of_the_tenant_is_not_remembered(plan: TeamsRunner, fault: Fault) -> None:
    plan.teams.fail(fault)
    await plan.say("ann", "#acme", "@Prep show kolibri")
    assert own(plan) == []
    await plan.say("ann", "#acme", "@Prep show kolibri")
    assert len(own(plan)) == 1


async def test_what_perhaps_arrived_is_not_sent_again(plan: TeamsRunner) -> None:
    before = len(plan.teams.visible(plan.teams.personal(ANN)))
    plan.teams.fail(Fault(status=502, accepted=True))
    await plan.say("ann", "#acme", "@Prep show kolibri")
    assert len(own(plan)) == 1
    assert len(plan.teams.visible(plan.teams.personal(ANN))) == before


# ---- behind a button ----


async def stub_of(prep: TeamsRunner, words: str = "@Prep show kolibri") -> Post:
    await prep.say("ann", "#acme", words)
    stub = prep.teams.visible(acme(prep))[-1]
    assert [action["title"] for action in cards.actions(stub.cards[0])] == [SHOW]
    return stub


@pytest.mark.parametrize(
    "words", ["@Prep show kolibri", "/prep show kolibri", "/prep batna kolibri add Dorado = 4.19"]
)
async def test_a_stub_holds_nothing_of_the_answer_nor_of_the_question(
    without: TeamsRunner, words: str
) -> None:
    stub = await stub_of(without, words)
    whole = json.dumps(stub.activity)
    assert not [
        secret for secret in (*SECRETS, "kolibri", "Dorado", "4.19", "batna", ANN.aad) if secret in whole
    ]
    assert stub.activity["summary"] == ADD_ME


async def test_the_asker_presses_and_sees_it_alone(without: TeamsRunner) -> None:
    stub = await stub_of(without)
    answer = await without.client.press(ANN, stub, SHOW)
    assert "Kolibri" in " ".join(lines_of(answer.body["value"]))
    assert stub.history == []
    assert others_see(without, acme(without)) == set()
    again = await press(without, ANN, stub, button(stub, SHOW))
    assert again.body == answer.body


async def test_buttons_of_what_is_shown_so_are_answered_so(without: TeamsRunner) -> None:
    stub = await stub_of(without)
    await without.client.press(ANN, stub, SHOW)
    before = without.teams.visible(acme(without))
    answer = await without.client.press(ANN, stub, "BATNA")
    assert "Borg" in " ".join(lines_of(answer.body["value"]))
    assert without.teams.visible(acme(without)) == before
    assert others_see(without, acme(without)) == set()


@pytest.mark.parametrize("user", [BEN, GUEST, OUTSIDER], ids=["member", "guest", "other tenant"])
async def test_nobody_else_is_shown_it(without: TeamsRunner, user: User) -> None:
    stub = await stub_of(without)
    acme(without).members += [GUEST, OUTSIDER]
    answer = await without.client.press(user, stub, SHOW)
    assert answer.body["value"] == Why.NOT_YOURS.value
    assert leaks([], answer) == set()


async def test_who_claims_to_be_the_asker_is_nobody(without: TeamsRunner) -> None:
    stub = await stub_of(without)
    value = {"action": {"type": "Action.Execute", "data": button(stub, SHOW)}, "trigger": "manual"}
    event = without.client.event(BEN, acme(without), "invoke", name="adaptiveCard/action", value=value)
    event["from"] = {"id": BEN.id, "name": "Ann", "aadObjectId": ANN.aad}
    assert leaks([], await without.client.deliver(event)) == set()


@pytest.mark.parametrize("token", ["", "x", "../..", "0" * 22])
async def test_a_made_up_button_shows_nothing(without: TeamsRunner, token: str) -> None:
    stub = await stub_of(without)
    answer = await press(without, ANN, stub, {"kept": token, "page": 3})
    assert answer.body["value"] == GONE


async def test_after_a_while_the_answer_is_gone(without: TeamsRunner) -> None:
    stub = await stub_of(without)
    await without.set_now(without.now + FOR + timedelta(seconds=1))
    answer = await without.client.press(ANN, stub, SHOW)
    assert answer.body["value"] == GONE


async def test_who_left_the_company_meanwhile_is_shown_nothing(without: TeamsRunner) -> None:
    """The answer is opened for who presses it as they are then."""
    stub = await stub_of(without)
    await without.set_now(without.now + timedelta(minutes=10))
    guest = type(ANN)("Ann", role="guest")
    acme(without).members[:] = [guest, BEN]
    answer = await press(without, guest, stub, button(stub, SHOW))
    assert Why.OUTSIDER.value in json.dumps(answer.body)
    assert leaks([], answer) == set()


async def test_a_press_on_a_card_that_all_see_is_answered_to_the_presser(without: TeamsRunner) -> None:
    post = without.teams.visible(acme(without))[0]
    before = without.teams.visible(acme(without))
    answer = await press(without, ANN, post, {"words": "show kolibri"})
    assert "Kolibri" in " ".join(lines_of(answer.body["value"]))
    assert without.teams.visible(acme(without)) == before
    assert post.history == []
    assert leaks(before) == set()


async def test_an_old_client_gets_the_stub(without: TeamsRunner) -> None:
    """What it sends waits for no answer, so nothing can be shown in one."""
    post = without.teams.visible(acme(without))[0]
    await without.client.message(ANN, "", acme(without), value={"words": "show kolibri"}, replyToId=post.id)
    stub = without.teams.visible(acme(without))[-1]
    assert stub.activity["summary"] == ADD_ME
    assert leaks(without.teams.visible(acme(without))) == set()

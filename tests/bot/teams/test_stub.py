"""Where Teams takes no message for one person in a channel: the direct message, and what a button shows to the presser."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from bot.teams.kept import FOR, SHOW
from bot.teams.saying import ADD_ME, GONE, IN_PRIVATE
from bot.teams.targeting import NOT_ASKED
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
)
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.world import BOT
from tests.journeys.teams_reading import card_lines

if TYPE_CHECKING:
    from tests.doubles.teams.world import Post, User
    from tests.journeys.teams_runner import TeamsRunner


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
    assert "Kolibri" in " ".join(card_lines(answer.body["value"]))
    assert stub.history == []
    assert others_see(without, acme(without)) == set()
    again = await press(without, ANN, stub, button(stub, SHOW))
    assert again.body == answer.body


async def test_buttons_of_what_is_shown_so_are_answered_so(without: TeamsRunner) -> None:
    stub = await stub_of(without)
    await without.client.press(ANN, stub, SHOW)
    before = without.teams.visible(acme(without))
    answer = await without.client.press(ANN, stub, "BATNA")
    assert "Borg" in " ".join(card_lines(answer.body["value"]))
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
    assert "Kolibri" in " ".join(card_lines(answer.body["value"]))
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


async def test_where_nobody_checks_who_is_spoken_to_nothing_is_sent_for_one_person_alone(
    plan: TeamsRunner,
) -> None:
    """A tool without accounts may show to all what says that it is for one: it gets a button instead, or nothing."""
    _, other = build_teams(plan.app, plan.app.settings, clock=plan.clock)
    event = plan.client.event(
        ANN, acme(plan), "message", text="show kolibri", recipient={**BOT, "isTargeted": True}
    )
    await other.on_activity(event)
    await other.close()
    assert not any(
        secret in str(post.cards) for post in plan.teams.visible(acme(plan), ANN) for secret in SECRETS
    )
    assert any("Kolibri" in str(post.cards) for post in plan.teams.visible(plan.teams.personal(ANN)))

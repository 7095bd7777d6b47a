"""Where an answer belongs: forms that moved, cards that change in place, and what answers a press."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.answering import Answers, is_unknown
from bot.teams.saying import DONE, IN_PRIVATE, LATER, UNREADABLE, refused, told
from handlers.turn import Person
from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault
from tests.journeys.runner import DM
from tests.journeys.teams_reading import card_lines, inputs
from tests.journeys.teams_runner import person

if TYPE_CHECKING:
    from tests.doubles.teams.client import Answer
    from tests.doubles.teams.world import Post, User
    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN = person("ann"), person("ben")


def lines_of(post: Post) -> list[str]:
    return [line for card in post.cards for line in card_lines(card)]


def in_private(prep: TeamsRunner, user: User = ANN) -> list[Post]:
    return prep.teams.visible(prep.teams.personal(user))


def in_channel(prep: TeamsRunner) -> list[Post]:
    return prep.teams.visible(prep.channels["acme"])


async def send_form(prep: TeamsRunner, user: User, form: Post, at: User, values: dict[str, str]) -> Answer:
    """Sends the form of a post; `at` is in whose direct message that is claimed to stand."""
    action = next(a for a in cards.actions(form.cards[0]) if a.get("verb") == "form")
    fields = inputs(form.cards[0])
    stands = {one["id"]: one.get("value", "") for one in fields.values()}
    data = {**action["data"], **stands, **{fields[label]["id"]: text for label, text in values.items()}}
    value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
    place = prep.teams.personal(at)
    more: dict[str, Any] = {"name": "adaptiveCard/action", "value": value, "replyToId": form.id}
    return await prep.client.deliver(prep.client.event(user, place, "invoke", **more))


async def plan(prep: TeamsRunner) -> None:
    await prep.say("ann", "#acme", "@Prep help")
    await prep.say("ben", "#acme", "@Prep help")
    for line in ("new quick Acme: housings", "later"):
        await prep.say("ann", DM, line)


# ---- fixed answers ----


def test_what_answers_a_press_has_the_form_that_teams_draws() -> None:
    assert told("x") == {
        "statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": "x",
    }  # fmt: skip
    no = refused()
    assert (no["statusCode"], no["type"]) == (400, "application/vnd.microsoft.error")
    assert no["value"] == {"code": "BadRequest", "message": UNREADABLE}


@pytest.mark.parametrize(
    ("home", "guest", "unknown"),
    [
        (True, False, False),
        (None, False, True),
        (True, None, True),
        (None, None, True),
        (False, None, False),  # from outside, whatever the account
        (None, True, False),
        (True, True, False),
        (False, False, False),
    ],
)
def test_who_is_unknown_is_neither_in_nor_out(
    *, home: bool | None, guest: bool | None, unknown: bool
) -> None:
    assert is_unknown(Person("a", home=home, guest=guest)) is unknown


# ---- forms ----


async def test_a_form_that_moved_to_the_direct_message_still_belongs_to_the_channel(
    prep: TeamsRunner,
) -> None:
    await plan(prep)
    await prep.say("ann", "#acme", "@Prep contract add Acme")
    form = in_private(prep)[-1]
    assert in_channel(prep)[-1].text == IN_PRIVATE
    values = {"Last day of the first term": "2028-06-30", "Channel for reminders": "here"}
    answer = await send_form(prep, ANN, form, ANN, values)
    assert answer.body["value"] == IN_PRIVATE
    assert (form.text, form.cards) == (DONE, [])
    assert any("in #acme" in line for line in lines_of(in_private(prep)[-1]))


async def test_a_form_of_somebody_else_belongs_to_nobodys_channel(prep: TeamsRunner) -> None:
    """Ben got hold of Ann's form: what he sends is answered to him, where he is."""
    await plan(prep)
    await prep.say("ann", "#acme", "@Prep contract add Acme")
    form, before = in_private(prep)[-1], len(in_channel(prep))
    answer = await send_form(prep, BEN, form, BEN, {"Last day of the first term": "2028-06-30"})
    assert answer.status == 200
    assert form.cards != []
    assert len(in_channel(prep)) == before


async def test_a_form_with_a_mistake_stays_where_it_is_and_says_what_is_wrong(prep: TeamsRunner) -> None:
    await plan(prep)
    await prep.say("ann", "#acme", "@Prep contract add Acme")
    form = in_private(prep)[-1]
    await send_form(
        prep, ANN, form, ANN, {"Notice period": "some time", "Last day of the first term": "2028-06-30"}
    )
    assert "Nothing is saved yet" in json.dumps(form.cards[0])
    assert inputs(form.cards[0])["Last day of the first term"]["value"] == "2028-06-30"
    await send_form(prep, ANN, form, ANN, {"Notice period": ""})
    assert form.text == DONE


async def test_only_so_many_forms_are_remembered(prep: TeamsRunner) -> None:
    """The oldest go: a form forgotten is answered in private."""
    await plan(prep)
    await prep.say("ann", "#acme", "@Prep contract add Acme")
    form = in_private(prep)[-1]
    for _ in range(2):
        await prep.say("ben", "#acme", "@Prep contract add Borg")
    answers: Answers = prep.face._answers
    assert len(answers._forms) == 3
    assert (ANN.aad, form.id) in answers._forms


# ---- in place ----


async def test_what_cannot_be_changed_any_more_is_said_below(prep: TeamsRunner) -> None:
    await plan(prep)
    await prep.say("ann", DM, "batna acme add")
    form = in_private(prep)[-1]
    prep.teams.fail(Fault(status=404))
    await prep.submit("ann", DM, {"Name": "Borg", "Price per piece": "4.18"})
    assert form.history == []
    assert any("Borg" in line for line in lines_of(in_private(prep)[-1]))


async def test_a_press_that_could_not_be_answered_says_so_to_the_presser(prep: TeamsRunner) -> None:
    await plan(prep)
    post = in_private(prep)[-1]
    prep.teams.fail(Fault(status=503, times=4))
    answer = await prep.client.press(ANN, post, "Resume")
    assert answer.body["value"] == LATER


@pytest.mark.parametrize("value", [None, 7, "x", {}, {"action": None}, {"action": {"data": {"words": 3}}}])
async def test_a_button_that_cannot_be_read(prep: TeamsRunner, value: Any) -> None:
    more = {"name": "adaptiveCard/action", "value": value}
    event = prep.client.event(ANN, prep.teams.personal(ANN), "invoke", **more)
    answer = await prep.client.deliver(event)
    assert answer.body["value"]["message"] == UNREADABLE
    assert prep.teams.posts == []

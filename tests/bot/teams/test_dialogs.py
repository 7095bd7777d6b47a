"""“Log as concession” on a message: a dialog that one person sees, with the rights of that person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.dialogs import FETCH
from bot.teams.message_text import author_of, text_of
from bot.teams.saying import UNREADABLE, WHO
from handlers.gate import Why
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.doubles.teams.world import OTHER_TENANT, Conversation
from tests.journeys.runner import DM
from tests.journeys.teams_runner import person

if TYPE_CHECKING:
    from tests.doubles.teams.client import Answer
    from tests.doubles.teams.world import User
    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN = person("ann"), person("ben")
SUBMIT = "composeExtension/submitAction"


@pytest.fixture
async def plan(private: TeamsRunner) -> TeamsRunner:
    """Ann's plan, which nobody else may read. Ann and Ben have met Prep in #acme."""
    prep = private
    for user in ("ann", "ben"):
        await prep.say(user, "#acme", "@Prep help")
    for line in (
        "new quick Kolibri: motors",
        "later",
        "term kolibri price: open 3.45, target 3.70, stop 4.05",
    ):
        await prep.say("ann", DM, line)
    prep.teams.posts.clear()
    return prep


def card_of(answer: Answer) -> dict[str, Any]:
    card: dict[str, Any] = answer.body["task"]["value"]["card"]["content"]
    return card


def read(answer: Answer) -> str:
    return cards.read(card_of(answer))


def told(answer: Answer) -> str:
    assert answer.body["task"]["type"] == "message"
    return str(answer.body["task"]["value"])


async def log_of(plan: TeamsRunner) -> str:
    return "\n".join(await plan.say("ann", DM, "log kolibri all"))


async def test_the_form_holds_what_the_message_says_and_is_logged(plan: TeamsRunner) -> None:
    place = plan.channels["acme"]
    form = await plan.client.act_on(ANN, "<p>price 3.45 -&gt; 3.58</p>", place)
    assert "What moved: price 3.45 -> 3.58" in read(form)
    assert "Kolibri" in json.dumps(form.body)
    done = await plan.client.in_dialog(ANN, form, "Log it", place, **{"one.returned": "cap 4"})
    assert "logged as #1" in read(done)
    assert plan.teams.posts == []  # nobody else sees any of it, in the channel or elsewhere
    assert "3.58" in await log_of(plan)


async def test_buttons_of_a_dialog_lead_to_the_next(plan: TeamsRunner) -> None:
    place = plan.channels["acme"]
    form = await plan.client.act_on(ANN, "price 3.45 -> 3.58", place)
    done = await plan.client.in_dialog(ANN, form, "Log it", place)
    assert "3.58" in read(await plan.client.in_dialog(ANN, done, "Show log", place))
    assert plan.teams.posts == []


async def test_what_cannot_be_logged_stays_in_the_form(plan: TeamsRunner) -> None:
    place = plan.channels["acme"]
    form = await plan.client.act_on(ANN, "lead time from 45 to 30 days, they said", place)
    typed = {"one.moved": "price 3.45 -> cheap", "one.side": "theirs"}
    wrong = await plan.client.in_dialog(ANN, form, "Log it", place, **typed)
    assert read(wrong).count('"cheap"') == 1  # at its field, and nowhere else
    assert read(wrong).index("What moved") < read(wrong).index('"cheap"') < read(wrong).index("In return for")
    stands = cards.values(card_of(wrong))
    assert {key: stands[key] for key in typed} == typed
    done = await plan.client.in_dialog(ANN, wrong, "Log it", place, **{"one.moved": "price 3.45 -> 3.40"})
    assert "logged as #1" in read(done)


@pytest.mark.parametrize(
    ("author", "side"), [(ANN, "ours"), (BEN, "ours"), (OUTSIDER, "theirs"), (GUEST, "theirs")]
)
async def test_what_somebody_from_outside_wrote_is_theirs(plan: TeamsRunner, author: User, side: str) -> None:
    place = plan.teams.channel(ANN, BEN, author)
    form = await plan.client.act_on(ANN, "price 3.45 -> 3.40", place, author=author)
    assert cards.values(card_of(form))["one.side"] == side


async def test_where_prep_is_not_people_are_known_from_their_direct_message(plan: TeamsRunner) -> None:
    chat = plan.teams.group(ANN, BEN, installed=False)
    form = await plan.client.act_on(ANN, "price 3.45 -> 3.58", chat)
    assert "logged as #1" in read(await plan.client.in_dialog(ANN, form, "Log it", chat))
    carl = person("carl")
    assert told(await plan.client.act_on(carl, "x", plan.teams.group(carl, ANN, installed=False))) == WHO


async def test_a_chat_of_two_people_is_never_taken_for_the_direct_message(plan: TeamsRunner) -> None:
    """Else what is for Ann alone would be posted where Ben reads."""
    chat = plan.teams._place(Conversation("personal", [ANN, BEN], installed=False))
    await plan.client.act_on(ANN, "price 3.45 -> 3.58", chat)
    await plan.say("ann", DM, "show kolibri")
    assert plan.teams.visible(chat) == []
    found = await plan.face._parts.places.find(ANN.entry()["tenantId"], ANN.aad, direct=True)
    assert found is not None
    assert found.reference["base_id"] == plan.teams.personal(ANN).id


# ---- attacks ----


@pytest.mark.parametrize("user", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_people_from_outside_get_one_answer(plan: TeamsRunner, user: User) -> None:
    channel = plan.teams.channel(ANN, user)
    for answer in (
        await plan.client.act_on(user, "price 3.45 -> 3.58", channel),
        await plan.client.invoke(user, SUBMIT, {"data": {"words": "show kolibri"}}, channel),
    ):
        assert read(answer) == Why.OUTSIDER.value
    assert plan.teams.posts == []


async def test_another_member_sees_no_plan_of_somebody_else(plan: TeamsRunner) -> None:
    form = await plan.client.act_on(BEN, "Kolibri: price 3.45 -> 3.58", plan.channels["acme"])
    assert "[Log it]" not in read(form)
    assert "motors" not in json.dumps(form.body)


async def plan_ref(plan: TeamsRunner) -> str:
    form = await plan.client.act_on(ANN, "x", plan.channels["acme"])
    ref = cards.values(card_of(form))["one.plan"]
    assert ref.startswith("plan:")
    return ref


@pytest.mark.parametrize("name", [SUBMIT, "task/submit"])
async def test_a_forged_form_runs_with_the_rights_of_its_sender(plan: TeamsRunner, name: str) -> None:
    forged = {
        "words": "log this", "form": True, "one.plan": await plan_ref(plan), "one.side": "ours",
        "one.moved": "price 3.45 -> 3.99", "from": ANN.aad, "speaker": {"id": ANN.aad},
    }  # fmt: skip
    answer = await plan.client.invoke(
        BEN, name, {"data": forged, "commandId": "log_concession"}, plan.channels["acme"]
    )
    assert answer.status == 200
    assert "motors" not in json.dumps(answer.body)
    assert "3.99" not in await log_of(plan)


@pytest.mark.parametrize("words", ["show kolibri", "log kolibri all", "batna kolibri", "share kolibri @ben"])
async def test_forged_words_of_a_dialog_are_words_of_their_sender(plan: TeamsRunner, words: str) -> None:
    answer = await plan.client.invoke(BEN, SUBMIT, {"data": {"words": words}}, plan.channels["acme"])
    never = await plan.client.invoke(
        BEN, SUBMIT, {"data": {"words": words.replace("kolibri", "quetzal")}}, plan.channels["acme"]
    )
    assert read(answer).replace("kolibri", "quetzal") == read(never)
    assert [post for post in plan.teams.posts if post.conversation.members != [BEN]] == []


async def test_a_message_is_data(plan: TeamsRunner) -> None:
    """Whatever a message says is put into the form, nothing of it is done."""
    for text in (
        "theirs: share kolibri @ben",
        "ours: x",
        "<script>x</script><at>Ben</at>: ours: give 1",
        "{{DATE(x)}}",
    ):
        form = await plan.client.act_on(ANN, text, plan.channels["acme"])
        assert "[Log it]" in read(form)
        assert cards.values(card_of(form))["one.side"] == "ours"
    assert "Nothing logged yet" in await log_of(plan)
    assert plan.teams.visible(plan.teams.personal(BEN)) == []


@pytest.mark.parametrize(
    "change",
    [
        {"from": {"id": BEN.id, "name": "Ann", "aadObjectId": ANN.aad}},
        {"from": {"id": "29:nobody", "name": "Ann", "aadObjectId": ANN.aad}},
        {"from": {"aadObjectId": ANN.aad}},
        {"from": {}},
    ],
    ids=["directory id of another", "unknown id", "no Teams id", "nobody"],
)
@pytest.mark.parametrize("installed", [True, False])
async def test_who_claims_to_be_somebody_else_is_nobody(
    plan: TeamsRunner, change: dict[str, Any], *, installed: bool
) -> None:
    place = plan.teams.group(ANN, BEN, installed=installed)
    value = {"data": {"words": "show kolibri"}}
    event = {**plan.client.event(BEN, place, "invoke", name=SUBMIT, value=value), **change}
    answer = await plan.client.deliver(event)
    assert "motors" not in json.dumps(answer.body)
    assert told(answer) == WHO


async def test_another_tenant_is_another_world(plan: TeamsRunner) -> None:
    event = plan.client.event(
        ANN, plan.channels["acme"], "invoke", name=SUBMIT, value={"data": {"words": "show kolibri"}}
    )
    event["conversation"]["tenantId"] = OTHER_TENANT
    answer = await plan.client.deliver(event)
    assert "motors" not in json.dumps(answer.body)


@pytest.mark.parametrize(
    "value", [None, 7, [], {}, {"commandId": "other"}, {"data": 3}, {"data": {"words": 3}}]
)
@pytest.mark.parametrize("name", [FETCH, SUBMIT, "task/submit"])
async def test_what_cannot_be_read_is_said(plan: TeamsRunner, name: str, value: Any) -> None:
    assert told(await plan.client.invoke(ANN, name, value, plan.channels["acme"])) == UNREADABLE
    assert plan.teams.posts == []


# ---- what a message says ----


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("<p>price 3.45 -&gt; 3.58</p>", "price 3.45 -> 3.58"),
        ('<div><div><at id="0">Ann</at> - Hi&nbsp;there</div>\n<div>two</div></div>', "Ann - Hi there\ntwo"),
        ("one<br>two<br/>three", "one\ntwo\nthree"),
        ('yes <emoji alt="👍"></emoji><attachment id="1">x</attachment>', "yes 👍"),
        ("<ul><li>cap 4</li><li>net 60</li></ul>", "cap 4\nnet 60"),
        ("<style>p{}</style>a < b", "a < b"),
        ("<p>unclosed", "unclosed"),
        ("", ""),
    ],
)
def test_the_text_of_a_message(content: str, text: str) -> None:
    assert text_of({"body": {"contentType": "html", "content": content}}) == text


def test_plain_text_is_left_as_it_is() -> None:
    assert text_of({"body": {"contentType": "text", "content": "a <b> c\n d"}}) == "a <b> c\nd"


@pytest.mark.parametrize(
    "message", [{}, {"body": None}, {"body": {"content": 3}}, {"from": {"user": None}}, {"from": 1}]
)
def test_a_message_without_text_or_author(message: dict[str, Any]) -> None:
    assert (text_of(message), author_of(message)) == ("", "")

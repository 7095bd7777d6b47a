"""Attacks by somebody who can make Teams send whatever they like in their own name, or makes up what Teams would send.

Ann has a plan that nobody else may read. Whatever is forged, nobody but her sees anything of it, in posts, in what they were
before, in answers to presses and dialogs, or in notifications; and nothing is changed.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from handlers.gate import Why
from handlers.turn import Preview
from tests.bot.teams.alone import ANN, BEN, CARL, SECRETS, acme, leaks, others_see, own, planned, press
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.doubles.teams.world import BOT, HOST_TENANT, OTHER_TENANT, Conversation, Post, User
from tests.journeys.runner import DM
from tests.journeys.teams_runner import teams_runner
from tests.support.dump import changes, dump

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.teams.client import Answer
    from tests.journeys.teams_runner import TeamsRunner

MEMBERS = {"acme": ["ann", "ben", "carl"], "team": ["ann", "ben"]}
WORDS = ("show kolibri", "batna kolibri", "log kolibri all", "find kolibri", "export kolibri")
FETCH, SUBMIT, TASK = "composeExtension/fetchTask", "composeExtension/submitAction", "task/submit"


@pytest.fixture
async def plan(database_url: str) -> AsyncIterator[TeamsRunner]:
    """Ann's plan: with one database in a tenant that takes messages which one person in a channel sees, with the other in one
    that takes none."""
    targeted = database_url.startswith("sqlite")
    async with teams_runner(database_url, MEMBERS, targeted=targeted) as runner:
        yield await planned(runner)


def come(prep: TeamsRunner, *users: User) -> None:
    """They are in #acme."""
    place = acme(prep)
    place.members += [user for user in users if user not in place.members]


def plan_rows(prep: TeamsRunner) -> dict[str, list[str]]:
    """Everything that is kept of plans, and who may read them."""
    rows = dump(prep.app.database)
    beside = {
        "handled",
        "focus",
        "conversation",
        "member",
        "platform_address",
        "workspace",
        "audit",
        "reminder",
    }
    return {name: found for name, found in rows.items() if name not in beside}


def nothing_for_others(prep: TeamsRunner, *answers: Answer, before: dict[str, list[str]]) -> None:
    """Nobody but Ann saw a secret, anywhere, and no plan was changed."""
    for place in {post.conversation.id: post.conversation for post in prep.teams.posts}.values():
        if place.members != [ANN]:
            assert others_see(prep, place) == set()
    assert leaks([], *answers) == set()
    assert changes(before, plan_rows(prep)) == []


async def plan_words(prep: TeamsRunner) -> list[dict[str, Any]]:
    """What the buttons of Ann's own cards send."""
    await prep.say("ann", DM, "show kolibri")
    posts = prep.teams.visible(prep.teams.personal(ANN))
    found = [a["data"] for post in posts for card in post.cards for a in cards.actions(card) if "data" in a]
    named = [data for data in found if "plan:" in str(data.get("words"))]
    assert named
    return named


# ---- forged activities: who, where, whose ----

CLAIMS: dict[str, dict[str, Any]] = {
    "directory id of Ann": {"from": {**BEN.account(), "aadObjectId": ANN.aad}},
    "Teams id of Ann": {"from": {"id": ANN.id, "name": "Ben", "aadObjectId": BEN.aad}},
    "name of Ann": {"from": {"id": BEN.id, "name": "Ann"}},
    "role of the bot": {"from": {**BEN.account(), "role": "bot"}},
    "properties": {
        "from": {**BEN.account(), "properties": {"aadObjectId": ANN.aad}},
        "speaker": ANN.account(),
    },
    "on behalf of": {"onBehalfOf": [{"itemId": 0, "mentionType": "person", "mri": ANN.id}]},
}


@pytest.mark.parametrize("claim", CLAIMS)
async def test_forged_sender(plan: TeamsRunner, claim: str) -> None:
    """`from.aadObjectId` and the like. With Ann's Teams id in a channel it is what Teams sends when she speaks."""
    places = [plan.teams.personal(BEN)]
    places += [] if claim == "Teams id of Ann" else [plan.channels["team"], plan.teams.group(BEN, CARL)]
    before = plan_rows(plan)
    for place in places:
        for words in (*WORDS[:2], "share kolibri @ben"):
            typed = plan.client.typed(BEN, words, place, entities=[{"type": "mention", "mentioned": BOT}])
            assert (await plan.client.deliver({**typed, **CLAIMS[claim]})).status == 200
    nothing_for_others(plan, before=before)


async def test_a_forged_sender_does_not_become_the_place_where_ann_is_written_to(plan: TeamsRunner) -> None:
    """Else her reminders would come to Ben."""
    forged = {"from": {**ANN.account()}}
    for kind, more in (
        ("message", {"text": "help"}),
        ("installationUpdate", {"action": "add"}),
        ("conversationUpdate", {"membersAdded": [dict(BOT)]}),
    ):
        activity = plan.client.event(BEN, plan.teams.personal(BEN), kind, **more)
        await plan.client.deliver({**activity, **forged})
    await plan.say("ann", DM, "set kolibri: talks 2026-05-20")
    before = len(plan.teams.visible(plan.teams.personal(BEN)))
    await plan.set_now(datetime(2026, 5, 19, 9, tzinfo=UTC))
    await plan.deliver()
    assert len(plan.teams.visible(plan.teams.personal(BEN))) == before
    told = plan.teams.visible(plan.teams.personal(ANN))
    assert any("Talks with Kolibri" in cards.read(card) for post in told for card in post.cards)


@pytest.mark.parametrize("tenant", [None, "", OTHER_TENANT, 7, {"id": HOST_TENANT}], ids=repr)
async def test_the_tenant_of_the_conversation_is_not_ours_or_absent(
    plan: TeamsRunner, tenant: object
) -> None:
    """`channelData.tenant.id` says ours all the while: it may be the sender's, so nobody is let in by it."""
    before, posts = plan_rows(plan), len(plan.teams.posts)
    for kind in ("message", "press", FETCH, SUBMIT, TASK, "messageUpdate"):
        activity = _of_kind(plan, kind, ANN, acme(plan), "show kolibri")
        activity["conversation"]["tenantId"] = tenant
        if tenant is None:
            del activity["conversation"]["tenantId"]
        activity["channelData"]["tenant"] = {"id": HOST_TENANT}
        answer = await plan.client.deliver(activity)
        assert leaks(plan.teams.posts[posts:], answer) == set(), kind
    nothing_for_others(plan, before=before)


def _of_kind(prep: TeamsRunner, kind: str, user: User, place: Conversation, words: str) -> dict[str, Any]:
    """The words as a message, as what a button sends, as a dialog, or as an edited message."""
    if kind in {"message", "messageUpdate"}:
        entities = [{"type": "mention", "mentioned": BOT, "text": "<at>Prep</at>"}]
        typed = prep.client.typed(user, f"<at>Prep</at> {words}", place, entities=entities)
        if kind == "message":
            return typed
        return {**typed, "type": kind, "channelData": {**typed["channelData"], "eventType": "editMessage"}}
    if kind == "press":
        value: dict[str, Any] = {"action": {"type": "Action.Execute", "data": {"words": words}}}
        return prep.client.event(user, place, "invoke", name="adaptiveCard/action", value=value)
    value = {
        "commandId": "log_concession",
        "data": {"words": words},
        "messagePayload": {"body": {"content": words}},
    }
    return prep.client.event(user, place, "invoke", name=kind, value=value)


@pytest.mark.parametrize(
    "recipient",
    [
        {"id": "28:another-bot", "name": "Prep", "tenantId": OTHER_TENANT},
        {**BOT, "tenantId": OTHER_TENANT, "aadObjectId": ANN.aad},
        {**BOT, "isTargeted": True},
        {},
    ],
    ids=["another bot", "of another tenant", "as if it were a private command", "nobody"],
)
async def test_forged_recipient(plan: TeamsRunner, recipient: dict[str, Any]) -> None:
    come(plan, GUEST, OUTSIDER)
    before = plan_rows(plan)
    mention = [{"type": "mention", "mentioned": recipient}]
    for user in (BEN, GUEST, OUTSIDER):
        for words in WORDS[:2]:
            typed = plan.client.typed(user, words, acme(plan), entities=mention)
            assert (await plan.client.deliver({**typed, "recipient": recipient})).status == 200
    nothing_for_others(plan, before=before)


@pytest.mark.parametrize(
    "url",
    ["https://attacker.example/", "http://127.0.0.1:1/", "https://smba.trafficmanager.net.attacker.example/"],
)
async def test_forged_service_url(plan: TeamsRunner, url: str) -> None:
    """What is for Ann is sent to no address that an activity made up, now or later."""
    before, posts = plan_rows(plan), len(plan.teams.posts)
    for user, place in ((BEN, acme(plan)), (BEN, plan.teams.personal(ANN)), (OUTSIDER, acme(plan))):
        typed = plan.client.typed(user, "help", place, entities=[{"type": "mention", "mentioned": BOT}])
        await plan.client.deliver({**typed, "serviceUrl": url})
    nothing_for_others(plan, before=before)
    await plan.say("ann", DM, "batna kolibri")
    told = plan.teams.posts[posts:]
    assert leaks([post for post in told if post.conversation.members == [ANN]]) == set(SECRETS)


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
    nothing_for_others(plan, *answers, before=before)


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
    nothing_for_others(plan, *answers, before=before)


async def test_a_card_that_all_see_is_never_changed_into_what_is_anns(plan: TeamsRunner) -> None:
    """Ann herself is made to press a forged button: on a public card, and on a card that Ben alone sees."""
    await plan.say("ben", "#acme", "@Prep help")
    await plan.say("ben", "#acme", "@Prep plans")
    before = plan_rows(plan)
    for post in [p for p in plan.teams.posts if p.conversation.id == acme(plan).id]:
        for data in ({"words": "show kolibri"}, {"words": "batna kolibri", "alone": True}):
            await press(plan, ANN, post, data)
    nothing_for_others(plan, before=before)


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
    nothing_for_others(plan, *answers, before=before)


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
    nothing_for_others(plan, before=before)


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
    nothing_for_others(plan, *answers, before=before)


@pytest.mark.parametrize("user", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_the_message_extension_is_not_for_guests(plan: TeamsRunner, user: User) -> None:
    place = plan.teams.channel(ANN, user)
    before = plan_rows(plan)
    opened = await plan.client.act_on(user, "Kolibri: price 3.45 -> 3.58", place, author=ANN)
    assert Why.OUTSIDER.value in json.dumps(opened.body)
    assert "plan:" not in json.dumps(opened.body)
    nothing_for_others(plan, opened, before=before)


# ---- messages that are edited or taken back ----


@pytest.mark.parametrize(
    "user", [ANN, BEN, GUEST, OUTSIDER], ids=["owner", "member", "guest", "other tenant"]
)
async def test_an_edited_or_deleted_message_does_nothing(plan: TeamsRunner, user: User) -> None:
    """Edited into a question or a change, of one's own or of Ann's message."""
    place = acme(plan)
    come(plan, user)
    mention = [{"type": "mention", "mentioned": BOT, "text": "<at>Prep</at>"}]
    hers = plan.client.typed(ANN, "<at>Prep</at> help", place, entities=mention)
    await plan.client.deliver(hers)
    before = plan_rows(plan)
    for words in ("show kolibri", "share kolibri @ben", "batna kolibri add Cobalt = 4.11"):
        await plan.client.edit(user, {**hers, "from": user.account()}, f"<at>Prep</at> {words}")
    await plan.client.delete(user, {**hers, "from": user.account()})
    assert not [post for post in plan.teams.visible(place) if "Cobalt" in str(post.activity)]
    nothing_for_others(plan, before=before)


# ---- notifications: what stands outside of a card, and instead of it ----

PREVIEWS = {preview.value for preview in Preview}


async def _everything(prep: TeamsRunner) -> list[Post]:
    """Answers in channel, group and chat, what is sent to others, reminders, and a warning that a channel was opened."""
    group = prep.teams.group(ANN, BEN)
    for words in ("show kolibri", "batna kolibri", "log kolibri"):
        await prep.say("ann", "#acme", f"@Prep {words}")
        await prep.client.mention(ANN, words, group)
        await prep.client.slash(ANN, words, acme(prep))
    for line in (
        "channel kolibri #acme",
        "share kolibri @carl",
        "set kolibri: talks 2026-05-20",
        "contract add Kolibri: start 2025-07-01, end 2026-08-30, notice 60 days, channel #team",
        "remind #team 2026-05-19 09:00 ask Kolibri for 4.07",
        "remind 2026-05-19 09:00 Borg said 4.07",
        "post kolibri #team",
    ):
        await prep.say("ann", DM, line)
    await prep.press("ann", DM, "Post to #team")
    place = acme(prep)
    place.members.append(GUEST)
    added = [{"id": GUEST.id, "aadObjectId": GUEST.aad}]
    await prep.client.conversation_update(ANN, place, membersAdded=added)
    await prep.set_now(datetime(2026, 5, 19, 9, 5, tzinfo=UTC))
    await prep.deliver()
    return prep.teams.posts


async def test_summary_text_and_fallback_of_everything_that_is_posted(plan: TeamsRunner) -> None:
    """`summary`, `text`, `fallbackText` and `speak`, of targeted and proactive messages and of those that replace others."""
    posts = await _everything(plan)
    read = [cards.read(card) for post in posts for card in post.cards]
    for heading in ("Talks with Kolibri", "People from outside may read #acme", "ask Kolibri for 4.07"):
        assert any(heading in text for text in read), heading
    for post in posts:
        for state in (post.activity, *post.history):
            outside = json.dumps({key: value for key, value in state.items() if key != "attachments"})
            assert not [secret for secret in SECRETS if secret in outside], outside
            for one in state.get("attachments") or ():
                card = one["content"]
                assert card["fallbackText"] in PREVIEWS
                assert "speak" not in card
                beside = json.dumps({key: value for key, value in one.items() if key != "content"})
                assert not [secret for secret in SECRETS if secret in beside]


async def test_what_was_posted_on_purpose_is_seen_where_it_was_and_nowhere_else(plan: TeamsRunner) -> None:
    """The brief stands in #team, the contract's reminder too; #acme, where a guest came, has nothing of either."""
    await _everything(plan)
    assert others_see(plan, plan.channels["team"]) == set(SECRETS)
    assert others_see(plan, acme(plan)) == set()

"""Attacks by somebody who can make Teams send whatever they like in their own name, or makes up what Teams would send.

Ann has a plan that nobody else may read. Whatever is forged, nobody but her sees anything of it, in posts, in what they were
before, in answers to presses and dialogs, or in notifications; and nothing is changed.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

from handlers.turn import Preview
from tests.attacks.in_teams import FETCH, SUBMIT, TASK, WORDS, came_of_it, come, plan_rows
from tests.bot.teams.alone import ANN, BEN, CARL, SECRETS, acme, leaks, others_see
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.doubles.teams.world import BOT, HOST_TENANT, OTHER_TENANT, Conversation, Post, User
from tests.journeys.runner import DM

if TYPE_CHECKING:
    from tests.journeys.teams_runner import TeamsRunner


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
    assert came_of_it(plan, before=before) == []


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
    assert came_of_it(plan, before=before) == []


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
    assert came_of_it(plan, before=before) == []


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
    assert came_of_it(plan, before=before) == []
    await plan.say("ann", DM, "batna kolibri")
    told = plan.teams.posts[posts:]
    assert leaks([post for post in told if post.conversation.members == [ANN]]) == set(SECRETS)


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
    assert came_of_it(plan, before=before) == []


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

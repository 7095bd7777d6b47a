"""Attacks: everything that anybody sees in Teams is searched for what only Ann may read."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from bot.teams.saying import ADD_ME, IN_PRIVATE, WHO
from bot.teams.wiring import build_teams
from handlers.gate import Why
from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.world import OTHER_TENANT, User
from tests.journeys.runner import DM
from tests.journeys.teams_runner import person

if TYPE_CHECKING:
    from tests.doubles.teams.world import Post
    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN, CARL = person("ann"), person("ben"), person("carl")
GUEST = User("Gus", role="guest")
OUTSIDER = User("Olga", tenant=OTHER_TENANT)
SECRETS = ("Kolibri", "4.07", "Borg")
ASKING = ("show kolibri", "batna kolibri", "kolibri", "term kolibri price: stop 4.09", "find kolibri")


@pytest.fixture
async def plan(prep: TeamsRunner) -> TeamsRunner:
    """Ann's plan, which nobody else may read. Everybody has met Prep in #acme."""
    for user in ("ann", "ben", "carl"):
        await prep.say(user, "#acme", "@Prep help")
    for line in ("new quick Kolibri: motors", "later", "batna kolibri add Borg = 4.07, chance 80 %"):
        await prep.say("ann", DM, line)
    assert leaks(prep.teams.visible(prep.teams.personal(ANN))) == set(SECRETS)
    return prep


def leaks(posts: list[Post]) -> set[str]:
    """Which secrets stand in these posts, in their former states, or in what was answered to presses."""
    everything = json.dumps([[post.activity, post.history, list(post.views.values())] for post in posts])
    return {secret for secret in SECRETS if secret in everything}


def elsewhere(prep: TeamsRunner) -> list[Post]:
    """All posts that others than Ann can see."""
    return [post for post in prep.teams.posts if post.conversation.members != [ANN]]


@pytest.mark.parametrize("words", ASKING)
async def test_the_owner_in_a_channel(plan: TeamsRunner, words: str) -> None:
    await plan.say("ann", "#acme", f"@Prep {words}")
    assert leaks(elsewhere(plan)) == set()


@pytest.mark.parametrize("words", ASKING)
async def test_another_member_is_told_what_is_said_of_any_name(plan: TeamsRunner, words: str) -> None:
    told = await plan.say("ben", DM, words)
    never_used = await plan.say("ben", DM, words.replace("kolibri", "quetzal"))
    assert [line.replace("kolibri", "quetzal") for line in told] == never_used


async def test_a_group_chat(plan: TeamsRunner) -> None:
    group = plan.teams.group(ANN, BEN)
    await plan.client.mention(ANN, "show kolibri", group)
    assert leaks(plan.teams.visible(group)) == set()
    assert [post.text for post in plan.teams.visible(group)] == [IN_PRIVATE]


@pytest.mark.parametrize("other", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_figures_typed_where_outsiders_read_are_not_taken(plan: TeamsRunner, other: User) -> None:
    channel = plan.teams.channel(ANN, other)
    await plan.client.mention(ANN, "batna kolibri add Cobalt = 4.11", channel)
    assert leaks(elsewhere(plan)) == set()
    assert "Cobalt" not in await alternatives(plan)


async def test_figures_typed_where_the_roster_is_not_known_are_not_taken(plan: TeamsRunner) -> None:
    channel = plan.teams.channel(ANN, BEN)
    await plan.client.mention(ANN, "help", channel)  # Ann's own line of the roster is known from here on
    await forgotten(plan)
    plan.teams.fail(Fault(), Fault(status=503, times=4))
    await plan.client.mention(ANN, "batna kolibri add Cobalt = 4.11", channel)
    assert "Cobalt" not in await alternatives(plan)


async def alternatives(prep: TeamsRunner) -> str:
    """What Ann sees of her plan's alternatives, so that what was not taken can be told from what was."""
    prep.teams._faults.clear()
    told = "\n".join(await prep.say("ann", DM, "batna kolibri all"))
    assert "Borg" in told
    return told


async def forgotten(prep: TeamsRunner) -> None:
    """The time after which rosters are asked for again."""
    await prep.set_now(prep.now + timedelta(minutes=10))


@pytest.mark.parametrize("user", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
@pytest.mark.parametrize("words", ["show kolibri", "help", "new Acme: x"])
async def test_people_from_outside_get_one_answer(plan: TeamsRunner, user: User, words: str) -> None:
    channel = plan.teams.channel(ANN, user)
    await plan.client.mention(user, words, channel)
    await plan.client.message(user, words, plan.teams.personal(user))
    theirs = [*plan.teams.visible(channel), *plan.teams.visible(plan.teams.personal(user))]
    assert {" ".join([post.text, *(cards.read(card) for card in post.cards)]).strip() for post in theirs} == {
        Why.OUTSIDER.value
    }


async def test_who_cannot_be_looked_up_is_nobody(plan: TeamsRunner) -> None:
    await forgotten(plan)
    plan.teams.fail(Fault(status=503))
    before = len(plan.teams.posts)
    await plan.say("ann", DM, "show kolibri")
    assert [post.text for post in plan.teams.posts[before:]] == [WHO]


class Vague(User):
    """Somebody of whom the roster leaves out the tenant, or the role."""

    left_out = "tenantId"

    def entry(self) -> dict[str, Any]:
        return {**super().entry(), self.left_out: None}


class Roleless(Vague):
    left_out = "userRole"


@pytest.mark.parametrize("kind", [Vague, Roleless], ids=["tenant", "role"])
async def test_a_roster_that_leaves_out_who_somebody_is(plan: TeamsRunner, kind: type[User]) -> None:
    ann = kind("Ann")
    group = plan.teams.group(ann, BEN)
    await plan.client.mention(ann, "show kolibri", group)
    assert [post.text for post in plan.teams.visible(group)] == [WHO]
    assert leaks(elsewhere(plan)) == set()


async def test_the_notification_tells_nothing(plan: TeamsRunner) -> None:
    for post in plan.teams.posts:
        outside = {key: value for key, value in post.activity.items() if key != "attachments"}
        assert not [secret for secret in SECRETS if secret in json.dumps(outside)]
        assert all(
            card["fallbackText"] in {"Prep: answer ready", "Prep: next question"} for card in post.cards
        )


async def test_a_card_pressed_by_somebody_else_runs_with_their_rights(plan: TeamsRunner) -> None:
    """Whoever gets hold of a button of Ann's gets what they would get by typing its words."""
    words = button_words(plan)
    channel = plan.channels["acme"]
    post = plan.teams.visible(channel)[0]
    for action in words:
        value = {"action": {"type": "Action.Execute", "data": action}, "trigger": "manual"}
        more = {"name": "adaptiveCard/action", "value": value, "replyToId": post.id, "thread": post.thread}
        answer = await plan.client.deliver(plan.client.event(BEN, channel, "invoke", **more))
        assert answer.status == 200
        assert not [secret for secret in SECRETS if secret in json.dumps(answer.body)]
    assert leaks(elsewhere(plan)) == set()


def button_words(plan: TeamsRunner) -> list[dict[str, Any]]:
    posts = plan.teams.visible(plan.teams.personal(ANN))
    found = [a["data"] for post in posts for card in post.cards for a in cards.actions(card) if "data" in a]
    assert len(found) > 3
    return found


async def test_a_private_answer_is_never_what_answers_a_press_in_a_channel(plan: TeamsRunner) -> None:
    channel = plan.channels["acme"]
    post = plan.teams.visible(channel)[0]
    data = {"words": "show kolibri"}
    value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
    more = {"name": "adaptiveCard/action", "value": value, "replyToId": post.id, "thread": post.thread}
    answer = await plan.client.deliver(plan.client.event(ANN, channel, "invoke", **more))
    assert answer.body == {
        "statusCode": 200,
        "type": "application/vnd.microsoft.activity.message",
        "value": IN_PRIVATE,
    }
    assert leaks(elsewhere(plan)) == set()


@pytest.mark.parametrize(
    "data",
    [
        {"words": "show plan:1"},
        {"words": "show plan:9007199254740991"},
        {"words": "batna plan:1 add Borg = 1", "form": True, "one.name": "Borg"},
        {"words": "<at>Ben</at> <script>", "form": True, "one.x": "y" * 50_000},
        {"words": "post kolibri #acme", "place": "x", "speaker": {"id": ANN.aad}},
    ],
)
async def test_a_forged_button_grants_nothing(plan: TeamsRunner, data: dict[str, Any]) -> None:
    value = {"action": {"type": "Action.Execute", "data": data}, "trigger": "manual"}
    for place in (plan.teams.personal(BEN), plan.channels["acme"]):
        more = {"name": "adaptiveCard/action", "value": value, "replyToId": "1"}
        answer = await plan.client.deliver(plan.client.event(BEN, place, "invoke", **more))
        assert answer.status == 200
        assert not [secret for secret in SECRETS if secret in json.dumps(answer.body)]
    assert leaks([post for post in elsewhere(plan) if "Borg = 1" not in data["words"]]) == set()


@pytest.mark.parametrize(
    "change",
    [
        {"from": {"id": BEN.id, "name": "Ann", "aadObjectId": ANN.aad}},
        {"from": {"id": BEN.id, "name": "Ann"}},
        {"from": {"id": "29:nobody", "name": "Ann", "aadObjectId": ANN.aad}},
        {"from": {"aadObjectId": ANN.aad}},
        {"from": {}},
    ],
    ids=["directory id of another", "name of another", "unknown id", "no Teams id", "nobody"],
)
async def test_an_activity_that_claims_to_be_somebody_else(plan: TeamsRunner, change: dict[str, Any]) -> None:
    typed = {**plan.client.typed(BEN, "show kolibri", plan.teams.personal(BEN)), **change}
    assert (await plan.client.deliver(typed)).status == 200
    assert leaks(elsewhere(plan)) == set()


@pytest.mark.parametrize("tenant", [None, "", OTHER_TENANT])
async def test_another_workspace_is_another_world(plan: TeamsRunner, tenant: str | None) -> None:
    typed = plan.client.typed(ANN, "show kolibri", plan.teams.personal(ANN))
    typed["conversation"]["tenantId"] = tenant
    before = len(plan.teams.posts)
    assert (await plan.client.deliver(typed)).status == 200
    assert leaks(plan.teams.posts[before:]) == set()


async def test_an_outsider_who_comes_in_is_seen_at_once(plan: TeamsRunner) -> None:
    channel = plan.teams.channel(ANN, BEN)
    await plan.client.mention(ANN, "batna kolibri add Cobalt = 4.11", channel)
    channel.members.append(GUEST)
    added = [{"id": GUEST.id, "aadObjectId": GUEST.aad}]
    await plan.client.conversation_update(ANN, channel, membersAdded=added)
    await plan.client.mention(ANN, "batna kolibri add Dorado = 4.12", channel)
    told = await alternatives(plan)
    assert "Cobalt" in told
    assert "Dorado" not in told


async def test_a_channel_that_was_shared_counts_as_open_to_outsiders(plan: TeamsRunner) -> None:
    channel = plan.teams.channel(ANN, BEN)
    await plan.client.mention(ANN, "help", channel)
    shared = {"eventType": "channelShared", "channel": {"id": channel.id}}
    await plan.client.conversation_update(ANN, channel, channelData=shared)
    await plan.client.mention(ANN, "batna kolibri add Cobalt = 4.11", channel)
    assert "Cobalt" not in await alternatives(plan)


async def test_who_cannot_be_reached_in_private_gets_no_content_in_public(plan: TeamsRunner) -> None:
    place = plan.teams.personal(ANN)
    place.blocked = True
    await plan.say("ann", "#acme", "@Prep show kolibri")
    assert leaks(elsewhere(plan)) == set()
    assert plan.teams.visible(plan.channels["acme"])[-1].activity["summary"] == ADD_ME


async def test_one_process_learns_that_a_channel_was_shared_and_the_other_knows(plan: TeamsRunner) -> None:
    channel = plan.teams.channel(ANN, BEN)
    await plan.client.mention(ANN, "help", channel)
    _, other = build_teams(plan.app, plan.app.settings, clock=plan.clock, hides=True)
    told = plan.client.event(ANN, channel, "conversationUpdate")
    told["channelData"] |= {"eventType": "channelShared"}
    await other.on_activity(told)
    await other.close()
    await forgotten(plan)
    await plan.client.mention(ANN, "batna kolibri add Cobalt = 4.11", channel)
    assert "Cobalt" not in await alternatives(plan)

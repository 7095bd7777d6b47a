"""What tests of answers for one person in a channel need at hand: a plan of Ann's, presses, and who sees what."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams import cards
from tests.journeys.runner import DM
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

"""What attacks in Teams share: a plan of Ann's, what is kept of it, and what nobody else may have seen."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.bot.teams.alone import ANN, acme, leaks, others_see
from tests.doubles.teams import cards
from tests.journeys.runner import DM
from tests.support.dump import changes, dump

if TYPE_CHECKING:
    from tests.doubles.teams.client import Answer
    from tests.doubles.teams.world import User
    from tests.journeys.teams_runner import TeamsRunner

MEMBERS = {"acme": ["ann", "ben", "carl"], "team": ["ann", "ben"]}
WORDS = ("show kolibri", "batna kolibri", "log kolibri all", "find kolibri", "export kolibri")
FETCH, SUBMIT, TASK = "composeExtension/fetchTask", "composeExtension/submitAction", "task/submit"


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


def came_of_it(prep: TeamsRunner, *answers: Answer, before: dict[str, list[str]]) -> list[object]:
    """What anybody but Ann saw of her secrets, anywhere, and what was changed in plans: nothing, if all is well."""
    places = {post.conversation.id: post.conversation for post in prep.teams.posts}.values()
    seen = [others_see(prep, place) for place in places if place.members != [ANN]]
    return [*filter(None, (*seen, leaks([], *answers))), *changes(before, plan_rows(prep))]


async def plan_words(prep: TeamsRunner) -> list[dict[str, Any]]:
    """What the buttons of Ann's own cards send."""
    await prep.say("ann", DM, "show kolibri")
    posts = prep.teams.visible(prep.teams.personal(ANN))
    found = [a["data"] for post in posts for card in post.cards for a in cards.actions(card) if "data" in a]
    named = [data for data in found if "plan:" in str(data.get("words"))]
    assert named
    return named

"""Several reminders in one post in Teams: what is done about one that was opened alone shows in the post."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from tests.journeys.runner import DM
from tests.journeys.teams_reading import card_lines
from tests.journeys.teams_runner import person, teams_runner

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.doubles.teams.world import Post
    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN = person("ann"), person("ben")
_ACME = (
    "contract add Acme: title {0}, start 2026-03-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
    "method registered letter, transit 2, channel {1}"
)
_MORNING = datetime(2028, 2, 28, 8, tzinfo=UTC)


@pytest.fixture(params=[True, False], ids=["targeted", "direct"])
async def morning(database_url: str, request: pytest.FixtureRequest) -> AsyncIterator[TeamsRunner]:
    """Two contracts whose reminders came as one post into #acme; what one person sees alone comes there or in private."""
    async with teams_runner(database_url, {"acme": ["ann", "ben"]}, targeted=request.param) as runner:
        for title in ("housings", "lids"):
            await runner.say("ann", "#acme", f"/prep {_ACME.format(title, '#acme')}")
        await runner.set_now(_MORNING)
        await runner.deliver()
        yield runner


def lines_of(post: Post) -> list[str]:
    return [line for card in post.cards for line in card_lines(card)]


def grouped(prep: TeamsRunner) -> Post:
    posts = prep.teams.visible(prep.channels["acme"])
    (post,) = [post for post in posts if any("dates need attention" in line for line in lines_of(post))]
    return post


async def test_the_post_in_the_channel_is_edited_and_nothing_is_added(morning: TeamsRunner) -> None:
    post, count = grouped(morning), len(morning.teams.visible(morning.channels["acme"]))
    await morning.press("ben", "#acme", "2. Acme lids")
    assert post.history == []
    seen = await morning.press("ben", "#acme", "Seen")
    assert len(post.history) == 1
    assert lines_of(post)[0] == "2 dates need attention"
    assert any("Seen by @Ben" in line for line in lines_of(post))
    assert any("Seen by @Ben" in line for line in seen)
    assert len(morning.teams.visible(morning.channels["acme"])) == count
    assert post.thread is None


async def test_a_post_that_was_deleted_meanwhile_is_not_written_again(morning: TeamsRunner) -> None:
    post = grouped(morning)
    await morning.press("ben", "#acme", "2. Acme lids")
    post.deleted = True
    count = len(morning.teams.visible(morning.channels["acme"]))
    await morning.press("ben", "#acme", "Seen")
    assert len(morning.teams.visible(morning.channels["acme"])) == count


async def test_in_a_channel_that_got_a_guest_nothing_is_written_any_more(morning: TeamsRunner) -> None:
    from tests.bot.teams.stage import GUEST

    post = grouped(morning)
    await morning.press("ben", "#acme", "2. Acme lids")
    place = morning.channels["acme"]
    place.members.append(GUEST)
    await morning.client.conversation_update(ANN, place, membersAdded=[{"id": GUEST.id}])
    await morning.press("ben", "#acme", "Seen")
    assert post.history == []


async def test_where_prep_was_put_out_the_presser_has_the_answer_all_the_same(morning: TeamsRunner) -> None:
    post = grouped(morning)
    await morning.press("ben", "#acme", "2. Acme lids")
    morning.channels["acme"].installed = False
    seen = await morning.press("ben", "#acme", "Seen")
    assert any("Seen by @Ben" in line for line in seen)
    assert post.history == []


async def test_one_that_came_by_direct_message_is_edited_there(database_url: str) -> None:
    async with teams_runner(database_url, {"acme": ["ann", "ben"]}) as runner:
        for title in ("housings", "lids"):
            words = _ACME.format(title, "#acme").removesuffix(", channel #acme")
            await runner.say("ann", "#acme", f"/prep {words}")
        await runner.set_now(_MORNING)
        await runner.deliver()
        posts = runner.teams.visible(runner.teams.personal(ANN))
        (post,) = [p for p in posts if any("dates need attention" in line for line in lines_of(p))]
        await runner.press("ann", DM, "2. Acme lids")
        await runner.press("ann", DM, "Seen")
        assert any("Seen by @Ann" in line for line in lines_of(post))

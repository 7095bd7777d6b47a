"""What Slack tells about people and channels, and what not knowing comes to."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import TYPE_CHECKING, Any, TypeVar

import pytest

from bot.slack.people import channel_of, is_shared, person_of
from handlers.turn import AskChannel, AskPerson, Channel, Person, WorkspaceKey
from tests.bot.slack.stage import ANN, BOB, GUESTS, GUS, OUT, ROOM, SHARED, Stage
from tests.doubles.slack.clocks import ManualClock
from tests.doubles.slack.faults import down, refuses, slow

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable, Coroutine

T = TypeVar("T")

OURS = frozenset({"T0PREP"})
KEY = WorkspaceKey("slack", "T0PREP")


async def channel(stage: Stage, name: str) -> Channel:
    found = await stage.face.directory.find(KEY, AskChannel(name))
    assert isinstance(found, Channel)
    return found


async def test_a_member_is_inside_with_zone_locale_and_mail(stage: Stage) -> None:
    found = await stage.face.directory.find(KEY, AskPerson(ANN))
    mail, zone = "ann@t0prep.example", "Europe/Berlin"
    assert found == Person(ANN, "Ann", home=True, guest=False, email=mail, zone=zone, locale="en_US")


@pytest.mark.parametrize(("user", "home", "guest"), [(GUS, True, True), (OUT, False, False)])
async def test_guests_and_people_from_elsewhere(stage: Stage, user: str, home: bool, guest: bool) -> None:
    found = await stage.face.directory.find(KEY, AskPerson(user))
    assert isinstance(found, Person)
    assert (found.home, found.guest) == (home, guest)


@pytest.mark.parametrize(
    ("changes", "home", "guest"),
    [
        ({}, True, False),
        ({"team_id": None}, None, False),
        ({"team_id": "T9"}, False, False),
        ({"is_stranger": True}, False, False),
        ({"deleted": True}, False, False),
        ({"is_bot": True}, False, False),
        ({"is_restricted": True}, True, True),
        ({"is_ultra_restricted": True, "is_restricted": None}, True, True),
        ({"is_restricted": None}, True, None),
    ],
)
def test_what_is_not_told_stays_unknown(
    changes: dict[str, Any], home: bool | None, guest: bool | None
) -> None:
    user = {"id": "U1", "team_id": "T0PREP", "is_restricted": False, "is_ultra_restricted": False} | changes
    found = person_of({key: value for key, value in user.items() if value is not None}, OURS)
    assert (found.home, found.guest) == (home, guest)


@pytest.mark.parametrize(
    ("changes", "shared"),
    [
        ({}, False),
        ({"is_ext_shared": True}, True),
        ({"is_pending_ext_shared": True}, True),
        ({"pending_shared": ["T9"]}, True),
        ({"is_shared": True}, True),
        ({"is_shared": True, "is_org_shared": True}, False),
        ({"is_ext_shared": None}, None),
        ({"is_pending_ext_shared": None}, None),
        ({"is_mpim": True}, None),
    ],
)
def test_whether_others_companies_are_in_a_channel(changes: dict[str, Any], shared: bool | None) -> None:
    found = {"id": "C1", "is_ext_shared": False, "is_pending_ext_shared": False} | changes
    assert is_shared({key: value for key, value in found.items() if value is not None}) is shared


def test_an_archived_channel_cannot_be_posted_to() -> None:
    assert channel_of({"id": "C1", "is_member": True, "is_archived": True}, ()).present is False
    assert channel_of({"id": "C1"}, None).present is None


async def test_a_channel_comes_with_its_people_but_not_with_us(stage: Stage) -> None:
    found = await channel(stage, ROOM)
    assert (found.name, found.present, found.shared) == ("room", True, False)
    assert sorted(one.id for one in found.people or ()) == [ANN, BOB]


@pytest.mark.parametrize(("name", "shared", "who"), [(SHARED, True, OUT), (GUESTS, False, GUS)])
async def test_outsiders_are_among_its_people(stage: Stage, name: str, shared: bool, who: str) -> None:
    found = await channel(stage, name)
    assert found.shared is shared
    assert who in {one.id for one in found.people or ()}


async def test_an_app_of_another_company_counts_as_its_people(stage: Stage) -> None:
    stage.slack.world.add_user("U8BOT", "spy", "T9ACME", is_bot=True)
    stage.slack.world.channels[ROOM].members.append("U8BOT")
    found = await channel(stage, ROOM)
    assert [one.home for one in found.people or () if one.id == "U8BOT"] == [False]


async def test_no_such_channel_is_none(stage: Stage) -> None:
    assert await stage.face.directory.find(KEY, AskChannel("C0NONE")) is None


@pytest.mark.parametrize("fault", [down(), refuses("missing_scope")])
@pytest.mark.parametrize("method", ["conversations.info", "conversations.members", "users.info"])
async def test_where_slack_does_not_tell_nothing_is_known(stage: Stage, fault: Any, method: str) -> None:
    await stage.face.identity.get()
    stage.slack.fail(fault, method)
    assert (await channel(stage, ROOM)).people is None
    stage.slack.faults.clear()
    assert (await channel(stage, ROOM)).people is not None  # what was not known is asked for again


async def test_a_crowd_is_looked_up_in_pages(stage: Stage) -> None:
    users = [f"U7{n:04}" for n in range(1500)]
    for user in users:
        stage.slack.world.add_user(user, user.lower())
    stage.slack.world.add_channel("C7CROWD", "crowd", users)
    found = await channel(stage, "C7CROWD")
    assert len(found.people or ()) == 1500
    assert len(stage.slack.called("conversations.members")) == 2
    assert len(stage.slack.called("users.info")) == 0


async def test_it_is_kept_for_minutes_and_then_asked_again(stage: Stage) -> None:
    await channel(stage, ROOM)
    before = len(stage.slack.calls)
    await channel(stage, ROOM)
    assert len(stage.slack.calls) == before
    stage.now += timedelta(minutes=4)
    await channel(stage, ROOM)
    assert len(stage.slack.calls) > before


async def test_among_several_processes_a_change_told_to_another_one_counts_within_seconds(
    anywhere: Stage,
) -> None:
    """SQLite has one process, which is told of every change; of several on PostgreSQL each is told a part."""
    await channel(anywhere, ROOM)
    before = len(anywhere.slack.calls)
    anywhere.now += timedelta(seconds=16)
    await channel(anywhere, ROOM)
    assert (len(anywhere.slack.calls) > before) is not anywhere.app.database.is_sqlite


@pytest.mark.parametrize(
    "event",
    [
        {"type": "channel_shared", "channel": ROOM},
        {"type": "channel_unshared", "channel": ROOM},
        {"type": "channel_archive", "channel": ROOM},
        {"type": "channel_left", "channel": ROOM},
        {"type": "channel_id_changed", "old_channel_id": ROOM, "new_channel_id": "C1NEW"},
        {"type": "member_joined_channel", "channel": ROOM, "user": GUS},
        {"type": "user_change", "user": {"id": BOB}},
    ],
)
async def test_a_change_is_asked_for_at_once(stage: Stage, event: dict[str, Any]) -> None:
    await channel(stage, ROOM)
    await stage.slack.event(event)
    before = len(stage.slack.called("conversations.info"))
    await channel(stage, ROOM)
    assert len(stage.slack.called("conversations.info")) == before + 1


class Held(ManualClock):
    """Who sleeps by it sleeps until it is let go."""

    def __init__(self) -> None:
        super().__init__()
        self.reached, self.let_go = asyncio.Event(), asyncio.Event()

    async def sleep(self, seconds: float) -> None:
        self.reached.set()
        await self.let_go.wait()


async def overtaken(
    stage: Stage, method: str, ask: Coroutine[Any, Any, T], change: Callable[[], Awaitable[object]]
) -> T:
    """What somebody gets who asked before a change, whose answer comes after it."""
    await stage.face.identity.get()
    stage.slack.core.clock = held = Held()
    stage.slack.fail(slow(1, accepted=True), method, times=1)
    asked = asyncio.create_task(ask)
    await held.reached.wait()
    await change()
    held.let_go.set()
    return await asked


async def test_what_was_asked_before_a_channel_was_shared_is_not_kept(stage: Stage) -> None:
    async def share() -> None:
        stage.slack.world.channels[ROOM].is_ext_shared = True
        await stage.slack.event({"type": "channel_shared", "channel": ROOM})

    before = await overtaken(stage, "conversations.info", channel(stage, ROOM), share)
    assert before.shared is False
    assert (await channel(stage, ROOM)).shared is True


async def test_what_was_asked_before_a_person_changed_is_not_kept(stage: Stage) -> None:
    directory = stage.face.directory
    later: list[Person | None] = []

    async def change() -> None:
        stage.slack.world.users[ANN].is_restricted = True
        await stage.slack.event({"type": "user_change", "user": {"id": ANN}})
        later.append(await directory.person(ANN))  # not the answer that is on its way

    before = await overtaken(stage, "users.info", directory.person(ANN), change)
    after = await directory.person(ANN)
    assert [one.guest for one in (before, *later, after) if one is not None] == [False, True, True]


async def test_many_who_ask_at_once_ask_slack_once(stage: Stage) -> None:
    found = await asyncio.gather(*(stage.face.directory.person(ANN) for _ in range(20)))
    assert len({one.id for one in found if one}) == 1
    assert len(stage.slack.called("users.info")) == 1


async def test_another_workspace_is_told_nothing(stage: Stage) -> None:
    assert await stage.face.directory.find(WorkspaceKey("slack", "T9"), AskPerson(ANN)) is None
    assert await stage.face.directory.find(WorkspaceKey("teams", "T0PREP"), AskChannel(ROOM)) is None

"""A platform that has had enough, or is away: others go on, and what was held up comes as one message that says it is late."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bot.delivery import Delivery
from bot.outcomes import CannotTell, NoAnswer, RetryLater
from handlers.turn import Channel
from tests.doubles.sender import Fault, MemorySender
from tests.support.deadlines import rows
from tests.support.office import Office
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from bot.outcomes import Post
    from handlers.gate import Sealed
    from handlers.turn import Address, WorkspaceKey

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
DUE = datetime(2026, 7, 2, 7, tzinfo=UTC)  # 9:00 in Berlin, a Thursday
MINUTE = timedelta(minutes=1)


class Moody(MemorySender):
    """`away` answers nothing; `busy` workspaces answer 429 with so many seconds, whatever the channel."""

    away = False
    busy: dict[str, float]

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        if self.away:
            self.tries += 1
            return NoAnswer(30)
        if workspace.id in self.busy:
            self.tries += 1
            return RetryLater(self.busy[workspace.id])
        return await super().post(workspace, to, content, token)

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        if self.away:
            raise CannotTell
        return await super().arrived(workspace, to, token)


def with_moods(office: Office) -> Moody:
    """Deliver with a sender that has moods."""
    moody = Moody(office.talk.world)
    moody.busy = {}
    office.delivery.close()
    office.sender, office.delivery = (
        moody,
        Delivery(office.talk.app.database, {"test": moody}, sleep=_no_wait),
    )
    return moody


async def _no_wait(_seconds: float) -> None:
    """Time does not pass."""


def channels(office: Office, count: int) -> None:
    """So many channels, each with a reminder due."""
    for number in range(count):
        office.open_channel(f"c{number}")
        office.talk.say(f"remind #c{number} 2026-07-02 9:00 check {number}")


def test_a_workspace_that_is_busy_is_left_alone_and_the_others_are_served(database_url: str) -> None:
    one, two = Talk(database_url, workspace="one", now=JULY), Talk(database_url, workspace="two", now=JULY)
    inside = (person("ann"),)
    for talk in (one, two):
        for number in range(30):
            one.world.channels[f"c{number}"] = Channel(
                f"c{number}", f"c{number}", present=True, shared=False, people=inside
            )
            talk.world.channels.update(one.world.channels)
            talk.say(f"remind #c{number} 2026-07-02 9:00 check {number}")
    moody = Moody(one.world)
    moody.busy = {"one": 40.0}
    delivery = Delivery(one.app.database, {"test": moody}, ticks=lambda: 0.0)
    assert asyncio.run(delivery.deliver(DUE)) == 30
    assert {mail.workspace for mail in moody.inbox} == {"two"}
    assert moody.tries - len(moody.inbox) <= 12  # as many as were under way at once, and a few more
    moody.busy = {}
    asyncio.run(delivery.deliver(DUE + timedelta(seconds=39)))
    assert len(moody.inbox) == 30
    assert asyncio.run(delivery.deliver(DUE + timedelta(seconds=41))) == 30
    delivery.close()
    one.close()
    two.close()


def test_after_hours_away_there_is_one_message_for_each_address_and_it_says_that_it_is_late(
    office: Office,
) -> None:
    moody = with_moods(office)
    for minute in range(4):
        office.talk.say(f"remind #acme 2026-07-02 9:0{minute} check {minute}")
    office.talk.say("remind me 2026-07-02 9:00 call")
    moody.fail("acme", Fault.LOST)  # the first one is in doubt, and the others are not
    moody.busy = {}
    office.deliver(DUE)
    moody.inbox.clear()
    moody.away = True
    for minute in range(1, 180):
        office.deliver(DUE + minute * MINUTE)
    moody.away = False
    arrived = [mail for minute in range(180, 240) for mail in office.deliver(DUE + minute * MINUTE)]
    (mail,) = arrived
    assert mail.text.splitlines()[0] == "4 dates need attention"
    assert all(f"check {n}" in mail.text for n in range(4))
    assert "Posted late: the first of it was due 2 Jul 09:00." in mail.text
    assert "may have posted" not in mail.text
    assert {row.due_at for row in rows(office, "own")} == {DUE + n * MINUTE for n in range(4)}


def test_while_it_is_away_little_is_tried(office: Office) -> None:
    moody = with_moods(office)
    channels(office, 40)
    moody.away = True
    for second in range(0, 3600, 15):
        office.deliver(DUE + timedelta(seconds=second))
    assert moody.tries < 200
    moody.away = False
    arrived = [
        mail.to
        for second in range(3600, 4200, 15)
        for mail in office.deliver(DUE + timedelta(seconds=second))
    ]
    assert len(arrived) == len(set(arrived)) == 40


def test_what_comes_in_time_does_not_say_that_it_is_late(office: Office) -> None:
    office.talk.say("remind #acme 2026-07-02 9:00 check")
    (mail,) = office.deliver(DUE + timedelta(hours=1))
    assert "late" not in mail.text


def test_what_was_put_off_into_quiet_hours_waits_for_the_morning(office: Office) -> None:
    """A platform that is back in the evening: nobody is woken up."""
    moody = with_moods(office)
    office.talk.say("remind #acme 2026-07-02 17:50 check")
    moody.away = True
    for minute in range(0, 240, 5):
        office.deliver(datetime(2026, 7, 2, 15, 50, tzinfo=UTC) + minute * MINUTE)
    moody.away = False
    assert office.deliver(datetime(2026, 7, 2, 20, tzinfo=UTC)) == []
    (mail,) = office.deliver(datetime(2026, 7, 3, 6, tzinfo=UTC))
    assert "Posted late: it was due 2 Jul 17:50." in mail.text


def test_what_is_in_doubt_stays_so_over_quiet_hours(office: Office) -> None:
    office.talk.say("remind #acme 2026-07-02 17:50 check")
    office.sender.fail("acme", Fault.LATE)
    office.sender.blind = True
    office.deliver(datetime(2026, 7, 2, 15, 50, tzinfo=UTC))
    office.deliver(datetime(2026, 7, 2, 16, 40, tzinfo=UTC))
    office.sender.blind = False
    assert office.deliver(datetime(2026, 7, 3, 6, tzinfo=UTC)) == []
    assert len(office.sender.inbox) == 1


def test_a_look_up_that_is_to_wait_holds_up_no_post(office: Office) -> None:
    """Slack lets some apps look once a minute: nobody waits for that in line."""
    channels(office, 12)

    class Slow(MemorySender):
        asked = 0

        async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
            self.asked += 1
            if self.asked % 2 == 0:
                raise CannotTell(60)
            return await super().arrived(workspace, to, token)

    slow = Slow(office.talk.world)
    for number in range(6):
        slow.fail(f"c{number}", Fault.LATE)
    delivery = Delivery(office.talk.app.database, {"test": slow})
    asyncio.run(delivery.deliver(DUE))
    assert len(slow.inbox) == 12
    for minute in range(1, 14):
        asyncio.run(delivery.deliver(DUE + minute * MINUTE))
    delivery.close()
    assert slow.asked <= 14  # not six looks a minute
    assert len(slow.inbox) == 12
    assert {row.status for row in rows(office, "own")} == {"sent"}


def test_those_that_are_posted_one_by_one_are_told_apart_after_a_crash(office: Office) -> None:
    """Each is posted under a token of its own: finding one does not make the others count as sent."""
    from handlers.reminders.desk import Desk

    for minute in range(2):
        office.talk.say(f"remind #acme 2026-07-02 9:00 check {minute}")
    desk = Desk(office.talk.app.database, ["test"], print)
    (both,) = desk.take(DUE, "dead")
    one, _ = desk.one_by_one(both, DUE)
    asyncio.run(office.sender.post(one.workspace, one.to, one.content, one.token))
    office.deliver(DUE + 6 * MINUTE)
    assert sorted("check 0" in mail.text for mail in office.sender.inbox) == [False, True]


def test_a_pass_that_takes_longer_than_a_lease_leaves_nothing_to_be_taken_over(office: Office) -> None:
    """Leases count from when something is claimed, not from when the pass began."""
    channels(office, 30)
    seconds = [0.0]
    other = MemorySender(office.talk.world)
    meanwhile = Delivery(office.talk.app.database, {"test": other})

    class Slow(MemorySender):
        async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
            seconds[0] += 25
            posted = await super().post(workspace, to, content, token)
            await meanwhile.deliver(DUE + timedelta(seconds=seconds[0]))
            return posted

    slow = Slow(office.talk.world)
    delivery = Delivery(office.talk.app.database, {"test": slow}, ticks=lambda: seconds[0])
    asyncio.run(delivery.deliver(DUE))
    delivery.close()
    meanwhile.close()
    arrived = [mail.to for mail in (*slow.inbox, *other.inbox)]
    assert len(arrived) == len(set(arrived)) == 30


def test_a_pause_begins_when_it_is_asked_for_however_slow_the_platform_was(database_url: str) -> None:
    """Twenty seconds go by until the platform answers: a pause of forty is over sixty after the pass began, not forty."""
    passed = [0.0]

    class Slow(MemorySender):
        async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
            passed[0] += 20
            return await super().post(workspace, to, content, token)

    talk = Talk(database_url, now=JULY)
    talk.world.channels["c"] = Channel("c", "c", present=True, shared=False, people=(person("ann"),))
    talk.say("remind #c 2026-07-02 9:00 check")
    slow = Slow(talk.world)
    slow.fail("c", 40.0)
    delivery = Delivery(talk.app.database, {"test": slow}, ticks=lambda: passed[0])
    assert asyncio.run(delivery.deliver(DUE)) == 0
    asyncio.run(delivery.deliver(DUE + timedelta(seconds=55)))
    assert slow.tries == 1
    assert asyncio.run(delivery.deliver(DUE + timedelta(seconds=61))) == 1

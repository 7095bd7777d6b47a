"""Where it is not known whether a post arrived: looked up, waited for, and in the end said again, saying so."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import Delivery
from tests.doubles.sender import Fault, MemorySender
from tests.support.deadlines import rows
from tests.support.office import Office

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
RUNG = datetime(2027, 12, 30, 8, tzinfo=UTC)  # 9:00 in Berlin, 90 days before 29 March 2028, a Thursday
LINE = "remind #acme 2026-07-02 9:00 invoice check"
DUE = datetime(2026, 7, 2, 7, tzinfo=UTC)


@pytest.mark.parametrize("fault", [Fault.LATE, Fault.CRASH])
def test_a_post_that_arrived_though_nobody_said_so_is_not_posted_again(office: Office, fault: str) -> None:
    office.talk.say(LINE)
    office.sender.fail("acme", fault)
    office.deliver(DUE)
    office.deliver(DUE + timedelta(hours=1))
    assert len(office.sender.to("acme")) == 1
    assert office.sender.looked_up == [office.sender.inbox[0].token]


def test_a_post_that_was_lost_is_looked_up_and_posted_again(office: Office) -> None:
    office.talk.say(LINE)
    office.sender.fail("acme", Fault.LOST)
    assert office.deliver(DUE) == []
    assert len(office.deliver(DUE + timedelta(minutes=1))) == 1
    assert len(office.sender.looked_up) == 2  # at once, and before it is posted again


def test_where_nobody_can_tell_it_waits(office: Office) -> None:
    office.talk.say(LINE)
    office.sender.fail("acme", Fault.LATE)
    office.sender.blind = True
    office.deliver(DUE)
    office.deliver(DUE + timedelta(minutes=1))
    assert len(office.sender.inbox) == office.sender.tries == 1
    office.sender.blind = False
    office.deliver(DUE + timedelta(minutes=2))
    assert len(office.sender.inbox) == 1


def test_where_nobody_can_tell_for_long_it_is_posted_again_and_says_that_it_may_be_a_repeat(
    office: Office,
) -> None:
    office.talk.say(LINE)
    office.sender.fail("acme", Fault.LATE)
    office.sender.blind = True
    for minute in range(15):
        office.deliver(DUE + timedelta(minutes=minute))
    assert len(office.sender.inbox) == 1
    assert len(office.sender.looked_up) <= 8  # at once, and then ever less often
    (again,) = office.deliver(DUE + timedelta(minutes=16))
    assert "may have posted this before" in again.text.splitlines()[0]
    assert "invoice check" in again.text
    assert "may have posted" not in office.sender.inbox[0].text
    assert office.deliver(DUE + timedelta(minutes=40)) == []


def test_what_never_tells_is_not_posted_for_ever(office: Office) -> None:
    office.talk.say(LINE)
    office.sender.fail("acme", *[Fault.LATE] * 9)
    office.sender.blind = True
    for minute in range(0, 240, 5):
        office.deliver(DUE + timedelta(minutes=minute))
    assert 2 <= len(office.sender.inbox) <= 4
    (row,) = rows(office, "own")
    assert row.status == "sent"


def test_what_is_found_after_a_doubt_is_not_posted_again(office: Office) -> None:
    office.talk.say(LINE)
    office.sender.fail("acme", Fault.LATE)
    office.sender.blind = True
    office.deliver(DUE)
    office.sender.blind = False
    assert office.deliver(DUE + timedelta(minutes=20)) == []
    (row,) = rows(office, "own")
    assert (row.status, row.posted, row.doubted_at) == ("sent", "m1", None)


def test_what_cannot_be_sent_before_the_claim_is_over_is_left_to_the_next_one(office: Office) -> None:
    """A platform that takes a minute for each post: nothing is posted under a claim that others may have taken over."""
    seconds = [0.0]
    for number in range(12):
        office.open_channel(f"c{number}")
        office.talk.say(f"remind #c{number} 2026-07-02 9:00 check {number}")

    class Slow(MemorySender):
        async def post(self, *args: object) -> object:  # type: ignore[override]
            seconds[0] += 60
            return await super().post(*args)  # type: ignore[arg-type]

    slow = Slow(office.talk.world)
    delivery = Delivery(office.talk.app.database, {"test": slow}, ticks=lambda: seconds[0])
    assert asyncio.run(delivery.deliver(DUE)) == 12
    delivery.close()
    assert len({mail.to for mail in slow.inbox}) == len(slow.inbox) == 12
    assert len({mail.token for mail in slow.inbox}) > 1


def test_what_a_dead_process_had_posted_is_found(office: Office) -> None:
    """It posted, and died before it could say so: the next one looks before it posts."""
    office.talk.say(LINE)
    from handlers.reminders.desk import Desk

    desk = Desk(office.talk.app.database, ["test"], print)
    (bundle,) = desk.take(DUE, "the-dead-one")
    asyncio.run(office.sender.post(bundle.workspace, bundle.to, bundle.content, bundle.token))
    assert office.deliver(DUE + timedelta(minutes=4)) == []
    assert office.deliver(DUE + timedelta(minutes=5)) == []
    assert len(office.sender.inbox) == 1
    assert office.sender.looked_up == ["the-dead-one"]


def test_what_a_dead_process_had_not_posted_is_posted(office: Office) -> None:
    office.talk.say(LINE)
    from handlers.reminders.desk import Desk

    Desk(office.talk.app.database, ["test"], print).take(DUE, "the-dead-one")
    assert len(office.deliver(DUE + timedelta(minutes=5))) == 1

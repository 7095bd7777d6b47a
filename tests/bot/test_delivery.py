"""Delivery: each reminder once, whatever breaks, and never where it may not be read."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from bot.delivery import Delivery
from bot.pacing import BETWEEN_POSTS
from handlers.gate import OutsideEntry
from handlers.turn import Channel
from tests.doubles.sender import Fault, MemorySender
from tests.support.office import ACME, Office
from tests.support.talk import Talk, person

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
RUNG = datetime(2027, 12, 30, 8, tzinfo=UTC)  # 9:00 in Berlin, 90 days before 29 March 2028, a Thursday
LINE = "remind #acme 2026-07-02 9:00 invoice check"
DUE = datetime(2026, 7, 2, 7, tzinfo=UTC)


def only_ladder(office: Office) -> None:
    """A contract whose first reminder due is a rung of the ladder."""
    line = ACME.replace(", sourcing weeks 12, switching weeks 12", "")
    assert "Kept" in office.talk.say(line).text
    office.deliver(datetime(2027, 10, 2, 8, tzinfo=UTC))  # the looking afresh
    office.sender.inbox.clear()


def test_it_is_posted_on_the_day_at_the_hour_and_once(office: Office) -> None:
    only_ladder(office)
    assert office.deliver(RUNG - timedelta(seconds=1)) == []
    (mail,) = office.deliver(RUNG)
    assert (mail.to, mail.direct) == ("acme", False)
    assert mail.text.startswith("Acme housings: send notice by Wed 29 Mar 2028 (90 days)")
    assert office.deliver(RUNG) == []


def test_several_for_one_channel_on_one_morning_are_one_message(office: Office) -> None:
    only_ladder(office)
    office.talk.say(
        "contract add Borg: end 2028-06-30, auto-renew 12 months, notice 90 days, transit 2, channel #acme"
    )
    office.talk.say("remind #acme 2027-12-30 9:00 invoice check")
    office.sender.inbox.clear()
    office.deliver(RUNG - timedelta(minutes=1))
    office.sender.inbox.clear()
    (mail,) = office.deliver(RUNG)
    assert mail.text.splitlines()[0] == "3 dates need attention"
    assert list(mail.buttons)[:3] == ["1. Acme housings", "2. Borg", "3. invoice check"]
    edited = office.press(mail, "2. Seen", "cyd")
    assert "   Seen by @Cyd on 30 Dec" in edited.text.splitlines()
    assert edited.outcome.answer.steps.replaces
    assert "2. Seen" not in edited.buttons
    assert "1. Seen" in edited.buttons
    opened = office.press(mail, "1. Acme housings")
    assert "Notice sent + proof" in opened.buttons


def test_two_processes_post_once(office: Office) -> None:
    for number in range(12):
        office.open_channel(f"c{number}")
        office.talk.say(f"remind #c{number} 2026-07-02 9:00 check {number}")
    other = Delivery(office.talk.app.database, {"test": office.sender})

    async def both() -> list[int]:
        return list(await asyncio.gather(office.delivery.deliver(DUE), other.deliver(DUE)))

    counts = asyncio.run(both())
    other.close()
    assert sum(counts) == len(office.sender.inbox) == len({mail.text for mail in office.sender.inbox})


def test_a_pause_that_a_platform_asks_for_is_kept_and_holds_up_nobody_else(office: Office) -> None:
    office.open_channel("beta")
    office.talk.say(LINE)
    office.talk.say("remind #beta 2026-07-02 9:00 other check")
    office.sender.fail("acme", 90.0)
    assert [mail.to for mail in office.deliver(DUE)] == ["beta"]
    office.talk.say("remind #acme 2026-07-02 9:01 second check")
    assert office.deliver(DUE + timedelta(seconds=89)) == []
    assert office.sender.tries == 2
    (mail,) = office.deliver(DUE + timedelta(seconds=90))
    assert "invoice check" in mail.text
    assert "second check" in mail.text


def test_a_channel_gets_one_post_a_second(office: Office) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    delivery = Delivery(office.talk.app.database, {"test": office.sender}, sleep=sleep, ticks=lambda: 100.0)
    for minute in range(3):
        office.talk.say(f"remind #acme 2026-07-02 9:0{minute} check {minute}")
        asyncio.run(delivery.deliver(DUE + timedelta(minutes=minute)))
    delivery.close()
    assert slept == [BETWEEN_POSTS, 2 * BETWEEN_POSTS]


def test_what_is_withheld_makes_nobody_wait(office: Office) -> None:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    delivery = Delivery(office.talk.app.database, {"test": office.sender}, sleep=sleep, ticks=lambda: 100.0)
    for number in range(5):
        office.talk.say(f"remind #acme 2026-07-02 9:00 check {number}")
    office.guests("acme", "guest")
    asyncio.run(delivery.deliver(DUE))
    delivery.close()
    assert office.sender.tries == 7  # together, each alone, and together to the owner
    assert [mail.to for mail in office.sender.inbox] == ["ann"]
    assert slept == []


def test_a_channel_that_is_gone_is_told_to_the_owner(office: Office) -> None:
    only_ladder(office)
    office.sender.gone.add("acme")
    (mail,) = office.deliver(RUNG)
    assert (mail.to, mail.direct) == ("ann", True)
    assert "I could not post this in #acme" in mail.text
    assert "send notice by Wed 29 Mar 2028" in mail.text
    assert "Seen by @Ann" in office.press(mail, "Seen").text


def test_where_the_owner_has_left_it_goes_on_to_the_backup_and_is_not_lost(office: Office) -> None:
    only_ladder(office)
    office.sender.gone |= {"acme", "ann"}
    (mail,) = office.deliver(RUNG)
    assert (mail.to, mail.direct) == ("bob", True)
    assert "I could not reach Ann" in mail.text


def test_where_nobody_can_be_reached_it_is_marked_and_delivery_goes_on(office: Office) -> None:
    only_ladder(office)
    office.sender.gone |= {"acme", "ann", "bob"}
    assert office.deliver(RUNG) == []
    assert office.deliver(RUNG + timedelta(hours=1)) == []
    assert office.sender.tries == 4  # the looking afresh, and three that are gone


def test_a_message_that_the_platform_does_not_take_is_told_to_the_owner_with_true_words(
    office: Office,
) -> None:
    only_ladder(office)
    office.sender.fail("acme", Fault.MALFORMED)
    (mail,) = office.deliver(RUNG)
    assert (mail.to, mail.direct) == ("ann", True)
    assert "did not take the message that I made of this, which is a fault of mine" in mail.text
    assert "archived" not in mail.text
    assert "send notice by Wed 29 Mar 2028" in mail.text


def test_of_several_the_others_are_posted_where_one_is_not_taken(office: Office) -> None:
    for number in (1, 2):
        office.talk.say(f"remind #acme 2026-07-02 9:00 check {number}")
    office.sender.fail("acme", Fault.MALFORMED, Fault.MALFORMED)
    assert sorted(mail.to for mail in office.deliver(DUE)) == ["acme", "ann"]


def test_what_reaches_nobody_is_counted_logged_and_shown_and_comes_again(
    office: Office, capfd: pytest.CaptureFixture[str]
) -> None:
    office.talk.say("remind me 2026-07-02 9:00 call the bank")
    office.talk.say("remind me every day 9:00 invoice check")
    office.sender.gone.add("ann")
    assert office.deliver(DUE) == []
    assert office.delivery.lost == 2
    assert "reminders_undeliverable" in capfd.readouterr().err
    office.sender.gone.clear()
    office.talk.now += timedelta(hours=1)
    shown = office.talk.say("remind").text
    assert "call the bank: 2 Jul 09:00. I could not deliver it on 2 Jul 09:00" in shown
    assert "invoice check: every day 09:00. I could not deliver it on 2 Jul 09:00" in shown
    assert [mail.to for mail in office.deliver(DUE + timedelta(days=1))] == ["ann"]
    assert "invoice check: every day 09:00\n" in office.talk.say("remind").text + "\n"


def test_outsiders_who_came_later_see_nothing(office: Office) -> None:
    """The channel is judged when it is posted, not when the contract was added."""
    only_ladder(office)
    office.guests("acme", "guest")
    (mail,) = office.deliver(RUNG)
    assert (mail.to, mail.direct) == ("ann", True)
    assert "People from outside may read #acme" in mail.text


@pytest.mark.parametrize(
    "channel",
    [
        None,
        Channel("acme", "acme", present=True, shared=True, people=(person("ann"),)),
        Channel("acme", "acme", present=True, shared=None, people=(person("ann"),)),
        Channel("acme", "acme", present=True, shared=False, people=None),
        Channel(
            "acme", "acme", present=True, shared=False, people=(person("ann"), person("xeno", home=None))
        ),
    ],
)
def test_a_channel_of_which_not_all_is_known_gets_nothing(office: Office, channel: Channel | None) -> None:
    only_ladder(office)
    if channel is None:
        del office.talk.world.channels["acme"]
    else:
        office.talk.world.channels["acme"] = channel
    assert [mail.to for mail in office.deliver(RUNG)] == ["ann"]


def test_where_an_outsider_to_one_supplier_listens_the_others_are_still_posted(office: Office) -> None:
    """Cyd works for Borg: what is about Borg goes to its owner, what is about Acme stays in the channel."""
    only_ladder(office)
    office.talk.say(
        "contract add Borg: end 2028-06-30, auto-renew 12 months, notice 90 days, transit 2, channel #acme"
    )
    office.deliver(RUNG - timedelta(minutes=1))
    office.sender.inbox.clear()
    with office.talk.app.database.writing() as handle:
        from sqlalchemy import update

        from storage.tables import Workspace

        outside = [{"person": "cyd", "domain": "", "supplier": "borg"}]
        handle.connection.execute(update(Workspace.__table__).values(settings={"outside": outside}))
    assert OutsideEntry(**outside[0]).supplier == "borg"
    mails = {mail.to: mail.text for mail in office.deliver(RUNG)}
    assert set(mails) == {"acme", "ann"}
    assert "Borg" not in mails["acme"]
    assert "Acme" not in mails["ann"].replace("#acme", "")


def test_a_restricted_contract_is_never_in_a_channel(office: Office) -> None:
    office.talk.say(f"{ACME}, restricted")
    arrived = office.run(datetime(2026, 7, 3, tzinfo=UTC))
    office.talk.now = datetime(2027, 9, 1, tzinfo=UTC)
    arrived += office.run(datetime(2028, 4, 10, tzinfo=UTC), timedelta(hours=12))
    assert {mail.direct for _, mail in arrived} == {True}
    assert {mail.to for _, mail in arrived} == {"ann", "bob"}


def test_what_cannot_be_put_into_a_message_holds_up_nobody(office: Office) -> None:
    from sqlalchemy import update

    from storage.tables import Reminder

    only_ladder(office)
    office.talk.say("remind me 2027-12-30 9:00 call")
    with office.talk.app.database.writing() as handle:
        broken = update(Reminder.__table__).where(Reminder.__table__.c.kind == "notice")
        handle.connection.execute(broken.values(details={"term_end": "no day"}))
    assert [mail.to for mail in office.deliver(RUNG)] == ["ann"]


def test_another_workspace_gets_only_its_own(database_url: str) -> None:
    """The same channel id in two workspaces are two channels."""
    one, two = Talk(database_url, workspace="one", now=JULY), Talk(database_url, workspace="two", now=JULY)
    channel = Channel("acme", "acme", present=True, shared=False, people=(person("ann"),))
    for talk, text in ((one, "first"), (two, "second")):
        talk.world.channels["acme"] = channel
        talk.say(f"remind #acme 2026-07-02 9:00 {text}")
    sender = MemorySender(one.world)
    delivery = Delivery(one.app.database, {"test": sender})
    asyncio.run(delivery.deliver(DUE))
    delivery.close()
    one.close()
    two.close()
    assert {(mail.workspace, mail.shown.parts[0].text) for mail in sender.inbox} == {  # type: ignore[union-attr]
        ("one", "first"),
        ("two", "second"),
    }

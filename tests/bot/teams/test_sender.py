"""What is due goes out through Teams: once, to whom it may, and what became of it is told."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from bot.delivery import Delivery
from bot.outcomes import CannotTell, Gone, Malformed, NoAnswer, Posted, RetryLater, Unknown
from handlers.gate import Withheld, seal
from handlers.turn import Address, Mark, WorkspaceKey, say
from tests.bot.teams.stage import GUEST, OUTSIDER
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.world import HOST_TENANT
from tests.journeys.runner import DM
from tests.journeys.teams_reading import card_lines
from tests.journeys.teams_runner import person

if TYPE_CHECKING:
    from bot.outcomes import Post
    from handlers.gate import Sealed
    from tests.doubles.teams.world import Conversation
    from tests.journeys.teams_runner import TeamsRunner

TENANT = WorkspaceKey("teams", HOST_TENANT)
ANN, BEN = person("ann"), person("ben")


def due(mark: Mark = Mark.INSIDE, reader: str = "") -> Sealed:
    return seal(say("Send notice by 29 Mar"), mark, (), reader)


async def send(prep: TeamsRunner, to: Address, content: Sealed) -> Post:
    return await prep.face.sender.post(TENANT, to, content, "token")


async def channel(prep: TeamsRunner, *more: object) -> Conversation:
    """A channel where Prep has been spoken to."""
    place = prep.teams.channel(ANN, *more)  # type: ignore[arg-type]
    await prep.client.mention(ANN, "help", place)
    return place


def told(prep: TeamsRunner, place: Conversation) -> list[str]:
    return [line for post in prep.teams.visible(place) for card in post.cards for line in card_lines(card)]


async def test_into_a_channel_as_a_thread_of_its_own(prep: TeamsRunner) -> None:
    place = await channel(prep)
    became = await send(prep, Address(place.id, direct=False), due())
    post = prep.teams.visible(place)[-1]
    assert became == Posted(post.id)
    assert (post.thread, card_lines(post.cards[0])) == (None, ["Send notice by 29 Mar"])


async def test_into_a_thread(prep: TeamsRunner) -> None:
    place = await channel(prep)
    root = prep.teams.visible(place)[0].thread
    await send(prep, Address(place.id, direct=False, thread=root), due())
    assert prep.teams.visible(place)[-1].thread == root


async def test_to_a_person_who_never_wrote_in_private(prep: TeamsRunner) -> None:
    await channel(prep, BEN)
    became = await send(prep, Address(BEN.aad, direct=True), due(Mark.PLAN, BEN.aad))
    assert isinstance(became, Posted)
    assert told(prep, prep.teams.personal(BEN)) == ["Send notice by 29 Mar"]


async def test_what_is_for_another_is_not_for_this_one(prep: TeamsRunner) -> None:
    await channel(prep, BEN)
    became = await send(prep, Address(BEN.aad, direct=True), due(Mark.PLAN, ANN.aad))
    assert isinstance(became, Withheld)
    assert told(prep, prep.teams.personal(BEN)) == []


@pytest.mark.parametrize("other", [GUEST, OUTSIDER], ids=["guest", "other tenant"])
async def test_not_where_outsiders_read(prep: TeamsRunner, other: object) -> None:
    place = await channel(prep, other)
    assert isinstance(await send(prep, Address(place.id, direct=False), due()), Withheld)
    assert "Send notice by 29 Mar" not in told(prep, place)


@pytest.mark.parametrize("status", [401, 429, 503])
async def test_where_the_roster_is_not_told_now_it_waits(prep: TeamsRunner, status: int) -> None:
    place = await channel(prep)
    prep.teams.fail(Fault(status=status, retry_after=40))
    prep.now = datetime(2026, 3, 3, tzinfo=UTC)
    to = Address(place.id, direct=False)
    assert isinstance(await send(prep, to, due()), NoAnswer)
    assert isinstance(await send(prep, to, due()), Posted)


async def test_where_it_is_not_told_now_who_somebody_is_it_waits(prep: TeamsRunner) -> None:
    await channel(prep, BEN)
    to = Address(BEN.aad, direct=True)
    assert isinstance(await send(prep, to, due(Mark.PLAN, BEN.aad)), Posted)
    prep.teams.fail(Fault(status=503))
    prep.now = datetime(2026, 3, 3, tzinfo=UTC)
    assert isinstance(await send(prep, to, due(Mark.PLAN, BEN.aad)), NoAnswer)
    assert isinstance(await send(prep, to, due(Mark.PLAN, BEN.aad)), Posted)


async def test_not_where_the_roster_is_refused(prep: TeamsRunner) -> None:
    place = await channel(prep)
    prep.teams.fail(Fault(status=403))
    prep.now = datetime(2026, 3, 3, tzinfo=UTC)
    assert isinstance(await send(prep, Address(place.id, direct=False), due()), Withheld)


async def test_where_prep_never_was(prep: TeamsRunner) -> None:
    await channel(prep)
    assert await send(prep, Address("19:unknown", direct=False), due(Mark.OPEN)) == Gone()
    assert await send(prep, Address("29:unknown", direct=True), due(Mark.OPEN)) == Gone()


async def test_from_where_prep_was_removed(prep: TeamsRunner) -> None:
    place = await channel(prep)
    place.installed = False
    assert await send(prep, Address(place.id, direct=False), due(Mark.OPEN)) == Gone()
    place.installed = True  # nobody spoke there since, so Prep does not know that it is back
    assert await send(prep, Address(place.id, direct=False), due(Mark.OPEN)) == Gone()
    await prep.client.mention(ANN, "help", place)
    assert isinstance(await send(prep, Address(place.id, direct=False), due(Mark.OPEN)), Posted)


async def test_being_added_is_enough_to_post(prep: TeamsRunner) -> None:
    place = prep.teams.channel(ANN, BEN)
    bot = prep.client.event(ANN, place, "x")["recipient"]
    await prep.client.conversation_update(ANN, place, membersAdded=[bot])
    assert isinstance(await send(prep, Address(place.id, direct=False), due()), Posted)


async def test_where_prep_is_not_any_more_nobody_from_outside_is_to_blame(prep: TeamsRunner) -> None:
    place = await channel(prep)
    to = Address(place.id, direct=False)
    place.installed = False
    prep.now = datetime(2026, 3, 3, tzinfo=UTC)
    assert await send(prep, to, due()) == Gone()
    place.installed = True
    assert isinstance(await send(prep, to, due()), Posted)
    bot = prep.client.event(ANN, place, "x")["recipient"]
    await prep.client.conversation_update(ANN, place, membersRemoved=[bot])
    assert await send(prep, to, due()) == Gone()
    assert await send(prep, Address("19:unknown", direct=False), due()) == Gone()


@pytest.mark.parametrize("status", [400, 413])
async def test_what_teams_does_not_take_is_a_fault_of_ours(
    prep: TeamsRunner, status: int, capfd: pytest.CaptureFixture[str]
) -> None:
    place = await channel(prep)
    to = Address(place.id, direct=False)
    assert isinstance(await send(prep, to, due()), Posted)
    prep.teams.fail(Fault(status=status))
    assert await send(prep, to, due()) == Malformed()
    assert "teams_not_posted" in capfd.readouterr().err


async def test_whoever_cannot_be_sent_it_alone_is_told_that_something_is_due(prep: TeamsRunner) -> None:
    await channel(prep, BEN)
    to = Address(BEN.aad, direct=True)
    for _ in range(2):  # everything is known of them from then on
        assert isinstance(await send(prep, to, due(Mark.PLAN, BEN.aad)), Posted)
    prep.teams.fail(Fault(status=413))
    assert isinstance(await send(prep, to, due(Mark.PLAN, BEN.aad)), Posted)
    assert "Something is due" in prep.teams.visible(prep.teams.personal(BEN))[-1].activity["text"]


async def test_being_removed_is_enough_not_to(prep: TeamsRunner) -> None:
    place = await channel(prep)
    bot = prep.client.event(ANN, place, "x")["recipient"]
    await prep.client.conversation_update(ANN, place, membersRemoved=[bot])
    assert await send(prep, Address(place.id, direct=False), due(Mark.OPEN)) == Gone()


@pytest.mark.parametrize(
    ("fault", "became"),
    [
        (Fault(status=502, accepted=True), Unknown()),
        (Fault(status=504), Unknown()),
        (Fault(drop=True, accepted=True), Unknown()),
        (Fault(status=503), RetryLater(60.0)),
        (Fault(status=403), Gone()),
        (Fault(status=404), Gone()),
        (Fault(status=401), RetryLater(300.0)),
    ],
    ids=["502", "504", "dropped", "503", "403", "404", "401"],
)
async def test_what_became_of_it(prep: TeamsRunner, fault: Fault, became: object) -> None:
    place = await channel(prep)
    to = Address(place.id, direct=False)
    await prep.face.sender.post(TENANT, to, due(), "token")  # the roster is known from here on
    prep.teams.fail(fault)
    assert await send(prep, to, due()) == became


async def test_too_fast_is_later(prep: TeamsRunner) -> None:
    place = await channel(prep)
    to = Address(place.id, direct=False)
    await send(prep, to, due())
    prep.teams.fail(Fault(status=429, retry_after=40, times=4))
    became = await send(prep, to, due())
    assert isinstance(became, RetryLater)
    assert became.seconds >= 40


async def test_nobody_can_look_up_whether_it_arrived(prep: TeamsRunner) -> None:
    with pytest.raises(CannotTell) as doubt:
        await prep.face.sender.arrived(TENANT, Address("x", direct=False), "token")
    assert doubt.value.never


async def test_a_renewal_is_posted_seen_and_snoozed(prep: TeamsRunner) -> None:
    words = "start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, channel #acme"
    await prep.say("ann", "#acme", "@Prep help")
    await prep.say("ann", "#acme", f"@Prep contract add Acme: {words}")
    await prep.set_now(datetime(2027, 12, 31, 9, tzinfo=UTC))
    delivery = Delivery(prep.app.database, {"teams": prep.face.sender}, ticks=prep._seconds)
    try:
        assert await delivery.deliver(prep.now) > 0
        assert await delivery.deliver(prep.now) == 0
    finally:
        delivery.close()
    post = prep.teams.visible(prep.channels["acme"])[-1]
    assert (post.thread, post.activity["summary"]) == (None, "A contract date needs attention")
    seen = await prep.press("ben", "#acme", "Seen")
    assert seen[0].startswith("(edited) Acme: send notice by")
    assert any("Seen by @Ben" in line for line in seen)
    assert (await prep.press("ben", "#acme", "Snooze"))[0] == "(only you) form: Snooze"
    snoozed = await prep.submit("ben", "#acme", {"Bring it back in": "3 days"})
    assert snoozed[0].startswith("(edited) Acme")
    assert any("Snoozed to" in line and "@Ben" in line for line in snoozed)
    assert await prep.say("carl", DM, "help")

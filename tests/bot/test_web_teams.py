"""The same of Teams: whatever is typed, pressed or picked there is neither in the figures nor in the log."""

from __future__ import annotations

import re
from itertools import count
from typing import TYPE_CHECKING

import pytest

from bot.config import Settings
from bot.serve import Running, start
from tests.bot.test_web import PRICE, RIVAL, SUPPLIER, TYPED, WHAT, Defective, lines, measured, value
from tests.doubles.teams.client import TeamsClient
from tests.doubles.teams.faults import Fault
from tests.doubles.teams.service import TeamsDouble
from tests.doubles.teams.world import BOT, BOT_APP, HOST_TENANT, OTHER_TENANT, Conversation, User

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

ANN, BOB, GUS = User("Annegret Zylla"), User("Bobo Yttrium"), User("Gusto Xylo", role="guest")
OUT = User("Olga Wyvern", tenant=OTHER_TENANT)
PEOPLE = (ANN, BOB, GUS, OUT)


@pytest.fixture
async def teams() -> AsyncIterator[TeamsDouble]:
    async with TeamsDouble(clock=count().__next__) as double:  # nobody does two things within a second
        yield double


@pytest.fixture
async def running(database_url: str) -> AsyncIterator[Running]:
    settings = Settings(_env_file=None, database_url=database_url, port=0, teams_allow_anonymous=True)  # type: ignore[call-arg]
    found = await start(settings)
    yield found
    assert await found.stop()


@pytest.fixture
def client(running: Running, teams: TeamsDouble) -> TeamsClient:
    return TeamsClient(teams, f"{running.address}/api/messages")


def hidden(*places: Conversation) -> tuple[str, ...]:
    """What nobody may find: words, figures, and whatever says who and where."""
    people = [word for one in PEOPLE for word in (one.name, *one.name.split(), one.id, one.aad)]
    where = [word for place in places for word in (place.id, place.team_id, place.name) if word]
    return (SUPPLIER, WHAT, PRICE, RIVAL, *people, *where, HOST_TENANT, OTHER_TENANT, BOT["id"], BOT_APP)


def found_in(text: str, words: tuple[str, ...]) -> list[str]:
    return [word for word in words if re.search(rf"\b{re.escape(word)}\b", text, re.I)]


async def test_neither_figures_nor_log_tell_who_said_what(
    running: Running, teams: TeamsDouble, client: TeamsClient, capfd: pytest.CaptureFixture[str]
) -> None:
    room = teams.channel(ANN, BOB, name="quarry")
    shared = teams.channel(ANN, OUT, name="bazaar", shared_with=(OTHER_TENANT,))
    group = teams.group(ANN, GUS)
    places = (room, shared, group, *(teams.personal(one) for one in PEOPLE))
    for place in (room, shared, group):
        await client.conversation_update(ANN, place, membersAdded=[BOT])
    for line in TYPED:
        await client.message(ANN, line, teams.personal(ANN))
        await client.slash(ANN, line, room)
    await client.mention(BOB, f"give {SUPPLIER} price 3.60 -> {PRICE}", room)
    await client.mention(ANN, f"offer {SUPPLIER} theirs: price {PRICE}", shared)
    await client.message(BOB, f"what is our BATNA for {SUPPLIER}?", teams.personal(BOB))
    await client.mention(GUS, f"show {SUPPLIER}", group)
    await client.slash(OUT, f"show {SUPPLIER}", shared)
    mine = teams.personal(ANN)
    written = client.typed(ANN, f"{SUPPLIER} {WHAT}", mine)
    await client.deliver(written)
    await client.edit(ANN, written, f"{SUPPLIER} {PRICE}")
    await client.delete(ANN, written)
    dialog = await client.act_on(ANN, f"{SUPPLIER} gives {PRICE}", room, author=BOB)
    await client.in_dialog(ANN, dialog, "Log it", room)
    await client.message(ANN, "hub", mine)
    await client.press(ANN, teams.visible(mine, ANN)[-1], "Renewals")
    await running.bell.ring()
    text = await measured(running)
    out, err = capfd.readouterr()
    assert found_in(text, hidden(*places)) == []
    assert found_in(out + err, hidden(*places)) == []
    assert value(text, 'prep_turns_total{command="batna",face="teams",outcome="answered"}') >= 4
    assert value(text, 'prep_turns_total{command="offer",face="teams",outcome="refused"}') >= 1
    assert text.count('face="teams"') > 10
    assert "broken" not in text


async def test_what_does_not_get_there_is_told_without_its_words(
    running: Running, teams: TeamsDouble, client: TeamsClient, capfd: pytest.CaptureFixture[str]
) -> None:
    mine = teams.personal(ANN)
    await client.message(ANN, f"new quick {SUPPLIER}: {WHAT}", mine)
    for fault in (Fault(status=500), Fault(drop=True), Fault(status=403), Fault(text=f"{SUPPLIER} {PRICE}")):
        teams.fail(fault)
        await client.message(ANN, f"batna {SUPPLIER} add {RIVAL} = {PRICE}", mine)
    await client.deliver({"type": "message", "text": SUPPLIER, "from": ANN.account()})
    await client.invoke(ANN, "adaptiveCard/action", {"action": SUPPLIER}, mine)
    text = await measured(running)
    out, err = capfd.readouterr()
    assert found_in(text + out + err, hidden(mine)) == []
    assert "Traceback" not in out + err


async def test_what_breaks_is_told_by_the_same_reference_in_every_line(
    running: Running, teams: TeamsDouble, client: TeamsClient, capfd: pytest.CaptureFixture[str]
) -> None:
    mine = teams.personal(ANN)
    await client.message(ANN, "hub", mine)
    core = running.app.core
    running.app.edge.core = Defective(running.app.database, core.router, core.answer)
    capfd.readouterr()
    await client.message(ANN, f"new quick {SUPPLIER}: {WHAT}", mine)
    await measured(running)
    found = lines(capfd.readouterr().err)
    reference = re.search(r"reference[^:]*: ([0-9a-f]{8})", str(teams.visible(mine, ANN)[-1].activity))
    assert reference
    about = [line["event"] for line in found if line.get("reference") == reference[1]]
    assert about == ["in_the_thread", "turn_failed", "turn"]
    assert found_in(str(found), hidden(mine)) == []

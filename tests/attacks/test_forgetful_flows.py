"""Flows that mark nothing, ask nobody and send everywhere: the gate and the sealing hold without their help."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bot.edge import open_or_tell
from handlers.gate import Why
from handlers.turn import Address, Channel, Text, Via, Words
from tests.attacks.forgetful import make_forgetful
from tests.attacks.test_outsiders import ANN, CHANNELS
from tests.attacks.twins import SECRET, TITLE, whole
from tests.support.plans import begin, fill
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator

INSIDE = Channel(
    "c1", "c1", present=True, shared=False, people=(ANN, person("ben"), person("cleo")), joinable=False
)


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann's plan, which Cleo may read and Dan may edit; a contract; an outside list; and forgetful commands."""
    talk = Talk(database_url)
    talk.plan = begin(talk, "Acme", TITLE)  # type: ignore[attr-defined]
    fill(talk, talk.plan, SECRET)  # type: ignore[attr-defined]
    for name in ("mia", "cleo", "dan"):
        talk.world.people[name] = person(name)
    for words in (
        "settings outside <@mia>", "settings outside consult.example", "settings outside acme.example for Acme",
        "share acme <@cleo>", "share acme <@dan> to edit",
        "contract add Acme: start 2026-07-01, end 2027-06-30, notice 60 days",
    ):  # fmt: skip
        assert not talk.say(words, via=Via.SLASH).outcome.refused
    talk.world.channels["c1"] = INSIDE
    make_forgetful(talk)
    yield talk
    talk.close()


@pytest.mark.parametrize("words", ["shout", "shout names", "shout own", "agree", "agree c2", "agree C1"])
def test_plan_content_for_everybody_is_shown_to_the_asker_alone(talk: Talk, words: str) -> None:
    said = talk.say(words, channel="c1", via=Via.MENTION)
    assert said.shown.private
    assert "Acme" in said.text or f"{SECRET} trigger" in said.text


def test_an_agreement_holds_for_that_channel_and_only_for_insiders(talk: Talk) -> None:
    assert not talk.say("agree c1", channel="c1", via=Via.MENTION).shown.private
    for kind, channel in CHANNELS.items():
        talk.world.channels.pop("c1", None)
        if channel is not None:
            talk.world.channels["c1"] = channel
        assert talk.say("agree c1", channel="c1", via=Via.MENTION).shown.private, kind


@pytest.mark.parametrize("words", ["agree c1", "shout contracts", "help"])
def test_a_slash_command_is_answered_for_nobody_else(talk: Talk, words: str) -> None:
    """Beside an answer for everybody a platform shows what was typed."""
    assert talk.say(words, channel="c1", via=Via.SLASH).shown.private


def test_contracts_are_for_channels_of_insiders(talk: Talk) -> None:
    assert "Acme until 2027-06-30" in talk.say("shout contracts", channel="c1", via=Via.MENTION).text
    assert not talk.say("shout contracts", channel="c1", via=Via.MENTION).shown.private
    for kind, channel in CHANNELS.items():
        talk.world.channels.pop("c1", None)
        if channel is not None:
            talk.world.channels["c1"] = channel
        assert talk.say("shout contracts", channel="c1", via=Via.MENTION).shown.private, kind


def test_an_engineer_of_another_supplier_may_read_along(talk: Talk) -> None:
    """The list may name a supplier; then it is for content about that supplier alone."""
    borg = person("eva", email="eva@acme.example")
    talk.say("contract add Borg: start 2026-07-01, end 2027-06-30, notice 60 days", via=Via.SLASH)
    talk.world.channels["c1"] = Channel("c1", "c1", present=True, shared=False, people=(ANN, borg))
    assert talk.say("shout contracts", channel="c1", via=Via.MENTION).shown.private, "Acme's is among them"
    assert talk.say("help", channel="c1", via=Via.MENTION).shown.private is False


@pytest.mark.parametrize(
    "words",
    [
        "send bare ben", "send bare cleo", "send bare channel c1", "send plan ben", "send plan mia", "send plan nobody",
        "send channel c1", "send agreed c1 c2", "send agreed c2 c1", "send own",
    ],
)  # fmt: skip
def test_what_must_not_be_sent_breaks_the_turn_and_goes_nowhere(talk: Talk, words: str) -> None:
    said = talk.say(words, via=Via.SLASH)
    assert said.outcome.broken
    assert not said.outcome.sends
    assert SECRET not in whole(said)


def test_what_may_be_sent_is(talk: Talk) -> None:
    assert f"{SECRET} goal" in talk.say("send plan cleo", via=Via.SLASH).others[0][1]
    assert f"{SECRET} goal" in talk.say("send agreed c1 c1", via=Via.SLASH).others[0][1]
    assert f"{SECRET} goal" in talk.say("send agreed c1 c1", "dan", via=Via.SLASH).others[0][1]
    assert talk.say("send agreed c1 c1", "cleo", via=Via.SLASH).outcome.broken, "readers agree to nothing"


def test_nobody_sends_what_they_may_not_read(talk: Talk) -> None:
    begin(talk, "Cogs", "gears", "ben")
    said = talk.say(f"send another {talk.plan}", "ben", via=Via.SLASH)  # type: ignore[attr-defined]
    assert said.outcome.broken
    assert not said.others


@pytest.mark.parametrize("kind", CHANNELS)
def test_a_channel_that_changed_before_it_was_sent_gets_nothing(talk: Talk, kind: str) -> None:
    channel = CHANNELS[kind]
    talk.world.channels.pop("c1")
    if channel is not None:
        talk.world.channels["c1"] = channel
    said = talk.say("send agreed c1 c1", via=Via.SLASH)
    assert not said.outcome.broken
    assert not said.others
    assert talk.withheld in ([("c1", Why.OUTSIDERS_HERE)], [("c1", Why.CHANNEL)])


def test_whoever_posted_is_told_where_nothing_was_posted(talk: Talk) -> None:
    incoming = talk.incoming(Words("send agreed c1 c1"), via=Via.SLASH)
    (send,) = talk.do(incoming).outcome.sends
    talk.world.channels["c1"] = CHANNELS["shared"]  # type: ignore[assignment]
    told = asyncio.run(open_or_tell(send, incoming, talk.world))
    assert told is not None
    to, shown = told
    assert to == Address("ann", direct=True)
    assert shown.parts == (Text((Why.OUTSIDERS_HERE.value,)),)
    (alone,) = talk.say("send plan cleo", via=Via.SLASH).outcome.sends
    talk.world.people["cleo"] = person("cleo", guest=True)
    assert asyncio.run(open_or_tell(alone, incoming, talk.world)) is None


@pytest.mark.parametrize(
    "who",
    [
        person("cleo", guest=True), person("cleo", home=None), person("cleo", email="cleo@consult.example"),
        person("cleo", email="cleo@acme.example"), person("dan"),
    ],
)  # fmt: skip
def test_a_reader_who_became_an_outsider_gets_nothing(talk: Talk, who: object) -> None:
    talk.world.people["cleo"] = who  # type: ignore[assignment]
    said = talk.say("send plan cleo", via=Via.SLASH)
    assert not said.others
    assert [to for to, _ in talk.withheld] == ["cleo"]

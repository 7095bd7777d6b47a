"""Guests, other companies' people, the outside list, channels with outsiders, and channels of which nothing is known."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.commands import all_commands
from handlers.gate import Why
from handlers.turn import Channel, Person, Press, Submission, Via, Words
from tests.attacks.twins import SECRET, TITLE, whole
from tests.support.dump import changes, dump
from tests.support.plans import begin, fill, unit_of
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator

MAIN = sorted({command.name for command in all_commands()})
ANN = person("ann")
FIGURES = (
    "give acme price 3.60 -> 3.71 for net 60", "got acme price 4.20 -> 4.12", "offer acme theirs: price 4.12",
    "term acme price: open 3.45, target 3.70, stop 4.05", "batna acme add Nadir = 4.18",
    "mandate acme 4.05 by CFO until 2026-06-30",
    "set acme: baseline 3.95", "we gave acme price 3.60 -> 3.71",
)  # fmt: skip
TELLING = (
    "show",
    "batna",
    "log",
    "chart",
    "plans",
    "hub",
    "contract show",
    "contract list",
    "renewals",
    "checkin",
    "ready",
    "find",
)
OUTSIDERS = {
    "guest": Person("max", "Max", home=True, guest=True, email="max@buyer.example"),
    "guest or not is unknown": Person("max", "Max", home=True, guest=None, email="max@buyer.example"),
    "another company": Person("max", "Max", home=False, guest=False, email="max@buyer.example"),
    "company unknown": Person("max", "Max", home=None, guest=False, email="max@buyer.example"),
    "listed by person": Person("mia", "Mia", home=True, guest=False, email="mia@buyer.example"),
    "listed by domain": Person("max", "Max", home=True, guest=False, email="max@consult.example"),
    "listed by domain, in capitals": Person(
        "max", "Max", home=True, guest=False, email="MAX@Consult.Example."
    ),
    "listed by a domain above": Person("max", "Max", home=True, guest=False, email="max@eu.consult.example"),
    "mail unknown, some domain listed": Person("max", "Max", home=True, guest=False, email=None),
    "mail empty, some domain listed": Person("max", "Max", home=True, guest=False, email=""),
}
CHANNELS = {
    "nothing known": None,
    "shared": Channel("c1", "c1", present=True, joinable=False, shared=True, people=(ANN,)),
    "shared or not is unknown": Channel("c1", "c1", present=True, joinable=False, shared=None, people=(ANN,)),
    "people unknown": Channel("c1", "c1", present=True, joinable=False, shared=False, people=None),
    "nobody in it": Channel("c1", "c1", present=True, joinable=False, shared=False, people=()),
    "another channel's answer": Channel("c2", "c2", present=True, joinable=False, shared=False, people=(ANN,)),
    **{
        f"with {name}": Channel("c1", "c1", present=True, joinable=False, shared=False, people=(ANN, who))
        for name, who in OUTSIDERS.items()
    },
    "with an engineer of the supplier": Channel(
        "c1", "c1", present=True, joinable=False, shared=False,
        people=(ANN, Person("eva", "Eva", home=True, guest=False, email="eva@acme.example")),
    ),
}  # fmt: skip


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann's plan for Acme and a contract with it; Mia and two mail domains are listed, one of them for Acme alone."""
    talk = Talk(database_url)
    plan_id = begin(talk, "Acme", TITLE)
    fill(talk, plan_id, SECRET)
    talk.world.people["mia"] = person("mia")
    for words in (
        "outside <@mia>",
        "outside consult.example",
        "outside acme.example for Acme",
        "currency EUR",
    ):
        assert not talk.say(f"settings {words}", via=Via.SLASH).outcome.refused
    talk.say("contract add Acme: start 2026-07-01, end 2027-06-30, notice 60 days", via=Via.SLASH)
    yield talk
    talk.close()


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_outsiders_get_one_answer_and_leave_no_trace(talk: Talk, kind: str) -> None:
    who = OUTSIDERS[kind]
    before = dump(talk.app.database)
    answers = set()
    for name in MAIN:
        for act in (Words(f"{name} acme"), Press(f"{name} acme"), Submission(f"{name} acme", {"price": "4"})):
            via = {Words: Via.MENTION, Press: Via.BUTTON, Submission: Via.FORM}[type(act)]
            answers.add(whole(talk.do(talk.incoming(act, who, channel="c1", thread="t", via=via))))
    answers.add(whole(talk.say("hello", who)))
    assert len(answers) == 1
    assert Why.OUTSIDER.value in answers.pop()
    assert changes(before, dump(talk.app.database)) == []


@pytest.mark.parametrize("kind", OUTSIDERS)
def test_an_answer_that_is_kept_for_everybody_is_not_kept_for_outsiders(talk: Talk, kind: str) -> None:
    who = OUTSIDERS[kind]
    for _ in range(2):
        assert "batna" in talk.say("help", via=Via.SLASH).text
        assert talk.say("help", who, channel="c1").text == Why.OUTSIDER.value


def test_somebody_put_on_the_list_gets_no_kept_answer_any_more(talk: Talk) -> None:
    max_ = Person("max", "Max", home=True, guest=False, email="max@buyer.example")
    for _ in range(2):
        assert "batna" in talk.say("help", max_, via=Via.SLASH).text
    talk.say("settings outside <@max>", via=Via.SLASH)
    assert talk.say("help", max_, via=Via.SLASH).text == Why.OUTSIDER.value


def test_somebody_outside_for_one_supplier_alone_does_not_find_that_supplier(talk: Talk) -> None:
    """Eva may use Prep for all else. What was shared with her before she was listed is gone as well."""
    eva = Person("eva", "Eva", home=True, guest=False, email="eva@acme.example")
    with unit_of(talk) as unit:
        member = unit.colleagues.meet("eva", "Eva")
        for head in unit.plans.live():
            book = unit.plans.book(head.id)
            assert book is not None
            book.admit(member.id, "edit")
    for words in (
        "plans",
        "show acme",
        "batna",
        f"find {SECRET}",
        "contract list",
        "contract show acme",
        "renewals",
        "hub",
    ):
        said = whole(talk.say(words, eva, via=Via.SLASH))
        assert SECRET not in said.replace(f"holds {SECRET}", "").replace(words, ""), words
        assert TITLE not in said, words
        assert "2027" not in said, words
    talk.say("new quick Borg: brackets", eva, via=Via.SLASH)
    assert "Borg: brackets" in talk.say("plans", eva, via=Via.SLASH).text


def test_a_name_that_only_begins_like_a_listed_supplier_is_barred_too(talk: Talk) -> None:
    plan_id = begin(talk, "Acme Industries", "valves")
    with unit_of(talk) as unit:
        member = unit.colleagues.meet("eva", "Eva")
        book = unit.plans.book(plan_id)
        assert book is not None
        book.admit(member.id, "read")
    eva = Person("eva", "Eva", home=True, guest=False, email="eva@acme.example")
    assert "valves" not in talk.say("plans", eva, via=Via.SLASH).text
    other = replace(eva, email="eva@buyer.example")
    assert "valves" in talk.say("plans", other, via=Via.SLASH).text


@pytest.mark.parametrize("kind", CHANNELS)
def test_no_channel_sees_a_plan_or_a_contract_that_outsiders_might_read(talk: Talk, kind: str) -> None:
    """Whatever Ann asks there, in whatever way, she alone sees the answer."""
    channel = CHANNELS[kind]
    if channel is not None:
        talk.world.channels["c1"] = channel
    most = kind in {"nothing known", "with another company", "with an engineer of the supplier"}
    for name in sorted(set(MAIN) - {"help"}) if most else TELLING:
        for via in (Via.SLASH, Via.MENTION):
            said = talk.say(f"{name} acme", channel="c1", thread="t1", via=via)
            if not said.shown.private:
                assert SECRET not in whole(said), name
                assert "acme" not in whole(said).lower(), name
            assert not [to for to, _ in said.others if to.startswith("c")], name


@pytest.mark.parametrize("kind", CHANNELS)
def test_figures_said_before_outsiders_are_not_kept(talk: Talk, kind: str) -> None:
    channel = CHANNELS[kind]
    if channel is not None:
        talk.world.channels["c1"] = channel
    before = dump(talk.app.database)
    for words in FIGURES:
        said = talk.say(words, channel="c1", via=Via.MENTION)
        assert said.outcome.refused, words
        assert said.shown.private, words
        assert "delete your message" in said.text, words
    assert changes(before, dump(talk.app.database)) == []


def test_figures_said_before_insiders_are_kept_and_the_author_is_told_to_delete(talk: Talk) -> None:
    talk.world.channels["c1"] = Channel(
        "c1", "c1", present=True, joinable=False, shared=False, people=(ANN, person("ben"))
    )
    for words in FIGURES:
        before = dump(talk.app.database)
        said = talk.say(words, channel="c1", via=Via.MENTION)
        assert said.shown.private, words
        assert "delete your message" in said.text, words
        assert changes(before, dump(talk.app.database)) != [], words


@pytest.mark.parametrize(
    "words",
    [
        "give acme price 3.60 -> fro 3.71",
        "giev acme 3.60 3.71",
        "4.05 is our stop",
        "offer acme theirs 4.12 net",
    ],
)
def test_figures_that_were_not_understood_are_still_to_be_deleted(talk: Talk, words: str) -> None:
    talk.world.channels["c1"] = Channel(
        "c1", "c1", present=True, joinable=False, shared=False, people=(ANN, person("ben"))
    )
    said = talk.say(words, channel="c1", via=Via.MENTION)
    assert said.shown.private
    assert "delete your message" in said.text

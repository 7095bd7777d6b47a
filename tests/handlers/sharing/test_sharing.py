"""Who may read a plan: shared, taken back, handed over, linked to a channel, posted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from handlers.gate import Why
from handlers.turn import Channel, Person
from tests.support.plans import begin
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator

BEN, CLEO = person("ben"), person("cleo")


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann has a plan for Acme; Ben and Cleo have said hello."""
    talk = Talk(database_url)
    begin(talk)
    for name in ("ben", "cleo"):
        talk.say("hub", name)
    yield talk
    talk.close()


def _knows_nothing(talk: Talk, who: str) -> bool:
    return "No plan that you can read" in talk.say("show acme", who).text


@pytest.mark.parametrize("words", ["<@ben>", "<@ben|Ben>", "@ben", "@Ben", "with @ben", "ben"])
def test_a_plan_is_shared_and_the_reader_is_told(talk: Talk, words: str) -> None:
    assert _knows_nothing(talk, "ben")
    said = talk.say(f"share acme {words}")
    assert "Ben may now read it" in said.text
    assert "Ann: owner" in said.text
    assert [to for to, _ in said.others] == ["ben"]
    assert "Ann shared this plan with you: you may read it." in said.others[0][1]
    assert "Acme" in talk.say("show acme", "ben").text
    assert "Ben may read it" not in talk.say("show acme", "ben").text


def test_a_reader_reads_and_changes_nothing(talk: Talk) -> None:
    talk.say("share acme @ben")
    for words in (
        "share acme @cleo",
        "owner acme @ben",
        "channel acme #acme",
        "post acme #acme",
        "archive acme",
    ):
        said = talk.say(words, "ben")
        assert said.outcome.refused, words
        assert not said.others
    assert _knows_nothing(talk, "cleo")


def test_an_editor_may_share_and_the_owner_is_told(talk: Talk) -> None:
    talk.say("share acme @ben to edit")
    said = talk.say("share acme @cleo", "ben")
    assert [to for to, _ in said.others] == ["cleo", "ann"]
    assert "Ben let Cleo read your plan." in said.others[1][1]
    assert "Acme" in talk.say("show acme", "cleo").text


def test_an_editor_takes_nobody_down(talk: Talk) -> None:
    talk.say("share acme @ben to edit")
    talk.say("share acme @cleo to edit")
    assert "Cleo may now edit it" in talk.say("share acme @cleo", "ben").text
    assert talk.say("unshare acme @cleo", "ben").outcome.refused
    assert "Cleo may now read it" in talk.say("share acme @cleo").text
    assert talk.say("share acme @ben", "cleo").outcome.refused


def test_what_is_taken_back_is_gone(talk: Talk) -> None:
    said = talk.say("share acme @ben")
    talk.press(said.buttons["Take back"])
    assert _knows_nothing(talk, "ben")
    assert talk.say("unshare acme @ben").outcome.refused
    assert talk.say("unshare acme me").outcome.refused


def test_a_reader_may_give_it_up(talk: Talk) -> None:
    talk.say("share acme @ben")
    said = talk.say("unshare acme me", "ben")
    assert "You do not read Acme" in said.text
    assert _knows_nothing(talk, "ben")


def test_a_plan_is_handed_over(talk: Talk) -> None:
    said = talk.say("owner acme @ben")
    assert "Ben owns it now" in said.text
    assert "Ben: owner" in said.text
    assert "Ann: may edit" in said.text
    assert said.others[0][0] == "ben"
    assert talk.say("owner acme @ann").outcome.refused
    assert "Ann owns it now" in talk.say("owner acme @ann", "ben").text


@pytest.mark.parametrize(
    ("who", "reason"),
    [
        (Person("max", "Max", home=False, guest=False, email="max@buyer.example"), "own company"),
        (Person("max", "Max", home=None, guest=False, email="max@buyer.example"), "own company"),
        (Person("max", "Max", home=True, guest=True, email="max@buyer.example"), "guest"),
        (Person("max", "Max", home=True, guest=None, email="max@buyer.example"), "guest"),
        (Person("max", "Max", home=True, guest=False, email="max@consult.example"), "list"),
        (Person("max", "Max", home=True, guest=False, email="max@mail.consult.example"), "list"),
        (Person("max", "Max", home=True, guest=False, email=None), "list"),
        (Person("max", "Max", home=True, guest=False, email="max@acme.example"), "for this supplier"),
    ],
)
def test_outsiders_get_nothing_and_the_reason_is_said(talk: Talk, who: Person, reason: str) -> None:
    talk.say("settings outside consult.example")
    talk.say("settings outside acme.example for Acme")
    talk.world.people["max"] = who
    for words in ("share acme <@max>", "owner acme <@max>", "share acme <@max> to edit"):
        said = talk.say(words)
        assert said.outcome.refused
        assert reason in said.text
        assert not said.others
    assert "Max" not in talk.say("share acme").text


def test_somebody_who_became_an_outsider_can_be_removed(talk: Talk) -> None:
    talk.say("share acme @ben")
    talk.world.people["ben"] = person("ben", guest=True)
    assert "Ben cannot read it any more" in talk.say("unshare acme @ben").text


def test_leads_who_read_every_plan_are_named_among_its_readers(talk: Talk) -> None:
    """An owner is never told that nobody else reads a plan that a lead reads."""
    talk.say("settings leads read plans on", "cleo")
    assert "Cleo: lead, may read" in talk.say("readers acme").text
    said = talk.say("unshare acme @cleo")
    assert said.outcome.refused
    assert "Cleo reads this plan as a lead" in said.text
    talk.say("share acme @cleo to edit")
    assert "Cleo: lead" not in talk.say("readers acme").text
    said = talk.say("unshare acme @cleo")
    assert "who still reads it as a lead" in said.text
    assert "Cleo: lead, may read" in said.text
    talk.say("share acme @cleo")
    assert "You still read it as a lead" in talk.say("unshare acme me", "cleo").text
    talk.say("settings leads read plans off", "cleo")
    assert "Cleo" not in talk.say("readers acme").text


@pytest.mark.parametrize(
    "words", ["", "@nobody", "x" * 300, "<!channel>", "@" + "é" * 90, "#acme", "-> 3.80"]
)
def test_names_that_fit_nobody(talk: Talk, words: str) -> None:
    talk.world.people.pop("nobody", None)
    said = talk.say(f"share acme {words}")
    assert not said.others
    assert "Ann: owner" in said.text or said.outcome.refused


def test_two_of_a_name_are_asked_about(talk: Talk) -> None:
    for who in ("u1", "u2"):
        talk.say("hub", Person(who, "Dana", home=True, guest=False, email=f"{who}@buyer.example"))
    said = talk.say("share acme @Dana to edit")
    assert said.outcome.refused
    words = next(iter(said.buttons.values()))
    assert "Dana may now edit it" in talk.press(words).text


# ---- channels ----


def _channel(name: str, *people: Person, shared: bool | None = False, present: bool = True) -> Channel:
    return Channel(name, name, present=present, shared=shared, people=people or (person("ann"), BEN))


def test_a_channel_saves_the_name_and_lets_nobody_in(talk: Talk) -> None:
    talk.world.channels["c1"] = _channel("c1")
    begin(talk, "Borg", "brackets")
    said = talk.say("channel acme <#c1|c1>")
    assert "In #c1 you can now leave out the plan's name." in said.text
    assert "Acme" in talk.say("show", channel="c1", thread="t").text
    assert "no plan" in talk.say("show", "ben", channel="c1").text.lower()
    assert "#c1" in talk.say("channel acme").text
    assert "No channel" in talk.say("channel acme none").text
    assert "No channel" in talk.say("channel acme").text


def test_prep_must_be_in_the_channel(talk: Talk) -> None:
    talk.world.channels["c1"] = _channel("c1", present=False)
    for words in ("channel acme <#c1|c1>", "channel acme #c9", "post acme <#c1|c1>", "post acme #c9"):
        said = talk.say(words)
        assert said.outcome.refused
        assert "/invite" in said.text


def test_a_second_plan_for_a_channel_is_asked_about_only_if_the_first_may_be_read(talk: Talk) -> None:
    talk.world.channels["c1"] = _channel("c1")
    talk.say("channel acme <#c1|c1>")
    begin(talk, "Cogs", "gears", "ben")
    assert "In #c1 you can now leave out" in talk.say("channel cogs <#c1|c1>", "ben").text
    begin(talk, "Borg", "brackets")
    talk.now += timedelta(minutes=1)
    said = talk.say("channel borg <#c1|c1>")
    assert "about Acme: housings so far" in said.text
    assert "Borg" in talk.press(said.buttons["Use this plan there"]).text
    assert "Borg" in talk.say("show", channel="c1", thread="t").text


# ---- posting ----


def test_a_brief_is_posted_only_when_the_button_is_pressed(talk: Talk) -> None:
    talk.world.channels["c1"] = _channel("c1")
    asked = talk.say("post acme <#c1|c1>")
    assert "Everybody in #c1 (2 people) will read this" in asked.text
    assert not asked.others
    words = asked.buttons["Post to #c1"]
    assert not talk.say(words).others, "typing the words of the button is no pressing"
    said = talk.press(words)
    assert [to for to, _ in said.others] == ["c1"]
    assert "Acme" in said.others[0][1]
    assert "Posted by Ann" in said.others[0][1]


@pytest.mark.parametrize(
    "channel",
    [
        _channel("c1", person("ann"), Person("max", "Max", home=False, guest=False, email="m@x.example")),
        _channel("c1", person("ann"), person("gus", guest=True)),
        _channel("c1", shared=True),
        _channel("c1", shared=None),
        Channel("c1", "c1", present=True, shared=False, people=None),
        Channel("c1", "c1", present=True, shared=False, people=()),
    ],
)
def test_nothing_is_posted_where_outsiders_may_read(talk: Talk, channel: Channel) -> None:
    talk.world.channels["c1"] = _channel("c1")
    words = talk.say("post acme <#c1|c1>").buttons["Post to #c1"]
    talk.world.channels["c1"] = channel
    assert talk.say("post acme <#c1|c1>").outcome.refused
    pressed = talk.press(words)
    assert pressed.outcome.refused
    assert not pressed.others


def test_the_gate_asks_again_when_it_sends(talk: Talk) -> None:
    talk.world.channels["c1"] = _channel("c1")
    words = talk.say("post acme <#c1|c1>").buttons["Post to #c1"]
    asked = talk.world.find
    turns = iter(range(9))

    async def later(workspace: object, ask: object) -> object:
        if getattr(ask, "id", "") == "c1" and next(turns) > 0:
            return _channel("c1", shared=True)
        return await asked(workspace, ask)  # type: ignore[arg-type]

    talk.world.find = later  # type: ignore[method-assign, assignment]
    said = talk.press(words)
    assert not said.outcome.refused
    assert not said.others
    assert talk.withheld == [("c1", Why.OUTSIDERS_HERE)]


def test_an_editor_posts_and_the_owner_is_told(talk: Talk) -> None:
    talk.world.channels["c1"] = _channel("c1")
    talk.say("share acme @ben to edit")
    words = talk.say("post acme <#c1|c1>", "ben").buttons["Post to #c1"]
    assert talk.press(words, "cleo").outcome.refused, "a button grants nothing"
    said = talk.press(words, "ben")
    assert [to for to, _ in said.others] == ["c1", "ann"]


@pytest.mark.parametrize(
    "words",
    [
        "post acme brief #c1",
        "post the brief of acme to #c1",
        "post Acme's brief in <#c1|c1>",
        "post the acme plan to #c1",
    ],
)
def test_the_word_brief_is_no_part_of_the_channel(talk: Talk, words: str) -> None:
    talk.world.channels["c1"] = _channel("c1")
    assert "Post to #c1" in talk.say(words).buttons


@pytest.mark.parametrize("words", ["post acme here", "post acme brief here", "post the brief of acme here"])
def test_here_is_the_channel_where_it_is_said(talk: Talk, words: str) -> None:
    talk.world.channels["c1"] = _channel("c1")
    assert "Post to #c1" in talk.say(words, channel="c1").buttons

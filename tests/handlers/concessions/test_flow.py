"""`give`, `got`, `log` and `undo` through words: the worked log, warnings, corrections, other people, public places."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from handlers.turn import Channel, Via
from tests.handlers.acme import prepare, tell, to_first_of_april
from tests.support.screen import misfits, screen
from tests.support.talk import Talk, person


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    yield made
    made.close()


WORKED = """\
Acme · 1 Apr · price 3.68 <-> 3.80
Price so far: they 0.32 = 9,600 EUR/yr · we 0.23 = 6,900 EUR/yr
Share of range: they 56 % (guess 3.55) · we 38 %
#  WE                       FOR
1  price 3.45 -> 3.58       cap 4 -> 3
2  warranty 36 -> 24        ! nothing
3  price 3.58 -> 3.68       lead 40 -> 32
4  net 60 -> 45             price 3.95 -> 3.80
5  lead 21 -> 28, cap 0 -> 2  warranty 18 -> 24
Our steps 0.13, 0.10: shrinking. Theirs 0.17, 0.15
Next: 27k minimum only if <= 3.74
[Log] [Correct #2] [Chart]"""


def evened(lines):
    """Without what only aligns the columns."""
    return [" ".join(line.split()) for line in lines]


def test_the_worked_log(talk):
    to_first_of_april(talk)
    said = talk.say("log acme", channel="C1")
    assert evened(screen(said.shown)) == evened(WORKED.splitlines())
    assert misfits(said.shown) == []
    asked = talk.say("what did we give them so far?", channel="C1")
    assert asked.text == said.text


def test_an_offer_that_says_again_what_was_logged_changes_no_figure(talk):
    to_first_of_april(talk)
    before = talk.say("log acme", channel="C1").text
    tell(talk, "offer acme theirs: price 3.80, net 45, lead 32, warranty 24, cap 3")
    tell(talk, "offer acme ours: price 3.68, net 45, lead 28, warranty 24, cap 2")
    assert talk.say("log acme", channel="C1").text == before


def test_the_last_round(talk):
    to_first_of_april(talk)
    talk.now = datetime(2026, 4, 8, 9, tzinfo=UTC)
    said = tell(talk, "give acme price 3.68 -> 3.74, 27k minimum for price 3.80 -> 3.74")
    assert "We: price 3.68 -> 3.74, 27k minimum" in said.text
    tell(talk, "give acme lead 28 -> 30, cap 2 -> 3 for lead 32 -> 30")
    log = tell(talk, "log acme")
    assert "they 0.38 = 11,400 EUR/yr · we 0.29 = 8,700 EUR/yr" in log.text
    assert "they 67 % (guess 3.55) · we 48 %" in log.text
    assert "Our steps 0.13, 0.10, 0.06: shrinking. Theirs 0.17, 0.15, 0.06" in log.text
    assert "Next:" not in log.text  # the planned trade has been made
    assert misfits(log.shown) == []


def test_without_a_guess_of_their_stop_there_is_no_share_of_theirs(talk):
    to_first_of_april(talk)
    form = talk.press(talk.press(tell(talk, "terms acme").buttons["Edit term"]).buttons["price"]).form
    values = {field.key: field.value for field in form.fields}
    talk.submit(form.words, values | {"their_stop": ""})
    assert "Share of range: we 38 % · theirs: no guess of their stop" in tell(talk, "log acme").text


def test_a_gift_is_recorded_and_flagged_kindly_and_once(talk):
    prepare(talk)
    said = tell(talk, "give acme warranty 36 -> 24 for nothing")
    assert "logged as #1" in said.text
    assert said.text.count("Nothing came back: ask for something small") == 1
    assert "Nothing came back" not in tell(talk, "give acme net 60 -> 45 for price 3.95 -> 3.80").text


@pytest.mark.parametrize(
    ("lines", "warning"),
    [
        (
            ["give acme price 3.45 -> 3.50 for cap 4 -> 3", "give acme price 3.50 -> 3.65 for cap 3 -> 2"],
            "price: a larger step than the last one",
        ),
        (["give acme price 3.45 -> 3.72 for cap 4 -> 3"], "price: past our target of 3.70"),
        (["give acme price 3.45 -> 4.04 for cap 4 -> 3"], "price: close to our stop of 4.05"),
        (["give acme price 3.45 -> 4.10 for cap 4 -> 3"], "price: past our stop of 4.05"),
        (["give acme price 3.45 -> 3.40 for cap 4 -> 3"], "price: that moves away from the other side"),
        (
            ["give acme price 3.45 -> 3.50 for cap 4 -> 3", "give acme price 3.60 -> 3.65 for net 45"],
            "price: on record it stood at 3.50",
        ),
    ],
)
def test_what_deserves_a_warning(talk, lines, warning):
    prepare(talk)
    assert f"! {warning}" in [tell(talk, line) for line in lines][-1].text


def test_favours_and_what_they_gave(talk):
    prepare(talk)
    said = tell(talk, "give acme a reference visit for training on site")
    assert "We: a reference visit" in said.text
    assert "They: training on site" in said.text
    got = tell(talk, "got acme delivery 45 -> 30 for net 60 -> 45")
    assert "We: net 60 -> 45" in got.text
    assert "They: lead 45 -> 30" in got.text


def test_a_value_alone_moves_from_where_it_stood(talk):
    to_first_of_april(talk)
    assert "We: price 3.68 -> 3.71\nThey: net 30 -> 60" in tell(talk, "give acme price 3.71 for net 60").text


def test_a_correction_is_a_new_entry_that_names_the_old_one(talk):
    to_first_of_april(talk)
    form = talk.press(tell(talk, "log acme").buttons["Correct #2"]).form
    assert {field.key: field.value for field in form.fields} == {"ours": "warranty 36 -> 24", "theirs": ""}
    said = tell(talk, "log acme correct 2: warranty 36 -> 24 for training")
    assert "logged as #6, in place of #2" in said.text
    log = tell(talk, "log acme")
    assert "! nothing" not in "\n".join(screen(log.shown))
    every = talk.press(log.buttons["All entries"]).text
    older = talk.press(
        talk.press(log.buttons["All entries"]).buttons.get("Older", log.buttons["All entries"])
    ).text
    assert "#6 1 Apr, Ann, in place of #2" in every
    assert "#2 25 Mar, Ann, corrected by #6" in every + older
    tell(talk, "correct acme 6: warranty 36 -> 24 for coffee")
    assert "coffee" in tell(talk, "log acme").text


def test_undo_takes_back_ones_own_last_entry_by_a_correction(talk):
    to_first_of_april(talk)
    said = tell(talk, "undo acme")
    assert "Taken back: #5" in said.text
    log = tell(talk, "log acme")
    assert "warranty 18 -> 24" not in log.text
    assert "taken back" in talk.press(log.buttons["All entries"]).text
    tell(talk, "undo acme")
    assert "price 3.68 <-> 3.95" in tell(talk, "log acme").text


def test_undo_takes_back_an_offer_where_that_was_last_and_nothing_of_others(talk):
    to_first_of_april(talk)
    tell(talk, "offer acme theirs: price 3.78")
    assert "Taken back: the last offer" in tell(talk, "undo acme").text
    talk.say("hello", "bob")
    tell(talk, "share acme @bob to edit")
    refused = talk.say("undo acme", "bob", channel="C1")
    assert refused.outcome.refused
    assert "price 3.68 <-> 3.80" in tell(talk, "log acme").text


def test_more_entries_than_fit_are_behind_a_button(talk):
    to_first_of_april(talk)
    for cents in range(1, 7):
        tell(talk, f"give acme price 3.{67 + cents} -> 3.{68 + cents} for coffee {cents}")
    log = tell(talk, "log acme")
    assert misfits(log.shown) == []
    assert "older entries not shown" in log.text
    pages = talk.press(log.buttons["All entries"])
    assert misfits(pages.shown) == []
    assert "#1 25 Mar" in talk.press(pages.buttons["Older"]).text


def test_the_form_logs_a_move(talk):
    prepare(talk)
    form = talk.press(tell(talk, "log acme").buttons["Log"]).form
    said = talk.submit(form.words, {"ours": "price 3.45 -> 3.50", "theirs": "training for two"})
    assert "We: price 3.45 -> 3.50\nThey: training for two" in said.text


@pytest.mark.parametrize(
    "line",
    [
        "give acme for net 60",
        "give acme training 2 -> 3 for net 60",
        "give acme price 3.45 -> 3.45 for net 60",
        "give acme price 3.45 -> 4 USD for net 60",
        "give acme lead 21 -> 2 months",
        "log acme correct 9: price 3.45 -> 3.50",
        "correct acme",
    ],
)
def test_wrong_input_changes_nothing(talk, line):
    to_first_of_april(talk)
    before = tell(talk, "log acme").text
    said = talk.say(line, channel="C1")
    assert said.outcome.refused
    assert tell(talk, "log acme").text == before


def test_to_others_the_log_does_not_exist(talk):
    to_first_of_april(talk)
    for line in ("log acme", "give acme price 3.68 -> 3.70", "undo acme", "log acme correct 2: price 1 -> 2"):
        said = talk.say(line, "bob", channel="C1")
        assert said.outcome.refused
        assert "3.68" not in said.text.replace(line, "")
    talk.say("hello", "bob")
    tell(talk, "share acme @bob")
    assert "price 3.68 <-> 3.80" in talk.say("log acme", "bob", channel="C1").text
    assert "not change it" in talk.say("give acme price 3.68 -> 3.70", "bob", channel="C1").text
    assert "[Log]" not in "\n".join(screen(talk.say("log acme", "bob", channel="C1").shown))


def test_figures_said_in_public(talk):
    prepare(talk)
    inside = Channel("IN", "buying", present=True, shared=False, people=(person("ann"), person("bob")))
    outside = Channel("OUT", "acme", present=True, shared=True, people=(person("ann"),))
    talk.world.channels |= {"IN": inside, "OUT": outside}
    line = "give acme price 3.45 -> 3.50 for cap 4 -> 3"
    refused = talk.say(line, channel="OUT", via=Via.MENTION)
    assert refused.outcome.refused
    assert "delete your message" in refused.text
    assert "Nothing logged yet" in tell(talk, "log acme").text
    done = talk.say(line, channel="IN", via=Via.MENTION)
    assert "delete your message" in done.text
    assert "logged as #1" in done.text
    asked = talk.say("log acme", channel="IN", via=Via.MENTION)
    assert "delete" not in asked.text


@pytest.mark.parametrize(
    ("line", "whole"),
    [
        ("acme price 3.60 -> 3.71 for net 60", True),
        ("price 3.60 to 3.71 for net 60", True),
        ("us 5 to 10 % more in 2024", False),
        ("3 quotes for the tooling", False),
    ],
)
def test_what_is_a_move_while_a_question_is_open(talk, line, whole):
    command = talk.app.core.router.by_name["got"]
    assert command.whole(line) is whole


def test_the_full_log_writes_figures_as_its_reader_does(talk):
    to_first_of_april(talk)
    tell(talk, "settings locale de-DE")
    assert "price 3,45 -> 3,58" in tell(talk, "log acme all").text

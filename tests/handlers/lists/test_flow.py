"""The four lists through words and buttons: adding, ticking off, changing, order, pages, wrong input."""

from __future__ import annotations

import pytest

from tests.handlers.acme import prepare, tell
from tests.support.screen import misfits, screen
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    yield made
    made.close()


def lines(talk, command="questions"):
    return [line for line in screen(tell(talk, f"{command} acme").shown)[1:] if line[0].isdigit()]


def filled(talk):
    prepare(talk)
    tell(talk, "questions acme add What drives your cost?; How firm is July?; Is it final?")


def test_an_empty_list_says_how_to_fill_it(talk):
    prepare(talk)
    said = tell(talk, "questions acme")
    assert said.text.startswith("Acme · questions to ask\nNone yet.")
    assert "questions add What would lower your unit cost?" in said.text


def test_lines_are_added_and_ticked_off_with_what_came_of_them(talk):
    filled(talk)
    assert lines(talk) == ["1 What drives your cost?", "2 How firm is July?", "3 Is it final?"]
    said = tell(talk, "questions acme done 2: two shifts are free")
    assert "Asked: How firm is July?" in said.text
    assert "· 2 of 3 left" in said.text
    assert lines(talk)[1] == "2 ✓ How firm is July? -> two shifts are free"
    tell(talk, "questions acme reopen 2")
    assert "✓" not in lines(talk)[1]


@pytest.mark.parametrize("said", ["what is new", "can we add cargo", "which of them are done"])
def test_a_verb_in_the_middle_of_a_sentence_is_asked_about(talk, said):
    filled(talk)
    asked = talk.say(f"questions acme {said}", channel="C1")
    assert asked.outcome.refused
    assert "Shall I put that on the list? Nothing was changed." in asked.text
    assert len(lines(talk)) == 3
    talk.press(asked.buttons["Add it"])
    assert lines(talk)[3] == f"4 {said}"


def test_buttons_tick_off_the_line_that_they_were_made_for(talk):
    filled(talk)
    said = tell(talk, "questions acme")
    tell(talk, "questions acme up 3")
    talk.press(said.buttons["Asked: 3"])
    assert lines(talk)[1] == "2 ✓ Is it final?"


def test_lines_move_and_go(talk):
    filled(talk)
    tell(talk, "questions acme up 3")
    tell(talk, "questions acme down 1")
    assert lines(talk) == ["1 Is it final?", "2 What drives your cost?", "3 How firm is July?"]
    tell(talk, "questions acme order 3, 1")
    assert lines(talk)[0] == "1 How firm is July?"
    tell(talk, "questions acme remove 1")
    assert lines(talk) == ["1 Is it final?", "2 What drives your cost?"]


def test_forms_add_change_and_reorder(talk):
    filled(talk)
    said = tell(talk, "questions acme")
    form = talk.press(said.buttons["Add"]).form
    talk.submit(form.words, {"text": "What else?", "answer": ""})
    assert lines(talk)[3] == "4 What else?"
    chosen = talk.press(said.buttons["Edit"])
    form = talk.press(chosen.buttons["What else?"]).form
    talk.submit(form.words, {"text": "What more?", "answer": "nothing"})
    assert lines(talk)[3] == "4 What more? -> nothing"
    form = talk.press(said.buttons["Reorder"]).form
    rows = form.fields[0].value.splitlines()
    talk.submit(form.words, {"order": "\n".join(reversed(rows))})
    assert lines(talk)[0] == "1 What more? -> nothing"


def test_a_closed_question_gets_a_hint(talk):
    prepare(talk)
    assert "starts with what or how" in tell(talk, "questions acme add Is it firm?").text
    assert "starts with what or how" not in tell(talk, "questions acme add How firm is it?").text


def test_objections_stakeholders_and_open_points(talk):
    prepare(talk)
    tell(talk, "objections acme add resin went up -> show us your resin share")
    assert lines(talk, "objections") == ["1 resin went up -> show us your resin share"]
    tell(talk, "stakeholders acme add CFO: ceiling 4.05")
    assert lines(talk, "stakeholders") == ["1 CFO -> ceiling 4.05"]
    assert "Signed off: CFO" in tell(talk, "stakeholders acme done 1").text
    assert lines(talk, "stakeholders") == ["1 ✓ CFO -> ceiling 4.05"]
    tell(talk, "open acme add who pays for repairs")
    assert "Settled: who pays for repairs" in tell(talk, "open acme done 1: they do").text


def test_a_long_list_has_pages(talk):
    prepare(talk)
    tell(talk, "questions acme add " + "; ".join(f"What about {n}?" for n in range(1, 14)))
    first = tell(talk, "questions acme")
    assert misfits(first.shown) == []
    assert "13 What about 13?" in talk.press(first.buttons["More"]).text


@pytest.mark.parametrize(
    "line",
    [
        "questions acme done 9",
        "questions acme done",
        "questions acme remove",
        "questions acme up zero",
        "stakeholders acme done 1",
    ],
)
def test_wrong_input_changes_nothing(talk, line):
    filled(talk)
    before = lines(talk)
    assert talk.say(line, channel="C1").outcome.refused
    assert lines(talk) == before


def test_others(talk):
    filled(talk)
    assert "No plan" in talk.say("questions acme add What?", "bob", channel="C1").text
    talk.say("hello", "bob")
    tell(talk, "share acme @bob")
    seen = talk.say("questions acme", "bob", channel="C1")
    assert "What drives your cost?" in seen.text
    assert seen.buttons == {}
    assert "not change it" in talk.say("questions acme done 1", "bob", channel="C1").text


def test_a_sentence_that_begins_with_open_is_no_command(talk):
    command = talk.app.core.router.by_name["open"]
    assert not command.whole("up to 5 % and add tooling")
    assert command.whole("acme done 2: they pay")


def test_what_is_on_the_list_is_not_added_again(talk):
    prepare(talk)
    before = lines(talk, "questions")
    tell(talk, "questions acme add What is new?; What is old?")
    assert "on the list already" in tell(talk, "questions acme add What is new?").text
    assert "Added: What else?" in tell(talk, "questions acme add What is new?; What else?").text
    assert len(lines(talk, "questions")) == len(before) + 3


@pytest.mark.parametrize(
    ("line", "kept"),
    [
        ("questions acme: what drives your cost?", "1 what drives your cost?"),
        ("questions acme: what is new in your order book?", "1 what is new in your order book?"),
        ("questions acme: add what drives your cost?", "1 what drives your cost?"),
        ("open acme: change of ownership", "1 change of ownership"),
        ("objections acme: resin went up -> show us", "1 resin went up -> show us"),
        ("stakeholders acme: CFO: ceiling 4.05", "1 CFO -> ceiling 4.05"),
    ],
)
def test_what_follows_a_plan_and_a_colon_is_put_on_the_list(talk, line, kept):
    prepare(talk)
    assert "Added: " in tell(talk, line).text
    assert lines(talk, line.split()[0]) == [kept]


def test_words_behind_a_plan_are_asked_about_and_never_passed_over(talk):
    prepare(talk)
    said = talk.say("questions acme what drives your cost?", channel="C1")
    assert said.outcome.refused
    assert "Shall I put that on the list?" in said.text
    assert "None yet" in talk.press(said.buttons["Show the list"], channel="C1").text
    assert "Added: what drives your cost?" in talk.press(said.buttons["Add it"], channel="C1").text


def test_a_question_for_a_plan_that_is_not_there_goes_nowhere(talk):
    prepare(talk)
    assert (
        "No plan that you can read is called nadir"
        in talk.say("questions nadir: what else?", channel="C1").text
    )
    assert lines(talk) == []

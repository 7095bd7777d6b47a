"""Interrupted, put aside, stopped, resumed: nothing is lost, and old buttons do nothing."""

from __future__ import annotations

from datetime import timedelta

from tests.handlers.prep.looking import answers, plan, plan_id
from tests.handlers.prep.scripts import QUICK, answer_full, answer_quick
from tests.support.talk import Talk


def begin(talk: Talk, upto: int = 0) -> None:
    talk.say("new quick Acme: housings")
    for line in QUICK[:upto]:
        talk.say(line)


def test_a_question_shows_how_far_why_and_an_example(talk: Talk) -> None:
    said = talk.say("new quick Acme: housings")
    assert "1 of 8" in said.text
    assert "Every later figure is measured" in said.text
    assert QUICK[0] in said.text
    assert {"Skip", "Don't know", "Later", "Example", "Section as a form", "Stop"} <= set(said.buttons)
    assert "Back" not in said.buttons
    assert said.outcome.answer.steps.asks


def test_back_skip_and_don_t_know(talk: Talk) -> None:
    begin(talk, 1)
    assert "3 of 8" in talk.say("skip").text
    assert "2 of 8" in talk.say("back").text
    assert "1 of 8" in talk.say("back").text
    assert "first question" in talk.say("back").text
    assert "So far: " + QUICK[0] in talk.say("back").text
    assert "2 of 8" in talk.say(QUICK[0]).text
    said = talk.say("don't know")
    assert "a gap" in said.text
    assert "3 of 8" in said.text
    assert answers(talk)["talks"].gap


def test_a_gap_is_not_answered(talk: Talk) -> None:
    begin(talk, 7)
    assert "87 % ready" in talk.say("no idea").text
    assert "8 of 8" in talk.say("resume").text


def test_a_bad_answer_changes_nothing_and_leaves_the_question_open(talk: Talk) -> None:
    begin(talk, 2)
    before = plan(talk).revision
    said = talk.say("4.05 / 3.70 / 3.45")
    assert "4.05 / 3.70 / 3.45" in said.text
    assert "For example" in said.text
    assert said.outcome.answer.steps.asks
    assert plan(talk).revision == before
    assert "4 of 8" in talk.say(QUICK[2]).text


def test_a_figure_with_two_readings_is_asked_about(talk: Talk) -> None:
    begin(talk)
    said = talk.say("Acme, housings, 30k a year, 1.200")
    assert plan(talk).baseline is None
    assert "2 of 8" in talk.press(said.buttons["1.2"]).text
    assert str(plan(talk).baseline) == "1.2"
    talk.say("back")
    said = talk.say("Acme, housings, 30k a year, 1,200")
    talk.press(said.buttons["1200"])
    assert str(plan(talk).baseline) == "1200"


def test_later_keeps_the_place_for_weeks_and_restarts(database_url: str) -> None:
    talk = Talk(database_url)
    begin(talk, 3)
    assert "question 4 of 8" in talk.say("later").text
    assert "No question is open" in talk.say("skip").text
    talk.close()
    again = Talk(database_url, now=talk.now + timedelta(days=14))
    assert "4 of 8" in again.say("resume").text
    again.close()
    third = Talk(database_url, now=talk.now + timedelta(days=15))
    assert "5 of 8" in third.say(QUICK[3]).text
    third.close()


def test_stop_ends_with_a_brief_and_resume_goes_on(talk: Talk) -> None:
    begin(talk, 2)
    said = talk.say("stop")
    assert "Acme: housings · 25 % ready" in said.text
    assert "Terms: none yet" in said.text
    assert "BATNA: none yet" in said.text
    assert "3 of 8" in talk.press(said.buttons["Go on"]).text


def test_another_command_in_between_loses_nothing(talk: Talk) -> None:
    begin(talk, 2)
    assert "Acme: housings" in talk.say("show acme").text
    assert "Prep" in talk.say("hub").text
    assert "4 of 8" in talk.say(QUICK[2]).text


def test_navigation_words_count_only_as_the_whole_line(talk: Talk) -> None:
    answer_full(talk, upto="contingency")
    assert "Kept: stop the line and call Borg" in talk.say("stop the line and call Borg").text
    assert answers(talk)["contingency"].text == "stop the line and call Borg"


def test_an_old_button_does_not_act_on_another_question(talk: Talk) -> None:
    first = talk.say("new quick Acme: housings")
    talk.say(QUICK[0])
    for label in ("Skip", "Don't know", "Later", "Stop"):
        said = talk.press(first.buttons[label])
        assert "a question you have left" in said.text, label
        assert "2 of 8" in said.text, label
    assert set(answers(talk)) == {"deal"}
    talk.say("later")
    said = talk.press(first.buttons["Skip"])
    assert "a question you have left" in said.text
    assert "2 of 8" in talk.press(said.buttons["Go on"]).text


def test_answers_may_come_out_of_order(talk: Talk) -> None:
    begin(talk, 1)
    said = talk.say("trades: 27k minimum if <= 3.74")
    assert "Kept: trades" in said.text
    assert "2 of 8" in said.text
    assert "goal: " in talk.say("goal: price under 3.80").text
    talk.say(QUICK[1])
    for line in QUICK[2:6]:
        said = talk.say(line)
    assert "8 of 8" in said.text  # trades is answered and passed over


def test_a_label_of_the_answer_itself_is_no_key(talk: Talk) -> None:
    answer_full(talk, upto="clock")
    talk.say("theirs: quarter closes 31 Mar 2026; ours: start Borg by 8 Apr 2026")
    assert answers(talk)["clock"].text.startswith("theirs: quarter")
    assert "theirs" not in answers(talk)


def test_resume_offers_several_preparations(talk: Talk) -> None:
    begin(talk, 1)
    talk.say("later")
    talk.say("new quick Borg: springs")
    talk.say("later")
    said = talk.say("resume")
    assert len(said.buttons) == 2
    acme = plan_id(talk)
    assert f"resume plan:{acme}" in said.buttons.values()
    assert "Acme · Quick preparation · 2 of 8" in talk.press(f"resume plan:{acme}").text


def test_a_new_preparation_puts_the_old_one_aside(talk: Talk) -> None:
    begin(talk, 1)
    talk.say("new quick Borg: springs")
    talk.say("later")
    assert "Acme · Quick preparation · 2 of 8" in talk.say("resume acme").text


def test_examples_bring_hints(talk: Talk) -> None:
    begin(talk, 2)
    said = talk.say("example")
    assert "90 studies" in said.text
    assert "3 of 8" in said.text


def test_nothing_to_resume(talk: Talk) -> None:
    assert "nothing to resume" in talk.say("resume").text
    answer_quick(talk)
    assert "1 of 36" not in talk.say("resume").text


def test_a_bare_number_is_an_answer_except_where_one_chooses(talk: Talk) -> None:
    asked = answer_full(talk, upto="route")
    assert not asked.outcome.answer.steps.asks
    assert talk.say("renewal").outcome.answer.steps.asks

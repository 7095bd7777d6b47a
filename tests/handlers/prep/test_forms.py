"""A section or an answer in a form."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.turn import FieldKind
from storage.tables import Term
from tests.handlers.prep.looking import answers, plan, rows
from tests.handlers.prep.scripts import FULL, answer_full

if TYPE_CHECKING:
    from handlers.turn import Form
    from tests.support.talk import Talk


def open_form(talk: Talk, words: str) -> Form:
    form = talk.say(words).form
    assert form is not None
    return form


def values_of(form: Form) -> dict[str, str]:
    return {field.key: field.value for field in form.fields}


def test_a_section_is_filled_in_at_once(talk: Talk) -> None:
    asked = talk.say("new full Acme: housings")
    form = talk.press(asked.buttons["Section as a form"]).form
    assert form is not None
    assert [field.key for field in form.fields] == ["supplier", "scope", "baseline", "dates", "route"]
    assert form.fields[4].kind is FieldKind.CHOICE
    said = talk.submit(form.words, {key: FULL[key] for key in values_of(form)})
    assert "5 kept" in said.text
    assert plan(talk).volume == Decimal(30000)
    assert "6 of 36" in talk.press(said.buttons["Go on"]).text


def test_a_form_holds_what_was_answered(talk: Talk) -> None:
    answer_full(talk, upto="reasons")
    form = open_form(talk, "edit acme terms")
    assert values_of(form)["terms"] == FULL["terms"]
    said = talk.submit(form.words, {**values_of(form), "terms": "price 3.40/3.70/4.05 weight 50"})
    assert "1 kept" in said.text
    assert [(row.name, row.opening) for row in rows(talk, Term)] == [("price", "3.40")]


def test_one_answer_is_edited_alone(talk: Talk) -> None:
    answer_full(talk, upto="venue")
    form = open_form(talk, "edit acme goal")
    assert [field.key for field in form.fields] == ["goal"]
    talk.submit(form.words, {"goal": "supply for two years"})
    assert answers(talk)["goal"].text == "supply for two years"


def test_errors_name_the_field_and_nothing_is_kept(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    form = open_form(talk, "edit acme deal")
    typed = {**values_of(form), "supplier": "Acme GmbH", "baseline": "cheap", "dates": "18 March"}
    said = talk.submit(form.words, typed)
    assert "baseline: " in said.text
    assert "dates: " in said.text
    assert "supplier: " not in said.text
    assert answers(talk) == {}
    assert said.form is not None
    assert values_of(said.form) == typed
    fixed = talk.submit(said.form.words, {**typed, "baseline": "3.95", "dates": FULL["dates"]})
    assert "3 kept" in fixed.text


def test_an_emptied_field_is_a_gap_and_an_untouched_one_is_not(talk: Talk) -> None:
    answer_full(talk, upto="venue")
    form = open_form(talk, "edit acme frame")
    talk.submit(form.words, {**values_of(form), "goal": ""})
    kept = answers(talk)
    assert kept["goal"].gap
    assert "venue" not in kept


def test_edit_without_a_name_lists_the_sections(talk: Talk) -> None:
    answer_full(talk, upto="venue")
    said = talk.say("edit acme")
    assert "Deal: 5 of 5" in said.text
    assert "Frame: 2 of 8" in said.text
    assert said.buttons["Market and supplier"].startswith("edit plan:")
    talk.say("later")
    assert "Which of these" in talk.say("edit acme nonsense").text


def test_later_names_the_place_after_a_form_took_the_open_question_along(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    form = open_form(talk, "edit acme deal")
    talk.submit(form.words, {key: FULL[key] for key in values_of(form)})
    assert "Acme, question 6 of 36." in talk.say("later").text
    assert "6 of 36" in talk.say("resume").text


def test_later_names_a_question_that_one_went_back_to(talk: Talk) -> None:
    answer_full(talk, upto="route")
    talk.say("back")
    assert "question 4 of 36" in talk.say("later").text
    assert "4 of 36" in talk.say("resume").text


def test_what_shows_only_when_it_is_kept_is_said_at_its_field(talk: Talk) -> None:
    answer_full(talk, upto="terms")
    form = open_form(talk, "edit acme terms")
    typed = {**values_of(form), "terms": "price 3.45/3.70/4.05", "exchange": "colour 1 = 300 a year"}
    said = talk.submit(form.words, typed)
    assert [key for key, _ in said.shown.wrong] == ["exchange"]
    assert "This plan has no term called colour. Its terms: price." in said.text
    assert rows(talk, Term) == []


def test_a_figure_with_two_readings_in_a_sentence_is_said_at_its_field(talk: Talk) -> None:
    answer_full(talk, upto="improve")
    form = open_form(talk, "edit acme default")
    said = talk.submit(form.words, {"default": "it rolls over at 1.200"})
    assert [key for key, _ in said.shown.wrong] == ["default"]
    assert values_of(said.form or form) == {"default": "it rolls over at 1.200"}


def test_all_answers_of_a_section_by_its_title(talk: Talk) -> None:
    answer_full(talk, upto="venue")
    talk.say("later")
    said = talk.say("answers acme market and supplier").text
    assert "Market and supplier" in said
    assert "Main goal" not in said
    said = talk.say("answers acme colour").text
    assert 'I read "colour".' in said
    assert "There are: deal, frame, terms," in said

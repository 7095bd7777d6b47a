from __future__ import annotations

import json
from datetime import date

import pytest

from bot.local.forms import (
    Filling,
    Left,
    Needed,
    Puzzled,
    Ready,
    Step,
    asks_again,
    from_data,
    introduction,
    options,
    prompt,
    take,
    to_data,
)
from handlers.errors import Misread
from handlers.turn import Form
from tests.support.parrot import FIELDS

FORM = Form("form", "An alternative", FIELDS, intro="Costed like-for-like.")


def day(text: str) -> date:
    if text != "29 May":
        raise Misread("no date", example="29 May")
    return date(2026, 5, 29)


def through(*typed: str) -> Step:
    step: Step = Filling(FORM)
    for line in typed:
        assert isinstance(step, Filling)
        step = from_data(json.loads(json.dumps(to_data(step))))  # it survives the process at any point
        assert isinstance(step, Filling)
        step = take(step, line, day)
    return step


def test_field_by_field_to_the_end() -> None:
    step = through("Borg", "skip", "2", "1; audit", "29 May", " a\nb ")
    assert isinstance(step, Ready)
    assert step.filling.filled == {
        "name": "Borg", "price": "3.52", "state": "e", "needs": "t\na", "until": "2026-05-29", "note": "a\nb",
    }  # fmt: skip


def test_a_choice_by_label_beginning_or_number() -> None:
    for said in ("quoted", "Quo", "q", "1", "[1]"):
        step = through("Borg", "skip", said)
        assert isinstance(step, Filling)
        assert step.filled["state"] == "q"


@pytest.mark.parametrize(
    "typed", [["Borg", "skip", "4"], ["Borg", "skip", "0"], ["Borg", "skip", "x"], ["skip"], ["-"]]
)
def test_what_does_not_fit_a_field_is_refused(typed: list[str]) -> None:
    with pytest.raises(Misread):
        through(*typed)


def test_what_is_no_date_is_refused() -> None:
    with pytest.raises(Misread, match="Misread"):
        through("Borg", "skip", "skip", "skip", "soon")


def test_back_empty_save_and_stop() -> None:
    step = through("Borg", "3.60", "back", "-", "save")
    assert isinstance(step, Ready)
    assert step.filling.filled["price"] == ""
    assert isinstance(through("Borg", "STOP"), Left)
    assert isinstance(through("back"), Filling)


def test_save_needs_what_is_needed() -> None:
    with pytest.raises(Needed) as refused:
        through("save")
    assert refused.value.at == 0
    with pytest.raises(Needed) as refused:
        take(Filling(FORM, 3, {"name": "", "price": "3"}), "save", day)
    assert refused.value.at == 0


def test_what_is_asked() -> None:
    first = Filling(FORM)
    assert introduction(first)[:2] == ["An alternative", "Costed like-for-like."]
    assert prompt(first) == ["1 of 6 · Name (needed)", "  as on the quote"]
    second = take(first, "Borg", day)
    assert isinstance(second, Filling)
    assert prompt(second) == ["2 of 6 · Price", "  now: 3.52 (`skip` keeps it, `-` empties it)"]
    step = through("Borg", "skip", "2", "1, 3", "back")
    assert isinstance(step, Filling)
    assert prompt(step)[1] == "  now: Tooling, Audit (`skip` keeps it, `-` empties it)"
    assert options(step) == ("Tooling", "Samples", "Audit")


@pytest.mark.parametrize("word", ["stop", "Stop", "cancel", " CANCEL "])
def test_a_whole_line_leaves_the_form(word: str) -> None:
    assert isinstance(through("Borg", word), Left)


@pytest.mark.parametrize("word", ["help", "?", "Help"])
def test_help_is_no_value(word: str) -> None:
    assert isinstance(through(word), Puzzled)


@pytest.mark.parametrize("line", ["stop the clock Ltd", "help desk", "cancel culture", "back office"])
def test_a_word_of_the_form_within_a_line_is_a_value(line: str) -> None:
    step = through(line)
    assert isinstance(step, Filling)
    assert line in step.filled.values()


def test_in_quotes_it_is_the_value() -> None:
    step = through('"stop"')
    assert isinstance(step, Filling)
    assert "stop" in step.filled.values()


def test_the_prompt_says_how_to_leave() -> None:
    told = " ".join(introduction(Filling(FORM)))
    for said in ("`stop` or `cancel` leaves and changes nothing", "`help`", "`/prep batna` asks in between"):
        assert said in told


def test_after_a_refusal_only_the_wrong_fields_are_asked_again() -> None:
    sent = through("Borg", "skip", "2", "1", "29 May", "a")
    assert isinstance(sent, Ready)
    again = asks_again(sent.filling, ["until", "price"])
    assert again.field is not None
    assert again.field.key == "price"
    then = take(from_data(json.loads(json.dumps(to_data(again)))), "3.60", day)
    assert isinstance(then, Filling)
    assert then.field is not None
    assert then.field.key == "until"
    done = take(then, "skip", day)
    assert isinstance(done, Ready)
    assert done.filling.filled == {**sent.filling.filled, "price": "3.60"}


def test_back_goes_to_the_fields_that_were_not_wrong() -> None:
    sent = through("Borg", "skip", "2", "1", "29 May", "a")
    assert isinstance(sent, Ready)
    again = take(asks_again(sent.filling, ["price"]), "back", day)
    assert isinstance(again, Filling)
    assert (again.at, again.only) == (0, frozenset())
    then = take(take_on(again), "skip", day)
    assert isinstance(then, Filling)
    assert then.at == 2


@pytest.mark.parametrize("wrong", [[], ["other"]])
def test_where_no_field_is_known_to_be_wrong_all_are_asked(wrong: list[str]) -> None:
    sent = through("Borg", "skip", "2", "1", "29 May", "a")
    assert isinstance(sent, Ready)
    assert asks_again(sent.filling, wrong).at == 0


def take_on(filling: Filling) -> Filling:
    step = take(filling, "skip", day)
    assert isinstance(step, Filling)
    return step

"""What is typed and not understood is refused by its name, or said back as a note. Never dropped."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from handlers.errors import Misread
from handlers.manners import Manners
from handlers.prep.answers.alternatives import read_alternative
from handlers.prep.answers.terms import read_term_row
from storage.tables import Alternative, Plan, Term
from tests.handlers.prep.looking import plan, rows
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

DAY = date(2026, 4, 1)
D = Decimal


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A plan that nobody is being asked about."""
    talk = Talk(database_url)
    talk.say("new quick Acme: housings")
    talk.say("later")
    yield talk
    talk.close()


@pytest.mark.parametrize(
    ("field", "said"),
    [
        ("much chance", "chance"),
        ("chance high", "chance"),
        ("very likely", "chance"),
        ("freight lots", "amount"),
        ("price cheap", "amount"),
        ("one-off plenty", "amount"),
        ("5 % discount", "percentage"),
        ("12 wekes", "how long"),
        ("until soon", "date"),
    ],
)
def test_a_field_of_an_alternative_that_cannot_be_read_is_named(field: str, said: str) -> None:
    with pytest.raises(Misread) as error:
        read_alternative(f"Borg = 4.18, {field}", Manners(), DAY)
    assert said in error.value.wrong
    assert error.value.example


def test_a_percentage_is_no_chance_where_it_says_something_else() -> None:
    found = read_alternative("Borg = 4.18, 3 % uplift, 80 % qualifies", Manners(), DAY)
    assert (found.uplift, found.chance) == (D("0.03"), D("0.8"))


@pytest.mark.parametrize(
    "note", ["tooling included", "freight paid by them", "tooling moved to them", "soon"]
)
def test_other_words_are_a_note(note: str) -> None:
    assert read_alternative(f"Borg = 4.18, {note}", Manners(), DAY).note == note


@pytest.mark.parametrize(
    ("row", "read"),
    [
        ("price 3.45/3.70/4.05 heavy", "heavy"),
        ("price: open 3.45, target 3.70, stop 4.05, wieght 50", "wieght 50"),
        ("price: stop 4.05, their stop low", "low"),
    ],
)
def test_a_word_of_a_term_that_cannot_be_read_is_named(row: str, read: str) -> None:
    with pytest.raises(Misread) as error:
        read_term_row(row, Manners())
    assert read in error.value.understood


@pytest.mark.parametrize(
    "row",
    [
        "price: open 3.45 / target 3.70 / stop 4.05",
        "price: open 3.45 target 3.70 stop 4.05",
        "price: 3.45 EUR/pc / 3.70 / 4.05 per pc",
    ],
)
def test_three_figures_however_they_are_parted(row: str) -> None:
    found = read_term_row(row, Manners())
    assert (found.opening, found.target, found.stop) == ("3.45", "3.70", "4.05")


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"chance": "much"}, "How sure"),
        ({"price": "cheap"}, "Price per piece"),
        ({"costs": "freight 0.14\ntooling plenty"}, "Other costs"),
    ],
)
def test_a_field_of_the_form_that_cannot_be_read_is_named(
    talk: Talk, values: dict[str, str], field: str
) -> None:
    form = talk.say("batna acme add Borg").form
    assert form is not None
    said = talk.submit(form.words, {"name": "Borg", "price": "4.18", **values})
    assert field in said.text
    assert "I need a figure there." in said.text
    assert rows(talk, Alternative) == []


def test_notes_are_said_back_and_add_up(talk: Talk) -> None:
    assert "Noted: soon." in talk.say("batna acme add Borg = 4.18, soon").text
    talk.say("batna acme add Borg = 4.18, samples are here")
    assert [row.note for row in rows(talk, Alternative)] == ["soon; samples are here"]


def test_what_follows_a_single_figure_is_not_taken_along(talk: Talk) -> None:
    said = talk.say("set acme: volume 30000 a year, colour blue").text
    assert 'I read "colour blue"' in said
    kept: Plan = plan(talk)
    assert kept.volume is None
    assert rows(talk, Term) == []


@pytest.mark.parametrize("row", ["price: -5", "price 0/0/0", "price 3.45/3.70/-4.05"])
def test_a_price_is_above_zero(row: str) -> None:
    with pytest.raises(Misread):
        read_term_row(row, Manners())

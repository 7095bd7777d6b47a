"""Which term is meant, and what a typed value of it is."""

from __future__ import annotations

import pytest

from handlers.errors import Misread
from handlers.manners import Manners
from handlers.prep.answers.figures import TwoReadings
from handlers.reading.near import NearName
from handlers.terms.names import TermNames
from handlers.terms.values import read_value
from storage.tables import Term


def term(name, unit="", **more):
    return Term(workspace_id=1, plan_id=1, name=name, normal=name, unit=unit, **more)


PRICE, NET, LEAD = term("price"), term("net", "days"), term("lead", "days")
WARRANTY, CAP = term("warranty", "months"), term("uplift cap", "%")
INCOTERM = term("incoterm", levels={"DAP": "100", "FCA": "60"})
NAMES = TermNames([PRICE, NET, LEAD, WARRANTY, CAP, INCOTERM], "Acme")


@pytest.mark.parametrize(
    ("words", "meant"),
    [
        ("price", PRICE),
        ("Prices", PRICE),
        ("unit price", PRICE),
        ("delivery", LEAD),
        ("lead time", LEAD),
        ("payment", NET),
        ("payment net", NET),
        ("cap", CAP),
        ("uplift", CAP),
        ("training", None),
        ("", None),
    ],
)
def test_a_term_is_found_by_what_people_call_it(words, meant):
    assert NAMES.find(words) is meant


@pytest.mark.parametrize(
    ("words", "known"), [("Warrenty", ("warranty",)), ("paymnet", ("net",)), ("warr", ("warranty",))]
)
def test_a_name_that_is_only_near_is_asked_about(words, known):
    with pytest.raises(NearName) as asked:
        NAMES.find(words, adds="Add")
    assert asked.value.known == known
    label, line = asked.value.options(f"term plan:7 {words}: stop 3")[0]
    assert (label, line) == (f"Change {known[0]}", f'term plan:7 "{known[0]}": stop 3')


def test_a_name_in_quotes_is_taken_letter_by_letter():
    assert NAMES.find('"warrenty"') is None
    assert NAMES.find('"Warranty"') is WARRANTY
    assert NAMES.split('"delivery" 45') is None
    assert NAMES.split('"lead" 45') == (LEAD, "45")


@pytest.mark.parametrize(
    ("field", "meant", "value"),
    [
        ("payment net 60", NET, "60"),
        ("delivery 45 days", LEAD, "45 days"),
        ("price: 4.12", PRICE, "4.12"),
        ("incoterm DAP", INCOTERM, "DAP"),
        ("uplift cap 3 %", CAP, "3 %"),
    ],
)
def test_a_field_is_parted_into_term_and_value(field, meant, value):
    assert NAMES.split(field) == (meant, value)


def test_two_terms_of_a_kind_share_no_usual_words():
    names = TermNames([term("payment discount"), NET], "Acme")
    assert names.exact("payment terms") is None
    assert names.exact("net") is NET


def test_what_names_no_term_says_which_there_are():
    error = NAMES.unknown("training 3 days")
    assert "price, net, lead, warranty, uplift cap, incoterm" in error.wrong
    assert error.example.startswith("term Acme training: ")


@pytest.mark.parametrize(
    ("what", "typed", "kept"),
    [
        (LEAD, "45 days", "45"),
        (LEAD, "6 weeks", "42"),
        (WARRANTY, "2 years", "24"),
        (WARRANTY, "24 months", "24"),
        (CAP, "2 %", "2"),
        (CAP, "2", "2"),
        (PRICE, "4.12 EUR", "4.12"),
        (NET, "net 60", "60"),
        (INCOTERM, "dap", "DAP"),
    ],
)
def test_a_value_is_kept_in_the_unit_of_its_term(what, typed, kept):
    assert read_value(what, typed, Manners(), currency="EUR") == kept


@pytest.mark.parametrize(
    ("what", "typed"),
    [
        (PRICE, "4.12 USD"),
        (PRICE, "5 %"),
        (LEAD, "2 months"),
        (LEAD, "soon"),
        (NET, "30 %"),
        (INCOTERM, "EXW"),
        (LEAD, ""),
    ],
)
def test_another_unit_currency_or_level_is_refused(what, typed):
    with pytest.raises(Misread):
        read_value(what, typed, Manners(), currency="EUR")


def test_a_price_with_two_readings_is_asked_about():
    with pytest.raises(TwoReadings):
        read_value(PRICE, "4.120", Manners(), currency="EUR")

"""At the table nobody plans terms first: what is said there is taken as it comes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.tables import Concession, Offer, Term
from tests.handlers.prep.looking import plan, rows
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """A plan without a single term."""
    talk = Talk(database_url)
    talk.say("new quick Contoso: licences")
    talk.say("later")
    yield talk
    talk.close()


@pytest.mark.parametrize("said", ["price 499", "499", "$499 per seat", "499 USD/seat"])
def test_the_first_price_that_is_named_makes_its_term(talk: Talk, said: str) -> None:
    assert "499.00" in talk.say(f"offer contoso theirs: {said}").text
    assert [row.name for row in rows(talk, Term, "contoso")] == ["price"]
    assert [row.values for row in rows(talk, Offer, "contoso")] == [{"price": "499"}]
    assert plan(talk, "contoso").currency == ("USD" if "$" in said or "USD" in said else "EUR")


def test_so_does_the_first_move_of_the_price(talk: Talk) -> None:
    assert "price 480.00 -> 490.00" in talk.say("give contoso price 480 -> 490 for net 60").text
    talk.say("got contoso price 520 -> 499")
    assert len(rows(talk, Concession, "contoso")) == 2


def test_a_plan_that_has_money_keeps_its_currency_and_says_how_to_change_it(talk: Talk) -> None:
    talk.say("set contoso: baseline 480 EUR")
    said = talk.say("offer contoso theirs: $499").text
    assert "This plan is in EUR. “set currency USD” changes that." in said
    assert rows(talk, Offer, "contoso") == []
    talk.say("set currency USD")
    assert "499.00" in talk.say("offer contoso theirs: $499").text


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (
            "offer contoso theirs: price 499, delivery 22 weeks, payment net 60",
            ["price", "delivery", "payment net"],
        ),
        ("give contoso price 480 -> 490 for warranty 12 -> 24", ["price", "warranty"]),
        ("got contoso uplift 7 -> 5", ["uplift"]),
        ("offer contoso theirs: unit price: 499 USD", ["price"]),
    ],
)
def test_what_every_purchase_has_needs_no_planning(talk: Talk, said: str, names: list[str]) -> None:
    answer = talk.say(said)
    assert not answer.outcome.refused, answer.text
    assert [row.name for row in rows(talk, Term, "contoso")] == names


def test_a_usual_term_under_another_name_is_not_made_twice(talk: Talk) -> None:
    talk.say("term contoso lead time: 21/28/45")
    assert not talk.say("offer contoso theirs: price 499, delivery 40 days").outcome.refused
    assert [row.name for row in rows(talk, Term, "contoso")] == ["lead time", "price"]


def test_any_other_term_is_asked_for(talk: Talk) -> None:
    said = talk.say("offer contoso theirs: price 499, seats 250").text
    assert "term Contoso seats: open ..., target ..., stop ..." in said
    assert rows(talk, Term, "contoso") == []

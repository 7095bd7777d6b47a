"""An earlier answer that is edited takes back nothing that a command changed since."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from storage.tables import Alternative, Term
from tests.handlers.prep.looking import plan, rows

if TYPE_CHECKING:
    from tests.support.talk import Said, Talk

D = Decimal
TERMS = "price 3.45/3.70/4.05 weight 50; net days 60/45/30"


@pytest.fixture
def plan_of(talk: Talk) -> Talk:
    """A plan whose terms, alternatives and scope were answered in the script."""
    talk.say("new full Acme: housings")
    talk.say("later")
    talk.say(f"set acme: terms {TERMS}")
    talk.say("set acme: scope housings, 30,000 a year, 24 months")
    talk.say("set acme: alts Borg 4.18, 80 %; Cyan 4.30")
    return talk


def edit(talk: Talk, key: str, **values: str) -> Said:
    """Open the form of one answer, change the fields, send it."""
    form = talk.say(f"edit acme {key}").form
    assert form is not None
    return talk.submit(form.words, {**{one.key: one.value for one in form.fields}, **values})


def stops(talk: Talk) -> dict[str, str | None]:
    return {row.name: row.stop for row in rows(talk, Term)}


def test_a_term_that_was_changed_since_stays(plan_of: Talk) -> None:
    plan_of.say("term acme price: stop 4.10")
    said = edit(plan_of, "terms", terms=f"{TERMS}; lead days 21/28/45")
    assert stops(plan_of) == {"price": "4.10", "net": "30", "lead": "45"}
    assert "changed since and left so: price 3.45/3.70/4.10" in said.text


def test_what_is_changed_in_the_form_counts(plan_of: Talk) -> None:
    plan_of.say("term acme price: stop 4.10")
    edit(plan_of, "terms", terms=TERMS.replace("3.70", "3.65"))
    (price, _) = rows(plan_of, Term)
    assert (price.opening, price.target, price.stop) == ("3.45", "3.65", "4.10")


def test_a_term_that_was_removed_since_does_not_come_back(plan_of: Talk) -> None:
    plan_of.say("term acme remove net")
    said = edit(plan_of, "terms", terms=f"{TERMS}; lead days 21/28/45")
    assert stops(plan_of) == {"price": "4.05", "lead": "45"}
    assert "no net" in said.text


def test_a_row_taken_out_of_the_answer_goes_and_the_others_stay(plan_of: Talk) -> None:
    edit(plan_of, "terms", terms="price 3.45/3.70/4.05 weight 50")
    assert stops(plan_of) == {"price": "4.05"}


def test_the_same_holds_for_alternatives(plan_of: Talk) -> None:
    plan_of.say("batna acme set Borg: price 4.05")
    edit(plan_of, "alts", alts="Borg 4.18, 80 %; Cyan 4.30; in-house 4.35")
    assert {row.name: row.price for row in rows(plan_of, Alternative)} == {
        "Borg": D("4.05"),
        "Cyan": D("4.30"),
        "in-house": D("4.35"),
    }


def test_and_for_the_figures_of_the_plan(plan_of: Talk) -> None:
    plan_of.say("set acme: volume 36000 a year")
    form = plan_of.say("edit acme scope").form
    assert form is not None
    assert "36,000" in form.fields[0].value  # figures are written out as they stand
    edit(plan_of, "scope", scope=form.fields[0].value.replace("24 months", "12 months"))
    assert (plan(plan_of).volume, plan(plan_of).horizon_months) == (D(36000), 12)


def test_said_in_full_again_it_counts_in_full(plan_of: Talk) -> None:
    plan_of.say("term acme price: stop 4.10")
    plan_of.say(f"set acme: terms {TERMS}")
    assert stops(plan_of) == {"price": "4.05", "net": "30"}


def test_the_question_shows_the_terms_as_they_stand(plan_of: Talk) -> None:
    plan_of.say("term acme price: stop 4.10")
    asked = plan_of.say("resume acme").text
    while "15 of 36" not in asked:
        assert "of 36" in asked
        asked = plan_of.say("skip").text
    assert "So far: price 3.45/3.70/4.10 weight 50; net days 60/45/30" in plan_of.say("back").text


def test_what_is_taken_out_of_an_alternative_is_gone(plan_of: Talk) -> None:
    full = "Borg 4.18, freight 0.14, 80 %, until 29 May, 12 weeks"
    edit(plan_of, "alts", alts=f"{full}; Cyan 4.30")
    edit(plan_of, "alts", alts="Borg 4.18; Cyan 4.30")
    (borg, cyan) = rows(plan_of, Alternative)
    assert (borg.price, borg.items, borg.chance, borg.valid_until, borg.lead_days) == (
        D("4.18"),
        [],
        None,
        None,
        None,
    )
    assert cyan.price == D("4.30")
    edit(plan_of, "alts", alts="Borg; Cyan 4.30")
    assert rows(plan_of, Alternative)[0].price is None


def test_what_a_command_said_since_is_not_taken_out(plan_of: Talk) -> None:
    plan_of.say("batna acme set Borg chance 90 %")
    edit(plan_of, "alts", alts="Borg 4.18; Cyan 4.30")
    assert rows(plan_of, Alternative)[0].chance == D("0.9")


def test_what_is_taken_out_of_a_term_is_gone(plan_of: Talk) -> None:
    edit(plan_of, "terms", terms="price 3.45/-/4.05; net days 60/45/30")
    price = rows(plan_of, Term)[0]
    assert (price.opening, price.target, price.stop, price.weight) == ("3.45", None, "4.05", None)

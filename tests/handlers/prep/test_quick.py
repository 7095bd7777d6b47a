"""The eight questions before a call."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from storage.tables import Alternative, ListItem, Mandate, Stakeholder, Term, Trade
from tests.handlers.prep.looking import answers, plan, plan_id, rows
from tests.handlers.prep.scripts import QUICK, answer_quick

if TYPE_CHECKING:
    from tests.support.talk import Talk

D = Decimal


def test_eight_answers_make_a_brief(talk: Talk) -> None:
    said = answer_quick(talk)
    assert "100 % ready" in said.text
    assert "BATNA: Borg 4.18, 80 % · mandate 4.05 by CFO" in said.text
    assert "price 3.45/3.70/4.05 · net 60/45/30 · lead 21/28/45" in said.text
    assert "27k minimum if <= 3.74" in said.text
    assert "Gaps: goal, where" in said.text
    assert not said.shown.form


def test_each_answer_lands_in_its_rows(talk: Talk) -> None:
    answer_quick(talk)
    kept = plan(talk)
    assert (kept.supplier, kept.title, kept.volume, kept.unit) == ("Acme", "housings", D(30000), "pc")
    assert (kept.baseline, kept.currency) == (D("3.95"), "EUR")
    assert kept.talks_at == datetime(2026, 3, 2, 14, 0, tzinfo=UTC)
    assert answers(talk)["talks"].value == {
        "counterpart": "their key account manager",
        "authority": "up to 5 %",
    }
    terms = [(t.name, t.unit, t.direction, t.opening, t.target, t.stop) for t in rows(talk, Term)]
    assert terms == [
        ("price", "", "lower", "3.45", "3.70", "4.05"),
        ("net", "days", "higher", "60", "45", "30"),
        ("lead", "days", "lower", "21", "28", "45"),
    ]
    (mandate,) = rows(talk, Mandate)
    assert (mandate.ceiling, mandate.by, mandate.valid_until) == (D("4.05"), "CFO", None)
    assert answers(talk)["mandate"].value["signer"] == "me up to 100k"
    (borg,) = rows(talk, Alternative)
    assert (borg.name, borg.price, borg.chance, borg.lead_days) == ("Borg", D("4.18"), D("0.8"), 84)
    (trade,) = rows(talk, Trade)
    assert (trade.we, trade.if_they) == ("27k minimum", "<= 3.74")
    (question,) = rows(talk, ListItem)
    assert (question.list, question.text) == ("question", QUICK[-1])


def test_a_single_number_is_the_stop(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("main: 4.05")
    (price,) = rows(talk, Term)
    assert (price.opening, price.target, price.stop) == (None, None, "4.05")


def test_nobody_yet_is_a_gap_that_is_flagged(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    for line in QUICK[:3]:
        talk.say(line)
    said = talk.say("nobody yet")
    assert "a gap, and flagged" in said.text
    assert answers(talk)["mandate"].gap
    assert not rows(talk, Mandate)


def test_doing_nothing_and_no_way_out_are_answers(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("alts: it rolls over")
    (row,) = rows(talk, Alternative)
    assert (row.name, row.status, row.price) == ("it rolls over", "own", None)
    talk.say("alts: none")
    assert rows(talk, Alternative) == []
    assert not answers(talk)["alts"].gap


def test_a_trade_without_an_if_is_asked_once_more_and_then_kept(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    for line in QUICK[:6]:
        talk.say(line)
    asked = talk.say("27k minimum")
    assert "What must they do for it?" in asked.text
    assert rows(talk, Trade) == []
    said = talk.press(asked.buttons["Keep it as it is"])
    assert "8 of 8" in said.text
    assert [(row.we, row.if_they) for row in rows(talk, Trade)] == [("27k minimum", "")]


def test_the_condition_alone_completes_a_trade(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    for line in QUICK[:6]:
        talk.say(line)
    talk.say("27k minimum")
    talk.say("if <= 3.74")
    assert [(row.we, row.if_they) for row in rows(talk, Trade)] == [("27k minimum", "<= 3.74")]


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("they go to 3.74", [("27k minimum", "they go to 3.74")]),
        ("a price of 3.74 or below", [("27k minimum", "a price of 3.74 or below")]),
        ("for a price of 3.74", [("27k minimum", "a price of 3.74")]),
        ("they take 3.74 for all of it", [("27k minimum", "they take 3.74 for all of it")]),
        ("net 45 if <= 3.80", [("net 45", "<= 3.80")]),
        ("nothing", [("27k minimum", "")]),
        ("27k minimum", [("27k minimum", "")]),
    ],
)
def test_what_they_must_do_for_a_trade_never_takes_its_place(
    talk: Talk, said: str, kept: list[tuple[str, str]]
) -> None:
    talk.say("new quick Acme: housings")
    for line in QUICK[:6]:
        talk.say(line)
    talk.say("27k minimum")
    assert "8 of 8" in talk.say(said).text
    assert [(row.we, row.if_they) for row in rows(talk, Trade)] == kept


def test_what_is_said_next_goes_to_each_trade_that_lacks_a_condition(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    for line in QUICK[:6]:
        talk.say(line)
    talk.say("27k minimum; net 45 if <= 3.80")
    talk.say("they go to 3.74")
    kept = [(row.we, row.if_they) for row in rows(talk, Trade)]
    assert kept == [("27k minimum", "they go to 3.74"), ("net 45", "<= 3.80")]


def test_a_condition_without_a_gift_is_no_gift(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    for line in QUICK[:6]:
        talk.say(line)
    assert "what would you give for that?" in talk.say("if they go to 3.74 or below").text
    assert rows(talk, Trade) == []


def test_a_question_can_be_picked(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    asked = None
    for line in QUICK[:7]:
        asked = talk.say(line)
    assert asked is not None
    assert "1 What are the biggest parts of your cost on this item?" in asked.text
    assert "100 % ready" in talk.press(asked.buttons["Take 1"]).text
    assert [row.text for row in rows(talk, ListItem)] == [
        "What are the biggest parts of your cost on this item?"
    ]


def test_what_new_leaves_out_is_asked(talk: Talk) -> None:
    assert "Which supplier" in talk.say("new").text
    asked = talk.say("Acme: housings")
    assert {"Quick", "Full"} <= set(asked.buttons)
    assert "1 of 36" in talk.press(asked.buttons["Full"]).text


def test_quick_or_full_can_be_typed_or_passed_over(talk: Talk) -> None:
    talk.say("new Acme: housings")
    assert "1 of 36" in talk.say("full").text
    talk.say("new Borg: housings")
    assert "2 of 8" in talk.say("30k a year, 3.95").text
    assert plan(talk, "borg").volume == D(30000)
    assert "1 of 8" in talk.say("new Cora: housings, quick").text


def test_a_whole_deal_may_follow_new(talk: Talk) -> None:
    talk.say("new")
    assert "2 of 8" in talk.say("Acme, housings, 30k a year, 3.95").text
    assert plan(talk).baseline == D("3.95")


def test_a_second_plan_for_a_supplier_is_a_choice(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("later")
    first = plan_id(talk)
    said = talk.say("new quick Acme: springs")
    assert "You have a plan for Acme already" in said.text
    assert said.buttons["Go on with Acme: housings"] == f"resume plan:{first}"
    again = talk.press(said.buttons["Start another"])
    assert "1 of 8" in again.text
    assert plan(talk, "springs").supplier == "Acme"


def test_from_quick_to_full_only_what_is_missing_is_asked(talk: Talk) -> None:
    said = answer_quick(talk)
    full = talk.press(said.buttons["Prepare fully"])
    assert "How does this purchase run" in full.text
    kept = answers(talk)
    assert kept["scope"].text == "housings, 30,000 a year"
    assert kept["baseline"].text == "3.95 EUR"
    assert kept["counterpart"].text == "their key account manager, up to 5 %"
    assert kept["signer"].text == "me up to 100k"
    assert "lead days 21/28/45" in kept["terms"].text
    assert len(rows(talk, Mandate)) == 1
    assert len(rows(talk, Alternative)) == 1
    assert [(s.role, s.requirement) for s in rows(talk, Stakeholder)] == [("me", "up to 100k")]
    assert "Who decides over there" not in talk.say("renewal").text

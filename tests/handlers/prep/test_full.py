"""The 36 questions with the answers of the worked purchase."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from handlers.writing import DAY_ALONE
from storage.tables import Alternative, ListItem, Mandate, Plan, Stakeholder, Term, Trade
from tests.handlers.prep.looking import answers, plan, rows
from tests.handlers.prep.scripts import FULL, answer_full
from tests.support.plans import unit_of

if TYPE_CHECKING:
    from tests.support.talk import Talk

D = Decimal
BORG = (
    "Borg 3.52, freight 0.14, inspection 0.06, one-off 24000 tooling (estimate, Feb), one-off 3600 dual run, "
    "chance 80 %, until 29 May, 12 weeks"
)


def check_plan(kept: Plan) -> None:
    assert (kept.supplier, kept.title, kept.volume, kept.horizon_months) == ("Acme", "housings", D(30000), 24)
    assert (kept.baseline, kept.currency, kept.unit) == (D("3.95"), "EUR", "pc")
    assert kept.talks_at == datetime(2026, 3, 18, 8, 0, 0, DAY_ALONE, UTC)
    assert (kept.decide_by, kept.need_by) == (date(2026, 4, 8), date(2026, 7, 1))


def test_every_answer_of_the_worked_purchase_lands_exactly(talk: Talk) -> None:
    said = answer_full(talk)
    assert "100 % ready" in said.text
    assert set(answers(talk)) == set(FULL) - {"triggers", "silence"}
    check_plan(plan(talk))
    terms = {t.name: t for t in rows(talk, Term)}
    assert {name: (t.opening, t.target, t.stop, t.weight) for name, t in terms.items()} == {
        "price": ("3.45", "3.70", "4.05", D(50)),
        "net": ("60", "45", "30", D(15)),
        "lead": ("21", "28", "45", D(15)),
        "warranty": ("36", "24", "12", D(10)),
        "uplift cap": ("0", "2", "4", D(10)),
    }
    assert {name: t.worth for name, t in terms.items() if t.worth is not None} == {
        "price": D(30000),
        "net": D("24.33"),
        "uplift cap": D(1110),
    }
    assert terms["price"].their_stop == "3.55"
    assert terms["price"].reason.startswith("Borg asks 3.52")
    assert (terms["warranty"].unit, terms["warranty"].direction) == ("months", "higher")
    assert [(t.we, t.if_they, t.never) for t in rows(talk, Trade)] == [
        ("27k minimum", "price <= 3.74", False),
        ("net 45", "price <= 3.80", False),
        ("cap 3 %", "lead <= 30", False),
        ("exclusivity", "", True),
    ]


def test_alternatives_mandate_and_lists_of_the_worked_purchase(talk: Talk) -> None:
    answer_full(talk)
    borg, own, nothing = rows(talk, Alternative)
    assert [(item["name"], item["amount"], item["kind"]) for item in borg.items] == [
        ("freight", "0.14", "unit"),
        ("inspection", "0.06", "unit"),
        ("tooling", "24000", "once"),
        ("dual running", "3600", "once"),
    ]
    assert (borg.price, borg.chance, borg.status, borg.valid_until, borg.lead_days) == (
        D("3.52"), D("0.8"), "quoted", date(2026, 5, 29), 84,
    )  # fmt: skip
    assert (own.name, own.price, own.chance, own.status) == ("in-house", D("3.70"), D(1), "own")
    assert (nothing.name, nothing.status) == ("nothing happens", "own")
    (mandate,) = rows(talk, Mandate)
    assert (mandate.ceiling, mandate.by, mandate.valid_until) == (D("4.05"), "CFO", date(2026, 6, 30))
    assert {(s.role, s.requirement) for s in rows(talk, Stakeholder)} == {
        ("legal", "our liability clause"),
        ("quality", "first-article inspection"),
        ("operations", "45 lead days at most"),
        ("CFO", "signs above 100k"),
        ("me", "up to 100k"),
    }
    lists = {(i.list, i.text, i.answer) for i in rows(talk, ListItem)}
    assert ("question", "How firm is your capacity from July on?", "") in lists
    assert ("open", "who pays for repairs to the tool", "") in lists
    assert ("objection", "resin went up",
            "show us your resin share and the index; we follow both ways, with a cap") in lists  # fmt: skip
    assert answers(talk)["benchmark"].value == {
        "amount": "3.76",
        "note": "resin index",
        "dated": "2026-02-27",
    }


def test_the_screen_holds_the_plan(talk: Talk) -> None:
    answer_full(talk)
    lines = talk.say("show acme").text.split("\n")
    assert len(lines) <= 13
    assert max(map(len, lines)) <= 64
    for start in (
        "Across:",
        "Goal:",
        "Where:",
        "Clock:",
        "Facts:",
        "May move:",
        "Both glad:",
        "If it stops:",
    ):
        assert any(line.startswith(start) for line in lines), start
    assert any("price 3.45/3.70/4.05" in line for line in lines)
    assert any("BATNA: Borg 4.18, 80 % · mandate 4.05 by CFO" in line for line in lines)
    assert any("27k minimum if price <= 3.74 (+3)" in line for line in lines)
    assert any(line.endswith(" · 2 open") for line in lines)


def test_costs_may_come_all_at_once(talk: Talk) -> None:
    answer_full(talk, upto="alts")
    talk.say(BORG)
    (borg,) = rows(talk, Alternative)
    assert (borg.price, borg.chance, borg.valid_until) == (D("3.52"), D("0.8"), date(2026, 5, 29))
    assert borg.items[2] == {
        "name": "tooling", "amount": "24000", "kind": "once", "estimate": True, "note": "estimate, Feb",
    }  # fmt: skip


def test_terms_may_be_pasted_from_a_spreadsheet(talk: Talk) -> None:
    answer_full(talk, upto="terms")
    said = talk.say(
        "term\topening\ttarget\tstop\tweight\nprice\t3.45\t3.70\t4.05\t50\nnet days\t60\t45\t30\t15"
    )
    assert "15 of 36" in said.text
    assert [(t.name, t.stop, t.weight) for t in rows(talk, Term)] == [
        ("price", "4.05", D(50)),
        ("net", "30", D(15)),
    ]


def test_a_new_answer_takes_out_what_it_no_longer_names(talk: Talk) -> None:
    answer_full(talk, upto="reasons")
    talk.say("set acme: terms price 3.45/3.70/4.05 weight 60; net days 60/45/30 weight 40")
    assert [(t.name, t.weight) for t in rows(talk, Term)] == [("price", D(60)), ("net", D(40))]


def test_without_alternatives_their_cost_is_not_asked(talk: Talk) -> None:
    answer_full(talk, upto="alts")
    said = talk.say("none")
    assert "before the talks" in said.text
    assert "of 34" in said.text


def test_words_of_commands_are_answers_where_the_question_offers_them(talk: Talk) -> None:
    asked = answer_full(talk, upto="route")
    assert {"new", "renewal"} <= set(asked.buttons)
    said = talk.say("new")
    assert "6 of 36" in said.text
    assert answers(talk)["route"].text == "new"


def test_what_is_for_the_owner_alone_is_read_by_the_owner_alone(talk: Talk) -> None:
    answer_full(talk)
    talk.say("hub", "bob")
    talk.say("share acme @bob to edit")
    seen = talk.say("answers acme", "bob").text + talk.say("show acme", "bob").text
    assert "rushed" not in seen
    assert "count to ten" not in seen
    assert "for the plan's owner alone" in talk.say("own acme", "bob").text
    assert "being rushed" in talk.say("own acme").text
    edit = talk.say("edit acme yourself", "bob")
    assert edit.form is not None
    assert [field.key for field in edit.form.fields] == ["style"]
    assert "no question" in talk.say("set acme: triggers loud voices", "bob").text
    with unit_of(talk) as unit:
        book = unit.plans.book(unit.plans.named(["acme"])[0][0].id)
        assert book is not None
        assert not unit.owner_part_was_read
        assert set(book.own_answers()) == {"triggers", "silence"}
        assert unit.owner_part_was_read
    assert "100 % ready" in talk.say("show acme", "bob").text


@pytest.mark.parametrize(
    ("said", "price"),
    [
        ("it rolls over at 3.95", D("3.95")),
        ("the contract runs on for 4.10 EUR a piece", D("4.10")),
        ("it renews for 12 months", None),
        ("it rolls over at 3 % more", None),
    ],
)
def test_what_happens_by_itself_may_say_its_price(talk: Talk, said: str, price: Decimal | None) -> None:
    answer_full(talk, upto="default")
    talk.say(said)
    row = next(row for row in rows(talk, Alternative) if row.name == "it rolls over")
    assert (row.price, row.status) == (price, "own")


def test_what_the_ways_cost_is_a_cost(talk: Talk) -> None:
    answer_full(talk, upto="cost")
    said = talk.say("Borg quoted, firm until 29 May, 12 weeks, 80 %; in-house certain")
    assert "I need what it costs" in said.text
    assert "cost" not in answers(talk)
    assert "20 of 36" in talk.say("Borg = 4.18; in-house = 2.05 + 1.10 + 0.55, one-off 39,000 press").text
    assert [row.price for row in rows(talk, Alternative)] == [D("4.18"), D("3.70")]

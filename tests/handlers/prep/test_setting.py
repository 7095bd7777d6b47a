"""Any answer by its key, and the single figures of a plan."""

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from handlers.writing import DAY_ALONE
from storage.tables import Mandate, Stakeholder, Term
from tests.handlers.prep.looking import answers, plan, rows
from tests.handlers.prep.scripts import FULL

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.talk import Talk as Talked

from tests.support.talk import Talk

D = Decimal


@pytest.fixture
def talk(database_url: str) -> Iterator[Talked]:
    """A full plan without answers."""
    talk = Talk(database_url)
    talk.say("new full Acme: housings")
    talk.say("later")
    yield talk
    talk.close()


def test_the_figures_of_a_plan(talk: Talk) -> None:
    said = talk.say(
        "set acme: volume 30000 a year, horizon 24 months, baseline 3.95, budget 4.05, "
        "need-by 1 Jul 2026, decision 8 Apr, talks 2026-04-01"
    )
    assert not said.outcome.refused
    kept = plan(talk)
    assert (kept.volume, kept.horizon_months, kept.baseline, kept.budget) == (
        D(30000), 24, D("3.95"), D("4.05"),
    )  # fmt: skip
    assert (kept.need_by, kept.decide_by) == (date(2026, 7, 1), date(2026, 4, 8))
    assert kept.talks_at == datetime(2026, 4, 1, 7, 0, 0, DAY_ALONE, UTC)
    written = answers(talk)
    assert written["scope"].text == "housings, 30,000 a year, 24 months"
    assert written["dates"].text == "talks 2026-04-01, decision 2026-04-08, need-by 2026-07-01"
    assert written["baseline"].text == "3.95"


@pytest.mark.parametrize("key", [key for key in FULL if key != "exchange"])
def test_every_answer_of_the_script_can_be_set(talk: Talk, key: str) -> None:
    said = talk.say(f"set acme: {key} {FULL[key]}")
    assert not said.outcome.refused, said.text
    if key not in {
        "triggers",
        "silence",
        "dates",
    }:  # of the first two others see nothing, the last is put together
        assert answers(talk)[key].text == FULL[key]


def test_keys_may_be_shortened_and_come_in_any_order(talk: Talk) -> None:
    talk.say("set acme: hori 24 months, base 3.95, vol 30k a year")
    kept = plan(talk)
    assert (kept.volume, kept.horizon_months, kept.baseline) == (D(30000), 24, D("3.95"))


def test_rows_stay_with_their_key(talk: Talk) -> None:
    talk.say(
        "set acme: terms price 3.45/3.70/4.05 weight 50; net days 60/45/30, mandate 4.05 by CFO until 30 June"
    )
    assert [row.name for row in rows(talk, Term)] == ["price", "net"]
    assert [(row.ceiling, row.by) for row in rows(talk, Mandate)] == [(D("4.05"), "CFO")]


def test_one_mistake_keeps_everything_as_it_was(talk: Talk) -> None:
    said = talk.say("set acme: volume 30000 a year, baseline cheap")
    assert said.outcome.refused
    assert "baseline" in said.text
    assert plan(talk).volume is None
    assert answers(talk) == {}


def test_an_unknown_key_says_what_is_known(talk: Talk) -> None:
    said = talk.say("set acme: colour blue")
    assert "no such answer" in said.text
    assert "For example: set acme" in said.text


def test_a_unit_price_with_two_readings_is_asked_about(talk: Talk) -> None:
    said = talk.say("set acme: volume 30000 a year, baseline 1.200")
    assert plan(talk).baseline is None
    talk.press(said.buttons["1200"])
    assert plan(talk).baseline == D(1200)
    assert plan(talk).volume == D(30000)


def test_a_day_in_the_past_is_refused(talk: Talk) -> None:
    assert "past" in talk.say("set acme: need-by 1 Jan 2026").text
    assert plan(talk).need_by is None


def test_don_t_know_can_be_set(talk: Talk) -> None:
    talk.say("set acme: goal don't know")
    assert answers(talk)["goal"].gap


def test_figures_are_echoed_as_they_were_understood(talk: Talk) -> None:
    said = talk.say(
        "set acme: decision 2026-05-15, volume 30000 a year, horizon 2 years, budget 4.05, cost of capital 8"
    ).text
    for line in ("decision: 15 May", "volume: 30,000 pc a year", "horizon: 24 months", "budget: 4.05 EUR"):
        assert line in said
    assert "cost of capital: 8 %" in said


def test_talks_on_a_day_without_an_hour_are_shown_as_the_day(talk: Talk) -> None:
    assert "talks: 18 Mar\n" in talk.say("set acme: talks 2026-03-18").text + "\n"
    assert "talks 18 Mar" in talk.say("show acme").text
    assert "18 Mar 09:00" not in talk.say("show acme").text + talk.say("dates acme").text
    assert "talks: 18 Mar 09:00" in talk.say("set acme: talks 2026-03-18 9:00").text


@pytest.mark.parametrize("key", ["title", "unit", "currency", "horizon", "budget"])
def test_a_key_without_a_value_empties_nothing(talk: Talk, key: str) -> None:
    before = plan(talk)
    said = talk.say(f"set acme: {key}")
    assert said.outcome.refused
    assert "I need something to set that to. Nothing was changed." in said.text
    assert (plan(talk).title, plan(talk).unit) == (before.title, before.unit) == ("housings", "pc")


@pytest.mark.parametrize("figure", ["-8 %", "120 %"])
def test_a_cost_of_capital_has_the_bounds_of_the_setting(talk: Talk, figure: str) -> None:
    said = talk.say(f"set acme: cost of capital {figure}")
    assert "Between 0 and 60 percent a year." in said.text
    assert "For example: cost of capital 8 %" in said.text
    assert plan(talk).cost_of_capital is None


def test_a_mandate_is_in_the_currency_of_the_plan(talk: Talk) -> None:
    assert "This plan is in EUR." in talk.say("set acme: mandate 4.05 USD by CFO").text
    assert rows(talk, Mandate) == []
    assert "This plan is in EUR." not in talk.say("set acme: currency USD, mandate 4.05 USD by CFO").text
    assert [row.ceiling for row in rows(talk, Mandate)] == [D("4.05")]


def test_all_that_was_said_of_an_alternative_is_said_back(talk: Talk) -> None:
    said = talk.say("set acme: alts Borg 4.18, uplift 3 %, start by 8 Apr, over 24 months").text
    for part in ("Borg 4.18", "start by 8 Apr", "uplift 3 %", "over 24 months"):
        assert part in " ".join(said.split())


def test_the_kind_of_a_term_is_said_back(talk: Talk) -> None:
    said = " ".join(talk.say("set acme: terms inspection must; lead days 21/28/45 nice").text.split())
    assert "inspection must-have; lead 21 / 28 / 45 nice to have" in said


def test_roles_keep_the_order_in_which_they_were_said(talk: Talk) -> None:
    talk.say(
        "set acme: limits quality: inspection; legal: liability; ops: stock; finance: net 30; it: a link"
    )
    assert [row.role for row in rows(talk, Stakeholder)] == ["quality", "legal", "ops", "finance", "it"]


def test_a_figure_in_a_sentence_with_two_readings_is_asked_about(talk: Talk) -> None:
    talk.say("term acme price: open 900, target 1000, stop 1300")
    said = talk.say("set acme: theirs guess they stop at 1.200")
    talk.press(said.buttons["1200"])
    assert [row.their_stop for row in rows(talk, Term)] == ["1200"]

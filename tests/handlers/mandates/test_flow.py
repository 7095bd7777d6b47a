"""`mandate` through words: the newest counts, who recorded it, nobody yet, one's own, forms, wrong input."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.handlers.acme import prepare, tell
from tests.support.screen import misfits
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url, now=datetime(2026, 3, 16, 9, tzinfo=UTC))
    yield made
    made.close()


def test_a_mandate_is_recorded_with_who_gave_it_and_who_wrote_it_down(talk):
    prepare(talk)
    said = tell(talk, "mandate acme 4.05 by CFO until 2026-06-30")
    assert "4.05 EUR/pc by CFO until 30 Jun\n  recorded by Ann on 2 Mar" in said.text
    assert "Limit 4.05 (CFO mandate, 2 Mar)\n  indifferent at 4.098, cap at our stop" in said.text
    assert misfits(said.shown) == []


def test_the_newest_counts_and_the_older_ones_stay(talk):
    prepare(talk)
    tell(talk, "mandate acme 4.05 by CFO")
    assert "Limit 3.98 (COO mandate" in tell(talk, "mandate acme 3.98 by COO until 30 June").text
    shown = tell(talk, "mandate acme")
    assert shown.text.index("3.98 EUR/pc by COO") < shown.text.index("4.05 EUR/pc by CFO, no end date")
    assert shown.form is not None


def test_the_form_records_one(talk):
    prepare(talk)
    form = tell(talk, "mandate acme").form
    said = talk.submit(form.words, {"ceiling": "4.05", "by": "CFO", "until": "2026-06-30"})
    assert "4.05 EUR/pc by CFO until 30 Jun" in said.text


def test_nobody_yet_is_a_gap(talk):
    prepare(talk)
    assert "It stays a gap" in tell(talk, "mandate acme nobody yet").text
    assert "Limit 4.05 (our stop)" in tell(talk, "batna acme").text


@pytest.mark.parametrize("by", ["me", "Ann", "@Ann"])
def test_a_ceiling_from_the_owner_is_flagged(talk, by):
    prepare(talk)
    assert "! The 4.05 was allowed by the plan's own owner" in tell(talk, f"mandate acme 4.05 by {by}").text


def test_a_stop_beyond_it_is_pointed_out(talk):
    prepare(talk)
    assert "! The stop of 4.05 lies beyond the 3.90" in tell(talk, "mandate acme 3.90 by CFO").text


@pytest.mark.parametrize(
    "line",
    ["mandate acme 4.05", "mandate acme by CFO", "mandate acme 4.05 USD by CFO", "mandate acme 4.05 by CFO until 2020-01-01",
     "mandate acme 0 by CFO", "mandate acme 4.050 by CFO"],
)  # fmt: skip
def test_wrong_input_changes_nothing(talk, line):
    prepare(talk)
    assert talk.say(line, channel="C1").outcome.refused
    assert "Nobody has allowed a ceiling yet." in tell(talk, "mandate acme").text


def test_others_may_not(talk):
    prepare(talk)
    assert "no plan" in talk.say("mandate acme 9 by CFO", "bob", channel="C1").text
    talk.say("hello", "bob")
    tell(talk, "share acme @bob")
    assert "not change it" in talk.say("mandate acme 9 by CFO", "bob", channel="C1").text

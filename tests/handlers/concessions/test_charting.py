"""`chart` through words: the worked purchase, other terms, little to draw, much to draw, other people."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

import pytest

from handlers.turn import Chart, Level, Preview, Series, Via
from tests.handlers.acme import prepare, tell, to_first_of_april
from tests.support.screen import misfits, screen
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.talk import Said

D = Decimal


WORKED = """\
Acme · 1 Apr · price 3.68 <-> 3.80
WHEN      WE  THEY
18 Mar  3.45  4.12
25 Mar  3.58  3.95
1 Apr   3.68  3.80
Stop 4.05 · target 3.70 · BATNA 4.118 (Borg)
Limit 4.05 (CFO mandate, 16 Mar) · indifferent at 4.118
[Log] [BATNA] [Chart net] [Chart lead]"""


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    made = Talk(database_url)
    yield made
    made.close()


def drawn(said: Said) -> Chart:
    """The chart of an answer, which has one."""
    (chart,) = (part for part in said.shown.parts if isinstance(part, Chart))
    return chart


def test_the_worked_purchase(talk: Talk) -> None:
    to_first_of_april(talk)
    said = talk.say("chart acme", channel="C1")
    assert screen(said.shown) == WORKED.splitlines()
    assert misfits(said.shown) == []
    chart = drawn(said)
    assert (chart.title, chart.unit) == ("Price, EUR/pc", "EUR/pc")
    assert chart.series == (
        Series("We", (D("3.45"), D("3.58"), D("3.68"))),
        Series("They", (D("4.12"), D("3.95"), D("3.80"))),
    )
    assert [level.name for level in chart.levels] == ["Stop", "Target", "BATNA"]
    assert chart.levels[:2] == (Level("Stop", D("4.05")), Level("Target", D("3.70")))
    assert abs(chart.levels[2].value - D("4.1182")) < D("0.0001")
    assert chart.days == (date(2026, 3, 18), date(2026, 3, 25), date(2026, 4, 1))
    for words in ("graph acme", "chart acme price", "chart price", "chart", "how did the price move?",
                  "what is the chart for acme?", "chart Acmee"):  # fmt: skip
        assert talk.say(words, channel="C1").text == said.text, words
    assert talk.press(talk.say("log acme", channel="C1").buttons["Chart"], channel="C1").text == said.text


def test_it_is_for_the_asker_alone_as_any_plan_content(talk: Talk) -> None:
    to_first_of_april(talk)
    said = talk.say("chart acme", channel="C1")
    assert said.shown.private
    assert said.shown.preview is Preview.ANSWER


def test_another_term_and_its_usual_names(talk: Talk) -> None:
    to_first_of_april(talk)
    said = talk.say("chart acme delivery", channel="C1")
    assert screen(said.shown) == [
        "Acme · 1 Apr · lead 28 <-> 32",
        "WHEN    WE  THEY",
        "18 Mar  21    45",
        "25 Mar  21    40",
        "1 Apr   28    32",
        "Stop 45 · target 28",
        "[Log] [BATNA] [Chart price] [Chart net]",
    ]
    assert [level.name for level in drawn(said).levels] == ["Stop", "Target"]
    assert talk.say("chart acme for the lead time", channel="C1").text == said.text
    assert talk.press(
        talk.say("chart acme", channel="C1").buttons["Chart net"], channel="C1"
    ).text.startswith("Acme · 1 Apr · net 45 <-> 30")


def test_levels_are_a_table_since_they_lie_at_no_height(talk: Talk) -> None:
    prepare(talk)
    tell(talk, 'term acme incoterm: levels "DAP"=100, "FCA"=60, "EXW"=0')
    tell(talk, "offer acme theirs: incoterm EXW")
    talk.now += timedelta(days=1)
    tell(talk, "offer acme theirs: incoterm FCA")
    said = talk.say("chart acme incoterm", channel="C1")
    assert not any(isinstance(part, Chart) for part in said.shown.parts)
    assert screen(said.shown)[1:4] == ["WHEN   THEY", "2 Mar  EXW", "3 Mar  FCA"]


def test_a_side_that_said_nothing_has_no_line(talk: Talk) -> None:
    prepare(talk)
    tell(talk, "offer acme theirs: price 4.12")
    said = talk.say("chart acme", channel="C1")
    assert drawn(said).series == (Series("They", (D("4.12"),)),)
    assert "We have said nothing on price yet: no line." in said.text
    assert Level("Opening", D("3.45")) in drawn(said).levels  # it is where we would begin


def test_nothing_at_all_says_what_would_give_a_chart(talk: Talk) -> None:
    prepare(talk)
    said = talk.say("chart acme", channel="C1")
    assert not any(isinstance(part, Chart) for part in said.shown.parts)
    assert "No chart yet: neither side has said anything on price." in said.text
    assert "offer Acme theirs: price 4.05" in said.text
    talk.say("new Borg: lids", channel="C1")
    assert "the plan has no terms" in talk.say("chart borg", channel="C1").text


def test_without_anything_to_hold_it_against_that_is_said(talk: Talk) -> None:
    talk.say("new Borg: lids", channel="C1")
    tell(talk, "offer borg theirs: price 4.12")
    said = talk.say("chart borg", channel="C1")
    assert drawn(said).levels == ()
    assert "nothing to hold it against" in said.text


def test_many_moves_are_thinned_and_fit_the_screen(talk: Talk) -> None:
    prepare(talk)
    for number in range(30):
        talk.now += timedelta(days=1)
        tell(talk, f"offer acme theirs: price {D('4.90') - D(number) / 100}")
    said = talk.say("chart acme", channel="C1")
    chart = drawn(said)
    assert (len(chart.moments), chart.whole) == (20, 30)
    values = chart.series[0].values
    assert (values[0], values[-1]) == (D("4.90"), D("4.61"))
    assert "7 of 30 moments shown, first and last among them" in said.text
    assert misfits(said.shown) == []


def test_several_rounds_of_a_day_and_the_year_before(talk: Talk) -> None:
    prepare(talk)
    talk.now = datetime(2025, 12, 30, 9, tzinfo=UTC)
    tell(talk, "give acme price 3.45 -> 3.58 for price 4.12 -> 3.95")
    tell(talk, "give acme price 3.58 -> 3.60")
    talk.now = datetime(2026, 1, 5, 9, tzinfo=UTC)
    chart = drawn(talk.say("chart acme", channel="C1"))
    assert chart.moments == ("before 30 Dec 2025", "30 Dec 2025", "30 Dec 2025 #2")
    assert chart.days == ()  # two of them share a day
    assert max(map(len, chart.moments)) <= 20


def test_figures_by_the_locale(talk: Talk) -> None:
    to_first_of_april(talk)
    talk.say("settings locale de_DE", channel="C1")
    said = talk.say("chart acme", channel="C1")
    assert "18 Mar  3,45  4,12" in screen(said.shown)
    assert "Stop 4,05" in said.text


def test_the_day_is_that_of_the_member(talk: Talk) -> None:
    prepare(talk)
    talk.now = datetime(2026, 3, 18, 23, 30, tzinfo=UTC)  # the 19th in Berlin
    tell(talk, "offer acme theirs: price 4.12")
    assert drawn(talk.say("chart acme", channel="C1")).moments == ("19 Mar",)


def test_words_that_name_no_plan_are_answered_alike_whether_there_is_one_or_not(talk: Talk) -> None:
    to_first_of_april(talk)
    talk.say("new Bens: caps", "ben", channel="C2")
    for words in ("chart acme", "chart acme price", "chart nadir", "chart nadir price", "chart nadir lead"):
        said = talk.say(words, "ben", channel="C2")
        name = words.removeprefix("chart ")
        assert said.outcome.refused
        assert said.text.startswith(f"No plan that you can read is called {name}."), words
    assert "Acme" not in talk.say("chart", "ben", channel="C2").text


def test_a_term_that_is_not_there_and_one_that_is_nearly(talk: Talk) -> None:
    to_first_of_april(talk)
    wrong = talk.say("chart acme colour", channel="C1")
    assert wrong.outcome.refused
    assert "Its terms are: price, net, lead, warranty, uplift cap." in wrong.text
    near = talk.say("chart acme warrenty", channel="C1")
    (words,) = near.buttons.values()
    assert talk.press(words, channel="C1").text.startswith("Acme · 1 Apr · warranty")
    talk.say("new Borg: lids", channel="C1")
    assert "This plan has no terms yet." in talk.say("chart borg price", channel="C1").text


def test_a_term_alone_asks_which_plan_where_several_could_be_meant(talk: Talk) -> None:
    to_first_of_april(talk)
    talk.say("new Borg: lids", channel="C1")
    asked = talk.say("chart price", channel="C9", thread="other")
    assert asked.outcome.refused
    assert len(asked.buttons) == 2
    words = next(words for label, words in asked.buttons.items() if "Acme" in label)
    assert talk.press(words, channel="C9").text.startswith("Acme · 1 Apr")


def test_while_a_question_is_open_it_is_no_answer(talk: Talk) -> None:
    to_first_of_april(talk)
    talk.say("new quick Borg: lids")
    for words in ("chart acme", "chart acme delivery", "chart acme for the lead time", "graph acme net"):
        assert talk.say(words).text.startswith("Acme · 1 Apr"), words
    assert "chart nothing of the sort" in talk.say("chart nothing of the sort").text  # that may be one
    assert not talk.say("chart price").text.startswith("Kept")


def test_it_changes_nothing_and_is_said_in_a_mention_without_a_warning(talk: Talk) -> None:
    to_first_of_april(talk)
    said = talk.say("chart acme", channel="C1", via=Via.MENTION)
    assert not said.outcome.refused
    assert "delete" not in said.text

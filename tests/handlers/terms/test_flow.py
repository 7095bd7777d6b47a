"""`terms` and `term` through words: adding, changing one thing alone, levels, guesses, order, forms, wrong input."""

from __future__ import annotations

import pytest

from tests.handlers.acme import prepare, tell
from tests.support.screen import misfits, screen
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    yield made
    made.close()


TABLE = """\
Acme · terms
term             open  target  stop  weight
price EUR/pc     3.45    3.70  4.05      50
net days           60      45    30      15
lead days          21      28    45      15
warranty months    36      24    12      10
uplift cap %        0       2     4      10
Guess of their side:
price stop 3.55
[Add term] [Edit term] [Reorder]"""


def test_the_table_of_the_worked_plan(talk):
    prepare(talk)
    said = tell(talk, "terms acme")
    assert "\n".join(screen(said.shown)) == TABLE
    assert misfits(said.shown) == []


def row(talk, name):
    return next(line for line in screen(tell(talk, "terms acme").shown) if line.startswith(name)).split()


def test_one_thing_is_changed_and_the_rest_stays(talk):
    prepare(talk)
    tell(talk, "term acme price: target 3.72")
    assert row(talk, "price") == ["price", "EUR/pc", "3.45", "3.72", "4.05", "50"]
    tell(talk, "term acme delivery: walk-away 40 days, must")
    assert row(talk, "lead") == ["lead", "days", "21", "28", "40", "must"]


def test_a_term_with_levels(talk):
    prepare(talk)
    tell(talk, 'term acme incoterm: levels "DAP"=100, "FCA"=60, "EXW"=0, stop "FCA", weight 5')
    tell(talk, "term acme incoterm: target DAP")
    assert row(talk, "incoterm") == ["incoterm", "-", "DAP", "FCA", "5"]


def test_what_the_levels_are_worth_is_said(talk):
    prepare(talk)
    said = tell(talk, 'term acme quality: levels "A"=100, "B"=60, "C"=0, stop "C"')
    assert "quality: A 100, B 60, C 0" in screen(said.shown)
    assert misfits(said.shown) == []


def test_a_price_that_falls_is_explained(talk):
    prepare(talk)
    said = talk.say("term acme price: open 420, target 400, stop 350", "ann", channel="C1")
    assert said.outcome.refused
    assert "You buy, so the lower price suits you" in said.text


def test_their_side_is_shown_as_a_guess(talk):
    prepare(talk)
    said = tell(talk, "term acme net: their weight 30, their stop 60")
    assert "Guess of their side:\nprice stop 3.55, net stop 60, net weight 30" in said.text


def test_the_order(talk):
    prepare(talk)
    tell(talk, "terms acme order: lead, cap")
    lines = screen(tell(talk, "terms acme").shown)[2:7]
    assert [line.split()[0] for line in lines] == ["lead", "uplift", "price", "net", "warranty"]


def test_a_form_adds_a_term_and_another_changes_it(talk):
    prepare(talk)
    form = talk.press(tell(talk, "terms acme").buttons["Add term"]).form
    values = {field.key: field.value for field in form.fields}
    talk.submit(form.words, values | {"name": "minimum pcs", "open": "20000", "stop": "28000", "weight": "5"})
    assert row(talk, "minimum")[-4:] == ["20,000", "-", "28,000", "5"]
    chosen = talk.press(tell(talk, "terms acme").buttons["Edit term"])
    form = talk.press(chosen.buttons["minimum"]).form
    values = {field.key: field.value for field in form.fields}
    assert values["stop"] == "28000"
    talk.submit(form.words, values | {"open": "", "stop": "27000"})
    assert row(talk, "minimum")[-4:] == ["-", "-", "27,000", "5"]


def test_a_term_is_removed(talk):
    prepare(talk)
    assert "warranty" not in tell(talk, "term acme remove warranty").text.split("\n", 1)[1]


def test_values_that_contradict_each_other_are_pointed_out(talk):
    prepare(talk)
    said = tell(talk, "term acme net: target 20")
    assert "! net: stop 30 suits us better than target 20" in said.text


@pytest.mark.parametrize(
    "line",
    [
        "term acme price: open 4.20, target 3.70, stop 4.05",
        "term acme price: open cheap",
        "term acme 3.45/3.70/4.05",
        "term acme remove training",
        'term acme incoterm: levels "DAP"=100',
        "terms acme order: training",
        "term acme price: stop 4.050",
    ],
)
def test_wrong_input_changes_nothing(talk, line):
    prepare(talk)
    before = tell(talk, "terms acme").text
    said = talk.say(line, channel="C1")
    assert said.outcome.refused
    assert tell(talk, "terms acme").text == before


def test_many_terms_are_paged(talk):
    prepare(talk)
    for number in range(6):
        tell(talk, f"term acme extra {'abcdef'[number]}: stop {number + 1}")
    said = tell(talk, "terms acme")
    assert misfits(said.shown) == []
    assert "extra f" in talk.press(said.buttons["3 more"]).text


@pytest.mark.parametrize(
    ("locale", "line", "shown"),
    [
        ("en_US", "open 1,100, target 1,150, stop 1,234.50", ["1,100", "1,150", "1,234.50"]),
        ("en_US", "open 1.100, target 1.150, stop 1.234,50", ["1,100", "1,150", "1,234.50"]),
        ("de_DE", "open 1.100, target 1.150, stop 1.234,50", ["1.100", "1.150", "1.234,50"]),
    ],
)
def test_a_price_with_both_marks_settles_the_others_of_its_line(talk, locale, line, shown):
    tell(talk, "new quick Zeta: presses")
    tell(talk, f"settings locale {locale}")
    assert not tell(talk, f"term Zeta price: {line}").outcome.refused
    told = next(one for one in screen(tell(talk, "terms zeta").shown) if one.startswith("price")).split()
    assert told[-4:-1] == shown


def test_prices_that_nothing_settles_are_asked_about(talk):
    tell(talk, "new quick Zeta: presses")
    said = talk.say("term Zeta price: open 1,100, target 1,150, stop 1,234")
    assert list(said.buttons) == ["1.1", "1100"]


def test_a_name_that_is_too_long_is_refused_with_the_limit(talk):
    tell(talk, "new quick Zeta: presses")
    name = "delivered duty paid to each of the eleven plants in the north of Italy and of Slovenia"
    said = talk.say(f"term zeta {name}: open 1, target 2, stop 3")
    assert "at most 80 characters" in said.text
    assert str(len(name)) in said.text
    alternative = f"batna zeta add {name.title()} = 4.18, 80 %"
    assert "The name of an alternative has at most 80 characters" in talk.say(alternative).text


@pytest.mark.parametrize("locale", ["de-DE", "en-GB"])
def test_a_form_that_is_sent_as_it_stands_changes_no_figure_in_any_locale(talk, locale):
    prepare(talk)
    tell(talk, f"settings locale {locale}")
    tell(talk, "term acme lead: open 1.1250, target 2.2500, stop 3.3750, weight 1.1250, their stop 4.1250")
    before = tell(talk, "terms acme").text
    form = tell(talk, "term acme lead").form
    assert "Kept" in talk.submit(form.words, {field.key: field.value for field in form.fields}).text
    assert tell(talk, "terms acme").text == before

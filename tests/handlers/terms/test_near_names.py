"""What is written goes to what was named and to nothing else: a near name is asked about, in every command that writes."""

from __future__ import annotations

import pytest

from handlers.turn import Via
from tests.handlers.acme import tell
from tests.support.screen import screen
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    made.say("new Acme: housings", channel="C1")
    tell(made, "term acme price: open 3.45, target 3.70, stop 4.05")
    tell(made, "term acme clause aa days: open 10, target 20, stop 30")
    tell(made, "batna acme add Borg Plastics = 4.18, freight 0.14")
    yield made
    made.close()


def terms(talk):
    """The rows of the table of terms, one blank between cells."""
    starts = ("price", "clause", "Clause")
    return [
        " ".join(line.split())
        for line in screen(talk.say("terms acme", channel="C1").shown)
        if line.startswith(starts)
    ]


KEPT = ["price EUR/pc 3.45 3.70 4.05 -", "clause aa days 10 20 30 -"]


def asked(talk, line):
    """The answer to a line that is asked about: nothing was changed."""
    said = talk.say(line, channel="C1")
    assert said.outcome.refused, said.text
    assert "Nothing was changed" in said.text
    assert terms(talk) == KEPT
    return said


def pressed(talk, said, start):
    """Presses the button that starts so."""
    words = next(words for label, words in said.buttons.items() if label.startswith(start))
    done = talk.press(words, channel="C1")
    assert not done.outcome.refused, done.text
    return done


TERM_LINES = [
    "term acme clause ab days: open 1, target 2, stop 3",
    "term acme clause ag days: 1/2/3",
    "term acme clause as days 1/2/3",
    "term acme clause an days 1 / 2 / 3",
    "term acme clause days: open 1, target 2, stop 3",
    "set acme: terms clause ab days 1/2/3",
    "set acme: terms price 3.45/3.70/4.05; clause ab days 1/2/3",
    "set acme: terms term\tunit\topen\ttarget\tstop\nprice\t\t3.45\t3.70\t4.05\nclause ab\tdays\t1\t2\t3",
]


@pytest.mark.parametrize("line", TERM_LINES)
def test_a_new_term_with_a_near_name_is_added_beside_the_other(talk, line):
    pressed(talk, asked(talk, line), "Add clause")
    rows = terms(talk)
    assert rows[:2] == KEPT
    assert len(rows) == 3
    assert rows[2].endswith(" days 1 2 3 -")


@pytest.mark.parametrize("line", TERM_LINES)
def test_or_the_other_is_changed_where_it_was_meant(talk, line):
    pressed(talk, asked(talk, line), "Change clause aa")
    assert terms(talk) == [KEPT[0], "clause aa days 1 2 3 -"]


@pytest.mark.parametrize("name", ["clause ab", "clause as", "clause ag", "clause AG"])
def test_a_name_that_ends_like_a_company_is_another_name(talk, name):
    said = asked(talk, f"term acme {name}: stop 3")
    pressed(talk, said, f"Add {name}")
    pressed(talk, talk.say("term acme clause aa: stop 40", channel="C1"), "Add term")
    assert [row.split()[1] for row in terms(talk)[1:]] == ["aa", name.split()[1]]


@pytest.mark.parametrize(
    "line",
    [
        "term acme Clause AA: stop 3",
        "term acme the clause aa: stop 3",
        'term acme "clause aa": stop 3',
        "term acme clauses aa 3",
    ],
)
def test_case_articles_and_plurals_change_the_term_itself(talk, line):
    said = talk.say(line, channel="C1")
    assert not said.outcome.refused, said.text
    assert len(terms(talk)) == 2


def test_what_people_call_a_term_changes_it(talk):
    tell(talk, "term acme net days: open 60, target 45, stop 30")
    for line in ("term acme payment: stop 20", "term acme payment terms 60/45/20"):
        said = tell(talk, line)
        assert "payment" not in said.text
    assert "net days" in talk.say("terms acme", channel="C1").text


def test_in_the_conversation_the_buttons_are_answers(talk):
    talk.say("new quick Borg: caps")
    talk.say("term borg clause aa days: open 10, target 20, stop 30", via=Via.SLASH)
    for line in ("Borg, caps, 30k a year, 3.95", "1 April"):
        talk.say(line)
    said = talk.say("clause ab days 1/2/3")
    assert "There is clause aa, which is not the same" in said.text
    assert "Change clause aa" in said.buttons
    assert "Kept: clause ab 1/2/3" in talk.press(said.buttons["Add clause ab"]).text.replace(" / ", "/")
    told = talk.say("terms borg", via=Via.SLASH).text
    assert "clause aa days  10  20  30" in told
    assert "clause ab days  1  2  3" in told


def test_other_figures_and_letters_make_another_name(talk):
    for name in ("clause 7", "clause 8", "annex a", "annex b"):
        tell(talk, f"term acme {name}: open 1, target 2, stop 3")
    assert len(terms(talk)) == 4


@pytest.mark.parametrize(
    "line", ["term acme remove clause ab", "term acme clause ab", "terms acme order clause ab, price"]
)
def test_nothing_is_removed_opened_or_moved_by_a_near_name(talk, line):
    said = asked(talk, line)
    assert said.form is None
    assert any("clause aa" in label for label in said.buttons)


def test_a_form_for_a_new_term_says_a_near_name_out(talk):
    form = tell(talk, "term acme new").form
    done = talk.submit(
        form.words, {"name": "clause ab", "open": "1", "target": "2", "stop": "3"}, channel="C1"
    )
    assert not done.outcome.refused, done.text
    assert terms(talk) == [*KEPT, "clause ab 1 2 3 -"]


# ---- at the table ----


@pytest.mark.parametrize("verb", ["offer acme theirs:", "give acme", "got acme"])
def test_a_move_or_an_offer_goes_to_no_near_term(talk, verb):
    said = asked(talk, f"{verb} clause ab 25")
    assert "No offer" in talk.say("offers acme", channel="C1").text
    done = pressed(talk, said, "clause aa" if verb.startswith("offer") else "Change clause aa")
    assert "clause aa" in done.text


def test_what_only_sounds_like_a_term_can_be_a_favour(talk):
    said = asked(talk, "give acme clause ab 25")
    assert "clause ab 25" in pressed(talk, said, "Favour:").text
    assert "clause aa" not in talk.say("log acme all", channel="C1").text


def test_a_level_is_not_guessed(talk):
    tell(talk, 'term acme incoterm: levels "Hamburg"=100, "Genoa"=50')
    said = talk.say("offer acme theirs: incoterm Hamborg", channel="C1")
    assert said.outcome.refused
    assert "Hamburg, Genoa" in said.text


# ---- worth, reasons ----


def test_the_worth_of_a_unit_goes_to_no_near_term(talk):
    said = asked(talk, "set acme: exchange clause ab 1 day = 24")
    assert "clause aa" in said.buttons


# ---- alternatives ----


@pytest.mark.parametrize(
    "line",
    [
        "batna acme add Borg Plastik = 5.00",
        "batna acme add Borg = 5.00, 12 weeks",
        "batna acme add Brog Plastics = 5.00",
        "set acme: alts Borg Plastik 5.00",
        "set acme: cost Borg Plastik 5.00",
        "batna acme set Borg Plastik: 5.00",
        "batna acme set Borg: 5.00",
    ],
)
def test_figures_of_one_alternative_go_to_no_other(talk, line):
    said = talk.say(line, channel="C1")
    assert said.outcome.refused, said.text
    assert "4.18" in talk.say("batna acme", channel="C1").text
    pressed(talk, said, "Change Borg Plastics")
    assert (
        "5.14" in talk.say("batna acme", channel="C1").text
        or "5.00" in talk.say("batna acme", channel="C1").text
    )


def test_a_near_alternative_can_be_added(talk):
    said = talk.say("batna acme set Borg Plastik: 5.00, 12 weeks", channel="C1")
    pressed(talk, said, "Add Borg Plastik")
    listed = talk.say("batna acme all", channel="C1").text
    assert "Borg Plastics" in listed
    assert "Borg Plastik" in listed


def test_an_alternative_is_not_removed_by_a_near_name(talk):
    said = talk.say("batna acme remove Borg", channel="C1")
    assert said.outcome.refused
    assert "Borg Plastics" in talk.say("batna acme", channel="C1").text
    assert "Removed" in pressed(talk, said, "Borg Plastics").text


def test_a_legal_form_is_no_other_name_for_a_company(talk):
    tell(talk, "batna acme add Borg Plastics GmbH = 5.00")
    assert "5.14" in talk.say("batna acme", channel="C1").text

"""`undo`: whatever one changed last in a plan is again what it was, one change after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.changes import KEPT
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

PREPARED = (
    "new quick Acme: housings",
    "later",
    "set acme: volume 30000 a year, horizon 24 months, baseline 3.95",
    "term acme price: open 3.45, target 3.70, stop 4.05, weight 50",
    "batna acme add Borg = 4.18, chance 80 %, until 29 May, 12 weeks",
    "mandate acme 4.05 by CFO until 2026-06-30",
)
SHOWN = (
    "show acme",
    "terms acme",
    "batna acme",
    "questions acme",
    "objections acme",
    "open acme",
    "log acme",
    "plans",
)


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann with a plan of her own."""
    found = Talk(database_url)
    for line in PREPARED:
        assert not found.say(line).outcome.refused
    yield found
    found.close()


def seen(talk: Talk) -> list[str]:
    return [talk.say(line).text for line in SHOWN]


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("term acme price: stop 4.10", "term price"),
        ("term acme warranty: open 36, target 24, stop 12", "term warranty"),
        ("term acme remove price", "term price"),
        ("set acme: baseline 3.80, talks 2026-05-01", "baseline"),
        ("set acme: goal two years of calm", "answer goal"),
        ("batna acme add In-house = 4.35, certain", "alternative In-house"),
        ("mandate acme 4.00 by CEO until 2026-07-31", "the mandate"),
        ("offer acme theirs: price 4.12", "the last offer that you recorded (theirs)"),
        ("questions acme add What would lower your unit cost?", "entry What would lower your unit cost?"),
        ("objections acme add resin went up -> show us your resin share", "entry resin went up"),
        ("rename acme to Acme GmbH: caps", "supplier"),
        ("archive acme", "archived"),
    ],
)
def test_any_change_of_a_plan_is_taken_back(talk: Talk, line: str, told: str) -> None:
    before = seen(talk)
    done = talk.say(line)
    assert not done.outcome.refused, done.text
    undone = talk.say("undo acme")
    assert undone.text.startswith("Taken back: "), undone.text
    assert told in undone.text
    assert seen(talk) == before


def test_changes_are_taken_back_one_after_the_other(talk: Talk) -> None:
    first = seen(talk)
    talk.say("term acme price: stop 4.10")
    second = seen(talk)
    talk.say("term acme price: stop 4.20")
    talk.say("undo acme")
    assert seen(talk) == second
    talk.say("undo")
    assert seen(talk) == first


def test_the_first_offer_is_taken_back_by_its_name_alone(talk: Talk) -> None:
    talk.say("offer acme theirs: price 4.12")
    assert "Taken back: the last offer that you recorded (theirs).\n" in talk.say("undo").text + "\n"


def test_the_start_of_a_plan_is_no_change_of_it(talk: Talk) -> None:
    for _ in PREPARED[2:]:
        assert "Taken back" in talk.say("undo acme").text
    nothing = talk.say("undo acme")
    assert nothing.outcome.refused
    assert "nothing here that I could take back" in nothing.text
    assert "For example: edit Acme (lists the answers" in nothing.text
    assert "which answers?" in talk.say("edit Acme").text
    assert "Acme: housings" in talk.say("plans").text


def test_what_somebody_else_changed_since_stays(talk: Talk) -> None:
    talk.say("hello", "bob")
    talk.say("share acme @bob to edit")
    talk.say("term acme price: stop 4.10")
    talk.say("term acme price: stop 4.20", "bob")
    refused = talk.say("undo acme")
    assert refused.outcome.refused
    assert "changed again since" in refused.text
    assert "4.20" in talk.say("terms acme").text


def test_everybody_takes_back_their_own(talk: Talk) -> None:
    talk.say("hello", "bob")
    talk.say("share acme @bob to edit")
    talk.say("term acme price: stop 4.10")
    talk.say("questions acme add What would lower your unit cost?", "bob")
    assert "entry What would" in talk.say("undo acme", "bob").text
    assert talk.say("undo acme", "bob").outcome.refused
    assert "term price" in talk.say("undo acme").text


def test_a_share_is_not_taken_back_by_accident(talk: Talk) -> None:
    talk.say("hello", "bob")
    talk.say("share acme @bob to edit")
    talk.say("undo acme")
    assert not talk.say("show acme", "bob").outcome.refused


def test_a_newer_step_that_stays_is_told_before_an_older_one_is_taken_back(talk: Talk) -> None:
    talk.say("hello", "bob")
    talk.say("offer acme theirs: price 4.12")
    talk.say("share acme @bob")
    before = seen(talk)
    asked = talk.say("undo")
    assert "sharing the plan" in asked.text
    assert "Nothing was changed" in asked.text
    assert seen(talk) == before
    (label,) = (one for one in asked.buttons if one.startswith("Take back the older"))
    done = talk.press(asked.buttons[label])
    assert "Taken back: the last offer that you recorded (theirs)." in done.text
    assert "the mandate" in talk.say("undo").text


def test_a_step_outside_plans_is_no_reason_to_take_back_an_older_one(talk: Talk) -> None:
    talk.say("contract add Borg: start 2026-07-01, end 2027-06-30, notice 60 days")
    talk.say("give acme price 3.45 -> 3.58 for net 60")
    talk.say("contract set Borg: value 118000")
    before = seen(talk)
    asked = talk.say("undo")
    assert "a contract" in asked.text
    assert "Nothing was changed" in asked.text
    assert seen(talk) == before
    label = next(one for one in asked.buttons if one.startswith("Take back the older"))
    assert "Taken back: #1" in talk.press(asked.buttons[label]).text


def test_where_only_what_stays_was_done_that_is_said(talk: Talk) -> None:
    for _ in PREPARED[2:]:
        talk.say("undo acme")
    talk.say("hello", "bob")
    talk.say("share acme @bob")
    said = talk.say("undo acme")
    assert said.outcome.refused
    assert "sharing the plan" in said.text
    assert "unshare Acme" in said.text


def test_a_change_after_what_stays_is_taken_back_at_once(talk: Talk) -> None:
    talk.say("hello", "bob")
    talk.say("share acme @bob")
    talk.say("term acme price: stop 4.10")
    assert "Taken back: term price" in talk.say("undo").text


def test_only_so_many_changes_are_kept(talk: Talk) -> None:
    for cents in range(KEPT + 3):
        talk.say(f"term acme price: stop 4.{10 + cents}")
    undone = 0
    while "Taken back" in talk.say("undo acme").text:
        undone += 1
    assert undone == KEPT
    assert "4.12" in talk.say("terms acme").text


@pytest.mark.parametrize(
    "words", ["undo last", "undo that", "undo my last change in acme", "undo acme's last change"]
)
def test_words_around_the_plan_are_no_name(talk: Talk, words: str) -> None:
    assert "Taken back: the mandate" in talk.say(words).text


def test_the_button_beside_an_entry_takes_back_that_entry_and_nothing_before_it(talk: Talk) -> None:
    talk.say("give acme price 3.45 -> 3.58 for lead 45 -> 40")
    first = talk.say("batna acme").text
    card = talk.say("give acme price 3.58 -> 3.68 for lead 40 -> 32")
    assert "Taken back: #2" in talk.press(card.buttons["Undo"]).text
    again = talk.press(card.buttons["Undo"])
    assert again.outcome.refused
    assert "Entry #2 is not your newest one that counts: nothing was changed." in again.text
    assert talk.say("batna acme").text == first
    assert "Taken back: #1" in talk.say("undo acme").text
    assert "Taken back: the mandate" in talk.say("undo acme").text


def test_an_entry_is_taken_back_though_something_else_was_changed_since(talk: Talk) -> None:
    card = talk.say("give acme price 3.45 -> 3.58 for lead 45 -> 40")
    talk.say("batna acme add In-house = 4.35, certain")
    assert "Taken back: #1" in talk.press(card.buttons["Undo"]).text
    assert "In-house" in talk.say("batna acme").text
    assert "Taken back: alternative In-house" in talk.say("undo acme").text


def test_nobody_takes_back_what_another_one_logged(talk: Talk) -> None:
    talk.say("hello", "ben")
    assert not talk.say("share acme @ben to edit").outcome.refused
    talk.say("give acme price 3.45 -> 3.58 for lead 45 -> 40")
    assert talk.say("undo acme #1", "ben").outcome.refused

"""A name that fits no plan of the member's own never ends as text on the plan that was meant last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from tests.support.dump import dump
from tests.support.plans import begin
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann prepares for Acme; Cogs is a plan of Ben's."""
    talk = Talk(database_url)
    begin(talk)
    begin(talk, "Cogs", "gears", "ben")
    talk.say("term acme price: open 3.45, target 3.60, stop 4.05")
    talk.say("term acme delivery: open 21, target 28, stop 45")
    yield talk
    talk.close()


WRITING = (
    "give {} warranty", "give {}", "got {} delivery 45 -> 30", "got {} price 4.12", "give {} a site for them",
    "offer {} theirs: price 4.12", "offer {} price 4.12, net 60", "offer {}: 4.12", "offer {} 4.12",
    "term {} price: open 3, target 4, stop 5", "term {} warranty: 12/24/36", "term {} visits: open 1, target 2, stop 3",
    "mandate {} 4.05 by CFO until 2026-06-30", "mandate {}: 4.05 by CFO", "mandate {} nobody",
    "set {}: volume 30000 a year", "set {} volume 30000", "set {}: goal a better price",
    "batna {} add Borg = 3.4", "batna {}: add Borg 3.4", "batna {} set Borg: 3.2",
    "share {} @ben", "share {} with ben", "unshare {} @ben", "owner {} @ben", "channel {} #acme", "post {} #acme",
    "open {} add settle packaging", "questions {} add what drives the cost", "objections {} add too dear -> volume",
    "stakeholders {} add CFO", "rename {}: covers", "archive {}", "undo {}", "correct {} 1: price 3 -> 4", "edit {} scope",
)  # fmt: skip


@pytest.mark.parametrize("words", WRITING)
def test_nothing_is_written_to_another_plan_than_the_one_named(talk: Talk, words: str) -> None:
    talk.say("show acme")  # the plan that was named last
    before = dump(talk.app.database)
    said = talk.say(words.format("Cogs"))
    assert said.outcome.refused
    assert dump(talk.app.database) == before


@pytest.mark.parametrize("words", WRITING)
def test_a_plan_of_somebody_else_is_answered_like_a_name_never_used(talk: Talk, words: str) -> None:
    statements: list[str] = []
    event.listen(talk.app.database.engine, "before_cursor_execute", lambda *said: statements.append(said[2]))
    asked = []
    for name in ("Cogs", "Zyxw"):
        talk.say("show acme")
        statements.clear()
        said = talk.say(words.format(name))
        asked.append((statements.copy(), said.text.replace(name, "X"), list(said.buttons)))
    assert asked[0] == asked[1]


def test_what_could_be_either_is_asked_and_kept_by_the_button(talk: Talk) -> None:
    said = talk.say("give nadir warranty")
    assert "No plan that you can read is called nadir. Is it what you gave?" in said.text
    assert "We: nadir warranty" in talk.press(said.buttons["Yes, for Acme"]).text
    said = talk.say("term nadir price: open 3, target 4, stop 5")
    assert "Kept: nadir price." in talk.press(said.buttons["Yes, for Acme"]).text


def test_who_or_which_channel_is_asked_about_where_no_plan_was_named(talk: Talk) -> None:
    talk.say("hub", "ben")
    said = talk.say("share ben to edit")
    assert "Shall Ben see Acme: housings?" in said.text
    assert "Ben may now edit it" in talk.press(said.buttons["Yes, Ben"]).text
    assert "Shall Ben own Acme: housings?" in talk.say("owner ben").text
    assert "Ben: may edit" in talk.say("readers acme").text


@pytest.mark.parametrize(
    "line",
    [
        "give training", "give extended warranty for net 60", "give a reference visit", "got free samples for price 3.6 -> 3.7",
        "give faster onboarding for warranty 24", "offer price 4.12, net 60", "offer theirs 4.12", "term unit price: stop 4.06",
        "mandate up to 4.05 by CFO", "set volume 30000 a year", "batna add Nadir Corp = 3.4", "share @ben", "share with ben",
        "give acme nadir warranty", "term acme nadir price: open 3, target 4, stop 5",
    ],
)  # fmt: skip
def test_a_plan_may_be_left_out_before_ordinary_words(talk: Talk, line: str) -> None:
    talk.say("hub", "ben")
    talk.say("show acme")
    assert not talk.say(line).outcome.refused

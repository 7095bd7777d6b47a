"""Who is meant by a name that several people have."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from tests.support.office import ACME, Office
from tests.support.talk import person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """Two people are called alike."""
    found = Office.open(database_url)
    for key, name in (("U1", "Ben Miller"), ("U2", "Ben Moser")):
        found.talk.say("hub", replace(person(key), name=name))
    yield found
    found.close()


def test_each_button_is_the_whole_line_with_one_of_them(office: Office) -> None:
    said = office.talk.say(ACME.replace("@bob", "@ben"))
    assert "Several people are called ben" in said.text
    assert len(said.buttons) == 2
    kept = office.talk.press(said.buttons["Ben Moser"])
    assert "Kept: Acme housings" in kept.text
    assert "backup @Ben Moser" in kept.text


def test_in_a_form_they_are_named_for_there_is_no_line_to_say_again(office: Office) -> None:
    office.talk.say(ACME)
    opened = office.talk.say("contract set acme")
    assert opened.form is not None
    filled = {field.key: field.value for field in opened.form.fields}
    said = office.talk.submit(opened.form.words, {**filled, "backup": "@ben"})
    assert "Several people are called ben: " in said.text
    assert "Moser" in said.text
    assert said.buttons == {}

"""Several reminders of one morning are one message: what is done about one of them shows in it, wherever it was done."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from tests.support.deadlines import JULY, RUNG_30, rows
from tests.support.office import ACME, Office

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.doubles.sender import Mail


@pytest.fixture
def office(database_url: str) -> Iterator[Office]:
    """Two contracts in one channel, on both databases."""
    found = Office.open(database_url, JULY)
    found.talk.say("hub", "bob")
    for title in ("housings", "lids"):
        assert "Kept" in found.talk.say(ACME.replace("housings", title)).text
    yield found
    found.close()


def morning(office: Office) -> Mail:
    """The message of one morning."""
    (mail,) = office.deliver(RUNG_30)
    assert "2 dates need attention" in mail.text
    return mail


def opened(office: Office, mail: Mail, name: str, who: str = "cyd") -> dict[str, str]:
    """The buttons of one item, opened by somebody."""
    return office.press(mail, name, who).buttons


def test_what_is_done_after_opening_an_item_changes_the_message_for_everybody(office: Office) -> None:
    mail = morning(office)
    said = office.talk.press(
        opened(office, mail, "2. Acme lids")["Seen"], "cyd", channel="acme", message="alone"
    )
    assert said.shown.private
    assert said.text.startswith("Acme lids: send notice by Wed 29 Mar 2028")
    assert "Seen by @Cyd on 28 Feb" in said.text
    assert "housings" not in said.text
    (send,) = said.outcome.sends
    assert (send.to.id, send.to.direct, send.message) == ("acme", False, mail.message)
    ((_, text),) = said.others
    assert "1. Acme housings: send notice" in text
    assert "Seen by @Cyd on 28 Feb" in text.split("2. Acme lids")[1]


def test_the_message_itself_is_edited_where_it_was_pressed(office: Office) -> None:
    said = office.press(morning(office), "1. Seen", "cyd")
    assert said.outcome.answer.steps.replaces
    assert not said.shown.private
    assert said.outcome.sends == ()
    assert "Seen by @Cyd" in said.text.split("2. Acme lids")[0]


def test_the_list_shows_what_was_done_by_whom_after_all_that_was_done(office: Office) -> None:
    mail = morning(office)
    buttons = opened(office, mail, "1. Acme housings", "ann")
    form = office.talk.press(buttons["Notice sent + proof"], channel="acme", message="alone")
    sent = {"method": "registered letter", "day": "2028-02-28", "proof": "receipt 0815"}
    office.pressed = "alone"
    said = office.submit(form, sent)
    assert "Acme housings: settled" in said.text
    text = office.press(mail, "2. Seen", "bob").text
    assert "Recorded as sent by @Ann: registered letter" in text.split("2. Acme")[0]
    assert "Seen by @Bob" in text
    assert "0815" not in text


def test_what_became_restricted_is_not_in_the_message_any_more(office: Office) -> None:
    mail = morning(office)
    office.talk.say("contract set acme lids: restricted, backup none")
    said = office.talk.press(mail.buttons["1. Acme housings"], channel="acme", message=mail.message)
    seen = office.talk.press(said.buttons["Seen"], channel="acme", message="alone")
    assert all("lids" not in text for _, text in seen.others)


def test_of_several_in_a_direct_message_the_list_there_follows(office: Office) -> None:
    for what in ("water the plants", "call Borg"):
        office.talk.say(f"remind me tomorrow 10:00 {what}", "bob")
    (mail,) = office.deliver(JULY + timedelta(hours=23))
    buttons = office.press(mail, "1. call Borg", "bob").buttons
    said = office.talk.press(buttons["Done"], "bob", message="other")
    assert "Done by @Bob" in said.text
    ((to, text),) = said.others
    assert to == "bob"
    assert "Done by @Bob" in text.split("2. water")[0]
    assert [row.status for row in rows(office, "own")].count("acknowledged") == 1

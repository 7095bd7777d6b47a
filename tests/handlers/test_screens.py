"""Main answers fit a screen of fourteen lines of sixty-four columns, with everything in them that a plan can hold."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import pytest

from tests.journeys.transcript import read
from tests.support.office import ACME, Office
from tests.support.screen import misfits, screen
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.talk import Said

JOURNEY = Path(__file__).parents[1] / "journeys" / "acme.txt"
BERLIN = ZoneInfo("Europe/Berlin")
MAIN = ("hub", "show acme", "batna acme", "log acme", "chart acme", "terms acme", "ready acme", "offer acme", "mandate acme",
        "questions acme", "objections acme", "stakeholders acme", "open acme", "plans", "help", "remind")  # fmt: skip
_CLOSING = "That was the last question"
LONG = "Donaudampfschifffahrts Elektrizitaetswerke Betriebs GmbH & Co. KG"


def too_much(said: Said) -> list[str]:
    """What does not fit on the screen; empty where there is something, and all of it fits."""
    return [str(each) for each in misfits(said.shown)] if screen(said.shown) else ["nothing is shown"]


@pytest.fixture
def full(sqlite_url: str) -> Iterator[Talk]:
    """The worked purchase after three rounds, all questions answered; every answer on the way fits, too."""
    talk = Talk(sqlite_url)
    for step in read(JOURNEY).steps:
        if step.kind == "now":
            talk.now = datetime.fromisoformat(step.text).replace(tzinfo=BERLIN).astimezone(UTC)
        elif step.kind == "say" and step.who == "ann":
            said = talk.say(step.text)
            if _CLOSING not in said.text:  # what the last answer was, and below it the whole brief
                assert misfits(said.shown) == [], (step.text, screen(said.shown))
    yield talk
    talk.close()


def test_the_worked_purchase_fits(full: Talk) -> None:
    for words in MAIN:
        assert too_much(full.say(words)) == []


def test_a_question_fits_whatever_was_asked(full: Talk) -> None:
    for start in (f"new quick {LONG}: lids", f"new full {LONG} Nord: caps"):
        said = full.say(start)
        for _ in range(40):
            assert too_much(said) == []
            if "Skip" not in said.buttons:
                break
            said = full.say("skip")
        assert too_much(full.say("hub")) == []


def test_many_plans_with_long_names_fit(full: Talk) -> None:
    for number in range(12):
        full.say(f"new quick {LONG}: product family {number} for the plant in Regensburg")
        full.say("stop")
    assert too_much(full.say("hub")) == []
    assert too_much(full.say("plans")) == []


@pytest.fixture
def office(sqlite_url: str) -> Iterator[Office]:
    """A workspace with contracts."""
    found = Office.open(sqlite_url, datetime(2026, 7, 1, 9, tzinfo=UTC))
    found.talk.say(ACME + ", value 118000 EUR, uplift rule index plus 2 %, number C-4711")
    yield found
    found.close()


def test_contracts_and_what_is_due_on_them_fit(office: Office) -> None:
    for words in ("contract show acme", "contract details acme", "renewals 900d", "contracts"):
        assert too_much(office.talk.say(words)) == []
    assert too_much(office.talk.say("checkin acme quarterly on the 15th from Oct 2026, channel #acme")) == []
    assert too_much(office.talk.say("checkin acme")) == []


def test_sixty_renewals_fit_page_after_page_and_all_are_there(office: Office) -> None:
    for number in range(60):
        end = f"2027-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
        office.talk.say(
            f"contract add Supplier {number:02d} & Sons: title parts, end {end}, auto-renew 12 months, notice 90 days"
        )
    office.talk.say(f"contract add {LONG}: end 2026-08-31, auto-renew 12 months, notice 90 days")
    said = office.talk.say("renewals 900d")
    seen = [said.text]
    while "More" in said.buttons:
        assert too_much(said) == []
        said = office.talk.press(said.buttons["More"])
        seen.append(said.text)
    assert too_much(said) == []
    assert "More" not in said.buttons
    assert all(f"Supplier {number:02d}" in "\n".join(seen) for number in range(60))
    assert office.talk.press(said.buttons["Earlier"]).text == seen[-2]
    assert too_much(office.talk.say("hub")) == []
    assert too_much(office.talk.say("contracts")) == []


def test_reminders_fit_alone_and_many_together(office: Office) -> None:
    office.talk.say("checkin acme quarterly on the 15th from Oct 2026, channel #acme")
    for at in ("2026-10-15", "2027-10-01", "2027-12-30", "2028-02-28", "2028-03-02"):
        for mail in office.deliver(
            datetime.fromisoformat(f"{at}T09:00").replace(tzinfo=BERLIN).astimezone(UTC)
        ):
            assert misfits(mail.shown) == []


def test_a_morning_with_more_than_a_message_holds_fits(office: Office) -> None:
    for number in range(12):
        office.talk.say(
            f"remind #acme tomorrow 9:00 ask Supplier {number} for the corrected drawing of the housing"
        )
    (mail,) = office.deliver(datetime(2026, 7, 2, 8, tzinfo=UTC))
    assert misfits(mail.shown) == [], "\n".join(screen(mail.shown))

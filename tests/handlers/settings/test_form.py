"""Settings in one form: who gets which fields, what is kept of them, and what is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.turn import Form


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann is the lead, Ben is not."""
    talk = Talk(database_url)
    for name in ("ann", "ben"):
        talk.say("hub", name)
    talk.say("settings currency EUR")
    yield talk
    talk.close()


def opened(talk: Talk, who: str = "ann") -> Form:
    form = talk.say("settings change", who).form
    assert form is not None
    return form


def filled(form: Form, **changed: str) -> dict[str, str]:
    named = {name.replace("_", " "): value for name, value in changed.items()}
    return {field.key: field.value for field in form.fields} | named


def test_a_lead_gets_all_fields_and_others_their_own(talk: Talk) -> None:
    assert len(opened(talk).fields) == 11
    theirs = opened(talk, "ben")
    assert [field.key for field in theirs.fields] == ["zone", "locale"]
    assert "changed by Ann" in theirs.intro


def test_what_stands_there_is_what_holds_and_sent_as_it_is_changes_nothing(talk: Talk) -> None:
    before = talk.say("settings").text
    form = opened(talk)
    assert filled(form)["currency"] == "EUR"
    assert talk.submit(form.words, filled(form)).text == "Nothing was changed."
    assert talk.say("settings").text == before


@pytest.mark.parametrize("locale", ["en_GB", "de_DE", "fr_FR"])
def test_it_can_be_sent_as_it_is_in_any_locale(talk: Talk, locale: str) -> None:
    talk.say(f"settings locale {locale}")
    talk.say("settings cost of capital 8 %")
    form = opened(talk)
    assert "Nothing was changed" in talk.submit(form.words, filled(form)).text
    said = talk.submit(
        form.words, {name: f" {value} " for name, value in filled(form, currency="USD").items()}
    )
    assert said.text == "Changed:\ncurrency: USD"


def test_several_at_once_are_kept_and_said(talk: Talk) -> None:
    form = opened(talk)
    changed = filled(
        form,
        zone="new york",
        currency="usd",
        country="DE-BY",
        cost_of_capital="9 %",
        ladder="30, 7",
        digest="friday",
    )
    said = talk.submit(form.words, changed).text
    for line in (
        "zone: America/New_York", "currency: USD", "country: DE BY", "cost of capital: 9 % a year",
        "ladder: 30, 7 days before", "digest: Fridays",
    ):  # fmt: skip
        assert line in said
        assert line in talk.say("settings").text
    assert "posting hour" not in said


def test_hours_that_fit_each_other_only_together_are_taken_together(talk: Talk) -> None:
    form = opened(talk)
    said = talk.submit(form.words, filled(form, posting_hour="19:30", quiet_hours="22:00 - 6:00")).text
    assert "posting hour: 19:30" in said
    assert "quiet hours: 22:00 - 06:00" in said
    form = opened(talk)
    said = talk.submit(form.words, filled(form, quiet_hours="off")).text
    assert "quiet hours: none" in said


def test_what_is_emptied_is_as_at_first(talk: Talk) -> None:
    form = opened(talk)
    talk.submit(form.words, filled(form, repeat_days="5", quiet_hours="off", country="DE-BY"))
    form = opened(talk)
    said = talk.submit(form.words, filled(form, repeat_days="", quiet_hours="", country="")).text
    assert "every 3 working days" in said
    assert "18:00 - 08:00" in said
    assert "BY" not in talk.say("settings").text


@pytest.mark.parametrize(
    ("field", "value", "label"),
    [
        ("zone", "Mars", "Your time zone: "),
        ("currency", "doubloons", "Currency: "),
        ("posting hour", "25:00", "Posting hour: "),
        ("posting hour", "22:00", "Posting hour: "),
        ("quiet hours", "8 - 10", "Quiet hours: "),
        ("quiet hours", "soon", "Quiet hours: "),
        ("ladder", "off", "Reminders, days before: "),
        ("repeat days", "0", "Repeat after working days: "),
        ("digest", "someday", "Weekly digest: "),
        ("country", "<!channel>", "Country, for holidays: "),
    ],
)
def test_a_bad_value_is_told_with_its_field_and_nothing_of_the_form_is_kept(
    talk: Talk, field: str, value: str, label: str
) -> None:
    before = talk.say("settings").text
    form = opened(talk)
    said = talk.submit(form.words, filled(form) | {"reassess days": "200", field: value})
    assert said.outcome.refused
    assert re.search(f"^{label}", said.text, re.MULTILINE)
    assert talk.say("settings").text == before


def test_who_is_no_lead_changes_nothing_of_the_workspace_whatever_is_sent(talk: Talk) -> None:
    form = opened(talk)
    said = talk.submit(form.words, filled(form, currency="USD"), "ben")
    assert said.outcome.refused
    assert "currency: EUR" in talk.say("settings").text
    theirs = opened(talk, "ben")
    assert "zone: Europe/Paris" in talk.submit(theirs.words, filled(theirs, zone="paris"), "ben").text
    assert "Europe/Paris" not in talk.say("settings").text


def test_what_somebody_else_changed_meanwhile_is_not_undone(talk: Talk) -> None:
    form = opened(talk)
    talk.say("settings currency USD")
    said = talk.submit(form.words, filled(form, repeat_days="5"))
    assert said.outcome.refused
    assert "changed by somebody else" in said.text
    assert "currency: USD" in talk.say("settings").text
    assert "every 3 working days" in talk.say("settings").text


def test_the_first_to_change_something_becomes_the_lead(database_url: str) -> None:
    talk = Talk(database_url)
    form = opened(talk)
    assert "lead now" in talk.submit(form.words, filled(form, currency="USD")).text
    assert len(opened(talk, "ben").fields) == 2
    talk.close()


def test_change_before_a_key_is_passed_over(talk: Talk) -> None:
    assert "currency: USD (for everybody here)" in talk.say("settings change currency to USD").text

"""Forms with bad fields: each is said at its own field, all at once, and nothing is changed."""

from __future__ import annotations

import pytest

from tests.handlers.acme import tell
from tests.support.talk import Talk


@pytest.fixture
def talk(database_url):
    made = Talk(database_url)
    made.say("new quick Acme: housings")
    made.say("later")
    tell(made, "term acme price: open 3.45, target 3.70, stop 4.05")
    tell(made, "batna acme add Borg = 4.18, chance 80 %")
    tell(made, "contract add Nadir: start 2026-01-01, end 2027-06-30, notice 90 days")
    yield made
    made.close()


def send(talk, words, typed):
    form = talk.say(words).form
    assert form is not None
    unknown = set(typed) - {field.key for field in form.fields}
    assert not unknown
    return talk.submit(form.words, {**{field.key: field.value for field in form.fields}, **typed})


@pytest.mark.parametrize(
    ("words", "typed", "wrong"),
    [
        ("term acme price", {"open": "cheap", "weight": "-5"}, ["open", "weight"]),
        ("term acme price", {"target": "4.50"}, ["target"]),
        ("term acme price", {"stop": "3.00"}, ["stop"]),
        ("term acme price", {"open": "4.50"}, ["open"]),
        (
            "term acme price",
            {"stop": "soon", "their_stop": "low", "their_weight": "x"},
            ["stop", "their_stop", "their_weight"],
        ),
        ("term acme", {"name": "", "levels": "DAP"}, ["name", "levels"]),
        ("batna acme add", {"name": "", "price": "cheap", "chance": "180 %"}, ["name", "price", "chance"]),
        ("batna acme add", {"name": "Nadir", "until": "2020-01-01", "lead": "soon"}, ["until", "lead"]),
        ("batna acme add", {"name": "Nadir", "price": "4", "costs": "freight 0.14\ninspection"}, ["costs"]),
        ("mandate acme", {"ceiling": "lots", "by": "", "until": "2020-01-01"}, ["ceiling", "by", "until"]),
        ("mandate acme", {"ceiling": "4.05 USD", "by": "CFO"}, ["ceiling"]),
        ("give acme", {"ours": "price 3.60 ->", "theirs": "-> 3"}, ["ours", "theirs"]),
        ("log this", {"plan": "acme", "moved": "price 3.60 ->", "returned": "-> 3"}, ["moved", "returned"]),
        ("new plan", {"supplier": "", "what": "x" * 300}, ["supplier", "what"]),
        (
            "contract add",
            {"supplier": "Nadir", "end": "2027-06-30", "notice": "soon", "value": "lots", "transit": "x"},
            ["notice", "transit", "value"],
        ),
        ("contract add", {"supplier": "Nadir", "start": "2026-05-01", "end": "2026-01-01"}, ["end"]),
        ("contract add", {"supplier": "", "end": "2027-06-30", "backup": "@"}, ["supplier", "backup"]),
        (
            "contract set nadir",
            {"notice": "soon", "end": "2020-01-01", "transit": "x"},
            ["notice", "transit", "end"],
        ),
        ("contract set nadir", {"supplier": "", "value": "lots"}, ["supplier", "value"]),
        ("edit acme quick", {"main": "cheap", "talks": "never ever"}, ["talks", "main"]),
    ],
)
def test_each_bad_field_is_said_at_itself_and_all_of_them_at_once(talk, words, typed, wrong):
    said = send(talk, words, typed)
    assert [key for key, _ in said.shown.wrong] == wrong
    assert all(text.strip() for _, text in said.shown.wrong)
    form = said.form or talk.say(words).form
    labels = {field.key: field.label for field in form.fields}
    if len(wrong) > 1 and not words.startswith("edit"):
        assert all(labels[key].rstrip("?") in said.text for key in wrong)
    assert talk.say("terms acme").text.count("3.70") == 1
    assert "Nadir" not in talk.say("batna acme all").text


def test_a_quote_that_ran_out_since_does_not_block_other_changes(talk):
    tell(talk, "batna acme set Borg: until 29 May 2026")
    talk.now = talk.now.replace(month=7)
    said = send(talk, "batna acme set Borg", {"chance": "90 %"})
    assert not said.shown.wrong
    assert "Changed: Borg." in said.text


def test_what_can_be_read_is_kept(talk):
    assert not send(talk, "mandate acme", {"ceiling": "4.05", "by": "CFO", "until": "2026-06-30"}).shown.wrong
    assert (
        "Kept: lead" in send(talk, "term acme new", {"name": "lead days", "stop": "45", "weight": "15"}).text
    )
    assert not send(talk, "term acme price", {"stop": "4.10 EUR", "weight": "50 %"}).shown.wrong
    more = {"name": "Nadir", "price": "4.10", "chance": "certain", "until": "2026-06-30", "lead": "12 weeks"}
    assert "Kept: Nadir" in send(talk, "batna acme add", more).text


def test_notice_with_fields_that_cannot_be_is_said_at_each(talk):
    tell(talk, "contract add Orion: start 2026-01-01, end 2027-06-30, auto-renew 12 months, notice 90 days")
    said = send(talk, "contract notice orion", {"method": "2026-03-01", "day": "2030-01-01", "proof": ""})
    assert [key for key, _ in said.shown.wrong] == ["method", "day", "proof"]

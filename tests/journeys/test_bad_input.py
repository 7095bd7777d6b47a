"""Everything that people mistype, and what they are told: what was understood, what is wrong, an example. Nothing changes."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from handlers.turn import Via
from tests.support.dump import changes, dump
from tests.support.talk import Said, Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

CASES: dict[str, list[dict[str, Any]]] = yaml.safe_load(
    Path(__file__).with_name("bad_input.yaml").read_text(encoding="utf-8")
)
LONG = "x" * 10_000
BEFORE = (
    "new quick Acme: housings", "stop",
    "set acme: volume 30000 a year, horizon 24 months, baseline 3.95, talks 2026-04-01",
    "term acme price: open 3.45, target 3.70, stop 4.05, weight 60",
    "term acme lead time: open 21 days, target 28 days, stop 45 days",
    "batna acme add Borg = 3.52, freight 0.14, chance 80 %, until 29 May", "mandate acme 4.05 by CFO until 2026-06-30",
    "contract add Acme: start 2026-07-01, end 2027-06-30, notice 60 days", "new quick Borg: brackets", "stop",
    "settings currency EUR",
)  # fmt: skip


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann in the middle of her work."""
    talk = Talk(database_url)
    for words in BEFORE:
        said = talk.say(words, via=Via.SLASH)
        assert said.outcome.refused is said.outcome.broken is False, words
    yield talk
    talk.close()


def _do(talk: Talk, case: dict[str, Any]) -> Said:
    if "say" in case:
        return talk.say(case["say"].replace("{long}", LONG), via=Via.SLASH)
    form = talk.say(case["form"], via=Via.SLASH).form
    assert form is not None, case
    typed = {key: value.replace("{long}", LONG) for key, value in case["values"].items()}
    assert typed.keys() <= {field.key for field in form.fields}, case
    return talk.submit(form.words, {**{field.key: field.value for field in form.fields}, **typed})


def _answer(said: Said) -> list[str]:
    """The lines of the answer, without what was typed, which a slash command gives back."""
    return [line for line in said.text.splitlines() if not line.startswith("You typed: /prep ")]


def _kept(talk: Talk) -> dict[str, list[str]]:
    """All that is kept but which plan was named last: that may follow from any words."""
    found = dump(talk.app.database)
    del found["focus"]
    return found


def test_nothing_malformed_changes_anything_and_each_gets_its_answer(talk: Talk) -> None:
    assert len(CASES["refused"]) >= 80
    wrong = []
    before = _kept(talk)
    for case in CASES["refused"]:
        said = _do(talk, case)
        assert said.outcome.refused, case
        assert not said.outcome.broken, case
        assert not said.others, case
        assert changes(before, _kept(talk)) == [], case
        if _answer(said) != case["answer"] or sorted(said.buttons) != case.get("buttons", []):
            wrong.append((case, _answer(said), sorted(said.buttons)))
    assert not wrong


def test_half_a_line_is_asked_about(talk: Talk) -> None:
    before = _kept(talk)
    for case in CASES["asked"]:
        said = _do(talk, case)
        assert not said.outcome.broken, case
        assert (said.form is not None) is case["form"], case
        assert case["answer"] in said.text, case
        assert changes(before, _kept(talk)) == [], case


def test_every_answer_says_what_is_wrong_and_how_it_is_right() -> None:
    for case in CASES["refused"]:
        *told, last = case["answer"]
        assert "For example: " in last or case.get("buttons"), case
        assert told or case.get("buttons"), case
        assert all(len(line) <= 260 for line in case["answer"]), case
        assert not any("Traceback" in line or "Error" in line for line in case["answer"]), case


def test_what_was_typed_comes_back(talk: Talk) -> None:
    """A slash command is not kept by the platform, so the words come back; of endless ones, the beginning."""
    words = "offer acme theirs: price cheap"
    assert f"You typed: /prep {words}" in talk.say(words, via=Via.SLASH).text
    assert 2000 < len(talk.say(f"find {LONG}", via=Via.SLASH).text) < 3000
    assert "You typed" not in talk.say(words, via=Via.DIRECT).text

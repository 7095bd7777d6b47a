"""Help as it is asked for, and what is understood but not there yet."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

import pytest
from sqlalchemy import event

from handlers.commands import all_commands
from handlers.help.later import LATER
from handlers.help.text import builtin
from handlers.turn import Via
from tests.support.plans import begin
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(sqlite_url: str) -> Iterator[Talk]:
    """A Prep that Ann has met."""
    talk = Talk(sqlite_url)
    talk.say("hub")
    yield talk
    talk.close()


def wrapped(text: str) -> list[str]:
    """The lines of a screen of 64 columns; each face wraps for its own width."""
    return [line for typed in text.splitlines() for line in wrap(typed, 64, subsequent_indent="  ")]


def test_the_front_page_fits_a_screen_and_names_what_is_there(talk: Talk) -> None:
    said = talk.say("help")
    assert len(wrapped(said.text)) <= 14
    for word in ("new", "batna", "offer", "give", "log", "share", "remind", "contract", "settings"):
        assert f" {word}" in said.text
    assert "packages" not in said.text
    assert set(said.buttons.values()) == {f"help all {group.key}" for group in builtin().groups}


def test_every_group_lists_all_its_topics_and_fits(talk: Talk) -> None:
    for group in builtin().groups:
        shown, words = "", f"help all {group.key}"
        while words:
            said = talk.press(words)
            assert len(said.text.splitlines()) <= 14
            assert max(map(len, said.text.splitlines())) <= 64
            shown += said.text + "\n"
            words = said.buttons.get("More", "")
        assert all(f"{topic.key}: {topic.summary}" in shown for topic in group.topics)


@pytest.mark.parametrize("topic", builtin().topics, ids=lambda topic: topic.key)
def test_every_word_has_a_page(talk: Talk, topic: object) -> None:
    for word in set(topic.words) - {"?"}:  # type: ignore[attr-defined]
        said = talk.say(f"help {word}")
        assert topic.usage in said.text  # type: ignore[attr-defined]
        assert len(wrapped(said.text)) <= 14
        assert ("Not there yet" in said.text) is topic.not_yet  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("bantna", "batna [PLAN]"), ("BATNA", "batna [PLAN]"), ("setings", "settings [KEY VALUE]"), ("shares", "share PLAN"),
        ("rename?", "rename PLAN"), ("mandat", "mandate PLAN"), ("ofer", "offer PLAN"), ("contract  add", "contract add"),
    ],
)  # fmt: skip
def test_slips_are_forgiven(talk: Talk, typed: str, meant: str) -> None:
    assert meant in talk.say(f"help {typed}").text


@pytest.mark.parametrize("typed", ["weather", "x" * 5000, "🙂", "'; drop table plan; --", "مساعدة"])
def test_what_nothing_is_known_of(talk: Talk, typed: str) -> None:
    said = talk.say(f"help {typed}")
    assert said.outcome.refused
    assert "There is no help on" in said.text
    assert "help batna" in said.text
    assert len(said.text) < 300


def test_help_is_for_everybody_in_the_place(talk: Talk) -> None:
    begin(talk)
    assert not talk.say("help batna", channel="unknown", via=Via.MENTION).shown.private
    guest = talk.say("help batna", person("gus", guest=True), channel="unknown")
    assert "inside members" in guest.text


def test_help_reads_nothing_but_who_asks(talk: Talk) -> None:
    statements: list[str] = []
    event.listen(
        talk.app.database.engine, "before_cursor_execute", lambda *args: statements.append(str(args[2]))
    )
    for words in ("help", "help batna", "help bantna", "packages"):
        talk.say(words, channel="c")
    assert len([text for text in statements if text.startswith("SELECT")]) <= 1


def test_the_words_of_what_comes_later_are_those_that_the_help_knows() -> None:
    known = {word for topic in builtin().topics if topic.not_yet for word in topic.words}
    there = {name for command in all_commands() for name in command.names}
    assert set(LATER) == known
    assert known <= there


@pytest.mark.parametrize(
    "topic", [each for each in builtin().topics if each.not_yet], ids=lambda each: each.key
)
def test_what_comes_later_says_so_and_what_works_today(talk: Talk, topic: object) -> None:
    commands = {name: command for command in all_commands() for name in command.names}
    for word in topic.words:  # type: ignore[attr-defined]
        assert commands[word].name == word
        said = talk.say(f"{word} acme")
        assert said.outcome.refused
        assert topic.summary in said.text  # type: ignore[attr-defined]
        assert "not there yet" in said.text
        assert topic.instead[0] in said.text  # type: ignore[attr-defined]


def test_what_is_said_to_be_there_is_there() -> None:
    names = {name for command in all_commands() for name in command.names}
    for topic in builtin().topics:
        if not topic.not_yet:
            missing = [word for word in topic.words if word not in names and word.split()[0] not in names]
            assert not missing, topic.key
        if topic.instead:
            assert topic.instead[0].split()[0] in names

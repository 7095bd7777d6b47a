"""Names for people in answers, and the ids by which Prep knows those whom a message mentions."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pytest

from bot.teams.names import with_directory_ids, with_names
from handlers.turn import (
    AskPerson,
    Channel,
    Choice,
    Choices,
    Facts,
    Heading,
    Note,
    Person,
    Table,
    Text,
    Warn,
    Words,
    WorkspaceKey,
)
from tests.bot.slack.showing import shown

if TYPE_CHECKING:
    from handlers.turn import Fetch, Found, Part

HERE = WorkspaceKey("teams", "t1")
ANN = "11111111-aaaa-4aaa-8aaa-111111111111"


@dataclass
class Phonebook:
    """A directory of a few people; `asked` is whom it was asked about."""

    people: dict[str, Person]
    asked: list[str] = field(default_factory=list)

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        assert isinstance(ask, AskPerson)
        assert workspace == HERE
        self.asked.append(ask.id)
        return self.people.get(ask.id)


def book(name: str = "Ann", identity: str = ANN) -> Phonebook:
    return Phonebook({identity: Person(ANN, name)})


PARTS = (
    (Heading(f"By <@{ANN}>"), Heading(f"By <@{ANN}|Ann>")),
    (Text((f"<@{ANN}> did", "it")), Text((f"<@{ANN}|Ann> did", "it"))),
    (Warn((f"<@{ANN}>",)), Warn((f"<@{ANN}|Ann>",))),
    (Note((f"<@{ANN}>",)), Note((f"<@{ANN}|Ann>",))),
    (Facts(((f"<@{ANN}>", f"<@{ANN}>"),)), Facts(((f"<@{ANN}>", f"<@{ANN}|Ann>"),))),
    (Table((f"<@{ANN}>",), ((f"<@{ANN}>",),)), Table((f"<@{ANN}>",), ((f"<@{ANN}|Ann>",),))),
)


@pytest.mark.parametrize(("before", "after"), PARTS, ids=[type(part).__name__ for part, _ in PARTS])
async def test_every_part_gets_names(before: Part, after: Part) -> None:
    named = await with_names(shown(before), HERE, book())
    assert named.parts == (after,)


async def test_the_words_of_buttons_stay_as_they_are() -> None:
    buttons = Choices((Choice("Take back", f"unshare plan:1 <@{ANN}>"),))
    named = await with_names(shown(Text((f"<@{ANN}>",)), buttons), HERE, book())
    assert named.parts[1] == buttons


async def test_a_name_cannot_bring_markup_along() -> None:
    named = await with_names(shown(Text((f"<@{ANN}>",))), HERE, book("<!channel>|Ann>"))
    assert named.parts == (Text((f"<@{ANN}|!channelAnn>",)),)


@pytest.mark.parametrize("people", [{}, {ANN: Person(ANN, "")}, {ANN: Channel("c", "c")}])
async def test_who_is_not_known_stays_a_reference(people: dict[str, Person]) -> None:
    said = Text((f"<@{ANN}>",))
    assert (await with_names(shown(said), HERE, Phonebook(people))).parts == (said,)


async def test_nobody_is_asked_about_where_nobody_is_named_or_the_name_is_there() -> None:
    phonebook = book()
    before = shown(Text((f"<@{ANN}|Ann>", "a < b > c", "<@>")))
    assert await with_names(before, HERE, phonebook) is before
    assert phonebook.asked == []


async def test_each_is_asked_about_once_and_not_more_than_a_dozen() -> None:
    phonebook = Phonebook({f"p{n}": Person(f"p{n}", f"P{n}") for n in range(20)})
    lines = tuple(f"<@p{n}> and <@p{n}>" for n in range(20))
    named = await with_names(shown(Text(lines)), HERE, phonebook)
    assert phonebook.asked == [f"p{n}" for n in range(12)]
    (text,) = named.parts
    assert isinstance(text, Text)
    assert text.lines[11] == "<@p11|P11> and <@p11|P11>"
    assert text.lines[12] == "<@p12> and <@p12>"


async def test_what_the_gate_gave_stays_as_private_as_it_was() -> None:
    for private in (True, False):
        before = shown(Text((f"<@{ANN}>",)), private=private)
        named = await with_names(before, HERE, book())
        assert (named.private, named.preview, named.form) == (private, before.preview, None)


# ---- whom a message mentions ----


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("share acme <@29:abc|Ann> to edit", f"share acme <@{ANN}|Ann> to edit"),
        ("share acme <@29:abc>", f"share acme <@{ANN}>"),
        ("<@29:abc> <@29:abc|x>", f"<@{ANN}> <@{ANN}|x>"),
        ("share acme <@29:nobody|Bob>", "share acme <@29:nobody|Bob>"),
        (f"share acme <@{ANN}>", f"share acme <@{ANN}>"),
        ("price <29:abc> 3", "price <29:abc> 3"),
    ],
)
async def test_mentions_carry_the_ids_of_the_directory(said: str, known: str) -> None:
    words = await with_directory_ids(Words(said), HERE, book(identity="29:abc"))
    assert words.text == known


async def test_words_without_a_mention_ask_nobody() -> None:
    phonebook = book()
    words = Words("batna acme")
    assert await with_directory_ids(words, HERE, phonebook) is words
    assert phonebook.asked == []


async def test_a_message_that_mentions_hundreds_asks_about_a_dozen() -> None:
    phonebook = Phonebook({})
    said = " ".join(f"<@29:{n}|x>" for n in range(300))
    assert (await with_directory_ids(Words(said), HERE, phonebook)).text == said
    assert len(phonebook.asked) == 12

"""Rendering: within Slack's limits whatever comes, nothing left out, and what people typed is text."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.references import readable
from bot.slack.blocks import CHARACTERS, message, pages
from handlers.turn import Choice, Choices, Facts, Heading, Note, Table, Text, Warn
from tests.bot.slack.showing import shown
from tests.doubles.slack.reading import read
from tests.doubles.slack.validate import message_problems

TYPED = st.text(st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp")), max_size=30)
LENGTHS = st.sampled_from((0, 1, 74, 76, 151, 301, 1999, 2001, 2801, 3001))
WORDS = st.one_of(TYPED, TYPED, TYPED, LENGTHS.map("x".__mul__))  # drawn quickly, also on a busy machine
LINES = st.lists(WORDS, max_size=12).map(tuple)
CHOICE = st.builds(
    Choice, WORDS.map(lambda t: t or "x"), LENGTHS.map("w".__mul__), st.booleans(), st.booleans(), WORDS
)


@st.composite
def tables(draw: st.DrawFn, words: st.SearchStrategy[str] = WORDS) -> Table:
    count = draw(st.sampled_from((1, 2, 3, 24)))
    row = st.lists(words, min_size=count, max_size=count).map(tuple)
    rows = draw(st.lists(row, max_size=6))
    return Table(draw(row), tuple(rows), frozenset(draw(st.sets(st.integers(0, count - 1)))))


PARTS = st.lists(
    st.one_of(
        WORDS.map(Heading),
        LINES.map(Text),
        LINES.map(Warn),
        LINES.map(Note),
        st.lists(st.tuples(WORDS, WORDS), max_size=10).map(tuple).map(Facts),
        st.lists(CHOICE, max_size=30).map(tuple).map(Choices),
        tables(),
    ),
    max_size=8,
)


@settings(max_examples=80)
@given(PARTS, st.booleans())
def test_every_message_keeps_the_limits(parts: list[Any], only_you: bool) -> None:
    for page in pages(shown(*parts), only_you=only_you):
        assert page
        assert message_problems(page) == []
        assert len(json.dumps(page, ensure_ascii=False)) <= CHARACTERS + 4000


@settings(max_examples=80)
@given(LINES, LINES, tables(TYPED))
def test_nothing_is_left_out(text: tuple[str, ...], notes: tuple[str, ...], table: Table) -> None:
    said = "".join(read(page) for page in pages(shown(Text(text), Note(notes), table)))
    wanted = [*text, *notes, *(cell for row in (table.columns, *table.rows) for cell in row)]
    left = "".join(said.replace("\u2060", "").split())
    for one in wanted:
        for word in one.split():
            assert _seen(word) in left


def _seen(word: str) -> str:
    return "".join(readable(word).replace("\u2060", "").split())


def test_ten_thousand_characters_come_whole() -> None:
    words = [f"word{n}" for n in range(1300)]
    found = pages(shown(Heading("Long"), Text((" ".join(words),))))
    assert all(message_problems(page) == [] for page in found)
    assert " ".join(read(page) for page in found).split()[1:] == words


def test_a_long_word_is_parted_and_loses_nothing() -> None:
    found = pages(shown(Text(("x" * 9999,))))
    assert sum(read(page).count("x") for page in found) == 9999


def test_two_hundred_lines_of_buttons_come_whole() -> None:
    choices = [Choices((Choice(f"Plan {n}", f"show plan:{n}"),)) for n in range(200)]
    found = pages(shown(*choices))
    assert all(message_problems(page) == [] for page in found)
    assert sum(len(block["elements"]) for page in found for block in page) == 200


TRICKS = (
    "<!channel>",
    "<!here|here>",
    "<!subteam^S1>",
    "<https://evil.example|click>",
    "*bold*",
    "_italic_",
    "~gone~",
    "`code`",
    "> quote",
    ":fire:",
    "@here",
    "&lt;b&gt;",
    "```block```",
)


@pytest.mark.parametrize("trick", TRICKS)
def test_what_people_typed_is_shown_as_text(trick: str) -> None:
    parts = (
        Heading(trick),
        Text((trick,)),
        Warn((trick,)),
        Note((trick,)),
        Facts(((trick, trick),)),
        Table((trick,), ((trick,),)),
        Table((trick * 9,), ((trick * 9,),)),
        Choices((Choice(trick, trick, confirm=trick),)),
    )
    for page in pages(shown(*parts)):
        assert "mrkdwn" not in json.dumps(page)
        assert _literal(page)


def _literal(found: Any) -> bool:
    """Whether everything in it is text that Slack reads no markup in, or the one sign of a warning."""
    if isinstance(found, list):
        return all(_literal(one) for one in found)
    if not isinstance(found, dict):
        return True
    if found.get("type") in {"user", "channel", "broadcast", "link", "usergroup", "mrkdwn", "markdown"}:
        return False
    if found.get("type") == "emoji" and found.get("name") != "warning":
        return False
    if found.get("type") == "plain_text" and found.get("emoji") is not False:
        return False
    return all(_literal(one) for one in found.values())


def test_people_and_channels_are_named_and_called_by_nobody() -> None:
    page = pages(shown(Text(("<@U2> in <#C1|acme>, and <@U9>",))), {"U2": "Bob"})[0]
    assert read(page) == "@Bob in #acme, and @U9"
    assert _literal(page)


def test_the_notification_tells_nothing() -> None:
    said = shown(Heading("Acme"), Text(("4.05",)))
    assert message(pages(said)[0], said)["text"] == "Prep: answer ready"


def test_only_the_first_heading_says_only_you() -> None:
    page = pages(shown(Heading("Acme"), Heading("Borg")), only_you=True)[0]
    assert read(page) == "Only you · Acme\nBorg"


def test_a_narrow_table_stands_in_columns_with_figures_to_the_right() -> None:
    page = pages(shown(Table(("term", "open"), (("price", "3.45"), ("net", "60")), frozenset({1}))))[0]
    assert read(page) == "term   open\nprice  3.45\nnet      60"
    assert page[0]["elements"][0]["type"] == "rich_text_preformatted"


def test_a_wide_table_is_one_of_slacks_own() -> None:
    row = ("price 3.45 -> 3.58 for the first year", "cap 4 -> 3")
    page = pages(shown(Table(("we", "for"), (row,), frozenset({1}))))[0]
    assert page[0]["type"] == "table"
    assert [one["align"] for one in page[0]["column_settings"]] == ["left", "right"]


def test_a_long_cell_goes_on_below() -> None:
    found = pages(shown(Table(("what", "why"), (("x" * 2500, "y"),))))
    assert sum(read(page).count("x") for page in found) == 2500
    assert all(message_problems(page) == [] for page in found)


def test_an_arrow_in_a_narrow_cell_stays_whole() -> None:
    page = pages(shown(Table(("we " * 20, "for"), (("3.45 -> 3.58", "x"),))))[0]
    assert page[0]["rows"][1][0]["text"] == "3.45 -\u2060> 3.58"


def test_a_message_takes_one_wide_table_the_next_goes_into_the_next() -> None:
    wide = Table(("x" * 50, "y"), (("a", "b"),))
    assert len(pages(shown(wide, wide, Text(("end",))))) == 2


def test_words_that_no_button_holds_are_there_to_be_sent() -> None:
    words = "offer acme " + "x" * 3000
    said = "".join(read(page) for page in pages(shown(Choices((Choice("Try again", words),)))))
    assert "Try again" in said
    assert said.count("x") == 3000


def test_a_shortened_label_and_question_stand_above_the_button() -> None:
    label, asked = "label " * 20, "sure? " * 80
    page = pages(shown(Choices((Choice(label, "go", confirm=asked),))))[0]
    assert " ".join(asked.split()) in " ".join(read(page).split())
    assert message_problems(page) == []


def test_every_button_of_a_message_has_an_id_of_its_own() -> None:
    row = Choices(tuple(Choice(f"b{n}", f"b{n}") for n in range(30)))
    page = pages(shown(row, row))[0]
    ids = [one["action_id"] for block in page for one in block["elements"]]
    assert len(ids) == len(set(ids)) == 60


def test_nothing_gives_no_message() -> None:
    assert pages(shown()) == []
    assert pages(shown(Text(()), Note(()))) == []
    assert pages(shown(Text(("",)))) == []

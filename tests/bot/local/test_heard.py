from __future__ import annotations

import pytest

from bot.local.heard import Heard, hear, identity, is_passed_over, number, with_references
from handlers.turn import Via


@pytest.mark.parametrize(
    ("line", "via", "text"),
    [
        ("batna acme", Via.DIRECT, "batna acme"),
        ("/prep batna acme", Via.SLASH, "batna acme"),
        ("/PREP", Via.SLASH, ""),
        ("@Prep batna acme", Via.DIRECT, "batna acme"),
        ("/prepare the talks", Via.DIRECT, "/prepare the talks"),
    ],
)
def test_a_direct_message_is_for_prep(line: str, via: Via, text: str) -> None:
    assert hear(line, direct=True) == Heard(via, text)


@pytest.mark.parametrize(
    ("line", "via", "text"),
    [
        ("good morning", None, "good morning"),
        ("/prep batna acme", Via.SLASH, "batna acme"),
        ("@Prep batna acme", Via.MENTION, "batna acme"),
        ("@prep: batna acme", Via.MENTION, "batna acme"),
        ("what's our BATNA for Acme, @Prep?", Via.MENTION, "what's our BATNA for Acme"),
        ("@Preppy batna", None, "@Preppy batna"),
        ("mail me at x@prep.example", None, "mail me at x@prep.example"),
    ],
)
def test_in_a_channel_prep_is_called(line: str, via: Via | None, text: str) -> None:
    assert hear(line, direct=False) == Heard(via, text)


@pytest.mark.parametrize("line", ["", "   ", "# a comment", "  # another", "\n"])
def test_blank_lines_and_comments_are_passed_over(line: str) -> None:
    assert is_passed_over(line)


@pytest.mark.parametrize("line", ["1", "x # y", "#1\tprice\n#2\tnet days"])
def test_other_lines_are_not(line: str) -> None:
    assert not is_passed_over(line)


@pytest.mark.parametrize(
    ("text", "found"),
    [("1", 1), (" 12 ", 12), ("[3]", 3), ("1.", None), ("30000", None), ("1 2", None), ("-1", None)],
)
def test_a_bare_number(text: str, found: int | None) -> None:
    assert number(text) == found


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("share acme @Bob to edit", "share acme <@bob|Bob> to edit"),
        ("channel acme #acme-talks.", "channel acme <#acme-talks|acme-talks>."),
        ("@ann, @bob.", "<@ann|ann>, <@bob|bob>."),
        ("correct #2 at 3.95 @ 30k", "correct #2 at 3.95 @ 30k"),
        ("ann@buyer.example and C# and a/@b", "ann@buyer.example and C# and a/@b"),
        ("<@bob|bob> <#acme|acme>", "<@bob|bob> <#acme|acme>"),
        ("see https://x.example/#part &#39;", "see https://x.example/#part &#39;"),
    ],
)
def test_references_become_ids(typed: str, read: str) -> None:
    assert with_references(typed) == read


@pytest.mark.parametrize(
    ("name", "id_"), [("Ann", "ann"), ("#Acme", "acme"), (" @Bob Lee ", "bob-lee"), ("Jürgen", "jürgen")]
)
def test_an_id_is_the_name_in_lower_case(name: str, id_: str) -> None:
    assert identity(name) == id_

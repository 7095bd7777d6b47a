from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Misread
from handlers.reading.plain import (
    Reference,
    excerpt,
    plain,
    read_channel,
    read_member,
    references,
    shortened,
    since,
)


@pytest.mark.parametrize(
    ("sent", "typed"),
    [
        ("price 3.60 -&gt; 3.71", "price 3.60 -> 3.71"),
        ("price 3.60 → 3.71", "price 3.60 -> 3.71"),
        ("price 3.60 --&gt; 3.71", "price 3.60 -> 3.71"),
        ("price 3.60 —> 3.71", "price 3.60 -> 3.71"),
        ("27k minimum if &lt;= 3.74", "27k minimum if <= 3.74"),
        ("R&amp;D", "R&D"),
        ("&amp;lt;", "&lt;"),
        ("“Housings” and ‘caps’, don’t", "\"Housings\" and 'caps', don't"),
        ("118 000&nbsp;EUR", "118 000 EUR"),
        ("118\u202f000\u00a0EUR", "118 000 EUR"),
        ("ac\u200bme\u202e\u2066", "acme"),
        ("ac\u200cme\u200d b\u200do", "acme bo"),
        ("\u2192\ufe0f\u200d\U0001f468", "->\U0001f468"),
        ("<!chan\u200dnel>", "@channel"),
        (
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 x\u200d",
            "\U0001f468\u200d\U0001f469\u200d\U0001f467 x",
        ),
        ("\U0001f3f3\ufe0f\u200d\U0001f308", "\U0001f3f3\ufe0f\u200d\U0001f308"),
        (
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645\u200c",
            "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",
        ),
        ("\u0645\u200c\u200c\u0645\u202e\u200d\u0645", "\u0645\u0645\u200d\u0645"),
        ("so\u00adft\ufeff", "soft"),
        ("<https://acme.example/x|acme.example/x>", "acme.example/x"),
        ("<https://acme.example>", "https://acme.example"),
        ("<mailto:a@acme.example|a@acme.example>", "a@acme.example"),
        ("<mailto:a@acme.example>", "a@acme.example"),
        ("<!channel> look", "@channel look"),
        ("<!here|here>", "@here"),
        ("<!subteam^S1|@buyers>", "@buyers"),
        ("<!date^1392734382^{date}|18 Feb>", "18 Feb"),
        ("<at>Prep</at> hub", "@Prep hub"),
        ("remind <#C1|acme> now", "remind <#C1|acme> now"),
        ("share <@U1> <@29:1-->", "share <@U1> <@29:1-->"),
        ("  a   b  \r\n  c ", "a b\nc"),
        ("price\t3.45\t\t4.05", "price\t3.45\t\t4.05"),
        ("a\x00b\x07c\x85d", "abc\nd"),
        ("−3 and 2‑week", "-3 and 2-week"),
        ("Mu\u0308ller", "Müller"),
        ("\ud800", "\ufffd"),
        ("a <b> c < d > e", "a <b> c < d > e"),
        ("", ""),
    ],
)
def test_plain_gives_what_was_typed(sent: str, typed: str) -> None:
    assert plain(sent) == typed


@given(st.text())
def test_plain_text_can_be_stored_and_holds_nothing_unseen(text: str) -> None:
    result = plain(text)
    result.encode()
    assert not set(result) & {"\x00", "\r", "\u00a0", "\u200b", "\u202e", "\u2066", "“", "’", "→"}


@given(st.text(alphabet=st.characters(exclude_characters="&")))
def test_plain_twice_is_plain_once(text: str) -> None:
    assert plain(plain(text)) == plain(text)


def test_references_are_found_in_order() -> None:
    text = "channel <#C1|acme>, owner <@U1>, backup <@U2|jo>"
    assert references(text) == [
        Reference("channel", "C1", "acme"),
        Reference("member", "U1", None),
        Reference("member", "U2", "jo"),
    ]


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<#C1|acme>", Reference("channel", "C1", "acme")),
        ("<#C1|>", Reference("channel", "C1", None)),
        ("&lt;#C1|acme&gt;", Reference("channel", "C1", "acme")),
        ("#acme-deals", Reference("channel", None, "acme-deals")),
        ("acme", Reference("channel", None, "acme")),
    ],
)
def test_channels(typed: str, read: Reference) -> None:
    assert read_channel(typed) == read


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("<@U1>", Reference("member", "U1", None)),
        ("<@29:1-abc_d|Jo Bloggs>", Reference("member", "29:1-abc_d", "Jo Bloggs")),
        ("@jo", Reference("member", None, "jo")),
        ("@Jo Bloggs", Reference("member", None, "Jo Bloggs")),
        ("jo", Reference("member", None, "jo")),
    ],
)
def test_members(typed: str, read: Reference) -> None:
    assert read_member(typed) == read


@pytest.mark.parametrize("typed", ["", "#", "two words", "<@U1>", "a, b", "<#C1|a> <#C2|b>", "x" * 81])
def test_what_is_no_channel(typed: str) -> None:
    with pytest.raises(Misread):
        read_channel(typed)


@pytest.mark.parametrize("typed", ["", "@", "two words", "<#C1|acme>", "@a b c d e", "!"])
def test_what_is_no_member(typed: str) -> None:
    with pytest.raises(Misread):
        read_member(typed)


def test_an_excerpt_is_one_short_line() -> None:
    assert excerpt("a\nb  c") == '"a b c"'
    assert len(excerpt("x" * 500)) == 62


ANNA = "<@775e6dc1-cbe1-586f-93eb-8bcd0959e48c|Anna Berg>"


@pytest.mark.parametrize(
    ("line", "short"),
    [
        ("a line that is as long", "a line that is as long"),
        ("a line that is longer than it may be", "a line that is longer t…"),
        (f"a ceiling by {ANNA}", f"a ceiling by {ANNA}"),
        (f"{ANNA} checks who pays for repairs", f"{ANNA} checks who p…"),
        (f"to be allowed first by {ANNA}", "to be allowed first by …"),
        (f"<#C1|acme> {ANNA} {ANNA}", f"<#C1|acme> {ANNA} …"),
    ],
)
def test_no_half_of_a_mention_is_shown(line: str, short: str) -> None:
    assert shortened(line, 24) == short


def test_what_is_found_begins_with_a_whole_mention() -> None:
    line = f"signed by {ANNA} in May"
    assert since(line, line.index("Anna") - 5) == f"…{line[10:]}"
    assert since(line, 3) == f"…{line[3:]}"
    assert since(line, 0) == line

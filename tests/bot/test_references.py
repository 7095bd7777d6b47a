"""What people typed is shown as text: references by name, nothing that steers a terminal or the text around it."""

from __future__ import annotations

from bot.references import readable, unnamed


def test_references_are_shown_as_they_are_typed() -> None:
    assert readable("share with <@bob|Bob> in <#acme|acme>, not <@U1>") == "share with @Bob in #acme, not @U1"


def test_a_terminal_cannot_be_steered() -> None:
    assert readable("a\x1b[2Jb\u202ec\x07\r") == "a[2Jbc"


def test_names_stand_for_ids_that_have_none() -> None:
    assert (
        readable("<@U1> and <@U2> and <@U3|Carl>", {"U1": "Ann", "U3": "Other"}) == "@Ann and @U2 and @Carl"
    )
    assert list(unnamed("<@U1> <@U3|Carl> <#C1> @U4")) == ["U1"]


def test_a_tab_takes_two_blanks_and_a_line_end_stays() -> None:
    assert readable("a\tb\nc") == "a  b\nc"

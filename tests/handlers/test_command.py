"""What a command says of itself before it runs."""

from __future__ import annotations

from handlers.command import Command, Route
from handlers.turn import Reply


def flow(_turn):
    return Reply()


ASKS = Command("help", flow, reads=True)
BOTH = Command("batna", flow, reads=lambda rest: "add" not in rest, figures=lambda rest: "add" in rest)


def test_a_command_may_read_with_some_words_and_write_with_others():
    assert BOTH.only_reads("acme")
    assert not BOTH.only_reads("acme add Borg = 4.18")
    assert BOTH.has_figures("acme add Borg = 4.18")
    assert not BOTH.has_figures("acme")


def test_plain_answers_hold_for_all_words():
    assert ASKS.only_reads("anything")
    assert not ASKS.has_figures("anything")


def test_a_form_that_was_sent_may_always_change_something():
    assert Route(BOTH, "acme").only_reads
    assert not Route(BOTH, "acme", values={"name": "Borg"}).only_reads
    assert not Route().only_reads

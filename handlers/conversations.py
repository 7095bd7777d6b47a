"""Answers to what a member is in the middle of, by the kind of conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.turn import Reply
    from storage.tables import Conversation


def answer(turn: Turn, conversation: Conversation, text: str) -> Reply:
    """Give a line of text to the conversation that waits for it."""
    from handlers.prep import flow as prep  # loaded once something is asked, as in handlers.commands

    return prep.answer(turn, conversation, text)

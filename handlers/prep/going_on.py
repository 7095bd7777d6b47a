"""A command may answer the question that is open: `mandate 4.05 by CFO` while Prep asks for the mandate. Then the next
question follows at once, as after an answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.prep.asking import KIND
from handlers.turn import Choices, Reply

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.tables import Conversation

_LEAD_ON = frozenset(
    {"edit"}
)  # its answer has buttons of its own for going on, and for choosing between two answers


def with_next_question(turn: Turn, reply: Reply) -> Reply:
    """The answer to a command that changed something, with the next question where the open one has its answer now."""
    if not turn.is_direct or reply.form is not None or turn.command_name in _LEAD_ON:
        return reply
    conversation = turn.unit.conversations.open_one()
    if conversation is None or conversation.kind != KIND or not conversation.state.get("unanswered"):
        return reply
    if conversation.plan_id not in {book.plan.id for book in turn.unit.books}:
        return reply
    asked = _next(turn, conversation)
    if asked is None:
        return reply
    parts = tuple(part for part in reply.parts if not isinstance(part, Choices))
    return replace(reply, parts=(*parts, *asked.parts), asks=asked.asks)


def _next(turn: Turn, conversation: Conversation) -> Reply | None:
    """What follows the open question; None while it has no answer."""
    from handlers.prep.guiding import after, guide_of

    guide = guide_of(turn, conversation)
    question = guide.asked(conversation.state.get("key")) if guide is not None else None
    if guide is None or question is None or not guide.book.may_edit or guide.is_open(question):
        return None
    return after(guide, question, [])

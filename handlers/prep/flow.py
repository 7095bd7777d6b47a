"""Guided preparation: one question after the other, nothing lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.errors import Misread
from handlers.plan_choice import open_book
from handlers.prep.script import builtin
from handlers.reading.names import normal
from handlers.turn import Heading, Note, Reply, Text, say
from storage.tables import Plan

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.prep.question import Question
    from storage.tables import Conversation


def new(turn: Turn) -> Reply:
    """Start a plan and ask the first question."""
    supplier, _, title = turn.rest.partition(":")
    if not normal(supplier):
        raise Misread("Who is the supplier?", example="new Acme: housings")
    now = turn.now
    plan = Plan(
        workspace_id=0,
        owner_id=0,
        supplier=supplier.strip(),
        title=title.strip(),
        created_at=now,
        updated_at=now,
    )
    book = turn.unit.plans.start(plan, [(supplier.strip(), normal(supplier))])
    turn.focus = book.plan.id
    question = builtin("quick").questions[0]
    turn.unit.conversations.begin("guided", plan.id, {"key": question.key})
    return _ask(question)


def answer(turn: Turn, conversation: Conversation, text: str) -> Reply:
    """Keep an answer and ask the next question."""
    assert conversation.plan_id is not None
    book = turn.unit.plans.book(conversation.plan_id, to_edit=True)
    if book is None:
        turn.unit.conversations.end(conversation)
        return say("That plan is not there any more.")
    key = conversation.state["key"]
    book.answer(key, text)
    question = builtin("quick").next_after(key)
    if question is None:
        turn.unit.conversations.end(conversation)
        return say("That was the last question.")
    turn.unit.conversations.save(conversation, {"key": question.key}, is_open=True)
    return _ask(question)


def show(turn: Turn) -> Reply:
    """The plan on one screen."""
    book, _ = open_book(turn, bare=True)
    lines = tuple(f"{row.key}: {row.text}" for row in book.answers().values())
    return Reply((Heading(book.plan.supplier), Text(lines or ("Nothing answered yet.",))))


def _ask(question: Question) -> Reply:
    return Reply((Text((question.prompt,)), Note((f"For example: {question.example}",))), asks=True)


COMMANDS = (Command("new", new, figures=False), Command("show", show, also=("brief",), reads=True))

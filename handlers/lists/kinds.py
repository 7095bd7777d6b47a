"""The four lists of a plan, and what each calls its lines."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Kind:
    """A list: the command that shows it, what is in it, what a line is that was ticked off, and an example line.

    `key` is the name under which lines are kept; empty for stakeholders, which have a table of their own. `answer` is what
    the words behind `->` (or a colon) are.
    """

    command: str
    key: str
    title: str
    ticked: str
    label: str
    answer: str
    example: str


QUESTIONS = Kind(
    "questions", "question", "questions to ask", "asked", "Question", "What we learnt",
    "What would lower your unit cost?",
)  # fmt: skip
OBJECTIONS = Kind(
    "objections", "objection", "objections", "met", "Their no", "Our answer",
    "resin went up -> show us your resin share and the index",
)  # fmt: skip
OPEN = Kind(
    "open", "open", "open points", "settled", "What is open", "How it was settled",
    "who pays for repairs to the tool",
)  # fmt: skip
STAKEHOLDERS = Kind(
    "stakeholders", "", "stakeholders", "signed off", "Role", "What they cannot do without",
    "CFO: ceiling 4.05",
)  # fmt: skip

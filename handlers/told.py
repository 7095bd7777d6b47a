"""How errors and manners are told, the same for all commands."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.calling import COMMAND, has_command, privately
from handlers.errors import Ambiguous, Expected, Refused
from handlers.reading.plain import plain
from handlers.turn import Choice, Choices, Note, Part, Reply, Text, Via, Warn, Words
from handlers.wrong_fields import WrongFields

if TYPE_CHECKING:
    from handlers.turn import Incoming

DELETE_OUTSIDE = (
    "People from outside may read this channel, so I have done nothing with that. Please delete your message now: "
    "everybody here can read the figures in it."
)
_DELETE = (
    "Please delete your message: everybody in this channel can read the figures in it. "
    "I have kept what you said. Next time use {}."
)
_FIGURES = (
    "Everybody in this channel can read what you typed. If there are figures of a plan in it, please delete your message, "
    "and use {}."
)
_LONGEST_ECHO = 2000


def outsider(text: str) -> Reply:
    """The one answer to people from outside."""
    return Reply((Text((text,)),))


def error(error: Expected, incoming: Incoming) -> Reply:
    """What was understood, what is wrong, an example; and what was typed, where the platform does not keep it."""
    parts: list[Part] = [Text(tuple(error.lines))]
    if isinstance(error, Ambiguous):
        parts.append(Choices(tuple(Choice(label, words) for label, words in error.options)))
    if incoming.via is Via.SLASH and isinstance(incoming.act, Words) and incoming.act.text.strip():
        parts.append(Note((f"You typed: {COMMAND} {plain(incoming.act.text)[:_LONGEST_ECHO]}",)))
    wrong = error.fields if isinstance(error, WrongFields) else ()
    return Reply(tuple(parts), wrong=wrong)


def may_hold_figures(incoming: Incoming) -> bool:
    """Whether there is a figure in what was typed."""
    return isinstance(incoming.act, Words) and any(c.isdigit() for c in incoming.act.text)


def refused_outside(incoming: Incoming) -> Refused:
    """Words with figures that were not done, since people from outside may read them where they were said."""
    before = f"{COMMAND} ... or " if has_command(incoming) else ""
    return Refused(DELETE_OUTSIDE, example=f"{before}a direct message to me")


def with_warning_of_figures(reply: Reply, incoming: Incoming) -> Reply:
    """A private answer to words in public that were not understood, so that it is not known what they tell."""
    return replace(reply, parts=(*reply.parts, Warn((_FIGURES.format(privately(incoming)),))))


def with_advice_to_delete(reply: Reply, incoming: Incoming) -> Reply:
    """A private answer to words that should not have been said in public."""
    return replace(reply, parts=(Warn((_DELETE.format(privately(incoming)),)), *reply.parts))

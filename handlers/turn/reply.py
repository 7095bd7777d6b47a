"""What a flow answers, for whom, and how far it may travel."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

from handlers.turn.parts import Text

if TYPE_CHECKING:
    from handlers.turn.parts import Form, Part
    from handlers.turn.people import Fetch


class Mark(IntEnum):
    """How far the content of a reply may travel. A turn's mark only ever rises.

    OPEN: anyone. INSIDE: inside members of the workspace. PLAN: those who may read the plan. OWNER: the plan's owner.
    """

    OPEN = 0
    INSIDE = 1
    PLAN = 2
    OWNER = 3


class Audience(Enum):
    """Whom a reply is for: the asker alone, or everyone in the place (where the gate allows it)."""

    ASKER = "asker"
    PLACE = "place"


class Preview(Enum):
    """All that a notification may show. Fixed texts, so that no name and no figure can get into one."""

    ANSWER = "Prep: answer ready"
    QUESTION = "Prep: next question"
    NOTICE = "Prep: something for you"
    CONTRACT = "A contract date needs attention"
    CHECKIN = "A check-in is due"
    TALKS = "A date in your plans needs attention"
    REMINDER = "A reminder is due"
    DIGEST = "The dates of the next weeks"
    SEVERAL = "Several dates need attention"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: a channel, or a member's direct message, by the platform's own id."""

    id: str
    direct: bool
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """A message to somebody else, sent after the turn is committed.

    `plan` is the plan that it tells of, if any: it is sent only if the addressee may read that plan. `message` is the
    platform's id of a message there whose place it takes; without one it is a new message.
    """

    to: Address
    reply: Reply
    plan: int | None = None
    message: str = ""


@dataclass(frozen=True, slots=True)
class Reply:
    """What a flow answers.

    `replaces`: takes the place of the message whose button was pressed. `supplier`: whose people count as outside for
    this content. `consent`: the id of the channel for which somebody who may confirmed that plan content be posted.
    `wrong`: what is wrong with fields of the form that was sent, (key, text).
    `asks`: an open question for text, a number or money is asked, so that a bare number is an answer. Its text form does
    not tell what it says.
    """

    parts: tuple[Part, ...] = field(default=(), repr=False)
    audience: Audience = Audience.ASKER
    mark: Mark = Mark.OPEN
    form: Form | None = field(default=None, repr=False)
    replaces: bool = False
    sends: tuple[Send, ...] = field(default=(), repr=False)
    fetches: tuple[Fetch, ...] = ()
    supplier: str | None = None
    consent: str | None = None
    preview: Preview = Preview.ANSWER
    asks: bool = False
    wrong: tuple[tuple[str, str], ...] = field(default=(), repr=False)


def say(*lines: str) -> Reply:
    """A reply of plain lines."""
    return Reply((Text(lines),))

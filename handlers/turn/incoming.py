"""What one person did in one place."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from handlers.turn.people import Fetch, Found, Person, Place, WorkspaceKey


class Via(Enum):
    """How something reached Prep. A mention is public, whatever is answered."""

    SLASH = "slash"
    MENTION = "mention"
    DIRECT = "direct"
    BUTTON = "button"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed, already turned into plain text (see `handlers.reading.plain`). Its text form does not tell it."""

    text: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Press:
    """A button. Its words are run for the presser, with the presser's rights: a button grants nothing."""

    words: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Submission:
    """A form sent: the words of the form, and what stands in each field (empty strings where nothing does)."""

    words: str = field(repr=False)
    values: Mapping[str, str] = field(repr=False)


Act = Words | Press | Submission


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that one person did. `now` is aware and UTC; `fetched` holds the answers to a flow's Fetches.

    `thread` is the platform's id of the thread it belongs to, or None; `message` the id of the message that was
    typed, or that carries the button. `event` is the platform's id of what it may send again: a second arrival does nothing.
    """

    workspace: WorkspaceKey
    speaker: Person
    place: Place
    via: Via
    act: Act
    now: datetime
    thread: str | None = None
    message: str | None = None
    event: str = ""
    fetched: Mapping[Fetch, Found] = field(default_factory=dict)

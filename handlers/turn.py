"""What goes in and out of a turn, the same for every platform.

An `Incoming` is one thing that one person did in one place. A flow answers with a `Reply`: parts, an audience and
a mark. Nothing here knows a platform, a database or a clock.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime


class Via(Enum):
    """How something reached Prep. A mention is public, whatever is answered."""

    SLASH = "slash"
    MENTION = "mention"
    DIRECT = "direct"
    BUTTON = "button"
    FORM = "form"


@dataclass(frozen=True, slots=True)
class WorkspaceKey:
    """A Slack team, a Teams tenant, or the local workspace, by the platform's own id."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class Person:
    """What a platform says of a person. None means that it does not say, and not knowing counts as outside.

    `home` is whether the person's own company is the workspace; `guest` is whether the account is a limited one.
    """

    id: str
    name: str = ""
    home: bool | None = None
    guest: bool | None = None
    email: str | None = None
    zone: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: a direct message with Prep, or a channel (group conversations are channels)."""

    id: str
    direct: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a platform says of a channel. None means that it does not say, and not knowing counts as outside.

    `present` is whether Prep can post there, `shared` whether another company's people can be in it.
    """

    id: str
    name: str = ""
    present: bool | None = None
    shared: bool | None = None
    people: tuple[Person, ...] | None = None


@dataclass(frozen=True, slots=True)
class AskChannel:
    """A Fetch: what does the platform say of this channel? Answered with a `Channel`, or None if there is none."""

    id: str


@dataclass(frozen=True, slots=True)
class AskPerson:
    """A Fetch: what does the platform say of this person? Answered with a `Person`, or None if there is none."""

    id: str


Fetch = AskChannel | AskPerson
Found = Channel | Person | None


@dataclass(frozen=True, slots=True)
class Words:
    """Something typed, already turned into plain text (see `handlers.reading.plain`)."""

    text: str


@dataclass(frozen=True, slots=True)
class Press:
    """A button. Its words are run for the presser, with the presser's rights: a button grants nothing."""

    words: str


@dataclass(frozen=True, slots=True)
class Submission:
    """A form sent: the words of the form, and what stands in each field (empty strings where nothing does)."""

    words: str
    values: Mapping[str, str]


Act = Words | Press | Submission


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that one person did. `now` is aware and UTC; `fetched` holds the answers to a flow's Fetches.

    `thread` is the platform's id of the thread it belongs to, or None; `message` the id of the message that was
    typed, or that carries the button.
    """

    workspace: WorkspaceKey
    speaker: Person
    place: Place
    via: Via
    act: Act
    now: datetime
    thread: str | None = None
    message: str | None = None
    fetched: Mapping[Fetch, Found] = field(default_factory=dict)


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
    SEVERAL = "Several dates need attention"


# ---- the parts of a reply. All texts are plain: a renderer escapes them, nothing in them is markup. ----


@dataclass(frozen=True, slots=True)
class Heading:
    """The first line of an answer."""

    text: str


@dataclass(frozen=True, slots=True)
class Text:
    """Lines of text, each shown on a line of its own."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Warn:
    """Lines that need attention; shown with a leading `!`."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Note:
    """Small print: a derivation, a source, a hint."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Facts:
    """Labels and values."""

    pairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under columns. `right` are the indexes of the columns that hold figures."""

    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Choice:
    """A button: pressing it is the same as saying `words`. `confirm` is asked before, where given."""

    label: str
    words: str
    primary: bool = False
    danger: bool = False
    confirm: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """A row of buttons."""

    options: tuple[Choice, ...]


Part = Heading | Text | Warn | Note | Facts | Table | Choices


class FieldKind(Enum):
    """What a field of a form takes. Values come back as text; dates as ISO 8601, several joined by newlines."""

    LINE = "line"
    LINES = "lines"
    CHOICE = "choice"
    SEVERAL = "several"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a form. `options` are (value, label); `value` is what stands there at first."""

    key: str
    label: str
    kind: FieldKind = FieldKind.LINE
    value: str = ""
    hint: str = ""
    optional: bool = True
    options: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Form:
    """Fields to fill in. Sending it is a `Submission` with these words. `open_label` is for the button that opens it
    where a platform cannot open a form by itself."""

    words: str
    title: str
    fields: tuple[Field, ...]
    submit: str = "Save"
    intro: str = ""
    open_label: str = "Open the form"


@dataclass(frozen=True, slots=True)
class Address:
    """Where a message goes: a channel, or a member's direct message, by the platform's own id."""

    id: str
    direct: bool
    thread: str | None = None


@dataclass(frozen=True, slots=True)
class Send:
    """A message to somebody else, sent after the turn is committed.

    `plan` is the plan that it tells of, if any: it is sent only if the addressee may read that plan.
    """

    to: Address
    reply: Reply
    plan: int | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """What a flow answers.

    `replaces`: takes the place of the message whose button was pressed. `supplier`: whose people count as outside for
    this content. `consent`: the id of the channel for which somebody who may confirmed that plan content be posted.
    `asks`: an open question for text, a number or money is asked, so that a bare number is an answer.
    """

    parts: tuple[Part, ...] = ()
    audience: Audience = Audience.ASKER
    mark: Mark = Mark.OPEN
    form: Form | None = None
    replaces: bool = False
    sends: tuple[Send, ...] = ()
    fetches: tuple[Fetch, ...] = ()
    supplier: str | None = None
    consent: str | None = None
    preview: Preview = Preview.ANSWER
    asks: bool = False


def say(*lines: str) -> Reply:
    """A reply of plain lines."""
    return Reply((Text(lines),))

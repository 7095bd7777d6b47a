"""What goes in and out of a turn, the same for every platform.

An `Incoming` is one thing that one person did in one place. A flow answers with a `Reply`: parts, an audience and
a mark. Nothing here knows a platform, a database or a clock.
"""

from handlers.turn.incoming import Act, Incoming, Press, Submission, Via, Words
from handlers.turn.parts import (
    Chart,
    Choice,
    Choices,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    Level,
    Note,
    Part,
    Series,
    Table,
    Text,
    Warn,
)
from handlers.turn.people import AskChannel, AskPerson, Channel, Fetch, Found, Person, Place, WorkspaceKey
from handlers.turn.reply import Address, Audience, Mark, Preview, Reply, Send, say

__all__ = [
    "Act",
    "Address",
    "AskChannel",
    "AskPerson",
    "Audience",
    "Channel",
    "Chart",
    "Choice",
    "Choices",
    "Facts",
    "Fetch",
    "Field",
    "FieldKind",
    "Form",
    "Found",
    "Heading",
    "Incoming",
    "Level",
    "Mark",
    "Note",
    "Part",
    "Person",
    "Place",
    "Press",
    "Preview",
    "Reply",
    "Send",
    "Series",
    "Submission",
    "Table",
    "Text",
    "Via",
    "Warn",
    "Words",
    "WorkspaceKey",
    "say",
]

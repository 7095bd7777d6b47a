"""The parts of a reply. All texts are plain: a renderer escapes them, nothing in them is markup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


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

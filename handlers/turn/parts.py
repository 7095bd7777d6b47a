"""The parts of a reply. All texts are plain: a renderer escapes them, nothing in them is markup."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal


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
class Series:
    """A line of a chart that moves: a value for each of its moments, None where there is none yet."""

    name: str
    values: tuple[Decimal | None, ...]


@dataclass(frozen=True, slots=True)
class Level:
    """A line of a chart that stays where it is."""

    name: str
    value: Decimal


@dataclass(frozen=True, slots=True)
class Chart:
    """Lines over 1 to 20 moments, which have different names. All `series` are as long as `moments`.

    `days` are the days of the moments where each has one of its own, else empty. `whole` is how many moments there were
    before some were left out. Figures are written with `places` decimals behind `mark`, and `group` between thousands.
    """

    title: str
    unit: str
    moments: tuple[str, ...]
    series: tuple[Series, ...]
    levels: tuple[Level, ...] = ()
    days: tuple[date, ...] = ()
    whole: int = 0
    places: int = 0
    mark: str = "."
    group: str = ","

    def figure(self, value: Decimal | None) -> str:
        """A value as it is read; `-` for none."""
        if value is None:
            return "-"
        signs = {",": self.group, ".": self.mark}
        return "".join(signs.get(sign, sign) for sign in f"{value:,.{self.places}f}")

    def written(self) -> tuple[Table | Note, ...]:
        """The same in words, for where nothing can be drawn. `levels` are left to the text beside the chart."""
        shown = spread(len(self.moments), ROWS)
        rows = tuple(
            (self.moments[at], *(self.figure(one.values[at]) for one in self.series)) for at in shown
        )
        heads = tuple(one.name.upper() for one in self.series)
        table = Table(("WHEN", *heads), rows, frozenset(range(1, len(heads) + 1)))
        note = self.left_out(len(shown))
        return (table, Note((note,))) if note else (table,)

    def left_out(self, shown: int) -> str:
        """What is said where `shown` moments are fewer than there were; else empty."""
        whole = max(self.whole, len(self.moments))
        return "" if shown >= whole else f"{shown} of {whole} moments shown, first and last among them"


ROWS = 7  # of a chart in words, so that its answer fits a screen


def spread(count: int, most: int) -> tuple[int, ...]:
    """Which of `count` things to show where `most` (at least 2) fit: the first, the last, and evenly between them."""
    if count <= most:
        return tuple(range(count))
    return tuple((at * (count - 1) + (most - 1) // 2) // (most - 1) for at in range(most))


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


Part = Heading | Text | Warn | Note | Facts | Table | Chart | Choices


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

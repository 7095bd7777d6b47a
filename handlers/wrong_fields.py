"""What is wrong with the fields of a form: each one said at its own field, all of them at once."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from handlers.errors import Expected, Misread, Unknown

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from handlers.turn import Field


class WrongFields(Misread):
    """Fields that cannot be read, or contradict each other. `fields` are (key, label, what is wrong)."""

    def __init__(self, fields: Sequence[tuple[str, str, Expected]]) -> None:
        first = fields[0][2]
        alone = len(fields) == 1
        said = _named(fields[0][1], first.wrong, first.understood)
        super().__init__(
            said if alone else "\n".join(f"{label}: {_line(error)}" for _, label, error in fields),
            understood=first.understood if alone else "",
            example=first.example if alone else "",
        )
        each = ((key, f"{label}: {_line(error)}") for key, label, error in fields)
        self.fields = ((fields[0][0], "\n".join(self.lines)),) if alone else tuple(each)

    @property
    def lines(self) -> list[str]:
        """What is wrong, a line for each field where there are several."""
        return [part for line in super().lines for part in line.split("\n")]


class FieldChecks:
    """Reads the fields of a form one by one, and raises for all of them together."""

    def __init__(self, fields: Sequence[Field]) -> None:
        self._labels = {field.key: field.label for field in fields}
        self._wrong: list[tuple[str, str, Expected]] = []

    @contextmanager
    def at(self, key: str) -> Iterator[None]:
        """Inside, a field is read."""
        try:
            yield
        except WrongFields:
            raise
        except (Misread, Unknown) as error:
            self.wrong(key, error)

    def wrong(self, key: str, error: Expected) -> None:
        """Say what is wrong with a field; the first that is said of one counts."""
        if key not in {known for known, _, _ in self._wrong}:
            self._wrong.append((key, self._labels.get(key, key).rstrip("?"), error))

    def end(self) -> None:
        """Raises WrongFields where there is anything wrong."""
        if self._wrong:
            raise WrongFields(self._wrong)

    @contextmanager
    def all_at(self, key: str) -> Iterator[None]:
        """Inside, a field is read after which nothing else can be: what is wrong is raised at the end of it."""
        with self.at(key):
            yield
        self.end()


def _named(label: str, wrong: str, understood: str) -> str:
    """What is wrong, with the field it is about, unless that is said already."""
    return wrong if label.casefold() in f"{wrong} {understood}".casefold() else f"{label}: {wrong}"


def _line(error: Expected) -> str:
    lines = [error.understood, error.wrong, f"For example: {error.example}" if error.example else ""]
    return " ".join(filter(None, lines))

"""A name in what is to be written that is nearly one that is there: which of the two was meant has to be asked."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from collections.abc import Sequence

_MOST = 4
_HEAD = re.compile(r"^.*?\bplan:\d+", re.DOTALL)


class NearName(Misread):
    """`typed` names nothing that is there, and is nearly `known`. Inside quotes a name is taken letter by letter, so the
    buttons say the same words again with one of the names in quotes.

    `adds` is the label of the button that keeps the name as it was typed; empty where only what is there can be named.
    """

    def __init__(self, typed: str, known: Sequence[str], *, adds: str = "") -> None:
        self.typed = typed.strip()
        self.known = tuple(known)[:_MOST]
        self.adds = adds
        example = f'"{self.typed}" (in quotes it is a name of its own)' if adds else self.known[0]
        there = "is" if len(self.known) == 1 else "are"
        super().__init__(
            f"There {there} {', '.join(self.known)}, which {there} not the same. Which do you mean? Nothing was changed.",
            understood=f"I read {excerpt(self.typed)}.",
            example=example,
        )

    def options(self, text: str) -> list[tuple[str, str]]:
        """Buttons: a label, and `text` with the name that it stands for."""
        change = "Change " if self.adds else ""
        named = [(f"{change}{name}", self.instead(text, name)) for name in self.known]
        return [*named, (f"{self.adds} {self.typed}", self.instead(text, self.typed))] if self.adds else named

    def instead(self, text: str, name: str) -> str:
        """`text` with `name`, in quotes, where the name was typed: single ones where it fills a cell of a table, since the
        quotes of a cell are those of the table."""
        head = _HEAD.match(text)
        start = head.end() if head else 0
        words = r"\s+".join(map(re.escape, self.typed.split()))
        found = re.search(rf'(?<![\w"]){words}(?![\w"])', text[start:], re.IGNORECASE)
        if found is None:
            return text
        before, after = text[: start + found.start()], text[start + found.end() :]
        quote = "'" if re.match(r"\s*[\t|,]", after) else '"'
        return f"{before}{quote}{name}{quote}{after}"


class FigureOfName(NearName):
    """`ISO 9001 must`, without a colon: whether the figure belongs to the name or is a value of the term."""

    def __init__(self, name: str, figure: str, rest: str) -> None:
        self.name, self.figure = name, figure
        self.kept, self.rest = rest.strip(" ,"), rest.strip(" ,") or "must"
        Misread.__init__(
            self,
            f"Does {figure} belong to the name, or is it the stop? A colon tells. Nothing was changed.",
            understood=f"I read {excerpt(' '.join((name, figure, rest)))}.",
            example=self.as_name,
        )

    @property
    def as_name(self) -> str:
        """The term as it is typed where the figure is part of its name."""
        return f"{self.name} {self.figure}: {self.rest}"

    @property
    def as_value(self) -> str:
        """The term as it is typed where the figure is its stop."""
        return f"{self.name}: stop {self.figure}{f', {self.kept}' if self.kept else ''}"

    def options(self, text: str) -> list[tuple[str, str]]:
        """Buttons: the line as it would have been without a doubt."""
        said = re.compile(
            rf"(?<![\w\"]){re.escape(self.name)}\s+{re.escape(self.figure)}(?!\w)[\s,]*{re.escape(self.kept)}",
            re.IGNORECASE,
        )
        head = _HEAD.match(text)
        start = head.end() if head else 0
        found = said.search(text, start)
        if found is None:
            return []
        before, after = text[: found.start()], text[found.end() :]
        return [(line, f"{before}{line}{after}") for line in (self.as_name, self.as_value)]

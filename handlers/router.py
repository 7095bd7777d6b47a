"""From words to a command. Case, plurals and small slips are forgiven; a slip in something that changes data is asked about."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Route
from handlers.errors import Ambiguous, Unknown
from handlers.questions import as_command

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Command

_WORD = re.compile(r"[^\s:,]+")
_HUB = "hub"
_NEAR = 80
_MOST = 60


class Router:
    """The commands, by every word that names them. The one named `hub` answers who says nothing."""

    def __init__(self, by_name: Mapping[str, Command]) -> None:
        self.by_name = by_name
        self._most_words = max(name.count(" ") + 1 for name in by_name)

    def exact(self, text: str) -> tuple[Command, str] | None:
        """The command whose name stands at the beginning, the longest name first, and the words after it."""
        text = text.strip().removeprefix("/prep").strip()
        if not text:
            return self.by_name[_HUB], ""
        ends = [found.end() for found in _WORD.finditer(text)][: self._most_words]
        for end in reversed(ends):
            command = self.by_name.get(" ".join(text[:end].lower().split()))
            if command is not None:
                return command, text[end:].lstrip(" :,").strip()
        return None

    def find(self, text: str) -> Route:
        """The command that is meant. Raises Unknown or Ambiguous."""
        found = self.exact(text) or self.question(text)
        if found is None:
            found = self._near(text)
        return Route(found[0], found[1])

    def question(self, text: str) -> tuple[Command, str] | None:
        """The command that an ordinary question comes to, and the words after it."""
        words = as_command(text)
        return self.exact(words) if words else None

    def _near(self, text: str) -> tuple[Command, str]:
        from rapidfuzz import fuzz, process  # few lines hold a slip

        first = _WORD.search(text)
        word = first.group().lower() if first else ""
        names = process.extract(
            word[:_MOST], list(self.by_name), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=3
        )
        if first is None or not names:
            raise Unknown(_what_was_said(text), example="batna acme (or `help` for all that I know)")
        commands = {self.by_name[name].name: self.by_name[name] for name, _, _ in names}
        rest = text[first.end() :].lstrip(" :,").strip()
        if len(commands) == 1 and next(iter(commands.values())).only_reads(rest):
            return next(iter(commands.values())), rest
        raise Ambiguous(
            f"I know no `{first.group()[:_MOST]}`. Did you mean this? Nothing was changed.",
            [(name, f"{name} {rest}".strip()) for name in commands],
        )


def submitted(router: Router, words: str, values: Mapping[str, str]) -> Route:
    """The command of a form that was sent."""
    route = router.find(words)
    return Route(route.command, route.rest, values=values)


def _what_was_said(text: str) -> str:
    said = " ".join(text.split())
    said = said if len(said) <= _MOST else said[: _MOST - 1] + "…"
    return f"I do not know what to do with “{said}”. Nothing was changed."

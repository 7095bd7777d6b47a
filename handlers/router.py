"""From words to a command. Case, plurals and small slips are forgiven; a slip in something that changes data is asked about."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.beginning import as_beginner
from handlers.command import Route
from handlers.errors import Ambiguous, Unknown
from handlers.questions import as_command
from handlers.reading.plain import shortened
from handlers.word_order import name_first, turned_round

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Command

_WORD = re.compile(r"[^\s:,]+")
_COURTESY = re.compile(r"(?:(?:hey|hi|hello|please|prep|ok|okay|now)[,:!]?\s+)+(?=\S)", re.IGNORECASE)
_HUB = "hub"
_NEAR = 80
_AS_NEAR = 3  # `ofer` is `offer` and not `offers`
_MOST = 60
_ASKING = frozenset(
    {"how", "what", "when", "where", "who", "why", "which", "can", "could", "should"}
)  # no slips


class Router:
    """The commands, by every word that names them. The one named `hub` answers who says nothing."""

    def __init__(self, by_name: Mapping[str, Command]) -> None:
        self.by_name = by_name
        self._most_words = max(name.count(" ") + 1 for name in by_name)
        self._kept = lru_cache(64)(self._exact)  # a turn asks several times on its way

    def exact(self, text: str) -> tuple[Command, str] | None:
        """The command whose name stands at the beginning, the longest name first, and the words after it."""
        return self._kept(text)

    def _exact(self, text: str) -> tuple[Command, str] | None:
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
        text = turned_round(text) or text
        found = (
            self._asked(as_beginner(text))
            or self.exact(text)
            or self.question(text)
            or self._name_first(text)
        )
        if found is None and (lead := _COURTESY.match(text)):
            found = self.exact(text[lead.end() :])
        if found is None:
            found = self._near(text)
        return Route(found[0], found[1])

    def question(self, text: str) -> tuple[Command, str] | None:
        """The command that an ordinary question comes to, and the words after it. A question changes nothing."""
        return self._asked(as_command(text))

    def _name_first(self, text: str) -> tuple[Command, str] | None:
        """`acme batna`, unless the first word may be a mistyped command."""
        words = name_first(text)
        return self._asked(words) if words and not self.slip(text)[0] else None

    def _asked(self, words: str | None) -> tuple[Command, str] | None:
        found = self.exact(words) if words else None
        return found if found and (found[0].only_reads(found[1]) or found[0].navigates) else None

    def slip(self, text: str) -> tuple[list[str], str]:
        """The names of commands that the first word may be mistyped for, the nearest alone, and the words after it."""
        from rapidfuzz import process  # few lines hold a slip

        first = _WORD.search(text)
        if first is None:
            return [], ""
        word = first.group().lower()[:_MOST]
        if word in _ASKING:
            return [], ""
        found = process.extract(word, list(self.by_name), scorer=_alike, score_cutoff=_NEAR, limit=3)
        nearest = [name for name, score, _ in found if score > found[0][1] - _AS_NEAR]
        names = list(dict.fromkeys(self.by_name[name].name for name in nearest))
        return names, text[first.end() :].lstrip(" :,").strip()

    def _near(self, text: str) -> tuple[Command, str]:
        names, rest = self.slip(text)
        if not names:
            raise Unknown(
                _what_was_said(text), example="new Acme: housings, or batna acme (“help” lists all)"
            )
        if len(names) == 1 and self.by_name[names[0]].only_reads(rest):
            return self.by_name[names[0]], rest
        raise Ambiguous(
            f"I know no “{shortened(text.split()[0].strip(':,'), _MOST)}”. Did you mean this? Nothing was changed.",
            [(line, line) for line in (f"{name} {rest}".strip() for name in names)],
        )


def _alike(word: str, name: str, **_: object) -> float:
    """How alike two words are, of 100. One letter that is wrong or two that are swapped count as near."""
    from rapidfuzz import fuzz
    from rapidfuzz.distance import OSA

    one_slip = min(len(word), len(name)) > 3 and OSA.distance(word, name, score_cutoff=1) == 1
    return max(fuzz.ratio(word, name), float(_NEAR + _AS_NEAR if one_slip else 0))


def submitted(router: Router, words: str, values: Mapping[str, str]) -> Route:
    """The command of a form that was sent."""
    route = router.find(words)
    return Route(route.command, route.rest, values=values)


def _what_was_said(text: str) -> str:
    said = shortened(" ".join(text.split()), _MOST)
    return f"I do not know what to do with “{said}”. Nothing was changed."

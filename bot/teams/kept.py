"""Answers that could not be sent to who asked, kept for a while behind a button in the channel.

The button holds a random word and nothing of the answer. Whoever presses it is asked who they are: the answer is opened
for the one who asked, and shown in what answers the press, which Teams shows to the presser alone.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from bot.teams.card_actions import alone
from bot.teams.card_text import Element, block, run
from bot.teams.cards import bare, message_of
from bot.teams.connector import dict_in
from bot.teams.saying import GONE
from handlers.gate import Why

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.gate import Sealed

FOR = timedelta(minutes=30)
SHOW, MORE = "Show it to me alone", "More"
_MOST = 1_000
_KEY, _PAGE = "kept", "page"


@dataclass(frozen=True, slots=True)
class _Answer:
    tenant: str
    person: str
    sealed: Sealed
    since: datetime


@dataclass(frozen=True, slots=True)
class Asking:
    """What a button of a stub asks for."""

    token: str
    page: int = 0


class Kept:
    """For one process: after a start the answers are gone, and people are asked to ask again."""

    def __init__(self, clock: Callable[[], datetime]) -> None:
        self._clock = clock
        self._answers: dict[str, _Answer] = {}

    def keep(self, tenant: str, person: str, sealed: Sealed) -> str:
        """Keep an answer for a person; the word that it is found by."""
        if len(self._answers) >= _MOST:
            del self._answers[next(iter(self._answers))]
        token = secrets.token_urlsafe(16)
        self._answers[token] = _Answer(tenant, person, sealed, self._clock())
        return token

    def find(self, token: str, tenant: str, person: str) -> Sealed | str:
        """The answer, or the words that say why there is none."""
        answer = self._answers.get(token)
        if answer is None or self._clock() - answer.since >= FOR:
            self._answers.pop(token, None)
            return GONE
        return answer.sealed if (answer.tenant, answer.person) == (tenant, person) else Why.NOT_YOURS.value


def stub(text: str, token: str) -> dict[str, Any]:
    """What stands in the channel: fixed words and the button."""
    return message_of(bare([block(run(text)), _button(SHOW, {_KEY: token})], text), text)


def paged(cards: list[dict[str, Any]], asked: Asking) -> dict[str, Any]:
    """One card of the answer, with a button for the next one where there is one."""
    page = min(asked.page, len(cards) - 1)
    card = alone(cards[page])
    if page + 1 < len(cards):
        card["body"].append(_button(MORE, {_KEY: asked.token, _PAGE: page + 1}))
    return card


def asking(activity: dict[str, Any]) -> Asking | None:
    """What a press asks for, if it is one of a stub."""
    data = dict_in(activity, "value", "action", "data")
    token = data.get(_KEY)
    if not isinstance(token, str):
        return None
    page = data.get(_PAGE)
    return Asking(token, page if type(page) is int and page > 0 else 0)


def _button(title: str, data: dict[str, Any]) -> Element:
    """Nothing but an answer to the press may show it, so clients that know no such answer have no such button."""
    show = {"type": "Action.Execute", "title": title, "verb": "press", "data": data, "fallback": "drop"}
    return {"type": "ActionSet", "actions": [show], "spacing": "Small"}

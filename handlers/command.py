"""A command, and the turn in which it runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.turn import Via, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date, datetime

    from handlers.manners import Manners
    from handlers.prep.company import Scripts
    from handlers.settings.values import Settings
    from handlers.turn import Fetch, Found, Incoming, Reply
    from storage.tables import Conversation
    from storage.unit import Unit


_MARKS = frozenset(",.")


class NeedsFetch(Exception):  # no error: the turn is run again once the answer is there
    """The flow cannot go on without something from outside the process. Nothing it did is kept."""

    def __init__(self, ask: Fetch) -> None:
        super().__init__()
        self.ask = ask


@dataclass(slots=True)
class Turn:
    """What a flow works with. `rest` are the words after the command, `values` the fields of a form that was sent, `scripts`
    the questions of a preparation as the company asks them.

    A flow sets `focus` to the id of the plan it was about, so that the next words can leave it out. `plan_named`: the words
    said which plan, rather than leaving it out.
    """

    incoming: Incoming
    unit: Unit
    settings: Settings
    scripts: Scripts
    rest: str = ""
    values: Mapping[str, str] | None = None
    focus: int | None = None
    plan_named: bool = False
    command_name: str = ""

    @property
    def now(self) -> datetime:
        """The moment of the turn, aware and UTC."""
        return self.incoming.now

    @property
    def today(self) -> date:
        """The day it is where the member is."""
        return self.incoming.now.astimezone(self.manners.tz).date()

    @property
    def manners(self) -> Manners:
        """How the member reads and writes figures; what was typed may show how its own are meant."""
        act, manners = self.incoming.act, self.settings.manners
        if not isinstance(act, Words) or _MARKS.isdisjoint(act.text):
            return manners
        from handlers.reading.numbers import by_its_own_figures  # few lines hold such figures

        return by_its_own_figures(act.text, manners)

    @property
    def is_direct(self) -> bool:
        """Whether the member talks to Prep alone."""
        return self.incoming.place.direct

    @property
    def place(self) -> str:
        """The key of the thread or place, for what was named last."""
        here = self.incoming
        return f"{here.place.id}/{here.thread}" if here.thread else here.place.id

    def fetch(self, ask: Fetch) -> Found:
        """What the platform says. The first time the turn stops here, and is run again when the answer is known."""
        if ask not in self.incoming.fetched:
            raise NeedsFetch(ask)
        return self.incoming.fetched[ask]


@dataclass(frozen=True, slots=True)
class Typed:
    """A line typed while a question is open: the word by which a command is called, and the words after it (never none).

    `is_plan` tells whether words name one of the member's plans, `is_contract` whether they name a contract that the member
    sees, `scripts` which questions there are.
    """

    name: str
    rest: str
    is_plan: Callable[[str], bool]
    is_contract: Callable[[str], bool]
    scripts: Scripts


@dataclass(frozen=True, slots=True)
class Command:
    """Words that start a flow.

    `reads`: changes nothing, so it may run without a lock. `figures`: its words carry confidential figures, so they
    belong into a private place. Both may depend on the words after the command (`batna` asks, `batna acme add ...`
    tells). `whole`: while a question is open, whether these words after the command make the line a command rather
    than an answer (None: only if nothing or exactly a plan's name follows); `fits` tells the same where it takes more
    than these words to tell. `fixed`: what it answers follows from its
    words and the platform alone, so it is the same for everybody at any time, and is kept.
    """

    name: str
    flow: Callable[[Turn], Reply]
    also: tuple[str, ...] = ()
    reads: bool | Callable[[str], bool] = False
    figures: bool | Callable[[str], bool] = False
    navigates: bool = False
    whole: Callable[[str], bool] | None = None
    fits: Callable[[Typed], bool] | None = None
    fixed: bool = False

    @property
    def names(self) -> tuple[str, ...]:
        """All the words by which the command is called."""
        return (self.name, *self.also)

    def only_reads(self, rest: str) -> bool:
        """Whether it changes nothing with these words after it."""
        return self.reads(rest) if callable(self.reads) else self.reads

    def has_figures(self, rest: str) -> bool:
        """Whether these words after it carry confidential figures."""
        return self.figures(rest) if callable(self.figures) else self.figures


@dataclass(frozen=True, slots=True)
class Route:
    """What a line of words comes to: a command with the words after it, or an answer to an open conversation."""

    command: Command | None = None
    rest: str = ""
    values: Mapping[str, str] | None = None
    conversation: Conversation | None = None

    @property
    def only_reads(self) -> bool:
        """Whether it is a command that changes nothing. A form that was sent may always change something."""
        return self.command is not None and self.values is None and self.command.only_reads(self.rest)


def is_public(incoming: Incoming) -> bool:
    """Whether others could read the words as they were typed."""
    return incoming.via is Via.MENTION and not incoming.place.direct

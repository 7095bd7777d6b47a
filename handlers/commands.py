"""What Prep understands: by which words each feature is called, and where it stands.

A feature is imported when one of its words is said for the first time: a chat that is asked for one thing
should not wait for all others. A server calls `all_commands` at its start, so that no turn waits there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.help.later import LATER

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from handlers.command import Command


def _later() -> Sequence[Command]:
    from handlers.help.flow import LATER_COMMANDS

    return LATER_COMMANDS


def _hub() -> Sequence[Command]:
    from handlers.hub.flow import COMMANDS

    return COMMANDS


def _prep() -> Sequence[Command]:
    from handlers.prep.flow import COMMANDS

    return COMMANDS


def _batna() -> Sequence[Command]:
    from handlers.batna.flow import COMMANDS

    return COMMANDS


def _mandates() -> Sequence[Command]:
    from handlers.mandates.flow import COMMANDS

    return COMMANDS


def _terms() -> Sequence[Command]:
    from handlers.terms.flow import COMMANDS

    return COMMANDS


def _offers() -> Sequence[Command]:
    from handlers.offers.flow import COMMANDS

    return COMMANDS


def _concessions() -> Sequence[Command]:
    from handlers.concessions.flow import COMMANDS
    from handlers.concessions.noting import COMMANDS as NOTING

    return (*COMMANDS, *NOTING)


def _charting() -> Sequence[Command]:
    from handlers.concessions.charting import COMMANDS

    return COMMANDS


def _lists() -> Sequence[Command]:
    from handlers.lists.flow import COMMANDS

    return COMMANDS


def _ready() -> Sequence[Command]:
    from handlers.ready.flow import COMMANDS

    return COMMANDS


def _sharing() -> Sequence[Command]:
    from handlers.sharing.flow import COMMANDS

    return COMMANDS


def _settings() -> Sequence[Command]:
    from handlers.settings.flow import COMMANDS

    return COMMANDS


def _contracts() -> Sequence[Command]:
    from handlers.contracts.flow import COMMANDS

    return COMMANDS


def _checkins() -> Sequence[Command]:
    from handlers.checkins.flow import COMMANDS

    return COMMANDS


def _reminders() -> Sequence[Command]:
    from handlers.reminders.flow import COMMANDS

    return COMMANDS


def _find() -> Sequence[Command]:
    from handlers.find.flow import COMMANDS

    return COMMANDS


def _keeping() -> Sequence[Command]:
    from handlers.keeping.flow import COMMANDS

    return COMMANDS


def _help() -> Sequence[Command]:
    from handlers.help.flow import COMMANDS

    return COMMANDS


@dataclass(frozen=True, slots=True)
class Feature:
    """`words` are all the names of the commands that `load` gives; a test holds both together."""

    load: Callable[[], Sequence[Command]]
    words: tuple[str, ...]


# What is not built yet comes first: where two are called alike, the later one counts.
FEATURES = (
    Feature(_later, LATER),
    Feature(_hub, ("hub", "home", "start")),
    Feature(_prep, (
        "new", "new plan", "resume", "continue", "back", "skip", "later", "stop", "gap", "example", "answer", "keep", "take",
        "set", "edit", "change", "answers", "own", "show", "brief",
    )),
    Feature(_batna, ("batna", "alternatives")),
    Feature(_mandates, ("mandate", "mandates")),
    Feature(_terms, ("terms", "term")),
    Feature(_offers, ("offer", "offers")),
    Feature(_concessions, (
        "give", "gave", "we gave", "got", "they gave", "log", "log this", "concessions", "correct", "undo",
    )),
    Feature(_charting, ("chart", "graph")),
    Feature(_lists, (
        "questions", "question", "ask", "objections", "objection", "stakeholders", "stakeholder",
        "open", "open points", "open point",
    )),
    Feature(_ready, ("ready", "readiness")),
    Feature(_sharing, (
        "readers", "access", "share", "unshare", "un-share", "owner", "hand over", "handover", "channel", "link",
        "post", "publish",
    )),
    Feature(_settings, ("settings", "setting", "setup", "set up")),
    Feature(_contracts, ("contract", "contracts", "agreement", "renewals", "renewal", "deadlines")),
    Feature(_checkins, ("checkin", "check-in", "checkins", "check-ins")),
    Feature(_reminders, ("remind", "reminder", "reminders")),
    Feature(_find, ("find", "search")),
    Feature(_keeping, ("dates", "plans", "my plans", "all plans", "rename", "archive", "unarchive", "restore")),
    Feature(_help, ("help", "?")),
)  # fmt: skip


class Commands(Mapping[str, "Command"]):
    """Every command by every word for it; a feature is imported when one of its words is looked up."""

    def __init__(self) -> None:
        self._features = {word: feature for feature in FEATURES for word in feature.words}
        self._loaded: dict[str, Command] = {}

    def __getitem__(self, word: str) -> Command:
        if word not in self._loaded:
            feature = self._features[word]
            of_feature = {name: command for command in feature.load() for name in command.names}
            self._loaded.update(
                {name: of_feature[name] for name in feature.words if self._features[name] is feature}
            )
        return self._loaded[word]

    def __iter__(self) -> Iterator[str]:
        return iter(self._features)

    def __len__(self) -> int:
        return len(self._features)


def all_commands() -> tuple[Command, ...]:
    """All commands, by feature, imported."""
    return tuple(command for feature in FEATURES for command in feature.load())

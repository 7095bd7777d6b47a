"""A turn: one thing that a person did, one transaction, one sealed answer."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import told
from handlers.gate import Outcome, Why, is_inside, seal
from handlers.prep.company import Scripts
from handlers.reading.plain import plain
from handlers.run import Run, settings_of
from handlers.turn import Mark, Reply, Submission, Words
from handlers.understanding import forced
from storage.handled import first_time, first_time_in, forget_in, note_in, was_handled
from storage.people import Seats, find_seat, take_seat
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from handlers.command import Command, Turn
    from handlers.router import Router
    from handlers.turn import Incoming, Person, WorkspaceKey
    from storage.database import Database, Handle
    from storage.people import Seat
    from storage.tables import Conversation

_MOST_FIXED = 100


class Core:
    """Runs turns. Synchronous; the edge decides in which thread."""

    def __init__(
        self,
        database: Database,
        router: Router,
        answer: Callable[[Turn, Conversation, str], Reply],
        scripts: Scripts | None = None,
    ) -> None:
        self._database = database
        self.router = router
        self.answer = answer
        self.scripts = scripts or Scripts()
        self._seats = Seats()
        self._fixed: dict[tuple[str, str, str], Outcome] = {}  # of commands that say the same to everybody

    def reads(self, incoming: Incoming) -> bool:
        """Whether this is surely a turn that changes nothing. Looks at the words alone."""
        found = None if incoming.event else self._forced_words(incoming)
        return found is not None and found[0].only_reads(found[1])

    def _forced_words(self, incoming: Incoming) -> tuple[Command, str] | None:
        """The command and the words after it, where they are one whatever question is open."""
        if isinstance(incoming.act, Submission) or not forced(incoming):
            return None
        text = incoming.act.text if isinstance(incoming.act, Words) else incoming.act.words
        return self.router.exact(plain(text))

    def take(self, incoming: Incoming) -> Outcome:
        """Run one turn. Expected errors become answers; anything else is raised, and nothing is kept."""
        if not is_inside(incoming.speaker, ()):
            return _refused(incoming)
        # what may be sent again is remembered, so it always writes
        outcome = None if incoming.event else self._read_or_kept(incoming)
        return outcome or self._write(incoming)

    def at_once(self, incoming: Incoming) -> Outcome | None:
        """The outcome of a turn that only reads, quickly and without a lock; None where it has to be taken.

        That an event was handled is not remembered: that is left to whoever answers it.
        """
        if not self._may_read(incoming):
            return None
        if not is_inside(incoming.speaker, ()):
            return _refused(incoming)
        outcome = self._read_or_kept(incoming)
        return replace(outcome, unnoted=True) if outcome is not None and incoming.event else outcome

    def _may_read(self, incoming: Incoming) -> bool:
        """Whether the words are a command or a question that changes nothing, unless they answer an open question."""
        if isinstance(incoming.act, Submission):
            return False
        text = plain(incoming.act.text if isinstance(incoming.act, Words) else incoming.act.words)
        found = self.router.exact(text) or self.router.question(text)
        return found is not None and found[0].only_reads(found[1])

    def _read_or_kept(self, incoming: Incoming) -> Outcome | None:
        words = self._fixed_words(incoming)
        kept = self._fixed.get(words) if words else None
        if kept is not None and self._is_member(incoming):
            return kept
        outcome = self._read(incoming)
        if words and outcome is not None and not outcome.refused and outcome.answer.steps.open:
            self._keep(words, outcome)
        return outcome

    def _read(self, incoming: Incoming) -> Outcome | None:
        """Run a turn that changes nothing; None where it may not be one."""
        with self._database.reading() as handle:
            here, event = incoming.workspace, incoming.event
            key = (here.platform, here.id, incoming.speaker.id)
            seat = self._seats.find(handle.connection, key, incoming.now)
            if seat is None:
                return None
            if event and was_handled(handle.connection, seat.workspace_id, event):
                return repeated(incoming)
            return Run(self, handle, seat, incoming).answer(only_reading=True)

    def _fixed_words(self, incoming: Incoming) -> tuple[str, str, str] | None:
        """The platform, the command and the words after it, where the answer follows from these alone."""
        found = self._forced_words(incoming)
        if found is None or not found[0].fixed:
            return None
        return incoming.workspace.platform, found[0].name, found[1].casefold()

    def _is_member(self, incoming: Incoming) -> bool:
        """Whether the speaker is known as an inside member without a look into the database."""
        here, speaker = incoming.workspace, incoming.speaker
        seat = self._seats.met((here.platform, here.id, speaker.id), incoming.now)
        return seat is not None and is_inside(speaker, settings_of(seat, speaker).outside)

    def _keep(self, words: tuple[str, str, str], outcome: Outcome) -> None:
        if len(self._fixed) >= _MOST_FIXED:
            self._fixed.clear()
        self._fixed[words] = outcome

    def _write(self, incoming: Incoming) -> Outcome:
        here, speaker = incoming.workspace, incoming.speaker
        with self._database.writing() as handle:
            seat = take_seat(
                handle.connection, here.platform, here.id, speaker.id, speaker.name, incoming.now
            )
            if incoming.event and not first_time(
                handle.connection, seat.workspace_id, incoming.event, incoming.now
            ):
                return repeated(incoming)
            outcome = self._attempt(handle, seat, incoming)
        self._seats.forget(here.platform, here.id)
        return outcome

    def _attempt(self, handle: Handle, seat: Seat, incoming: Incoming) -> Outcome:
        """Run a turn that may write. What fails keeps nothing but that an answered event was handled."""
        point = handle.session.begin_nested() if incoming.event else None
        run = Run(self, handle, seat, incoming)
        outcome = run.answer(only_reading=False)
        assert outcome is not None  # only a reading run may decline
        if run.failed and outcome.refused and point is not None:
            point.rollback()
        elif run.failed:
            handle.rollback()
        return outcome

    def meet(self, workspace: WorkspaceKey, person: Person, now: datetime) -> bool:
        """Whether an inside member is seen for the first time; from then on they are known."""
        if not is_inside(person, ()):
            return False
        here = (workspace.platform, workspace.id, person.id)
        with self._database.reading() as handle:
            if find_seat(handle.connection, *here) is not None:
                return False
        with self._database.writing() as handle:
            if find_seat(handle.connection, *here) is not None:
                return False
            take_seat(handle.connection, *here, person.name, now)
        return True

    def once(self, workspace: WorkspaceKey, event: str, now: datetime) -> bool:
        """Whether an event that is no turn arrives for the first time; it is remembered."""
        with self._database.writing() as handle:
            return first_time_in(handle.connection, workspace.platform, workspace.id, event, now)

    def forget(self, workspace: WorkspaceKey, event: str, now: datetime) -> None:
        """Let what `once` remembered be new again."""
        with self._database.writing() as handle:
            forget_in(handle.connection, workspace.platform, workspace.id, event, now)

    def note_events(self, answered: Sequence[Incoming]) -> None:
        """Remember that these events were handled. Called after the answers have gone out."""
        by_home: dict[WorkspaceKey, list[Incoming]] = {}
        for incoming in answered:
            by_home.setdefault(incoming.workspace, []).append(incoming)
        with self._database.writing() as handle:
            for here, heard in by_home.items():
                events = [incoming.event for incoming in heard]
                note_in(handle.connection, here.platform, here.id, events, heard[-1].now)

    def note_focus(self, incoming: Incoming, place: str, plan_id: int) -> None:
        """Remember which plan was named last. Called after the answer has gone out."""
        here = incoming.workspace
        with self._database.writing() as handle:
            seat = find_seat(handle.connection, here.platform, here.id, incoming.speaker.id)
            if seat is not None:
                unit = Unit(handle, seat, incoming.now)
                if unit.plans.head(plan_id) is not None:
                    unit.conversations.focus(place, plan_id)


def _refused(incoming: Incoming) -> Outcome:
    """For guests and other companies' people: nothing is looked up for them."""
    return Outcome(seal(told.outsider(Why.OUTSIDER.value), Mark.OPEN, (), incoming.speaker.id))


def repeated(incoming: Incoming) -> Outcome:
    """The outcome of what was handled before: nothing."""
    return Outcome(seal(Reply(), Mark.OPEN, (), incoming.speaker.id), repeated=True)

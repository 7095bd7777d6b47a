"""A turn: one thing that a person did, one transaction, one sealed answer."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from handlers import told
from handlers.command import NeedsFetch, Route, Turn, Typed, is_public
from handlers.errors import Ambiguous, Expected, Refused
from handlers.gate import Outcome, Why, barred_for, for_every_supplier, is_inside, is_inside_channel, seal
from handlers.prep.company import Scripts
from handlers.reading.names import match, normal
from handlers.reading.plain import plain
from handlers.reminders.talks import owe_changed_talks
from handlers.router import Router, submitted
from handlers.sealing import Sealing
from handlers.settings.changes import ask_where_settings_changed
from handlers.settings.values import read_settings
from handlers.turn import AskChannel, Channel, Mark, Press, Reply, Submission, Via, Words
from storage.changes import note_changes
from storage.handled import first_time, first_time_in, was_handled
from storage.people import Seats, find_seat, take_seat
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from handlers.command import Command
    from handlers.settings.values import Settings
    from handlers.turn import Incoming, Person, WorkspaceKey
    from storage.database import Database, Handle
    from storage.people import Seat
    from storage.tables import Conversation

_LONGEST_NAME = 80
_SHORTEST_SLIP = 3
_MOST_FIXED = 100
_MORE = re.compile(r"(?:^|\s+)(?:all|page \d{1,4})\s*$", re.IGNORECASE)


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
        self._fixed: dict[tuple[str, str], Outcome] = {}  # of commands that say the same to everybody

    def reads(self, incoming: Incoming) -> bool:
        """Whether this is surely a turn that changes nothing. Looks at the words alone."""
        found = None if incoming.event else self._forced_words(incoming)
        return found is not None and found[0].only_reads(found[1])

    def _forced_words(self, incoming: Incoming) -> tuple[Command, str] | None:
        """The command and the words after it, where they are one whatever question is open."""
        if isinstance(incoming.act, Submission) or not _forced(incoming):
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
            return _Run(self, handle, seat, incoming).answer(only_reading=True)

    def _fixed_words(self, incoming: Incoming) -> tuple[str, str] | None:
        """The command and the words after it, where the answer follows from these alone."""
        found = self._forced_words(incoming)
        return (found[0].name, found[1].casefold()) if found is not None and found[0].fixed else None

    def _is_member(self, incoming: Incoming) -> bool:
        """Whether the speaker is known as an inside member without a look into the database."""
        here, speaker = incoming.workspace, incoming.speaker
        seat = self._seats.met((here.platform, here.id, speaker.id), incoming.now)
        return seat is not None and is_inside(speaker, _settings(seat, speaker).outside)

    def _keep(self, words: tuple[str, str], outcome: Outcome) -> None:
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
        run = _Run(self, handle, seat, incoming)
        outcome = run.answer(only_reading=False)
        assert outcome is not None  # only a reading run may decline
        if run.failed and outcome.refused and point is not None:
            point.rollback()
        elif run.failed:
            handle.rollback()
        return outcome

    def once(self, workspace: WorkspaceKey, event: str, now: datetime) -> bool:
        """Whether an event that is no turn arrives for the first time; it is remembered."""
        with self._database.writing() as handle:
            return first_time_in(handle.connection, workspace.platform, workspace.id, event, now)

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


def _forced(incoming: Incoming) -> bool:
    """Whether the words are a command whatever question is open."""
    return not incoming.place.direct or incoming.via in {Via.SLASH, Via.BUTTON}


def _offers(conversation: Conversation, text: str) -> bool:
    """Whether a line is one of the answers that the open question offers, though a command may be called the same."""
    return " ".join(text.split()).casefold() in conversation.state.get("choices", ())


def _settings(seat: Seat, speaker: Person) -> Settings:
    """The settings of a seat, for a speaker of whom the platform says so much; read once a seat."""
    key = (speaker.zone, speaker.locale)
    if key not in seat.worked_out:
        seat.worked_out[key] = read_settings(
            seat.workspace_settings, seat.member_settings, zone=speaker.zone, locale=speaker.locale
        )
    settings: Settings = seat.worked_out[key]
    return settings


class _Run:
    """One attempt at a turn, in one transaction."""

    def __init__(self, core: Core, handle: Handle, seat: Seat, incoming: Incoming) -> None:
        self._core = core
        self._router = core.router
        self._incoming = incoming
        speaker = incoming.speaker
        self._seat = seat
        settings = _settings(seat, speaker)
        self.outside = settings.outside
        self.unit = Unit(handle, seat, incoming.now, barred_for(speaker, self.outside))
        self._sealing = Sealing(self.unit, self.outside, speaker.id)
        self.turn = Turn(incoming, self.unit, settings, core.scripts)
        self.failed = False
        self._exposed = False

    def answer(self, *, only_reading: bool) -> Outcome | None:
        """The outcome; None where the turn has to write and may not."""
        try:
            if not is_inside(self._incoming.speaker, self.outside):
                self.failed = True  # people from outside leave no trace
                return Outcome(self._sealing.answer(told.outsider(Why.OUTSIDER.value)))
            route = self._find()
            if only_reading and not route.only_reads:
                return None
            if not only_reading:
                self._note_zone()
            reply = self._run(route)
            owe_changed_talks(self.unit)
            ask_where_settings_changed(self.unit, self._seat)
            if self.unit.books:
                note_changes(self.unit)
            answer, sends = self._sealing.answer(reply), tuple(map(self._sealing.send, reply.sends))
            return Outcome(answer, sends, focus=self.turn.focus, place=self.turn.place)
        except NeedsFetch as needs:
            self.failed = True
            return Outcome(self._sealing.answer(Reply()), fetches=(needs.ask,))
        except Expected as error:
            self.failed = True
            reply = told.error(error, self._incoming)
            if self._exposed:
                reply = told.with_warning_of_figures(reply)
            return Outcome(self._sealing.answer(reply), refused=True)

    def _note_zone(self) -> None:
        """Keep where the member is, as the platform says: reminders come at the member's own nine o'clock."""
        seat, zone = self.unit.seat, self._incoming.speaker.zone
        if zone and seat.member_settings.get("seen_zone") != zone:
            self.unit.colleagues.set_own({**seat.member_settings, "seen_zone": zone})

    def _find(self) -> Route:
        """The route, found without leaving a mark: a name that the member typed is no content yet."""
        self._exposed = is_public(self._incoming) and told.may_hold_figures(self._incoming)
        route = self._route()
        self._exposed = False
        conversation = route.conversation
        self.unit.plan_was_read = conversation is not None and conversation.plan_id is not None
        return route

    def _route(self) -> Route:
        act = self._incoming.act
        if isinstance(act, Submission):
            return submitted(self._router, act.words, act.values)
        if isinstance(act, Press):
            return self._router.find(act.words)
        text = plain(act.text)
        if not _forced(self._incoming):
            conversation = self.unit.conversations.open_one()
            offered = conversation is not None and _offers(conversation, text)
            if conversation is not None and (offered or not self._is_whole_command(text)):
                if not offered:
                    self._ask_about_slip(text)
                return Route(rest=text, conversation=conversation)
        return self._by_words(text)

    def _by_words(self, text: str) -> Route:
        """A command; the bare name of one of the member's plans is shown."""
        if (
            self._router.exact(text) is None
            and len(text) < _LONGEST_NAME
            and self.unit.plans.named([normal(text)])
        ):
            return self._router.find(f"show {text}")
        return self._router.find(text)

    def _is_whole_command(self, text: str) -> bool:
        """Whether a line is a command although a question is open. What was pasted from a table is none."""
        if "\n" in text or "\t" in text:
            return False
        found = self._router.exact(text)
        if found is None:  # an ordinary question, if it names a plan: else it may as well be an answer
            asked = self._router.question(text)
            return asked is not None and bool(asked[1]) and self._is_plan(asked[1])
        command, rest = found
        if not text.strip():
            return False
        if not rest:
            return True
        if command.fits is not None and command.fits(self._typed(text, rest)):
            return True
        if command.navigates:
            return False
        if command.whole is not None and command.whole(rest):
            return True
        return self._is_plan(_MORE.sub("", rest))

    def _typed(self, text: str, rest: str) -> Typed:
        name = " ".join(text[: len(text.rstrip()) - len(rest)].casefold().split()).strip(" :,")
        return Typed(name, rest, lambda words: bool(words) and self._is_plan(words), self.turn.scripts)

    def _ask_about_slip(self, text: str) -> None:
        """A mistyped command is no answer to the open question. Raises Ambiguous, with the answer as one of the choices."""
        first, *_ = [*text.split(), ""]
        names, rest = self._router.slip(text) if len(first) > _SHORTEST_SLIP else ([], "")
        if rest and not (re.search(r"[\d:=@#]", rest) or self._is_plan(rest)):
            return  # a sentence
        meant = [f"{name} {rest}".strip() for name in names if self._is_whole_command(f"{name} {rest}")]
        if meant and len(text) < _LONGEST_NAME and self._router.exact(text) is None:
            options = [(words, words) for words in meant]
            raise Ambiguous(
                "Is that a command, or your answer?", [*options, ("It is my answer", f"answer {text}")]
            )

    def _is_plan(self, rest: str) -> bool:
        """Whether words after a command name a plan, or nothing is left of them; one mistyped letter is forgiven."""
        if not rest or len(rest) >= _LONGEST_NAME:
            return not rest
        return (
            bool(self.unit.plans.named([normal(rest)]))
            or match(rest, self.unit.plans.names()).one is not None
        )

    def _run(self, route: Route) -> Reply:
        turn = self.turn
        turn.rest, turn.values = route.rest, route.values
        if route.command is None:
            assert route.conversation is not None
            return self._core.answer(turn, route.conversation, route.rest)
        turn.command_name = route.command.name
        if route.command.has_figures(route.rest) and is_public(self._incoming):
            self._refuse_where_outsiders_read()
            self._exposed = True
            return told.with_advice_to_delete(route.command.flow(turn))
        reply = route.command.flow(turn)
        if route.only_reads or route.command.navigates:
            return reply
        from handlers.prep.going_on import with_next_question  # what only shows needs none of it

        return with_next_question(turn, reply)

    def _refuse_where_outsiders_read(self) -> None:
        """Words with figures, typed where everybody reads them, are not done where outsiders are among the readers."""
        here = self.turn.fetch(AskChannel(self._incoming.place.id))
        channel = here if isinstance(here, Channel) and here.id == self._incoming.place.id else None
        if not is_inside_channel(channel, for_every_supplier(self.outside)):
            raise Refused(told.DELETE_OUTSIDE, example="/prep ... or a direct message to me")

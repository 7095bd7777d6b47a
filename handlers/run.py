"""One attempt at a turn, in one transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from handlers import told
from handlers.command import NeedsFetch, Turn, is_public
from handlers.errors import Expected
from handlers.gate import Outcome, Why, barred_for, for_every_supplier, is_inside, why_not_in
from handlers.plan_choice import unsaid
from handlers.reminders.talks import owe_changed_talks
from handlers.sealing import Sealing
from handlers.settings.changes import ask_where_settings_changed
from handlers.settings.values import read_settings
from handlers.turn import AskChannel, Channel, Reply
from handlers.understanding import Understanding
from storage.changes import note_changes
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.command import Route
    from handlers.prep.company import Scripts
    from handlers.router import Router
    from handlers.settings.values import Settings
    from handlers.turn import Incoming, Person
    from storage.database import Handle
    from storage.people import Seat
    from storage.tables import Conversation


class Parts(Protocol):
    """What every turn of a process shares. `answer` takes the answer to an open question."""

    router: Router
    scripts: Scripts
    answer: Callable[[Turn, Conversation, str], Reply]


def settings_of(seat: Seat, speaker: Person) -> Settings:
    """The settings of a seat, for a speaker of whom the platform says so much; read once a seat."""
    key = (speaker.zone, speaker.locale)
    if key not in seat.worked_out:
        seat.worked_out[key] = read_settings(
            seat.workspace_settings, seat.member_settings, zone=speaker.zone, locale=speaker.locale
        )
    settings: Settings = seat.worked_out[key]
    return settings


class Run:
    """One attempt at a turn, in one transaction."""

    def __init__(self, parts: Parts, handle: Handle, seat: Seat, incoming: Incoming) -> None:
        self._parts = parts
        self._incoming = incoming
        speaker = incoming.speaker
        self._seat = seat
        settings = settings_of(seat, speaker)
        self.outside = settings.outside
        self.unit = Unit(handle, seat, incoming.now, barred_for(speaker, self.outside))
        self._sealing = Sealing(self.unit, self.outside, speaker.id)
        self.turn = Turn(incoming, self.unit, settings, parts.scripts)
        self._words = Understanding(parts.router, incoming, self.unit, parts.scripts)
        self.failed = False
        self._exposed = False
        self._answered = False  # an open question, rather than a command

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
            self._note_changes()
            answer, sends = self._sealing.answer(reply), tuple(map(self._sealing.send, reply.sends))
            return Outcome(
                answer,
                sends,
                focus=self.turn.focus,
                place=self.turn.place,
                command=self.turn.command_name or "guided",
            )
        except NeedsFetch as needs:
            self.failed = True
            return Outcome(self._sealing.answer(Reply()), fetches=(needs.ask,))
        except Expected as error:
            self.failed = True
            reply = told.error(error, self._incoming)
            if self._exposed:
                reply = told.with_warning_of_figures(reply, self._incoming)
            return Outcome(self._sealing.answer(reply), refused=True, command=self._what_ran())

    def _note_changes(self) -> None:
        """Keep what `undo` needs. Looking for the plan that goes without saying leaves no mark on the answer."""
        unit = self.unit
        if unit.books or unit.acts:
            outside = any(subject != "plan" for _, subject, _ in unit.acts)
            beside = unsaid(self.turn, unit.seen_by(self._seat)) if outside else None
            note_changes(unit, beside.id if beside else None)

    def _what_ran(self) -> str:
        return self.turn.command_name or ("guided" if self._answered else "unknown")

    def _note_zone(self) -> None:
        """Keep where the member is, as the platform says: reminders come at the member's own nine o'clock."""
        seat, zone = self.unit.seat, self._incoming.speaker.zone
        if zone and seat.member_settings.get("seen_zone") != zone:
            self.unit.colleagues.set_own({**seat.member_settings, "seen_zone": zone})

    def _find(self) -> Route:
        """The route, found without leaving a mark: a name that the member typed is no content yet."""
        self._exposed = is_public(self._incoming) and told.may_hold_figures(self._incoming)
        route = self._words.route()
        self._exposed = False
        conversation = route.conversation
        self.unit.plan_was_read = conversation is not None and conversation.plan_id is not None
        return route

    def _run(self, route: Route) -> Reply:
        turn = self.turn
        turn.rest, turn.values = route.rest, route.values
        if route.command is None:
            assert route.conversation is not None
            self._answered = True
            return self._parts.answer(turn, route.conversation, route.rest)
        turn.command_name = route.command.name
        if route.command.has_figures(route.rest) and is_public(self._incoming):
            self._refuse_where_outsiders_read()
            self._exposed = True
            return told.with_advice_to_delete(route.command.flow(turn), self._incoming)
        reply = route.command.flow(turn)
        if route.only_reads or route.command.navigates:
            return reply
        from handlers.prep.going_on import with_next_question  # what only shows needs none of it

        return with_next_question(turn, reply)

    def _refuse_where_outsiders_read(self) -> None:
        """Words with figures, typed where everybody reads them, are not done where outsiders are among the readers."""
        here = self.turn.fetch(AskChannel(self._incoming.place.id))
        channel = here if isinstance(here, Channel) and here.id == self._incoming.place.id else None
        if why_not_in(channel, for_every_supplier(self.outside)) is not None:
            raise told.refused_outside(self._incoming)

"""What people press and fill in: buttons, forms and shortcuts. All of it is words, run with the rights of who does it.

A button in a view has no place of its own. Its answer goes into the view, and what fits into none to the direct message.
"""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.references import readable, unnamed
from bot.slack import incoming
from bot.slack.field_errors import at_fields
from bot.slack.forms import answer_wrong, origin_of, values_of, view
from bot.slack.noting import last_words, note, noting
from handlers.reading.plain import plain

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.slack.directory import SlackDirectory
    from bot.slack.identity import Identity
    from bot.slack.incoming import Origin
    from bot.slack.tasks import Tasks
    from bot.slack.turns import Turns
    from handlers.gate import Outcome
    from handlers.turn import Incoming, Person

Payload = dict[str, Any]
NEW_PLAN = "new plan"
LOG_THIS = "log this"
TYPED = "You filled in:"
_IN_VIEW = {
    "new": NEW_PLAN
}  # what is asked by messages elsewhere, and by a form where no message can be answered
_MOST_TEXT = 1000


class Hands:
    """For one workspace."""

    def __init__(
        self,
        turns: Turns,
        directory: SlackDirectory,
        tasks: Tasks,
        clock: Callable[[], datetime],
        patience: float,
    ) -> None:
        self._turns, self._directory, self._tasks = turns, directory, tasks
        self._clock, self._patience = clock, patience

    # ---- buttons and shortcuts, which are acknowledged already ----

    async def pressed(self, body: Payload) -> None:
        """A button."""
        found = incoming.pressed(body)
        if found is not None:
            origin, words = found
            words = _IN_VIEW.get(words, words) if origin.view else words
            work = self._pressed(body, origin, words)
            await self._tasks.wait_a_moment(noting("press", work), self._patience)

    async def shortcut(self, body: Payload) -> None:
        """A shortcut: it opens a form, filled in with the message that it was taken on."""
        found = incoming.shortcut(body)
        if found is not None:
            work = self._taken(body, *found)
            await self._tasks.wait_a_moment(noting("shortcut", work), self._patience)

    async def _taken(self, body: Payload, origin: Origin, text: str) -> None:
        words = NEW_PLAN if origin.view else self._logging(body, await self._turns.us(), text)
        await self._pressed(body, origin, words)

    def _logging(self, body: Payload, us: Identity, text: str) -> str:
        """The words for a message: who moved is guessed by whose people its author is of, as far as that is known."""
        user, team = incoming.author_of(body)
        author = self._directory.known(user)
        outside = (author is not None and (author.home is False or author.guest is True)) or (
            bool(team) and team not in us.ours
        )
        said = plain(text)
        people = {one: self._directory.known(one) for one in unnamed(said)}
        names = {one: person.name for one, person in people.items() if person is not None and person.name}
        shown = " ".join(readable(said, names).split())
        return f"{LOG_THIS} {'theirs' if outside else 'ours'}: {shown[:_MOST_TEXT]}"

    async def _pressed(self, body: Payload, origin: Origin, words: str) -> None:
        us = await self._turns.us()
        person = await self._turns.speaker(body, us)
        origin, direct = await self._placed(origin, person)
        arrived = incoming.press(origin, words, person, us.team, self._clock(), direct=direct)
        outcome = await self._turns.run(arrived)
        await self._turns.answer(arrived, outcome, origin, body.get("trigger_id") or "")

    async def _placed(self, origin: Origin, person: Person) -> tuple[Origin, bool]:
        """The origin with its place, and whether that is the direct message."""
        if not origin.view:
            return origin, await self._directory.is_direct(origin.channel, person.id)
        channel = await self._directory.direct_with(person.id)
        return replace(origin, channel=channel or person.id), True

    # ---- forms ----

    async def submitted(self, ack: Any, body: Payload) -> None:
        """A form that was sent: it closes, or says what is wrong."""
        sent = body.get("view") or {}
        found = origin_of(sent)
        if found is None:
            await ack()
            return
        late = asyncio.Event()
        try:
            work = self._sent(body, sent, *found, late)
            task = await self._tasks.wait_a_moment(work, self._patience)
            if not task.done():
                late.set()
                task.add_done_callback(_retrieved)
            answer = task.result() if task.done() else {}
        except Exception as error:  # whatever broke around the turn: the form stays, with what was typed
            note("form", error)
            answer = answer_wrong(sent, [last_words()])
        await ack(**answer)

    async def _sent(
        self, body: Payload, sent: Payload, origin: Origin, words: str, late: asyncio.Event
    ) -> Payload:
        """What the modal is told: nothing if all is well, which closes it. Where it is too `late` for that, it has closed
        already, and everything is said where the form came from."""
        us = await self._turns.us()
        person = await self._turns.speaker(body, us)
        origin, direct = await self._placed(origin, person)
        values = values_of(sent)
        arrived = incoming.submission(origin, words, values, person, us.team, self._clock(), direct=direct)
        outcome = await self._turns.run(arrived)
        told = await self._for_modal(arrived, outcome, origin, sent)
        here = replace(origin, view="")
        if late.is_set():
            await self._turns.answer(arrived, outcome, here)
            typed = [value for value in values.values() if value.strip()]
            if (outcome.refused or outcome.broken) and typed:
                await self._turns.notice((TYPED, *typed), person.id, here, direct=direct)
        elif told and not outcome.answer.steps.asks:
            if not (outcome.refused or outcome.broken):
                self._tasks.start(noting("form", self._turns.after(arrived, outcome)))
        else:
            self._tasks.start(noting("form", self._turns.answer(arrived, outcome, here)))
        return told

    async def _for_modal(self, arrived: Incoming, outcome: Outcome, origin: Origin, sent: Payload) -> Payload:
        """What is wrong, the form that follows, or the answer where the form came from a view; nothing if it is to close."""
        at_them = at_fields(sent, await self._turns.wrong(arrived, outcome))
        if at_them is not None:
            return at_them
        if outcome.refused or outcome.broken:
            return answer_wrong(sent, await self._turns.lines(arrived, outcome))
        following = await self._turns.next_form(arrived, outcome)
        if following is not None:
            shown = view(following, origin, wrong=await self._turns.lines(arrived, outcome))
        else:
            shown = await self._turns.modal(arrived, outcome) if origin.view else None
        return {"response_action": "update", "view": shown} if shown is not None else {}


def _retrieved(task: asyncio.Task[Payload]) -> None:
    """The end of what nobody waits for any more."""
    error = None if task.cancelled() else task.exception()
    if isinstance(error, Exception):
        note("form", error)

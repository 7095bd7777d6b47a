"""Actions on a message: a form filled in with what the message says, in a dialog that nobody else sees.

What is typed or pressed there becomes a turn like any other, with the rights of whoever does it; the answer is the next
dialog. Prep need not be in the conversation: then it knows people from their direct message with it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.edge import open_alone
from bot.teams import dialog_answers as dialog
from bot.teams.answering import is_unknown
from bot.teams.connector import reference_of
from bot.teams.incoming import PLATFORM, act_of, event_of
from bot.teams.mending import again, opening
from bot.teams.message_text import author_of, text_of
from bot.teams.names import with_names
from bot.teams.others import tell_others
from bot.teams.saying import UNREADABLE, WHO
from handlers.concessions.noting import WORDS
from handlers.turn import Incoming, Place, Press, Submission, Via, WorkspaceKey

if TYPE_CHECKING:
    from bot.teams.directory import Near
    from bot.teams.face import Parts
    from bot.teams.places import Reference
    from handlers.gate import Outcome, Shown
    from handlers.turn import Act, Person

LOG = "log_concession"  # the id of the action, as the app package names it
FETCH = "composeExtension/fetchTask"
_SENT = frozenset({"composeExtension/submitAction", "task/submit"})
_MOST_TEXT = 3_000


def is_dialog(activity: dict[str, Any]) -> bool:
    """Whether it is an action on a message, or comes from a dialog that one opened."""
    return activity.get("type") == "invoke" and str(activity.get("name")) in {FETCH, *_SENT}


class Dialogs:
    """For one face."""

    def __init__(self, parts: Parts) -> None:
        self._parts = parts

    async def take(self, activity: dict[str, Any]) -> dict[str, Any] | None:
        """What answers it: the next dialog, or None, which ends it."""
        parts, reference = self._parts, reference_of(activity)
        person = await parts.directory.speaker_anywhere(activity, reference)
        if is_unknown(person):
            return dialog.words(WHO)
        act = await self._act(activity, reference, person)
        if act is None:
            return dialog.words(UNREADABLE)
        incoming = _incoming(activity, reference, person, act, self._parts)
        near = parts.directory.near(reference)
        outcome = await parts.edge.run(incoming, near)
        answer = await self._answer(incoming, outcome, near)
        await tell_others(parts, incoming, outcome)
        await parts.edge.settle(incoming, outcome)
        return answer

    async def _act(self, activity: dict[str, Any], reference: Reference, person: Person) -> Act | None:
        value = activity.get("value")
        if not isinstance(value, dict):
            return None
        if activity["name"] in _SENT:
            data = value.get("data")
            return act_of(data) if isinstance(data, dict) else None
        message = value.get("messagePayload")
        if value.get("commandId") != LOG or not isinstance(message, dict):
            return None
        side = await self._side(message, reference, person)
        return Press(f"{WORDS} {side}: {text_of(message)[:_MOST_TEXT]}")

    async def _side(self, message: dict[str, Any], reference: Reference, person: Person) -> str:
        """Who moved, to begin with: somebody from outside speaks for the other side."""
        author = author_of(message)
        if not author or author == person.id:
            return "ours"
        found = await self._parts.directory.person(reference, author)
        outside = found is not None and (found.home is False or found.guest is True)
        return "theirs" if outside else "ours"

    async def _answer(self, incoming: Incoming, outcome: Outcome, near: Near) -> dict[str, Any] | None:
        if outcome.answer.steps.empty:
            return None
        shown = await self._shown(incoming, outcome, near)
        if outcome.refused and isinstance(incoming.act, Submission):
            opened = opening(incoming, incoming.act)
            form = await self._shown(opened, await self._parts.edge.run(opened, near), near)
            shown = again(shown, form, incoming.act.values)
        return dialog.card(shown)

    async def _shown(self, incoming: Incoming, outcome: Outcome, near: Near) -> Shown:
        shown = open_alone(outcome.answer, incoming.speaker)
        return await with_names(shown, incoming.workspace, near)


def _incoming(
    activity: dict[str, Any], reference: Reference, person: Person, act: Act, parts: Parts
) -> Incoming:
    """A turn in the conversation of the message, which is never taken for the direct message with Prep. Only what may
    change something is noted as handled."""
    return Incoming(
        WorkspaceKey(PLATFORM, reference["tenant_id"]),
        person,
        Place(reference["base_id"], direct=False),
        Via.FORM if isinstance(act, Submission) else Via.BUTTON,
        act,
        parts.clock(),
        thread=reference["thread_id"],
        event="" if activity["name"] == FETCH else event_of(activity, reference["base_id"]),
    )

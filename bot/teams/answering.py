"""Where an answer goes: into the conversation, or to the asker alone in the direct message.

In a channel or group nothing private is ever posted, nor put into what answers a button: Teams may show that to
others. There they see at most that somebody was answered.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot import logs
from bot.edge import open_in_place
from bot.teams.cards import CONTENT, message, messages, render
from bot.teams.connector import Refused, Sent
from bot.teams.incoming import is_press, is_private_command
from bot.teams.names import with_names
from bot.teams.posting import may_have_arrived
from bot.teams.posting import words as fixed
from handlers import notices
from handlers.gate import Why
from handlers.turn import Submission, Words

if TYPE_CHECKING:
    from bot.edge import Directory
    from bot.teams.connector import Trouble
    from bot.teams.places import Reference
    from bot.teams.posting import Postman
    from handlers.gate import Outcome, Shown
    from handlers.turn import Incoming, Person

BELOW = "Answered below."
DONE = "Done."
IN_PRIVATE = "I have answered you in private."
ADD_ME = (
    "I have an answer for you, but may not write to you in private yet. "
    "Add Prep for yourself (Apps, then search for Prep, then Add), and ask again."
)
LATER = "I could not get the answer to you just now. Please ask again in a minute."
WHO = " ".join(notices.WHO)
_MOST_FORMS = 1_000
UNREADABLE = "I cannot read that button any more. Please ask again."


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn as Teams brought it: the raw activity, where to answer, and whom to ask about listeners.

    `form` is the speaker's direct message, where a form was sent that belongs to a channel; `opener` the message in the
    direct message whose button opened the form that was sent there.
    """

    activity: dict[str, Any]
    reference: Reference
    incoming: Incoming
    directory: Directory
    form: Reference | None = None
    opener: str = ""

    @property
    def by_press(self) -> bool:
        """Whether Teams waits for the answer to a button."""
        return is_press(self.activity)


def told(text: str) -> dict[str, Any]:
    """What answers a button with fixed words."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


def refused() -> dict[str, Any]:
    """What answers a button that cannot be read."""
    value = {"code": "BadRequest", "message": UNREADABLE}
    return {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": value}


class Answers:
    """Gives answers. What is returned answers a button; for all else it is left aside."""

    def __init__(self, postman: Postman) -> None:
        self._postman = postman
        self._forms: dict[tuple[str, str], tuple[Reference, Incoming]] = {}

    def where_it_belongs(self, asked: Asked) -> Asked:
        """A form that was moved from a channel to the direct message still belongs to the channel, any other one to the
        message whose button opened it.

        Remembered here and not in the card, so that nobody can say that theirs belongs elsewhere.
        """
        incoming = asked.incoming
        key = (incoming.speaker.id, incoming.message or "")
        if not incoming.place.direct or not isinstance(incoming.act, Submission) or key not in self._forms:
            return asked
        reference, before = self._forms[key]
        if before.place.direct:
            return replace(asked, opener=before.message or "")
        there = replace(incoming, place=before.place, thread=before.thread, message=before.message)
        return replace(asked, reference=reference, incoming=there, form=asked.reference)

    async def give(self, asked: Asked, outcome: Outcome) -> dict[str, Any]:
        """Open the answer for those who would see it, and put it where it may be."""
        if asked.form is None:
            return await self._give(asked, outcome)
        if not outcome.refused and not outcome.broken:
            await self._put_away(asked, asked.form)
        answer = await self._give(asked, outcome)
        return told(DONE) if answer["type"] == CONTENT or answer["value"] == BELOW else answer

    async def _give(self, asked: Asked, outcome: Outcome) -> dict[str, Any]:
        if outcome.answer.steps.empty:
            return await self._nothing(asked, outcome)
        shown = await open_in_place(outcome.answer, asked.incoming, asked.directory)
        shown = await with_names(shown, asked.incoming.workspace, asked.directory)
        if not asked.incoming.place.direct and shown.private:
            return await self._in_private(asked, shown)
        if asked.incoming.message and _takes_the_place(asked.incoming, outcome):
            if asked.opener and outcome.answer.steps.replaces:
                return await self._in_place_of_its_opener(asked, shown, asked.incoming.message)
            return await self._in_place(asked, shown, asked.incoming.message)
        return await self._below(asked, shown)

    async def say_unknown(self, asked: Asked) -> dict[str, Any]:
        """Somebody of whom Teams does not tell who they are: nothing is done for them."""
        if not asked.by_press:
            _noted(await self._postman.post(asked.reference, [fixed(WHO)]))
        return told(WHO)

    async def _put_away(self, asked: Asked, form: Reference) -> None:
        """A form that was moved to the direct message, once it is done with."""
        sent = str(asked.activity.get("replyToId") or "")
        self._forms.pop((asked.incoming.speaker.id, sent), None)
        _noted(await self._postman.edit(form, sent, fixed(DONE)))

    async def _nothing(self, asked: Asked, outcome: Outcome) -> dict[str, Any]:
        """No answer; a message of the speaker's own is taken away if the flow says so."""
        message = asked.incoming.message
        if outcome.answer.steps.replaces and asked.incoming.place.direct and message:
            _noted(await self._postman.remove(asked.reference, message))
        return told(DONE)

    async def _below(self, asked: Asked, shown: Shown) -> dict[str, Any]:
        sent = await self._postman.post(asked.reference, messages(shown))
        if (
            shown.form is not None
            and asked.by_press
            and asked.incoming.place.direct
            and isinstance(sent, Sent)
        ):
            self._remember(asked, (asked.incoming.speaker.id, sent.id))
        return told(BELOW if _noted(sent) else LATER)

    async def _in_place_of_its_opener(self, asked: Asked, shown: Shown, form: str) -> dict[str, Any]:
        """The message that a form was about changes, and the form goes: both would stand there with buttons otherwise."""
        self._forms.pop((asked.incoming.speaker.id, form), None)
        _noted(await self._postman.remove(asked.reference, form))
        answer = await self._in_place(asked, shown, asked.opener)
        return told(DONE) if answer["type"] == CONTENT else answer

    async def _in_place(self, asked: Asked, shown: Shown, activity_id: str) -> dict[str, Any]:
        first, *rest = render(shown)
        sent = await self._postman.edit(asked.reference, activity_id, message(first, shown))
        if not _noted(sent):
            return await self._below(asked, shown)
        _noted(await self._postman.post(asked.reference, [message(card, shown) for card in rest]))
        return {"statusCode": 200, "type": CONTENT, "value": first}

    async def _in_private(self, asked: Asked, shown: Shown) -> dict[str, Any]:
        """To the speaker's direct message; the channel learns at most that it was done, or how it could be."""
        text = _not_ours(asked.incoming)
        if text is None:
            person = asked.incoming.speaker.id
            sent = await self._postman.direct(
                asked.incoming.workspace.id, person, messages(shown), asked.reference
            )
            text = _became_of(sent)
            if shown.form is not None and isinstance(sent, Sent):
                self._remember(asked, (person, sent.id))
        await self._stub(asked, text)
        return told(text)

    def _remember(self, asked: Asked, key: tuple[str, str]) -> None:
        if len(self._forms) >= _MOST_FORMS:
            del self._forms[next(iter(self._forms))]
        self._forms[key] = (asked.reference, asked.incoming)

    async def _stub(self, asked: Asked, text: str) -> None:
        """A press is answered to the presser alone; one that cannot be is followed by words only if it failed."""
        if asked.by_press or asked.form or (text == IN_PRIVATE and not isinstance(asked.incoming.act, Words)):
            return
        if is_private_command(asked.activity):
            _noted(await self._postman.whisper(asked.reference, text))
        else:
            _noted(await self._postman.post(asked.reference, [fixed(text)]))


def _takes_the_place(incoming: Incoming, outcome: Outcome) -> bool:
    """Whether the answer takes the place of the card: the flow says so, or a form in private was sent and is done with."""
    if outcome.refused or outcome.broken or isinstance(incoming.act, Words):
        return False
    return outcome.answer.steps.replaces or (incoming.place.direct and isinstance(incoming.act, Submission))


def is_unknown(person: Person) -> bool:
    """Whether Teams leaves it open if somebody is inside."""
    return (person.home is None or person.guest is None) and person.home is not False and not person.guest


def _not_ours(incoming: Incoming) -> str | None:
    """What is said to somebody from outside; nothing of theirs is moved anywhere."""
    person = incoming.speaker
    return None if person.home and person.guest is False else Why.OUTSIDER.value


def _became_of(sent: Sent | Trouble) -> str:
    if _noted(sent):
        return IN_PRIVATE
    return ADD_ME if isinstance(sent, Refused) else LATER


def _noted(sent: Sent | Trouble) -> bool:
    """Whether it arrived, or perhaps did; what did not is noted, without a word of it."""
    arrived = may_have_arrived(sent)
    if not arrived:
        code = getattr(sent, "code", "") or type(sent).__name__
        logs.error("teams_not_posted", kind=type(sent).__name__, code=code)
    return arrived

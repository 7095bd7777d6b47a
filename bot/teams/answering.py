"""Where an answer goes: into the conversation, or to the asker alone.

In a channel or group nothing private is ever posted for all. The asker gets it in a message there that nobody else sees;
where Teams takes none, in the direct message; where that cannot be written to either, in what answers a button. The
others see at most that somebody was answered.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.edge import open_alone, open_in_place
from bot.teams.asked import Asked, Form, Opener
from bot.teams.card_actions import alone
from bot.teams.cards import CONTENT, message, messages, render
from bot.teams.connector import Refused, Sent
from bot.teams.incoming import is_on_own_card, is_private_command
from bot.teams.kept import Kept, paged, stub
from bot.teams.names import with_names
from bot.teams.posting import words as fixed
from bot.teams.saying import ADD_ME, BELOW, DONE, IN_PRIVATE, LATER, WHO, carded, noted, told
from bot.teams.targeting import Targeting, marked
from handlers.gate import Why
from handlers.turn import Submission, Words

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.edge import Directory
    from bot.teams.connector import Trouble
    from bot.teams.kept import Asking
    from bot.teams.posting import Postman
    from handlers.gate import Outcome, Shown
    from handlers.turn import Incoming, Person, WorkspaceKey

_MOST_FORMS = 1_000


class Answers:
    """Gives answers. What is returned answers a button; for all else it is left aside."""

    def __init__(self, postman: Postman, clock: Callable[[], datetime]) -> None:
        self._postman = postman
        self._targeting = Targeting(postman, clock)
        self._kept = Kept(clock)
        self._forms: dict[tuple[str, str], Opener] = {}

    def where_it_belongs(self, asked: Asked) -> Asked:
        """A form that was sent to one person alone still belongs to what opened it: to a card that others see too, to the
        channel where it was asked for, or to a message of the speaker's own.

        Remembered here and not in the card, so that nobody can say that theirs belongs elsewhere.
        """
        incoming = asked.incoming
        own = self._targeting.is_of(asked.reference, incoming.message, incoming.speaker.id)
        asked = replace(asked, own=own and not isinstance(incoming.act, Words))
        key = (incoming.speaker.id, incoming.message or "")
        if not asked.mine or not isinstance(incoming.act, Submission) or key not in self._forms:
            return asked
        opener = self._forms[key]
        before = opener.incoming
        if before.place == incoming.place and (opener.own or incoming.place.direct):
            return replace(asked, opener=before.message or "")
        there = replace(incoming, place=before.place, thread=before.thread, message=before.message)
        form = Form(asked.reference, asked.own)
        return replace(asked, reference=opener.reference, incoming=there, form=form, own=False)

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
        shown = await self._opened(asked, outcome)
        if not asked.incoming.place.direct and shown.private:
            return await self._in_private(asked, outcome, shown)
        sent, answer = await self._here(asked, outcome, shown, own=False)
        return answer if noted(sent) else told(LATER)

    async def _opened(self, asked: Asked, outcome: Outcome) -> Shown:
        incoming = asked.incoming
        alone_there = not incoming.place.direct and asked.form is None and is_on_own_card(asked.activity)
        if asked.own or alone_there:
            shown = open_alone(outcome.answer, incoming.speaker)
        else:
            shown = await open_in_place(outcome.answer, incoming, asked.directory)
        return await with_names(shown, incoming.workspace, asked.directory)

    async def say_unknown(self, asked: Asked) -> dict[str, Any]:
        """Somebody of whom Teams does not tell who they are: nothing is done for them."""
        if not asked.by_press:
            noted(await self._postman.post(asked.reference, [fixed(WHO)]))
        return told(WHO)

    async def correct(self, asked: Asked, text: str, answer: dict[str, Any]) -> dict[str, Any]:
        """Say to the speaker alone, in fixed words, what the answer has said too early; what answers the button then.

        A card that answers it may be nowhere else, so then the words come as a message.
        """
        place, reference = asked.incoming.place, asked.reference
        if asked.by_press and answer["type"] != CONTENT:
            return told(text)
        if place.direct:
            sent = await self._postman.post(reference, [fixed(text)])
        elif self._targeting.allows(reference):
            sent = await self._postman.whisper(reference, text)
        else:
            sent = await self._postman.direct(
                asked.incoming.workspace.id, asked.incoming.speaker.id, [fixed(text)], reference
            )
        return answer if noted(sent) or not asked.by_press else told(text)

    async def hand_over(
        self, asking: Asking, person: Person, workspace: WorkspaceKey, directory: Directory
    ) -> dict[str, Any]:
        """What a button in a channel keeps for somebody, if it is the one who presses."""
        found = self._kept.find(asking.token, workspace.id, person.id)
        if isinstance(found, str):
            return told(found)
        shown = await with_names(open_alone(found, person), workspace, directory)
        return carded(paged(render(shown), asking))

    async def _put_away(self, asked: Asked, form: Form) -> None:
        """A form that belongs elsewhere, once it is done with."""
        sent = str(asked.activity.get("replyToId") or "")
        self._forms.pop((asked.incoming.speaker.id, sent), None)
        if form.own:
            self._targeting.forget(form.reference, sent)
            noted(await self._postman.remove(form.reference, sent, alone=True))
        else:
            noted(await self._postman.edit(form.reference, sent, fixed(DONE)))

    async def _nothing(self, asked: Asked, outcome: Outcome) -> dict[str, Any]:
        """No answer; a message of the speaker's own is taken away if the flow says so."""
        message = asked.incoming.message
        if outcome.answer.steps.replaces and asked.mine and message:
            await self._take_away(asked, message)
        return told(DONE)

    async def _take_away(self, asked: Asked, message: str) -> None:
        self._targeting.forget(asked.reference, message)
        noted(await self._postman.remove(asked.reference, message, alone=asked.own))

    # ---- where it was asked ----

    async def _here(
        self, asked: Asked, outcome: Outcome, shown: Shown, *, own: bool
    ) -> tuple[Sent | Trouble, dict[str, Any]]:
        """Into the conversation, `own` for the speaker alone: in the place of the card that was used, or below."""
        used = asked.incoming.message
        if used and own == asked.own and _takes_the_place(asked, outcome):
            if asked.opener and outcome.answer.steps.replaces:
                return await self._in_place_of_its_opener(asked, shown, used, own=own)
            return await self._in_place(asked, shown, used, own=own)
        return await self._below(asked, shown, own=own)

    async def _below(self, asked: Asked, shown: Shown, *, own: bool) -> tuple[Sent | Trouble, dict[str, Any]]:
        sent = await self._post(asked, messages(shown), own=own)
        opens = shown.form is not None and not isinstance(asked.incoming.act, Words)
        if opens and (own or asked.incoming.place.direct) and isinstance(sent, Sent):
            self._remember(asked, (asked.incoming.speaker.id, sent.id))
        return sent, told(BELOW)

    async def _post(self, asked: Asked, activities: list[dict[str, Any]], *, own: bool) -> Sent | Trouble:
        if own:
            return await self._targeting.post(asked.reference, marked(activities), asked.incoming.speaker.id)
        return await self._postman.post(asked.reference, activities)

    async def _in_place_of_its_opener(
        self, asked: Asked, shown: Shown, form: str, *, own: bool
    ) -> tuple[Sent | Trouble, dict[str, Any]]:
        """The message that a form was about changes, and the form goes: both would stand there with buttons otherwise."""
        self._forms.pop((asked.incoming.speaker.id, form), None)
        await self._take_away(asked, form)
        sent, answer = await self._in_place(asked, shown, asked.opener, own=own)
        return sent, told(DONE) if answer["type"] == CONTENT else answer

    async def _in_place(
        self, asked: Asked, shown: Shown, activity_id: str, *, own: bool
    ) -> tuple[Sent | Trouble, dict[str, Any]]:
        first, *rest = [alone(card) for card in render(shown)] if own else render(shown)
        sent = await self._postman.edit(asked.reference, activity_id, message(first, shown), alone=own)
        if not noted(sent):
            return await self._below(asked, shown, own=own)
        noted(await self._post(asked, [message(card, shown) for card in rest], own=own))
        return sent, carded(first)

    # ---- to the asker alone ----

    async def _in_private(self, asked: Asked, outcome: Outcome, shown: Shown) -> dict[str, Any]:
        """The first of the ways that is open; the channel learns at most that it was done, or how it could be."""
        text = _not_ours(asked.incoming)
        if text is not None:
            await self._say(asked, text)
            return told(text)
        if self._targeting.allows(asked.reference):
            sent, answer = await self._here(asked, outcome, shown, own=True)
            if noted(sent):
                return answer
        return await self._apart(asked, outcome, shown)

    async def _apart(self, asked: Asked, outcome: Outcome, shown: Shown) -> dict[str, Any]:
        """In the direct message, or behind a button."""
        incoming = asked.incoming
        sent = await self._postman.direct(
            incoming.workspace.id, incoming.speaker.id, messages(shown), asked.reference
        )
        if noted(sent):
            if shown.form is not None and isinstance(sent, Sent):
                self._remember(asked, (incoming.speaker.id, sent.id))
            await self._say(asked, IN_PRIVATE)
            return told(IN_PRIVATE)
        if not isinstance(sent, Refused):
            await self._say(asked, LATER)
            return told(LATER)
        return await self._behind_a_button(asked, outcome, shown)

    async def _behind_a_button(self, asked: Asked, outcome: Outcome, shown: Shown) -> dict[str, Any]:
        """What answers a press is seen by the presser alone; all else first needs a button to press."""
        incoming = asked.incoming
        cards = render(shown)
        if asked.by_press and len(cards) == 1:
            return carded(alone(cards[0]))
        token = self._kept.keep(incoming.workspace.id, incoming.speaker.id, outcome.answer)
        noted(await self._postman.post(asked.reference, [stub(ADD_ME, token)]))
        return told(ADD_ME)

    def _remember(self, asked: Asked, key: tuple[str, str]) -> None:
        if len(self._forms) >= _MOST_FORMS:
            del self._forms[next(iter(self._forms))]
        self._forms[key] = Opener(asked.reference, asked.incoming, asked.own)

    async def _say(self, asked: Asked, text: str) -> None:
        """A press is answered to the presser alone; one that cannot be is followed by words only if it failed."""
        if asked.by_press or asked.form or (text == IN_PRIVATE and not isinstance(asked.incoming.act, Words)):
            return
        private = is_private_command(asked.activity)
        if private and self._targeting.allows(asked.reference):
            noted(await self._postman.whisper(asked.reference, text))
        elif not private or text != IN_PRIVATE:
            noted(await self._postman.post(asked.reference, [fixed(text)]))


def _takes_the_place(asked: Asked, outcome: Outcome) -> bool:
    """Whether the answer takes the place of the card: the flow says so, or a form in private was sent and is done with."""
    if outcome.refused or outcome.broken or isinstance(asked.incoming.act, Words):
        return False
    return outcome.answer.steps.replaces or (asked.mine and isinstance(asked.incoming.act, Submission))


def is_unknown(person: Person) -> bool:
    """Whether Teams leaves it open if somebody is inside."""
    return (person.home is None or person.guest is None) and person.home is not False and not person.guest


def _not_ours(incoming: Incoming) -> str | None:
    """What is said to somebody from outside; nothing of theirs is moved anywhere."""
    person = incoming.speaker
    return None if person.home and person.guest is False else Why.OUTSIDER.value

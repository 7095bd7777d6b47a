"""A turn that came from Slack: run it, and answer where Slack answers."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.edge import open_alone, open_in_place, open_or_tell
from bot.outcomes import RetryLater
from bot.references import readable
from bot.slack import blocks, forms, native, views
from bot.slack.api import Done, Refused
from bot.slack.incoming import NEW_VIEW, Origin, as_said_by, speaker_of
from bot.slack.names import names_in
from handlers.errors import Expected
from handlers.gate import Outcome, Shown, seal
from handlers.notices import ASKED, NO_ROOM, WHO, notice
from handlers.reading.plain import plain
from handlers.told import error as error_told
from handlers.turn import Mark, Person, Text, Warn, Words

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from bot.edge import Edge
    from bot.slack.api import Api
    from bot.slack.blocks import Page
    from bot.slack.directory import SlackDirectory
    from bot.slack.identity import Identities, Identity
    from bot.slack.voice import Voice
    from handlers.turn import Form, Incoming, Reply

Message = dict[str, Any]


class Turns:
    """Runs turns and gives their answers to whom they are for. `watch` is told of each turn that ended."""

    def __init__(
        self, edge: Edge, api: Api, identity: Identities, directory: SlackDirectory, voice: Voice
    ) -> None:
        self._edge = edge
        self.us = identity.get
        self._api = api
        self._directory = directory
        self._voice = voice
        self.watch: Callable[[Incoming, Outcome], None] | None = None

    async def speaker(self, payload: dict[str, Any], us: Identity) -> Person:
        """Who did it, as Slack tells. Somebody whom it does not know, or from elsewhere, is outside."""
        user = speaker_of(payload)
        person = self._directory.known(user)
        if person is None:
            person = await self._directory.person(user)
            us = await self.us()  # with a person's, Slack may have told of other teams of ours
        return as_said_by(payload, person or Person(user), us)

    async def run(self, incoming: Incoming) -> Outcome:
        """Run it; a speaker of whom nothing could be found out is told so, and nothing is done."""
        if incoming.speaker.home is None:
            told = error_told(Expected(*WHO), incoming)  # with what was typed, where Slack does not keep it
            return Outcome(seal(told, Mark.OPEN, (), incoming.speaker.id), refused=True)
        outcome = await self._edge.run(incoming, self._directory)
        if self.watch is not None:
            self.watch(incoming, outcome)
        return outcome

    async def answer(self, incoming: Incoming, outcome: Outcome, origin: Origin, trigger: str = "") -> None:
        """Answer a mention, a direct message, a button or a form that was sent."""
        steps = outcome.answer.steps
        direct = incoming.place.direct
        if steps.empty:
            if steps.replaces and (origin.alone or direct):
                await self._voice.remove(origin)
        else:
            shown = await open_in_place(outcome.answer, incoming, self._directory)
            if origin.view and await self._in_view(shown, origin, trigger, asks=steps.asks):
                pages = await self.pages(shown, incoming, origin) if steps.asks else []
            else:
                pages = await self.pages(shown, incoming, origin, trigger)
            if pages and steps.replaces and _may_replace(origin, shown, direct=direct):
                replaced = await self._voice.replace(origin, blocks.message(pages[0], shown))
                pages = pages[1:] if replaced else pages
            await self._voice.tell(origin, incoming.speaker.id, shown, pages, direct=direct)
        await self.after(incoming, outcome)

    async def commanded(
        self, incoming: Incoming, outcome: Outcome, origin: Origin, trigger: str
    ) -> Sequence[str]:
        """The messages that answer a slash command, in JSON."""
        if outcome.answer.steps.empty:
            return ()
        shown = await open_in_place(outcome.answer, incoming, self._directory)
        only_you = shown.private and not incoming.place.direct
        kind = "ephemeral" if only_you else "in_channel"
        if shown.form is None:
            names = frozenset((await names_in(shown, self._directory)).items())
            written = blocks.written(shown.parts, names, shown.preview, only_you=only_you, kind=kind)
            return await self._tried(written, origin.url)
        pages = await self.pages(shown, incoming, origin, trigger)
        return [json.dumps({"response_type": kind, **blocks.message(page, shown)}) for page in pages]

    async def _tried(self, written: Sequence[str], url: str) -> Sequence[str]:
        """The messages for the acknowledgement, of which Slack does not say whether it takes them. So the first with a table
        or a chart goes another way, which tells whether the workspace takes such."""
        kinds = {kind for one in written for kind in native.kinds_named_in(one)}
        takes = self._api.takes
        if kinds - takes.keys() and url:
            for number, one in enumerate(written):
                if isinstance(await self._api.respond(url, json.loads(one)), Refused | RetryLater):
                    written = written[number:]
                    break
            else:
                return ()
        if all(takes.get(kind, True) for kind in kinds):
            return written
        return [json.dumps(self._api.written_out(json.loads(one))) for one in written]

    async def pages(self, shown: Shown, incoming: Incoming, origin: Origin, trigger: str = "") -> list[Page]:
        """The answer in pages. A form opens if it can; else there is a button that opens it."""
        names = await names_in(shown, self._directory)
        only_you = shown.private and not incoming.place.direct
        pages = blocks.pages(shown, names, only_you=only_you)
        if shown.form is None:
            return pages
        view = forms.view(shown.form, origin, names)
        label = f"{shown.form.open_label}: {shown.form.title}"
        opener = forms.opener(label, _words(incoming)) if view is not None else None
        if view is None or (opener is None and not trigger):
            told = replace(shown, parts=(Text((*NO_ROOM, shown.form.words)),))
            return [*pages, *blocks.pages(told, names, only_you=only_you)]
        if trigger and await self.open(view, trigger, origin.view):
            return pages
        return _with(pages, opener)

    async def open(self, view: forms.View, trigger: str, place: str = "") -> bool:
        """Open a modal, or put it in the place of an open one; False where it is too late or Slack does not."""
        if place and place != NEW_VIEW:
            fate = await self._api.post("views.update", wait=False, view_id=place, view=view)
        elif trigger:
            fate = await self._api.post("views.open", wait=False, trigger_id=trigger, view=view)
        else:
            return False
        return isinstance(fate, Done)

    async def _in_view(self, shown: Shown, origin: Origin, trigger: str, *, asks: bool) -> bool:
        """Whether an answer could be shown in a modal. Of what is asked it says only where: it is answered by a message."""
        view = None if shown.form is not None else await self.view(shown, asks=asks)
        return view is not None and await self.open(view, trigger, origin.view)

    async def modal(self, incoming: Incoming, outcome: Outcome) -> views.View | None:
        """The modal for the answer of a turn; None where it needs a message, or says nothing."""
        steps = outcome.answer.steps
        if steps.empty or steps.has_form:
            return None
        shown = await open_in_place(outcome.answer, incoming, self._directory)
        return await self.view(shown, asks=steps.asks)

    async def view(self, shown: Shown, *, asks: bool) -> views.View | None:
        """The modal for an answer; None where it needs a message."""
        if asks:
            shown = replace(shown, parts=(Text(ASKED),))
        return views.answer(shown, await names_in(shown, self._directory))

    async def lines(self, incoming: Incoming, outcome: Outcome) -> list[str]:
        """The answer as lines of text, for what is wrong with a form."""
        shown = await open_in_place(outcome.answer, incoming, self._directory)
        return [
            readable(line) for part in shown.parts if isinstance(part, Text | Warn) for line in part.lines
        ]

    async def wrong(self, incoming: Incoming, outcome: Outcome) -> Sequence[tuple[str, str]]:
        """What is wrong with fields of the form that was sent, by their keys."""
        return (await open_in_place(outcome.answer, incoming, self._directory)).wrong

    async def next_form(self, incoming: Incoming, outcome: Outcome) -> Form | None:
        """The form that follows one that was sent."""
        if not outcome.answer.steps.has_form:
            return None
        return (await open_in_place(outcome.answer, incoming, self._directory)).form

    async def after(self, incoming: Incoming, outcome: Outcome) -> None:
        """What follows an answer: messages to others, and what is kept."""
        for send in outcome.sends:
            opened = await open_or_tell(send, incoming, self._directory)
            if opened is None:
                continue
            to, shown = opened
            pages = blocks.pages(shown, await names_in(shown, self._directory))
            if send.message:
                await self._voice.change(to, send.message, blocks.message(pages[0], shown))
                continue
            for page in pages:
                said = blocks.message(page, shown)
                if to.direct:
                    await self._voice.whisper(to.id, said)
                else:
                    origin = Origin(to.id, thread=to.thread or "")
                    await self._voice.tell(origin, "", shown, [page], direct=False)
        await self._edge.settle(incoming, outcome)

    async def notice(self, lines: tuple[str, ...], user: str, origin: Origin, *, direct: bool) -> None:
        """Say one of the fixed sentences: to one person alone, or to everybody where there is none."""
        sealed = seal(notice(lines), Mark.OPEN, (), user)
        shown = open_alone(sealed, Person(user))
        shown = replace(shown, private=bool(user) and not direct)
        await self._voice.tell(origin, user, shown, blocks.pages(shown), direct=direct)

    async def greet(self, user: str, reply: Reply) -> None:
        """Say something to somebody who has asked for nothing, in the direct message."""
        shown = open_alone(seal(reply, Mark.OPEN, (), user), Person(user))
        for page in blocks.pages(shown):
            await self._voice.whisper(user, blocks.message(page, shown))


def _may_replace(origin: Origin, shown: Shown, *, direct: bool) -> bool:
    """What everybody sees is not replaced by what one person may see, nor the other way round."""
    return direct or origin.alone is shown.private


def _words(incoming: Incoming) -> str:
    """The words that lead to the same form again."""
    act = incoming.act
    return plain(act.text) if isinstance(act, Words) else act.words


def _with(pages: list[Page], block: blocks.Block | None) -> list[Page]:
    if block is None:
        return pages
    if pages and len(pages[-1]) < blocks.BLOCKS:
        return [*pages[:-1], [*pages[-1], block]]
    return [*pages, [block]]

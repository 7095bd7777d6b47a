"""The local face: one person talks to Prep in one place, without an account anywhere."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from bot.edge import open_in_place, open_or_tell
from bot.local import forms, heard
from bot.local.box import CONFIRM, FORM, Box
from bot.local.clock import manners_of
from bot.local.directory import person
from bot.local.screen import EDITED, ONLY_YOU, Message
from bot.local.sender import KEY, LocalSender
from bot.local.text import Button, buttons_of
from handlers.errors import Expected
from handlers.turn import Choice, Choices, Incoming, Place, Press, Submission, Text, Via, Words
from storage.local import LocalChat

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import date, datetime

    from bot.app import App
    from bot.local.screen import Screen
    from handlers.gate import Outcome, Shown
    from handlers.turn import Act, Part
    from storage.local import Kept

_WAY_OUT = "`skip` passes over it, `stop` leaves the form."
_AGAIN = "The form is still here, with what you typed."
_OTHERS = "I ask again for what was wrong; `back` goes to the other fields."
_YES = frozenset({"y", "yes", "ok", "sure", "do it"})
_NO = frozenset({"n", "no", "cancel", "stop"})


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks, and where: in the direct message with Prep, or in a channel."""

    name: str = "me"
    guest: bool = False
    channel: str = ""
    external: bool = False

    @property
    def user(self) -> str:
        """The id of the user."""
        return heard.identity(self.name)

    @property
    def place(self) -> Place:
        """Where it is."""
        channel = heard.identity(self.channel)
        return Place(channel, direct=False, name=channel) if channel else Place(f"@{self.user}", direct=True)


class LocalFace:
    """One run of the chat, which is one thread. `broke` tells whether Prep itself failed in it."""

    def __init__(
        self, app: App, speaker: Speaker, screen: Screen, clock: Callable[[], datetime], thread: str
    ) -> None:
        self._app = app
        self._speaker = speaker
        self._place = speaker.place
        self._screen = screen
        self._clock = clock
        self._thread = thread
        place = self._place.id if self._place.direct else f"#{self._place.id}"
        self._sender = LocalSender(app.database, screen, clock, here=place)
        self._box = Box(app.database, speaker.user, place, direct=self._place.direct)
        self._person = person(speaker.user, speaker.name.strip().lstrip("@"), guest=speaker.guest)
        self.broke = False

    def enter(self) -> None:
        """Remember who is here, whether as a guest, and what kind of channel it is."""
        with self._app.database.reading() as handle:
            chat = LocalChat.found(handle)
            if chat is not None and self._speaker.user in chat.members() and not self._news(chat):
                return
        now = self._clock()
        with self._app.database.writing() as handle:
            chat = LocalChat.enter(handle, self._speaker.user, self._person.name, now)
            for direct, name, facts in self._news(chat):
                chat.learn(name, facts, now, direct=direct)

    def _news(self, chat: LocalChat) -> list[tuple[bool, str, dict[str, Any]]]:
        """What is to be remembered and is not yet: (direct, name, facts)."""
        user, guest = self._speaker.user, self._speaker.guest
        news: list[tuple[bool, str, dict[str, Any]]] = []
        if bool(chat.facts(user, direct=True).get("guest")) != guest:
            news.append((True, user, {"guest": guest}))
        if not self._place.direct:
            known = chat.facts(self._place.id, direct=False)
            guests = sorted({*known.get("guests", ()), *([user] if guest else [])})
            external = self._speaker.external or bool(known.get("external"))
            facts = {"external": external, "guests": guests}
            if facts != known:
                news.append((False, self._place.id, facts))
        return news

    # ---- what is typed ----

    async def hear(self, line: str) -> bool:
        """Take one line. False if it was not for Prep."""
        if heard.is_passed_over(line):
            return True
        said = heard.hear(line, direct=self._place.direct)
        if said.via in {Via.SLASH, Via.MENTION}:
            await self._say(said)
            self._ask_again()
            return True
        view = self._box.view()
        if view.waiting is not None and await self._taken(view.waiting, said.text):
            return True
        button = view.button(said.text)
        if button is not None and view.pressable is not None:
            await self._press(button, view.pressable.id)
        elif heard.number(said.text) is not None and not view.question_open:
            self._tell([_no_such_button(view.pressable)])
        elif said.via is Via.DIRECT:
            await self._say(said)
        else:
            return False
        return True

    async def _say(self, said: heard.Heard) -> None:
        assert said.via is not None  # what is not for Prep is not said to it
        await self._run(self._incoming(said.via, Words(heard.with_references(said.text))))

    async def _press(self, button: Button, message: int) -> None:
        choice = button.choice
        if choice.confirm:
            self._box.wait({"kind": CONFIRM, "words": choice.words, "message": message}, self._clock())
            self._tell([f"{choice.confirm} (yes/no)"])
            return
        await self._run(self._incoming(Via.BUTTON, Press(choice.words), str(message)))

    async def _taken(self, waiting: Kept, line: str) -> bool:
        """Whether a line belonged to what was waiting for it."""
        if waiting.form["kind"] == FORM:
            await self._fill(waiting, line)
            return True
        self._box.drop_waiting()
        word = line.strip(" .!").casefold()
        if word in _YES:
            form = waiting.form
            await self._run(self._incoming(Via.BUTTON, Press(form["words"]), str(form["message"])))
        elif word in _NO:
            self._tell(["Left as it was."])
        return word in _YES | _NO

    # ---- forms ----

    async def _fill(self, waiting: Kept, line: str) -> None:
        filling = forms.from_data(waiting.form["form"])
        try:
            step = forms.take(filling, line, self._read_day)
        except forms.Needed as error:
            missing = replace(filling, at=error.at)
            self._box.note(waiting, _kept(missing, waiting.form["sent"]))
            self._tell(error.lines)
            self._ask(missing)
            return
        except Expected as error:
            out = [_WAY_OUT] if filling.field is not None and filling.field.optional else []
            self._tell([*error.lines, *out])
            self._ask(filling)
            return
        if isinstance(step, forms.Left):
            self._box.drop_waiting()
            self._tell(["Left the form; nothing was changed."])
        elif isinstance(step, forms.Puzzled):
            self._tell(forms.HOW)
            self._ask(filling)
        elif isinstance(step, forms.Ready):
            await self._submit(waiting, step.filling)
        else:
            self._box.note(waiting, _kept(step, waiting.form["sent"]))
            self._ask(step)

    async def _submit(self, waiting: Kept, filling: forms.Filling) -> None:
        """Send a form. Killed in the middle, it is still there, and sending it again does nothing twice."""
        again = forms.Filling(filling.form, 0, filling.filled, filling.message)
        sent = waiting.form["sent"]
        self._box.note(waiting, _kept(again, sent))
        values = {key: heard.with_references(value) for key, value in filling.filled.items()}
        incoming = self._incoming(Via.FORM, Submission(filling.form.words, values), filling.message)
        outcome, shown = await self._ran(replace(incoming, event=f"form:{waiting.id}:{sent}"), submits=True)
        if outcome.repeated:
            self._tell(["That form was saved before."])
        elif outcome.refused or outcome.broken:
            again = forms.asks_again(again, (key for key, _ in shown.wrong) if shown else ())
            self._box.note(waiting, _kept(again, sent + 1))
            self._tell([_AGAIN, *([_OTHERS] if again.only else [])])
            self._ask(again)

    def _open(self, filling: forms.Filling) -> None:
        self._box.wait(_kept(filling), self._clock())
        self._tell(forms.introduction(filling))
        self._ask(filling)

    def _ask(self, filling: forms.Filling) -> None:
        options = tuple(Choice(label, "") for label in forms.options(filling))
        parts: tuple[Part, ...] = (Text(tuple(forms.prompt(filling))),)
        if options:
            parts = (*parts, Choices(options))
        self._show(parts, buttons_of(parts))

    def _ask_again(self) -> None:
        """A form that was left alone for a command is still open."""
        waiting = self._box.view().waiting
        if waiting is not None and waiting.form["kind"] == FORM:
            self._ask(forms.from_data(waiting.form["form"]))

    def _read_day(self, text: str) -> date:
        from handlers.reading.dates import read_date

        manners = manners_of(self._app.database, self._speaker.user)
        return read_date(text, self._clock().astimezone(manners.tz).date(), manners)

    # ---- turns ----

    def _incoming(self, via: Via, act: Act, message: str | None = None) -> Incoming:
        return Incoming(
            KEY, self._person, self._place, via, act, self._clock(), thread=self._thread, message=message
        )

    async def _run(self, incoming: Incoming) -> None:
        await self._ran(incoming)

    async def _ran(self, incoming: Incoming, *, submits: bool = False) -> tuple[Outcome, Shown | None]:
        """What came of a turn, and what was shown of it."""
        outcome = await self._app.edge.run(incoming, self._sender.directory)
        self.broke = self.broke or outcome.broken
        if submits and not (outcome.refused or outcome.broken):
            self._box.drop_waiting()
        shown = await self._answer(outcome, incoming)
        for send in outcome.sends:
            opened = await open_or_tell(send, incoming, self._sender.directory)
            if opened is not None:
                self._sender.show(*opened, "", edits=int(send.message) if send.message else None)
        await self._app.edge.settle(incoming, outcome)
        return outcome, shown

    async def _answer(self, outcome: Outcome, incoming: Incoming) -> Shown | None:
        steps = outcome.answer.steps
        if steps.empty:
            return None
        shown = await open_in_place(outcome.answer, incoming, self._sender.directory)
        edits = int(incoming.message) if steps.replaces and incoming.message else None
        private = self._place.direct or shown.private
        if edits is not None and not self._place.direct and self._box.is_public(edits) is shown.private:
            edits = None  # what everybody sees is not replaced by what one may see, nor the other way round
        buttons = self._box.keep(shown.parts, incoming.now, asks=steps.asks, private=private, edits=edits)
        if shown.parts:
            self._show(shown.parts, buttons, private=private, edited=edits is not None)
        if shown.form is not None:
            filling = forms.Filling(shown.form, message=incoming.message)
            self._open(forms.asks_again(filling, (key for key, _ in shown.wrong)))
        return shown

    # ---- what is shown ----

    def _tell(self, lines: Sequence[str]) -> None:
        self._show((Text(tuple(lines)),), ())

    def _show(
        self, parts: Sequence[Part], buttons: Sequence[Button], *, private: bool = True, edited: bool = False
    ) -> None:
        only_you = private and not self._place.direct
        marks = (*([ONLY_YOU] if only_you else []), *([EDITED] if edited else []))
        self._screen.show(Message(parts, buttons, marks=marks))


def _kept(filling: forms.Filling, sent: int = 0) -> dict[str, Any]:
    return {"kind": FORM, "form": forms.to_data(filling), "sent": sent}


def _no_such_button(pressable: Kept | None) -> str:
    if pressable is None:
        return "There is no button here that a number could press."
    count = len(pressable.buttons)
    return f"There is no such button here: press {f'1 to {count}' if count > 1 else '1'}."

"""What a user can act on in one place: the newest buttons, a form half filled in, a question that is open."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.local.text import Button, buttons_of
from handlers.turn import Choice
from storage.local import LocalChat

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.turn import Part
    from storage.database import Database
    from storage.local import Kept

FORM, CONFIRM, QUESTION = "form", "confirm", "question"


@dataclass(frozen=True, slots=True)
class View:
    """What is there to act on. `waiting` is a form or a confirmation, `asking` whether a number is an answer."""

    waiting: Kept | None = None
    pressable: Kept | None = None
    question_open: bool = False
    asking: bool = False

    def button(self, said: str) -> Button | None:
        """The button that a line presses: a number (unless it would be an answer), the words it is shown with, or `[Label]`."""
        if self.pressable is None:
            return None
        buttons = [_button(data) for data in self.pressable.buttons]
        word = said.strip("[]").strip().casefold()
        if word.isdecimal():
            return None if self.asking or not 0 < int(word) <= len(buttons) else buttons[int(word) - 1]
        for button in buttons:
            in_words = not button.token.isdecimal()
            names = {button.token.casefold(), button.choice.label.casefold()}
            if word in names and (in_words or said.startswith("[")):
                return button
        return None


class Box:
    """The place of one user: a channel, or the direct message with Prep."""

    def __init__(self, database: Database, user: str, place: str, *, direct: bool) -> None:
        self._database = database
        self._user = user
        self._direct = direct
        self.place = place

    def view(self) -> View:
        """What is there now."""
        with self._database.reading() as handle:
            chat = LocalChat.found(handle)
            return View() if chat is None else self._view(chat)

    def _view(self, chat: LocalChat) -> View:
        seen = chat.seen(self.place, self._user)
        mark = chat.open_question(self._user) if self._direct else ""
        return View(
            next((kept for kept in seen if kept.form.get("kind") in {FORM, CONFIRM}), None),
            next((kept for kept in seen if kept.buttons), None),
            question_open=bool(mark),
            asking=bool(mark) and any(kept.form.get("mark") == mark for kept in seen),
        )

    def keep(
        self, parts: Sequence[Part], now: datetime, *, asks: bool, private: bool, edits: int | None = None
    ) -> tuple[Button, ...]:
        """Keep a message's buttons and whether it asks, as the newest message or in the place of `edits`; the buttons."""
        if not (asks or edits or buttons_of(parts)):
            return ()
        with self._database.writing() as handle:
            chat = LocalChat.found(handle)
            assert chat is not None  # the user entered before
            mark = chat.open_question(self._user) if self._direct else ""
            asking = bool(mark) and (asks or self._view(chat).asking)
            buttons = buttons_of(parts, in_words=asking)
            form = {"kind": QUESTION, "mark": mark} if asks and mark else {}
            if edits is None or not chat.change(edits, to_data(buttons), form):
                chat.post(self.place, self._user if private else "", to_data(buttons), form, now)
        return buttons

    def wait(self, form: dict[str, Any], now: datetime) -> None:
        """Wait for the user's next line, instead of for whatever waited before."""
        with self._database.writing() as handle:
            chat = LocalChat.found(handle)
            assert chat is not None  # the user entered before
            self._drop_waiting(chat)
            chat.post(self.place, self._user, [], form, now)

    def note(self, kept: Kept, form: dict[str, Any]) -> None:
        """Keep how far a form is filled in."""
        with self._database.writing() as handle:
            chat = LocalChat.found(handle)
            if chat is not None:
                chat.note(kept.id, form)

    def drop_waiting(self) -> None:
        """Wait for nothing any more."""
        with self._database.writing() as handle:
            chat = LocalChat.found(handle)
            if chat is not None:
                self._drop_waiting(chat)

    def _drop_waiting(self, chat: LocalChat) -> None:
        for kept in chat.seen(self.place, self._user):
            if kept.form.get("kind") in {FORM, CONFIRM}:
                chat.drop(kept.id)

    def is_public(self, message: int) -> bool:
        """Whether a message that is still there is for everyone in the place."""
        with self._database.reading() as handle:
            chat = LocalChat.found(handle)
            seen = chat.seen(self.place, self._user) if chat else []
        return any(kept.id == message and not kept.reader for kept in seen)


def to_data(buttons: Sequence[Button]) -> list[dict[str, Any]]:
    """Buttons as plain JSON."""
    return [
        {
            "token": button.token,
            "label": button.choice.label,
            "words": button.choice.words,
            "confirm": button.choice.confirm,
        }
        for button in buttons
    ]


def _button(data: dict[str, Any]) -> Button:
    return Button(data["token"], Choice(data["label"], data["words"], confirm=data["confirm"]))

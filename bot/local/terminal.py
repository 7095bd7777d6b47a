"""The chat at a terminal: completion, pasted tables, colours.

What was typed is remembered only while the chat runs. A history file would be a copy of confidential figures that no
deletion in Prep reaches.
"""

from __future__ import annotations

import asyncio
import re
import secrets
from typing import TYPE_CHECKING

from prompt_toolkit import PromptSession
from prompt_toolkit.auto_suggest import AutoSuggestFromHistory
from prompt_toolkit.completion import Completer, Completion
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import InMemoryHistory
from rich.console import Console

from bot.local.face import LocalFace
from bot.local.known import plan_names
from bot.local.rich_text import RichScreen
from bot.local.screen import Message
from handlers.turn import Heading, Note, Text

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from prompt_toolkit.completion import CompleteEvent
    from prompt_toolkit.document import Document

    from bot.app import App
    from bot.local.face import Speaker

_TO_PREP = re.compile(r"\s*(?:/prep|@prep)\b\s*", re.IGNORECASE)
_NEWCOMER = (
    "new Acme: housings    starts a plan; eight questions, and every",
    "                      answer is kept at once",
    "help                  shows all that I know",
)
_KEYS = "Tab completes · a number presses a button · Ctrl-D leaves"


def talk(app: App, speaker: Speaker, ticking: Callable[[], datetime]) -> int:
    """Talk until Ctrl-D or Ctrl-C. The exit code: 0 unless Prep itself failed."""
    console = Console(highlight=False, markup=False, emoji=False)
    screen = RichScreen(console)
    face = LocalFace(app, speaker, screen, ticking, thread=secrets.token_hex(8))
    face.enter()
    with asyncio.Runner() as runner:
        _greet(app, speaker, face, screen, runner, ticking())
        for line in _typed(app, speaker, ticking):
            console.print()
            if not runner.run(face.hear(line)):
                console.print("Not for me: in a channel, begin with /prep or @Prep.\n", style="dim")
    console.print("Bye. Everything you told me is kept.", style="dim")
    return int(face.broke)


def _greet(
    app: App, speaker: Speaker, face: LocalFace, screen: RichScreen, runner: asyncio.Runner, now: datetime
) -> None:
    """Newcomers are told what to type; others see where they stand."""
    if not speaker.place.direct:
        channel = f"You are in #{speaker.place.id} as {speaker.name}."
        screen.show(Message((Note((channel, "/prep WORDS is the command, @Prep WORDS a mention.")),)))
    elif plan_names(app.database, speaker.user, now):
        runner.run(face.hear("/prep"))
    else:
        screen.show(Message((Heading("I am Prep: I prepare negotiations with you. Type"), Text(_NEWCOMER))))


def _typed(app: App, speaker: Speaker, ticking: Callable[[], datetime]) -> Iterator[str]:
    session: PromptSession[str] = PromptSession(
        history=InMemoryHistory(),
        auto_suggest=AutoSuggestFromHistory(),
        completer=Words(app, speaker.user, ticking),
        complete_while_typing=False,
        bottom_toolbar=_KEYS,
    )
    where = "" if speaker.place.direct else f" #{speaker.place.id}"
    prompt = FormattedText([("bold ansicyan", f"{speaker.name}{where} › ")])
    while True:
        try:
            yield session.prompt(prompt)
        except KeyboardInterrupt:
            if not session.default_buffer.text:  # else it took back what was being typed
                return
        except EOFError:
            return


class Words(Completer):
    """Commands first, then the names of the speaker's plans."""

    def __init__(self, app: App, user: str, ticking: Callable[[], datetime]) -> None:
        self._app = app
        self._user = user
        self._ticking = ticking

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        """What the words before the cursor may become."""
        typed = document.text_before_cursor
        said = _TO_PREP.sub("", typed, count=1)
        word = said.rpartition(" ")[2]
        names: Iterable[str] = [f"{name} " for name in self._app.core.router.by_name]
        if " " in said:
            names = plan_names(self._app.database, self._user, self._ticking())
        for name in sorted(names):
            if name.casefold().startswith(word.casefold()) and name.casefold() != word.casefold():
                yield Completion(name, start_position=-len(word))

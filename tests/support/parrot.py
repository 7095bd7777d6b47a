"""A small Prep with commands that show every kind of answer, for trying a face without any feature of Prep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.app import App
from bot.config import Settings
from bot.edge import Edge
from handlers.command import Command
from handlers.core import Core
from handlers.errors import Misread
from handlers.hub.flow import HUB
from handlers.router import Router
from handlers.turn import (
    Address,
    Audience,
    Choice,
    Choices,
    Field,
    FieldKind,
    Form,
    Heading,
    Mark,
    Note,
    Reply,
    Send,
    Table,
    Text,
    Warn,
    say,
)
from storage.database import Database
from storage.migrate import migrate

if TYPE_CHECKING:
    from handlers.command import Turn
    from storage.tables import Conversation

QUESTIONS = ("How many?", "Which one?", "At what price?")
LETTERS = Choices((Choice("Letter A", "say A"), Choice("Letter B", "say B")))
FIELDS = (
    Field("name", "Name", optional=False, hint="as on the quote"),
    Field("price", "Price", value="3.52"),
    Field(
        "state", "State", FieldKind.CHOICE, options=(("q", "Quoted"), ("e", "Estimated"), ("n", "Not asked"))
    ),
    Field("needs", "Needs", FieldKind.SEVERAL, options=(("t", "Tooling"), ("s", "Samples"), ("a", "Audit"))),
    Field("until", "Valid until", FieldKind.DATE),
    Field("note", "Note", FieldKind.LINES),
)


def build_parrot(database_url: str) -> App:
    """A Prep of the commands below."""
    migrate(database_url)
    database = Database(database_url)
    core = Core(
        database, Router({name: command for command in (HUB, *COMMANDS) for name in command.names}), answer
    )
    settings = Settings(database_url=database_url, _env_file=None)  # type: ignore[call-arg]
    return App(settings, database, core, Edge(core, database))


def answer(turn: Turn, conversation: Conversation, text: str) -> Reply:
    """Take an answer; only digits will do for the first and the last question."""
    at = int(conversation.state["at"])
    if QUESTIONS[at] != "Which one?" and not text.replace(".", "").isdigit():
        raise Misread(f"{text} is no number.", example="5")
    return _question(turn, at + 1, f"You said {text}.")


def _question(turn: Turn, at: int, *before: str) -> Reply:
    conversations = turn.unit.conversations
    if at >= len(QUESTIONS):
        for row in conversations.all():
            conversations.end(row)
        return say(*before, "That was all.")
    conversations.begin("parrot", None, {"at": at})
    asks = QUESTIONS[at] != "Which one?"
    choices = (Choice("Red", "say red"),) if not asks else (Choice("Skip", "skip"), Choice("Stop", "pause"))
    return Reply((Text((*before, QUESTIONS[at])), Choices(choices)), asks=asks)


def _skip(turn: Turn) -> Reply:
    conversation = turn.unit.conversations.open_one()
    return (
        _question(turn, int(conversation.state["at"]) + 1, "Skipped.")
        if conversation
        else say("Nothing to skip.")
    )


def _pause(turn: Turn) -> Reply:
    conversation = turn.unit.conversations.open_one()
    if conversation is not None:
        turn.unit.conversations.save(conversation, conversation.state, is_open=False)
    return say("Paused.")


def _form(turn: Turn) -> Reply:
    if turn.values is None:
        return Reply((Text(("Here is a form.",)),), form=Form("form", "An alternative", FIELDS))
    if not turn.values["price"].replace(".", "").isdigit():
        raise Misread(f"{turn.values['price']} is no price.", example="3.52")
    return say("Kept:", *(f"{key}={value!r}" for key, value in turn.values.items()))


def _post(turn: Turn) -> Reply:
    parts = (Heading("Notice is due"), Choices((Choice("Seen", "seen"), Choice("Details", "say details"))))
    return Reply(parts, audience=Audience.PLACE)


def _tell(turn: Turn) -> Reply:
    """`tell <@bob|bob> WORDS` or `tell <#acme|acme> WORDS`."""
    to, _, words = turn.rest.partition(" ")
    address = Address(to[2:].partition("|")[0], direct=to.startswith("<@"))
    content = Reply((Text((words, "and more")), Choices((Choice("Thanks", "say thanks"),))))
    return Reply((Text(("Told.",)),), sends=(Send(address, content),))


def _page(_turn: Turn) -> Reply:
    table = Table(
        ("Term", "We", "They"), (("price", "3.68", "3.80"), ("net days", "45", "45")), frozenset({1, 2})
    )
    return Reply((Heading("Page"), table, Warn(("Careful",)), Note(("Small print",)), LETTERS))


COMMANDS = (
    Command("say", lambda turn: say(f"You said {turn.rest}."), reads=True),
    Command("ask", lambda turn: _question(turn, 0)),
    Command("skip", _skip, navigates=True),
    Command("pause", _pause, navigates=True),
    Command("form", _form),
    Command("page", _page, reads=True),
    Command("letters", lambda _turn: Reply((Text(("Choose.",)), LETTERS))),
    Command(
        "wipe",
        lambda _turn: Reply((Choices((Choice("Wipe", "say wiped", confirm="Wipe all?", danger=True),)),)),
    ),
    Command("post", _post),
    Command("inside", lambda turn: Reply((Text(("For us.",)),), audience=Audience.PLACE, mark=Mark.INSIDE)),
    Command(
        "seen",
        lambda turn: Reply(
            (Text((f"Seen by {turn.incoming.speaker.name}",)), LETTERS), Audience.PLACE, replaces=True
        ),
    ),
    Command("tell", _tell),
    Command("time", lambda turn: say(turn.now.isoformat()), reads=True),
    Command("fail", lambda turn: say(str(1 // 0))),
)

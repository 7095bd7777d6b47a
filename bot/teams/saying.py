"""Fixed words, and what answers a button: the same for everybody, so they tell nothing. Pure but for the log."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot import logs
from bot.teams.cards import CONTENT
from bot.teams.posting import may_have_arrived
from handlers import notices

if TYPE_CHECKING:
    from bot.teams.connector import Sent, Trouble

BELOW = "Answered below."
DONE = "Done."
IN_PRIVATE = "I have answered you in private."
ADD_ME = (
    "I have an answer for who asked, but may not write to them in private yet. The button shows it to them alone. "
    "To get answers as messages, add Prep for yourself (Apps, then search for Prep, then Add)."
)
LATER = "I could not get the answer to you just now. Please ask again in a minute."
NOT_TO_YOU = (
    "I could not write to you in private, so nothing was sent there. Ask again in a minute; if it stays so, add Prep "
    "for yourself: Apps, then search for Prep, then Add."
)
NOT_TO_THEM = (
    "I could not write to somebody whom I was to tell of this: it did not arrive. Please tell them yourself. They get "
    "messages of mine once they add Prep for themselves: Apps, then search for Prep, then Add."
)
NOT_THERE = "I could not post it in the channel: it did not arrive. Please look whether I am still in it."
GONE = "I do not have that answer any more. Please ask again."
WHO = " ".join(notices.WHO)
UNREADABLE = "I cannot read that button any more. Please ask again."


def told(text: str) -> dict[str, Any]:
    """What answers a button with fixed words. The presser alone sees them."""
    return {"statusCode": 200, "type": "application/vnd.microsoft.activity.message", "value": text}


def carded(card: dict[str, Any]) -> dict[str, Any]:
    """What answers a button with a card. It stands in the place of the pressed one, for the presser alone."""
    return {"statusCode": 200, "type": CONTENT, "value": card}


def refused() -> dict[str, Any]:
    """What answers a button that cannot be read."""
    value = {"code": "BadRequest", "message": UNREADABLE}
    return {"statusCode": 400, "type": "application/vnd.microsoft.error", "value": value}


def noted(sent: Sent | Trouble) -> bool:
    """Whether it arrived, or perhaps did; what did not is noted, without a word of it."""
    arrived = may_have_arrived(sent)
    if not arrived:
        code = getattr(sent, "code", "") or type(sent).__name__
        logs.error("teams_not_posted", kind=type(sent).__name__, code=code)
    return arrived

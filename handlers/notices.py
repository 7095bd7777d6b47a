"""What Prep says without being asked for anything: open to everybody, the same on every platform."""

from __future__ import annotations

from handlers.calling import COMMAND, MENTION
from handlers.turn import Choice, Choices, Preview, Reply, Text

_WHO_I_AM = (
    "I am Prep. I help to prepare a negotiation, keep the plan at hand, and watch over the deal afterwards."
)
INTRODUCTION = (
    _WHO_I_AM,
    "What you ask me about a plan, only you can see, here as well.",
    f"A mention can be read by everybody: figures belong into {COMMAND} or a direct message to me.",
    f"To begin: {COMMAND}. For all that I know: {COMMAND} help.",
)
# where there is no command that nobody else sees
INTRODUCTION_BY_MENTION = (
    _WHO_I_AM,
    "What you ask me about a plan I answer to you alone, in a direct message.",
    "A mention can be read by everybody: figures belong into a direct message to me.",
    f"To begin, mention me: {MENTION}. For all that I know: {MENTION} help.",
)
INTRODUCTION_IN_PRIVATE = (
    _WHO_I_AM,
    "What you tell me here, only you can see. In a channel, others can read what you say to me.",
    "To begin, say: new Acme: housings. For all that I know, say: help.",
)
INSTALLED = (
    _WHO_I_AM,
    "I am installed now. What you tell me here, only you can see.",
    "Which supplier do you talk to next? One press, and I ask what matters, a question at a time.",
)
INSTALLED_AGAIN = (
    "I am installed again. Everything that was prepared here before is still there.",
    "Reminders that fell due meanwhile come now.",
)
_MET = (
    _WHO_I_AM,
    "What you tell me here, only you can see.",
    "Which supplier do you talk to next? One press, and I ask what matters, a question at a time.",
)
_BEGIN = Choices(
    (
        Choice("Prepare my first negotiation", "new", primary=True),
        Choice("What can you do?", "help"),
    )
)
_GO_ON = Choices((Choice("Show my plans", "hub", primary=True),))
EDITED = ("Editing a message changes nothing that I have done. Send it again, or say: undo.",)
DELETED = ("Deleting a message takes back nothing that I have done. For your last change, say: undo.",)
FILE = ("I do not read files that are sent here, so nothing was done with it. Paste the text, please.",)
ASKED = ("I have sent you the question in our direct message: answer there.",)
WHO = ("I could not find out who you are, so I have done nothing. Please try again in a moment.",)
NO_ROOM = ("That form is too long to be opened here, so nothing was changed. Please say it in words:",)


def notice(lines: tuple[str, ...]) -> Reply:
    """One of these as a reply."""
    return Reply((Text(lines),), preview=Preview.NOTICE)


def met() -> Reply:
    """What somebody reads who opens Prep for the first time, with a button that leads to the first plan."""
    return Reply((Text(_MET), _BEGIN), preview=Preview.NOTICE)


def installed(*, again: bool) -> Reply:
    """What the person reads who has installed Prep, with a button that leads on."""
    if again:
        return Reply((Text(INSTALLED_AGAIN), _GO_ON), preview=Preview.NOTICE)
    return Reply((Text(INSTALLED), _BEGIN), preview=Preview.NOTICE)

"""What was asked, as Teams brought it: one turn with the place where it is answered, and where forms came from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bot.teams.incoming import is_press

if TYPE_CHECKING:
    from bot.edge import Directory
    from bot.teams.places import Reference
    from handlers.turn import Incoming


@dataclass(frozen=True, slots=True)
class Form:
    """Where a form stands: in the direct message, or `own`, in a channel for one person alone."""

    reference: Reference
    own: bool


@dataclass(frozen=True, slots=True)
class Opener:
    """What opened a form, and whether it was on a card that the speaker alone sees."""

    reference: Reference
    incoming: Incoming
    own: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """One turn as Teams brought it: the raw activity, where to answer, and whom to ask about listeners.

    `own`: it came from a card in a channel or group that the speaker alone sees. `form` is set where a form was sent that
    belongs to a place which others see, and is where that form is; `opener` is the message of the speaker's own whose button
    opened the form that was sent.
    """

    activity: dict[str, Any]
    reference: Reference
    incoming: Incoming
    directory: Directory
    own: bool = False
    form: Form | None = None
    opener: str = ""

    @property
    def by_press(self) -> bool:
        """Whether Teams waits for the answer to a button."""
        return is_press(self.activity)

    @property
    def mine_or_moved(self) -> bool:
        """Whether a form that was sent stands where the speaker alone sees it, wherever it belongs."""
        return self.mine or self.form is not None

    @property
    def mine(self) -> bool:
        """Whether the card with the button is one that the speaker alone sees."""
        return self.own or self.incoming.place.direct

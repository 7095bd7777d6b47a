"""Every command of Prep. A feature offers its own; here they come together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.batna import flow as batna
from handlers.checkins import flow as checkins
from handlers.concessions import flow as concessions
from handlers.contracts import flow as contracts
from handlers.find import flow as finding
from handlers.help import flow as help_
from handlers.hub import flow as hub
from handlers.keeping import flow as keeping
from handlers.lists import flow as lists
from handlers.mandates import flow as mandates
from handlers.offers import flow as offers
from handlers.prep import flow as prep
from handlers.ready import flow as ready
from handlers.reminders import flow as reminders
from handlers.settings import flow as settings
from handlers.sharing import flow as sharing
from handlers.terms import flow as terms

if TYPE_CHECKING:
    from handlers.command import Command

HUB = hub.HUB


def all_commands() -> tuple[Command, ...]:
    """All commands, by feature. What is not built yet comes first: where two are called alike, the later one counts."""
    return (
        *help_.LATER_COMMANDS,
        HUB,
        *prep.COMMANDS,
        *batna.COMMANDS,
        *mandates.COMMANDS,
        *terms.COMMANDS,
        *offers.COMMANDS,
        *concessions.COMMANDS,
        *lists.COMMANDS,
        *ready.COMMANDS,
        *sharing.COMMANDS,
        *settings.COMMANDS,
        *contracts.COMMANDS,
        *checkins.COMMANDS,
        *reminders.COMMANDS,
        *finding.COMMANDS,
        *keeping.COMMANDS,
        *help_.COMMANDS,
    )

"""The only place that knows botbuilder. Outside of it an activity is the plain dict that Teams sent.

outcomes    what became of a call            reference   where to answer, as plain JSON
raw         reading what Teams sent
mentions    the text without the bot's name  service     the Bot Connector's HTTP interface, with time limits
keys        who signs for Teams              token       the proof of who we are
sdk         botbuilder: who may talk to us, and our token; loaded when a Connector is made, not before
"""

from __future__ import annotations

from bot.teams.connector.cloud import PUBLIC, Cloud
from bot.teams.connector.connector import Connector
from bot.teams.connector.mentions import strip_mention
from bot.teams.connector.outcomes import (
    Found,
    Opened,
    OutcomeUnknown,
    RateLimited,
    Refused,
    Sent,
    Trouble,
    Unreachable,
)
from bot.teams.connector.raw import dict_in, dicts_in, text_in
from bot.teams.connector.reference import in_thread, new_thread, reference_of
from bot.teams.connector.service import Limits, Patience

__all__ = [
    "PUBLIC",
    "Cloud",
    "Connector",
    "Found",
    "Limits",
    "Opened",
    "OutcomeUnknown",
    "Patience",
    "RateLimited",
    "Refused",
    "Sent",
    "Trouble",
    "Unreachable",
    "dict_in",
    "dicts_in",
    "in_thread",
    "new_thread",
    "reference_of",
    "strip_mention",
    "text_in",
]

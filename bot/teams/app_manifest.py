"""The manifest of the Teams app, schema 1.29. Pure.

What people may type is offered as it is typed. Words that carry figures are offered as private commands only: a mention
is read by everybody in the channel.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.site import ABOUT, PRIVACY, TERMS
from bot.teams.dialogs import LOG
from handlers.help.text import builtin

if TYPE_CHECKING:
    from collections.abc import Sequence

SCHEMA = "https://developer.microsoft.com/json-schemas/teams/v1.29/MicrosoftTeams.schema.json"
COLOUR_ICON, OUTLINE_ICON = "color.png", "outline.png"
ACCENT = "#1f3a4d"
SHORT = "Prepares purchase negotiations and watches over the deals."
FULL = (
    "Prep walks you through the preparation of a purchase negotiation, keeps the plan at hand while you talk, and "
    "watches over the deal that you made. Ask it for your BATNA, log what each side gave, judge an offer as it comes "
    "in, and hear of a notice deadline before it passes. What is confidential is shown to you alone."
)
PERSONAL = (
    "new", "resume", "show", "batna", "terms", "offer", "give", "got", "log", "ready", "renewals", "help",
)  # fmt: skip
FOR_ALL = (
    "show",
    "batna",
    "terms",
    "questions",
    "objections",
    "ready",
    "log",
    "chart",
    "renewals",
    "find",
    "help",
)
IN_PRIVATE = ("give", "got", "offer", "term", "batna add", "set", "mandate", "contract add")
_SHARED = ("team", "groupChat")


def manifest(app_id: str, public_url: str, version: str) -> dict[str, Any]:
    """The manifest for a bot with this app id, served at `public_url` (https, without a slash at the end).

    The pages that Teams asks for are served there (`bot.site`), since Prep is run by whoever uses it.
    """
    host = public_url.removeprefix("https://").partition("/")[0].partition(":")[0]
    pages = {"websiteUrl": ABOUT, "privacyUrl": PRIVACY, "termsOfUseUrl": TERMS}
    return {
        "$schema": SCHEMA,
        "manifestVersion": "1.29",
        "version": version,
        "id": app_id,
        "developer": {"name": "Prep", **{name: public_url + path for name, path in pages.items()}},
        "name": {"short": "Prep", "full": "Prep for purchase negotiations"},
        "description": {"short": SHORT, "full": FULL},
        "icons": {"color": COLOUR_ICON, "outline": OUTLINE_ICON},
        "accentColor": ACCENT,
        "defaultInstallScope": "personal",
        "supportsChannelFeatures": "tier1",
        "bots": [_bot(app_id)],
        "composeExtensions": [{"botId": app_id, "commands": [_action()]}],
        "validDomains": [host],
        "webApplicationInfo": {"id": app_id, "resource": f"api://botid-{app_id}"},
        "authorization": {
            "permissions": {"resourceSpecific": [{"name": "ChannelMember.Read.Group", "type": "Application"}]}
        },
    }


def _bot(app_id: str) -> dict[str, Any]:
    return {
        "botId": app_id,
        "scopes": ["personal", *_SHARED],
        "supportsTargetedMessages": True,
        "commandLists": [
            _list(("personal",), ("mention",), PERSONAL),
            _list(_SHARED, ("mention", "slash"), FOR_ALL),
            _list(_SHARED, ("slash",), IN_PRIVATE),
        ],
    }


def _list(scopes: Sequence[str], triggers: Sequence[str], words: Sequence[str]) -> dict[str, Any]:
    summaries = {topic.key: topic.summary for topic in builtin().topics}
    commands = [{"title": word, "description": summaries[word].capitalize()} for word in words]
    return {"triggers": list(triggers), "scopes": list(scopes), "commands": commands}


def _action() -> dict[str, Any]:
    return {
        "id": LOG,
        "type": "action",
        "title": "Log as concession",
        "description": "Put what a message says into the concession log of a plan",
        "context": ["message"],
        "fetchTask": True,
    }

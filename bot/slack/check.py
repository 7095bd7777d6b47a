"""`prepbot check` for Slack: what is missing, whether the token works, and whether app and code ask for the same."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.check import Finding
from bot.slack import needs
from bot.slack.api import Api, NotAnswered
from bot.slack.identity import identity_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bot.config import Settings
    from bot.slack.identity import Identity

WHAT = "Slack"
MANIFEST = "manifest.yml"
_ATTEMPT = 5  # seconds
_TAKEN_AWAY = frozenset({"account_inactive", "token_revoked"})
_HELPS = (
    ". Prep was taken away from the workspace, or its token was revoked: install the app again and set the new "
    "SLACK_BOT_TOKEN. What is due meanwhile is kept, and posted then"
)


def check(settings: Settings) -> Sequence[Finding]:
    """What `prepbot check` says of Slack. With a token it calls Slack once."""
    client = [settings.slack_client_id, settings.slack_client_secret]
    if all(client) or (any(client) and settings.slack_bot_token is None):
        from bot.slack.oauth.check import check as check_oauth

        findings = list(check_oauth(settings))
        if findings[0].works is False:
            return findings
    elif settings.slack_bot_token is None or not (settings.slack_signing_secret or settings.slack_app_token):
        return [_missing(settings)]
    else:
        findings = [_connects(settings.slack_bot_token.get_secret_value(), settings.slack_api_url)]
    if settings.slack_app_token is not None:
        findings.append(_takes_calls(settings.slack_app_token.get_secret_value(), settings.slack_api_url))
    return [*findings, *(_compared(file, settings) for file in manifests()[:1])]


def manifests() -> Sequence[Path]:
    """Where the app's manifest stands: in this folder (a company's own), in the package, in the source tree."""
    here = Path(__file__)
    places = (Path(MANIFEST), here.with_name(MANIFEST), here.parents[2] / MANIFEST)
    return [place for place in places if place.is_file()]


def _missing(settings: Settings) -> Finding:
    wanted = ("slack_bot_token", "slack_signing_secret")
    missing = [name.upper() for name in wanted if getattr(settings, name) is None]
    return Finding(WHAT, works=False, text=f"not set: {', '.join(missing)}")


def _connects(token: str, url: str) -> Finding:
    try:
        us = identity_of(asyncio.run(Api(token, url, _ATTEMPT).ask("auth.test")))
    except NotAnswered as problem:
        helps = _HELPS if problem.code in _TAKEN_AWAY else ""
        return Finding(WHAT, works=False, text=f"the bot token does not work: {_why(problem)}{helps}")
    return granted(us)


def _takes_calls(token: str, url: str) -> Finding:
    """Whether Socket Mode works: with the app's own token a connection is asked for, and not used."""
    try:
        asyncio.run(Api(token, url, _ATTEMPT).ask("apps.connections.open"))
    except NotAnswered as problem:
        return Finding(WHAT, works=False, text=f"SLACK_APP_TOKEN does not work: {_why(problem)}")
    return Finding(WHAT, works=True, text="Socket Mode: Slack sends over a connection that Prep opens")


def _why(problem: NotAnswered) -> str:
    return f"Slack says {problem.code}" if problem.code else "Slack does not answer"


def granted(us: Identity) -> Finding:
    """Whether a token may do what the code does. Slack tells the scopes of most tokens, not of all."""
    missing = sorted(needs.SCOPES - us.scopes)
    if us.scopes and missing:
        text = f"the app lacks {', '.join(missing)}: take them from {MANIFEST} and install it again"
        return Finding(WHAT, works=False, text=text)
    more = sorted(us.scopes - needs.SCOPES - needs.OPTIONAL_SCOPES)
    unused = f"; not needed: {', '.join(more)}" if more else ""
    scopes = "scopes as needed" if us.scopes else "scopes not told"
    return Finding(WHAT, works=True, text=f"connects to {us.team}, {scopes}{unused}")


def _compared(file: Path, settings: Settings) -> Finding:
    import yaml

    from bot.slack.oauth.check import redirect_missing

    manifest = yaml.safe_load(file.read_text(encoding="utf-8"))
    wrong = differences(manifest)
    text = "; ".join(wrong) if wrong else "asks for exactly what the code uses"
    text += redirect_missing(settings, manifest) + _sent_otherwise(settings, manifest)
    return Finding(MANIFEST, works=not wrong, text=text)


def _sent_otherwise(settings: Settings, manifest: dict[str, Any]) -> str:
    """Where a manifest and the settings differ in how Slack sends; empty if they do not."""
    by_socket = _at(manifest, "settings", "socket_mode_enabled") is True
    if by_socket == (settings.slack_app_token is not None):
        return ""
    wanted = "false without" if by_socket else "true with"
    return f"; socket_mode_enabled has to be {wanted} SLACK_APP_TOKEN"


def differences(manifest: dict[str, Any]) -> list[str]:
    """How a manifest differs from what the code uses; empty if it does not."""
    scopes = _at(manifest, "oauth_config", "scopes", "bot") or ()
    settings = manifest.get("settings") or {}
    events = _at(settings, "event_subscriptions", "bot_events") or ()
    commands = [one.get("command") for one in _at(manifest, "features", "slash_commands") or ()]
    shortcuts = [one.get("callback_id") for one in _at(manifest, "features", "shortcuts") or ()]
    return [
        *_compare("scope", scopes, needs.SCOPES, needs.OPTIONAL_SCOPES),
        *_compare("event", events, needs.EVENTS),
        *_compare("command", commands, {needs.COMMAND}),
        *_compare("shortcut", shortcuts, needs.SHORTCUTS),
        *_rules(manifest),
    ]


def _compare(kind: str, there: Iterable[str], used: Iterable[str], may: Iterable[str] = ()) -> list[str]:
    """`may` is what is used where it is there, and not missed where it is not."""
    listed = list(there)
    wrong = [f"{kind} {name} is missing" for name in sorted(set(used) - set(listed))]
    wrong += [f"{kind} {name} is not used" for name in sorted(set(listed) - set(used) - set(may))]
    return wrong + [f"{kind} {name} stands twice" for name in sorted(set(listed)) if listed.count(name) > 1]


def _rules(manifest: dict[str, Any]) -> list[str]:
    """What else the code relies on."""
    tab = _at(manifest, "features", "app_home") or {}
    escaped = [one.get("should_escape") for one in _at(manifest, "features", "slash_commands") or ()]
    user_scopes = _at(manifest, "oauth_config", "scopes", "user")
    rules = {
        "the Home tab is off": tab.get("home_tab_enabled") is True,
        "messages to the app are off": tab.get("messages_tab_enabled") is True,
        "messages to the app are read-only": tab.get("messages_tab_read_only_enabled") is False,
        "a shortcut is of the wrong kind": _kinds(manifest) <= needs.SHORTCUTS.items(),
        "buttons are off": _at(manifest, "settings", "interactivity", "is_enabled") is True,
        "a command does not escape channels and people": all(one is True for one in escaped),
        "it asks for scopes of people, which the code never uses": not user_scopes,
    }
    return [told for told, kept in rules.items() if not kept]


def _kinds(manifest: dict[str, Any]) -> set[tuple[Any, tuple[Any, Any]]]:
    """The shortcuts that the code knows, with their names and kinds."""
    listed = _at(manifest, "features", "shortcuts") or ()
    known = [one for one in listed if one.get("callback_id") in needs.SHORTCUTS]
    return {(one["callback_id"], (one.get("name"), one.get("type"))) for one in known}


def _at(found: Any, *path: str) -> Any:
    for key in path:
        found = (found or {}).get(key)
    return found

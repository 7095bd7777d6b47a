"""What `prepbot check` can say of settings by looking at them: values of a wrong kind, names that are none. It shows none."""

from __future__ import annotations

import os
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.check import Finding

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from pydantic import SecretStr

    from bot.config import Settings

WHAT = "Settings"
_OURS = ("SLACK_", "TEAMS_", "PREP_")
_TOKENS = {
    "xoxb-": ("SLACK_BOT_TOKEN", "the bot user's token"),
    "xapp-": ("SLACK_APP_TOKEN", "an app-level token"),
    "xoxp-": ("", "a person's token, which Prep never uses"),
    "xoxe": ("", "a token for configuring apps, which Prep never uses"),
}
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def misfits(settings: Settings, environment: Mapping[str, str]) -> Sequence[Finding]:
    """What does not fit, worst first. `environment` is where the settings came from."""
    wrong = [*_tokens(settings), *_addresses(settings)]
    notes = [*_unused(settings), *_not_ours(settings, environment)]
    return [Finding(WHAT, works=False, text=text) for text in wrong] + [
        Finding(WHAT, works=True, text=text, is_note=True) for text in notes
    ]


def surroundings() -> dict[str, str]:
    """The environment with the file `.env` under it, as Settings reads them. Only names are looked at."""
    from dotenv import dotenv_values

    file = dotenv_values(".env") if Path(".env").is_file() else {}
    return {**{name.upper(): value or "" for name, value in file.items()}, **os.environ}


def _tokens(settings: Settings) -> Iterator[str]:
    given = {"SLACK_BOT_TOKEN": settings.slack_bot_token, "SLACK_APP_TOKEN": settings.slack_app_token}
    for name, secret in given.items():
        token = _plain(secret)
        kind = next((kind for start, kind in _TOKENS.items() if token.startswith(start)), None)
        if token and kind is None:
            start = next(start for start, (which, _) in _TOKENS.items() if which == name)
            yield f"{name} is no token of Slack's: it would begin with {start}"
        elif kind is not None and kind[0] != name:
            belongs = f": it belongs into {kind[0]}" if kind[0] else ""
            yield f"{name} holds {kind[1]}{belongs}"
    signing = _plain(settings.slack_signing_secret)
    if signing.startswith(tuple(_TOKENS)):
        yield "SLACK_SIGNING_SECRET holds a token; the signing secret stands under Basic Information"
    if signing and signing == _plain(settings.slack_client_secret):
        yield "SLACK_SIGNING_SECRET and SLACK_CLIENT_SECRET are the same; Slack shows two different ones"


def _addresses(settings: Settings) -> Iterator[str]:
    if not _is_address(settings.slack_api_url):
        yield "SLACK_API_URL is no address. Leave it out, or for example: SLACK_API_URL=https://slack.com/api/"
    public = settings.prep_public_url
    if public and not _is_address(public):
        yield "PREP_PUBLIC_URL is no address. For example: PREP_PUBLIC_URL=https://prep.example.com"
    elif public and not public.startswith("https://") and not settings.slack_client_id:
        yield "PREP_PUBLIC_URL must begin with https://: Slack and Teams come to no other address"
    if "://" in settings.host or "/" in settings.host:
        yield "HOST is a name or a number, not a web address. For example: HOST=127.0.0.1"


def _unused(settings: Settings) -> Iterator[str]:
    """What is set and does nothing, so that nobody relies on it."""
    if settings.slack_app_token and not (settings.slack_bot_token or settings.slack_client_id):
        yield "SLACK_APP_TOKEN is set, and not used without SLACK_BOT_TOKEN or SLACK_CLIENT_ID"
    many = settings.slack_client_id or settings.slack_client_secret
    idle = ("prep_secret_key",) if settings.teams_app_id else ("prep_secret_key", "prep_public_url")
    for name in idle:  # with an app in Teams the address goes into its package
        if getattr(settings, name) and not many:
            yield f"{name.upper()} is set, and not used without SLACK_CLIENT_ID and SLACK_CLIENT_SECRET"
    if settings.host not in _LOOPBACK:
        yield "HOST lets other machines come: only the proxy that ends TLS should reach it"


def _not_ours(settings: Settings, environment: Mapping[str, str]) -> Iterator[str]:
    known = [name.upper() for name in type(settings).model_fields]
    for name in sorted(_strangers(known, environment)):
        near = get_close_matches(name, known, 1, 0.8)
        meant = f"; {near[0]} is one" if near else ""
        yield f"{name} is no setting of Prep's{meant}"


def _strangers(known: Iterable[str], environment: Mapping[str, str]) -> set[str]:
    return {name for name in environment if name.startswith(_OURS)} - set(known)


def _plain(secret: SecretStr | None) -> str:
    return secret.get_secret_value() if secret is not None else ""


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False

"""Prep in many workspaces put together, from the settings of the process."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import logs
from bot.keys import keys_of
from bot.slack.dispatch import SlackApp
from bot.slack.oauth.exchange import Exchange
from bot.slack.oauth.faces import ManyFaces
from bot.slack.oauth.install import Install, redirect_of
from bot.slack.oauth.installs import Installs, look_over, reseal
from bot.slack.oauth.rotation import Rotation
from bot.slack.oauth.states import States

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from aiohttp import web

    from bot.app import App
    from bot.config import Settings
    from bot.keys import Keys
    from storage.database import Database

WITHOUT_KEY = (
    "PREP_SECRET_KEY is not set. With SLACK_CLIENT_ID and SLACK_CLIENT_SECRET Prep keeps a token of each workspace, and keeps\n"
    "them encrypted under that key. Set it to a long random text, and keep it: `openssl rand -base64 32` makes one."
)
WITHOUT_SIGNATURE = (
    "SLACK_SIGNING_SECRET is not set. Without it nobody can tell what Slack has sent, so Slack is not served."
)
NO_ADDRESS = "PREP_PUBLIC_URL is no address. For example: PREP_PUBLIC_URL=https://prep.example.com"


def problem(settings: Settings) -> str | None:
    """What keeps that from working, in plain words; None if nothing does."""
    if settings.slack_signing_secret is None and settings.slack_app_token is None:
        return WITHOUT_SIGNATURE
    if keys_of(settings.prep_secret_key) is None:
        return WITHOUT_KEY
    public = settings.prep_public_url
    return NO_ADDRESS if public and not public.startswith(("https://", "http://")) else None


def build_slack(
    app: App, settings: Settings, clock: Callable[[], datetime]
) -> tuple[SlackApp, list[web.RouteDef]]:
    """The app and the routes of installing. Raises ValueError, in plain words, where settings cannot work."""
    told, keys = problem(settings), keys_of(settings.prep_secret_key)
    if told or keys is None:
        raise ValueError(told)
    assert settings.slack_client_id
    assert settings.slack_client_secret is not None
    public, api_url = (settings.prep_public_url or "").rstrip("/"), settings.slack_api_url
    redirect = redirect_of(public) if public else None
    installs = Installs(app.edge, keys)
    exchange = Exchange(settings.slack_client_id, settings.slack_client_secret, api_url, redirect, clock)
    faces = ManyFaces(
        app.edge,
        installs,
        Rotation(installs, exchange, clock),
        clock,
        api_url=api_url,
        install_at=f"{public}/slack/install" if public else "",
    )
    install = Install(
        States(keys),
        installs,
        exchange,
        faces,
        clock,
        client_id=settings.slack_client_id,
        api_url=api_url,
        public=public,
    )
    _look_over(app.database, keys)
    signing = settings.slack_signing_secret  # in Socket Mode nothing is signed
    ours = SlackApp(faces, signing.get_secret_value() if signing is not None else "", api_url)
    return ours, install.routes()


def _look_over(database: Database, keys: Keys) -> None:
    """Put everything under the first key. What no key opens is told and left alone: with the right key it works again."""
    reseal(database, keys)
    total, closed = look_over(database, keys)
    if closed:
        logs.error("slack_wrong_key", setting="PREP_SECRET_KEY", installations=total, not_opened=closed)

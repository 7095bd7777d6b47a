"""`prepbot check` for installing by OAuth: what is missing, and whether the tokens that are kept can be opened."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.check import Finding
from bot.keys import SHORT, keys_of
from bot.slack.oauth.install import redirect_of
from bot.slack.oauth.installs import look_over
from storage.database import Database, Unusable
from storage.migrate import HEAD, state

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bot.config import Settings
    from bot.keys import Keys

WHAT = "Slack"
_NEEDED = ("slack_client_id", "slack_client_secret", "slack_signing_secret", "prep_secret_key")


def check(settings: Settings) -> Sequence[Finding]:
    """What is set, and what is kept. Calls nobody: a code for a token has somebody's consent only."""
    signed = settings.slack_app_token is None
    needed = [name for name in _NEEDED if signed or name != "slack_signing_secret"]
    missing = [name.upper() for name in needed if not getattr(settings, name)]
    keys = keys_of(settings.prep_secret_key)
    if missing or keys is None:
        names = ", ".join(missing or ["PREP_SECRET_KEY"])
        return [Finding(WHAT, works=False, text=f"to be installed into many workspaces, not set: {names}")]
    findings = [_address(settings), _kept(settings, keys)]
    secret = settings.prep_secret_key
    if secret is not None and len(secret.get_secret_value().split(",")[0].strip()) < SHORT:
        text = "PREP_SECRET_KEY is short: `openssl rand -base64 32` makes a good one"
        findings.append(Finding(WHAT, works=True, text=text))
    if settings.slack_bot_token is not None:
        text = "SLACK_BOT_TOKEN is not used: with SLACK_CLIENT_ID and SLACK_CLIENT_SECRET each workspace has its own"
        findings.append(Finding(WHAT, works=True, text=text))
    return findings


def _address(settings: Settings) -> Finding:
    public = (settings.prep_public_url or "").rstrip("/")
    if not public:
        text = "PREP_PUBLIC_URL: without it Slack sends who installs back to the app's first redirect URL"
        return Finding(WHAT, works=None, text=text)
    if not public.startswith("https://"):
        return Finding(
            WHAT, works=False, text="PREP_PUBLIC_URL must begin with https://, or Slack refuses it"
        )
    return Finding(WHAT, works=True, text=f"to be installed at {public}/slack/install")


def _kept(settings: Settings, keys: Keys) -> Finding:
    try:
        if state(settings.database_url) != HEAD:
            return Finding(WHAT, works=True, text="installed in no workspace yet")
        database = Database(settings.database_url)
        try:
            total, closed = look_over(database, keys)
        finally:
            database.close()
    except Unusable:
        return Finding(WHAT, works=True, text="where it is installed stands in the database")
    if closed:
        text = (
            f"PREP_SECRET_KEY does not open {closed} of {total} installations. Put the key under which they were made "
            "behind it, separated by a comma; nothing is lost"
        )
        return Finding(WHAT, works=False, text=text)
    count = {0: "no workspace yet", 1: "1 workspace"}.get(total, f"{total} workspaces")
    return Finding(WHAT, works=True, text=f"installed in {count}")


def redirect_missing(settings: Settings, manifest: dict[str, Any]) -> str:
    """What the redirect URLs of a manifest lack for these settings; empty if nothing."""
    if not (settings.slack_client_id and settings.prep_public_url):
        return ""
    wanted = redirect_of(settings.prep_public_url)
    listed = (manifest.get("oauth_config") or {}).get("redirect_urls") or ()
    return "" if wanted in listed else f"; the app needs the redirect URL {wanted}"

"""The few pages of installing. They stand alone: no script, no picture, nothing from elsewhere."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Sequence

    from storage.installations import Installed

# The address of the redirect holds a code: no other page is told it, and nothing is kept by anybody on the way.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}
_STYLE = (
    "body{font:17px/1.5 system-ui,sans-serif;max-width:34em;margin:3em auto;padding:0 1em;color:#1d1c1d;background:#fff}"
    "a.b{display:inline-block;padding:.6em 1.2em;border-radius:.4em;background:#1f3a4d;color:#fff;text-decoration:none}"
    "@media(prefers-color-scheme:dark){body{color:#e8e8e8;background:#1a1d21}a{color:#9cc9e8}a.b{background:#35627f}}"
)
Button = tuple[str, str]  # label, address


def install(authorize: str) -> web.Response:
    """The button with which installing begins."""
    lines = (
        "Prep prepares purchase negotiations with you, keeps the plan at hand during the talks, and watches over the deal.",
        "It reads what is said to it with /prep, in a mention or in a direct message. It does not read along in channels.",
        "The history of a channel is asked for only to see whether a reminder that was interrupted had arrived.",
        "It looks who is in a channel, so that nobody from outside sees a plan.",
        "Slack asks you next what you allow. Whether you may install an app is up to your workspace.",
    )
    return _page(200, "Add Prep to Slack", lines, ("Add to Slack", authorize))


def done(found: Installed, *, again: bool) -> web.Response:
    """Prep is installed: what to do next."""
    lines = [
        "What was prepared there before is still there." if again else "One step is left: your first plan.",
        "Prep has written to you in Slack. Press the button in that message, or say /prep anywhere.",
        "In the channels in which it shall listen and remind, say: /invite @Prep",
    ]
    if found.everywhere:
        add = (
            f"https://app.slack.com/manage/{found.enterprise}/integrations/profile/{found.app}/workspaces/add"
        )
        lines.insert(
            0, "It is installed for the organization, and in none of its workspaces yet: add it to them."
        )
        return _page(200, f"Prep is installed in {found.name or 'Slack'}", lines, ("Add to workspaces", add))
    chat = f"https://slack.com/app_redirect?app={found.app}&team={found.workspace}"
    return _page(200, f"Prep is installed in {found.name or 'Slack'}", lines, ("Open Slack", chat))


def denied() -> web.Response:
    """Whoever was asked said no."""
    return _page(
        200,
        "Nothing was installed",
        ("Slack says that it was not allowed. Nothing was changed.",),
        ("Try again", "install"),
    )


def refused() -> web.Response:
    """A state that is old, used, or another browser's; or no code."""
    lines = (
        "Nothing was installed.",
        "This address works once, within ten minutes, and only in the browser in which installing was begun.",
    )
    return _page(400, "That did not work", lines, ("Begin again", "install"))


def failed(code: str) -> web.Response:
    """Slack did not give a token."""
    why = f"Slack answered: {code}." if code else "Slack did not answer."
    return _page(502, "That did not work", (f"Nothing was installed. {why}",), ("Begin again", "install"))


def _page(status: int, title: str, lines: Sequence[str], button: Button) -> web.Response:
    body = "".join(f"<p>{escape(line)}</p>" for line in lines)
    label, address = button
    html = (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style>"
        f'<h1>{escape(title)}</h1>{body}<p><a class="b" href="{escape(address)}">{escape(label)}</a></p></html>'
    )
    return web.Response(status=status, text=html, content_type="text/html", headers=HEADERS)

"""The pages of installing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.pages import Link, Section, page

if TYPE_CHECKING:
    from aiohttp import web

    from storage.installations import Installed

_AGAIN = "install"  # beside the page that Slack leads back to
_PAGES = (Link("About Prep", "../"), Link("Privacy", "../privacy"), Link("Terms", "../terms"))


def install(authorize: str) -> web.Response:
    """The button with which installing begins."""
    what = "Prep prepares purchase negotiations with you, keeps the plan at hand during the talks, and watches over the deal."
    asked = Section(
        "What it asks for, and why",
        points=(
            "It reads what is said to it with /prep, in a mention or in a direct message. It does not read along in channels.",
            "The history of a channel is asked for only to see whether a reminder that was interrupted had arrived.",
            "It looks who is in a channel, so that nobody from outside sees a plan.",
        ),
    )
    then = Section(
        "What comes next",
        ("Slack asks you what you allow. Whether you may install an app is up to your workspace.",),
    )
    return page(
        200,
        "Add Prep to Slack",
        (Section("", (what,)), asked, then),
        button=Link("Add to Slack", authorize),
        links=_PAGES,
    )


def done(found: Installed, *, again: bool) -> web.Response:
    """Prep is installed: what to do next."""
    lines = [
        "What was prepared there before is still there." if again else "One step is left: your first plan.",
        "Prep has written to you in Slack. Press the button in that message, or say /prep anywhere.",
        "In the channels in which it shall listen and remind, say: /invite @Prep",
    ]
    leads = Link("Open Slack", f"https://slack.com/app_redirect?app={found.app}&team={found.workspace}")
    if found.everywhere:
        lines.insert(
            0, "It is installed for the organization, and in none of its workspaces yet: add it to them."
        )
        add = f"{found.enterprise}/integrations/profile/{found.app}/workspaces/add"
        leads = Link("Add to workspaces", f"https://app.slack.com/manage/{add}")
    return page(
        200,
        f"Prep is installed in {found.name or 'Slack'}",
        (Section("", lines),),
        button=leads,
        links=_PAGES,
    )


def denied() -> web.Response:
    """Whoever was asked said no."""
    return _stopped(200, "Nothing was installed", "Slack says that it was not allowed. Nothing was changed.")


def refused() -> web.Response:
    """A state that is old, used, or another browser's; or no code."""
    why = (
        "This address works once, within ten minutes, and only in the browser in which installing was begun."
    )
    return _stopped(400, "That did not work", "Nothing was installed.", why)


def busy() -> web.Response:
    """More is under way than is taken to Slack at a time."""
    return _stopped(
        503, "Please try again in a minute", "Nothing was installed: too many are installing Prep now."
    )


def failed(code: str) -> web.Response:
    """Slack did not give a token."""
    why = f"Slack answered: {code}." if code else "Slack did not answer."
    return _stopped(502, "That did not work", f"Nothing was installed. {why}")


def _stopped(status: int, title: str, *lines: str) -> web.Response:
    return page(status, title, (Section("", lines),), button=Link("Begin again", _AGAIN), links=_PAGES)

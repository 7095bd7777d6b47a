"""What Prep says of itself to a browser: what it is and how to add it, what it keeps, and on what terms it is used.

Platforms ask for these pages before they take an app. Nobody is asked who they are, so nothing is said here of anybody.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import yaml
from aiohttp import web

from bot.pages import Link, Section, page

if TYPE_CHECKING:
    from bot.config import Settings

ABOUT, PRIVACY, TERMS = "/", "/privacy", "/terms"
INSTALL = "/slack/install"
_LINKS = (Link("About Prep", "./"), Link("Privacy", "privacy"), Link("Terms", "terms"))


@cache
def told() -> dict[str, Any]:
    """What the pages say."""
    found: dict[str, Any] = yaml.safe_load(files("bot").joinpath("site.yaml").read_text(encoding="utf-8"))
    return found


class Site:
    """The pages, as these settings make them."""

    def __init__(self, settings: Settings) -> None:
        self._everywhere = bool(settings.slack_client_id) and settings.slack_client_secret is not None
        self._in_slack = self._everywhere or settings.slack_bot_token is not None
        self._in_teams = bool(settings.teams_app_id)

    def routes(self) -> list[web.RouteDef]:
        """What is served. Where Prep is not installed from a page, whoever looks for that page is told so."""
        found = [web.get(ABOUT, self.about), web.get(PRIVACY, privacy), web.get(TERMS, terms)]
        return found if self._everywhere else [*found, web.get(INSTALL, not_from_here)]

    async def about(self, _: web.Request) -> web.Response:
        """What it is, and how to add it."""
        button = Link("Add to Slack", INSTALL.removeprefix("/")) if self._everywhere else None
        sections = [Section("", told()["what"])]
        if self._in_slack:
            sections.append(Section("In Slack", points=self._slack()))
        if self._in_teams:
            sections.append(Section("In Microsoft Teams", points=told()["teams"]))
        return page(200, "Prep", sections, button=button, links=_LINKS)

    def _slack(self) -> list[str]:
        slack = told()["slack"]
        return [slack["from_here" if self._everywhere else "there_already"], *slack["then"]]


async def privacy(_: web.Request) -> web.Response:
    """What is kept, who sees it, and how it goes."""
    first = Section("", ("What Prep keeps of what you tell it, who can see that, and how it is deleted.",))
    sections = [first, *(Section(one["title"], points=one["points"]) for one in told()["privacy"])]
    return page(200, "Privacy", sections, links=_LINKS)


async def terms(_: web.Request) -> web.Response:
    """On what terms it is used."""
    return page(200, "Terms of use", (Section("", told()["terms"]),), links=_LINKS)


async def not_from_here(_: web.Request) -> web.Response:
    """Prep is not installed from a page, because nobody has set that up."""
    lines = (
        "Nothing has been set up here to add it from a page. Ask whoever runs Prep in your company.",
        "Whoever that is: it takes SLACK_CLIENT_ID, SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET and PREP_SECRET_KEY.",
    )
    links = tuple(Link(one.label, f"../{one.address}") for one in _LINKS)
    return page(404, "Prep is not added to Slack from here", (Section("", lines),), links=links)

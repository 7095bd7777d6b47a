"""The pages for browsers as a real browser shows them: those of installing, and those about Prep."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pydantic import SecretStr

from bot import site
from bot.config import Settings
from bot.slack.oauth import pages
from storage.installations import Installed

if TYPE_CHECKING:
    from aiohttp import web

LONG = "Donaudampfschifffahrtselektrizitaetenhauptbetriebswerkbauunterbeamtengesellschaft"
_TEAM = Installed("T1", name="Northwind", app="A1")
_GROUP = Installed("E1", enterprise="E1", everywhere=True, name="Northwind Group", app="A1")


async def page_scenes(url: str) -> dict[str, str]:
    """Each page, by name."""
    everywhere = Settings(  # type: ignore[call-arg]  # not from a file
        _env_file=None,
        database_url=url,
        slack_client_id="1.2",
        slack_client_secret=SecretStr("secret"),
        teams_app_id="00000000-0000-0000-0000-000000000000",
    )
    bot = SecretStr("xoxb-1")
    one = Settings(_env_file=None, database_url=url, slack_bot_token=bot)  # type: ignore[call-arg]
    request: web.Request = None  # type: ignore[assignment]  # none of the pages looks at it
    found = {
        "install": pages.install("https://slack.com/oauth/v2/authorize"),
        "done": pages.done(_TEAM, again=False),
        "done-again": pages.done(_TEAM, again=True),
        "done-organization": pages.done(_GROUP, again=False),
        "done-long": pages.done(Installed("T1", name=LONG, app="A1"), again=False),
        "denied": pages.denied(),
        "state": pages.refused(),
        "busy": pages.busy(),
        "code": pages.failed("invalid_code"),
        "no-answer": pages.failed(""),
        "not-from-here": await site.not_from_here(request),
        "about": await site.Site(everywhere).about(request),
        "about-one": await site.Site(one).about(request),
        "privacy": await site.privacy(request),
        "terms": await site.terms(request),
    }
    return {name: answer.text or "" for name, answer in found.items()}

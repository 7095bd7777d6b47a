"""Slash commands over HTTP against a bare Bolt app in the same process."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from pydantic import SecretStr

from bench import seeding
from bench.measure import Figure, at_most, interleaved
from bench.slack_load import SECRET, TEAM, bare, client, commander, served
from bench.slack_stub import slack_api
from bot.config import Settings
from bot.keys import Keys
from bot.serve import start
from bot.slack.oauth.installs import Installs
from bot.slack.oauth.states import Known
from storage.installations import Installed

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from aiohttp import ClientSession

    from bot.app import App

# The purchase of the documentation, so that the answer is as long as a real one.
PLAN: tuple[str, ...] = (
    "new full Acme: housings",
    "set acme: volume 30000 a year, horizon 24 months, baseline 3.95",
    "set acme: dates talks 18 Mar 2027, decision 8 Apr 2027, need-by 1 Jul 2027",
    "term acme price: open 3.45, target 3.70, stop 4.05, weight 50",
    "term acme net: open 60, target 45, stop 30, weight 15",
    "term acme lead: open 21, target 28, stop 45, weight 15",
    "term acme warranty: open 36, target 24, stop 12, weight 10",
    "term acme uplift cap: open 0, target 2, stop 4, weight 10",
    "batna acme add Borg = 3.52, freight 0.14, inspection 0.06, one-off 24000 tooling, one-off 3600 dual run",
    "batna acme set Borg: chance 80 %, 12 weeks",
    "batna acme add in-house = 2.05, labour 1.10, overhead 0.55, one-off 39000 press, chance 100 %",
    "mandate acme 4.05 by CFO",
    "offer acme theirs: price 4.12, net 30, lead 45, warranty 12, cap 4",
    "give acme price 3.45 -> 3.58 for cap 4 -> 3",
    "offer acme theirs: price 3.80, net 45, lead 32, warranty 24, cap 3",
)
FEW, MANY = 1_000, 1_000_000
TOKEN = "xoxb-bench"


def _settings(url: str, api: str, *, many: bool) -> Settings:
    """For one workspace with a token, or for many by OAuth."""
    of_one = {"slack_bot_token": SecretStr(TOKEN)}
    of_many = {
        "slack_client_id": "1.2",
        "slack_client_secret": SecretStr("s"),
        "prep_secret_key": SecretStr(SECRET),
    }
    return Settings(
        _env_file=None,
        database_url=url,
        port=0,
        slack_signing_secret=SecretStr(SECRET),
        slack_api_url=api,
        **(of_many if many else of_one),
    )  # type: ignore[call-arg]


async def _install(app: App, count: int) -> None:
    """Installations in many workspaces, of which one is the benchmark's."""
    installs, now = Installs(app.edge, Keys(SECRET)), datetime.now(UTC)
    for team in (TEAM, *(f"T{number}" for number in range(1, count))):
        one = Installed(team, token=TOKEN, bot_user="UBOT", bot_id="B0")
        await installs.keep(one, Known(team, now + timedelta(minutes=10)), now)


@asynccontextmanager
async def prep(url: str, *, many: int = 0) -> AsyncIterator[str]:
    """The address at which a whole Prep takes Slack's requests; installed in so many workspaces, or with a token."""
    async with slack_api() as api:
        running = await start(_settings(url, api, many=bool(many)))
        try:
            if many:
                await _install(running.app, many)
            yield f"{running.address}/slack/events"
        finally:
            await running.stop()


async def _prepare(session: ClientSession, url: str) -> None:
    for line in PLAN:
        await commander(session, url, line)()


async def without_and_with_storage() -> list[Figure]:
    """A command without storage, and `/prep batna` one at a time and sixteen side by side."""
    figures = []
    with TemporaryDirectory() as folder:
        async with served(bare()) as floor, prep(f"sqlite:///{folder}/prep.db") as ours, client() as http:
            await _prepare(http, ours)
            for name, text, at_once, bound in (
                ("a command without storage", "help", 1, 1.3),
                ("/prep batna, one at a time", "batna acme", 1, 3),
                ("/prep batna, 16 at once", "batna acme", 16, 3),
            ):
                mine, theirs = await interleaved(
                    commander(http, ours, text, at_once=at_once),
                    commander(http, floor, text, at_once=at_once),
                    calls=200 if at_once == 1 else 40,
                )
                figures.append(at_most(name, mine, theirs, bound))
    return figures


async def in_many_workspaces() -> list[Figure]:
    """The same commands where Prep is installed in a thousand workspaces by OAuth, against a bare command."""
    figures = []
    with TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/prep.db"
        async with served(bare()) as floor, prep(url, many=FEW) as ours, client() as http:
            await _prepare(http, ours)
            for name, text, bound in (
                ("a command without storage", "help", 1.3),
                ("/prep batna", "batna acme", 3),
            ):
                mine, theirs = await interleaved(commander(http, ours, text), commander(http, floor, text))
                figures.append(at_most(f"{name}, of 1,000 installations", mine, theirs, bound))
    return figures


async def with_many_plans() -> list[Figure]:
    """`/prep batna` among a million plans against a thousand."""
    with TemporaryDirectory() as folder:
        few, many = (f"sqlite:///{Path(folder) / name}" for name in ("few.db", "many.db"))
        for url, count in ((few, FEW), (many, MANY)):
            database = seeding.fresh(url)
            seeding.plans(database, seeding.workspace(database, "slack", TEAM), count)
            database.close()
        async with prep(few) as small, prep(many) as large, client() as http:
            for url in (small, large):
                await _prepare(http, url)
            mine, theirs = await interleaved(
                commander(http, large, "batna acme"), commander(http, small, "batna acme")
            )
    return [at_most("/prep batna among 1,000,000 plans against 1,000", mine, theirs, 1.5)]

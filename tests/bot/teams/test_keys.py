"""The keys that sign for Teams: fetched rarely, kept through failures, replaced when they change."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
from aiohttp import web

from bot.teams.connector.errors import KeysUnreachableError
from bot.teams.connector.keys import Keys
from tests.bot.teams.stage import Clock
from tests.doubles.teams.identity import Signer
from tests.doubles.teams.serving import serving

HOUR = 3600


@pytest.fixture
def signer() -> Signer:
    return Signer(kid="old")


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
async def keys(signer: Signer, clock: Clock) -> AsyncIterator[Keys]:
    app = web.Application()
    app.add_routes(signer.routes())
    async with serving(app) as url:
        yield Keys(f"{url}/openid", limit=2, clock=clock)


async def test_many_at_once_fetch_once(keys: Keys, signer: Signer) -> None:
    found = await asyncio.gather(*(keys.get("old") for _ in range(10)))
    assert {key.endorsements[0] for key in found} == {"msteams"}
    assert signer.asked == 1


async def test_fetched_again_after_a_day(keys: Keys, signer: Signer, clock: Clock) -> None:
    for hours, asked in ((0, 1), (23, 1), (2, 2)):
        clock.seconds += hours * HOUR
        await keys.get("old")
        assert signer.asked == asked


async def test_a_new_key_is_found_within_the_hour(keys: Keys, signer: Signer, clock: Clock) -> None:
    await keys.get("old")
    signer.kid = "new"
    with pytest.raises(PermissionError):
        await keys.get("new")
    clock.seconds += HOUR + 1
    await keys.get("new")
    assert signer.asked == 2


async def test_invented_keys_do_not_make_us_ask(keys: Keys, signer: Signer) -> None:
    for name in ("a", "b", None):
        with pytest.raises(PermissionError):
            await keys.get(name)
    assert signer.asked == 1


async def test_known_keys_outlive_a_failure(keys: Keys, signer: Signer, clock: Clock) -> None:
    await keys.get("old")
    signer.down = True
    clock.seconds += 25 * HOUR
    await keys.get("old")
    assert signer.asked == 2


async def test_without_any_key_nobody_can_tell(keys: Keys, signer: Signer, clock: Clock) -> None:
    signer.down = True
    for _ in range(3):
        with pytest.raises(KeysUnreachableError):
            await keys.get("old")
    assert signer.asked == 1, "not asked again at once"
    signer.down = False
    clock.seconds += 11
    await keys.get("old")


async def test_a_document_that_names_no_keys(signer: Signer) -> None:
    async def nonsense(_: web.Request) -> web.Response:
        return web.json_response(["jwks_uri"])

    app = web.Application()
    app.add_routes([web.get("/openid", nonsense)])
    async with serving(app) as url:
        with pytest.raises(KeysUnreachableError):
            await Keys(f"{url}/openid", limit=2).get("old")

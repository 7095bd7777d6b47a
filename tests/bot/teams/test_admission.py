"""Who may talk to the bot, and how it shows who it is: real signatures, checked against real documents."""

from __future__ import annotations

import asyncio
import threading
import time
from typing import TYPE_CHECKING, Any

import jwt
import pytest
from aiohttp import web

from bot.teams.connector import PUBLIC, Limits, Refused, Sent, Unreachable, reference_of
from bot.teams.connector.sdk import Account, credentials
from tests.doubles.teams.identity import ISSUER, Signer
from tests.doubles.teams.serving import serving
from tests.doubles.teams.world import BOT_APP, User

if TYPE_CHECKING:
    from tests.bot.teams.stage import Bot, Start

ANNA = User("Anna")


@pytest.fixture(scope="module")
def key() -> Signer:
    return Signer()


@pytest.fixture
def signer(key: Signer) -> Signer:
    key.asked, key.down = 0, False
    return key


def typed(bot: Bot) -> dict[str, Any]:
    return bot.client.typed(ANNA, "hello", bot.teams.personal(ANNA))


async def status(bot: Bot, bearer: str, **changed: Any) -> int:
    return (await bot.client.deliver({**typed(bot), **changed}, {"Authorization": bearer})).status


async def test_teams_may(start: Start, signer: Signer) -> None:
    bot = await start(signer)
    assert (await bot.client.message(ANNA, "hello", bot.teams.personal(ANNA))).status == 200
    assert [activity["text"] for activity in bot.heard] == ["hello"]


async def test_the_keys_are_fetched_once(start: Start, signer: Signer) -> None:
    bot = await start(signer)
    for _ in range(3):
        assert await status(bot, signer.bearer(bot.teams.url)) == 200
    assert signer.asked == 1


@pytest.mark.parametrize(
    "bearer",
    [
        "",
        "Bearer",
        "Bearer ",
        "Bearer x",
        "Bearer a.b.c",
        "Bearer a.b.c d",
        "Basic dXNlcjpwYXNz",
        "bearer",
        "Bearer " + "A" * 4000,
        "Bearer eyJhbGciOiJub25lIn0.e30.",
        "Bearer " + jwt.encode({}, "x" * 32),
        "Bearer " + jwt.encode({"iss": ISSUER, "aud": BOT_APP}, "x" * 32),
        "Bearer " + jwt.encode({"iss": ISSUER, "aud": BOT_APP}, "x" * 32, headers={"kid": "key-1"}),
    ],
)
async def test_a_malformed_token_is_no_failure_of_ours(start: Start, signer: Signer, bearer: str) -> None:
    bot = await start(signer)
    assert await status(bot, bearer) == 401
    assert (bot.heard, bot.errors) == ([], [])


@pytest.mark.parametrize(
    "claims",
    [
        {"minutes": -10},
        {"aud": "another bot"},
        {"iss": "https://example.com"},
        {
            "iss": "https://sts.windows.net/d6d49420-f39b-4df7-a1dc-d59a935871db/",
            "appid": BOT_APP,
            "ver": "1.0",
        },
        {"aud": BOT_APP, "appid": "another bot", "ver": "1.0", "iss": "https://sts.windows.net/x/"},
        {"kid": "another key"},
        {"serviceurl": "https://example.com"},
        {"nbf": time.time() + 3600},
    ],
    ids=["expired", "audience", "issuer", "emulator", "another bot", "unknown key", "service URL", "not yet"],
)
async def test_a_token_for_something_else(start: Start, signer: Signer, claims: dict[str, Any]) -> None:
    bot = await start(signer)
    assert await status(bot, signer.bearer(bot.teams.url, **{"serviceurl": bot.teams.url, **claims})) == 401
    assert bot.heard == []


async def test_a_forged_signature(start: Start, signer: Signer) -> None:
    bot = await start(signer)
    assert await status(bot, Signer(kid=signer.kid).bearer(bot.teams.url)) == 401


@pytest.mark.parametrize("channel", ["webchat", "directline", "emulator"])
async def test_other_channels_of_the_same_bot(start: Start, channel: str) -> None:
    signer = Signer(endorsements=("msteams", channel))
    bot = await start(signer)
    assert await status(bot, signer.bearer(bot.teams.url), channelId=channel) == 401


async def test_a_key_that_signs_for_other_channels_only(start: Start) -> None:
    signer = Signer(endorsements=("webchat",))
    bot = await start(signer)
    assert await status(bot, signer.bearer(bot.teams.url)) == 401


async def test_keys_that_cannot_be_fetched_are_our_trouble(start: Start, signer: Signer) -> None:
    bot = await start(signer)
    signer.down = True
    assert await status(bot, signer.bearer(bot.teams.url)) == 503
    assert len(bot.errors) == 1


async def test_the_bot_shows_its_token(start: Start, signer: Signer) -> None:
    bot = await start(signer, token=lambda: "bot token")
    bot.teams.token = "bot token"
    await bot.client.deliver(typed(bot))
    assert isinstance(await bot.connector.send(reference_of(bot.heard[0]), {"text": "hi"}), Sent)
    bot.teams.token = "another"
    assert await bot.connector.send(reference_of(bot.heard[0]), {"text": "hi"}) == Refused(
        "Unauthorized", 401
    )


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (PermissionError("invalid_client"), Refused("TokenRefused")),
        (KeyError("access_token"), Refused("TokenRefused")),
        (OSError("no route"), Unreachable("token")),
    ],
)
async def test_no_token_no_message(start: Start, signer: Signer, error: Exception, outcome: object) -> None:
    def token() -> str:
        raise error

    bot = await start(signer, token=token)
    await bot.client.deliver(typed(bot))
    assert await bot.connector.send(reference_of(bot.heard[0]), {"text": "hi"}) == outcome
    assert bot.errors == [error]
    assert bot.teams.requests == []


def test_a_single_tenant_bot_asks_its_own_tenant() -> None:
    way = credentials(Account(BOT_APP, "a password", "a-tenant", managed=False), PUBLIC)
    assert way.oauth_endpoint == "https://login.microsoftonline.com/a-tenant"
    assert way.oauth_scope == "https://api.botframework.com"


async def test_a_managed_identity_asks_its_host(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[dict[str, str]] = []

    async def identity(request: web.Request) -> web.Response:
        asked.append(dict(request.query))
        return web.json_response({"access_token": "managed", "expires_on": str(int(time.time()) + 3600)})

    app = web.Application()
    app.add_routes([web.get("/identity", identity)])
    async with serving(app) as url:
        monkeypatch.setenv("IDENTITY_ENDPOINT", f"{url}/identity")
        monkeypatch.setenv("IDENTITY_HEADER", "a header")
        way = credentials(Account(BOT_APP, "", "a-tenant", managed=True), PUBLIC)
        assert await asyncio.to_thread(way.get_access_token) == "managed"
    assert (asked[0]["client_id"], asked[0]["resource"]) == (BOT_APP, "https://api.botframework.com")


async def test_a_login_that_hangs_is_left_alone(start: Start, signer: Signer) -> None:
    answered = threading.Event()

    def token() -> str:
        answered.wait(20)
        return "too late"

    bot = await start(signer, token=token, limits=Limits(identity=1.0))
    await bot.client.deliver(typed(bot))
    reference = reference_of(bot.heard[0])
    outcomes = await asyncio.gather(*(bot.connector.send(reference, {"text": "hi"}) for _ in range(5)))
    answered.set()
    assert outcomes == [Unreachable("token")] * 5

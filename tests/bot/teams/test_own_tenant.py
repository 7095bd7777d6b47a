"""A registered bot, whose callers sign, serves the tenant that it is registered in."""

from __future__ import annotations

import pytest
from aiohttp import web

from bot.app import build
from bot.config import Settings
from bot.teams.connector import Cloud
from bot.teams.wiring import build_teams
from tests.doubles.teams.client import TeamsClient
from tests.doubles.teams.identity import ISSUER, Signer
from tests.doubles.teams.service import TeamsDouble
from tests.doubles.teams.serving import serving
from tests.doubles.teams.world import BOT_APP, HOST_TENANT, OTHER_TENANT
from tests.journeys.teams_runner import person

ANN = person("ann")


@pytest.mark.parametrize(("host", "answers"), [(HOST_TENANT, 1), (OTHER_TENANT, 0)])
async def test_a_registered_bot_serves_its_own_tenant_alone(sqlite_url: str, host: str, answers: int) -> None:
    signer = Signer()
    double = TeamsDouble(routes=signer.routes())
    given = {"teams_app_id": BOT_APP, "teams_app_password": "x", "teams_tenant_id": HOST_TENANT}
    settings = Settings(database_url=sqlite_url, _env_file=None, **given)  # type: ignore[call-arg]
    app = build(settings)
    async with double:
        cloud = Cloud(issuer=ISSUER, keys_url=f"{double.url}/openid")
        routes, face = build_teams(app, settings, cloud=cloud, token=lambda: "token")
        site = web.Application()
        site.add_routes(routes)
        place = double.personal(ANN)
        place.tenant = host
        async with serving(site) as url:
            endpoint = f"{url}/api/messages"
            signed = TeamsClient(double, endpoint, lambda activity: signer.bearer(activity["serviceUrl"]))
            assert (await signed.message(ANN, "help", place)).status == 200
            forged = TeamsClient(double, endpoint, lambda _: "Bearer x.y.z")
            assert (await forged.message(ANN, "help", place)).status == 401
        await face.close()
    app.close()
    assert len(double.posts) == answers

"""Tokens as the Bot Connector signs them, and the documents that name the key."""

from __future__ import annotations

import json
import time
from typing import Any

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa
from jwt.algorithms import RSAAlgorithm

from tests.doubles.teams.world import BOT_APP

ISSUER = "https://api.botframework.com"


class Signer:
    """A signing key. `asked` counts how often its documents were fetched; `down` makes them fail."""

    def __init__(self, kid: str = "key-1", endorsements: tuple[str, ...] = ("msteams",)) -> None:
        self.kid = kid
        self.endorsements = endorsements
        self.asked = 0
        self.down = False
        self._key = rsa.generate_private_key(public_exponent=65537, key_size=2048)

    def bearer(self, service_url: str, *, minutes: float = 10, kid: str | None = None, **claims: Any) -> str:
        """An Authorization header: for the bot, from the Bot Connector, unless `claims` say otherwise."""
        now = time.time()
        payload = {
            "aud": BOT_APP,
            "iss": ISSUER,
            "serviceurl": service_url,
            "nbf": now - 3600,
            "exp": now + 60 * minutes,
            **claims,
        }
        return "Bearer " + jwt.encode(payload, self._key, algorithm="RS256", headers={"kid": kid or self.kid})

    def routes(self) -> list[web.RouteDef]:
        return [web.get("/openid", self._document), web.get("/keys", self._keys)]

    async def _document(self, request: web.Request) -> web.Response:
        self.asked += 1
        if self.down:
            raise web.HTTPServiceUnavailable
        return web.json_response({"issuer": ISSUER, "jwks_uri": f"http://{request.host}/keys"})

    async def _keys(self, request: web.Request) -> web.Response:
        public = json.loads(RSAAlgorithm.to_jwk(self._key.public_key()))
        key = {**public, "kid": self.kid, "use": "sig", "endorsements": list(self.endorsements)}
        return web.json_response({"keys": [key]})

"""Installing by OAuth: `GET /slack/install` and `GET /slack/oauth_redirect`.

Both are our own rather than Bolt's. Bolt's OAuth takes its settings from the environment where it is not told otherwise, keeps
what it gets in files, asks `auth.test` about every command, and knows nothing of a browser that a state belongs to. What is
left of it is one call, for which slack_sdk is enough.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from aiohttp import web

from bot import logs
from bot.slack import needs
from bot.slack.api import Api, NotAnswered
from bot.slack.dispatch import NoFace
from bot.slack.identity import scopes_of
from bot.slack.oauth import pages
from bot.slack.oauth.states import COOKIE, WITHIN

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.slack.oauth.exchange import Exchange
    from bot.slack.oauth.faces import ManyFaces
    from bot.slack.oauth.installs import Installs
    from bot.slack.oauth.states import Known, States
    from storage.installations import Installed

AUTHORIZE = "https://slack.com/oauth/v2/authorize"
PATH = "/slack"
MOST = 8  # codes that are taken to Slack at a time
_CODE = re.compile(r"[A-Za-z0-9_.-]{1,200}")


class Install:
    """Installing in one process. `public` is the address of PREP_PUBLIC_URL, without which Slack takes the app's first."""

    def __init__(
        self,
        states: States,
        installs: Installs,
        exchange: Exchange,
        faces: ManyFaces,
        clock: Callable[[], datetime],
        *,
        client_id: str,
        api_url: str,
        public: str,
    ) -> None:
        self._states, self._installs, self._exchange, self._faces = states, installs, exchange, faces
        self._clock, self._client_id, self._api_url, self._public = clock, client_id, api_url, public
        self._exchanging = 0

    def routes(self) -> list[web.RouteDef]:
        """What is served."""
        return [
            web.get(f"{PATH}/install", self.begin, allow_head=False),
            web.get(f"{PATH}/oauth_redirect", self.end, allow_head=False),
        ]

    # ---- beginning ----

    async def begin(self, request: web.Request) -> web.Response:
        """A page with a button that leads to Slack, and a cookie that tells this browser from others."""
        browser = self._states.browser(request.cookies.get(COOKIE, ""))
        response = pages.install(self._authorize(self._states.begin(browser, self._clock())))
        response.set_cookie(
            COOKIE,
            browser,
            max_age=int(WITHIN.total_seconds()),
            path=PATH,
            secure=self._is_secure(request),
            httponly=True,
            samesite="Lax",  # the way back from Slack is a link from elsewhere
        )
        return response

    def _authorize(self, state: str) -> str:
        asked = {"client_id": self._client_id, "scope": ",".join(sorted(needs.SCOPES)), "state": state}
        if self._public:
            asked["redirect_uri"] = redirect_of(self._public)
        return f"{AUTHORIZE}?{urlencode(asked)}"

    def _is_secure(self, request: web.Request) -> bool:
        """Always, but on this machine alone without TLS: there a browser would not send it back."""
        if self._public:
            return self._public.startswith("https://")
        return request.url.host not in {"127.0.0.1", "localhost", "::1"}

    # ---- the way back ----

    async def end(self, request: web.Request) -> web.Response:
        """Slack sends the browser back with a code, or says that it was not allowed."""
        asked, browser = request.query, request.cookies.get(COOKIE, "")
        known = self._states.known(asked.get("state", ""), browser, self._clock())
        if asked.get("error"):
            return pages.denied()  # the state is not over: whoever said no may go back and say yes
        code = asked.get("code", "")
        if known is None or not _CODE.fullmatch(code) or await self._installs.is_used(known):
            logs.warning("slack_install_refused", state="unknown" if known is None else "known")
            return pages.refused()
        if self._exchanging >= MOST:
            logs.warning("slack_install_busy")
            return pages.busy()
        self._exchanging += 1
        try:
            found = await self._told(await self._exchange.of_code(code))
        except NotAnswered as problem:
            logs.error("slack_not_installed", code=problem.code)
            return pages.failed(problem.code)
        finally:
            self._exchanging -= 1
        return await self._kept(found, known)

    async def _kept(self, found: Installed, by: Known) -> web.Response:
        again = await self._installs.keep(found, by, self._clock())
        if again is None:  # the same way back was taken twice at once
            return pages.refused()
        logs.info("slack_installed", again=again, lacks=sorted(needs.SCOPES - scopes_of(found.scopes)))
        await self._greet(found, again=again)
        return pages.done(found, again=again)

    async def _told(self, found: Installed) -> Installed:
        """With what only `auth.test` tells: which bot we are. Raises NotAnswered where the token does not work."""
        answer = await Api(found.token, self._api_url).ask("auth.test")
        bot_user = found.bot_user or str(answer.get("user_id") or "")
        return replace(found, bot_id=str(answer.get("bot_id") or ""), bot_user=bot_user)

    async def _greet(self, found: Installed, *, again: bool) -> None:
        self._faces.forget(found.workspace)
        try:
            face = await self._faces.at(found.workspace)
        except (NoFace, NotAnswered):  # it was taken away in the same moment
            return
        if found.installer:
            face.welcome(found.installer, again=again)


def redirect_of(public: str) -> str:
    """Where Slack sends the browser back to."""
    return f"{public.rstrip('/')}{PATH}/oauth_redirect"

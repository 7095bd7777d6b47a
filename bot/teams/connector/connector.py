"""Teams, as the rest of Prep sees it: activities come in, messages go out, all of them plain dicts."""

from __future__ import annotations

import asyncio
import random
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from bot.teams.connector.cloud import PUBLIC
from bot.teams.connector.errors import KeysUnreachableError, NotAdmittedError
from bot.teams.connector.outcomes import Found, Opened, Refused, Sent, Trouble, Unreachable
from bot.teams.connector.reference import direct
from bot.teams.connector.service import Call, Limits, Patience, Service, trusted
from bot.teams.connector.token import Token

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.teams.connector.cloud import Cloud

_TARGETED = {"isTargetedActivity": "true"}
_PAGE = "200"
_MAX_PAGES = 100
_NO_ROSTER = "no roster"
_PATIENCE = Patience()
_LIMITS = Limits()


class Connector:
    """One bot's connection to Teams.

    `on_activity` gets each admitted activity exactly as it was received and returns the answer to an invoke,
    or None. `on_error` is told what `on_activity` raised, and when keys or a token cannot be had.
    `hides`: whether what is sent for one person alone is shown to nobody else. Where nobody checks who is spoken to it may be
    a tool that shows it to all, so without an app id that is not relied upon unless somebody says so.
    `token`, where given, is a blocking function that replaces botbuilder's way to the bot's token.
    Raises ValueError for a registration that cannot work, and for one without an app id, which would let
    anyone in, unless `allow_anonymous`; then only this machine is spoken to.
    """

    def __init__(
        self,
        app_id: str,
        app_password: str,
        tenant_id: str,
        app_type: str = "SingleTenant",
        *,
        on_activity: Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]],
        on_error: Callable[[Exception], None],
        allow_anonymous: bool = False,
        hides: bool | None = None,
        cloud: Cloud = PUBLIC,
        token: Callable[[], str] | None = None,
        patience: Patience = _PATIENCE,
        limits: Limits = _LIMITS,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        _check(app_id, app_password, tenant_id, app_type, allow_anonymous=allow_anonymous)
        from bot.teams.connector import sdk  # 24 MB and a quarter of a second: only for those who use Teams

        account = sdk.Account(app_id, app_password, tenant_id, app_type.lower() == "userassignedmsi")
        self.anonymous = not app_id
        self.hides = bool(app_id) if hides is None else hides
        self._sdk = sdk.Sdk(account, cloud, limit=limits.identity)
        self._on_activity = on_activity
        self._on_error = on_error
        self._token = (
            None
            if self.anonymous
            else Token(token or self._sdk.token, limit=limits.identity, on_error=on_error)
        )
        self._service = Service(self._token, patience=patience, limits=limits, sleep=sleep, jitter=jitter)

    async def handle(self, body: object, auth_header: str) -> tuple[int, dict[str, Any] | None]:
        """Takes one activity in; gives the HTTP status and, for an invoke, the body to answer with.

        400 what is no activity; 401 whoever is not Teams; 503 when that cannot be checked just now.
        If `on_activity` raises, `on_error` is told; then 500 for an invoke, whose sender waits for an answer,
        and 200 for all else: what is delivered again could do twice what was done half-way.
        """
        if not isinstance(body, dict) or not _is_activity(body):
            return 400, None
        try:
            if self.anonymous and not trusted(body["serviceUrl"], loopback_only=True):
                return 401, None
            admitted = await self._sdk.admit(body, auth_header)
        except NotAdmittedError:
            return 401, None
        except KeysUnreachableError as error:
            self._on_error(error)
            return 503, None
        try:
            return 200, await self._sdk.turn(admitted, body, self._on_activity)
        except Exception as error:
            self._on_error(error)
            return (500 if body["type"] == "invoke" else 200), None

    async def send(
        self, reference: dict[str, Any], activity: dict[str, Any], *, targeted: bool = False
    ) -> Sent | Trouble:
        """Posts `activity`; with `targeted` only its `recipient` ({"id"}), who must be named, sees it."""
        path = _path(reference, activity.get("replyToId"))
        body = _addressed(reference, activity)
        if targeted and not activity.get("recipient"):
            raise ValueError("a targeted message names its recipient")
        return _sent(await self._call("POST", reference, path, body, _TARGETED if targeted else None))

    async def update(
        self, reference: dict[str, Any], activity_id: str, activity: dict[str, Any], *, targeted: bool = False
    ) -> Sent | Trouble:
        """Replaces what was posted as `activity_id`."""
        body = {**_addressed(reference, activity), "id": activity_id}
        body.pop("recipient", None)  # a targeted update that names one is refused
        query = _TARGETED if targeted else None
        return _sent(await self._call("PUT", reference, _path(reference, activity_id), body, query))

    async def delete(
        self, reference: dict[str, Any], activity_id: str, *, targeted: bool = False
    ) -> Sent | Trouble:
        """Removes what was posted as `activity_id`."""
        query = _TARGETED if targeted else None
        return _sent(await self._call("DELETE", reference, _path(reference, activity_id), None, query))

    async def open_direct(self, reference: dict[str, Any], member: dict[str, Any]) -> Opened | Trouble:
        """Opens the direct conversation with `member` ({"id"} or {"aad_id"}) of the tenant of `reference`."""
        tenant = reference["tenant_id"]
        body = {
            "isGroup": False,
            "bot": reference["bot"],
            "members": [{"id": member.get("id") or member["aad_id"]}],
            "tenantId": tenant,
            "channelData": {"tenant": {"id": tenant}},
        }
        answer = await self._call("POST", reference, "/v3/conversations", body)
        if not isinstance(answer, dict):
            return answer
        if not answer.get("id"):
            return Refused("NoConversation")
        return Opened(direct(reference, str(answer["id"]), member))

    async def member(self, reference: dict[str, Any], member_id: str) -> Found | Trouble:
        """One member of the conversation, by Teams id or directory id."""
        path = f"/v3/conversations/{_quoted(reference['base_id'])}/members/{_quoted(member_id)}"
        answer = await self._call("GET", reference, path)
        if not isinstance(answer, dict):
            return answer
        return Found((answer,)) if answer.get("id") else Unreachable(_NO_ROSTER)

    async def members(self, reference: dict[str, Any]) -> Found | Trouble:
        """All members of the conversation. What is not a whole roster is Unreachable, never a shorter one:
        an outsider who is left out would count as nobody.
        """
        path = f"/v3/conversations/{_quoted(reference['base_id'])}/pagedmembers"
        found: list[dict[str, Any]] = []
        query = {"pageSize": _PAGE}
        for _ in range(_MAX_PAGES):
            answer = await self._call("GET", reference, path, None, query)
            if not isinstance(answer, dict):
                return answer
            page = answer.get("members")
            if not isinstance(page, list) or not all(isinstance(member, dict) for member in page):
                break
            found += page
            if not answer.get("continuationToken"):
                return Found(tuple(found)) if found else Unreachable(_NO_ROSTER)
            query = {"pageSize": _PAGE, "continuationToken": str(answer["continuationToken"])}
        return Unreachable(_NO_ROSTER)

    async def close(self) -> None:
        """Closes kept connections."""
        await self._service.close()
        if self._token is not None:
            self._token.close()

    async def _call(
        self,
        method: str,
        reference: dict[str, Any],
        path: str,
        body: dict[str, Any] | None = None,
        query: dict[str, str] | None = None,
    ) -> dict[str, Any] | Trouble:
        if not trusted(reference["service_url"], loopback_only=self.anonymous):
            return Refused("UntrustedServiceUrl")
        return await self._service.call(Call(method, reference["service_url"], path, body, query))


def _check(app_id: str, app_password: str, tenant_id: str, app_type: str, *, allow_anonymous: bool) -> None:
    if app_type.lower() not in {"singletenant", "userassignedmsi"}:
        raise ValueError("a Teams bot is of the type SingleTenant or UserAssignedMSI")
    if not app_id:
        if not allow_anonymous:
            raise ValueError("without an app id anyone could speak for anyone")
    elif not tenant_id:
        raise ValueError("the tenant of the bot's registration is missing")
    elif app_type.lower() == "singletenant" and not app_password:
        raise ValueError("a SingleTenant bot needs its password")


def _is_activity(body: dict[str, Any]) -> bool:
    conversation = body.get("conversation")
    texts = [body.get(key) for key in ("type", "channelId", "serviceUrl")]
    texts.append(conversation.get("id") if isinstance(conversation, dict) else None)
    return all(isinstance(text, str) and text for text in texts)


def _addressed(reference: dict[str, Any], activity: dict[str, Any]) -> dict[str, Any]:
    """The activity with sender and conversation; the tenant too, as proactive sends are refused without one."""
    conversation = {
        "id": reference["conversation_id"],
        "conversationType": reference["kind"],
        "tenantId": reference["tenant_id"],
    }
    addressed = {"type": "message", **activity, "from": reference["bot"], "conversation": conversation}
    if reference["kind"] == "personal":
        member = {"id": reference["member"]["id"], "aadObjectId": reference["member"]["aad_id"]}
        addressed.setdefault("recipient", {key: value for key, value in member.items() if value})
    return addressed


def _path(reference: dict[str, Any], activity_id: str | None) -> str:
    path = f"/v3/conversations/{_quoted(reference['conversation_id'])}/activities"
    return f"{path}/{_quoted(activity_id)}" if activity_id else path


def _quoted(part: str) -> str:
    return quote(part, safe="")


def _sent(answer: dict[str, Any] | Trouble) -> Sent | Trouble:
    return Sent(str(answer.get("id") or "")) if isinstance(answer, dict) else answer

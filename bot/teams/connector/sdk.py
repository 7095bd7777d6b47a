"""What is left to botbuilder: who may talk to us, the turn, and our token. Importing this loads it all.

A turn through botbuilder's CloudAdapter makes two API clients that Prep does not use, which takes 5 ms of
each message; the doorkeeper below leaves them out and keeps the rest.
"""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from botbuilder.core import CloudAdapterBase, InvokeResponse, TurnContext
from botbuilder.schema import Activity, ActivityTypes, ChannelAccount, ConversationAccount
from botframework.connector.auth import (
    BotFrameworkAuthentication,
    BotFrameworkAuthenticationFactory,
    ConnectorFactory,
    ManagedIdentityAppCredentials,
    ManagedIdentityServiceClientCredentialsFactory,
    MicrosoftAppCredentials,
    PasswordServiceClientCredentialFactory,
)
from botframework.connector.auth.jwt_token_extractor import JwtTokenExtractor

from bot.teams.connector.errors import KeysUnreachableError, NotAdmittedError
from bot.teams.connector.keys import Keys, NoKeys

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from bot.teams.connector.cloud import Cloud

_LOG = logging.getLogger("prep.teams")
_CHANNEL = "msteams"
_NOBODY = "prep:no-keys"


@dataclass(frozen=True, slots=True)
class Account:
    """The bot's registration: `managed` for a managed identity, else with a password and its tenant."""

    app_id: str
    password: str
    tenant_id: str
    managed: bool


@dataclass(frozen=True, slots=True)
class Admitted:
    """An activity that may come in: botbuilder's view of its envelope, and the proof."""

    activity: Any
    proof: Any


class Sdk:
    """botbuilder, set up for one bot."""

    def __init__(self, account: Account, cloud: Cloud, *, limit: float) -> None:
        self._app_id = account.app_id
        self._credentials = credentials(account, cloud)
        JwtTokenExtractor.metadataCache.update(
            {cloud.keys_url: Keys(cloud.keys_url, limit=limit), _NOBODY: NoKeys()}
        )
        self._doorkeeper = _Doorkeeper(_authentication(_credentials_factory(account), cloud))
        self._adapter = CloudAdapterBase(self._doorkeeper)

    async def admit(self, body: dict[str, Any], auth_header: str) -> Admitted:
        """Checks the bearer token of `body` (signature, issuer, audience, age, service URL, channel).

        Raises NotAdmittedError, or KeysUnreachableError where it cannot be checked. Without an app id nothing
        is checked.
        """
        activity = _envelope(body)
        try:
            proof = await self._doorkeeper.authenticate_request(activity, self._bearer(body, auth_header))
        except KeysUnreachableError:
            raise
        except Exception as error:  # whatever a malformed token makes botbuilder or its JWT library raise
            _LOG.info("activity not admitted: %s", type(error).__name__)
            raise NotAdmittedError from None
        return Admitted(activity, proof)

    async def turn(
        self,
        admitted: Admitted,
        body: dict[str, Any],
        on_activity: Callable[[dict[str, Any]], Awaitable[dict[str, Any] | None]],
    ) -> dict[str, Any] | None:
        """Runs a turn on the raw activity; gives the body that answers an invoke, else None."""

        async def logic(context: TurnContext) -> None:
            answer = await on_activity(body)
            if admitted.activity.type == ActivityTypes.invoke:
                value = InvokeResponse(status=200, body=answer)
                await context.send_activity(Activity(type=ActivityTypes.invoke_response, value=value))

        response = await self._adapter.process_activity(admitted.proof, admitted.activity, logic)
        return response.body if response else None

    def token(self) -> str:
        """The bot's token, kept until it expires. Blocks; raises PermissionError or KeyError if refused."""
        return str(self._credentials.get_access_token())

    def _bearer(self, body: dict[str, Any], auth_header: str) -> str | None:
        """None tells botbuilder that there is no token, which only a bot without an app id lets pass."""
        if not self._app_id:
            return None
        if body["channelId"] != _CHANNEL:  # web chats of the same bot let anyone write any name and tenant
            raise PermissionError("not a Teams activity")
        return auth_header or None


def credentials(account: Account, cloud: Cloud) -> Any:
    """botbuilder's way to the bot's token. A single-tenant bot gets it from the tenant it is registered in."""
    if account.managed:
        return ManagedIdentityAppCredentials(account.app_id, cloud.scope)
    credentials = MicrosoftAppCredentials(account.app_id, account.password, account.tenant_id, cloud.scope)
    credentials.oauth_endpoint = cloud.login_url + account.tenant_id
    return credentials


class _Doorkeeper(BotFrameworkAuthentication):  # type: ignore[misc]
    """Authenticates as botbuilder does, and makes no API clients."""

    def __init__(self, inner: Any) -> None:
        self._inner = inner

    async def authenticate_request(self, activity: Any, auth_header: str | None) -> Any:
        proof = await self._inner.authenticate_request(activity, auth_header)
        proof.connector_factory = _NoClients()
        return proof

    async def authenticate_streaming_request(self, auth_header: str, channel_id_header: str) -> Any:
        raise PermissionError("streaming is not offered")

    def create_connector_factory(self, claims_identity: Any) -> Any:
        return _NoClients()

    async def create_user_token_client(self, claims_identity: Any) -> None:
        return None


class _NoClients(ConnectorFactory):  # type: ignore[misc]
    async def create(self, service_url: str, audience: str) -> object:
        return self


def _credentials_factory(account: Account) -> Any:
    if account.managed:
        return ManagedIdentityServiceClientCredentialsFactory(account.app_id)
    return PasswordServiceClientCredentialFactory(account.app_id, account.password, account.tenant_id)


def _authentication(factory: Any, cloud: Cloud) -> Any:
    return BotFrameworkAuthenticationFactory.create(
        validate_authority=True,
        to_channel_from_bot_login_url=cloud.login_url,
        to_channel_from_bot_oauth_scope=cloud.scope,
        to_bot_from_channel_token_issuer=cloud.issuer,
        oauth_url=cloud.scope,
        to_bot_from_channel_open_id_metadata_url=cloud.keys_url,
        to_bot_from_emulator_open_id_metadata_url=_NOBODY,
        credential_factory=factory,
    )


def _envelope(body: dict[str, Any]) -> Any:
    """The part that botbuilder needs; all else is read from the raw activity, where nothing is dropped."""
    return Activity(
        type=body["type"],
        id=body.get("id"),
        channel_id=body["channelId"],
        service_url=body["serviceUrl"],
        conversation=ConversationAccount(id=body["conversation"]["id"]),
        from_property=ChannelAccount(),
        recipient=ChannelAccount(),
    )

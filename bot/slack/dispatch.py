"""One Bolt app for all workspaces: what Slack sends goes to the face of the workspace that it is for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Protocol

from slack_bolt.response import BoltResponse
from slack_sdk.signature import SignatureVerifier

from bot import logs
from bot.outcomes import CannotTell, NoAnswer, RetryLater
from bot.slack import incoming, needs
from bot.slack.api import Api, NotAnswered
from bot.slack.bolt import make_bolt
from bot.slack.face import PATIENCE, SlackFace
from bot.slack.forms import answer_wrong
from bot.slack.noting import broken, note
from handlers.turn import AskChannel, Channel

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from bot.edge import Edge
    from bot.outcomes import Post
    from bot.slack.tasks import Tasks
    from handlers.gate import Sealed
    from handlers.turn import Address, Fetch, Found, WorkspaceKey

Payload = dict[str, Any]
_SOON = 30  # seconds, where Slack does not answer
_NOWHERE = 3600  # seconds until it is looked again whether Prep is back in a workspace


class NoFace(Exception):
    """Prep cannot speak in a workspace: its text says why, in plain words. `later`: it may be able to in a moment."""

    def __init__(self, text: str, *, later: bool = False) -> None:
        super().__init__(text)
        self.later = later


class Faces(Protocol):
    """The faces of all workspaces. `tasks` is what goes on after an acknowledgement."""

    tasks: Tasks

    def known(self, payload: Payload) -> SlackFace | None:
        """The face that a payload is for, if it is at hand."""
        ...

    async def find(self, payload: Payload) -> SlackFace:
        """The face that a payload is for. Raises NoFace, and NotAnswered where it cannot be found out now."""
        ...

    async def at(self, workspace: str) -> SlackFace:
        """The face of a workspace. Raises as `find`."""
        ...

    async def taken_away(self, payload: Payload) -> None:
        """Prep was taken away from a workspace, or its token was."""
        ...


class SlackApp:
    """What takes Slack's requests (`bolt`) and posts what is owed (a `Sender`)."""

    def __init__(self, faces: Faces, signing_secret: str, api_url: str) -> None:
        self.faces = faces
        self._anyone = Api("", api_url)  # a `response_url` needs no token
        self.bolt = make_bolt(signing_secret, api_url)
        self._signing_secret = signing_secret
        anything = incoming.ANYTHING
        # Bolt asks listener after listener, and each question costs it 9 us: what must be quick comes first
        self.bolt.command(anything)(self._command)
        self.bolt.action(anything)(self._action)
        self.bolt.event(anything)(self._event)
        self.bolt.view(anything)(self._submitted)
        self.bolt.view_closed(anything)(_nothing)
        self.bolt.shortcut(anything)(self._shortcut)
        self.bolt.options(anything)(_nothing)

    @property
    def signatures(self) -> SignatureVerifier:
        """What tells whether Slack has signed a request; ValueError without a secret, as over a socket nothing is signed."""
        return SignatureVerifier(self._signing_secret)

    async def close(self, seconds: float = 10) -> None:
        """Finish the answers that are under way."""
        await self.faces.tasks.finish(seconds)

    # ---- what Slack sends ----

    async def _command(self, body: Payload) -> BoltResponse:
        try:
            face = self.faces.known(body) or await self.faces.find(body)
        except NoFace as why:
            return BoltResponse(status=200, body=_alone(str(why)))
        except NotAnswered as error:  # Slack does not tell now who we are
            note("command", error)
            return BoltResponse(status=200, body=broken(body, begun=False))
        return await face.command(body)

    async def _action(self, ack: Any, body: Payload) -> None:
        await ack()
        face = await self._face_or_told(body)
        if face is not None:
            await face.hands.pressed(body)

    async def _shortcut(self, ack: Any, body: Payload) -> None:
        await ack()
        face = await self._face_or_told(body)
        if face is not None:
            await face.hands.shortcut(body)

    async def _face_or_told(self, body: Payload) -> SlackFace | None:
        """The face; where there is none, why is said through the `response_url`, if Slack gave one."""
        try:
            return self.faces.known(body) or await self.faces.find(body)
        except NoFace as why:
            if body.get("response_url"):
                await self._anyone.respond(
                    body["response_url"], {**_alone(str(why)), "replace_original": False}
                )
            return None

    async def _event(self, body: Payload) -> None:
        if (body.get("event") or {}).get("type") in needs.TAKEN_AWAY:
            await self.faces.taken_away(body)
            return
        try:
            face = self.faces.known(body) or await self.faces.find(body)
        except NoFace as why:
            if why.later:
                raise  # Slack sends it again
            return  # nobody here to answer to
        await face.heard(body)

    async def _submitted(self, ack: Any, body: Payload) -> None:
        try:
            face = self.faces.known(body) or await self.faces.find(body)
        except NoFace as why:
            await ack(**answer_wrong(body.get("view") or {}, [str(why)]))
            return
        await face.hands.submitted(ack, body)

    # ---- what is owed ----

    async def post(self, workspace: WorkspaceKey, to: Address, content: Sealed, token: str) -> Post:
        """Post with the token of the workspace. Where Prep is not (any more), nothing is lost and little is tried."""
        try:
            face = await self.faces.at(workspace.id)
        except NotAnswered:
            return NoAnswer(_SOON)
        except NoFace as why:
            if why.later:
                return NoAnswer(_SOON)
            return RetryLater(
                _NOWHERE, whole=True
            )  # what is owed where Prep was taken away is not even claimed
        return await face.sender.post(workspace, to, content, token)

    async def arrived(self, workspace: WorkspaceKey, to: Address, token: str) -> str | None:
        """As `SlackSender.arrived`."""
        try:
            face = await self.faces.at(workspace.id)
        except (NoFace, NotAnswered):
            raise CannotTell from None
        return await face.sender.arrived(workspace, to, token)

    async def find(self, workspace: WorkspaceKey, ask: Fetch) -> Found:
        """Who is in a channel of a workspace; nothing but its id is known where Prep cannot speak there now."""
        try:
            face = await self.faces.at(workspace.id)
        except (NoFace, NotAnswered):
            return Channel(ask.id) if isinstance(ask, AskChannel) else None
        return await face.sender.find(workspace, ask)


class OneFace:
    """The faces of a process with one token: whatever comes is for its workspace, or the face says that it is not."""

    def __init__(self, face: SlackFace) -> None:
        self.face = face
        self.tasks = face.tasks

    def known(self, _payload: Payload) -> SlackFace | None:
        """The face, once it is known who we are."""
        return self.face if self.face.identity.known is not None else None

    async def find(self, _payload: Payload) -> SlackFace:
        """The face. Raises NotAnswered where Slack does not tell who we are."""
        await self.face.identity.get()
        return self.face

    async def at(self, workspace: str) -> SlackFace:
        """The face, for its own workspace alone."""
        if (await self.face.identity.get()).team != workspace:
            raise NoFace("The token is that of another workspace.")
        return self.face

    async def taken_away(self, payload: Payload) -> None:
        """It is noted: what has no token any more fails and is kept, and `prepbot check` tells what helps."""
        logs.error("slack_taken_away", how=payload["event"]["type"], helps="install the app again")


def alone(
    edge: Edge,
    token: str,
    signing_secret: str,
    clock: Callable[[], datetime],
    *,
    api_url: str = "https://slack.com/api/",
    patience: float = PATIENCE,
) -> tuple[SlackApp, SlackFace]:
    """An app for the one workspace that a token belongs to, and its face."""
    face = SlackFace(edge, Api(token, api_url), clock, patience=patience)
    return SlackApp(OneFace(face), signing_secret, api_url), face


def _alone(text: str) -> dict[str, Any]:
    return {"response_type": "ephemeral", "text": text}


async def _nothing(ack: Any) -> None:
    """Politely ignored."""
    await ack()

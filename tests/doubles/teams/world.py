"""Who and what is in Teams: people, conversations, and what was posted."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import count
from typing import Any
from uuid import NAMESPACE_URL, uuid5

HOST_TENANT = str(uuid5(NAMESPACE_URL, "host tenant"))
OTHER_TENANT = str(uuid5(NAMESPACE_URL, "other tenant"))
BOT_APP = str(uuid5(NAMESPACE_URL, "bot app"))
BOT = {"id": f"28:{BOT_APP}", "name": "Prep"}

_numbers = count(1)


@dataclass(frozen=True)
class User:
    """A person. `role` is user or guest; of another company where the tenant is not the host's."""

    name: str
    tenant: str = HOST_TENANT
    role: str = "user"

    @property
    def id(self) -> str:
        return f"29:{uuid5(NAMESPACE_URL, self.name).hex}"

    @property
    def aad(self) -> str:
        return str(uuid5(NAMESPACE_URL, f"aad {self.name}"))

    def account(self) -> dict[str, Any]:
        """As the sender of an activity."""
        return {"id": self.id, "name": self.name, "aadObjectId": self.aad}

    def entry(self) -> dict[str, Any]:
        """As a line of a roster."""
        mail = f"{self.name.lower().replace(' ', '.')}@example.com"
        return {
            **self.account(),
            "objectId": self.aad,
            "email": mail,
            "userPrincipalName": mail,
            "tenantId": self.tenant,
            "userRole": self.role,
        }


@dataclass
class Conversation:
    """A place. `installed` is whether the bot is in it, `blocked` whether the person silenced the bot."""

    kind: str
    members: list[User]
    tenant: str = HOST_TENANT
    installed: bool = True
    blocked: bool = False
    shared_with: tuple[str, ...] = ()
    name: str = ""
    number: int = field(default_factory=lambda: next(_numbers))
    threads: set[str] = field(default_factory=set)

    @property
    def id(self) -> str:
        if self.kind == "personal":
            return f"a:1personal{self.number}"
        return f"19:place{self.number}@thread.{'tacv2' if self.kind == 'channel' else 'v2'}"

    @property
    def team_id(self) -> str:
        return f"19:team{self.number}@thread.tacv2"

    def reference(self, thread: str | None = None) -> dict[str, Any]:
        """The `conversation` of an activity that comes from here."""
        suffix = f";messageid={thread}" if thread else ""
        base: dict[str, Any] = {
            "id": self.id + suffix,
            "conversationType": self.kind,
            "tenantId": self.tenant,
        }
        return base if self.kind == "personal" else {**base, "isGroup": True}

    def channel_data(self, sender: User) -> dict[str, Any]:
        """The `channelData` of an activity from here; its tenant is the sender's."""
        tenant: dict[str, Any] = {"tenant": {"id": sender.tenant}}
        if self.kind != "channel":
            return tenant
        return {
            **tenant,
            "teamsChannelId": self.id,
            "teamsTeamId": self.team_id,
            "channel": self._channel(),
            "team": {"id": self.team_id},
        }

    def _channel(self) -> dict[str, Any]:
        kind = {"type": "shared"} if self.shared_with else {}
        return {"id": self.id, **({"name": self.name} if self.name else {}), **kind}


@dataclass
class Post:
    """A message of the bot. `history` holds what it was before it was edited, `views` own cards by person."""

    id: str
    conversation: Conversation
    thread: str | None
    activity: dict[str, Any]
    targeted_at: str | None = None
    deleted: bool = False
    history: list[dict[str, Any]] = field(default_factory=list)
    views: dict[str, dict[str, Any]] = field(default_factory=dict)

    def seen_by(self, user: User) -> list[dict[str, Any]]:
        """The cards as this person sees them: an answer to their press may have changed it for them alone."""
        return [self.views[user.id]] if user.id in self.views else self.cards

    @property
    def cards(self) -> list[dict[str, Any]]:
        attachments = self.activity.get("attachments") or []
        return [
            a["content"] for a in attachments if a["contentType"] == "application/vnd.microsoft.card.adaptive"
        ]

    @property
    def text(self) -> str:
        return str(self.activity.get("text") or "")

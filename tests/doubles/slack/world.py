"""What exists in the double's Slack: workspaces, people, channels, and what was said and shown there."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

Json = dict[str, Any]


@dataclass
class Workspace:
    """A team that the app is installed in. ``scopes=None`` grants all; ``newer_blocks=False`` knows no charts,
    ``tables=False`` no tables.

    ``everywhere``: the app is installed for the whole enterprise, and was added to the ``branches`` beside this team; then
    payloads name the enterprise, and with ``terse`` no more than they have to. ``rotates``: tokens end after ``lifetime``
    seconds; ``refresh`` gets the next one, once. ``endings`` are the tokens that end, and when.
    """

    id: str
    token: str
    bot_user_id: str
    bot_id: str
    app_id: str = "A0PREP"
    name: str = "Northwind"
    domain: str = "northwind"
    enterprise_id: str | None = None
    scopes: frozenset[str] | None = None
    newer_blocks: bool = True
    tables: bool = True
    revoked: bool = False
    everywhere: bool = False
    branches: tuple[str, ...] = ()
    terse: bool = False
    rotates: bool = False
    lifetime: int = 43_200
    refresh: str = ""
    endings: dict[str, float] = field(default_factory=dict)

    @property
    def home(self) -> str:
        """The id under which it is installed."""
        return self.enterprise_id or self.id if self.everywhere else self.id

    @property
    def teams(self) -> set[str]:
        """The teams that the installation is for."""
        return {self.id, *self.branches} if self.everywhere else {self.id}

    def has(self, user: User) -> bool:
        """Whether somebody is one of its people."""
        return user.team_id in self.teams or (self.everywhere and user.enterprise == self.enterprise_id)

    def sees(self, channel: Channel) -> bool:
        """Whether a channel is one of its own, or shared with it."""
        return not self.teams.isdisjoint(channel.teams)


@dataclass
class User:
    """A person or bot; ``active`` people are online, so that ephemeral messages reach them."""

    id: str
    name: str
    team_id: str
    real_name: str = ""
    tz: str = "Europe/Berlin"
    tz_offset: int = 3600
    locale: str = "en-US"
    email: str = ""
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    is_bot: bool = False
    deleted: bool = False
    active: bool = True
    enterprise: str | None = None


@dataclass
class Channel:
    """A conversation; ``teams`` are the workspaces that see it, its host first."""

    id: str
    name: str
    teams: list[str]
    members: list[str] = field(default_factory=list)
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_ext_shared: bool = False
    is_pending_ext_shared: bool = False
    is_archived: bool = False

    @property
    def kind(self) -> str:
        """The ``channel_type`` of events."""
        if self.is_im:
            return "im"
        return "mpim" if self.is_mpim else "group" if self.is_private else "channel"


@dataclass
class Message:
    """One message; ``only_for`` makes it ephemeral and ``seen`` says whether that person was there to see it."""

    channel: str
    ts: str
    user: str
    text: str = ""
    blocks: list[Json] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    thread_ts: str | None = None
    metadata: Json | None = None
    bot_id: str | None = None
    app_id: str | None = None
    team: str = ""
    subtype: str | None = None
    only_for: str | None = None
    seen: bool = True
    deleted: bool = False
    edited_ts: str | None = None
    earlier: list[tuple[str, list[Json]]] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    arguments: Json = field(default_factory=dict)

    def as_json(self, *, metadata: bool = False) -> Json:
        """The message as events and methods carry it; metadata only where it was asked for."""
        found: Json = {
            "type": "message",
            "user": self.user,
            "text": self.text,
            "ts": self.ts,
            "team": self.team,
        }
        optional = {
            "subtype": self.subtype,
            "thread_ts": self.thread_ts,
            "bot_id": self.bot_id,
            "app_id": self.app_id,
            "blocks": self.blocks,
            "attachments": self.attachments,
            "edited": {"user": self.user, "ts": self.edited_ts} if self.edited_ts else None,
            "metadata": self._metadata(whole=metadata),
        }
        return found | {key: value for key, value in optional.items() if value}

    def _metadata(self, *, whole: bool) -> Json | None:
        if self.metadata is None or whole:
            return self.metadata
        return {"event_type": self.metadata.get("event_type")}


@dataclass
class View:
    """A modal in somebody's stack, or their Home."""

    id: str
    user: str
    team: str
    body: Json
    hash: str
    root: str
    previous: str | None = None
    open: bool = True
    errors: Json = field(default_factory=dict)
    state: Json = field(default_factory=dict)

    @property
    def blocks(self) -> list[Json]:
        """The view's blocks, with every id filled in."""
        blocks: list[Json] = self.body["blocks"]
        return blocks


@dataclass(frozen=True)
class Call:
    """One request to the Web API (or to a response_url) and what came of it."""

    method: str
    arguments: Json
    team: str
    at: float
    answer: Json
    status: int


class World:
    """Everything that exists, by id. Adders return what they added."""

    def __init__(self) -> None:
        self.workspaces: dict[str, Workspace] = {}
        self.users: dict[str, User] = {}
        self.channels: dict[str, Channel] = {}
        self.said: list[Message] = []
        self.views: list[View] = []
        self.homes: dict[tuple[str, str], View] = {}
        self.files: dict[str, Json] = {}
        self.codes: dict[str, str] = {}
        self.client: tuple[str, str] | None = None  # the app's id and secret, where they are to be checked

    def add_workspace(self, team: str = "T0PREP", **changes: Any) -> Workspace:
        """A workspace with the bot in it; token, bot user and bot id follow from the team's id."""
        own: Json = {"token": f"xoxb-{team}", "bot_user_id": f"UBOT{team[1:]}", "bot_id": f"B{team[1:]}"}
        space = Workspace(team, **(own | changes))
        self.workspaces[team] = space
        self.users[space.bot_user_id] = User(
            space.bot_user_id, "prep", team, real_name="Prep", is_bot=True, email=""
        )
        return space

    def add_user(self, user: str, name: str, team: str = "T0PREP", **changes: Any) -> User:
        """A person; their team need not be a workspace that has the app."""
        own: Json = {"real_name": name.title(), "email": f"{name}@{team.lower()}.example"}
        self.users[user] = User(user, name, team, **(own | changes))
        return self.users[user]

    def add_channel(
        self,
        channel: str,
        name: str,
        members: list[str],
        *,
        bot: bool = True,
        team: str = "T0PREP",
        **changes: Any,
    ) -> Channel:
        """A channel hosted by ``team``; with ``bot`` its bot is a member."""
        teams = list(dict.fromkeys([team, *changes.pop("teams", [])]))
        everyone = [*members, *([self.workspaces[team].bot_user_id] if bot else [])]
        self.channels[channel] = Channel(channel, name, teams, everyone, **changes)
        return self.channels[channel]

    def direct(self, team: str, users: list[str]) -> Channel:
        """The direct message (or group of them) between the bot and people; opened where there is none yet."""
        bot = self.workspaces[team].bot_user_id
        wanted = {*users, bot}
        for channel in self.channels.values():
            direct = channel.is_im or channel.is_mpim
            if direct and set(channel.members) == wanted and team in channel.teams:
                return channel
        prefix = "D" if len(users) == 1 else "G"
        channel_id = f"{prefix}{team[1:]}{''.join(user[1:] for user in users)}"
        kind = "is_im" if len(users) == 1 else "is_mpim"
        return self.add_channel(channel_id, "directmessage", list(users), team=team, **{kind: True})

    def space_by_token(self, token: str) -> Workspace | None:
        """The workspace that a bot token belongs to."""
        spaces = self.workspaces.values()
        return next((one for one in spaces if token and (one.token == token or token in one.endings)), None)

    def space_of(self, user: str, channel: Channel | None = None) -> Workspace:
        """The installed workspace that hears what a person does: their own, else one that sees the channel."""
        teams = [self.users[user].team_id, *(channel.teams if channel else [])]
        found = next((space for team in teams if (space := self.installed_in(team))), None)
        if found is None:
            raise LookupError(f"no workspace with the app sees {user}")
        return found

    def installed_in(self, team: str) -> Workspace | None:
        """The installation that works in a team: its own, else that of its enterprise."""
        spaces = self.workspaces.values()
        return self.workspaces.get(team) or next((one for one in spaces if team in one.teams), None)

    def shares_channel(self, team: str, user: str) -> bool:
        """Whether a person is in some channel that a team sees."""
        return any(team in channel.teams and user in channel.members for channel in self.channels.values())

    def find(self, channel: str, ts: str) -> Message | None:
        """A message that still stands, by its place and time."""
        return next((m for m in self.said if m.channel == channel and m.ts == ts and not m.deleted), None)

    def stack(self, user: str) -> list[View]:
        """A person's open modals, the one on top last."""
        return [view for view in self.views if view.user == user and view.open]

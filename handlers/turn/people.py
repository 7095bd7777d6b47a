"""Who speaks and where, as far as a platform tells. What it does not tell stays None."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class WorkspaceKey:
    """A Slack team, a Teams tenant, or the local workspace, by the platform's own id."""

    platform: str
    id: str


@dataclass(frozen=True, slots=True)
class Person:
    """What a platform says of a person. None means that it does not say, and not knowing counts as outside.

    `home` is whether the person's own company is the workspace; `guest` is whether the account is a limited one.
    """

    id: str
    name: str = ""
    home: bool | None = None
    guest: bool | None = None
    email: str | None = None
    zone: str | None = None
    locale: str | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where something was said: a direct message with Prep, or a channel (group conversations are channels)."""

    id: str
    direct: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """What a platform says of a channel. None means that it does not say, and not knowing counts as outside.

    `present` is whether Prep can post there, `shared` whether another company's people can be in it, `joinable` whether
    everybody with a full account can read it without having been let in.
    """

    id: str
    name: str = ""
    present: bool | None = None
    shared: bool | None = None
    people: tuple[Person, ...] | None = None
    joinable: bool | None = None


@dataclass(frozen=True, slots=True)
class AskChannel:
    """A Fetch: what does the platform say of this channel? Answered with a `Channel`, or None if there is none."""

    id: str


@dataclass(frozen=True, slots=True)
class AskPerson:
    """A Fetch: what does the platform say of this person? Answered with a `Person`, or None if there is none."""

    id: str


Fetch = AskChannel | AskPerson
Found = Channel | Person | None

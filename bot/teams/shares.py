"""With which teams a channel is shared, as Teams tells of each when it begins and when it ends. Pure.

A share that ends is told apart from others by its tenant and team. Where it cannot be told which one ended, none did: not
knowing counts as shared.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.teams.connector import dict_in, dicts_in, text_in

SHARED, UNSHARED = "channelShared", "channelUnshared"


@dataclass(frozen=True, slots=True, order=True)
class Share:
    """With a team of a tenant; empty where Teams does not say which."""

    tenant: str = ""
    team: str = ""


Shares = frozenset[Share]
NONE: Shares = frozenset()


def shares_of(activity: dict[str, Any], event: str) -> Shares:
    """The teams that an event of this kind names; one that is not known where it names none; none for other events."""
    data = dict_in(activity, "channelData")
    if data.get("eventType") != event:
        return NONE
    named = event == UNSHARED and isinstance(data.get("unsharedFromTeams"), list)
    teams = dicts_in(data, "unsharedFromTeams" if named else "sharedWithTeams")
    return frozenset(
        Share(text_in(one, "tenantId").lower(), text_in(one, "id")) for one in teams
    ) or frozenset({Share()})


def without(shares: Shares, ended: Shares) -> Shares:
    """What is left of these shares after some ended."""
    for one in sorted(ended):
        shares -= {_meant(shares, one)}
    return shares


def _meant(shares: Shares, ended: Share) -> Share:
    if ended in shares:
        return ended
    same = [one for one in shares if one.tenant == ended.tenant]
    unsure = len(same) == 1 and not (same[0].team and ended.team)
    return same[0] if unsure else ended


def to_data(shares: Shares) -> list[list[str]]:
    """As JSON."""
    return [[one.tenant, one.team] for one in sorted(shares)]


def from_data(data: object) -> Shares:
    """Back from JSON."""
    return frozenset(Share(*one) for one in data) if isinstance(data, list) else NONE

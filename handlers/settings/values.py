"""What a workspace and a member have set, with what holds where nothing was set."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import time
from decimal import Decimal
from typing import Any

from handlers.gate import OutsideEntry, OutsideList
from handlers.manners import Manners

Kept = dict[str, Any]
"""Settings as they are stored, by name."""
LADDER = (90, 60, 30, 14, 7, 1)


@dataclass(frozen=True, slots=True)
class Settings:
    """Settings as they hold for one member. Days are calendar days unless they say working days.

    `cost_of_capital` is a share a year (0.08). `posting` is when reminders are posted, `quiet_from`/`quiet_to` when none
    are, all in local time. `repeat_days` are the working days after which a notice reminder is repeated. `digest` is the
    weekday of the weekly digest (Monday is 0); None for no digest.
    """

    manners: Manners = field(default_factory=Manners)
    cost_of_capital: Decimal = Decimal("0.08")
    default_channel: str = ""
    default_channel_name: str = ""
    ladder: tuple[int, ...] = LADDER
    posting: time = time(9, 0)
    quiet_from: time = time(18, 0)
    quiet_to: time = time(8, 0)
    repeat_days: int = 3
    digest: int | None = None
    reassess_days: int = 180
    leads: tuple[str, ...] = ()
    leads_read_plans: bool = False
    outside: OutsideList = ()


def changed(before: Kept, change: Kept) -> Kept:
    """What is kept after a change; a value of None takes one away."""
    return {name: value for name, value in {**before, **change}.items() if value is not None}


def read_settings(
    workspace: Kept, member: Kept, *, zone: str | None = None, locale: str | None = None
) -> Settings:
    """Settings from what is stored; `zone` and `locale` are what the platform says of the member."""
    plain = Settings()
    base = plain.manners
    manners = Manners(
        locale=member.get("locale") or workspace.get("locale") or locale or base.locale,
        zone=member.get("zone") or zone or member.get("seen_zone") or workspace.get("zone") or base.zone,
        currency=workspace.get("currency") or base.currency,
        country=workspace.get("country") or base.country,
        region=workspace.get("region") or base.region,
    )
    return Settings(
        manners=manners,
        cost_of_capital=Decimal(workspace.get("cost_of_capital", str(plain.cost_of_capital))),
        default_channel=workspace.get("default_channel", ""),
        default_channel_name=workspace.get("default_channel_name", ""),
        ladder=tuple(workspace.get("ladder", LADDER)),
        posting=_time(workspace, "posting", plain.posting),
        quiet_from=_time(workspace, "quiet_from", plain.quiet_from),
        quiet_to=_time(workspace, "quiet_to", plain.quiet_to),
        repeat_days=workspace.get("repeat_days", plain.repeat_days),
        reassess_days=workspace.get("reassess_days", plain.reassess_days),
        digest=workspace.get("digest"),
        leads=tuple(workspace.get("leads", ())),
        leads_read_plans=bool(workspace.get("leads_read_plans")),
        outside=read_outside(workspace),
    )


def read_outside(workspace: Kept) -> OutsideList:
    """The people and mail domains that count as outside."""
    return tuple(OutsideEntry(**entry) for entry in workspace.get("outside", ()))


def _time(settings: Kept, key: str, default: time) -> time:
    value = settings.get(key)
    return time.fromisoformat(value) if value else default

"""Contracts, and the talks and dates that keep a deal alive."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003  # SQLModel reads annotations at run time
from decimal import Decimal  # noqa: TC003
from typing import Any

from sqlalchemy import Index

from storage.tables.base import Row, data, exact, moment, ref


class Contract(Row, table=True):
    """The deal on paper. Its key dates are derived, never stored.

    `renewal` is `automatic`, `on request` or `none`. The notice period is `notice_count` of `notice_unit` (`day`,
    `business day`, `week`, `month`); `transit_days` are the working days that the notice method takes, None where not given.
    """

    __tablename__ = "contract"
    __table_args__ = (Index("ix_contract_end", "workspace_id", "end"),)
    workspace_id: int = ref("workspace")
    supplier_id: int | None = ref("supplier", optional=True, index=True)
    supplier: str
    normal: str
    title: str = ""
    number: str = ""
    owner_id: int = ref("member", index=True)
    backup_id: int | None = ref("member", optional=True)
    value: Decimal | None = exact()
    currency: str = "EUR"
    start: date
    end: date | None = None
    renewal: str = "none"
    renewal_months: int | None = None
    renewal_times: int | None = None
    notice_count: int | None = None
    notice_unit: str = "day"
    clear_days: bool = False
    method: str = ""
    address: str = ""
    transit_days: int | None = None
    earliest_notice_days: int | None = None
    uplift_rule: str = ""
    uplift_cap: Decimal | None = exact()
    minimum: str = ""
    in_use: str = ""
    review_on: date | None = None
    sourcing_weeks: int | None = None
    switching_weeks: int | None = None
    link: str = ""
    channel: str = ""
    channel_name: str = ""
    restricted: bool = False
    ladder: list[int] = data(list)
    ended: bool = False
    created_at: datetime = moment()
    updated_at: datetime = moment()


class ContractRecord(Row, table=True):
    """Something recorded about one term of a contract: a `decision`, a `notice` sent, `seen`.

    `term_end` is the end of the term it is about; `value` is the decision, or the method; `proof` shows that notice was given.
    """

    __tablename__ = "contract_record"
    workspace_id: int = ref("workspace")
    contract_id: int = ref("contract", index=True)
    kind: str
    term_end: date
    value: str = ""
    day: date | None = None
    proof: str = ""
    reason: str = ""
    member_id: int = ref("member")
    at: datetime = moment()


class Cadence(Row, table=True):
    """A regular check-in with a supplier. `rule` is that of `handlers.dates.recurrence`, as plain data."""

    __tablename__ = "cadence"
    workspace_id: int = ref("workspace", index=True)
    contract_id: int | None = ref("contract", optional=True, index=True)
    supplier: str
    normal: str
    title: str = ""
    owner_id: int = ref("member")
    rule: dict[str, Any] = data(dict)
    channel: str = ""
    channel_name: str = ""
    stopped: bool = False
    created_at: datetime = moment()


class CheckIn(Row, table=True):
    """A check-in that was held or skipped, and what was said."""

    __tablename__ = "check_in"
    workspace_id: int = ref("workspace")
    cadence_id: int = ref("cadence", index=True)
    day: date
    held: bool
    notes: str = ""
    member_id: int = ref("member")
    at: datetime = moment()


class OwnReminder(Row, table=True):
    """A reminder of one's own. `rule` as in Cadence, or {"once": an ISO moment}."""

    __tablename__ = "own_reminder"
    workspace_id: int = ref("workspace")
    member_id: int = ref("member", index=True)
    text: str
    rule: dict[str, Any] = data(dict)
    channel: str = ""
    channel_name: str = ""
    stopped: bool = False
    created_at: datetime = moment()

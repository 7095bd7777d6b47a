"""Plans and what is prepared in them."""

from __future__ import annotations

from datetime import date, datetime  # noqa: TC003  # SQLModel reads annotations at run time
from decimal import Decimal  # noqa: TC003
from typing import Any

from sqlalchemy import Index, UniqueConstraint

from storage.tables.base import Row, data, exact, moment, place, ref, whole


class Supplier(Row, table=True):
    """A company known to all inside members. It arises only from an unrestricted contract, or from a merge by
    somebody who reads both: plans hold their supplier's name themselves."""

    __tablename__ = "supplier"
    __table_args__ = (UniqueConstraint("workspace_id", "normal"),)
    workspace_id: int = ref("workspace")
    name: str
    normal: str
    created_at: datetime = moment()


class SupplierAlias(Row, table=True):
    """Another name of a shared supplier."""

    __tablename__ = "supplier_alias"
    __table_args__ = (Index("ix_supplier_alias_normal", "workspace_id", "normal"),)
    workspace_id: int = ref("workspace")
    supplier_id: int = ref("supplier", index=True)
    name: str
    normal: str


class Event(Row, table=True):
    """Several suppliers asked for the same thing."""

    __tablename__ = "event"
    workspace_id: int = ref("workspace")
    owner_id: int = ref("member", index=True)
    name: str
    created_at: datetime = moment()


class Plan(Row, table=True):
    """One negotiation with one supplier. Money is in `currency` for one `unit`; `volume` is units a year.

    Of a `one_off` purchase `volume` is all of it, and there is no horizon: it falls into the one year that is counted.
    `revision` rises with every change, so that a mandate can tell whether the plan has changed since.
    """

    __tablename__ = "plan"
    workspace_id: int = ref("workspace", index=True)
    owner_id: int = ref("member", index=True)
    event_id: int | None = ref("event", optional=True)
    supplier: str
    title: str = ""
    status: str = "preparing"
    script: str = "quick"
    currency: str = "EUR"
    unit: str = "pc"
    volume: Decimal | None = exact()
    horizon_months: int | None = None
    one_off: bool = False
    baseline: Decimal | None = exact()
    budget: Decimal | None = exact()
    cost_of_capital: Decimal | None = exact()
    talks_at: datetime | None = moment(optional=True)
    need_by: date | None = None
    decide_by: date | None = None
    revision: int = 1
    archived: bool = False
    created_at: datetime = moment()
    updated_at: datetime = moment()


class PlanName(Row, table=True):
    """A name by which a plan's readers call it: the supplier, an alias, a title."""

    __tablename__ = "plan_name"
    __table_args__ = (Index("ix_plan_name_normal", "workspace_id", "normal", "plan_id"),)
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan", index=True)
    name: str
    normal: str


class PlanAccess(Row, table=True):
    """Who may do what with a plan: `owner`, `edit` or `read`. Without a row here a plan does not exist."""

    __tablename__ = "plan_access"
    __table_args__ = (
        UniqueConstraint("plan_id", "member_id"),
        Index("ix_plan_access_member", "member_id", "plan_id", "level"),
    )
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    member_id: int = ref("member")
    level: str
    given_at: datetime = moment()


class PlanChannel(Row, table=True):
    """A channel that a plan is about, by the platform's id. It gives nobody access."""

    __tablename__ = "plan_channel"
    __table_args__ = (
        UniqueConstraint("plan_id", "channel"),
        Index("ix_plan_channel", "workspace_id", "channel"),
    )
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    channel: str
    name: str = ""
    linked_at: datetime = moment()


class Answer(Row, table=True):
    """What somebody answered to a question, and when. Append-only: the newest row of a key is the answer.

    `gap` means that the answer is "don't know". `number` counts the answers of a plan. What is `owner_only` is read by the
    member who gave it and by nobody else, whoever may read the plan.
    """

    __tablename__ = "answer"
    __table_args__ = (
        UniqueConstraint("plan_id", "number"),
        Index("ix_answer_key", "plan_id", "key", "number"),
    )
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    number: int = place()
    key: str
    text: str
    value: dict[str, Any] = data(dict)
    gap: bool = False
    owner_only: bool = False
    member_id: int = ref("member")
    at: datetime = moment()


class Term(Row, table=True):
    """One thing being negotiated. Values are a number as text, or the name of a level.

    `direction` is `lower` or `higher`: what is better for us. `worth` is money for one unit of the term.
    """

    __tablename__ = "term"
    __table_args__ = (UniqueConstraint("plan_id", "normal"),)
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    position: int = place()
    name: str
    normal: str
    unit: str = ""
    direction: str = "lower"
    opening: str | None = None
    target: str | None = None
    stop: str | None = None
    weight: Decimal | None = exact()
    worth: Decimal | None = exact()
    kind: str = "flexible"
    levels: dict[str, Any] = data(dict)
    reason: str = ""
    their_weight: Decimal | None = exact()
    their_stop: str | None = None
    their_levels: dict[str, Any] = data(dict)


class Alternative(Row, table=True):
    """One way to do without this deal.

    `items` are costs besides the price: {"name", "amount", "kind": "unit" or "once", "estimate": bool, "note"}.
    `chance` is between 0 and 1. `status` is `quoted` or `unquoted`.
    """

    __tablename__ = "alternative"
    __table_args__ = (UniqueConstraint("plan_id", "normal"),)
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    position: int = place()
    name: str
    normal: str
    price: Decimal | None = exact()
    currency: str = ""
    items: list[dict[str, Any]] = data(list)
    chance: Decimal | None = exact()
    status: str = "unquoted"
    valid_until: date | None = None
    latest_start: date | None = None
    lead_days: int | None = None
    uplift: Decimal | None = exact()
    horizon_months: int | None = None
    note: str = ""


class Mandate(Row, table=True):
    """A ceiling that somebody with authority allowed. Append-only: the newest one counts.

    `basis` is what it was given for: the plan's volume, horizon, scope and so on as they were (see `handlers.mandates`).
    """

    __tablename__ = "mandate"
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan", index=True)
    number: int = place()
    ceiling: Decimal = exact(optional=False)
    by: str
    valid_until: date | None = None
    revision: int
    basis: dict[str, Any] = data(dict)
    member_id: int = ref("member")
    at: datetime = moment()


class Trade(Row, table=True):
    """A planned conditional concession: if they ..., then we .... `never` marks what is not for trade."""

    __tablename__ = "trade"
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan", index=True)
    position: int = place()
    if_they: str = ""
    we: str
    never: bool = False
    used: bool = False


class Stakeholder(Row, table=True):
    """An inside role with a requirement or limit, and a sign-off."""

    __tablename__ = "stakeholder"
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan", index=True)
    position: int = place()
    role: str
    name: str = ""
    requirement: str = ""
    signed_at: datetime | None = moment(optional=True)


class ListItem(Row, table=True):
    """A line of one of a plan's lists: `objection` (with our answer), `question` (with what we learnt),
    `open` (with how it was settled). `done` is ticked off."""

    __tablename__ = "list_item"
    __table_args__ = (Index("ix_list_item", "plan_id", "list", "position"),)
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    list: str
    position: int = place()
    text: str
    answer: str = ""
    done: bool = False


class Offer(Row, table=True):
    """Values for some or all terms, by one side, at one moment. `values` are term's normal name -> value as text.

    `mode` is `verbal`, `in writing` or empty. `seq` is the order of recording among a plan's offers and log entries.
    """

    __tablename__ = "offer"
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan", index=True)
    number: int = place()
    side: str
    values: dict[str, Any] = data(dict)
    mode: str = ""
    seq: int = 0
    member_id: int = ref("member")
    at: datetime = moment()


class Concession(Row, table=True):
    """An entry of the concession log: movements by one side, and what they were given for. Append-only.

    `ours` and `theirs` are steps {"term": normal name, "before", "after"} or favours {"favour"}; `side` is who gave.
    `corrects` is the number of the entry that this one takes the place of; without any movement it takes it back.
    `seq` is the order of recording among a plan's offers and log entries.
    """

    __tablename__ = "concession"
    __table_args__ = (UniqueConstraint("plan_id", "number"),)
    workspace_id: int = ref("workspace")
    plan_id: int = ref("plan")
    number: int = place()
    side: str
    ours: list[dict[str, Any]] = data(list)
    theirs: list[dict[str, Any]] = data(list)
    corrects: int | None = whole(optional=True)
    seq: int = 0
    member_id: int = ref("member")
    at: datetime = moment()

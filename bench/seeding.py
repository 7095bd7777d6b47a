"""Databases of a given size, filled past the handlers: what is measured is reading them, not filling them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from storage.database import Database
from storage.migrate import migrate
from storage.tables import Member, OwnReminder, Plan, PlanAccess, PlanName, Reminder, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from storage.tables import Row

PLANS_EACH = 100
_BATCH = 20_000
_WHEN = datetime(2026, 3, 1, tzinfo=UTC)


def fresh(url: str) -> Database:
    """A migrated database."""
    migrate(url)
    return Database(url)


def _fill(database: Database, table: type[Row], rows: Iterable[dict[str, Any]]) -> None:
    batch: list[dict[str, Any]] = []
    with database.engine.begin() as connection:
        for row in rows:
            batch.append(row)
            if len(batch) == _BATCH:
                connection.execute(table.__table__.insert(), batch)
                batch.clear()
        if batch:
            connection.execute(table.__table__.insert(), batch)


def workspace(database: Database, platform: str, external_id: str) -> int:
    """A workspace, by its id."""
    row = {
        "id": 1, "platform": platform, "external_id": external_id, "name": "", "settings": {}, "created_at": _WHEN,
    }  # fmt: skip
    _fill(database, Workspace, [row])
    return 1


def plans(database: Database, workspace_id: int, count: int) -> None:
    """`count` plans of other members, each member with PLANS_EACH of them."""
    members = range(2, 2 + count // PLANS_EACH)
    _fill(
        database,
        Member,
        (
            {
                "id": m,
                "workspace_id": workspace_id,
                "external_id": f"U{m}",
                "name": "",
                "settings": {},
                "joined_at": _WHEN,
            }
            for m in members
        ),
    )
    _fill(database, Plan, _plan_rows(workspace_id, count))
    _fill(database, PlanName, _names(workspace_id, count))
    _fill(database, PlanAccess, _access(workspace_id, count))


def _owner(number: int) -> int:
    return 2 + number // PLANS_EACH


def _plan_rows(workspace_id: int, count: int) -> Iterator[dict[str, Any]]:
    plain = Plan(
        workspace_id=workspace_id, owner_id=0, supplier="", created_at=_WHEN, updated_at=_WHEN
    ).model_dump()
    for number in range(count):
        yield {**plain, "id": 10 + number, "owner_id": _owner(number), "supplier": f"Supplier {number}"}


def _names(workspace_id: int, count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        # one plan in a hundred is for Acme as well, so that the name alone does not find the asker's
        name = "acme" if number % PLANS_EACH == 0 else f"supplier {number}"
        yield {
            "id": 10 + number,
            "workspace_id": workspace_id,
            "plan_id": 10 + number,
            "name": name,
            "normal": name,
        }


def _access(workspace_id: int, count: int) -> Iterator[dict[str, Any]]:
    for number in range(count):
        yield {
            "id": 10 + number, "workspace_id": workspace_id, "plan_id": 10 + number, "member_id": _owner(number),
            "level": "owner", "given_at": _WHEN,
        }  # fmt: skip


def reminders(
    database: Database,
    workspace_id: int,
    count: int,
    *,
    due: datetime,
    addresses: int,
    platform_member: int = 2,
) -> None:
    """`count` reminders of one member's own that are pending and due at `due`, spread over channels."""
    _fill(database, Member, [_member(workspace_id, platform_member)])
    _fill(database, OwnReminder, _own(workspace_id, platform_member, count, addresses))
    plain = Reminder(
        workspace_id=workspace_id, subject="own", subject_id=0, kind="own", occurrence="", address="", direct=False,
        due_at=due,
    ).model_dump()  # fmt: skip
    _fill(
        database,
        Reminder,
        (
            {
                **plain,
                "id": 10 + n,
                "subject_id": 10 + n,
                "occurrence": str(n),
                "address": f"C{n % addresses}",
            }
            for n in range(count)
        ),
    )


def _member(workspace_id: int, member_id: int) -> dict[str, Any]:
    return {
        "id": member_id, "workspace_id": workspace_id, "external_id": "U0", "name": "bench", "settings": {},
        "joined_at": _WHEN,
    }  # fmt: skip


def _own(workspace_id: int, member_id: int, count: int, addresses: int) -> Iterator[dict[str, Any]]:
    for n in range(count):
        yield {
            "id": 10 + n, "workspace_id": workspace_id, "member_id": member_id, "text": f"check invoice {n}",
            "rule": {"once": _WHEN.isoformat()}, "channel": f"C{n % addresses}", "channel_name": f"c{n % addresses}",
            "stopped": False, "created_at": _WHEN,
        }  # fmt: skip


def pending(database: Database, workspace_id: int, count: int, *, due: datetime) -> None:
    """`count` reminders that are owed later, to be passed over."""
    plain = Reminder(
        workspace_id=workspace_id, subject="own", subject_id=0, kind="own", occurrence="", address="C0", direct=False,
        due_at=due,
    ).model_dump()  # fmt: skip
    rows = (
        {**plain, "id": 10 + n, "subject_id": n, "due_at": due + timedelta(seconds=n % 100_000)}
        for n in range(count)
    )
    _fill(database, Reminder, rows)


def morning(database: Database, workspace_id: int, number: int, *, channels: int, due: datetime) -> None:
    """One more reminder for each channel, due at one moment."""
    if number == 0:
        member = {
            "id": 2,
            "workspace_id": workspace_id,
            "external_id": "U0",
            "name": "bench",
            "settings": {},
            "joined_at": _WHEN,
        }
        _fill(database, Member, [member])
    first = 10 + number * channels
    own = list(_own(workspace_id, 2, channels, channels))
    plain = Reminder(
        workspace_id=workspace_id, subject="own", subject_id=0, kind="own", occurrence="", address="", direct=False,
        due_at=due,
    ).model_dump()  # fmt: skip
    _fill(database, OwnReminder, [{**row, "id": first + n} for n, row in enumerate(own)])
    _fill(
        database,
        Reminder,
        [{**plain, "id": first + n, "subject_id": first + n, "address": f"C{n}"} for n in range(channels)],
    )

"""Which reminders are due, whoever they are for: claimed under a lease, and settled.

This is the one place that looks across workspaces, so it gives ids and addresses and nothing else. All statements are
built once. The index on (status, due_at) makes a look at a queue with nothing due independent of how long it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import ARRAY, BigInteger, String, and_, bindparam, case, exists, func, or_, select, update

from storage.tables import Installation, Reminder, Workspace

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from datetime import datetime

    from sqlalchemy import Connection, Update

_R, _W, _I = Reminder.__table__, Workspace.__table__, Installation.__table__
# the advisory lock under which PostgreSQL claims, so that no address is split between two
_CLAIMS = 7_700_001
MOST_OF_ONE_ADDRESS = 200


@dataclass(frozen=True, slots=True)
class Claim:
    """A reminder that this process is to send now. `posting` are the tokens under which it may have been posted before."""

    id: int
    workspace_id: int
    address: str
    direct: bool
    due_at: datetime
    posting: tuple[str, ...]
    doubted_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """A workspace, as a sender needs to know it, with its settings as they are stored."""

    id: int
    platform: str
    external_id: str
    settings: dict[str, Any]


def _due(row: Any) -> Any:
    free = or_(row.c.lease_until.is_(None), row.c.lease_until <= bindparam("now"))
    return and_(row.c.status == "pending", row.c.due_at <= bindparam("now"), free)


# what is owed in a workspace that took Prep away stays owed, and is not attempted until Prep is installed again
_LEFT = exists().where(_I.c.workspace_id == _W.c.id, _I.c.uninstalled_at.is_not(None))
OURS = select(_W.c.id).where(_W.c.platform.in_(bindparam("platforms", expanding=True)), ~_LEFT)
"""The ids of the workspaces, on the `platforms` that are bound, in which what is owed is attempted."""
_FIRST = (
    select(_R.c.workspace_id, _R.c.address)
    # + 0, so that no planner without statistics reads all rows of a workspace instead of the few that are due
    .where(
        _due(_R),
        (_R.c.workspace_id + 0).in_(OURS),
        _R.c.workspace_id.not_in(bindparam("held", expanding=True)),
    )
    .order_by(_R.c.due_at)
    .limit(bindparam("most"))
)
_PEEK = _FIRST.with_only_columns(_R.c.id)


def _claim() -> Update:
    """Claims all that is due for the addresses of the longest due, so that one morning makes one message."""
    places = _FIRST.subquery().select().distinct().subquery()
    row = _R.alias()
    wanted = (
        select(row.c.id)
        .join(places, and_(row.c.workspace_id == places.c.workspace_id, row.c.address == places.c.address))
        .where(_due(row))
        .order_by(row.c.due_at)
        .limit(bindparam("most_rows"))
        .with_for_update(skip_locked=True, of=row)
    )
    before = case(
        (_R.c.lease_by == "", _R.c.posting),
        (_R.c.posting == "", _R.c.lease_by),
        else_=_R.c.posting + " " + _R.c.lease_by,
    )
    doubt = case((_R.c.lease_by == "", _R.c.doubted_at), else_=bindparam("now", type_=_R.c.doubted_at.type))
    taken: Any = update(_R).where(_R.c.id.in_(wanted))
    return taken.values(  # type: ignore[no-any-return]
        posting=before,
        doubted_at=doubt,
        lease_by=bindparam("token"),
        lease_until=bindparam("until"),
        attempts=_R.c.attempts + 1,
    ).returning(
        _R.c.id, _R.c.workspace_id, _R.c.address, _R.c.direct, _R.c.due_at, _R.c.posting, _R.c.doubted_at
    )


_CLAIM = _claim()
_HELD = and_(_R.c.id == bindparam("reminder"), _R.c.lease_by == bindparam("token"))
_FREE = {"lease_until": None, "lease_by": ""}
_OVER = {**_FREE, "posting": "", "doubted_at": None}
_SENT = (
    update(_R)
    .where(_HELD)
    .values(status="sent", sent_at=bindparam("at"), posted=bindparam("message"), **_OVER)
)
_TOGETHER: Any = (
    func.unnest(bindparam("ids", type_=ARRAY(BigInteger)), bindparam("messages", type_=ARRAY(String)))
    .table_valued("id", "message", name="done")
    .render_derived()
)
_SENT_TOGETHER = (
    update(_R)
    .where(_R.c.id == _TOGETHER.c.id, _R.c.lease_by == bindparam("token"))
    .values(status="sent", sent_at=bindparam("at"), posted=_TOGETHER.c.message, **_OVER)
)
# It stays due when it was, so that its lateness can be told: what is put off is free to be claimed from then on.
_LATER = (
    update(_R)
    .where(_HELD)
    .values(
        lease_until=bindparam("at"), lease_by="", posting=bindparam("tokens"), doubted_at=bindparam("doubt")
    )
)
_RENAMED = update(_R).where(_HELD).values(lease_by=bindparam("name"))
_ENDED = update(_R).where(_HELD).values(status=bindparam("becomes"), **_OVER)
_MOVED = (
    update(_R).where(_HELD).values(address=bindparam("to"), direct=True, details=bindparam("why"), **_OVER)
)
_HOMES = select(_W.c.id, _W.c.platform, _W.c.external_id, _W.c.settings).where(
    _W.c.id.in_(bindparam("homes", expanding=True))
)


class Queue:
    """The queue of one transaction. `token` names a claim: only who holds it may settle what it claimed."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def has_due(self, platforms: Sequence[str], now: datetime, held: Sequence[int] = ()) -> bool:
        """Whether anything is due that nobody is sending, but in the workspaces `held`. Costs the same however much is owed
        later."""
        bound = {"now": now, "platforms": list(platforms), "most": 1, "held": list(held)}
        return self._connection.execute(_PEEK, bound).first() is not None

    def claim(
        self,
        platforms: Sequence[str],
        now: datetime,
        token: str,
        until: datetime,
        most: int,
        held: Sequence[int] = (),
    ) -> list[Claim]:
        """Claim what is due: all of the addresses of the `most` longest due, but in the workspaces `held`. Leases that are
        over are taken over."""
        if self._connection.dialect.name == "postgresql":
            self._connection.execute(select(func.pg_advisory_xact_lock(_CLAIMS)))
        bound = {"now": now, "platforms": list(platforms), "held": list(held), "most": most}
        bound |= {"token": token, "until": until, "most_rows": most + MOST_OF_ONE_ADDRESS}
        rows = self._connection.execute(_CLAIM, bound).all()
        claims = [
            Claim(i, home, to, direct, due, tuple(old.split()), doubt)
            for i, home, to, direct, due, old, doubt in rows
        ]
        return sorted(claims, key=lambda claim: (claim.due_at, claim.id))

    def homes(self, ids: Iterable[int]) -> dict[int, Home]:
        """The workspaces with these ids."""
        rows = self._connection.execute(_HOMES, {"homes": sorted(set(ids))})
        return {row[0]: Home(*row) for row in rows}

    def sent(self, done: Iterable[tuple[int, str, str]], now: datetime) -> None:
        """Settle as sent: (reminder, token, the platform's id of the message)."""
        if self._connection.dialect.name != "postgresql":
            self._each(_SENT, [{"reminder": i, "token": t, "message": m, "at": now} for i, t, m in done])
            return
        together: dict[str, list[tuple[int, str]]] = {}
        for i, token, message in done:
            together.setdefault(token, []).append((i, message))
        for token, rows in together.items():  # one statement, not one a row: each is a way to the server
            ids, messages = [i for i, _ in rows], [message for _, message in rows]
            bound = {"token": token, "ids": ids, "messages": messages, "at": now}
            self._connection.execute(_SENT_TOGETHER, bound)

    def later(
        self,
        ids: Iterable[int],
        token: str,
        at: datetime,
        tokens: Sequence[str] = (),
        doubt: datetime | None = None,
    ) -> None:
        """Try again at `at`; `tokens` are those under which it may have been posted, `doubt` when it was last."""
        same = {"token": token, "at": at, "tokens": " ".join(tokens), "doubt": doubt if tokens else None}
        self._each(_LATER, [{"reminder": i, **same} for i in ids])

    def renamed(self, names: dict[int, str], token: str) -> None:
        """Hold each of these under a name of its own, by which alone it is looked up after a crash."""
        self._each(_RENAMED, [{"reminder": i, "token": token, "name": name} for i, name in names.items()])

    def ended(self, ids: Iterable[int], token: str, status: str) -> None:
        """Nothing is sent: the address cannot be reached (`undeliverable`), or it is not owed any more (`cancelled`)."""
        self._each(_ENDED, [{"reminder": i, "token": token, "becomes": status} for i in ids])

    def moved(self, rows: Iterable[tuple[int, str, dict[str, Any]]], token: str) -> None:
        """Owe it to a member instead: (reminder, the member's id on the platform, the row's new details)."""
        self._each(_MOVED, [{"reminder": i, "token": token, "to": to, "why": why} for i, to, why in rows])

    def _each(self, statement: Update, values: list[dict[str, Any]]) -> None:
        if values:
            self._connection.execute(statement, values)

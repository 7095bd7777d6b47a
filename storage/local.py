"""What the local chat keeps between runs: buttons, forms half filled in, who is a guest, what kind a channel is."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import bindparam, delete, func, insert, or_, select, update

from storage.people import find_seat, take_seat
from storage.tables import Conversation, LocalMessage, Member, PlatformAddress, Workspace
from storage.types import new_id

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Handle
    from storage.people import Seat

PLATFORM = WORKSPACE = "local"
_KEPT = 100  # messages a place; older ones scrolled away long ago
_MESSAGE, _ADDRESS = LocalMessage.__table__, PlatformAddress.__table__
_MEMBER, _CONVERSATION = Member.__table__, Conversation.__table__

_HOME = select(Workspace.__table__.c.id).where(
    Workspace.__table__.c.platform == PLATFORM, Workspace.__table__.c.external_id == WORKSPACE
)
_HOME_SETTINGS = _HOME.with_only_columns(Workspace.__table__.c.settings)
_SEEN = (
    select(_MESSAGE.c.id, _MESSAGE.c.reader, _MESSAGE.c.buttons, _MESSAGE.c.form)
    .where(
        _MESSAGE.c.workspace_id == bindparam("workspace"),
        _MESSAGE.c.place == bindparam("place"),
        or_(_MESSAGE.c.reader == "", _MESSAGE.c.reader == bindparam("reader")),
    )
    .order_by(_MESSAGE.c.number.desc(), _MESSAGE.c.at.desc())
    .limit(20)
)
_OPEN = (
    select(_CONVERSATION.c.id, _CONVERSATION.c.state)
    .join(_MEMBER, _MEMBER.c.id == _CONVERSATION.c.member_id)
    .where(
        _CONVERSATION.c.workspace_id == bindparam("workspace"),
        _MEMBER.c.external_id == bindparam("user"),
        _CONVERSATION.c.is_open.is_(True),
    )
    .order_by(_CONVERSATION.c.updated_at.desc())
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A message as it was kept. `buttons` are {"token", "label", "words", "confirm"}.

    `form` is what waits for the reader's next line: {"kind": "form" | "confirm" | "question", ...}.
    """

    id: int
    reader: str
    buttons: list[dict[str, Any]] = field(default_factory=list)
    form: dict[str, Any] = field(default_factory=dict)


def settings_of(handle: Handle, user: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What the local workspace and a user have set; empty where nobody spoke yet."""
    seat = seat_of(handle, user)
    if seat is not None:
        return seat.workspace_settings, seat.member_settings
    return dict(handle.connection.execute(_HOME_SETTINGS).scalar() or {}), {}


def seat_of(handle: Handle, user: str) -> Seat | None:
    """The seat of a local user, or None for one who never spoke."""
    return find_seat(handle.connection, PLATFORM, WORKSPACE, user)


class LocalChat:
    """The local workspace in one transaction: what was posted where, who is in it, which channels there are."""

    def __init__(self, handle: Handle, workspace_id: int) -> None:
        self._handle = handle
        self._workspace = workspace_id

    @classmethod
    def found(cls, handle: Handle) -> LocalChat | None:
        """The local workspace, or None if nobody ever spoke here."""
        workspace = handle.connection.execute(_HOME).scalar()
        return None if workspace is None else cls(handle, workspace)

    @classmethod
    def enter(cls, handle: Handle, user: str, name: str, now: datetime) -> LocalChat:
        """The local workspace; the user becomes a member on first sight."""
        return cls(handle, take_seat(handle.connection, PLATFORM, WORKSPACE, user, name, now).workspace_id)

    # ---- messages ----

    def seen(self, place: str, user: str) -> list[Kept]:
        """What a user sees in a place and can still act on, the newest first."""
        bound = {"workspace": self._workspace, "place": place, "reader": user}
        rows = self._handle.connection.execute(_SEEN, bound)
        return [Kept(row[0], row[1], row[2], row[3]) for row in rows]

    def post(
        self, place: str, reader: str, buttons: list[dict[str, Any]], form: dict[str, Any], now: datetime
    ) -> int:
        """Keep a message as the newest of its place; its id. `reader` is empty for everyone in the place."""
        message = new_id()
        # Without the mapper: most first answers of a chat need it for nothing else, and setting it up takes time.
        self._handle.session.execute(
            insert(_MESSAGE).values(
                id=message,
                workspace_id=self._workspace,
                number=self._next(),
                place=place,
                reader=reader,
                text="",
                buttons=buttons,
                form=form,
                at=now,
            )
        )
        self._forget_old(place)
        return message

    def posted(self, place: str, token: str) -> int | None:
        """The message of a place that was posted with this token."""
        rows = self._handle.connection.execute(
            select(_MESSAGE.c.id, _MESSAGE.c.form)
            .where(_MESSAGE.c.workspace_id == self._workspace, _MESSAGE.c.place == place)
            .order_by(_MESSAGE.c.number.desc())
        )
        return next((row[0] for row in rows if row[1].get("token") == token), None)

    def change(self, message: int, buttons: list[dict[str, Any]], form: dict[str, Any]) -> bool:
        """Edit a message in place, which shows it anew. False if it is not there any more."""
        changed = self._handle.connection.execute(
            update(_MESSAGE)
            .where(_MESSAGE.c.id == message, _MESSAGE.c.workspace_id == self._workspace)
            .values(number=self._next(), buttons=buttons, form=form)
        )
        return bool(changed.rowcount)

    def note(self, message: int, form: dict[str, Any]) -> None:
        """Keep how far a form is filled in."""
        self._handle.session.execute(
            update(_MESSAGE)
            .where(_MESSAGE.c.id == message, _MESSAGE.c.workspace_id == self._workspace)
            .values(form=form)
        )

    def drop(self, message: int) -> None:
        """Forget a message."""
        self._handle.session.execute(
            delete(_MESSAGE).where(_MESSAGE.c.id == message, _MESSAGE.c.workspace_id == self._workspace)
        )

    def _next(self) -> int:
        most = select(func.max(_MESSAGE.c.number)).where(_MESSAGE.c.workspace_id == self._workspace)
        return (self._handle.session.execute(most).scalar() or 0) + 1

    def _forget_old(self, place: str) -> None:
        here = (_MESSAGE.c.workspace_id == self._workspace, _MESSAGE.c.place == place)
        oldest = (
            select(_MESSAGE.c.number)
            .where(*here)
            .order_by(_MESSAGE.c.number.desc())
            .offset(_KEPT)
            .limit(1)
            .scalar_subquery()
        )
        self._handle.session.execute(delete(_MESSAGE).where(*here, _MESSAGE.c.number <= oldest))

    def open_question(self, user: str) -> str:
        """A mark of the question that waits for a user's answer, another one for each; empty if none does.

        It is a digest: what was asked and answered cannot be read from it.
        """
        row = self._handle.connection.execute(_OPEN, {"workspace": self._workspace, "user": user}).first()
        if row is None:
            return ""
        state = json.dumps(row[1], sort_keys=True, default=str)
        return hashlib.sha256(f"{row[0]} {state}".encode()).hexdigest()[:32]

    # ---- people and channels ----

    def members(self) -> dict[str, str]:
        """Every local user who spoke, id to name."""
        rows = self._handle.connection.execute(
            select(_MEMBER.c.external_id, _MEMBER.c.name).where(_MEMBER.c.workspace_id == self._workspace)
        )
        return {row[0]: row[1] for row in rows}

    def guests(self) -> set[str]:
        """The users who spoke as guests the last time they did."""
        rows = self._handle.connection.execute(
            select(_ADDRESS.c.external_id, _ADDRESS.c.facts).where(
                _ADDRESS.c.workspace_id == self._workspace, _ADDRESS.c.direct.is_(True)
            )
        )
        return {row[0] for row in rows if row[1].get("guest")}

    def facts(self, external_id: str, *, direct: bool) -> dict[str, Any]:
        """What is known of a channel (`external`, `guests`) or a user (`guest`); empty if nothing."""
        found = self._handle.connection.execute(
            select(_ADDRESS.c.facts).where(*self._address(external_id, direct=direct))
        ).scalar()
        return dict(found or {})

    def learn(self, external_id: str, facts: dict[str, Any], now: datetime, *, direct: bool) -> None:
        """Remember what is known of a channel or a user."""
        changed = self._handle.connection.execute(
            update(_ADDRESS)
            .where(*self._address(external_id, direct=direct))
            .values(facts=facts, seen_at=now)
        )
        if not changed.rowcount:
            self._handle.session.add(
                PlatformAddress(
                    workspace_id=self._workspace,
                    external_id=external_id,
                    direct=direct,
                    name=external_id,
                    facts=facts,
                    seen_at=now,
                )
            )

    def _address(self, external_id: str, *, direct: bool) -> tuple[Any, ...]:
        return (
            _ADDRESS.c.workspace_id == self._workspace,
            _ADDRESS.c.external_id == external_id,
            _ADDRESS.c.direct.is_(direct),
        )

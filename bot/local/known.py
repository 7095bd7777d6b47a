"""What a terminal can offer before anything is typed: the names of one's own plans."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.local import seat_of
from storage.unit import Unit

if TYPE_CHECKING:
    from datetime import datetime

    from storage.database import Database


def plan_names(database: Database, user: str, now: datetime) -> list[str]:
    """The names of every plan that the user may read, in order."""
    with database.reading() as handle:
        seat = seat_of(handle, user)
        names = Unit(handle, seat, now).plans.names() if seat else {}
    return sorted({name for several in names.values() for name in several})

"""What the two databases say differently. Each is loaded when it is used: loading both takes a tenth of a chat's start."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable


def inserting(dialect: str) -> Callable[..., Any]:
    """The INSERT of a database, which knows what to do about rows that are there."""
    if dialect == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as postgresql_insert

        return postgresql_insert
    from sqlalchemy.dialects.sqlite import insert as sqlite_insert

    return sqlite_insert

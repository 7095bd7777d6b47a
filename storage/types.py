"""Column types that give back what was stored: exact decimals and aware UTC moments."""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from sqlalchemy import DateTime, Dialect, String, TypeDecorator

if TYPE_CHECKING:
    from sqlalchemy.types import TypeEngine

_STAMP = "%Y-%m-%dT%H:%M:%S.%fZ"  # of one width, so that text order is time order


class Exact(TypeDecorator[Decimal]):
    """A decimal kept digit for digit. Stored as text: SQLite has no exact number, and figures are computed in Python."""

    impl = String(40)
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> str | None:
        """Refuse anything but a finite Decimal: a float has already lost what we want to keep."""
        if value is None:
            return None
        exact: object = value  # what is typed as a Decimal may be anything at run time
        if not isinstance(exact, Decimal) or not exact.is_finite():
            raise TypeError("an exact column takes a finite Decimal")
        return format(exact, "f")

    def process_result_value(self, value: Any, dialect: Dialect) -> Decimal | None:
        """The same digits as were stored."""
        return None if value is None else Decimal(value)


class Moment(TypeDecorator[datetime]):
    """An aware datetime, given back in UTC. SQLite keeps no zone, so there it is text of fixed width."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Text on SQLite, `timestamptz` elsewhere."""
        if dialect.name == "sqlite":
            return dialect.type_descriptor(String(27))
        return dialect.type_descriptor(DateTime(timezone=True))

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> Any:
        """Refuse naive datetimes: nobody can say later when they were."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise TypeError("a moment needs a time zone")
        utc = value.astimezone(UTC)
        return utc.strftime(_STAMP) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: Any, dialect: Dialect) -> datetime | None:
        """The same moment, in UTC."""
        if value is None:
            return None
        if isinstance(value, str):
            return datetime.fromisoformat(value)
        return value.astimezone(UTC)  # type: ignore[no-any-return]


def new_id() -> int:
    """A random positive id below 2**53: exact in JSON, and it tells nothing of how many rows there are."""
    return secrets.randbits(53) | 1

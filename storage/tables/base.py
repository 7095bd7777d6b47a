"""What every table has: an id that tells nothing, and the workspace it belongs to."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from sqlalchemy import JSON, BigInteger, ForeignKey, Integer
from sqlmodel import Field, SQLModel

from storage.types import Exact, Moment, new_id

if TYPE_CHECKING:
    from sqlalchemy import Table

# SQLite reads a row by its id twice as fast where the type is spelt INTEGER; there it holds 64 bits all the same.
_Big = BigInteger().with_variant(Integer(), "sqlite")


def key() -> Any:
    """The primary key."""
    return Field(default_factory=new_id, primary_key=True, sa_type=_Big)


def ref(target: str, *, optional: bool = False, index: bool = False) -> Any:
    """A reference to another table's id; rows go with what they belong to."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(
        sa_type=_Big,
        sa_column_args=(ForeignKey(f"{target}.id", ondelete="CASCADE"),),
        nullable=optional,
        index=index,
        **extra,
    )


def moment(*, optional: bool = False, index: bool = False) -> Any:
    """An aware UTC moment."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(sa_type=Moment, nullable=optional, index=index, **extra)


def exact(*, optional: bool = True) -> Any:
    """An exact decimal."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(sa_type=Exact, nullable=optional, **extra)


def whole(*, optional: bool = False, index: bool = False) -> Any:
    """A whole number as large as an id."""
    extra: dict[str, Any] = {"default": None} if optional else {}
    return Field(sa_type=_Big, nullable=optional, index=index, **extra)


def place() -> Any:
    """The place of a row in its plan's order; `PlanBook.keep` gives it one."""
    return Field(default=None, nullable=False)


def data(default: type[dict[str, Any]] | type[list[Any]]) -> Any:
    """Plain JSON. Decimals inside are kept as text."""
    return Field(default_factory=default, sa_type=JSON, nullable=False)


class Row(SQLModel):
    """The base of all tables. The text form of a row is its id alone, so that no log or error tells what stands in it."""

    # No row is validated or dumped, so pydantic's validators are not built until one is: a fifth of what tables cost at start.
    model_config = {"defer_build": True}

    __table__: ClassVar[Table]
    id: int = key()

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        return [("id", self.__dict__.get("id"))]

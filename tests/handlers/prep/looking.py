"""What a conversation left in the rows of a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

from storage.tables import Answer, Plan, Row
from tests.support.plans import unit_of

if TYPE_CHECKING:
    from tests.support.talk import Talk

R = TypeVar("R", bound=Row)


def plan_id(talk: Talk, name: str = "acme", who: str = "ann") -> int:
    """The id of the latest plan of that name."""
    with unit_of(talk, who) as unit:
        return unit.plans.named([name])[0][0].id


def plan(talk: Talk, name: str = "acme", who: str = "ann") -> Plan:
    """The latest plan of that name."""
    with unit_of(talk, who) as unit:
        book = unit.plans.book(unit.plans.named([name])[0][0].id)
        assert book is not None
        return book.plan


def rows(talk: Talk, table: type[R], name: str = "acme", who: str = "ann") -> list[R]:
    """The rows of the latest plan of that name."""
    with unit_of(talk, who) as unit:
        book = unit.plans.book(unit.plans.named([name])[0][0].id)
        assert book is not None
        return book.rows(table)


def answers(talk: Talk, name: str = "acme", who: str = "ann") -> dict[str, Answer]:
    """The newest answers of the latest plan of that name."""
    return {row.key: row for row in rows(talk, Answer, name, who)}

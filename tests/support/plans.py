"""Plans made without talking, for tests that are about something else."""

from __future__ import annotations

from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handlers.reading.names import normal
from storage.people import take_seat
from storage.tables import Alternative, ListItem, Mandate, Offer, Plan, Stakeholder, Term, Trade
from storage.unit import Unit

if TYPE_CHECKING:
    from collections.abc import Iterator

    from storage.book import PlanBook
    from tests.support.talk import Talk


HERE: dict[str, Any] = {"workspace_id": 0, "plan_id": 0}
NEXT: Any = None  # the place in the order that the plan gives


@contextmanager
def unit_of(talk: Talk, who: str = "ann") -> Iterator[Unit]:
    """A transaction of a member, kept at the end."""
    with talk.app.database.writing() as handle:
        seat = take_seat(handle.connection, talk.key.platform, talk.key.id, who, who.title(), talk.now)
        yield Unit(handle, seat, talk.now)


def begin(talk: Talk, supplier: str = "Acme", title: str = "housings", who: str = "ann", **facts: Any) -> int:
    """A new plan of a member; its id."""
    with unit_of(talk, who) as unit:
        plan = Plan(
            workspace_id=0, owner_id=0, supplier=supplier, title=title, created_at=talk.now,
            updated_at=talk.now, **facts,
        )  # fmt: skip
        names = [(name, normal(name)) for name in (supplier, title) if name]
        return unit.plans.start(plan, names).plan.id


def fill(talk: Talk, plan_id: int, secret: str, who: str = "ann") -> None:
    """Put something confidential into every part of a plan; `secret` is a word that stands in each text."""
    with unit_of(talk, who) as unit:
        book = unit.plans.book(plan_id, to_edit=True)
        assert book is not None
        _answers(book, secret)
        _figures(book, secret, unit.seat.member_id)
        _texts(book, secret)


def _answers(book: PlanBook, secret: str) -> None:
    for key in ("goal", "scope", "evidence"):
        book.answer(key, f"{secret} {key}")
    book.answer("triggers", f"{secret} trigger", owner_only=True)


def _figures(book: PlanBook, secret: str, member_id: int) -> None:
    term = Term(
        **HERE, name=f"price {secret}", normal=f"price {secret}".lower(), unit="EUR/pc", opening="3.4567",
        target="3.7654", stop="4.0567", reason=f"{secret} reason",
    )  # fmt: skip
    book.keep(term)
    book.keep(
        Alternative(
            **HERE, name=f"{secret} rival", normal=f"{secret} rival".lower(), price=Decimal("4.1831"),
            currency="EUR", note=f"{secret} note",
        )
    )  # fmt: skip
    book.keep(
        Mandate(
            **HERE, number=NEXT, ceiling=Decimal("4.0599"), by=f"{secret} chief", revision=1,
            member_id=member_id, at=book.now,
        )
    )  # fmt: skip
    book.keep(
        Offer(
            **HERE, number=NEXT, side="theirs", values={term.normal: "3.9876"}, member_id=member_id,
            at=book.now,
        )
    )  # fmt: skip


def _texts(book: PlanBook, secret: str) -> None:
    book.keep(Trade(**HERE, if_they=f"{secret} they", we=f"{secret} we"))
    book.keep(Stakeholder(**HERE, role=f"{secret} role", requirement=f"{secret} need"))
    for kind in ("objection", "question", "open"):
        book.keep(ListItem(**HERE, list=kind, text=f"{secret} {kind}", answer=f"{secret} answer"))

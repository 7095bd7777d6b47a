"""Closing what a turn answers and sends, with the mark of what it read. Who may open it is the gate's matter."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.gate import Sealed, SealedSend, seal
from handlers.marks import mark_of, mark_of_contracts
from handlers.turn import Mark

if TYPE_CHECKING:
    from handlers.gate import OutsideList
    from handlers.turn import Reply, Send
    from storage.book import PlanBook
    from storage.unit import Unit


class Sealing:
    """The seals of one turn. `reader` is the platform's id of the person who speaks."""

    def __init__(self, unit: Unit, outside: OutsideList, reader: str) -> None:
        self._unit = unit
        self._outside = outside
        self._reader = reader

    def answer(self, reply: Reply) -> Sealed:
        """The answer, for the person who speaks."""
        return seal(reply, mark_of(self._unit), self._outside, self._reader, self._suppliers())

    def send(self, send: Send) -> SealedSend:
        """A message to somebody else. Raises PermissionError for what a flow must never send: that is a mistake of ours."""
        if send.message and send.to.direct and send.to.id == self._reader:
            return SealedSend(send.to, self.answer(send.reply), send.message)
        if send.plan is None:
            return SealedSend(send.to, self._about_no_plan(send), send.message)
        book = self._unit.plans.book(send.plan)
        if book is None:
            raise PermissionError("a message about a plan comes from its readers alone")
        if self._unit.owner_part_was_read and send.to.id != self._reader:
            raise PermissionError("what is for the owner alone goes to nobody else")
        if not (self._is_reader(book, send) if send.to.direct else _is_agreed(book, send)):
            raise PermissionError(
                "a message about a plan goes to its readers, or where somebody agreed to it"
            )
        sealed = seal(send.reply, mark_of(self._unit), self._outside, send.to.id, self._suppliers())
        return SealedSend(send.to, sealed)

    def _about_no_plan(self, send: Send) -> Sealed:
        if self._unit.plan_was_read:
            raise PermissionError("a message from a turn that read plans says which plan it is about")
        mark = mark_of_contracts(self._unit)
        return seal(send.reply, mark, self._outside, send.to.id, self._suppliers())

    def _is_reader(self, book: PlanBook, send: Send) -> bool:
        member = self._unit.colleagues.by_external(send.to.id)
        return member is not None and member.id in {row.member_id for row in book.readers()}

    def _suppliers(self) -> set[str]:
        """Whom the turn was about; asked only where the list of outsiders knows suppliers at all."""
        if not any(entry.supplier for entry in self._outside):
            return set()
        unit = self._unit
        return unit.suppliers_read | (unit.plans.suppliers_read() if unit.plans_read else set())


def _is_agreed(book: PlanBook, send: Send) -> bool:
    """Whether somebody who may change the plan agreed that it be posted to this very channel."""
    return book.may_edit and send.reply.consent == send.to.id and send.reply.mark < Mark.OWNER

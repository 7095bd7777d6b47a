"""Who may do what with a plan, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.gate import is_inside
from handlers.plan_choice import ref
from handlers.settings.people import names_of
from handlers.turn import Address, Choice, Choices, Heading, Preview, Reply, Send, Text

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.gate import OutsideList
    from handlers.turn import Person
    from storage.book import PlanBook
    from storage.tables import Member

LEVELS = {"owner": "owner", "edit": "may edit", "read": "may read"}


def title(book: PlanBook) -> str:
    """How the plan is called: `Acme: housings`."""
    plan = book.plan
    return f"{plan.supplier}: {plan.title}" if plan.title else plan.supplier


def why_outside(person: Person, outside: OutsideList, suppliers: set[str]) -> str | None:
    """Why somebody counts as outside for content about these suppliers; None for an inside member."""
    name = person.name or person.id
    if person.home is not True:
        return f"{name} does not belong to this workspace's own company, or I cannot tell."
    if person.guest is not False:
        return f"{name} has a guest account, or I cannot tell."
    if not is_inside(person, outside):
        return f"{name} is on the workspace's list of people who count as outside."
    if not is_inside(person, outside, suppliers):
        return f"{name} counts as outside for this supplier: the workspace's list says so."
    return None


def readers(turn: Turn, book: PlanBook) -> list[tuple[str, str]]:
    """(name, level in words) of everybody who may read the plan, the owner first, and last who reads it as a lead alone."""
    people = {row.id: row for row in turn.unit.colleagues.all()}
    rows = sorted(book.readers(), key=lambda row: (list(LEVELS).index(row.level), row.given_at, row.id))
    given = [people[row.member_id] for row in rows]
    known = {member.external_id for member in given}
    leads = [each for each in turn.settings.leads if each not in known and reads_as_lead(turn, each)]
    return [
        *((name_of(member), LEVELS[row.level]) for member, row in zip(given, rows, strict=True)),
        *((names_of(turn, [each]), "lead, may read") for each in leads),
    ]


def reads_as_lead(turn: Turn, external_id: str) -> bool:
    """Whether somebody (by the platform's id) reads every plan, as the workspace lets its leads do."""
    return turn.settings.leads_read_plans and external_id in turn.settings.leads


def name_of(member: Member) -> str:
    """What the member is called."""
    return member.name or member.external_id


def my_name(turn: Turn) -> str:
    """What the member who speaks is called."""
    seat = turn.unit.seat
    return turn.incoming.speaker.name or seat.name or seat.external_id


def token(member: Member) -> str:
    """The words by which a button names a member."""
    return f"<@{member.external_id}>"


def tell(member: Member, book: PlanBook, *lines: str) -> Send:
    """A direct message about the plan, with a button that shows it."""
    words = ref(book.plan.id)
    parts = (Heading(title(book)), Text(lines), Choices((Choice("Show the plan", f"show {words}"),)))
    to = Address(member.external_id, direct=True)
    return Send(to, Reply(parts, preview=Preview.NOTICE), plan=book.plan.id)


def tell_owner(turn: Turn, book: PlanBook, *lines: str) -> tuple[Send, ...]:
    """The same to the owner, where it is not the owner who acts."""
    owner = turn.unit.colleagues.by_id(book.plan.owner_id)
    if owner is None or owner.id == turn.unit.seat.member_id:
        return ()
    return (tell(owner, book, *lines),)

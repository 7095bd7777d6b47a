"""`plans`, `rename` and `archive`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.errors import Misread
from handlers.figures import cut
from handlers.keeping.dates import dates
from handlers.plan_choice import open_book, ref
from handlers.reading.names import LONGEST, normal
from handlers.reading.plain import excerpt
from handlers.sharing.access import title
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text
from storage.plans import LIVE

if TYPE_CHECKING:
    from handlers.command import Turn, Typed
    from storage.book import PlanBook
    from storage.plans import PlanHead

_PAGE = 10
_EXAMPLE = "rename acme to Acme: housings 2026"
_TO = re.compile(r"^(?:to\b|as\b|into\b|->|=)\s*", re.IGNORECASE)
_TITLE = re.compile(r"(?P<plan>plan:\d{1,16}|[^:]+?)\s*:\s*(?P<title>.+)", re.DOTALL)
_PAGE_WORDS = re.compile(r"^(?:page\s+)?(\d{1,3})$")


def plans(turn: Turn) -> Reply:
    """All plans that the member may read, the live ones first."""
    rows = turn.unit.plans.every()
    if not rows:
        parts = (
            Text(("There is no plan yet that you can read.",)),
            Choices((Choice("New plan", "new", primary=True),)),
        )
        return Reply(parts)
    rows.sort(key=lambda row: (row[1], row[0].status not in LIVE))
    found = _PAGE_WORDS.match(turn.rest)
    first = (int(found[1]) - 1) * _PAGE if found and int(found[1]) else 0
    first = first if first < len(rows) else 0
    shown = rows[first : first + _PAGE]
    options = [Choice(cut(head.label, 30), f"show {ref(head.id)}") for head, _ in shown]
    if first + _PAGE < len(rows):
        options.append(Choice("More", f"plans page {first // _PAGE + 2}"))
    heading = Heading(f"Your plans ({first + 1} to {first + len(shown)} of {len(rows)})")
    return Reply((heading, Text(tuple(_line(*row) for row in shown)), Choices(tuple(options))))


def _line(head: PlanHead, archived: bool) -> str:
    states = [head.status, *(["archived"] if archived else [])]
    rights = {"owner": "", "edit": " · shared, you may edit", "read": " · shared with you"}[head.level]
    return cut(f"{cut(head.label, 34)} · {', '.join(states)}{rights}")


def rename(turn: Turn) -> Reply:
    """Give a plan another name; it keeps answering to the old one."""
    book, rest = _meant(turn)
    supplier, colon, what = _name(rest)
    before = title(book)
    book.plan.supplier = supplier or book.plan.supplier
    book.plan.title = what if colon else book.plan.title
    for name in (book.plan.supplier, book.plan.title):
        book.call(name, normal(name))
    book.touch()
    turn.unit.audit("rename", "plan", book.plan.id)
    lines = (f"{before} is now called {title(book)}.",)
    return Reply((Text(lines), Note(("It still answers to the old name.",)), _show(book)))


def _meant(turn: Turn) -> tuple[PlanBook, str]:
    """The plan, and its new name with `to` before it. `rename PLAN: TITLE` says the plan by its name, never by default."""
    book, rest = open_book(turn, to_edit=True)
    said = _TITLE.fullmatch(turn.rest.strip())
    if _TO.match(rest.strip()) or said is None:
        return book, rest
    book, left = open_book(turn, words=said["plan"], bare=True, to_edit=True)
    return book, f"to : {said['title']}" if not left else rest


def _name(rest: str) -> tuple[str, str, str]:
    """Supplier, colon and title of the new name. Without `to` it could as well be the name of a plan that is not there."""
    found = _TO.match(rest.strip())
    supplier, colon, what = rest.strip()[found.end() if found else 0 :].partition(":")
    understood = f"I read {excerpt(rest)}." if rest.strip() else ""
    if found is None or not any(map(str.isalnum, supplier + what)):
        raise Misread("Which plan, and what shall it be called?", understood=understood, example=_EXAMPLE)
    if max(len(supplier), len(what)) > LONGEST:
        raise Misread(f"A name has at most {LONGEST} characters.", understood=understood, example=_EXAMPLE)
    return supplier.strip(), colon, what.strip()


def archive(turn: Turn) -> Reply:
    """Put a plan out of the way."""
    book, _ = open_book(turn, bare=True, to_edit=True)
    book.plan.archived = True
    book.touch()
    turn.unit.audit("archive", "plan", book.plan.id)
    back = Choice("Bring back", f"unarchive {ref(book.plan.id)}")
    lines = (f"{title(book)} is put away. It is still found by its name.",)
    return Reply((Text(lines), Choices((back,))))


def unarchive(turn: Turn) -> Reply:
    """Bring a plan back."""
    book, _ = open_book(turn, bare=True, to_edit=True)
    book.plan.archived = False
    book.touch()
    turn.unit.audit("unarchive", "plan", book.plan.id)
    return Reply((Text((f"{title(book)} is back among your plans.",)), _show(book)))


def _show(book: PlanBook) -> Choices:
    return Choices((Choice("Show the plan", f"show {ref(book.plan.id)}"),))


def _renames(typed: Typed) -> bool:
    """Whether the line is the command although a question is open: `rename acme to Borg`, `rename acme: housings`."""
    return any(
        mark in typed.rest and typed.is_plan(typed.rest.split(mark)[0].strip()) for mark in (" to ", ":")
    )


COMMANDS = (
    Command("dates", dates, reads=True),
    Command("plans", plans, also=("my plans", "all plans"), reads=True),
    Command("rename", rename, fits=_renames),
    Command("archive", archive),
    Command("unarchive", unarchive, also=("restore",)),
)

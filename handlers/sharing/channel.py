"""`channel PLAN #channel`: which channel a plan is about. It saves the plan's name there, and gives nobody access."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.calling import COMMAND, has_command
from handlers.channels import channel_named
from handlers.command import Command
from handlers.errors import Ambiguous, Refused
from handlers.figures import cut
from handlers.not_a_plan import refuse_name_before
from handlers.plan_choice import open_book, ref
from handlers.reading.plain import excerpt
from handlers.sharing.access import title
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text, Warn

if TYPE_CHECKING:
    from handlers.channels import Target
    from handlers.command import Turn, Typed
    from handlers.turn import Part
    from storage.book import PlanBook

_NONE = frozenset({"none", "no", "off", "nothing", "-"})
_HERE = frozenset({"here", "this channel"})
_SURE = " instead"


def channel(turn: Turn) -> Reply:
    """Link a channel, unlink all, or show what is linked."""
    book, rest = open_book(turn)
    rest = re.sub(r"^(?:to|with|as|in)\s+(?=<?#|here\b|this channel)", "", rest, flags=re.IGNORECASE)
    refuse_name_before(turn, rest, lambda left: left.startswith(("#", "<#")))
    if not rest:
        return _linked(book)
    if not book.may_edit:
        raise Refused(
            "You may read this plan, but not say which channel it is about.",
            example="ask its owner: share acme @ben to edit",
        )
    if rest.casefold() in _NONE:
        book.unlink()
        turn.unit.audit("unlink", "plan", book.plan.id)
        return Reply((Heading(title(book)), Text(("No channel is about this plan any more.",))))
    sure = rest.casefold().endswith(_SURE)
    target = channel_named(turn, rest[: -len(_SURE)] if sure else rest, tuple(sorted(book.names())))
    if not turn.plan_named and not rest.startswith(("#", "<#")) and rest.casefold() not in _HERE:
        raise Ambiguous(
            f"Shall #{target.name} be about {cut(title(book), 60)}? Nothing was changed.",
            [(f"Yes, #{target.name}"[:70], f"channel {ref(book.plan.id)} <#{target.id}|{target.name}>")],
            understood=f"I read {excerpt(rest)}, and of a plan nothing.",
        )
    return _link(turn, book, target, sure=sure)


def _link(turn: Turn, book: PlanBook, target: Target, *, sure: bool) -> Reply:
    if not target.present:
        raise Refused(target.warnings[0], example=f"channel {book.plan.supplier} #{target.name}")
    before = turn.unit.plans.of_channel(target.id)  # only a plan that the setter may read counts
    if before is not None and before.id != book.plan.id and not sure:
        return _ask_first(turn, book, target, before.label)
    book.link(target.id, target.name)
    turn.unit.audit("link", "plan", book.plan.id)
    parts: list[Part] = [
        Heading(title(book)),
        Text((f"In #{target.name} you can now leave out the plan's name.",)),
        Note(("This lets nobody in: readers of the plan get their answers there in private, others none.",)),
    ]
    if target.warnings:
        parts.insert(2, Warn((_outside(turn, target),)))
    return Reply(tuple(parts))


def _outside(turn: Turn, target: Target) -> str:
    way = f"Ask there with {COMMAND} only" if has_command(turn.incoming) else "Ask me in private only"
    return f"People from outside may read #{target.name}. {way}."


def _ask_first(turn: Turn, book: PlanBook, target: Target, other: str) -> Reply:
    turn.focus = book.plan.id
    words = f"channel {ref(book.plan.id)} <#{target.id}|{target.name}>{_SURE}"
    lines = (f"#{target.name} is about {other} so far. Nothing was changed yet.",)
    return Reply((Text(lines), Choices((Choice("Use this plan there", words, primary=True),))))


def _linked(book: PlanBook) -> Reply:
    names = tuple(f"#{row.name or row.channel}" for row in book.channels())
    lines = ("About it: " + ", ".join(names),) if names else ("No channel is about this plan.",)
    hint = Note(("channel acme #acme links one, channel acme none takes all away.",))
    return Reply((Heading(title(book)), Text(lines), hint))


def _names_one(typed: Typed) -> bool:
    """Whether the line is the command although a question is open: a #channel at its end, with nothing but a plan before."""
    plan, sign, name = typed.rest.rpartition("#")
    plan = plan.strip(" <")
    return bool(sign) and len(name.split()) == 1 and (not plan or typed.is_plan(plan))


CHANNEL = Command("channel", channel, also=("link",), fits=_names_one)

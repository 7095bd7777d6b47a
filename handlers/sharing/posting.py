"""`post PLAN #channel`: a plan's brief for a channel of inside people. A deliberate act, asked about before it is done."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.channels import channel_named
from handlers.command import Command
from handlers.errors import Misread, Refused
from handlers.gate import Why, why_not_in
from handlers.not_a_plan import refuse_name_before
from handlers.plan_choice import open_book, ref
from handlers.prep.flow import show
from handlers.sharing.access import my_name, tell_owner, title
from handlers.turn import (
    Address,
    AskChannel,
    Channel,
    Choice,
    Choices,
    Form,
    Mark,
    Note,
    Press,
    Preview,
    Reply,
    Send,
    Text,
    Warn,
)
from handlers.writing import plural

if TYPE_CHECKING:
    from handlers.command import Turn, Typed
    from handlers.turn import Part
    from storage.book import PlanBook

_AGREED = " post it"
_THE_BRIEF = re.compile(r"(?:the\s+)?(?:brief|plan|summary)\s+(?:of|for|about|on)\s+", re.IGNORECASE)
_TO = re.compile(
    r"(?:(?:^|\s+)(?:the\s+)?|'s\s*)(?:(?:brief|plan|summary)\b\s*)?(?:(?:^|(?<=\s))(?:to|in|into|on))?$",
    re.IGNORECASE,
)
_BRIEF = re.compile(
    r"(?:(?:the|'s)\s*)?(?:(?:brief|plan|summary)\b\s*)?(?:(?:to|in|into|on)\s+)?(?=<?#|here\b)",
    re.IGNORECASE,
)


def post(turn: Turn) -> Reply:
    """Show what would be posted and ask; with the button pressed, post it."""
    book, rest = open_book(turn, words=_without_the_brief(turn.rest))
    lead = _BRIEF.match(rest)
    rest = rest[lead.end() :] if lead else rest
    refuse_name_before(turn, rest, _is_a_place)
    if not rest:
        raise Misread("Which channel shall I post the brief to?", example="post acme #buying")
    if not book.may_edit:
        raise Refused(
            "You may read this plan, but only its owner and those who edit it can post it.",
            example="ask its owner: share acme @ben to edit",
        )
    # only a pressed button agrees: a line that happens to end so does not
    agreed = isinstance(turn.incoming.act, Press) and rest.endswith(_AGREED)
    channel = _inside_channel(turn, book, rest.removesuffix(_AGREED) if agreed else rest)
    shown = _brief(turn, book)
    return _posted(turn, book, channel, shown) if agreed else _asked(book, channel, shown)


def _is_a_place(words: str) -> bool:
    return words.startswith(("#", "<#")) or words.casefold().split()[:1] == ["here"]


def _without_the_brief(words: str) -> str:
    """`the brief of acme to #acme` as `acme to #acme`."""
    found = _THE_BRIEF.match(words)
    return words[found.end() :] if found else words


def _inside_channel(turn: Turn, book: PlanBook, text: str) -> Channel:
    """The channel, if everybody in it is known to be inside. The gate asks again when it is sent."""
    suppliers = tuple(sorted(book.names()))
    target = channel_named(turn, text, suppliers)
    if not target.present:
        raise Refused(target.warnings[0], example=f"post {book.plan.supplier} #{target.name}")
    found = turn.fetch(AskChannel(target.id))
    channel = found if isinstance(found, Channel) else None
    why = why_not_in(channel, turn.settings.outside, suppliers)
    if channel is None or why is Why.OUTSIDERS_HERE:
        raise Refused(
            f"People from outside may read #{target.name}, or I cannot tell who is in it. Nothing was posted.",
            example=f"share {book.plan.supplier} @ben",
        )
    if why is not None:
        raise Refused(
            f"Everybody with an account may look into #{target.name}, also people who count as outside: the "
            "workspace's list names some. Nothing was posted. A private channel will do.",
            example=f"share {book.plan.supplier} @ben",
        )
    return channel


def _brief(turn: Turn, book: PlanBook) -> tuple[Part, ...]:
    """The plan on one screen, without buttons and without what is for one person's eyes alone."""
    turn.unit.reads_for_others = True
    turn.rest = ref(book.plan.id)
    return tuple(part for part in show(turn).parts if not isinstance(part, Choices | Form))


def _asked(book: PlanBook, channel: Channel, brief: tuple[Part, ...]) -> Reply:
    name, count = channel.name or channel.id, plural(len(channel.people or ()), "person", "people")
    warning = f"Everybody in #{name} ({count}) will read this, and so will whoever joins later."
    words = f"post {ref(book.plan.id)} <#{channel.id}|{name}>{_AGREED}"
    confirm = f"Post it to #{name}? It cannot be taken back."
    choice = Choice(f"Post to #{name}", words, danger=True, confirm=confirm)
    return Reply((Warn((warning,)), *brief, Choices((choice,))))


def _posted(turn: Turn, book: PlanBook, channel: Channel, brief: tuple[Part, ...]) -> Reply:
    name, me = channel.name or channel.id, my_name(turn)
    note = Note((f"Posted by {me}.",))
    content = Reply((*brief, note), mark=Mark.PLAN, consent=channel.id, preview=Preview.NOTICE)
    turn.unit.audit("post", "plan", book.plan.id)
    lines = (f"The brief goes to #{name} now, if only inside people are in it at this moment.",)
    return Reply(
        (Text((title(book), *lines)),),
        sends=(
            Send(Address(channel.id, direct=False), content, plan=book.plan.id),
            *tell_owner(turn, book, f"{me} posted the brief of your plan to #{name}."),
        ),
    )


def _names_one(typed: Typed) -> bool:
    """Whether the line is the command although a question is open: a #channel at its end, with nothing but a plan before."""
    plan, sign, name = _without_the_brief(typed.rest).rpartition("#")
    plan = _TO.sub("", plan.rstrip(" <")).strip()
    return bool(sign) and len(name.split()) == 1 and (not plan or typed.is_plan(plan))


POST = Command("post", post, also=("publish",), fits=_names_one)

"""`share`, `unshare` and `owner`: who may read a plan, who may change it, whose it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.command import Command
from handlers.errors import Ambiguous, Misread, Refused, Unknown
from handlers.figures import cut
from handlers.not_a_plan import refuse_name_before
from handlers.people import people_in, person_named
from handlers.plan_choice import open_book, ref
from handlers.reading.names import match
from handlers.reading.plain import excerpt, read_member
from handlers.sharing.access import (
    my_name,
    name_of,
    readers,
    reads_as_lead,
    tell,
    tell_owner,
    title,
    token,
    why_outside,
)
from handlers.sharing.channel import CHANNEL
from handlers.sharing.posting import POST
from handlers.turn import Choice, Choices, Facts, Heading, Note, Reply, Text, say

if TYPE_CHECKING:
    from handlers.command import Turn, Typed
    from storage.book import PlanBook
    from storage.tables import Member, PlanAccess

_LEVEL = re.compile(
    r"\s*\b(?:(?:to|can|may|for)\s+)?(?P<level>edit(?:ing)?|read(?:ing)?(?:\s+only)?)\s*$", re.I
)
_LONGEST = 240
_NAMED = r"(?:<@[^<>\n]+>|@[^\s<>]+)"  # a platform's mention may hold a name of several words
_PERSON = re.compile(
    rf"(?P<plan>.*?)(?:\b(?:with|to|from)\s+)?{_NAMED}(?:\s*(?:[,;&]|\band\b)\s*{_NAMED})*", re.I | re.S
)
_WITH = re.compile(r"^(?:with|to|from)\s+", re.I)
_LEFT = "You do not read {} any more."
_LEFT_TO_LEAD = "{} is not shared with you any more. You still read it as a lead, like every plan here."
_REMOVED = "{} cannot read it any more."
_REMOVED_FROM_LEAD = "It is not shared with {} any more, who still reads it as a lead, like every plan here."


def share(turn: Turn) -> Reply:
    """Let an inside member read or edit a plan; without a person, show who may."""
    book, rest = open_book(turn)
    refuse_name_before(turn, rest, _is_signed)
    if not rest:
        return _who(turn, book)
    _must_edit(book)
    found = _LEVEL.search(rest)
    level = "edit" if found and found["level"].lower().startswith("edit") else "read"
    named = rest[: found.start()] if found else rest
    if len(several := people_in(turn, _WITH.sub("", named.strip()))) > 1:
        return _share_with_several(turn, book, several, level)
    member = _member(turn, book, named, level)
    _ask_first(turn, book, member, rest, f"Shall {name_of(member)} see")
    row = _access(book, member)
    if row is not None and row.level == "owner":
        raise Refused(f"{name_of(member)} owns this plan already.", example="share acme @ben to edit")
    if row is not None and book.level != "owner":
        level = max(level, row.level, key=("read", "edit").index)  # only the owner takes something away
    return _shared(turn, book, member, level)


def _share_with_several(turn: Turn, book: PlanBook, several: list[str], level: str) -> Reply:
    """Let each of several people in, or none where one of them is not known or may not."""
    end = " to edit" if level == "edit" else ""
    if not turn.plan_named:
        example = f"share {cut(book.plan.supplier, 24)} with {' and '.join(several)}{end}"
        raise Misread(
            "Which plan shall they see?", understood=f"I read {', '.join(several)}.", example=example
        )
    members = list({one.id: one for one in (_member(turn, book, name, level) for name in several)}.values())
    new = [name_of(member) for member in members if _access(book, member) is None]
    there = ", ".join(name_of(member) for member in members if _access(book, member) is not None)
    if there:
        raise Refused(
            f"{there} can see this plan already. Name only those who cannot. Nothing was changed.",
            example=f"share {cut(book.plan.supplier, 24)} {' and '.join(new)}{end}" if new else "share acme",
        )
    shared = [_shared(turn, book, member, level) for member in members]
    line = f"{' and '.join(map(name_of, members))} may now {level} it, and were told so in a direct message."
    undo = (
        Choice(f"Take back {cut(name_of(one), 20)}", f"unshare {ref(book.plan.id)} {token(one)}", danger=True)
        for one in members
    )
    parts = (Heading(title(book)), Text((line,)), Facts(tuple(readers(turn, book))), Choices(tuple(undo)))
    return Reply(parts, sends=tuple(send for reply in shared for send in reply.sends))


def _shared(turn: Turn, book: PlanBook, member: Member, level: str) -> Reply:
    me, who = my_name(turn), name_of(member)
    book.admit(member.id, level)
    turn.unit.audit("share", "plan", book.plan.id)
    sends = (
        tell(member, book, f"{me} shared this plan with you: you may {level} it."),
        *tell_owner(turn, book, f"{me} let {who} {level} your plan."),
    )
    undo = Choice("Take back", f"unshare {ref(book.plan.id)} {token(member)}", danger=True)
    parts = (
        Heading(title(book)),
        Text((f"{who} may now {level} it, and was told so in a direct message.",)),
        Facts(tuple(readers(turn, book))),
        Choices((undo,)),
    )
    return Reply(parts, sends=sends)


def _who(turn: Turn, book: PlanBook) -> Reply:
    hint = Note(("To everybody else the plan does not exist. share acme @ben [to edit] lets somebody in.",))
    return Reply((Heading(title(book)), Facts(tuple(readers(turn, book))), hint))


def who_reads(turn: Turn) -> Reply:
    """Who owns a plan and who else may read it."""
    book, _ = open_book(turn, bare=True)
    return _who(turn, book)


def unshare(turn: Turn) -> Reply:
    """Take access away. The owner may do so with everybody, anybody else with themselves."""
    book, rest = open_book(turn)
    refuse_name_before(turn, rest, _is_signed)
    if not rest:
        raise Misread("Whose access do you want to take back?", example="unshare acme @ben")
    member = _reader(turn, book, rest)
    row, is_me = _access(book, member), member.id == turn.unit.seat.member_id
    as_lead = reads_as_lead(turn, member.external_id)
    if row is None and as_lead:
        raise Refused(
            f"{name_of(member)} reads this plan as a lead, like every plan here. Only leads change that.",
            example="settings leads read plans off",
        )
    if row is None:
        raise Unknown(f"{name_of(member)} cannot read this plan anyway.", example="readers acme")
    if row.level == "owner":
        raise Refused("A plan cannot be without an owner. Hand it over first.", example="owner acme @ben")
    if book.level != "owner" and not is_me:
        raise Refused("Only the plan's owner takes access back.", example=f"unshare {book.plan.supplier} me")
    book.dismiss(member.id)
    turn.unit.audit("unshare", "plan", book.plan.id)
    if is_me:
        turn.focus = None
        return say((_LEFT_TO_LEAD if as_lead else _LEFT).format(title(book)))
    lines = ((_REMOVED_FROM_LEAD if as_lead else _REMOVED).format(name_of(member)),)
    return Reply((Heading(title(book)), Text(lines), Facts(tuple(readers(turn, book)))))


def hand_over(turn: Turn) -> Reply:
    """Give the plan to another inside member. The one who gave it may still edit it."""
    book, rest = open_book(turn)
    refuse_name_before(turn, rest, _is_signed)
    if not rest:
        return _who(turn, book)
    if book.level != "owner":
        raise Refused("Only the plan's owner can hand it over.", example="share acme @ben to edit")
    member = _member(turn, book, rest, "")
    if member.id == turn.unit.seat.member_id:
        raise Refused("The plan is yours already.", example="owner acme @ben")
    _ask_first(turn, book, member, rest, f"Shall {name_of(member)} own")
    book.hand_over(member.id)
    turn.unit.audit("hand over", "plan", book.plan.id)
    lines = (
        f"{name_of(member)} owns it now, gets its reminders, and was told so.",
        "You may still edit it. Your own notes (what throws you, where to pause) stay with you alone.",
    )
    told = tell(member, book, f"{my_name(turn)} handed this plan over to you: it is yours now.")
    return Reply((Heading(title(book)), Text(lines), Facts(tuple(readers(turn, book)))), sends=(told,))


def _is_signed(words: str) -> bool:
    """Whether a person follows: with the sign, or behind a word that belongs to persons."""
    if _LEVEL.fullmatch(words):
        return False
    return words.startswith(("@", "<@")) or _WITH.match(words) is not None


def _ask_first(turn: Turn, book: PlanBook, member: Member, text: str, doing: str) -> None:
    """A bare name behind a command may be a plan's as well as a person's. Raises Ambiguous where no plan was named."""
    if turn.plan_named or _is_signed(text):
        return
    end = " to edit" if turn.command_name == "share" and re.search(r"\bedit", text, re.I) else ""
    words = f"{turn.command_name} {ref(book.plan.id)} {token(member)}{end}"
    raise Ambiguous(
        f"{doing} {cut(title(book), 60)}? Nothing was changed.", [(f"Yes, {name_of(member)}"[:70], words)],
        understood=f"I read {excerpt(text)}, and of a plan nothing.",
    )  # fmt: skip


def _must_edit(book: PlanBook) -> None:
    if not book.may_edit:
        raise Refused(
            "You may read this plan, but only its owner and those who edit it can share it.",
            example="ask its owner: share acme @ben",
        )


def _member(turn: Turn, book: PlanBook, text: str, level: str) -> Member:
    """The inside member whom the words name. Where several fit, the buttons are about this very plan."""
    begin, end = f"{turn.command_name} {ref(book.plan.id)}", " to edit" if level == "edit" else ""
    person = person_named(turn, _words(text), lambda who: f"{begin} {who}{end}")
    why = why_outside(person, turn.settings.outside, book.names())
    if why is not None:
        raise Refused(f"{why} Plans are for inside members alone, so nothing was changed.")
    return turn.unit.colleagues.meet(person.id, person.name)


def _words(text: str) -> str:
    words = _WITH.sub("", text.strip()).strip(" ,:")
    if len(words) > _LONGEST:
        raise Misread(f"I read {excerpt(words)}, and that names nobody.", example="share acme @ben to edit")
    return words


def _reader(turn: Turn, book: PlanBook, text: str) -> Member:
    """Whom of the readers the words name, whatever the platform says of them now: outsiders must be removable."""
    words = _words(text)
    if words.casefold() in {"me", "myself", "@me"}:
        words = f"<@{turn.incoming.speaker.id}>"
    named, colleagues = read_member(words), turn.unit.colleagues
    found = colleagues.by_external(named.id or named.name or "")
    if found is None and named.id is None:
        ids = {row.member_id for row in book.readers()}
        people = {row.id: row for row in colleagues.all() if row.id in ids}
        fits = match(named.name or "", {key: [row.name] for key, row in people.items()})
        found = people[fits.one] if fits.one is not None and fits.sure else None
    if found is None:
        raise Unknown(f"Nobody called {named.name or named.id} reads this plan.", example="share acme")
    return found


def _access(book: PlanBook, member: Member) -> PlanAccess | None:
    return next((row for row in book.readers() if row.member_id == member.id), None)


def _names_somebody(typed: Typed) -> bool:
    """Whether the line is the command although a question is open: somebody's @name, with nothing but a plan before it and
    what they may do behind it."""
    found = _PERSON.fullmatch(_LEVEL.sub("", typed.rest))
    return found is not None and (not found["plan"].strip() or typed.is_plan(found["plan"].strip()))


COMMANDS = (
    Command("readers", who_reads, also=("access",), reads=True),
    Command("share", share, fits=_names_somebody),
    Command("unshare", unshare, also=("un-share",), fits=_names_somebody),
    Command("owner", hand_over, also=("hand over", "handover"), fits=_names_somebody),
    CHANNEL,
    POST,
)

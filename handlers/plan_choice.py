"""Which plan is meant. Only plans that the member may read count, everywhere.

In this order: the plan that the words name; the plan last named by this member in this thread; the latest-linked plan of
this channel; the member's only live plan; else Prep asks.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Refused, Unknown
from handlers.reading.names import match, normal
from handlers.reading.plain import shortened

if TYPE_CHECKING:
    from collections.abc import Collection

    from handlers.command import Turn
    from storage.book import PlanBook
    from storage.plans import PlanHead
    from storage.unit import Unit

_MOST_WORDS = 6
_OFFERED = 8  # plans among which somebody chooses
_REF = re.compile(r"plan:(\d{1,16})(?=\s|:|$)")
_OF = re.compile(r"(?:of|for|with|in|on|about)\s+", re.IGNORECASE)
_CALLED_PLAN = re.compile(r"(?:'s)?\s+plan(?=\s*(?:$|[:,]|->|(?:to|into|as|with)\b))", re.IGNORECASE)
_NO_PLAN = "There is no plan yet that you can read."
_NEW = "new Acme: housings"


def ref(plan_id: int) -> str:
    """The words by which a button names a plan."""
    return f"plan:{plan_id}"


def choose(turn: Turn, *, words: str | None = None, bare: bool = False) -> tuple[PlanHead, str]:
    """The plan that is meant, and the words that are left.

    `bare`: nothing but a plan can be meant by the words, so words that name none are an error.
    Raises Unknown or Ambiguous.
    """
    rest = (turn.rest if words is None else words).strip()
    found = _by_ref(turn, rest) or _by_name(turn, rest)
    if found is None and (lead := _OF.match(rest)):  # `owner of acme`
        found = _by_name(turn, rest[lead.end() :])
    if found is None and bare and rest:
        found = _by_near_name(turn, rest), ""
    found = found or _near_prefix(turn, rest)
    turn.plan_named = found is not None
    head, left = found or (_default(turn), rest)
    left = _CALLED_PLAN.sub("", left, count=1) if _CALLED_PLAN.match(left) else left
    turn.focus = head.id
    return head, left.lstrip(" :,").strip()


def open_book(
    turn: Turn, *, words: str | None = None, bare: bool = False, to_edit: bool = False
) -> tuple[PlanBook, str]:
    """The plan that is meant, opened, and the words that are left. Raises Refused where it may only be read."""
    head, rest = choose(turn, words=words, bare=bare)
    book = turn.unit.plans.book(head.id, to_edit=to_edit)
    if book is None:  # taken away in this very moment
        raise Unknown(_NO_PLAN, example=_NEW)
    if to_edit and not book.may_edit:
        raise Refused(
            f"You may read the plan for {head.supplier}, but not change it.",
            example=f"ask its owner to share it to edit: share {head.supplier} @you to edit",
        )
    return book, rest


def _by_ref(turn: Turn, rest: str) -> tuple[PlanHead, str] | None:
    found = _REF.match(rest)
    if found is None:
        return None
    head = turn.unit.plans.head(int(found.group(1)))
    if head is None:
        raise Unknown(
            "That button belongs to a plan that is not there for you.", example="type “plans” for yours"
        )
    return head, rest[found.end() :]


def _prefixes(rest: str) -> list[tuple[str, str]]:
    """(prefix, what is left) for the longest prefix first. A colon ends a name, as in `new SUPPLIER: what`."""
    words = [
        m for m in re.finditer(r"[^\s:,=]+", rest) if any(map(str.isalnum, m[0]))
    ]  # an arrow is no part of a name
    ends = [m.end() for m in words][:_MOST_WORDS]
    return [(rest[:end], rest[end:]) for end in reversed(ends)]


def _by_name(turn: Turn, rest: str) -> tuple[PlanHead, str] | None:
    """The plan whose whole name stands at the beginning; the longest name wins."""
    by_normal = {
        normal(prefix): (prefix, left) for prefix, left in reversed(_prefixes(rest)) if normal(prefix)
    }
    if not by_normal:
        return None
    rows = turn.unit.plans.named(list(by_normal))
    if not rows:
        return None
    longest = max((name for _, name in rows), key=lambda name: len(by_normal[name][0]))
    heads = {head.id: head for head, name in rows if name == longest}
    said, left = by_normal[longest]
    titled = _by_title(list(heads.values()), left) if len(heads) > 1 else None
    return titled or (_only(turn, list(heads.values()), said), left)


def _by_title(heads: list[PlanHead], left: str) -> tuple[PlanHead, str] | None:
    """Of several plans with one supplier the only one whose title follows, as in `acme: housings`."""
    for words, rest in _prefixes(left.lstrip(" :,")):
        found = [head for head in heads if head.title and normal(head.title) == normal(words)]
        if len(found) == 1:
            return found[0], rest
    return None


def _only(turn: Turn, heads: list[PlanHead], said: str) -> PlanHead:
    """One plan out of several of the same name: a single live one, or the member is asked."""
    from storage.plans import LIVE

    live = [head for head in heads if head.status in LIVE]
    if len(heads) == 1 or len(live) == 1:
        return (live or heads)[0]
    command = turn.command_name or "show"
    after = turn.rest[len(said) :]
    options = [(head.label, f"{command} {ref(head.id)} {after}".strip()) for head in heads[:_OFFERED]]
    left = len(heads) - len(options)
    asked = (
        f"Which one? These are the latest, and {left} more: say more of the name." if left else "Which one?"
    )
    raise Ambiguous(f"Several of your plans are called {shortened(said, 40)}. {asked}", options)


def _by_near_name(turn: Turn, rest: str) -> PlanHead:
    found = match(rest, turn.unit.plans.names())
    if found.one is None and not found.several:
        raise Unknown(
            f"No plan that you can read is called {_short(rest)}",
            example="“plans” lists yours, “new Acme: housings” starts one",
        )
    return _only(turn, _heads(turn, found.several), rest)


def _heads(turn: Turn, ids: Collection[int]) -> list[PlanHead]:
    """These plans, the latest changed first."""
    if len(ids) > 1:
        found = [head for head, _ in turn.unit.plans.every() if head.id in ids]
        if found:
            return found
    return [head for head in map(turn.unit.plans.head, ids) if head]


def _near_prefix(turn: Turn, rest: str) -> tuple[PlanHead, str] | None:
    """A mistyped name at the beginning of more words, as in `batna acmee add ...`."""
    names = turn.unit.plans.names() if rest else {}
    if not names:
        return None
    for prefix, left in _prefixes(rest)[-3:]:
        found = match(prefix, names)
        if found.one is not None:
            head = turn.unit.plans.head(found.one)
            return (head, left) if head else None
    return None


def unsaid(turn: Turn, unit: Unit) -> PlanHead | None:
    """The plan that is meant where none is named, if one is meant without a doubt."""
    found = _last_named(turn, unit)
    live = [] if found else unit.plans.live(most=2)
    return live[0] if len(live) == 1 else found


def _last_named(turn: Turn, unit: Unit) -> PlanHead | None:
    found = unit.plans.in_focus(turn.place)
    return found if found or turn.is_direct else unit.plans.of_channel(turn.incoming.place.id)


def _default(turn: Turn) -> PlanHead:
    found = _last_named(turn, turn.unit)
    if found is not None:
        return found
    live = turn.unit.plans.live(most=6)
    if not live:
        raise Unknown(_NO_PLAN, example=_NEW)
    if len(live) > 1:
        command = turn.command_name or "show"
        options = [(head.label, f"{command} {ref(head.id)} {turn.rest}".strip()) for head in live]
        raise Ambiguous("Which plan?", options)
    return live[0]


def _short(text: str) -> str:
    """The end of a sentence."""
    said = shortened(text, 40)
    return f"{said}." if said == text else said

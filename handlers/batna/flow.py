"""`batna`: what we do without this deal, and how the deal compares. Asking is quick; `add`, `set` and `remove` change it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.batna.answer import alternatives_list, answer
from handlers.batna.changing import add, remove, set_
from handlers.command import Command
from handlers.errors import Ambiguous
from handlers.figures import cut
from handlers.not_a_plan import refuse_name_before
from handlers.plan_choice import choose, open_book
from handlers.turn import Address, Reply, Send, say

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.command import Turn

_CHANGES = re.compile(r"(?:^|\s)(add|set|change|remove|delete)(?=\s|$)", re.IGNORECASE)
_CHANGE = re.compile(r"(add|set|change|remove|delete)(?=\s|$)[\s:,]*", re.IGNORECASE)
_SHOW = re.compile(
    r"(?P<plan>.*?)(?:(?:^|\s+)(?P<how>(?:send )?to me|all|alternatives))?", re.IGNORECASE | re.DOTALL
)
_WORD = re.compile(r"(?<!\S)[A-Za-z]{2,8}(?=\s)")
_TELLS = re.compile(r"[=:]|\s\d")
_MOST_WORDS = 4
_DOING = {"add": add, "set": set_, "change": set_, "remove": remove, "delete": remove}


def batna(turn: Turn) -> Reply:
    """The BATNA of a plan, or a change to its alternatives."""
    if changes(turn.rest):
        book, rest = open_book(turn, to_edit=True)
        found = _CHANGE.match(rest)
        refuse_name_before(turn, rest if found is None else "", lambda left: _CHANGE.match(left) is not None)
        if found is not None:
            return _DOING[found[1].lower()](turn, book, rest[found.end() :])
    _ask_about_slip(turn.rest)
    return _show(turn)


def _ask_about_slip(rest: str) -> None:
    """Raises Ambiguous, with the whole line as it should be, where a change has a slip in its verb."""
    for word, lines in _slips(rest):
        raise Ambiguous(
            f"I know no “{word}” here. Did you mean this? Nothing was changed.",
            [(line, line) for line in lines],
        )


def _slips(rest: str) -> Iterator[tuple[str, list[str]]]:
    """`acme ad Nadir = 4.1` is nearly a change: the word, and what may have been meant."""
    if not _TELLS.search(rest):
        return
    from rapidfuzz.distance import OSA  # few lines hold such a slip

    for word in list(_WORD.finditer(rest))[:_MOST_WORDS]:
        left = rest[word.end() :]
        meant = [verb for verb in _DOING if OSA.distance(word[0].lower(), verb, score_cutoff=1) == 1]
        if meant and _TELLS.search(left):
            yield word[0], [f"batna {rest[: word.start()]}{verb}{left}" for verb in meant]


def _tells(rest: str) -> bool:
    """Whether these words hold figures: a change, or what is nearly one."""
    return changes(rest) or any(_slips(rest))


def changes(rest: str) -> bool:
    """Whether these words after `batna` change something."""
    return _CHANGES.search(rest) is not None


def _show(turn: Turn) -> Reply:
    found = _SHOW.fullmatch(turn.rest.strip())
    assert found is not None  # it fits every text
    how = (found["how"] or "").lower()
    head, _ = choose(turn, words=found["plan"], bare=True)
    sheet = turn.unit.plans.sheet_of(head)
    if how.startswith("a"):
        return Reply(alternatives_list(turn, sheet))
    if not how or turn.is_direct:
        return Reply(answer(turn, sheet, to_self=turn.is_direct))
    content = Reply(answer(turn, sheet, to_self=True))
    to = Address(turn.unit.seat.external_id, direct=True)
    here = say(f"I have sent it to you in a direct message: {cut(sheet.plan.supplier, 60)}.")
    return Reply(here.parts, sends=(Send(to, content, plan=head.id),))


COMMANDS = (
    Command(
        "batna",
        batna,
        also=("alternatives",),
        reads=lambda rest: not changes(rest),
        figures=_tells,
        whole=changes,
    ),
)

"""What comes due, ordered by the day on which something has to be sent."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of, standing
from handlers.contracts.find import called, ref
from handlers.contracts.horizon import until
from handlers.errors import Misread
from handlers.figures import cut
from handlers.turn import Audience, Choice, Choices, Heading, Note, Reply, Text, Via, Warn
from handlers.writing import day, weekday_day

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.contracts.dates import Standing

_ROOM = 9  # lines of a page for what is missed and what comes due
_WARNED = 3
_BUTTONS = 3
_PAGE = re.compile(r"\bpage\s+(?P<page>\d{1,4})\s*$", re.IGNORECASE)


def renewals(turn: Turn) -> Reply:
    """`renewals [90d] [page 2]`: deadlines, ends and missed deadlines until then, the earliest first."""
    asked = _PAGE.search(turn.rest)
    horizon = turn.rest[: asked.start()].strip() if asked else turn.rest
    last, of = _horizon(turn, horizon)
    stands = [one for one in _standings(turn) if of is None or one.contract.id in of]
    due = sorted(((_day(s), s) for s in stands), key=lambda pair: (pair[0], pair[1].label))
    shown = [(when, s) for when, s in due if when <= last]
    missed = [s for s in stands if s.missed]
    for_all = turn.incoming.via is Via.MENTION and not turn.unit.restricted_was_read
    heading = Heading("Due" if last == date.max else f"Due until {day(last, turn.today, turn.manners)}")
    warned = _warned(turn, missed)
    room = _ROOM - sum(len(one.lines) for one in warned)
    pages = Pages(int(asked["page"]) if asked else 1, room, len(shown))
    listed = _listed(turn, shown, pages)
    parts = (heading, *warned, *listed, *_later(turn, due, shown, pages), *_buttons(shown, pages, horizon))
    return Reply(parts, audience=Audience.PLACE if for_all else Audience.ASKER)


def _horizon(turn: Turn, said: str) -> tuple[date, set[int] | None]:
    """Until when, or whose: `renewals acme` are those of its contracts, however far away. Raises Misread for neither."""
    try:
        return until(turn, said), None
    except Misread as no_day:
        of = {row.id for row in called(turn, said)}
        if not of and re.search(r"\d", said):
            raise
        if not of:
            wrong = f"{no_day.wrong} Nor do you see a contract of that name."
            raise Misread(
                wrong, understood=no_day.understood, example="renewals 90d, or renewals acme"
            ) from None
        return date.max, of


@dataclass(frozen=True, slots=True)
class Pages:
    """Which lines of a long list are shown: `size` a page, of `count` in all. `asked` counts from 1."""

    asked: int
    size: int
    count: int

    @property
    def last(self) -> int:
        """How many pages there are."""
        return max(1, -(-self.count // self.size))

    @property
    def page(self) -> int:
        """The page that there is."""
        return min(max(self.asked, 1), self.last)

    @property
    def lines(self) -> slice:
        """Where its lines are."""
        return slice((self.page - 1) * self.size, self.page * self.size)


def _standings(turn: Turn) -> list[Standing]:
    rows = turn.unit.contracts.live()
    records = turn.unit.contracts.records(rows)
    calendar = calendar_of(turn.settings)
    stands = [standing(row, records[row.id], calendar, turn.today) for row in rows if row.end]
    return [s for s in stands if s.ahead.term_end >= turn.today]


def _day(stand: Standing) -> date:
    """The day on which something has to happen: send-by (late ones come first), else the end."""
    return stand.ahead.deadline.send_by if stand.ahead.deadline else stand.ahead.term_end


def _warned(turn: Turn, missed: list[Standing]) -> tuple[Warn, ...]:
    dated = sorted((s.now.deadline.clause_date, s.label) for s in missed if s.now.deadline)
    lines = [
        f"{cut(name, 20)}: the deadline of {day(when, turn.today, turn.manners)} was missed"
        for when, name in dated
    ]
    if len(lines) > _WARNED:
        lines[_WARNED - 1 :] = [f"{len(lines) - _WARNED + 1} more deadlines were missed"]
    return (Warn(tuple(lines)),) if lines else ()


def _listed(turn: Turn, shown: list[tuple[date, Standing]], pages: Pages) -> tuple[Text | Note, ...]:
    if not shown:
        return (Text(("Nothing is due until then.",)),)
    lines = tuple(_line(turn, when, s) for when, s in shown[pages.lines])
    place = (Note((f"page {pages.page} of {pages.last}, {pages.count} in all",)),) if pages.last > 1 else ()
    return (Text(lines), *place)


def _buttons(shown: list[tuple[date, Standing]], pages: Pages, horizon: str) -> tuple[Choices, ...]:
    """The first contracts of the page, and the pages beside it."""
    words = f"renewals {horizon}".strip()
    first = [
        Choice(cut(s.label, 15), f"contract show {ref(s.contract)}") for _, s in shown[pages.lines][:_BUTTONS]
    ]
    turned = [Choice("Earlier", f"{words} page {pages.page - 1}")] if pages.page > 1 else []
    turned += [Choice("More", f"{words} page {pages.page + 1}")] if pages.page < pages.last else []
    return tuple(Choices(tuple(row)) for row in (first, turned) if row)


def _line(turn: Turn, when: date, stand: Standing) -> str:
    said = weekday_day(when, turn.manners)
    dates = stand.ahead
    if dates.deadline is None:
        return f"{said}  {cut(stand.label, 24)}: ends, nothing to send"
    what = "send notice" if dates.duty == "notice" else "ask for renewal"
    what += ", late" if when < turn.today else ""
    decided = "decided" if stand.decision(dates) else "undecided"
    return f"{said}  {cut(stand.label, 64 - len(said) - len(what) - len(decided) - 7)}: {what} · {decided}"


def _later(
    turn: Turn, due: list[tuple[date, Standing]], shown: list[tuple[date, Standing]], pages: Pages
) -> tuple[Note, ...]:
    if len(due) == len(shown) or pages.page < pages.last:
        return ()
    when, stand = due[len(shown)]
    return (Note((f"Next after that: {stand.label}, {day(when, turn.today, turn.manners)}",)),)

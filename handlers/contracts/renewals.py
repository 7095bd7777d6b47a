"""What comes due, ordered by the day on which something has to be sent."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from handlers.contracts.dates import calendar_of, standing
from handlers.contracts.find import ref
from handlers.contracts.horizon import until
from handlers.turn import Audience, Choice, Choices, Heading, Note, Reply, Text, Via, Warn
from handlers.writing import day, weekday_day

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.contracts.dates import Standing

_MOST = 10


def renewals(turn: Turn) -> Reply:
    """`renewals [90d]`: deadlines, ends and missed deadlines until then, the earliest first."""
    last = until(turn, turn.rest)
    stands = _standings(turn)
    due = sorted(((_day(s), s) for s in stands), key=lambda pair: (pair[0], pair[1].label))
    shown = [(when, s) for when, s in due if when <= last]
    missed = [s for s in stands if s.missed]
    for_all = turn.incoming.via is Via.MENTION and not turn.unit.restricted_was_read
    heading = Heading("Due" if last == date.max else f"Due until {day(last, turn.today, turn.manners)}")
    parts = (heading, *_warned(turn, missed), *_lines(turn, shown), *_later(turn, due, shown))
    return Reply(parts, audience=Audience.PLACE if for_all else Audience.ASKER)


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
    lines = tuple(
        f"{s.label}: the deadline of {day(s.now.deadline.clause_date, turn.today, turn.manners)} was missed"
        for s in missed[:3]
        if s.now.deadline
    )
    return (Warn(lines),) if lines else ()


def _lines(turn: Turn, shown: list[tuple[date, Standing]]) -> tuple[Text | Note | Choices, ...]:
    if not shown:
        return (Text(("Nothing is due until then.",)),)
    lines = tuple(_line(turn, when, s) for when, s in shown[:_MOST])
    buttons = tuple(Choice(s.label[:70], f"contract show {ref(s.contract)}") for _, s in shown[:5])
    more = (Note((f"and {len(shown) - _MOST} more",)),) if len(shown) > _MOST else ()
    return (Text(lines), *more, Choices(buttons))


def _line(turn: Turn, when: date, stand: Standing) -> str:
    said = weekday_day(when, turn.manners)
    dates = stand.ahead
    if dates.deadline is None:
        return f"{said}  {stand.label}: ends, nothing to send"
    what = "send notice" if dates.duty == "notice" else "ask for renewal"
    decided = "decided" if stand.decision(dates) else "undecided"
    return f"{said}  {stand.label}: {what} · {decided}"


def _later(
    turn: Turn, due: list[tuple[date, Standing]], shown: list[tuple[date, Standing]]
) -> tuple[Note, ...]:
    if len(due) == len(shown):
        return ()
    when, stand = due[len(shown)]
    return (Note((f"Next after that: {stand.label}, {day(when, turn.today, turn.manners)}",)),)

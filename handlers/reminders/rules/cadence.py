"""Regular reminders on working days: check-ins and what people set for themselves."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from itertools import islice
from typing import TYPE_CHECKING

from handlers.dates.moments import checked
from handlers.dates.recurrence import days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date, datetime

    from handlers.dates.recurrence import Rule
    from handlers.dates.workdays import WorkCalendar
    from handlers.reminders.rules.posting import Posting


def working_days(rule: Rule, calendar: WorkCalendar, after: date, count: int) -> list[date]:
    """The next `count` days of `rule` after `after`, each moved back to a working day, none twice."""
    return list(islice(_moved(rule, calendar, after), count))


def next_moments(rule: Rule, posting: Posting, now: datetime, count: int) -> list[datetime]:
    """The next `count` moments of `rule` after `now` (aware UTC, rising), on working days, at the rule's time."""
    at_its_time = replace(posting, at=rule.at)
    yesterday = posting.today(now) - timedelta(days=1)
    moments = map(at_its_time.moment, _moved(rule, posting.calendar, yesterday))
    return list(islice(_rising(moments, checked(now)), count))


def _rising(moments: Iterator[datetime], last: datetime) -> Iterator[datetime]:
    for moment in moments:
        if moment > last:
            last = moment
            yield moment


def _moved(rule: Rule, calendar: WorkCalendar, last: date) -> Iterator[date]:
    for day in days(rule, last):
        moved = calendar.on_or_before(day)
        if moved > last:
            last = moved
            yield moved

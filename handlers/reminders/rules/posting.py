"""When something may be posted: on a working day, at the posting hour, outside quiet hours."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING

from handlers.dates.moments import checked, local_day, local_moment

if TYPE_CHECKING:
    from zoneinfo import ZoneInfo

    from handlers.dates.workdays import WorkCalendar

POSTING_HOUR = time(9)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Local hours in which nothing is posted, from `start` (included) to `end` (not). Equal: none are quiet."""

    start: time
    end: time

    def covers(self, at: time) -> bool:
        """Whether clocks that show `at` show a quiet time; 20:00 to 8:00 goes over midnight."""
        if self.start <= self.end:
            return self.start <= at < self.end
        return at >= self.start or at < self.end


@dataclass(frozen=True, slots=True)
class Posting:
    """Where and when a channel or person is posted to: the working days, the zone, the hour, the quiet hours."""

    calendar: WorkCalendar
    zone: ZoneInfo
    at: time = POSTING_HOUR
    quiet: Quiet | None = None

    def moment(self, day: date) -> datetime:
        """The posting hour on `day`, aware UTC; where it is quiet then, the nearest time that day that is not."""
        return local_moment(day, self._loud(), self.zone)

    def not_before(self, day: date, now: datetime) -> datetime:
        """The posting hour on `day`; where that is over, the next one on a working day."""
        found, since = self.moment(day), checked(now)
        day = max(day, self.today(since))
        while found <= since:
            day = self.calendar.on_or_after(day)
            found = self.moment(day)
            day += timedelta(days=1)
        return found

    def soon(self, now: datetime) -> datetime:
        """`now` on a working day outside quiet hours, else the next posting hour on a working day."""
        since = checked(now)
        local = since.astimezone(self.zone)
        quiet = self.quiet is not None and self.quiet.covers(local.time())
        if quiet or not self.calendar.is_working(local.date()):
            return self.not_before(local.date(), since)
        return since

    def moved_back(self, day: date) -> date:
        """`day`, or the last working day before the weekend or holiday it falls on."""
        return self.calendar.on_or_before(day)

    def today(self, now: datetime) -> date:
        """The local date at `now`."""
        return local_day(now, self.zone)

    def _loud(self) -> time:
        if self.quiet is None or not self.quiet.covers(self.at):
            return self.at
        over_midnight = self.quiet.start > self.quiet.end
        if not (over_midnight and self.at >= self.quiet.start):
            return self.quiet.end
        minute_before = datetime.combine(date.min, self.quiet.start, UTC) - timedelta(minutes=1)
        return minute_before.time() if self.quiet.start > time(0, 1) else self.at


def keep_quiet(moment: datetime, quiet_from: time, quiet_to: time, zone: ZoneInfo) -> datetime:
    """`moment`, or where it falls into quiet hours the end of them (aware UTC): the next allowed moment.

    Never earlier than `moment`, also on the night in which an hour comes twice.
    """
    since = checked(moment)
    local = since.astimezone(zone)
    if not Quiet(quiet_from, quiet_to).covers(local.time()):
        return since
    next_day = quiet_to <= local.time()
    day = local.date() + timedelta(days=next_day)
    allowed = local_moment(day, quiet_to, zone)
    if allowed < since:
        allowed = datetime.combine(day, quiet_to.replace(fold=1), tzinfo=zone).astimezone(UTC)
    return allowed

"""Places that are posted to, for the tests of the rules of reminders."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from handlers.dates.workdays import WorkCalendar
from handlers.reminders.rules import Posting
from tests.support.rules import ZONES

BERLIN = Posting(WorkCalendar("DE"), ZoneInfo("Europe/Berlin"))

HOURS = st.times().map(lambda at: at.replace(second=0, microsecond=0))
POSTINGS = st.builds(
    Posting,
    st.sampled_from([WorkCalendar("DE"), WorkCalendar("US"), WorkCalendar("EG"), WorkCalendar("JP")]),
    ZONES,
    st.just(time(9)) | HOURS,
)
NOWS = st.integers(0, 50 * 365 * 24 * 60).map(
    lambda minutes: datetime(2000, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
)


def at(moment: str) -> datetime:
    """An aware moment from ISO 8601 in UTC."""
    return datetime.fromisoformat(moment).replace(tzinfo=UTC)

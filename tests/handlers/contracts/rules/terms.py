"""Terms of contracts for the tests of their rules."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from hypothesis import strategies as st

from handlers.contracts.rules import Notice, Terms
from handlers.dates.workdays import WorkCalendar

if TYPE_CHECKING:
    from collections.abc import Callable

GERMANY = WorkCalendar("DE")
HOUSINGS = Terms(
    start=date(2026, 7, 1),
    end=date(2028, 6, 30),
    renewal="automatic",
    renewal_months=12,
    notice=Notice(90),
    method="registered letter",
    transit_days=2,
    sourcing_weeks=12,
    switching_weeks=12,
)

CALENDARS = st.sampled_from([GERMANY, WorkCalendar("DE", "BY"), WorkCalendar("US"), WorkCalendar("EG")])
TODAYS = st.dates(date(2000, 1, 1), date(2060, 12, 31))
NOTICES = st.one_of(
    st.builds(Notice, st.integers(0, 400), st.just("day"), st.booleans()),
    st.builds(Notice, st.integers(0, 60), st.sampled_from(["business day", "week"]), st.booleans()),
    st.builds(Notice, st.integers(0, 24), st.just("month"), st.booleans()),
)


@st.composite
def _terms(draw: Callable[..., object]) -> Terms:
    start = draw(st.dates(date(2000, 1, 1), date(2040, 12, 31)))
    assert isinstance(start, date)
    values = {
        "end": start + draw(st.timedeltas(timedelta(0), timedelta(days=2000))),  # type: ignore[operator]
        "renewal": draw(st.sampled_from(["automatic", "automatic", "on request", "none"])),
        "renewal_months": draw(st.integers(1, 60)),
        "renewals_allowed": draw(st.none() | st.integers(0, 6)),
        "notice": draw(st.none() | NOTICES),
        "transit_days": draw(st.none() | st.integers(0, 15)),
        "sourcing_weeks": draw(st.none() | st.integers(0, 40)),
        "switching_weeks": draw(st.none() | st.integers(0, 40)),
        "renewals_requested": draw(st.integers(0, 4)),
    }
    return Terms(start=start, **values)  # type: ignore[arg-type]


TERMS = _terms()

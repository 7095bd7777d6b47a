"""Regular days and zones for property tests."""

from __future__ import annotations

from datetime import date
from typing import Any
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from handlers.dates.recurrence import LAST, WEEKDAYS, Rule

ZONES = st.sampled_from(
    [
        ZoneInfo(name)
        for name in (
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "America/Sao_Paulo",
            "Africa/Casablanca",
            "Asia/Kathmandu",
            "Pacific/Chatham",
        )
    ]
)
_SHARED: dict[str, Any] = {
    "every": st.integers(1, 5),
    "at": st.times().map(lambda at: at.replace(second=0, microsecond=0)),
    "start": st.none() | st.dates(date(2000, 1, 1), date(2045, 12, 31)),
}
_ONE_WEEKDAY = st.integers(0, 6).map(lambda day: (day,)) | st.just(WEEKDAYS)
_BY_DAY: dict[str, Any] = {"month_day": st.integers(1, 31) | st.just(LAST)}
_BY_WEEKDAY: dict[str, Any] = {"nth": st.integers(1, 4) | st.just(LAST), "weekdays": _ONE_WEEKDAY}
_SEVERAL = st.sets(st.integers(0, 6), min_size=1).map(lambda found: tuple(sorted(found)))
_MONTHS: list[dict[str, Any]] = [
    {"freq": st.just("monthly")},
    {"freq": st.just("quarterly"), "month": st.none() | st.integers(1, 3)},
    {"freq": st.just("yearly"), "month": st.integers(1, 12)},
]
RULES: st.SearchStrategy[Rule] = st.one_of(
    st.builds(Rule, st.just("daily"), **_SHARED),
    st.builds(Rule, st.just("weekly"), weekdays=_SEVERAL, **_SHARED),
    *(st.builds(Rule, **freq, **day, **_SHARED) for freq in _MONTHS for day in (_BY_DAY, _BY_WEEKDAY)),
)

from __future__ import annotations

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from handlers import writing
from handlers.manners import Manners
from handlers.reading.durations import Duration

D = Decimal
GB = Manners()
US = Manners(locale="en_US", zone="America/New_York")
DE = Manners(locale="de_DE")
TODAY = date(2026, 4, 1)


@pytest.mark.parametrize(
    ("amount", "currency", "gb", "de"),
    [
        ("125400", "EUR", "125,400 EUR", "125.400 EUR"),
        ("125400.00", "EUR", "125,400 EUR", "125.400 EUR"),
        ("368.88", "EUR", "368.88 EUR", "368,88 EUR"),
        ("10697.5", "EUR", "10,697.50 EUR", "10.697,50 EUR"),
        ("0.005", "EUR", "0.01 EUR", "0,01 EUR"),
        ("-0.001", "EUR", "0 EUR", "0 EUR"),
        ("-27000", "USD", "-27,000 USD", "-27.000 USD"),
        ("1234.5", "JPY", "1,235 JPY", "1.235 JPY"),
        ("1.2345", "KWD", "1.235 KWD", "1,235 KWD"),
    ],
)
def test_money(amount: str, currency: str, gb: str, de: str) -> None:
    assert writing.money(D(amount), currency, GB) == gb
    assert writing.money(D(amount), currency, DE) == de


@pytest.mark.parametrize(
    ("price", "gb", "de"),
    [
        ("4.18", "4.18", "4,18"), ("4.1", "4.10", "4,10"), ("4", "4.00", "4,00"), ("3.857", "3.857", "3,857"),
        ("3.8570", "3.857", "3,857"), ("4.118", "4.118", "4,118"), ("4.00925", "4.0093", "4,0093"),
        ("1234.5", "1,234.50", "1.234,50"), ("-0.323", "-0.323", "-0,323"),
    ],
)  # fmt: skip
def test_unit_prices(price: str, gb: str, de: str) -> None:
    assert writing.unit_price(D(price), GB) == gb
    assert writing.unit_price(D(price), DE) == de


def test_numbers_and_percentages() -> None:
    assert writing.number(30000, GB) == "30,000"
    assert writing.number(D("0.87520"), DE) == "0,8752"
    assert writing.number(D("1E+3"), GB) == "1,000"
    assert writing.number(10**30, GB) == "1" + ",000" * 10
    assert writing.number(1234567, Manners(locale="en_IN")) == "12,34,567"
    assert writing.number(5, Manners(locale="no such")) == "5"
    assert writing.percent(80, GB) == "80 %"
    assert writing.percent(D("91.304"), DE) == "91,3 %"
    assert writing.percent(D("-0.001"), GB) == "0 %"


def test_days() -> None:
    assert writing.day(date(2026, 5, 29), TODAY) == "29 May"
    assert writing.day(date(2028, 3, 29), TODAY) == "29 Mar 2028"
    assert writing.day(date(2026, 9, 3), TODAY, DE) == "3 Sep"
    assert writing.day(date(2026, 5, 29), TODAY, US) == "May 29"
    assert writing.day(date(2028, 3, 29), TODAY, US) == "Mar 29, 2028"
    assert writing.weekday_day(date(2028, 3, 29)) == "Wed 29 Mar 2028"
    assert writing.weekday_day(date(2028, 3, 31), DE, year=False) == "Fri 31 Mar"
    assert writing.weekday_day(date(2028, 3, 29), US) == "Wed Mar 29, 2028"


def test_moments_are_shown_in_the_members_zone() -> None:
    when, now = datetime(2026, 4, 1, 13, 0, tzinfo=UTC), datetime(2026, 4, 1, 8, 0, tzinfo=UTC)
    assert writing.moment(when, now, GB) == "1 Apr 15:00"
    assert writing.moment(when, now, US) == "Apr 1 9:00 AM"
    assert writing.moment(datetime(2026, 12, 31, 23, 30, tzinfo=UTC), now, DE) == "1 Jan 2027 00:30"
    assert writing.clock(datetime(2026, 4, 1, 4, 5, tzinfo=UTC), US) == "12:05 AM"
    assert writing.clock(datetime(2026, 4, 1, 16, 5, tzinfo=UTC), US) == "12:05 PM"


def test_a_naive_moment_is_a_mistake_of_the_caller() -> None:
    with pytest.raises(ValueError, match="aware"):
        writing.clock(datetime(2026, 4, 1), GB)  # noqa: DTZ001


def test_plurals_and_durations() -> None:
    assert writing.plural(1, "day") == "1 day"
    assert writing.plural(27, "day") == "27 days"
    assert writing.plural(0, "reply", "replies") == "0 replies"
    assert writing.plural(1200, "piece", manners=DE) == "1.200 pieces"
    assert writing.duration(Duration(6, "week")) == "6 weeks"
    assert writing.duration(Duration(1, "business day")) == "1 working day"
    assert writing.duration(Duration(12, "month"), DE) == "12 months"

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers import writing
from handlers.errors import Misread
from handlers.manners import Manners
from handlers.reading.numbers import (
    Number,
    by_its_own_figures,
    numeral,
    read_number,
    read_percent,
    read_three,
    read_triple,
)

GB = Manners()
US = Manners(locale="en_US", currency="USD")
DE = Manners(locale="de_DE")
CH = Manners(locale="de_CH")
D = Decimal


@pytest.mark.parametrize("manners", [GB, US, DE], ids=["en_GB", "en_US", "de_DE"])
@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("3.95", Number(D("3.95"))),
        ("3,95", Number(D("3.95"))),
        ("30000", Number(D(30000))),
        ("30k", Number(D(30000))),
        ("€118k", Number(D(118000), "EUR")),
        ("118k EUR", Number(D(118000), "EUR")),
        ("118k€", Number(D(118000), "EUR")),
        ("118 TEUR", Number(D(118000), "EUR")),
        ("1.2 m", Number(D(1200000))),
        ("1.2m", Number(D(1200000))),
        ("1,2 Mio. EUR", Number(D(1200000), "EUR")),
        ("$3MM", Number(D(3000000), "USD")),
        ("2 bn", Number(D(2000000000))),
        ("1'200", Number(D(1200))),
        ("1’200.50", Number(D("1200.50"))),
        ("1 200", Number(D(1200))),
        ("1\u202f234,5", Number(D("1234.5"))),
        ("1.234,56", Number(D("1234.56"))),
        ("1,234.56", Number(D("1234.56"))),
        ("1.234.567", Number(D(1234567))),
        ("1,234,567", Number(D(1234567))),
        ("0.125", Number(D("0.125"))),
        ("0,125", Number(D("0.125"))),
        ("1234.567", Number(D("1234.567"))),
        (".5", Number(D("0.5"))),
        ("½", Number(D("0.5"))),
        ("2½ %", Number(D("2.5"), percent=True)),
        ("5 %", Number(D(5), percent=True)),
        ("80%", Number(D(80), percent=True)),
        ("5 percent a year", Number(D(5), percent=True, unit="year")),
        ("-3", Number(D(-3))),
        ("−3", Number(D(-3))),
        ("minus 3", Number(D(-3))),
        ("-€5", Number(D(-5), "EUR")),
        ("€-5", Number(D(-5), "EUR")),
        ("-0", Number(D(0))),
        ("+4", Number(D(4))),
        ("USD 4.05", Number(D("4.05"), "USD")),
        ("usd 4.05", Number(D("4.05"), "USD")),
        ("£3", Number(D(3), "GBP")),
        ("4 euros", Number(D(4), "EUR")),
        ("4.05 EUR/pc", Number(D("4.05"), "EUR", unit="pc")),
        ("4.05 EUR per piece", Number(D("4.05"), "EUR", unit="piece")),
        ("4.05/pc EUR", Number(D("4.05"), "EUR", unit="pc")),
        ("118000 EUR a year", Number(D(118000), "EUR", unit="year")),
        ("45 days", Number(D(45), unit="days")),
        ("net 60", Number(D(60))),
        ("3 kg", Number(D(3), unit="kg")),
        ("12 m2", Number(D(12), unit="m2")),
        ("12 m²", Number(D(12), unit="m²")),
        ("5 mm", Number(D(5), unit="mm")),
        ("~24000", Number(D(24000))),
        ("about 24k", Number(D(24000))),
        ("3.95.", Number(D("3.95"))),
        ("٣", Number(D(3))),
        ("99999999999.9999", Number(D("99999999999.9999"))),
    ],
)
def test_numbers_that_read_alike_everywhere(typed: str, number: Number, manners: Manners) -> None:
    assert read_number(typed, manners) == number


@pytest.mark.parametrize(
    ("typed", "manners", "value", "other"),
    [
        ("1.200", GB, "1.200", "1200"),
        ("1,200", GB, "1200", "1.200"),
        ("1.200", US, "1.200", "1200"),
        ("1.200", DE, "1200", "1.200"),
        ("1,200", DE, "1.200", "1200"),
        ("1,200", CH, "1200", "1.200"),
        ("12.500", DE, "12500", "12.5"),
        ("1,250k", GB, "1250000", "1250"),
        ("-1.200", DE, "-1200", "-1.2"),
    ],
)
def test_the_locale_decides_and_the_other_reading_is_kept(
    typed: str, manners: Manners, value: str, other: str
) -> None:
    number = read_number(typed, manners)
    assert (number.value, number.other) == (D(value), D(other))


def test_a_volume_keeps_its_unit_and_its_second_reading() -> None:
    assert read_number("30,000 pcs a year", GB) == Number(D(30000), unit="pcs a year", other=D(30))


def test_a_bare_dollar_is_the_members_own() -> None:
    assert read_number("$5", Manners(currency="CAD")).currency == "CAD"
    assert read_number("$5", GB).currency == "USD"


def test_lakhs_only_where_they_are_used() -> None:
    assert read_number("12,34,567", Manners(locale="en_IN")).value == 1234567
    with pytest.raises(Misread):
        read_number("12,34,567", GB)


@pytest.mark.parametrize(
    "typed",
    [
        "", " ", "three", "nan", "NaN", "inf", "-inf", "1e400", "1e3", "1E5", "0x10", "1_000", "3 45", "60/45/30",
        "3-4", "3 to 4", "2026-04-01", "15:00", "1234567890123456", "1.2345678901234567", "999999999 bn", "€4 USD",
        "--3", "-€-3", "1.2.3", "1,2,3", "1.20.300", "1,,2", "12 34", "up to 5 %", "not 5", "5 <script>",
        "1; DROP TABLE plans", "4 is what we would really hope for here", "🙂", "5 🙂", "²", "x5", "#3", "(3)",
    ],
)  # fmt: skip
def test_what_is_no_number(typed: str) -> None:
    with pytest.raises(Misread) as caught:
        read_number(typed, GB, example="4.05")
    assert caught.value.example == "4.05"
    assert caught.value.wrong


def test_what_was_typed_comes_back() -> None:
    with pytest.raises(Misread) as caught:
        read_number("threeish", GB, what="a price")
    assert "threeish" in caught.value.understood
    assert "a price" in caught.value.wrong
    assert "threeish" not in repr(caught.value)


@given(
    st.decimals(-(10**9), 10**9, places=4, allow_nan=False, allow_infinity=False),
    st.sampled_from(["en_GB", "en_US", "de_DE", "fr_FR", "de_CH", "en_IN", "pl_PL", "sv_SE", "es_ES"]),
)
def test_what_prep_writes_it_reads(value: Decimal, locale: str) -> None:
    manners = Manners(locale=locale)
    assert read_number(writing.number(value, manners), manners).value == value
    assert read_number(writing.money(value, "EUR", manners), manners).currency == "EUR"


@pytest.mark.parametrize(
    ("typed", "points"), [("80 %", 80), ("80", 80), ("4,1 %", D("4.1")), ("80 % sure", 80)]
)
def test_percentages(typed: str, points: Decimal | int) -> None:
    assert read_percent(typed, GB) == points


@pytest.mark.parametrize("typed", ["5 EUR", "12 weeks", "", "most"])
def test_what_is_no_percentage(typed: str) -> None:
    with pytest.raises(Misread):
        read_percent(typed, GB)


@pytest.mark.parametrize(
    ("typed", "triple"),
    [
        ("3.45 / 3.70 / 4.05", ("3.45", "3.70", "4.05")),
        ("3,45 / 3,70 / 4,05", ("3.45", "3.70", "4.05")),
        ("3.45/3.70/4.05 EUR", ("3.45", "3.70", "4.05")),
        ("EUR 3.45/EUR 3.70/EUR 4.05", ("3.45", "3.70", "4.05")),
        ("3.45 EUR/pc / 3.70 EUR/pc / 4.05 EUR/pc", ("3.45", "3.70", "4.05")),
        ("60/45/30", ("60", "45", "30")),
        ("0/2/4 %", ("0", "2", "4")),
        ("3.45 - 3.70 - 4.05", ("3.45", "3.70", "4.05")),
        ("3.45 – 3.70 – 4.05", ("3.45", "3.70", "4.05")),
        ("3.45, 3.70, 4.05", ("3.45", "3.70", "4.05")),
        ("3,45; 3,70; 4,05", ("3.45", "3.70", "4.05")),
        ("3.45 -> 3.70 -> 4.05", ("3.45", "3.70", "4.05")),
        ("3.45 3.70 4.05", ("3.45", "3.70", "4.05")),
        ("3.45\t3.70\t4.05", ("3.45", "3.70", "4.05")),
        ("-3/-2/-1", ("-3", "-2", "-1")),
        ("open 3.45, target 3.70, stop 4.05", ("3.45", "3.70", "4.05")),
        ("Stop: 4.05; open: 3.45", ("3.45", None, "4.05")),
        ("walk-away 4.05", (None, None, "4.05")),
        ("4.05", (None, None, "4.05")),
        ("-5", (None, None, "-5")),
        ("1 200", (None, None, "1200")),
        ("3.70/4.05", (None, "3.70", "4.05")),
        ("- / 3.70 / 4.05", (None, "3.70", "4.05")),
        ("3.45 / ? / 4.05", ("3.45", None, "4.05")),
        ("3.45//4.05", ("3.45", None, "4.05")),
        ("3.45 / 3.70 / -", ("3.45", "3.70", None)),
        ("3.45 / 3.70 /", ("3.45", "3.70", None)),
        ("n/a / n/a / 4.05", (None, None, "4.05")),
    ],
)
def test_triples(typed: str, triple: tuple[str | None, ...]) -> None:
    assert read_triple(typed, GB) == tuple(None if part is None else D(part) for part in triple)


@pytest.mark.parametrize(
    "typed", ["", "-", "? / ? / ?", "1/2/3/4", "a/b/c", "100 200 300", "open 3, stop x", "open"]
)
def test_what_is_no_triple(typed: str) -> None:
    with pytest.raises(Misread):
        read_triple(typed, GB)


def test_a_triple_can_be_asked_about() -> None:
    first, hoped, stop = read_three("1.200 / 1.250 / 1.300 EUR", DE)
    assert first is not None
    assert hoped is not None
    assert stop == Number(D(1300), "EUR", other=D("1.3"))


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("open 1,100, target 1,150, stop 1,234.50", "."),
        ("open 1.100, target 1.150, stop 1.234,50", ","),
        ("1,234,567 a year at 1,200", "."),
        ("1.234.567 a year at 1.200", ","),
        ("open 1,100, target 1,150", ""),
        ("1,234.50 or 1.234,50", ""),
        ("until 15.05.2026, 1,200", ""),
        ("3.45 / 1,200", ""),
    ],
)
def test_a_figure_that_shows_its_marks_settles_the_others(text: str, mark: str) -> None:
    for locale in ("en_US", "de_DE"):
        manners = by_its_own_figures(text, Manners(locale=locale))
        assert manners.decimal == mark
        if mark:
            assert numeral("1,200" if mark == "." else "1.200", manners) == (Decimal(1200), None)
            assert numeral("1.200" if mark == "." else "1,200", manners) == (Decimal("1.200"), None)

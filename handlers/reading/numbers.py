"""Numbers, amounts and percentages as people type them."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.reading import currencies
from handlers.reading.choices import is_dont_know
from handlers.reading.locales import decimal_mark
from handlers.reading.pairs import read_pairs
from handlers.reading.plain import misread, plain

if TYPE_CHECKING:
    from handlers.manners import Manners

LONGEST = 200
_DIGITS = 15
_FACTORS = {"k": 3, "thousand": 3, "tsd": 3, "t": 3, "m": 6, "mm": 6, "mio": 6, "mln": 6, "mn": 6,
            "million": 6, "millions": 6, "bn": 9, "mrd": 9, "billion": 9}  # fmt: skip
_ABOUT = r"(?:(?:~|≈|about|around|approximately|approx\.?|circa|ca\.|roughly|at|net)\s*)?"
_SIGN = r"(?P<sign>[-+–]|minus )?\s*"
_MONEY = currencies.PATTERN
_NUMERAL = r"(?P<numeral>[0-9]+(?:[.,' ][0-9]+)*|[.,][0-9]+)"
_FACTOR = (
    r"(?:\s?(?P<factor>MM|[Tt](?=EUR|€)|[kKmM](?![\w²³])|[kKmM](?=EUR|€|\$|USD|£|GBP|CHF)"
    r"|(?i:thousand|tsd|mio|mln|mn|millions?|bn|mrd|billion)(?![^\W\d_]))\.?)?"
)
_PATTERN = re.compile(
    rf"{_ABOUT}{_SIGN}(?P<before>{_MONEY})?\s*(?P<sign2>[-–])?\s*{_NUMERAL}{_FACTOR}"
    rf"\s*(?P<percent>%|(?i:percent|per cent|pct)\b)?\s*(?P<after>{_MONEY})?(?P<rest>.*)",
    re.DOTALL,
)
_LATE_MONEY = re.compile(rf"(?P<unit>.*?)\s+(?P<money>{_MONEY})", re.DOTALL)
_POWER = re.compile(r"\b(?:[cdkm]?m|ft|in|yd)[23]\b", re.IGNORECASE)
_UNIT = re.compile(r"[^\W\d_][\w.²³°%'\-]*(?:[ /]+[^\W\d_][\w.²³°%'\-]*){0,4}")
_SHOWS_MARKS = re.compile(
    r"(?<![\d.,])[0-9]{1,3}(?:(?P<group>[.,])[0-9]{3}(?:(?P=group)[0-9]{3})*(?!(?P=group))[.,][0-9]+"
    r"|(?P<again>[.,])[0-9]{3}(?:(?P=again)[0-9]{3})+)(?![.,]?[0-9])"
)
_OTHER = {",": ".", ".": ","}
_FRACTIONS = {"½": ".5", "¼": ".25", "¾": ".75"}


@dataclass(frozen=True, slots=True)
class Number:
    """A number as read. `value` holds percent points where `percent` is set (5 % is 5).

    `unit` is the text after it (`pcs a year`; `4.05 EUR/pc` has `pc`). `other` is the second possible reading
    of `1.200` or `1,200`, to be asked about where it matters.
    """

    value: Decimal
    currency: str | None = None
    percent: bool = False
    unit: str | None = None
    other: Decimal | None = None


def read_number(text: str, manners: Manners, *, what: str = "a number", example: str = "3.95") -> Number:
    """One number with its currency, percent sign or unit, by the member's locale. Raises Misread.

    A comma between digits is a decimal comma unless it can only part thousands; `1.200` and `1,200` follow
    the locale. `k`, `m` and `bn` multiply. Refused: several numbers, ranges, exponents, more than 15 digits.
    """
    typed = plain(text[: LONGEST + 1]).strip()
    if len(text) > LONGEST or not typed:
        raise misread(text, f"That is not {what}." if typed else f"I need {what} here.", example)
    found = _PATTERN.fullmatch(_digits(typed).rstrip(" .,;!?"))
    if not found:
        raise misread(typed, f"That is not {what} I can read.", example)
    try:
        return _number(found, manners)
    except _OddNumberError as odd:
        raise misread(typed, str(odd), example) from None


class _OddNumberError(Exception):
    """Why a text that begins like a number is none; the message is shown."""


def _digits(text: str) -> str:
    """Digits of all scripts as 0 to 9, and common fractions as decimals."""
    text = "".join(str(unicodedata.decimal(c)) if not c.isascii() and c.isdecimal() else c for c in text)
    return re.sub(r"([0-9]*) ?([½¼¾])", lambda found: (found[1] or "0") + _FRACTIONS[found[2]], text)


def _number(found: re.Match[str], manners: Manners) -> Number:
    value, other = numeral(found["numeral"], manners)
    money = [part for part in (found["before"], found["after"]) if part]
    unit, late = _unit(found["rest"])
    codes = {currencies.code(part, manners.currency) for part in [*money, *late]}
    if len(codes) > 1:
        raise _OddNumberError("That names two currencies.")
    scale = _scale(found)
    return Number(
        _checked(value * scale),
        codes.pop() if codes else None,
        percent=found["percent"] is not None,
        unit=unit,
        other=None if other is None else other * scale,
    )


def _scale(found: re.Match[str]) -> Decimal:
    """The multiplier that the suffix and the sign make."""
    if found["sign"] and found["sign2"]:
        raise _OddNumberError("That has two signs.")
    factor = Decimal(10) ** _FACTORS[found["factor"].lower()] if found["factor"] else Decimal(1)
    return -factor if found["sign2"] or (found["sign"] or "+") != "+" else factor


def _checked(value: Decimal) -> Decimal:
    """The value within bounds; whole millions and thousands without decimals."""
    if value == value.to_integral_value() and value.as_tuple().exponent != 0:
        value = value.quantize(Decimal(1)) if abs(value) >= 1000 else value
    value += 0  # no minus before zero
    if abs(value) >= Decimal(10) ** _DIGITS:
        raise _OddNumberError("That is more than I can count with.")
    return value


def _unit(rest: str) -> tuple[str | None, list[str]]:
    """The unit after a number, and a currency that stands behind the unit."""
    text = re.sub(r"^\s*(?:/|per\b|an?\b)\s*", "", rest.strip(), flags=re.IGNORECASE).strip()
    late = _LATE_MONEY.fullmatch(text)
    text, money = (late["unit"], [late["money"]]) if late else (text, [])
    if re.search(r"[0-9]", _POWER.sub("", text)):
        raise _OddNumberError("I need one number, and that looks like several.")
    if text and (len(text) > 60 or not _UNIT.fullmatch(text)):
        raise _OddNumberError("I can read the number, but not what stands around it.")
    return text or None, money


def numeral(text: str, manners: Manners) -> tuple[Decimal, Decimal | None]:
    """Digits with points, commas, apostrophes, blanks: the value, and a second reading if there is one."""
    if sum(c.isdigit() for c in text) > _DIGITS:
        raise _OddNumberError("That has more digits than I can count with.")
    grouped = re.fullmatch(r"([0-9]{1,3}(?:([ '])[0-9]{3})(?:\2[0-9]{3})*)([.,][0-9]+)?", text)
    if grouped:
        return Decimal(re.sub(r"[ ']", "", grouped[1]) + (grouped[3] or "").replace(",", ".")), None
    if re.search(r"[ ']", text):
        raise _OddNumberError("I need one number, and that looks like several.")
    return _marked(text, manners)


def _marked(text: str, manners: Manners) -> tuple[Decimal, Decimal | None]:
    """Digits with points and commas only."""
    marks = re.sub(r"[0-9]", "", text)
    if not marks:
        return Decimal(text), None
    if len(set(marks)) == 2 and marks.count(marks[-1]) == 1:
        whole, _, decimals = text.rpartition(marks[-1])
        return Decimal(f"{_ungroup(whole, marks[0], manners)}.{decimals}"), None
    if len(set(marks)) == 2 or len(marks) > 1:
        return Decimal(_ungroup(text, marks[0], manners)), None
    whole, _, decimals = text.partition(marks)
    decimal = Decimal(f"{whole or 0}.{decimals}")
    if len(decimals) != 3 or not 1 <= len(whole) <= 3 or whole.startswith("0"):
        return decimal, None
    thousands = Decimal(whole + decimals)
    if manners.decimal:
        return (decimal if marks == manners.decimal else thousands), None
    return (decimal, thousands) if marks == decimal_mark(manners.locale) else (thousands, decimal)


def by_its_own_figures(text: str, manners: Manners) -> Manners:
    """How figures in a text are read: where one shows its marks (`1,234.50`, `1.234.567`), so are the others in it.

    Where two contradict each other, none counts.
    """
    shown = {_OTHER[found["group"] or found["again"]] for found in _SHOWS_MARKS.finditer(text)}
    return replace(manners, decimal=shown.pop()) if len(shown) == 1 else manners


def _ungroup(text: str, mark: str, manners: Manners) -> str:
    """The digits without the marks between thousands, which must stand where they belong."""
    groups = rf"[0-9]{{1,3}}(?:{re.escape(mark)}[0-9]{{3}})+"
    lakhs = r"[0-9]{1,2}(?:,[0-9]{2})*,[0-9]{3}"
    if re.fullmatch(groups, text) or (manners.locale.endswith("IN") and re.fullmatch(lakhs, text)):
        return text.replace(mark, "")
    raise _OddNumberError("The points and commas in that number do not fit together.")


def read_percent(
    text: str, manners: Manners, *, what: str = "a percentage", example: str = "80 %"
) -> Decimal:
    """Percent points: `80 %`, `80%` and `80` are 80. Raises Misread, also for money and other units."""
    number = read_number(text, manners, what=what, example=example)
    if number.currency or (number.unit and not number.percent):
        raise misread(text, f"I need {what} here.", example)
    return number.value


_PLACES = {
    **dict.fromkeys(("open", "opening", "say first", "first", "anchor", "ask"), "open"),
    **dict.fromkeys(("target", "hope for", "hope", "aim", "aspiration", "goal"), "target"),
    **dict.fromkeys(("stop", "stop at", "walk away", "walkaway", "limit"), "stop"),
}
_TRIPLE = "3.45 / 3.70 / 4.05"
_BETWEEN = (
    re.compile(rf"/(?=\s*(?:[-–~+?.,0-9/]|{_MONEY}\s*[0-9.,]|n/a|$))"),
    re.compile(r"[;|\t\n]"),
    re.compile(r",(?=\s)"),
    re.compile(r"->"),
    re.compile(r"\s[-–—]\s"),
)
Triple = tuple[Number | None, Number | None, Number | None]


def read_three(text: str, manners: Manners) -> Triple:
    """Opening, target and stop of one term, see `read_triple`, with units and second readings."""
    typed = plain(text[: LONGEST + 1]).strip()
    if len(text) > LONGEST or not typed:
        raise misread(text, "I need up to three numbers: first / hoped for / stop.", _TRIPLE)
    named = read_pairs(typed, _PLACES)
    if named.values and named.rest:
        raise misread(named.rest[0], "I do not know what that says of a term.", f"{_TRIPLE} weight 50")
    if named.values:
        places = [named.values.get(place) for place in ("open", "target", "stop")]
        return _three([_place(place, manners) for place in places], typed)
    return _three([_place(part, manners) for part in _parts(typed)], typed)


def read_triple(text: str, manners: Manners) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Opening, target and stop: `3.45 / 3.70 / 4.05`, `60/45/30`, `open 3.45, target 3.70, stop 4.05`.

    A single number is the stop, two are target and stop; `-` or `?` leaves a place None. Raises Misread.
    """
    first, hoped, stop = (None if number is None else number.value for number in read_three(text, manners))
    return first, hoped, stop


def _three(places: list[Number | None], typed: str) -> Triple:
    if len(places) > 3:
        raise misread(typed, "Those are more than three values.", _TRIPLE)
    if not any(places):
        raise misread(typed, "I need at least one number: where you stop.", _TRIPLE)
    first, hoped, stop = [None] * (3 - len(places)) + places
    return first, hoped, stop


def _parts(typed: str) -> list[str]:
    """The text parted by the first mark that parts it; blanks alone part where no thousands are possible."""
    for mark in _BETWEEN:
        parts = [part.strip() for part in mark.split(typed)]
        if len(parts) > 1:
            return parts
    words = typed.split()
    if not all(re.fullmatch(r"[0-9.,]+", word) for word in words):
        return [typed]
    if len(words) > 1 and all(re.fullmatch(r"[0-9]{3}(?:[.,].*)?", word) for word in words[1:]):
        if len(words) == 2:
            return [typed]
        raise misread(typed, "That may be one number or three: put / between them.", "100 / 200 / 300")
    return words


def _place(text: str | None, manners: Manners) -> Number | None:
    if text is None or text in {"", "-", "–", "—"} or is_dont_know(text):
        return None
    return read_number(text, manners, example=_TRIPLE)

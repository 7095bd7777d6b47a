"""Mandates: a ceiling, who allowed it, until when; and who signs."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.answers.figures import price
from handlers.prep.answers.rows import rows_of
from handlers.reading import currencies
from handlers.reading.dates import read_date
from handlers.reading.plain import excerpt

if TYPE_CHECKING:
    from datetime import date
    from decimal import Decimal

    from handlers.manners import Manners

EXAMPLE = "4.05 by CFO until 2026-06-30"
_UNTIL = re.compile(
    r"[\s,]+(?:valid )?(?:until|till|up to and including|through)\s+(?P<day>.+?)[\s.]*$"
    r"|,\s*(?P<last>\d{4}-\d\d-\d\d|\d{1,2}\.? [^\W\d]{3,9}\.?(?: \d{4})?)[\s.]*$",
    re.I,
)  # a day in the last field needs no word before it
_BY = re.compile(r"(?:^|[\s,]+)(?:allowed |approved |given )?(?:by|from)\s+(?:the\s+)?(?P<who>.+)$", re.I)
_FIGURE = r"(?:[A-Z]{3}\s?|[€$£]\s?)?\d[\d.,' ]*(?:\s?(?:[A-Z]{3}|[€$£])\b)?(?:\s?/\s?\w+)?"
_WHO_FIRST = re.compile(
    r"^(?:the\s+)?(?P<who>[^\d]+?)(?:\s+(?:allow(?:s|ed)?|says?|said|gave|approve[sd]?|yes))*"
    rf"[\s:,]+(?:up to\s+)?(?P<figure>{_FIGURE})$",
    re.I,
)
_NO_WHO = rf"(?!.*\bsigns?\b|(?:by|from|for|until|up|max\w*|per|each|in|a|or|and)\b|{currencies.PATTERN})"
_FIGURE_FIRST = re.compile(
    r"^(?P<figure>(?:up to\s+)?(?:(?-i:[A-Z]{3})\s?|[€$£]\s?)?\d(?:[\d.,']*\d)?(?:\s?(?:(?-i:[A-Z]{3})|[€$£])(?!\w))?"
    rf"(?:\s?/\s?\w+)?)(?:\s*,\s*|\s+(?=@|(?-i:[A-Z])))(?:the\s+)?(?P<who>{_NO_WHO}[^\W\d][^\d,]*)$",
    re.I,
)  # 4.05, CFO
_NOBODY = re.compile(r"^\s*(?:nobody|no one|no-one|none|not yet|no mandate|no)\b.{0,40}$", re.I)
_YES = re.compile(
    r"^(?:the\s+)?(?P<who>.+?)\s*[:,]?\s+(?:says?\s+|said\s+|has\s+|is\s+)?"
    r"(?:yes|ok(?:'d|’d|ed|ay|ayed)?|agreed|agrees|approved|approves|fine|allowed)\b(?:\s+(?:it|that|this|with it))?"
    r"[\s:,]*(?P<rest>.*)$",
    re.I,
)
_SIGNER = re.compile(r"^(?:and\s+)?(?P<signs>(?:\S+\s+){0,4}(?:signs?\b|up to\b).*)$", re.I)
_NO = re.compile(r"\b(?:no|not yet|not asked|open)\s*$", re.I)


@dataclass(frozen=True, slots=True)
class MandateAnswer:
    """`ceiling` is money per unit, None where the stop itself was allowed; `until` is the last day, None if unsaid."""

    by: str
    ceiling: Decimal | None = None
    until: date | None = None
    currency: str | None = None


@dataclass(frozen=True, slots=True)
class MandateAndSigner:
    """The quick answer: `mandate` is None where nobody has allowed anything yet; `signer` is as typed."""

    mandate: MandateAnswer | None
    signer: str = ""


def read_mandate(text: str, manners: Manners, today: date) -> MandateAnswer:
    """`4.05 by CFO until 2026-06-30`, `CFO 4.05`, `4.05 EUR by the CFO`. Raises Misread (TwoReadings for `1.200`)."""
    typed = re.sub(r"\s*;\s*", ", ", " ".join(text.split()))
    core, until = _until(typed, manners, today)
    by = _BY.search(core)
    figure, who = (core[: by.start()], by["who"]) if by else (core, "")
    if not by and (first := _WHO_FIRST.match(core) or _FIGURE_FIRST.match(core)):
        figure, who = first["figure"], first["who"]
    who = who.strip(" ,.:")
    if re.fullmatch(currencies.PATTERN, who, re.I):  # EUR 4.05
        figure, who = core, ""
    if not re.search(r"\d", figure):
        raise _misread(typed, "Up to which figure?")
    if not who:
        raise _misread(typed, "Who allowed that figure?")
    found = price(figure.strip(" ,").removeprefix("up to "), manners, what="a ceiling", example=EXAMPLE)
    return MandateAnswer(who, found.value, until, found.currency)


def _until(typed: str, manners: Manners, today: date) -> tuple[str, date | None]:
    found = _UNTIL.search(typed)
    if not found:
        return typed, None
    day = read_date(found["day"] or found["last"], today, manners)
    if day < today:
        raise _misread(typed, "That mandate has run out already.")
    return typed[: found.start()], day


def _misread(typed: str, wrong: str) -> Misread:
    return Misread(wrong, understood=f"I read {excerpt(typed)}." if typed else "", example=EXAMPLE)


def read_mandate_and_signer(text: str, manners: Manners, today: date) -> MandateAndSigner:
    """`CFO yes; me up to 100k`, `nobody yet`, `4.05 by CFO; CEO signs`. Raises Misread."""
    first, *others = [piece for row in rows_of(text) for piece in _with_signer(row)] or [""]
    signer = "; ".join(others)
    if not first:
        raise _misread("", "Who allowed it, and who signs?")
    if _NOBODY.match(first) or _NO.search(first):
        return MandateAndSigner(None, signer)
    return MandateAndSigner(_allowed(first, manners, today), signer)


def _with_signer(row: str) -> list[str]:
    """`CFO yes, I sign` in two: after a yes, a comma may part who signs."""
    said, _, rest = row.partition(", ")
    signs = _SIGNER.match(rest)
    return [said, signs["signs"]] if signs and _YES.match(said) else [row]


def _allowed(first: str, manners: Manners, today: date) -> MandateAnswer:
    """`CFO yes`, `CFO yes up to 4.05 until June 30`, `CFO`, or a whole mandate."""
    yes = _YES.match(first)
    if yes is None:
        return read_mandate(first, manners, today) if re.search(r"\d", first) else MandateAnswer(_bare(first))
    who, rest = _bare(yes["who"]), yes["rest"].strip(" ,")
    core, until = _until(" " + rest, manners, today)
    core = re.sub(r"^\s*(?:up to|to|at)\s+", "", core).strip(" ,")
    if not core:
        return MandateAnswer(who, None, until)
    if not re.search(r"\d", core):
        raise _misread(first, "I need who allowed it, up to which figure, and who signs.")
    return read_mandate(f"{core} by {who}" + (f" until {until}" if until else ""), manners, today)


def _bare(who: str) -> str:
    return re.sub(r"^the\s+", "", who.strip(" ,.:"), flags=re.I)

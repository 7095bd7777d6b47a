"""Ways without this deal, as they are typed: a name, what it costs, how sure it is, until when."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from dataclasses import field as field_of
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.prep.answers.costs import FIGURE, CostAnswer, read_cost
from handlers.prep.answers.figures import price
from handlers.prep.answers.rows import fields_of, rows_of
from handlers.prep.answers.unparted import parted
from handlers.reading import currencies
from handlers.reading.dates import read_date
from handlers.reading.durations import read_duration
from handlers.reading.names import check_length, match, normal
from handlers.reading.numbers import read_percent
from handlers.reading.pairs import unquoted
from handlers.reading.plain import misread

if TYPE_CHECKING:
    from datetime import date

    from handlers.errors import Misread
    from handlers.manners import Manners

EXAMPLE = "Borg = 4.18, freight 0.14, one-off 24000 tooling, chance 80 %, until 29 May, 12 weeks"
ROLLS_OVER = "it rolls over"
_SUM = rf"{FIGURE}(?:\s*(?:\+|\bplus\b)\s*{FIGURE})*"
_ADDED = re.compile(
    r"\s+(?:\+|plus)\s+(?=[^\W\d]|[\d.,]*\d\s+(?![kKmM]\b|" + currencies.PATTERN + r")(?:%|[^\W\d]))"
)  # + freight 0.14, plus 0.14 freight
_ALL_IN = re.compile(
    rf"(?<=\d)(\s?{currencies.PATTERN})?(\s?/\s?\w+)?\s+(?:all[- ]?in|landed|everything in)(?!\w)", re.I
)
_HEAD = re.compile(
    rf'^(?:"(?P<quoted>[^"]+)"|(?P<name>[^=:]+?))'
    rf"(?:\s*[=:]\s*(?P<rest>.*)|\s+(?:(?:at|for|costs?|@)\s*)?(?P<price>{_SUM})|)$",
    re.S,
)
_TOLD = re.compile(
    r"^([^=:]*?[^=:\s])\s+(?:is\s+|are\s+)?(?=(?:(?:not |un)?quoted|no quote|firm|valid|until|till|chance|certain|takes?)\b"
    r"|(?:(?:in|about|ca\.?)\s+)?[\d.,]+\s?(?:%|(?:working )?days?\b|weeks?\b|months?\b))",
    re.I,
)  # what is told of an alternative right behind its name
_NOTE = re.compile(r"\s*\(([^()]*)\)")
_CHANCE = re.compile(
    r"^(?:chance|sure|probability|likely)?\s*(?:of\s+)?(?P<v>[\d.,]+\s?%)(?!.*\b(?:uplift|increase|rise|discount|rebate"
    r"|inflation|dut(?:y|ies)|customs|scrap|cap|year|yearly|annually|dearer|cheaper|more|less)\b)"
    r"\s*(?:chance|sure|likely|certain)?(?:\s+.*)?$",
    re.I,
)
_CHANCE_WORD = re.compile(r"^(?:chance|probability)\s+(?P<v>[\d.,]+\s?%?)$", re.I)
_CERTAIN = re.compile(r"^(?:certain|sure|for sure|safe|guaranteed)$", re.I)
_UNTIL = re.compile(
    r"^(?:(?:firm|quote|quoted|offer|valid|holds?|stands)\s+)*(?:until|till|to|valid)\s+(?P<v>.+)$", re.I
)
_START = re.compile(r"^(?:latest start|start|begin|order)(?:\s+by)?\s+(?P<v>.+)$", re.I)
_LEAD = re.compile(
    r"^(?:lead(?: time)?\s+(?:of\s+)?|start-?up\s+|in\s+|takes?\s+|needs?\s+)?"
    r"(?:(?:about|around|roughly|approx\.?|ca\.?|some|up to|at least|~)\s*)?"
    r"(?P<v>[\d.,]+\s?(?:working days?|w|wks?|weeks?|d|days?|months?|(?:arbeits|werk)?tage?|wochen?|monate?))"
    r"(?:\s+(?:lead(?: time)?|to start|start-?up))?$",
    re.I,
)
_UPLIFT = re.compile(
    r"^(?:uplift|increase|yearly increase)\s+(?P<v>[\d.,]+\s?%?)(?:\s.*)?$|^\+\s?(?P<w>[\d.,]+\s?%)(?:\s.*)?$"
    r"|^(?P<x>[\d.,]+\s?%)\s+(?:(?:yearly|annual)\s+)?(?:uplift|increase|rise)(?:\s.*)?$",
    re.I,
)
_HORIZON = re.compile(r"^(?:horizon|over|for)\s+(?P<v>\d+\s?(?:months?|years?|m|y))$", re.I)
_STATUS = {"quoted": "quoted", "firm": "quoted", "firm quote": "quoted", "unquoted": "unquoted", "not quoted": "unquoted",
           "no quote": "unquoted", "estimate": "unquoted", "estimated": "unquoted", "own": "own"}  # fmt: skip
_UNCLEAR_CHANCE = re.compile(r"\bchances?\b|\bprobab\w*|^(?:\w+ )?(?:un)?(?:likely|sure)$", re.I)
_UNCLEAR_SUM = re.compile(
    r"^(?:unit )?(?:price|all-?in|costs?|freight|shipping|transport|duty|customs|inspection|tooling|one-?off|once|set-?up"
    r"|yearly|annual|uplift|increase)\s+(?!included|incl|free|none|paid|theirs|ours|not\b|no\b)[^\d\s]+$",
    re.I,
)
_UNCLEAR_LENGTH = re.compile(r"(?:^|\s)[\d.,]+\s+(?P<unit>[a-z]+)$", re.I)
_LENGTHS = ("days", "weeks", "months", "years")
_PRICE = re.compile(rf"^(?:unit )?(?:price|all-?in|at|costs?)\s+(?P<v>{_SUM})$", re.I)


@dataclass(frozen=True, slots=True)
class AlternativeAnswer:
    """What was said of one way to do without the deal; None and empty for what was not. `chance` is 0..1.

    `lead` is `lead_days` as typed, to be said back. A `quoted` name is taken letter by letter."""

    name: str
    price: Decimal | None = None
    currency: str | None = None
    items: tuple[CostAnswer, ...] = ()
    chance: Decimal | None = None
    status: str | None = None
    valid_until: date | None = None
    latest_start: date | None = None
    lead_days: int | None = None
    lead: str = ""
    uplift: Decimal | None = None
    horizon_months: int | None = None
    note: str = ""
    quoted: bool = field_of(default=False, compare=False)


def read_alternative(text: str, manners: Manners, today: date) -> AlternativeAnswer:
    """`Borg 4.18, 12 weeks, 80 %`, `Borg = 3.52, freight 0.14, one-off 24000 tooling (estimate, Feb), until 29 May`.

    Raises Misread, and TwoReadings for a price of `1.200`. Words that fit nothing are kept as a note.
    """
    first, *fields = fields_of(_ALL_IN.sub(r"\1\2", _ADDED.sub(", ", parted(text)))) or [""]
    first, *told = fields_of(_TOLD.sub(_parted, first, count=1)) or [""]
    found, fields = _HEAD.match(first), [*told, *fields]
    name = unquoted((found["quoted"] or found["name"]) if found else "").strip()
    quoted = bool(found and found["quoted"]) or (len(name) > 2 and name[0] == name[-1] == "'")
    name = name.strip("' ") if quoted else name
    if found is None or not normal(name) or re.match(r"\d[\d.,]*(?:\s|%|$)", name):
        raise _misread(text, "I need a name, and what it costs.")
    check_length(name, "the name of an alternative", EXAMPLE)
    if not found["quoted"] and re.search(r"\d[.,]\d", name):
        raise _misread(text, "I need what it costs after the name.")
    alternative = AlternativeAnswer(name, quoted=quoted)
    if found["price"]:
        alternative = _priced(alternative, found["price"], manners)
    if found["rest"]:
        fields = [found["rest"], *fields]
        if re.fullmatch(_SUM, _NOTE.sub("", found["rest"]).strip()):
            fields[0] = f"price {fields[0]}"
    for number, field in enumerate(fields):
        alternative = _said(alternative, field, manners, today)
        if number == 0 and found["rest"] and alternative.note:
            raise _misread(text, "I need what it costs after the name.")
    return _status_known(alternative)


def _parted(told: re.Match[str]) -> str:
    """What is told right behind a name, or right behind its price: `Borg 4.18 until 29 May`."""
    return f"{told[1]}{', ' if re.search(rf' {_SUM}$', told[1]) else ' = '}"


def _status_known(alternative: AlternativeAnswer) -> AlternativeAnswer:
    """A quote that holds until a day is a quote; rolling on, and our own house, need none."""
    if alternative.status is None and alternative.valid_until is not None:
        return replace(alternative, status="quoted")
    if alternative.status is None and is_own(alternative.name):
        return replace(alternative, status="own")
    return alternative


def is_certain(text: str) -> bool:
    """Whether words say that it will surely work: `certain`, `for sure`."""
    return _CERTAIN.match(text.strip()) is not None


def is_own(name: str) -> bool:
    """Whether nobody has to quote for it: it is made in-house, or the contract runs on."""
    return bool(
        re.search(
            r"\bin[- ]?house|roll(?:s|ing)? (?:over|on)|nothing happens|ourselves|make it\b", name, re.I
        )
    )


def _misread(typed: str, wrong: str, example: str = EXAMPLE) -> Misread:
    return misread(typed, wrong, example)


def _priced(alternative: AlternativeAnswer, text: str, manners: Manners) -> AlternativeAnswer:
    """The price, or the sum of its parts: `2.05 + 1.10 + 0.55`."""
    parts = [price(part, manners, example="Borg 4.18") for part in re.split(r"\+|\bplus\b", text)]
    currencies_said = {part.currency for part in parts if part.currency}
    if len(currencies_said) > 1:
        raise _misread(text, "I need one currency there.", "Borg 4.18")
    total = sum((part.value for part in parts), Decimal())
    return replace(alternative, price=total, currency=next(iter(currencies_said), alternative.currency))


def _said(alternative: AlternativeAnswer, field: str, manners: Manners, today: date) -> AlternativeAnswer:
    """One field after the name: the first that fits."""
    note = " ".join(found.strip() for found in _NOTE.findall(field))
    core = _NOTE.sub("", field).strip()
    for reader in (_plain_facts, _days, _lengths):
        said = reader(core, alternative, manners, today)
        if said is not None:
            return said
    if (found := _PRICE.match(core)) is not None:
        return _priced(alternative, found["v"], manners)
    _refuse_unclear(core)
    if below := re.search(r"(?:^|\s)-\s*[\d.,]*\d.*", core):
        raise _misread(below[0].strip(), "A cost is not below zero.")
    cost = read_cost(core, note, manners, alternative.price)
    if cost is not None:
        return replace(alternative, items=(*alternative.items, cost))
    return replace(alternative, note="; ".join(filter(None, (alternative.note, field.strip()))))


def _refuse_unclear(core: str) -> None:
    """What was clearly meant as a chance, an amount or a length is no note, though it cannot be read."""
    if _UNCLEAR_CHANCE.search(core):
        raise _misread(core, "I need the chance as a percentage.", "chance 80 %")
    if "%" in core:
        raise _misread(core, "I do not know what that percentage is of.", "chance 80 %, uplift 3 %")
    if _UNCLEAR_SUM.match(core):
        raise _misread(core, "I need an amount there.", "freight 0.14, one-off 24000 tooling")
    length = _UNCLEAR_LENGTH.search(core)
    if length and match(length["unit"], {word: (word,) for word in _LENGTHS}).one is not None:
        raise _misread(core, "I need how long it takes.", "12 weeks")


def _plain_facts(
    core: str, alternative: AlternativeAnswer, manners: Manners, _: date
) -> AlternativeAnswer | None:
    status = _STATUS.get(core.casefold())
    if status:
        return replace(alternative, status=status)
    if _CERTAIN.match(core):
        return replace(alternative, chance=Decimal(1))
    found = _CHANCE.match(core) or _CHANCE_WORD.match(core)
    if found:
        return replace(alternative, chance=_chance(found["v"], manners))
    if re.match(r"(?:chance|probability)\b", core, re.I):
        raise _misread(core, "I need the chance as a percentage.", "chance 80 %")
    up = _UPLIFT.match(core)
    if up:
        points = read_percent(up["v"] or up["w"] or up["x"], manners, what="an uplift", example="uplift 3 %")
        return replace(alternative, uplift=points / 100)
    return None


def _chance(text: str, manners: Manners) -> Decimal:
    points = read_percent(text, manners, what="a chance", example="chance 80 %")
    if "%" not in text and points <= 1:
        points *= 100
    if not 0 < points <= 100:
        raise _misread(text, "A chance lies above 0 and at most at 100 %.", "chance 80 %")
    return points / 100


def _days(
    core: str, alternative: AlternativeAnswer, manners: Manners, today: date
) -> AlternativeAnswer | None:
    until = _UNTIL.match(core)
    if until:
        return replace(alternative, valid_until=read_date(until["v"], today, manners))
    start = _START.match(core)
    if start:
        return replace(alternative, latest_start=read_date(start["v"], today, manners))
    return None


def _lengths(core: str, alternative: AlternativeAnswer, _: Manners, __: date) -> AlternativeAnswer | None:
    lead = _LEAD.match(core)
    if lead:
        length = read_duration(lead["v"], example="12 weeks")
        days = length.days_exact
        return replace(
            alternative,
            lead=lead["v"],
            lead_days=_about_days(length.count, length.unit) if days is None else days,
        )
    if re.match(r"lead\b", core, re.I) and not re.search(r"\d", core):
        raise _misread(core, "I need how long it takes.", "12 weeks")
    horizon = _HORIZON.match(core)
    months = read_duration(horizon["v"], example="24 months").months_exact if horizon else None
    return None if months is None else replace(alternative, horizon_months=months)


def _about_days(count: int, unit: str) -> int:
    """Calendar days for a length that the calendar would have to say: rounded up, to be on the safe side."""
    return {"month": 31, "quarter": 92, "year": 366}.get(unit, 0) * count or (count * 7 + 4) // 5


def read_alternatives(text: str, manners: Manners, today: date) -> list[AlternativeAnswer]:
    """Alternatives, one a row. `none` is no alternative, `it rolls over` is one. Raises Misread."""
    rows = rows_of(text)
    if not rows:
        raise _misread(text, "I need at least one way, or “none”.")
    if len(rows) == 1 and re.fullmatch(
        r"(?:none|nothing|no|there is none|no alternative)\.?", rows[0].strip(), re.I
    ):
        return []
    return [read_alternative(row, manners, today) for row in rows]

"""A contract in one line, or from the fields of a form: the same keys, read the same way."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from handlers.errors import Misread
from handlers.figures import cut
from handlers.reading.choices import read_yes_no
from handlers.reading.dates import read_date
from handlers.reading.durations import read_duration
from handlers.reading.numbers import read_number, read_percent
from handlers.reading.pairs import read_pairs, split_fields, unquoted
from handlers.reading.plain import excerpt
from handlers.settings.reading import read_ladder

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import date

    from handlers.manners import Manners

EXAMPLE = "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days"
KEYS = {
    "title": "title", "for": "title", "number": "number", "no": "number", "start": "start", "from": "start",
    "starts": "start", "begins": "start", "end": "end", "ends": "end", "expires": "end", "until": "end", "to": "end",
    "value": "value", "worth": "value", "yearly value": "value",
    "auto renew": "auto", "auto renewal": "auto", "renews automatically": "auto", "renews": "auto",
    "renew on request": "request", "renewal on request": "request", "renews on request": "request",
    "no renewal": "none", "times": "times", "notice": "notice", "notice period": "notice",
    "earliest notice": "earliest", "method": "method", "by": "method", "transit days": "transit",
    "transit": "transit", "address": "address", "uplift": "uplift", "cap": "cap", "uplift cap": "cap",
    "minimum": "minimum", "in use": "in_use", "review": "review", "sourcing weeks": "sourcing",
    "sourcing": "sourcing", "switching weeks": "switching", "switching": "switching", "owner": "owner",
    "backup": "backup", "backup owner": "backup", "channel": "channel", "link": "link",
    "restricted": "restricted", "ladder": "ladder", "clear days": "clear", "clear": "clear",
}  # fmt: skip
FIRST_KEY = re.compile(
    r"[\s,:]+(?=(?:" + "|".join(re.escape(k) for k in sorted(KEYS, key=len, reverse=True) if len(k) > 3)
    + r"|end|auto-renew)\b)", re.IGNORECASE,
)  # fmt: skip
_LADDER = re.compile(r"\bladder\s*[:=]?\s*(\d{1,4}(?:[\s,/]+\d{1,4}\b)*)(?:\s*days)?", re.IGNORECASE)
_FIGURED = re.compile(
    r"(?:starts?|from|begins|ends?|until|expires|value|worth|auto\S*|renew\w*|no renewal|notice(?: period)?|channel|times)"
    r"\s*[:=]?\s*\S+",
    re.IGNORECASE,
)
"""A key whose value is no text, and the beginning of the value."""
_NEXT_KEY = re.compile(
    r"\s+(?=(?:(?:starts?|ends?|until|to|expires|value|worth|channel|times|owner|backup|restricted)[\s:=]+[^\s,]"
    r"|notice(?: period)?[\s:=]+\d|auto[- ]renew|no renewal|<?#)|restricted$)",
    re.IGNORECASE,
)
_UNITS = {"quarter": ("month", 3), "year": ("month", 12)}


@dataclass(frozen=True, slots=True)
class Draft:
    """A contract as it was read. `fields` are columns of the table; people and the channel are still as typed."""

    supplier: str
    typed: Mapping[str, str]
    fields: dict[str, Any] = field(default_factory=dict)

    @property
    def complete(self) -> bool:
        """Whether there is enough for key dates: whom it is with, and when it ends."""
        return bool(self.supplier) and "end" in self.fields


def split(text: str) -> tuple[str, dict[str, str]]:
    """The supplier, and the values as typed by key. Raises Misread for what has no key."""
    quoted = re.match(r'\s*"[^"\n]+"', text)
    if quoted:  # what is in quotes is the name, whatever stands in it
        return unquoted(quoted[0]), read_keys(text[quoted.end() :].lstrip(" ,:;"))
    head, colon, rest = text.partition(":")
    first = FIRST_KEY.search(text)
    if first and (not colon or first.start() < len(head)):
        head, rest = text[: first.start()], text[first.end() :]
    return unquoted(head.strip(" ,:;")), read_keys(rest)


def read_keys(text: str, more: Mapping[str, str] | None = None, example: str = EXAMPLE) -> dict[str, str]:
    """The values as typed by key; `more` are further keys. Raises Misread for what has no key."""
    pairs = read_pairs(_apart(_LADDER.sub(_rungs_together, text)), {**KEYS, **(more or {})})
    values = dict(pairs.values)
    for said in pairs.rest:
        key, value = _without_key(said)
        if not key or key in values:
            raise Misread(f"I cannot tell what this belongs to: {cut(said, 60)}", example=example)
        values[key] = value
    return values


def _without_key(said: str) -> tuple[str, str]:
    """The key of what says by itself what it is: a #channel, or `90 days notice`; an empty key for all else."""
    if re.fullmatch(r"<?#\S+", said):
        return "channel", said
    notice = re.fullmatch(r"(?P<length>.+?)(?:'s?)?\s+notice(?:\s+period)?", said, re.IGNORECASE)
    return ("notice", notice["length"]) if notice else ("", said)


def _apart(text: str) -> str:
    """A comma before each key that follows a date, a length or a sum without one: `end 30 June 2027 notice 6 weeks`."""
    return ", ".join(map(_one_apart, split_fields(text)))


def _one_apart(said: str) -> str:
    first = _FIGURED.match(said)
    return said if first is None else said[: first.end()] + _NEXT_KEY.sub(", ", said[first.end() :])


def _rungs_together(found: re.Match[str]) -> str:
    """The commas of `ladder 60, 30, 7` part no keys."""
    return "ladder " + "/".join(re.findall(r"\d+", found[1]))


def read_draft(supplier: str, typed: Mapping[str, str], today: date, manners: Manners) -> Draft:
    """Read every value. Raises Misread for the first that cannot be read, naming its key."""
    kept = {key: value.strip() for key, value in typed.items() if value.strip() or key in _ALONE}
    for text, longest in ((supplier, 80), *((value, 500) for value in kept.values())):
        if len(text) > longest:
            raise Misread("That is too long.", understood=f"I read {excerpt(text)}.", example=EXAMPLE)
    draft = Draft(supplier.strip(), kept, read_fields(kept, today, manners))
    _complete_renewal(draft)
    return draft


def read_fields(typed: Mapping[str, str], today: date, manners: Manners) -> dict[str, Any]:
    """The columns that typed values mean; people and channels are not among them. Raises Misread."""
    fields: dict[str, Any] = {}
    for key, value in typed.items():
        if key in _READERS:
            fields.update(_READERS[key](value, today, manners))
    return fields


def _complete_renewal(draft: Draft) -> None:
    """A number of times needs a renewal."""
    if "times" in draft.typed and "renewal" not in draft.fields:
        raise Misread("It says how often it renews, but not how.", example="auto-renew 12 months, times 2")


_ALONE = frozenset({"none", "restricted", "request", "auto", "clear"})
Read = dict[str, Any]


def _plain(column: str) -> Callable[[str, date, Manners], Read]:
    return lambda value, _today, _manners: {column: value}


def _date(column: str) -> Callable[[str, date, Manners], Read]:
    def read(value: str, today: date, manners: Manners) -> Read:
        edge = f"{column} {value}" if re.match(r"of\b", value, re.IGNORECASE) else value  # `end of 2027`
        return {column: read_date(edge, today, manners)}

    return read


def _count(column: str, what: str, *, weeks: bool = False) -> Callable[[str, date, Manners], Read]:
    def read(value: str, _today: date, manners: Manners) -> Read:
        core = re.sub(
            r"\s*(?:working |business )?(?:weeks?|days?|times?|x)\s*$", "", value, flags=re.IGNORECASE
        )
        if weeks and (months := re.fullmatch(r"\s*(\d{1,3})\s*months?\s*", value, re.IGNORECASE)):
            return {column: -(-int(months[1]) * 13 // 3)}
        found = read_number(core, manners, what=what, example="12").value
        if found != int(found) or not 0 <= found <= 1000:
            raise Misread(
                f"I need {what} between 0 and 1000.", understood=f"I read {cut(value)}.", example="12"
            )
        return {column: int(found)}

    return read


def _value(value: str, _today: date, manners: Manners) -> Read:
    found = read_number(value, manners, what="a yearly value", example="value 118000 EUR")
    if found.other is not None and found.other > found.value:
        raise Misread(
            "That can be read as a small value with decimals, or as thousands: please write it without the mark.",
            understood=f"I read value {cut(value, 40)}.",
            example=f"value {found.other:f}",
        )
    if found.value < 0:
        raise Misread(
            "A value is not below zero.",
            understood=f"I read {cut(value, 40)}.",
            example="value 118000 EUR",
        )
    return {"value": found.value} | ({"currency": found.currency} if found.currency else {})


def _cap(value: str, _today: date, manners: Manners) -> Read:
    cap = read_percent(value, manners, what="a cap in percent", example="cap 3 %")
    if not 0 <= cap <= 100:
        raise Misread(
            "A cap lies between 0 and 100 % a year.",
            understood=f"I read {cut(value, 40)}.",
            example="cap 3 %",
        )
    return {"uplift_cap": cap}


def _renewal(kind: str) -> Callable[[str, date, Manners], Read]:
    def read(value: str, _today: date, _manners: Manners) -> Read:
        core = re.sub(r"^(?:by|for|every|yes)\s+|^yes$", "", value.strip(), flags=re.IGNORECASE)
        if kind == "automatic" and core.casefold() in {"no", "none", "never"}:
            return {"renewal": "none"}
        months = read_duration(core or "12 months", bare="month", example="auto-renew 12 months").months_exact
        if not months:
            raise Misread("A renewal lasts some months or years.", example="auto-renew 12 months")
        return {"renewal": kind, "renewal_months": months}

    return read


def _notice(value: str, _today: date, _manners: Manners) -> Read:
    length = re.sub(r"\bclear\b\s*", "", value, flags=re.IGNORECASE)
    found = read_duration(length, bare="day", example="notice 90 days")
    unit, each = _UNITS.get(found.unit, (found.unit, 1))
    clear = {"clear_days": True} if length != value else {}
    return {"notice_count": found.count * each, "notice_unit": unit, **clear}


def _earliest(value: str, _today: date, _manners: Manners) -> Read:
    found = read_duration(value, bare="day", example="earliest notice 180 days")
    if found.days_exact is None:
        raise Misread("How early notice may be given is kept in days.", example="earliest notice 180 days")
    return {"earliest_notice_days": found.days_exact}


def _ladder(value: str, _today: date, _manners: Manners) -> Read:
    try:
        return {"ladder": read_ladder(value)}
    except Misread as error:
        raise Misread(error.wrong, understood=error.understood, example="ladder 60, 30, 7") from None


def _restricted(value: str, _today: date, _manners: Manners) -> Read:
    return {"restricted": read_yes_no(value) if value else True}


_READERS: dict[str, Callable[[str, date, Manners], Read]] = {
    "title": _plain("title"),
    "number": _plain("number"),
    "start": _date("start"),
    "end": _date("end"),
    "value": _value,
    "auto": _renewal("automatic"),
    "request": _renewal("on request"),
    "none": lambda _value, _today, _manners: {"renewal": "none"},
    "times": _count("renewal_times", "a number of renewals"),
    "notice": _notice,
    "earliest": _earliest,
    "method": _plain("method"),
    "transit": _count("transit_days", "a number of working days"),
    "address": _plain("address"),
    "uplift": _plain("uplift_rule"),
    "cap": _cap,
    "minimum": _plain("minimum"),
    "in_use": _plain("in_use"),
    "review": _date("review_on"),
    "sourcing": _count("sourcing_weeks", "a number of weeks", weeks=True),
    "switching": _count("switching_weeks", "a number of weeks", weeks=True),
    "link": _plain("link"),
    "restricted": _restricted,
    "ladder": _ladder,
    "clear": lambda value, _today, _manners: {"clear_days": read_yes_no(value) if value else True},
}

"""A term as it is typed."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from handlers.errors import Misread
from handlers.prep.answers.figures import TwoReadings
from handlers.prep.answers.known_terms import named, usual_unit
from handlers.reading.names import check_length, normal
from handlers.reading.near import FigureOfName
from handlers.reading.numbers import read_number, read_three
from handlers.reading.pairs import read_pairs, unquoted
from handlers.reading.plain import misread
from handlers.terms.rules import TermSpec, disorders, role_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from handlers.manners import Manners
    from handlers.reading.numbers import Number

EXAMPLE = "price 3.45 / 3.70 / 4.05 weight 50"
_START = (
    r"(?=[-–~+]?\s?(?:[€$£]\s?)?[\d.,]*\d|-\s*/|\?\s*/|(?:open|opening|target|stop|walk|weight|must|flexible|nice|their)"
    r"\b(?!\w)|levels?\s*[:=]?\s*(?:\"|[^\s=,;:\"]+(?: [^\s=,;:\"]+){0,3}\s*=)|levels?\s*$)"
)
_NO_NAME = re.compile(
    r"[/=\"]|,\s|\b(?:open(?:ing)?|target|stop|walk[- ]?away|weight)(?:\s+\S*\d.*)?$"
    r"|\b(?:must(?:[- ]have)?|flexible|nice|their)$",
    re.I,
)  # price open: 3.45; of any other words before a colon the whole is the name, `clause 7: open 1`
_NAMED = re.compile(
    rf'^(?P<name>"[^"]+"(?:\s+(?!must\b|nice\b)[^\W\d]+|\s*%)?|[^:="]+?)\s*(?:[:=]\s*|\s+{_START})(?P<rest>.+)$',
    re.I | re.S,
)
_LEVEL = r'(?:"[^"]+"|[^\s=,;:"]+(?: [^\s=,;:"]+){0,3})\s*=\s*\d+(?:[.,]\d+)?'
_LEVELS = re.compile(
    rf"(?P<their>\btheir\s+)?\blevels?\s*[:=]?\s*(?P<list>{_LEVEL}(?:\s*,\s*{_LEVEL})*)", re.I
)
_ONE_LEVEL = re.compile(r'(?:"(?P<q>[^"]+)"|(?P<w>[^=,"]+?))\s*=\s*(?P<score>\d+(?:[.,]\d+)?)')
_WEIGH = r"w(?:t|eight|eigh|eig|ei|e)?\s*[:=]?\s*(?P<v>\d[\d.,]*)\s*%?"
_BARE_FIGURE = re.compile(
    r"(?P<name>[^\W\d][^:=\"/,;\d]*?)\s+(?P<figure>\d{1,6})(?P<rest>|[\s,]+(?:must|flexible|nice)\b[\w\s-]*)",
    re.I,
)
_NUMBERED = re.compile(
    r"(?:^|\s)(?:[A-Z]{2,5}|(?i:clause|section|article|annex|appendix|schedule|paragraph|tier|class|grade|type|phase|lot|version"
    r"|incoterms|norm|standard|form|revision|rev))$"
)
"""What has a number as part of its name: `ISO 9001`, `clause 7`, `Incoterms 2020`."""
_THEIR_WEIGHT = re.compile(rf"\btheir {_WEIGH}", re.I)
_THEIR_STOP = re.compile(
    r'\btheir (?:stop|walk-?away|limit)\s*[:=]?\s*(?P<v>"[^"]+"|(?:[^,;]|(?<=\d),(?=\d))+)', re.I
)
_WEIGHT = re.compile(rf"(?<!their )\b{_WEIGH}", re.I)
_NO_COMMA = re.compile(
    r"(\d\s*(?:[^\W\d]+|%)?)\s*[/|]?\s+(?=(?:open|opening|target|stop|walk[- ]?away)\b)", re.I
)  # open 60 target 45
_KIND = re.compile(
    r"\b(?:(?P<must>must(?:[- ]have)?)|(?P<nice>nice(?:[- ]to[- ]have)?)|(?P<flex>flexible))\b", re.I
)
_PLACES = {
    **dict.fromkeys(("open", "opening", "first", "anchor"), "opening"),
    **dict.fromkeys(("target", "aim", "hope"), "target"),
    **dict.fromkeys(("stop", "walk-away", "walk away", "walkaway", "limit"), "stop"),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class TermAnswer:
    """What was said of one term; None and empty for what was not.

    Values are figures as text, or names of levels. `kind` is `must`, `flexible` or `nice`. `their_...` is a guess. A
    `quoted` name, or one that Prep gave itself, is taken letter by letter.
    """

    name: str
    unit: str = ""
    opening: str | None = None
    target: str | None = None
    stop: str | None = None
    weight: Decimal | None = None
    kind: str | None = None
    levels: Mapping[str, Decimal] | None = None
    their_weight: Decimal | None = None
    their_stop: str | None = None
    their_levels: Mapping[str, Decimal] | None = None
    currency: str | None = None
    quoted: bool = field(default=False, compare=False)


def read_term_row(
    text: str, manners: Manners, is_known: Callable[[str], bool] = lambda _: False
) -> TermAnswer:
    """`price 3.45/3.70/4.05 weight 50`, `warranty: open 36, target 24, stop 12, must`, `levels "A"=100, "B"=60`.

    One figure is the stop, two are target and stop. `is_known` tells whether the plan has a term of that name. Raises
    Misread, TwoReadings for a price of `1.200`, and FigureOfName for `ISO 9001 must`.
    """
    typed = " ".join(text.split())
    _check_figure_of_name(typed, is_known)
    parted = _parted(typed)
    if parted is None:
        raise _misread(typed, "I need the name of the term and its figures.")
    name, unit, quoted = named(parted[0])
    if not normal(name):
        raise _misread(typed, "I need the name of the term before its figures.")
    check_length(name, "the name of a term", EXAMPLE)
    return read_term_values(TermAnswer(name, unit, quoted=quoted), parted[1], manners)


def _check_figure_of_name(typed: str, is_known: Callable[[str], bool]) -> None:
    """A bare figure behind a name may be part of it where a norm, a clause or the like is named, or only `must` follows."""
    found = _BARE_FIGURE.fullmatch(typed)
    if found is None or is_known(found["name"]):
        return
    name = found["name"]
    numbered = _NUMBERED.search(name) is not None
    usual = usual_unit(name) or role_of(name) is not None
    if numbered or (found["rest"] and not usual):
        raise FigureOfName(name, found["figure"], found["rest"])


def _parted(typed: str) -> tuple[str, str] | None:
    """The name as typed, still with its unit and its quotes, and what is said of it."""
    head, colon, rest = typed.partition(":")
    head, rest = head.strip(), rest.strip()
    levels = re.search(r"\s(?:their\s+)?levels?$", head, re.I) if re.match(_LEVEL, rest) else None
    if levels:
        head, rest = head[: levels.start()], f"{levels[0]} {rest}"
    if colon and rest and re.search(r"[^\W\d]", head) and not _NO_NAME.search(head):
        return head, rest
    found = _NAMED.match(typed)
    return None if found is None else (found["name"].strip(), found["rest"])


def read_term_values(term: TermAnswer, text: str, manners: Manners) -> TermAnswer:
    """What follows a term's name, put into it."""
    rest, term = _taken(text, term, manners)
    if left := re.search(r"\b(?:(weight)|levels?)\b.*", rest, re.I):  # there, and not understood
        wrong = "A weight is a number, zero or more." if left[1] else "Each level needs a score."
        raise _misread(
            left[0], wrong, "price 3.45 / 3.70 / 4.05 weight 50" if left[1] else 'levels "A"=100, "B"=60'
        )
    rest = re.sub(r"\s*[,;](?:\s+|$)(?:[,;]\s*)*", ", ", rest).strip(" ,;")
    rest = _NO_COMMA.sub(r"\1, ", rest)
    _check_guess(term)
    if rest:
        term = _levels_named(term, rest) if term.levels else _figures(term, rest, manners)
    return in_order(term)


def _check_guess(term: TermAnswer) -> None:
    """What is guessed of their stop is a figure, unless the term goes by levels."""
    guess = term.their_stop
    if guess is not None and term.levels is None and term.their_levels is None and not _is_figure(guess):
        raise _misread(guess, "Their stop is a guess at a figure.", "their stop 3.55")


def _is_figure(text: str) -> bool:
    return re.fullmatch(r"-?\d+(?:\.\d+)?", text) is not None


def _taken(text: str, term: TermAnswer, manners: Manners) -> tuple[str, TermAnswer]:
    """Weight, kind, levels and what is guessed of them taken out of the text."""
    for found in list(_LEVELS.finditer(text)):
        field = "their_levels" if found["their"] else "levels"
        term = _with(term, {field: _levels(found["list"])})
    text = _LEVELS.sub("", text)
    for field, pattern in (("their_weight", _THEIR_WEIGHT), ("weight", _WEIGHT)):
        if found_ := pattern.search(text):
            value = read_number(found_["v"], manners, what="a weight", example="weight 50").value
            term, text = _with(term, {field: value}), pattern.sub("", text, count=1)
    if their := _THEIR_STOP.search(text):
        value_ = _value(their["v"], manners)
        term, text = replace(term, their_stop=value_), _THEIR_STOP.sub("", text, count=1)
    if kind := _KIND.search(text):
        said = "must" if kind["must"] else "nice" if kind["nice"] else "flexible"
        term, text = replace(term, kind=said), _KIND.sub("", text, count=1)
    return text, term


def _with(term: TermAnswer, values: Mapping[str, Any]) -> TermAnswer:
    return replace(term, **values)


def _value(text: str, manners: Manners) -> str:
    text = unquoted(text.strip())
    if not re.search(r"\d", text):
        return text
    try:
        return format(read_number(text, manners).value, "f")
    except Misread:
        return text


def _levels(text: str) -> dict[str, Decimal]:
    found = list(_ONE_LEVEL.finditer(text))
    levels = {(one["q"] or one["w"]).strip(): Decimal(one["score"].replace(",", ".")) for one in found}
    if len(levels) < 2 or len(levels) < len(found):
        raise _misread(text, "I need two levels or more, each with a score.", 'levels "A"=100, "B"=60, "C"=0')
    return levels


def _levels_named(term: TermAnswer, text: str) -> TermAnswer:
    """Opening, target and stop by the names of levels."""
    pairs = read_pairs(text, _PLACES)
    values = pairs.values or dict(
        zip(("opening", "target", "stop"), re.split(r"\s*/\s*", text), strict=False)
    )
    assert term.levels is not None
    known = {level.casefold(): level for level in term.levels}
    for place, said in values.items():
        level = known.get(unquoted(said).casefold())
        if level is None:
            raise _misread(
                said, f"The levels are {', '.join(term.levels)}.", f'stop "{next(iter(term.levels))}"'
            )
        term = _with(term, {place: level})
    return term


def _figures(term: TermAnswer, text: str, manners: Manners) -> TermAnswer:
    """Opening, target and stop as figures."""
    three = read_three(text, manners)
    for number in three:
        if (
            number is not None
            and number.other is not None
            and (role_of(term.name) == "price" or number.value < number.other)
        ):
            raise TwoReadings(text, (number.value, number.other))
    said = [number for number in three if number is not None]
    _check_units(term, text, said)
    unit = term.unit or next(("%" if n.percent else n.unit or "" for n in said if n.percent or n.unit), "")
    values = [None if number is None else format(number.value, "f") for number in three]
    currencies = {number.currency for number in said if number.currency}
    if len(currencies) > 1:
        raise _misread(
            text, f"One term is in one currency, and these are {' and '.join(sorted(currencies))}."
        )
    currency = next(iter(currencies), None)
    return replace(term, opening=values[0], target=values[1], stop=values[2], unit=unit, currency=currency)


def _check_units(term: TermAnswer, text: str, said: list[Number]) -> None:
    """A price is above zero and for a unit, as in `4.05/pc`; any other word behind it says something that would be lost."""
    for number in said:
        if role_of(term.name) == "price" and number.value <= 0:
            raise _misread(text, "A price is above zero.")
        if (
            role_of(term.name) == "price"
            and number.unit
            and not re.search(rf"(?:/|\bper|\ba)\s*{re.escape(number.unit)}", text, re.I)
        ):
            raise _misread(number.unit, "I do not know what that says of a price.", EXAMPLE)


def in_order(term: TermAnswer) -> TermAnswer:
    """The term, if its target lies between opening and stop. A buyer's price opens low and stops high."""
    price = role_of(term.name) == "price" and not term.levels
    spec = TermSpec(
        term.name,
        direction="lower" if price else None,
        opening=_comparable(term, term.opening),
        target=_comparable(term, term.target),
        stop=_comparable(term, term.stop),
        levels=term.levels,
    )
    wrong = disorders(spec)
    if wrong:
        said = " / ".join(value or "-" for value in (term.opening, term.target, term.stop))
        why = "Opening, target and stop have to go one way: the opening suits you best, the stop least."
        if price:
            why = "You buy, so the lower price suits you: the opening lowest, the stop highest."
        raise Misread(why, understood=f"I read {term.name} {said}.", example=EXAMPLE)
    return term


def _comparable(term: TermAnswer, value: str | None) -> Decimal | str | None:
    return value if value is None or term.levels else Decimal(value)


def _misread(typed: str, wrong: str, example: str = EXAMPLE) -> Misread:
    return misread(typed, wrong, example)


def read_main(text: str, manners: Manners, name: str = "price") -> TermAnswer:
    """The main number of the quick script: `3.45 / 3.70 / 4.05`, or a single stop; a name may stand before it."""
    with_name = _parted(" ".join(text.split())) if re.match(r"\s*(?:[^\W\d]|\")", text) else None
    if with_name and not read_pairs(text, _PLACES).values:
        return read_term_row(text, manners)
    return read_term_values(TermAnswer(name, quoted=True), text, manners)

"""What moved in a negotiation: `price 3.60 -> 3.71 for net 60`. Values stay text here."""

from __future__ import annotations

import re
from dataclasses import dataclass

from handlers.errors import Misread
from handlers.reading.pairs import split_fields, unquoted
from handlers.reading.plain import excerpt

EXAMPLE = "price 3.60 -> 3.71 for net 60"
_LONGEST = 2000
_ARROW = re.compile(r"\s*(?:->|→|=>)\s*")
_STRONG = re.compile(r"\s(?:in return for|in exchange for|in return of|against)\s", re.IGNORECASE)
_BLANKS = re.compile(r"\s{2,}")
_FOR = re.compile(r"\sfor\s", re.IGNORECASE)
_NOTHING = re.compile(
    r"\s*(?:for\s+|in return for\s+|in exchange for\s+|against\s+)?(?:!\s*)?"
    r"(?:nothing(?: in return)?|free|no return|without (?:a )?return)\s*[.!]?",
    re.IGNORECASE,
)
_FREE_END = re.compile(r"\s+(?:for (?:nothing|free|no return)|without (?:a )?return)\s*[.!]?$", re.IGNORECASE)
_VALUE = r"(?:[-–+~<>=≤≥€$£]|[A-Z]{3}\s?[-0-9]|[0-9]|\"|\?|[.,][0-9])"
_TO = re.compile(rf"^(?P<left>.*?)\s+to\s+(?P<right>{_VALUE}.*)$", re.IGNORECASE | re.DOTALL)
_TAIL = re.compile(rf"^(?P<subject>[^\d\"]*?)(?:^|[\s:=])\s*(?P<value>{_VALUE}.*)$", re.DOTALL)
_AMOUNT = re.compile(rf"{_VALUE}\S*(?:\s+\S+){{0,3}}")
_ARTICLES = frozenset({"a", "an", "the", "some", "one", "up", "up to", "at", "at least", "at most", "about"})


@dataclass(frozen=True, slots=True)
class Step:
    """One movement: `before` and `after` are None where no value was given (a favour, or a first value)."""

    subject: str
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Trade:
    """What one side moved (`ours`, as typed) and what it got for that (`returned`, empty for a gift)."""

    ours: tuple[Step, ...]
    returned: tuple[Step, ...]


def read_trade(text: str) -> Trade:
    """`lead 21 -> 28, cap 0 -> 2 for warranty 18 -> 24`; `for nothing` or no `for` is a gift. Raises Misread.

    `->`, `→` and ` to ` are equal. Of several `for`, the first one after a figure parts the sides.
    """
    typed = _tight(text)
    if not typed or len(typed) > _LONGEST or re.match(r"for\b", typed, re.IGNORECASE):
        raise _misread("I need what moved, from what to what, before what it was for.", typed)
    ours, returned = _sides(_FREE_END.sub("", typed))
    steps = _steps(ours)
    if not steps:
        raise _misread("I need what moved before what it was for.", typed)
    return Trade(steps, () if not returned or _NOTHING.fullmatch(returned) else _steps(returned))


def _tight(text: str) -> str:
    """The text with one blank, or one line break, for a run of them: patterns that look for words on both sides of a
    blank take seconds for a thousand of them."""
    return _BLANKS.sub(lambda run: "\n" if "\n" in run[0] else " ", text.strip())


def _misread(wrong: str, text: str) -> Misread:
    return Misread(wrong, understood=f"I read {excerpt(text)}." if text else "", example=EXAMPLE)


def _sides(text: str) -> tuple[str, str]:
    strong = _STRONG.search(text)
    if strong:
        return text[: strong.start()], text[strong.end() :]
    found = list(_FOR.finditer(text))
    if not found:
        return text, ""
    after_figure = (word for word in found if re.search(r"\d", text[: word.start()]))
    word = next(after_figure, found[-1])
    return text[: word.start()], text[word.end() :]


def _steps(text: str) -> tuple[Step, ...]:
    fields = [step for field in split_fields(text) for step in _joined(field)]
    return tuple(read_step(field) for field in fields)


def _joined(field: str) -> list[str]:
    """`price 3 -> 4 and net 30 -> 45`, `price 3 -> 4 and 27k minimum` in two; any other `and` belongs to the words."""
    parts = re.split(r"\s+(?:and|plus|\+)\s+", field)
    moving = all(
        _ARROW.search(part) or _TO.match(part) or re.search(r"[^\W\d]\s+[0-9]\S*$", part) for part in parts
    )
    moved_first = _ARROW.search(parts[0]) and re.search(r"\d\S*$", parts[0])  # no value goes on with `and`
    return parts if moving or moved_first else [field]


def read_step(text: str) -> Step:
    """One movement: `price 3.60 -> 3.71`, `delivery 45 to 30`, `price 3.58`, `training`. Raises Misread."""
    typed = _tight(text)
    if not typed or len(typed) > _LONGEST:
        raise _misread("I need what moved, from what to what.", typed)
    sides = _ARROW.split(typed)
    if len(sides) > 2:
        raise _misread("Please write one step at a time: from one value to one other.", typed)
    if len(sides) == 2:
        return _moved(sides[0], sides[1], typed)
    to = _TO.match(typed)
    if to and (_subject_and_value(to["left"])[1] or len(to["left"].split()) <= 2):
        return _moved(to["left"], to["right"], typed)
    subject, value = _subject_and_value(typed)
    plain_value = value if value and _AMOUNT.fullmatch(value) else None
    return Step(subject, None, unquoted(plain_value)) if plain_value and subject else Step(typed)


def _moved(left: str, right: str, typed: str) -> Step:
    """A step from the text before the arrow (subject, and the old value if any) and the text after it."""
    subject, before = _subject_and_value(left)
    if before is None:
        subject, before = _words(left)
    if not subject:
        raise _misread("Which term moved? I need its name before the values.", typed)
    if not right.strip():
        raise _misread("To what did it move? I need a value after the arrow.", typed)
    return Step(subject, before, unquoted(right))


def _words(left: str) -> tuple[str, str | None]:
    """`incoterm EXW`: without figures the last word is the value, unless there is only one."""
    *subject, last = left.split() or [""]
    return (_subject(" ".join(subject)), last) if subject else (_subject(last), None)


def _subject_and_value(text: str) -> tuple[str, str | None]:
    """The words before the first value, and the value. Articles alone are no subject."""
    found = _TAIL.match(text.strip())
    if not found:
        return "", None
    subject = _subject(found["subject"])
    return ("" if subject.casefold() in _ARTICLES else subject), unquoted(found["value"])


def _subject(words: str) -> str:
    return re.sub(r"(?:\s*[:=]|\s+from)+$", "", words.strip(), flags=re.IGNORECASE).strip()

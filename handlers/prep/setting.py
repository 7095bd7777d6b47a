"""`set`: any answer by its key, and the single figures of a plan, without the conversation. All or nothing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous, Misread, Unknown
from handlers.figures import Figures, cut
from handlers.not_a_plan import or_unknown_plan
from handlers.plan_choice import open_book, ref
from handlers.prep.answers.figures import TwoReadings, plain_figure, price, resolved
from handlers.prep.answers.occasions import DAYS, future_day, not_past
from handlers.prep.answers.quantities import read_bare_volume, read_horizon, read_volume, unit_of
from handlers.prep.carrying import carry
from handlers.prep.echo import units
from handlers.prep.feeding import keep_once
from handlers.prep.guide import Guide
from handlers.prep.guiding import replaced_note
from handlers.prep.no_answer import refuse_setting
from handlers.reading import currencies
from handlers.reading.durations import read_duration
from handlers.reading.near import NearName
from handlers.reading.plain import excerpt
from handlers.turn import Choice, Choices, Heading, Reply, Text
from handlers.writing import moment, plural

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.command import Turn
    from handlers.prep.question import Question
    from handlers.turn import Part

EXAMPLE = "set acme: volume 30000 a year, horizon 24 months, baseline 3.95, talks 2026-04-01"


@dataclass(frozen=True, slots=True)
class Figure:
    """A single fact of a plan: the column it fills, how it is read, and the question whose answer it is a part of."""

    column: str
    read: Callable[[Guide, str], object]
    key: str = ""


def _volume(guide: Guide, text: str) -> object:
    plan = guide.book.plan
    found = read_volume(text, guide.turn.manners, horizon_months=plan.horizon_months)
    found = found or read_bare_volume(text, guide.turn.manners)
    if found is None:
        raise Misread(
            "I need a quantity.", understood=f"I read {excerpt(text)}.", example="volume 30000 a year"
        )
    plan.unit = found.unit or plan.unit
    keep_once(guide.book, once=found.one_off)
    return found.units


def _horizon(guide: Guide, text: str) -> object:
    months = read_horizon(text) or read_duration(text, bare="month", example="horizon 24 months").months_exact
    if not months:
        raise Misread("I need a number of months or years.", example="horizon 24 months")
    if guide.book.plan.one_off:
        raise Misread("What is bought once has no horizon. Say first how many it is a year.",
                      understood=f"I read {excerpt(text)}.", example="volume 500 a year, horizon 24 months")  # fmt: skip
    return months


def _currency(guide: Guide, text: str) -> object:
    found = re.fullmatch(currencies.PATTERN, text.strip()) or re.fullmatch(
        currencies.PATTERN, text.strip().upper()
    )
    if found is None:
        raise Misread("I need a currency.", understood=f"I read {excerpt(text)}.", example="currency EUR")
    return currencies.code(found.group(), guide.turn.manners.currency)


def _unit(_: Guide, text: str) -> object:
    return unit_of(text) or text.strip()[:20]


def _budget(guide: Guide, text: str) -> object:
    return price(text, guide.turn.manners, what="a budget for one unit", example="budget 4.05").value


def _capital(guide: Guide, text: str) -> object:
    from handlers.settings.reading import read_cost_of_capital  # only where somebody sets it

    return Decimal(read_cost_of_capital(text, guide.turn.manners, example="cost of capital 8 %"))


FIGURES: dict[str, Figure] = {
    "volume": Figure("volume", _volume, "scope"),
    "horizon": Figure("horizon_months", _horizon, "scope"),
    "title": Figure("title", lambda _, text: text.strip()[:120], "scope"),
    "unit": Figure("unit", _unit),
    "currency": Figure("currency", _currency),
    "budget": Figure("budget", _budget),
    "talks": Figure("talks_at", lambda g, text: not_past(text, g.turn.now, g.turn.manners, DAYS), "dates"),
    "decision": Figure("decide_by", lambda g, text: future_day(text, g.turn.now, g.turn.manners), "dates"),
    "need-by": Figure("need_by", lambda g, text: future_day(text, g.turn.now, g.turn.manners), "dates"),
    "cost of capital": Figure("cost_of_capital", _capital),
}
_ALIASES = {"need by": "need-by", "need_by": "need-by", "needby": "need-by", "decide": "decision", "decide by": "decision",
            "what": "title", "capital": "cost of capital", "last paid": "baseline", "last price": "baseline"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Entry:
    """A key with what was typed after it."""

    key: str
    text: str


def set_answers(turn: Turn) -> Reply:
    """Keep what is said by keys; a word that cannot be read keeps everything as it was."""
    refuse_setting(turn, FIGURES)
    book, rest = open_book(turn, to_edit=True)
    guide = Guide(turn, book)
    with or_unknown_plan(turn, rest, lambda left: bool(_key(guide, left, strict=False)[0])):
        entries = read_entries(guide, rest)
    if not entries:
        raise Misread(
            "Which answer do you want to set?",
            understood=f"I read {excerpt(rest)}." if rest else "",
            example=EXAMPLE,
        )
    lines: list[Part] = []
    said = [_keep(guide, entry, lines, rest) for entry in entries]
    for key in dict.fromkeys(
        FIGURES[e.key].key for e in entries if e.key in FIGURES and not _is_question(guide, e)
    ):
        _write_out(guide, key)
    head = Heading(cut(f"{book.plan.supplier}: kept · {guide.readiness} % ready"))
    plan = ref(book.plan.id)
    options = (Choice("Go on", f"resume {plan}"), Choice("Show the plan", f"show {plan}"))
    return Reply((head, Text(tuple(said)), *lines, Choices(options)))


def _is_question(guide: Guide, entry: Entry) -> bool:
    """`talks` is a question of the quick script and a day in the full one."""
    return entry.key in guide.script.by_key


def _keep(guide: Guide, entry: Entry, lines: list[Part], rest: str) -> str:
    try:
        if entry.key in FIGURES and not _is_question(guide, entry):
            return _keep_figure(guide, FIGURES[entry.key], entry)
        question = _question(guide, entry.key)
        ready = guide.read(question, entry.text)
        lines += replaced_note(guide, question)
        return cut(f"{entry.key}: {guide.keep(ready)}", 200)
    except TwoReadings as error:
        raise _asked(guide, entry, error, rest) from None
    except NearName as error:
        raise _which(guide, entry, error, rest) from None
    except Misread as error:
        wrong = Misread(
            error.wrong, understood=f"{entry.key}: {error.understood}".rstrip(" :"), example=error.example
        )
        raise wrong from None


def _asked(guide: Guide, entry: Entry, error: TwoReadings, rest: str) -> Ambiguous:
    start = f"set {ref(guide.book.plan.id)}: "
    first, second = error.readings
    options = [
        (plain_figure(first), start + rest.replace(entry.text, resolved(entry.text, thousands=False))),
        (plain_figure(second), start + rest.replace(entry.text, resolved(entry.text, thousands=True))),
    ]
    return Ambiguous(error.wrong, options, understood=f"{entry.key}: {error.understood}")


def _which(guide: Guide, entry: Entry, error: NearName, rest: str) -> Ambiguous:
    start = f"set {ref(guide.book.plan.id)}: "
    options = [(label, start + rest.replace(entry.text, said)) for label, said in error.options(entry.text)]
    return Ambiguous(error.wrong, options, understood=f"{entry.key}: {error.understood}")


def _question(guide: Guide, key: str) -> Question:
    question = guide.find(key)
    if question is None:
        raise Unknown(f"There is no question {excerpt(key)} for you.", example=EXAMPLE)
    return question


_ONE = frozenset({"volume", "horizon", "unit", "currency", "budget", "cost of capital"})


def _keep_figure(guide: Guide, figure: Figure, entry: Entry) -> str:
    if entry.key in _ONE and (more := re.search(r"(?:, |;|\n)\s*(\S.*)$", entry.text, re.S)):
        raise Misread(
            "I know no such answer. Nothing was changed.",
            understood=f"I read {excerpt(more[1])}.",
            example=EXAMPLE,
        )
    if not entry.text:
        raise Misread("I need something to set that to. Nothing was changed.", example=EXAMPLE)
    value = figure.read(guide, entry.text)
    plan = guide.book.plan
    setattr(plan, figure.column, value)
    if entry.key == "budget":
        plan.currency = price(entry.text, guide.turn.manners).currency or plan.currency
    guide.book.touch()
    return f"{entry.key}: {cut(_as_understood(guide, entry.key, value), 120)}"


def _as_understood(guide: Guide, key: str, value: object) -> str:
    """A figure as everywhere else that this member reads it, so that what was misread shows."""
    plan, turn = guide.book.plan, guide.turn
    figures = Figures.of(plan, turn.manners, turn.today)
    match value:
        case datetime():
            return moment(value, turn.now, turn.manners)
        case date():
            return figures.day(value)
        case Decimal() if key == "volume":
            return " ".join(
                f"{figures.number(value)} {units(plan.unit)} {'once' if plan.one_off else 'a year'}".split()
            )
        case Decimal() if key == "budget":
            return f"{figures.price(value)} {plan.currency}"
        case Decimal():
            return figures.share(value)
        case int():
            return plural(value, "month", manners=turn.manners)
        case _:
            return str(value)


def _write_out(guide: Guide, key: str) -> None:
    """The answer that the single figures are parts of follows them."""
    plan = guide.book.plan
    if key == "scope" and (plan.volume is None or (plan.horizon_months is None and not plan.one_off)):
        return
    if key:
        carry(guide, key)
    if key == "scope" and "deal" in guide.script.by_key and guide.is_open(guide.script.by_key["deal"]):
        carry(guide, "deal")


# ---- keys ----


def read_entries(guide: Guide, text: str) -> list[Entry]:
    """The keys with their texts. What follows a key belongs to it until the next field that starts with one."""
    found: list[list[str]] = []
    for field in _fields(text):
        key, rest = _key(guide, field, strict=bool(found))
        if key:
            found.append([key, rest])
        elif found:
            found[-1][1] += field
        else:
            raise Misread(
                "I know no such answer. Nothing was changed.",
                understood=f"I read {excerpt(field)}.",
                example=EXAMPLE,
            )
    return [Entry(key, rest.strip(" ,;\n")) for key, rest in found]


def _fields(text: str) -> list[str]:
    """The fields with the mark before each, so that they can be put together again."""
    return [piece for piece in re.split(r"(?=, |; ?|\n)", text) if piece.strip(" ,;\n")]


def _key(guide: Guide, field: str, *, strict: bool) -> tuple[str, str]:
    """The key at the beginning of a field, and the rest. `strict`: a shortened key is none."""
    body = field.lstrip(" ,;\n")
    words = re.findall(r"[^\s:=]+", body)[:3]
    for count in range(len(words), 0, -1):
        said = " ".join(words[:count])
        shortened = count == 1 and (not strict or bool(re.match(r"\S+?\s*[:=\d]", body)))
        key = _known(guide, said, strict=not shortened)
        if key:
            end = re.match(r"\s*".join(map(re.escape, words[:count])), body)
            assert end is not None
            return key, re.sub(r"^\s*[:=]?\s*", "", body[end.end() :])
    return "", field


def _known(guide: Guide, said: str, *, strict: bool) -> str:
    word = said.casefold()
    word = _ALIASES.get(word, word)
    keys = [*FIGURES, *guide.script.by_key, *guide.turn.scripts.keys]
    if word in keys:
        return word
    fitting = {key for key in keys if len(word) >= 3 and key.startswith(word)}
    return fitting.pop() if len(fitting) == 1 and not strict else ""

"""Adding, changing and removing alternatives."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.asking import asking_which
from handlers.batna.answer import answer
from handlers.batna.form import check_fields
from handlers.batna.form import new_form as _form
from handlers.errors import Misread, Unknown
from handlers.figures import cut
from handlers.plan_choice import ref
from handlers.prep.answers.alternatives import (
    EXAMPLE,
    AlternativeAnswer,
    is_own,
    read_alternative,
)
from handlers.prep.answers.costs import CostAnswer
from handlers.prep.answers.figures import plain_figure
from handlers.prep.feeding import find_alternative, keep_alternative
from handlers.prep.near_names import names_near
from handlers.reading.names import normal
from handlers.reading.near import NearName
from handlers.reading.pairs import is_quoted
from handlers.turn import Form, Reply
from handlers.wrong_fields import WrongFields
from storage.tables import Alternative

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from handlers.command import Turn
    from storage.book import PlanBook

_BY_ID = re.compile(r"id:(\d{1,16})(?=\s|,|:|=|$)")
_NONE = re.compile(r"none|nothing|no|nobody|no alternative", re.IGNORECASE)
_QUOTED = re.compile(r'\s*"([^"]*\w[^"]*)"(?=.*\d)', re.DOTALL)
_DETAILS = re.compile(r"[=\d]")


def add(turn: Turn, book: PlanBook, rest: str) -> Reply:
    """Add an alternative; without figures a form asks for them."""
    if turn.values is not None:
        check_fields(turn, turn.values)
        return _keep(turn, book, _from_form(turn.values), "add")
    if _NONE.fullmatch(rest.strip(' ".')):
        raise Misread(
            "That is no alternative. If there is none at all, say it as the answer:",
            example=f"set {cut(book.plan.supplier, 24)}: alts none",
        )
    if not _DETAILS.search(rest):
        return Reply(form=_form(f"batna {ref(book.plan.id)} add", "New alternative", name=rest.strip(' "')))
    return _keep(turn, book, rest, "add")


def set_(turn: Turn, book: PlanBook, rest: str) -> Reply:
    """Change an alternative; without anything to change a form shows what there is."""
    quoted = _QUOTED.match(rest)
    if quoted is not None and find_alternative(book.rows(Alternative), quoted[1]) is None:
        return _keep(turn, book, rest, "add")
    row, said = _named(turn, book, "set", rest)
    if turn.values is not None:
        return _replace(turn, book, row, turn.values)
    if not said:
        return Reply(form=_form_of(row, f"batna {ref(book.plan.id)} set id:{row.id}"))
    return _keep(turn, book, f"{_quoted(row.name)}: {said}", "set")


def remove(turn: Turn, book: PlanBook, rest: str) -> Reply:
    """Take an alternative out of the plan."""
    row, said = _named(turn, book, "remove", rest)
    if said:
        raise Misread("I remove one alternative at a time, by its name.", example=f"batna remove {row.name}")
    book.remove(row)
    return Reply(answer(turn, book, to_self=True, first=f"Removed: {cut(row.name, 40)}."))


def _named(turn: Turn, book: PlanBook, verb: str, rest: str) -> tuple[Alternative, str]:
    """The alternative that stands at the beginning, and what follows. Raises Unknown, or asks where a name is only near."""
    rows = book.rows(Alternative)
    by_id = _BY_ID.match(rest)
    if by_id is not None:
        found = next((row for row in rows if row.id == int(by_id[1])), None)
        if found is not None:
            return found, rest[by_id.end() :].lstrip(" :=,").strip()
    ends = [word.end() for word in re.finditer(r"[^\s:=]+", rest)][:6]
    for end in reversed(ends):
        found = find_alternative(rows, rest[:end].strip('"'))
        if found is not None:
            return found, rest[end:].lstrip(" :=,").strip()
    with asking_which(turn, f"batna {ref(book.plan.id)} {verb} {rest}"):
        name = re.split(r"\s*[:=,]|\s+(?=[\d.,]*\d)", rest.strip(), maxsplit=1)[0]
        _refuse_near(book, name, "Add" if verb == "set" and _DETAILS.search(rest) else "")
    there = ", ".join(row.name for row in rows) or "none yet"
    raise Unknown(f"That is no alternative of this plan. There: {cut(there, 200)}.", example=f"add {EXAMPLE}")


def _refuse_near(book: PlanBook, name: str, adds: str) -> None:
    """Raises NearName where a name is nearly that of an alternative: whose figures these are has to be asked."""
    known = () if is_quoted(name) else names_near(name, book.rows(Alternative), normal)
    if known:
        raise NearName(name, known, adds=adds)


def _keep(turn: Turn, book: PlanBook, text: str, verb: str) -> Reply:
    with asking_which(turn, f"batna {ref(book.plan.id)} {verb} {text}"):
        said = read_alternative(text, turn.manners, turn.today)
        before = find_alternative(book.rows(Alternative), said.name)
        if before is None and not said.quoted:
            _refuse_near(book, said.name, "Add")
    row = keep_alternative(book, _merged(said, before))
    done = "Kept" if before is None else "Changed"
    return Reply(answer(turn, book, to_self=True, first=_done(done, row, said.note)))


def _done(done: str, row: Alternative, note: str) -> str:
    """What was kept; words that are no figure are said back, so that nobody takes them for one."""
    noted = f" Noted: {cut(note, 60)}." if note else ""
    return f"{done}: {cut(row.name, 30)}.{noted}{_missing(row)}"


def _merged(said: AlternativeAnswer, before: Alternative | None) -> AlternativeAnswer:
    """Costs named again take the place of the old ones, the others stay; so do notes."""
    if before is None:
        return said
    if said.note and before.note and said.note not in before.note:
        said = replace(said, note=f"{before.note}; {said.note}")
    if not said.items:
        return said
    items = {normal(item["name"]): _cost(item) for item in before.items}
    items |= {normal(item.name): item for item in said.items}
    return replace(said, items=tuple(items.values()))


def _cost(stored: Mapping[str, object]) -> CostAnswer:
    return CostAnswer(
        str(stored["name"]),
        Decimal(str(stored["amount"])),
        str(stored.get("kind", "unit")),
        bool(stored.get("estimate")),
        str(stored.get("note") or ""),
    )


def _missing(row: Alternative) -> str:
    """What would still say how strong it is."""
    open_ = [
        word
        for word, known in (
            ("chance", row.chance is not None),
            ("until when", row.valid_until is not None or row.status == "own"),
            ("weeks to start", row.lead_days is not None or row.latest_start is not None),
        )
        if not known
    ]
    return f" Still open: {', '.join(open_)}." if open_ else ""


# ---- the form ----


def _form_of(row: Alternative, words: str) -> Form:
    return _form(
        words,
        f"Change {cut(row.name, 14)}",
        name=row.name,
        price="" if row.price is None else plain_figure(row.price),
        costs="\n".join(_cost_line(_cost(item)) for item in row.items),
        chance="" if row.chance is None else f"{plain_figure(row.chance * 100)} %",
        until=row.valid_until.isoformat() if row.valid_until else "",
        lead="" if row.lead_days is None else _lead(row.lead_days),
        more=", ".join(_without_field(row)),
    )


def _without_field(row: Alternative) -> Iterator[str]:
    """What no other field holds, as it would be typed: a form that is sent as it stands must change nothing."""
    derived = "quoted" if row.valid_until else "own" if is_own(row.name) else "unquoted"
    if row.status != derived:
        yield row.status
    if row.uplift:
        yield f"uplift {plain_figure(row.uplift * 100)} %"
    if row.note:
        yield row.note


def _cost_line(cost: CostAnswer) -> str:
    kind = {"once": "one-off ", "year": "yearly "}.get(cost.kind, "")
    amount = plain_figure(cost.amount)
    line = f"{kind}{amount} {cost.name}" if kind else f"{cost.name} {amount}"
    return f"{line} ({cost.note})" if cost.note else line


def _lead(days: int) -> str:
    return f"{days // 7} weeks" if days % 7 == 0 else f"{days} days"


def _from_form(values: Mapping[str, str]) -> str:
    """The fields of the form as the line that says the same."""
    said = {key: value.strip() for key, value in values.items()}
    chance = said.get("chance", "")
    fields = [
        *([f"price {said['price']}"] if said.get("price") else []),
        *filter(None, (line.strip(" ,") for line in said.get("costs", "").split("\n"))),
        *([f"chance {chance}" if chance[0].isdigit() else chance] if chance else []),
        *([f"until {said['until']}"] if said.get("until") else []),
        *([f"lead {said['lead']}"] if said.get("lead") else []),
        *filter(None, (said.get("more"),)),
    ]
    return f"{_quoted(said['name'])}: {', '.join(fields)}" if fields else _quoted(said["name"])


def _quoted(name: str) -> str:
    return f'"{name.replace(chr(34), "")}"'


def _replace(turn: Turn, book: PlanBook, row: Alternative, values: Mapping[str, str]) -> Reply:
    """What stands in the form is all that holds from now on: what was emptied is gone."""
    check_fields(turn, values, row.valid_until)
    said = read_alternative(_from_form(values), turn.manners, turn.today)
    others = [one for one in book.rows(Alternative) if one.id != row.id]
    if (taken := find_alternative(others, said.name)) is not None:
        wrong = Misread(f"There is an alternative called {cut(taken.name, 40)} already.", example="Borg")
        raise WrongFields([("name", "Name", wrong)])
    row.name, row.normal = said.name, normal(said.name)
    row.price, row.chance, row.valid_until = said.price, said.chance, said.valid_until
    row.lead_days, row.uplift, row.note = said.lead_days, said.uplift, said.note
    row.status = said.status or "unquoted"
    row.items = []
    keep_alternative(book, said)
    return Reply(answer(turn, book, to_self=True, first=_done("Changed", row, said.note)))

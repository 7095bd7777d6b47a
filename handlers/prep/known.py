"""What the rows of a plan say to a question that nobody answered in words: a command put them there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.prep.carrying import composed
from handlers.prep.echo import length
from handlers.terms.rules import role_of
from storage.tables import Alternative, ListItem, Mandate, Stakeholder, Term, Trade

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.prep.guide import Guide

_NAMED_BY_PLAN = "supplier"  # what a plan is called says nothing of which legal entity it is


def known(guide: Guide, key: str) -> str:
    """What is known on one line, in words that could be typed; empty where nothing is."""
    if key == _NAMED_BY_PLAN:
        return ""
    write = _WRITERS.get(key)
    return write(guide) if write else composed(guide, key)


def _places(row: Term) -> str:
    """`3.45/3.70/4.05`, with `-` for what is open."""
    values = (row.opening, row.target, row.stop)
    if not any(values):
        return ""
    return "/".join(value or "-" for value in values)


def _main(guide: Guide) -> str:
    rows = [row for row in guide.book.rows(Term) if role_of(row.name) == "price"]
    return _places(rows[0]) if rows else ""


def _others(guide: Guide) -> str:
    rows = [row for row in guide.book.rows(Term) if role_of(row.name) != "price"]
    said = [(f"{row.name} {row.unit}".strip(), _places(row)) for row in rows]
    return "; ".join(f"{name} {places}" for name, places in said if places)


def _exchange(guide: Guide) -> str:
    rows = [row for row in guide.book.rows(Term) if row.worth is not None]
    return "; ".join(f"{row.name} = {guide.figures.number(row.worth or 0)}" for row in rows)


def _reasons(guide: Guide) -> str:
    return "; ".join(f"{row.name}: {row.reason}" for row in guide.book.rows(Term) if row.reason)


def _alts(guide: Guide) -> str:
    return "; ".join(_alternative(guide, row) for row in guide.book.rows(Alternative))


def _alternative(guide: Guide, row: Alternative) -> str:
    figures = guide.figures
    parts = [row.name if row.price is None else f"{row.name} {figures.price(row.price)}"]
    parts += [f"{item['name']} {item['amount']}" for item in row.items]
    parts += [figures.share(row.chance)] if row.chance is not None else []
    parts += [f"until {figures.day(row.valid_until)}"] if row.valid_until else []
    parts += [length(row.lead_days)] if row.lead_days is not None else []
    return ", ".join(parts)


def _default(guide: Guide) -> str:
    inaction = {"it rolls over", "nothing happens"}
    return "; ".join(row.note or row.name for row in guide.book.rows(Alternative) if row.normal in inaction)


def _mandate(guide: Guide) -> str:
    rows = guide.book.rows(Mandate)
    if not rows:
        return ""
    newest, figures = rows[-1], guide.figures
    until = f" until {figures.day(newest.valid_until)}" if newest.valid_until else ""
    return f"{figures.price(newest.ceiling)} by {newest.by}{until}"


def _trades(guide: Guide) -> str:
    def one(row: Trade) -> str:
        return f"never {row.we}" if row.never else f"{row.we} if {row.if_they}" if row.if_they else row.we

    return "; ".join(map(one, guide.book.rows(Trade)))


def _roles(guide: Guide, *, signing: bool) -> str:
    rows = guide.book.rows(Stakeholder)
    return "; ".join(
        f"{row.role}: {row.requirement}" for row in rows if row.requirement and _signs(row) is signing
    )


def _signs(row: Stakeholder) -> bool:
    said = row.requirement.casefold()
    return any(word in said for word in ("sign", "up to ", "above "))


def _listed(name: str) -> Callable[[Guide], str]:
    def write(guide: Guide) -> str:
        rows = guide.book.rows(ListItem, list=name)
        return "; ".join(f"{row.text} -> {row.answer}" if row.answer else row.text for row in rows)

    return write


_WRITERS: dict[str, Callable[[Guide], str]] = {
    "main": _main,
    "others": _others,
    "exchange": _exchange,
    "reasons": _reasons,
    "alts": _alts,
    "default": _default,
    "mandate": _mandate,
    "trades": _trades,
    "limits": lambda guide: _roles(guide, signing=False),
    "signer": lambda guide: composed(guide, "signer") or _roles(guide, signing=True),
    "ask": _listed("question"),
    "open": _listed("open"),
    "objections": _listed("objection"),
}

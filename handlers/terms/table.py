"""The terms of a plan as a table, and what of them is only guessed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from handlers.facts import term_spec
from handlers.figures import WIDTH, Figures, cut, flow
from handlers.plan_choice import ref
from handlers.terms.rules import disorders, role_of
from handlers.turn import Choice, Choices, Heading, Note, Table, Text, Warn
from storage.tables import Term

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.command import Turn
    from handlers.facts import Source
    from handlers.terms.rules import TermSpec
    from handlers.turn import Part

MOST = 8
COLUMNS = ("term", "open", "target", "stop", "weight")


def terms_parts(turn: Turn, source: Source, *, first: str = "", every: bool = False) -> tuple[Part, ...]:
    """Heading, table, guesses and buttons; the terms past the first few behind a button."""
    figures = Figures.of(source.plan, turn.manners, turn.today)
    specs = [term_spec(row, source.plan.volume) for row in source.rows(Term)]
    shown = specs if every else specs[:MOST]
    parts: list[Part] = [Text((cut(first),))] if first else []
    parts.append(Heading(f"{cut(source.plan.supplier, 40)} · terms"))
    if shown:
        parts.append(Table(COLUMNS, tuple(_row(term, figures) for term in shown), frozenset((1, 2, 3, 4))))
    else:
        parts.append(Text(("No terms yet. For example:", f"  {_example(source.plan.supplier)}")))
    wrong = tuple(line for term in shown for line in _wrong(term, figures))
    guesses = flow((guess for term in shown for guess in _guesses(term, figures)), ", ")
    levels = flow((said for term in shown for said in _levels(term, figures)), "; ")
    parts += [Note(levels)] if levels else []
    parts += [Warn(wrong)] if wrong else []
    parts += [Note(("Guess of their side:", *guesses))] if guesses else []
    return (*parts, *_buttons(source, hidden=len(specs) - len(shown)))


def _example(supplier: str) -> str:
    """A line that works as it stands: without a name that is too long for it, since the plan was just named."""
    line = f"term {supplier} price: open 3.45, target 3.70, stop 4.05"
    return line if len(line) <= WIDTH - 2 else "term price: open 3.45, target 3.70, stop 4.05"


def _row(term: TermSpec, figures: Figures) -> tuple[str, ...]:
    values = (figures.value(term, value) for value in (term.opening, term.target, term.stop))
    return (cut(called(term, figures), 26), *(cut(value, 10) for value in values), _weight(term, figures))


def called(term: TermSpec, figures: Figures) -> str:
    """A term with its unit: `price EUR/pc`, `lead days`."""
    if role_of(term.name) == "price" and not term.levels:
        return f"{term.name} {figures.each()}"
    return f"{term.name} {term.unit}".strip()


def _weight(term: TermSpec, figures: Figures) -> str:
    if term.kind == "must":
        return "must"
    weight = figures.number(term.weight) if term.weight else "-"
    return f"{weight} nice" if term.kind == "nice" else weight


def _levels(term: TermSpec, figures: Figures) -> Iterator[str]:
    """What the levels of a term that goes by levels are worth to us."""
    if term.levels:
        scores = (f"{name} {figures.number(score)}" for name, score in term.levels.items())
        yield f"{term.name}: {', '.join(scores)}"


def _guesses(term: TermSpec, figures: Figures) -> Iterator[str]:
    if term.their_stop is not None:
        yield f"{term.name} stop {figures.value(term, term.their_stop)}"
    if term.their_weight is not None:
        yield f"{term.name} weight {figures.number(term.their_weight)}"
    if term.their_levels:
        levels = ", ".join(f"{name} {figures.number(score)}" for name, score in term.their_levels.items())
        yield f"{term.name} levels {levels}"


def _wrong(term: TermSpec, figures: Figures) -> Iterator[str]:
    for wrong in disorders(term)[:1]:
        better = figures.value(term, getattr(term, wrong.better))
        worse = figures.value(term, getattr(term, wrong.worse))
        yield cut(f"{term.name}: {wrong.worse} {worse} suits us better than {wrong.better} {better}")


def _buttons(source: Source, *, hidden: int) -> tuple[Choices, ...]:
    plan = ref(source.plan.id)
    options: list[Choice] = []
    if hidden > 0:
        options.append(Choice(f"{hidden} more", f"terms {plan} all"))
    if source.may_edit:
        options.append(Choice("Add term", f"term {plan} new", primary=not source.rows(Term)))
        if source.rows(Term):
            options += [
                Choice("Edit term", f"term {plan} edit"),
                Choice("Reorder", f"terms {plan} order"),
            ]
    return (Choices(tuple(options)),) if options else ()

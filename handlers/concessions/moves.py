"""What moved, as it is typed, as the moves that the log keeps."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from handlers.errors import Misread
from handlers.prep.answers.figures import plain_value
from handlers.reading.pairs import split_fields, unquoted
from handlers.reading.plain import excerpt
from handlers.reading.trades import EXAMPLE, Step, read_step, read_trade
from handlers.terms.values import read_value

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from handlers.concessions.rules import Side
    from handlers.manners import Manners
    from handlers.terms.names import TermNames
    from handlers.terms.rules import Value
    from storage.tables import Term

Moves = list[dict[str, Any]]
_LONGEST = 300
_PRIVATE, _MOST_HIDDEN = 0xE000, 0x17FF  # letters that nobody types


class MoveReader:
    """Reads moves on the terms of one plan. `stood` has each side's position: (side, term name) -> value."""

    def __init__(
        self,
        names: TermNames,
        manners: Manners,
        currency: str,
        stood: Mapping[tuple[Side, str], Value],
    ) -> None:
        self._names = names
        self._manners = manners
        self._currency = currency
        self._stood = stood
        self._names_hidden: list[str] = []

    def trade(self, text: str, mover: Side) -> tuple[Moves, Moves]:
        """Our moves and theirs, from `what the mover moved for what came back`. Raises Misread."""
        other: Side = "theirs" if mover == "ours" else "ours"
        said = read_trade(self._hidden(text))
        moved, returned = self._moves(said.ours, mover), self._moves(said.returned, other)
        return (moved, returned) if mover == "ours" else (returned, moved)

    def side(self, text: str, side: Side) -> Moves:
        """The moves of one side alone, from a field of a form; empty text is none. A `for` parts nothing here."""
        return self._moves([read_step(field) for field in split_fields(self._hidden(text))], side)

    def _hidden(self, text: str) -> str:
        """The text with a letter of private use for each name that has quotes or figures of its own, so that no figure
        of a name is taken for a value."""

        def hide(found: re.Match[str]) -> str:
            self._names_hidden.append(found["name"])
            return chr(_PRIVATE + len(self._names_hidden) - 1)

        return self._names.with_figures(text, hide)

    def _open(self, text: str) -> str:
        return re.sub(
            rf"[{chr(_PRIVATE)}-{chr(_PRIVATE + _MOST_HIDDEN)}]",
            lambda found: self._names_hidden[ord(found[0]) - _PRIVATE],
            text,
        )

    def _moves(self, steps: Sequence[Step], side: Side) -> Moves:
        moves = [self._move(self._opened(step), side) for step in steps]
        named = [move["term"] for move in moves if "term" in move]
        if len(named) != len(set(named)):
            raise Misread("One term is there twice on the same side.", example=EXAMPLE)
        return moves

    def _opened(self, step: Step) -> Step:
        before, after = (None if said is None else self._open(said) for said in (step.before, step.after))
        return Step(self._open(step.subject), before, after)

    def _move(self, step: Step, side: Side) -> dict[str, Any]:
        if step.after is None:
            return self._unmeasured(step.subject, side)
        term = self._names.find(step.subject, adds="" if step.before else "Favour:")
        if term is not None:
            return self._step(term, step.before, step.after, side)
        if step.before is not None:
            raise self._names.unknown(step.subject)
        return {"favour": _short(f"{unquoted(step.subject)} {step.after}")}

    def _unmeasured(self, words: str, side: Side) -> dict[str, Any]:
        """A favour; or the level of a term, which needs no figure: `incoterm DAP`."""
        found = self._names.split(words, certain=True)
        if found is not None and found[0].levels and found[1]:
            return self._step(found[0], None, found[1], side)
        return {"favour": _short(words)}

    def _step(self, term: Term, before: str | None, after: str, side: Side) -> dict[str, Any]:
        now = self._value(term, after)
        stood = self._stood.get((side, term.name))
        was = self._value(term, before) if before is not None else None if stood is None else str(stood)
        if was == now:
            raise Misread(
                f"{term.name} stands at {now} already, so nothing moved.",
                understood=f"I read {excerpt(f'{term.name} {was} -> {now}')}.",
                example=EXAMPLE,
            )
        return {"term": term.normal, "before": was, "after": now}

    def _value(self, term: Term, text: str) -> str:
        return read_value(term, text, self._manners, currency=self._currency)


def _short(favour: str) -> str:
    line = " ".join(favour.split())
    if not any(map(str.isalnum, line)):
        raise Misread(
            "That says nothing of what moved.", understood=f"I read {excerpt(line)}.", example=EXAMPLE
        )
    if len(line) > _LONGEST:
        raise Misread("That is too long for one favour.", understood=f"I read {excerpt(line)}.")
    return line


def moves_text(moves: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> str:
    """Moves as they could be typed again: `lead 21 -> 28, cap 0 -> 2`."""
    return ", ".join(_text(move, names) for move in moves)


def _text(move: Mapping[str, Any], names: Mapping[str, str]) -> str:
    if "favour" in move:
        return str(move["favour"])
    name = names.get(move["term"], move["term"])
    before = f"{plain_value(move['before'])} -> " if move.get("before") is not None else ""
    return f"{name} {before}{plain_value(move['after'])}"

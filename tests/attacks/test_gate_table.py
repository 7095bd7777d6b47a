"""For whom the gate opens, row by row: nothing here asks the gate what is right."""

from __future__ import annotations

import dataclasses

import pytest

from handlers.gate import Alone, Everyone, Shown, is_inside, seal, unseal
from handlers.turn import Channel, Mark, Person, Reply, Text


@pytest.mark.parametrize("home", [True, False, None])
@pytest.mark.parametrize("guest", [True, False, None])
def test_inside_is_who_surely_belongs_to_the_workspace_and_is_no_guest(
    home: bool | None, guest: bool | None
) -> None:
    assert is_inside(Person("ann", home=home, guest=guest), ()) is ((home, guest) == (True, False))


ANN, BEN = (
    Person(name, name, home=True, guest=False, email=f"{name}@buyer.example") for name in ("ann", "ben")
)
GUEST, UNKNOWN = Person("ann", home=True, guest=True), Person("ann", home=None, guest=False)
INNER = Channel("c1", present=True, shared=False, people=(ANN, BEN), joinable=False)
ALL, NONE_BUT_OPEN = frozenset(Mark), frozenset({Mark.OPEN})


@pytest.mark.parametrize(
    ("listeners", "consent", "opened"),
    [
        (Alone(ANN), None, ALL),
        (Alone(BEN), None, {Mark.OPEN, Mark.INSIDE}),
        (Alone(GUEST), None, NONE_BUT_OPEN),
        (Alone(UNKNOWN), None, NONE_BUT_OPEN),
        (Everyone(INNER), None, {Mark.OPEN, Mark.INSIDE}),
        (Everyone(INNER), "c2", {Mark.OPEN, Mark.INSIDE}),
        (Everyone(INNER), "c1", ALL - {Mark.OWNER}),
        (Everyone(dataclasses.replace(INNER, people=(ANN, GUEST))), "c1", NONE_BUT_OPEN),
        (Everyone(dataclasses.replace(INNER, people=(ANN, UNKNOWN))), "c1", NONE_BUT_OPEN),
        (Everyone(dataclasses.replace(INNER, people=())), "c1", NONE_BUT_OPEN),
        (Everyone(dataclasses.replace(INNER, people=None)), "c1", NONE_BUT_OPEN),
        (Everyone(dataclasses.replace(INNER, shared=True)), "c1", NONE_BUT_OPEN),
        (Everyone(dataclasses.replace(INNER, shared=None)), "c1", NONE_BUT_OPEN),
        (Everyone(None), "c1", NONE_BUT_OPEN),
    ],
)
@pytest.mark.parametrize("mark", Mark)
@pytest.mark.parametrize("by_reading", [True, False], ids=["by what was read", "by what it says of itself"])
def test_what_opens_for_whom(
    listeners: Alone | Everyone, consent: str | None, opened: frozenset[Mark], mark: Mark, by_reading: bool
) -> None:
    """Made for ann; ben is a colleague. Everything that is not in this table stays shut."""
    own, read = (Mark.OPEN, mark) if by_reading else (mark, Mark.OPEN)
    sealed = seal(Reply((Text(("42",)),), mark=own, consent=consent), read, (), "ann", set())
    assert isinstance(unseal(sealed, listeners), Shown) is (mark in opened)

"""Rounds: where both sides stood, in order of time."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from hypothesis import given
from hypothesis import strategies as st

from handlers.concessions.rules import Entry, Offered, Round, path, positions, rounds, stands
from tests.handlers.worked import LOG, OFFERS, moment, step

if TYPE_CHECKING:
    from handlers.concessions.rules import Side

D = Decimal


def day_of(at: datetime) -> date:
    return at.date()


def of(offers: list[Offered], log: list[Entry], term: str = "price") -> tuple[Round, ...]:
    sides: tuple[Side, Side] = ("ours", "theirs")
    return rounds({side: stands(side, term, offers, log) for side in sides}, day_of)


def shown(found: tuple[Round, ...]) -> list[tuple[str, str, str]]:
    return [
        (
            f"{'before ' if one.before else ''}{one.day:%d.%m}",
            str(one.values.get("ours", "-")),
            str(one.values.get("theirs", "-")),
        )
        for one in found
    ]


def offer(side: Side, at: datetime, price: str, seq: int = 0) -> Offered:
    return Offered(side, at, {"price": D(price)}, seq)


def test_the_worked_purchase_is_a_round_a_day() -> None:
    assert shown(of(OFFERS, LOG))[:3] == [
        ("18.03", "3.45", "4.12"),
        ("25.03", "3.58", "3.95"),
        ("01.04", "3.68", "3.80"),
    ]


def test_a_day_in_which_a_side_moves_again_has_another_round() -> None:
    at = moment(18, 3)
    found = of(
        [
            offer("theirs", at, "4.12", 1),
            offer("ours", at, "3.45", 2),
            offer("ours", at, "3.50", 3),
            offer("theirs", at, "4.00", 4),
        ],
        [],
    )
    assert shown(found) == [("18.03", "3.45", "4.12"), ("18.03", "3.50", "4.00")]


def test_where_a_move_came_from_stands_before_its_day() -> None:
    entry = Entry(
        1, "ours", (step("ours", "price", "3.45", "3.58"),), (step("theirs", "price", "4.12", "3.95"),),
        moment(25, 3),
    )  # fmt: skip
    assert shown(of([], [entry])) == [("before 25.03", "3.45", "4.12"), ("25.03", "3.58", "3.95")]


def test_what_stood_before_a_day_comes_before_it_and_what_lies_between_its_moves_between_them() -> None:
    at = moment(18, 3)
    later = Entry(1, "theirs", (), (step("theirs", "price", "4.12", "3.95"),), moment(18, 3, 12))
    assert shown(of([offer("ours", at, "3.45")], [later])) == [
        ("before 18.03", "-", "4.12"),
        ("18.03", "3.45", "3.95"),
    ]
    between = Entry(1, "ours", (step("ours", "price", "3.50", "3.60"),), (), moment(18, 3, 12))
    assert shown(of([offer("ours", at, "3.45")], [between])) == [
        ("18.03", "3.45", "-"),
        ("18.03", "3.50", "-"),
        ("18.03", "3.60", "-"),
    ]


def test_a_side_that_said_nothing_has_no_value_and_nothing_gives_no_round() -> None:
    assert shown(of([offer("theirs", moment(18, 3), "4.12")], [])) == [("18.03", "-", "4.12")]
    assert of([], []) == ()


def test_a_correction_counts_in_the_place_of_what_it_corrects() -> None:
    first = Entry(1, "ours", (step("ours", "price", "3.45", "3.58"),), (), moment(18, 3))
    mended = Entry(2, "ours", (step("ours", "price", "3.45", "3.55"),), (), moment(25, 3), corrects=1)
    assert shown(of([], [first, mended])) == [("before 18.03", "3.45", "-"), ("18.03", "3.55", "-")]


MOVES = st.lists(
    st.tuples(
        st.sampled_from(("ours", "theirs")),
        st.integers(0, 40),
        st.integers(1, 9),
        st.one_of(st.none(), st.integers(1, 9)),
    ),
    max_size=12,
)


def told(moves: list[tuple[Side, int, int, int | None]]) -> tuple[list[Offered], list[Entry]]:
    """Offers and entries of the log, in order of recording."""
    start = datetime(2026, 3, 2, tzinfo=UTC)
    offers: list[Offered] = []
    log: list[Entry] = []
    for seq, (side, hours, after, before) in enumerate(sorted(moves, key=lambda move: move[1])):
        at = start + timedelta(hours=hours * 6)
        if before is None:
            offers.append(offer(side, at, str(after), seq))
        elif before != after:
            moved = (step(side, "price", str(before), str(after)),)
            ours, theirs = (moved, ()) if side == "ours" else ((), moved)
            log.append(Entry(len(log) + 1, side, ours, theirs, at, seq=seq))
    return offers, log


@given(MOVES)
def test_nothing_is_invented_and_the_end_is_where_both_stand(
    moves: list[tuple[Side, int, int, int | None]],
) -> None:
    offers, log = told(moves)
    found = of(offers, log)
    standing = positions(offers, log)
    last = found[-1].values if found else {}
    assert {(side, "price"): value for side, value in last.items()} == standing
    for side in ("ours", "theirs"):
        values = [one.values[side] for one in found if side in one.values]
        kept = [value for at, value in enumerate(values) if at == 0 or value != values[at - 1]]
        assert kept == [point.value for point in path(side, "price", offers, log)]
    days = [(one.day, not one.before) for one in found]
    assert days == sorted(days)


@given(MOVES)
def test_stands_tell_the_same_as_the_path(moves: list[tuple[Side, int, int, int | None]]) -> None:
    offers, log = told(moves)
    for side in ("ours", "theirs"):
        points = path(side, "price", offers, log)
        found = stands(side, "price", offers, log)
        assert [(one.value, one.moment[0], one.entry) for one in found] == [
            (point.value, point.at, point.entry) for point in points
        ]
        assert all(one.entry is not None for one in found if one.before)

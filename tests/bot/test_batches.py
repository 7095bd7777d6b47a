"""Parting things into batches: in order, nothing left out, none too large where that can be helped."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bot.batches import batches


def test_as_many_as_fit() -> None:
    assert list(batches("aabbbc", ord, 3 * ord("c"))) == [["a", "a", "b"], ["b", "b", "c"]]
    assert list(batches([5, 1, 1, 9, 1], int, 6)) == [[5, 1], [1], [9], [1]]
    assert list(batches([0, 0, 0], int, 6, most=2)) == [[0, 0], [0]]
    assert list(batches([], int, 6)) == []


@given(st.lists(st.integers(0, 20)), st.integers(1, 30), st.integers(1, 5))
def test_nothing_is_left_out_and_nothing_is_too_large(sizes: list[int], room: int, most: int) -> None:
    found = list(batches(sizes, int, room, most))
    assert [one for batch in found for one in batch] == sizes
    assert all(len(batch) == 1 or sum(batch) <= room for batch in found)
    assert all(0 < len(batch) <= most for batch in found)
    # each batch was full: the next item had no room in it
    assert all(len(one) == most or sum(one) + after[0] > room for one, after in pairwise(found))

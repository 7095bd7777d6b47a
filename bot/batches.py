"""Things in their order, parted into batches that are small enough for a message, a row or a card. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

T = TypeVar("T")


def batches(
    items: Iterable[T], size: Callable[[T], int], room: int, most: int | None = None
) -> Iterator[list[T]]:
    """As many items in each batch as their sizes together fit the `room`, and at most `most`; never none. What is larger than
    the room stands alone."""
    batch: list[T] = []
    used = 0
    for item in items:
        needed = size(item)
        if batch and (len(batch) == most or used + needed > room):
            yield batch
            batch, used = [], 0
        batch.append(item)
        used += needed
    if batch:
        yield batch

"""Asking back where a figure such as `1.200` has two readings, or a name is only nearly one that is there."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from handlers.errors import Ambiguous
from handlers.prep.answers.figures import TwoReadings, plain_figure, resolved
from handlers.reading.near import NearName

if TYPE_CHECKING:
    from collections.abc import Iterator

    from handlers.command import Turn


@contextmanager
def asking_which(turn: Turn, words: str) -> Iterator[None]:
    """Inside, a figure with two readings, or a near name, becomes a question with a button for each. `words` is the line
    that was read.

    Figures and names in a form are shown as they were typed instead, with an example: a form is corrected where it stands.
    """
    try:
        yield
    except TwoReadings as odd:
        if turn.values is not None:
            raise
        low, high = odd.readings
        options = [
            (plain_figure(low), resolved(words, thousands=False)),
            (plain_figure(high), resolved(words, thousands=True)),
        ]
        raise Ambiguous(f"{odd.wrong} Nothing was changed.", options, understood=odd.understood) from None
    except NearName as odd:
        if turn.values is not None:
            raise
        raise Ambiguous(odd.wrong, odd.options(words), understood=odd.understood) from None

from __future__ import annotations

import pytest

from handlers.errors import Misread
from handlers.reading.choices import is_dont_know, read_yes_no


@pytest.mark.parametrize(
    "typed", ["yes", "Y", "YES!", "yep", "ok", "Yes, please", "true", "👍", "ja", "sure."]
)
def test_yes(typed: str) -> None:
    assert read_yes_no(typed) is True


@pytest.mark.parametrize("typed", ["no", "N", "No.", "nope", "not yet", "false", "👎", "don’t", "no, thanks"])
def test_no(typed: str) -> None:
    assert read_yes_no(typed) is False


@pytest.mark.parametrize(
    "typed", ["", "maybe", "yes and no", "3", "yesno", "CFO yes; me up to 100k", "y" * 10_000]
)
def test_neither(typed: str) -> None:
    with pytest.raises(Misread):
        read_yes_no(typed)


@pytest.mark.parametrize(
    "typed",
    [
        "don't know",
        "Don’t know.",
        "I don't know yet"[:12],
        "dunno",
        "?",
        "???",
        "no idea!",
        "unknown",
        "n/a",
        "N/A",
        "TBD",
        "not sure",
        "🤷",
        "🤷‍♀️",
        "idk?",
    ],
)
def test_not_knowing(typed: str) -> None:
    assert is_dont_know(typed)


@pytest.mark.parametrize(
    "typed",
    ["", " ", "none", "nobody yet", "-", "no", "3.95?", "what?", "we don't know their cost", "?" * 500],
)
def test_knowing_something(typed: str) -> None:
    assert not is_dont_know(typed)

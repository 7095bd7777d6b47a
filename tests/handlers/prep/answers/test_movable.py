"""What a sentence says of terms: which can move, which cannot."""

from __future__ import annotations

import pytest

from handlers.prep.answers.movable import kinds_said, terms_needed

TERMS = {"price", "payment days", "lead time", "warranty", "inspection", "firm volume", "tooling moulds"}


def known(words: str) -> str | None:
    return words if words in TERMS else None


@pytest.mark.parametrize(
    ("text", "must", "flexible", "nice"),
    [
        ("payment days, lead time and warranty move; inspection does not",
         {"inspection"}, {"payment days", "lead time", "warranty"}, set()),
        ("price cannot move but payment days can", {"price"}, {"payment days"}, set()),
        ("lead time can move and price can't", {"price"}, {"lead time"}, set()),
        ("fixed: price, inspection\nmay move: warranty, lead time", {"price", "inspection"}, {"warranty", "lead time"}, set()),
        ("Warranty is negotiable. Inspection is a must.", {"inspection"}, {"warranty"}, set()),
        ("warranty is not a must", set(), {"warranty"}, set()),
        ("a longer warranty would be nice to have", set(), set(), {"warranty"}),
        ("firm volume can move", set(), {"firm volume"}, set()),
        ("tooling and moulds, price: neither can't move", {"tooling moulds", "price"}, set(), set()),
        ("warranty, inspection", set(), set(), set()),
        ("the colour of the box moves", set(), set(), set()),
        ("", set(), set(), set()),
    ],
)  # fmt: skip
def test_which_points_move(text: str, must: set[str], flexible: set[str], nice: set[str]) -> None:
    said = kinds_said(text, known)
    assert {kind: {name for name, now in said.items() if now == kind} for kind in ("must", "flexible", "nice")} == {
        "must": must, "flexible": flexible, "nice": nice,
    }  # fmt: skip


def test_what_somebody_inside_needs() -> None:
    said = terms_needed(
        "first-article inspection\n45 days lead time at most; warranty is nice to have", known
    )
    assert said == {"lead time": "must", "warranty": "nice", "inspection": "must"}
    assert terms_needed("our liability clause", known) == {}

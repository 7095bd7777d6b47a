"""The worked purchase, told to Prep in words: from the terms to the third round on 1 April 2026."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tests.support.talk import Said, Talk

FRAME = (
    "set acme: volume 30000 a year, horizon 24 months, baseline 3.95, budget 4.05, need-by 2026-07-01",
    "set acme: improve samples approved -> 95 %",
    "set acme: trades 27k minimum if <= 3.74",
)
TERMS = (
    "term acme price: open 3.45, target 3.70, stop 4.05, weight 50",
    "term acme net days: open 60, target 45, stop 30, weight 15",
    "term acme lead days: open 21, target 28, stop 45, weight 15",
    "term acme warranty months: open 36, target 24, stop 12, weight 10",
    "term acme uplift cap %: open 0, target 2, stop 4, weight 10",
    "term acme price: their stop 3.55",
)
ALTERNATIVES = (
    (
        "batna acme add Borg = 3.52, freight 0.14, inspection 0.06, one-off 24000 tooling (estimate, Feb), "
        "one-off 3600 dual run, chance 80 %, until 29 May, 12 weeks"
    ),
    "batna acme add in-house = 3.70, one-off 39000 press, chance 100 %",
)
ROUNDS = (
    (datetime(2026, 3, 16, 10, tzinfo=UTC), ("mandate acme 4.05 by CFO until 2026-06-30",)),
    (
        datetime(2026, 3, 18, 10, tzinfo=UTC),
        (
            "offer acme theirs: price 4.12, payment net 30, delivery 45 days, warranty 12 months, cap 4 %",
            "offer acme ours: price 3.45, net 60, lead 21, warranty 36, cap 0",
        ),
    ),
    (
        datetime(2026, 3, 25, 10, tzinfo=UTC),
        (
            "offer acme theirs: price 3.95, net 30, lead 40, warranty 18, cap 3, in writing",
            "give acme price 3.45 -> 3.58 for cap 4 -> 3",
            "give acme warranty 36 -> 24",
        ),
    ),
    (
        datetime(2026, 4, 1, 10, tzinfo=UTC),
        (
            "give acme price 3.58 -> 3.68 for lead 40 -> 32",
            "give acme net 60 -> 45 for price 3.95 -> 3.80",
            "give acme lead 21 -> 28, cap 0 -> 2 for warranty 18 -> 24",
        ),
    ),
)


def prepare(talk: Talk) -> None:
    """The plan with its terms and alternatives, before anything was offered."""
    talk.now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    talk.say("new Acme: housings", channel="C1")
    for line in (*FRAME, *TERMS, *ALTERNATIVES):
        tell(talk, line)


def tell(talk: Talk, line: str, who: str = "ann") -> Said:
    """Says a line as a slash command, which holds whatever question is open, and sees that it was taken."""
    said = talk.say(line, who, channel="C1")
    assert not said.outcome.refused, said.text
    return said


def to_first_of_april(talk: Talk) -> None:
    """The whole story until after the third round."""
    prepare(talk)
    for moment, lines in ROUNDS:
        talk.now = moment
        for line in lines:
            tell(talk, line)

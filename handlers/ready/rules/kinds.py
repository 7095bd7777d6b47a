"""What is known of a plan when its readiness is checked, and what a check finds."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Literal, TypeAlias

from handlers.batna.rules import AlternativeSpec, Frame

if TYPE_CHECKING:
    from handlers.terms.rules import TermSpec

Level = Literal["B", "W", "I"]
Fill: TypeAlias = Decimal | date | int | str
Fills: TypeAlias = Mapping[str, Fill]


@dataclass(frozen=True, slots=True)
class MandateFact:
    """A ceiling on the price (money per piece) that somebody with authority allowed.

    `until` is its last day. `own`: the plan's owner gave it to themselves. `stale`: the plan changed since.
    """

    ceiling: Decimal
    by: str = ""
    until: date | None = None
    own: bool = False
    stale: bool = False


@dataclass(frozen=True, slots=True)
class TradeFact:
    """A planned conditional concession: "if `condition`, then `give`"; `price` where what we give is a price."""

    give: str
    condition: str = ""
    price: Decimal | None = None


@dataclass(frozen=True, slots=True)
class BenchmarkFact:
    """An independent price per piece and the day that it is of."""

    price: Decimal
    dated: date


@dataclass(frozen=True, slots=True)
class PlanFacts:
    """A plan as the rules of `ready` see it. Nothing is needed; what is left out is a gap, or not known.

    `outsiders` are people from outside who have access, `sign_offs_missing` the roles that still owe one.
    `decision` is the day on which we decide, `notice_by` the day by which notice under the running contract
    must be sent. `goal_terms` are the terms that the stated goal is about; `success` and `contingency` what
    was answered. Where no horizon was said (`horizon_was_said`), the frame's is a year. None for a
    yes-or-no fact means that nobody has said.
    """

    today: date | None = None
    frame: Frame = field(default_factory=Frame)
    terms: tuple[TermSpec, ...] = ()
    alternatives: tuple[AlternativeSpec, ...] = ()
    mandate: MandateFact | None = None
    outsiders: tuple[str, ...] = ()
    tender_forbids_talks: bool = False
    decision: date | None = None
    notice_by: date | None = None
    stop_reason: str = ""
    improve: str = ""
    evidence: str = ""
    benchmark: BenchmarkFact | None = None
    goal_terms: tuple[str, ...] = ()
    trades: tuple[TradeFact, ...] = ()
    trades_ordered: bool = False
    counterpart_decides: bool | None = None
    sign_offs_missing: tuple[str, ...] = ()
    in_eu: bool = False
    contingency: str = ""
    success: str = ""
    questions: tuple[str, ...] = ()
    deadline_known_outside: bool | None = None
    horizon_was_said: bool = True


@dataclass(frozen=True, slots=True)
class Finding:
    """One contradiction or gap, with the command that mends it.

    `text` and `fix` are templates over `fills`; `fix` has the plan's name as `{plan}`. Figures stay values
    until they are shown, so that the reader's locale decides how. `say` and `command` fill them in.
    """

    code: str
    level: Level
    text: str
    fix: str
    fills: Fills = field(default_factory=dict)

    def say(self, show: Callable[[Fill], str] = str) -> str:
        """The finding as a sentence; `show` turns a figure, a date or a name into text."""
        return self.text.format_map(self._shown(show))

    def command(self, plan: str, show: Callable[[Fill], str] = str) -> str:
        """The words that mend it; what the person has to decide stands as "..."."""
        return self.fix.format_map({**self._shown(show), "plan": plan})

    def _shown(self, show: Callable[[Fill], str]) -> dict[str, str]:
        return {name: show(fill) for name, fill in self.fills.items()}


@dataclass(frozen=True, slots=True)
class Rule:
    """A check as data: what it is called, how grave it is, what is said, what mends it, and when it applies.

    `check` yields one mapping of fills for each time that it applies.
    """

    code: str
    level: Level
    text: str
    fix: str
    check: Callable[[PlanFacts], Iterable[Fills]]

    def findings(self, facts: PlanFacts) -> list[Finding]:
        """What this rule finds in a plan."""
        return [Finding(self.code, self.level, self.text, self.fix, fills) for fills in self.check(facts)]


def when(condition: bool, **fills: Fill) -> list[Fills]:
    """One hit if the condition holds, none if not."""
    return [fills] if condition else []

"""The button that mends a finding."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import TYPE_CHECKING

from handlers.figures import cut
from handlers.prep.answers.figures import plain_figure
from handlers.turn import Choice

if TYPE_CHECKING:
    from handlers.ready.rules import Fill, Finding

_KEYS = {"decision": "dates"}
_EDIT = {
    "terms": ("Edit terms", "term {} edit"),
    "alternatives": ("Alternatives", "batna {} all"),
    "questions": ("Questions", "questions {}"),
}
_LEFT = re.compile(r"\s*\.\.\..*$", re.DOTALL)


def button(finding: Finding, plan: str) -> Choice | None:
    """The words of the finding's fix as far as they can be run; what the person has to say is asked by a form.

    `plan` is how a button names the plan. None where there is nothing to press yet.
    """
    if finding.code == "no uplift":
        return Choice("Add a term", f"term {plan} new")
    words = finding.command(plan, _typed)
    verb, _, rest = words.partition(f" {plan}")
    rest = rest.lstrip(" :").strip()
    asks = "..." in rest
    rest = _LEFT.sub("", rest)
    match verb:
        case "mandate":
            return Choice("Record a mandate", f"mandate {plan}")
        case "batna":
            return Choice("Add alternative", f"batna {plan} add")
        case "term" if asks:
            name = rest.partition(":")[0]
            return Choice(cut(f"Set {name}", 24), f"term {plan} {name}")
        case "term":
            return Choice(cut(f"Set {rest.replace(':', '')}", 24), words)
        case "set" if not asks:
            return Choice(cut(rest.capitalize(), 24), words)
        case "set":
            return Choice(cut(f"Answer: {rest}", 24), f"edit {plan} {_KEYS.get(rest, rest)}")
        case "edit":
            label, form = _EDIT.get(rest, (f"Edit {rest}", f"edit {{}} {rest}"))
            return Choice(label, form.format(plan))
        case "unshare":
            return Choice(
                cut(f"Take {rest}'s access away", 40), words, danger=True, confirm="Take the access away?"
            )
        case _:
            return None


def _typed(fill: Fill) -> str:
    """As it can be typed whatever the member's locale."""
    return plain_figure(fill) if isinstance(fill, Decimal) else str(fill)

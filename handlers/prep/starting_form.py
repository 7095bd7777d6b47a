"""`new plan`: a plan is started from a form, where somebody cannot be asked in the place that they are in."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.starting import EXAMPLE, Wish, begin, new
from handlers.reading.names import normal
from handlers.reading.plain import excerpt
from handlers.turn import Field, FieldKind, Form, Reply
from handlers.wrong_fields import FieldChecks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.command import Turn

_FIELDS = (
    Field("supplier", "Supplier", hint="Acme", optional=False),
    Field("what", "What are you buying?", hint="housings"),
)
_FOR = re.compile(r"^(?:for|with|about)\s+(?=\S)", re.IGNORECASE)


def new_plan(turn: Turn) -> Reply:
    """A form for who it is and what is bought. `new plan for Acme: housings` needs none."""
    if turn.values is not None:
        return begin(turn, _wish(turn.values))
    turn.rest = _FOR.sub("", turn.rest)
    if turn.rest:
        return new(turn)
    quick, full = (len(script.questions) for script in (turn.scripts.quick, turn.scripts.full))
    return Reply(form=_form(quick, full, leads_read=turn.settings.leads_read_plans))


def _form(quick: int, full: int, *, leads_read: bool) -> Form:
    seen = (
        "Only you and the leads of this workspace see the plan." if leads_read else "Only you see the plan."
    )
    scripts = (
        ("quick", f"Quick: {quick} questions, before a call"),
        ("full", f"Full: {full} questions, over days if you like"),
    )
    return Form(
        "new plan",
        "Prepare a negotiation",
        (
            *_FIELDS,
            Field(
                "script", "How much shall I ask?", FieldKind.CHOICE, "quick", options=scripts, optional=False
            ),
        ),
        submit="Begin",
        intro=f"{seen} I ask one question at a time, in our direct message.",
        open_label="Open",
    )


def _check(key: str, said: str, most: int) -> None:
    if key == "supplier" and not said:
        raise Misread("I need the name of the supplier.", example=EXAMPLE)
    if len(said) > most:
        raise Misread("That is too long for a name.", understood=f"I read {excerpt(said)}.", example=EXAMPLE)
    if key == "supplier" and not normal(said):
        raise Misread(f"{excerpt(said)} is no name.", example=EXAMPLE)


def _wish(values: Mapping[str, str]) -> Wish:
    supplier, what = (" ".join(values.get(key, "").split()) for key in ("supplier", "what"))
    checks = FieldChecks(_FIELDS)
    for key, said, most in (("supplier", supplier, 80), ("what", what, 200)):
        with checks.at(key):
            _check(key, said, most)
    checks.end()
    script = values.get("script", "")
    return Wish(supplier, what, script if script in {"quick", "full"} else "quick")

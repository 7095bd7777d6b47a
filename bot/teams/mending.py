"""A form whose fields could not be read: drawn again in its own place, with what was typed and each error at its field."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bot.edge import open_alone
from bot.teams.card_actions import alone
from bot.teams.cards import message, render
from bot.teams.names import with_names
from bot.teams.saying import carded, noted
from handlers.turn import Press, Submission, Via, Warn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from bot.edge import Edge
    from bot.teams.asked import Asked
    from bot.teams.posting import Postman
    from handlers.gate import Outcome, Shown
    from handlers.turn import Incoming

MARKED = "Nothing is saved yet. Please put right what is marked."


def opening(incoming: Incoming, form: Submission) -> Incoming:
    """The turn that leads to a form which was sent, for what stands in it beside the fields' values."""
    return replace(incoming, act=Press(form.words), via=Via.BUTTON, event="")


def again(wrong: Shown, form: Shown, values: Mapping[str, str]) -> Shown:
    """The form with what was typed. What is wrong stands at its fields where all of it belongs to some, else above."""
    if form.form is None:
        return replace(wrong, wrong=())
    fields = tuple(replace(field, value=values.get(field.key, field.value)) for field in form.form.fields)
    errors = wrong.wrong if {key for key, _ in wrong.wrong} <= {field.key for field in fields} else ()
    parts = (Warn((MARKED,)), *wrong.parts) if errors else wrong.parts
    return replace(wrong, parts=parts, form=replace(form.form, fields=fields), wrong=errors)


async def mended(edge: Edge, postman: Postman, asked: Asked, outcome: Outcome) -> dict[str, Any] | None:
    """What answers a form with wrong fields that stands on a card which only the speaker sees; None elsewhere."""
    incoming, act = asked.incoming, asked.incoming.act
    sent = str(asked.activity.get("replyToId") or "")
    if not (outcome.refused and isinstance(act, Submission) and asked.mine_or_moved and sent):
        return None
    shown = open_alone(outcome.answer, incoming.speaker)
    if not shown.wrong:
        return None
    opened = await edge.run(opening(incoming, act), asked.directory)
    drawn = again(shown, open_alone(opened.answer, incoming.speaker), act.values)
    cards = render(await with_names(drawn, incoming.workspace, asked.directory))
    if not drawn.wrong or len(cards) > 1:
        return None
    reference, own = (asked.form.reference, asked.form.own) if asked.form else (asked.reference, asked.own)
    card = alone(cards[0]) if own else cards[0]
    return (
        carded(card) if noted(await postman.edit(reference, sent, message(card, drawn), alone=own)) else None
    )

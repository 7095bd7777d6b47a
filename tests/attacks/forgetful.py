"""A Prep with commands whose authors forgot everything about confidentiality: what holds even then holds by construction."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from bot.edge import Edge
from handlers.command import Command
from handlers.commands import Commands
from handlers.conversations import answer
from handlers.core import Core
from handlers.router import Router
from handlers.turn import Address, Audience, Heading, Mark, Preview, Reply, Send, Text
from storage.tables import PlanAccess, PlanName

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.command import Turn
    from tests.support.talk import Talk


def text_of_plan(turn: Turn) -> str:
    """Everything in the first plan that the member may read."""
    book = turn.unit.plans.book(turn.unit.plans.live()[0].id)
    assert book is not None
    return " ".join([book.plan.supplier, book.plan.title, *(row.text for row in book.answers().values())])


def shout(turn: Turn) -> Reply:
    """Plan content for everybody in the place."""
    return Reply((Heading(text_of_plan(turn)),), audience=Audience.PLACE, mark=Mark.OPEN)


def shout_names(turn: Turn) -> Reply:
    """Only that there are plans."""
    return Reply((Text(tuple(h.supplier for h in turn.unit.plans.live())),), audience=Audience.PLACE)


def shout_contracts(turn: Turn) -> Reply:
    """Contracts for everybody in the place."""
    lines = tuple(f"{row.supplier} until {row.end}" for row in turn.unit.contracts.all())
    return Reply((Text(lines),), audience=Audience.PLACE)


def shout_own(turn: Turn) -> Reply:
    """What is for the owner alone, with an agreement that it be posted here."""
    book = turn.unit.plans.book(turn.unit.plans.live()[0].id)
    assert book is not None
    lines = tuple(row.text for row in book.own_answers().values())
    return Reply((Text(lines),), audience=Audience.PLACE, consent=turn.incoming.place.id)


def agree(turn: Turn) -> Reply:
    """Plan content for the place that the words name as agreed."""
    return Reply((Text((text_of_plan(turn),)),), audience=Audience.PLACE, consent=turn.rest)


def _sent(send: Callable[[Turn, Reply, int], Send]) -> Callable[[Turn], Reply]:
    def flow(turn: Turn) -> Reply:
        content = Reply((Text((text_of_plan(turn),)),), preview=Preview.NOTICE)
        return Reply((Text(("Sent.",)),), sends=(send(turn, content, turn.unit.plans.live()[0].id),))

    return flow


def own_sent(turn: Turn) -> Reply:
    """What is for the owner alone, sent to a reader of the plan."""
    book = turn.unit.plans.book(turn.unit.plans.live()[0].id)
    assert book is not None
    said = Reply((Text(tuple(row.text for row in book.own_answers().values())),))
    return Reply((Text(("Sent.",)),), sends=(Send(Address("cleo", direct=True), said, plan=book.plan.id),))


def fail(turn: Turn) -> Reply:
    """An error of ours that holds all that is confidential."""
    text, kind = text_of_plan(turn), turn.rest
    if kind == "value":
        raise ValueError(text)
    if kind == "key":
        return Reply((Text(({}[text],)),))
    if kind == "chain":
        try:
            raise LookupError(text)
        except LookupError as error:
            raise RuntimeError(text) from error
    if kind == "group":
        raise ExceptionGroup(text, [ValueError(text), KeyError(text)])
    if kind == "assert":
        assert text == turn.incoming, (text, turn)
    return _fail_in_the_database(turn, kind, text)


def _fail_in_the_database(turn: Turn, kind: str, text: str) -> Reply:
    book = turn.unit.plans.book(turn.unit.plans.live()[0].id)
    assert book is not None
    row = book.readers()[0]
    if kind == "unique":
        book.keep(
            PlanAccess(workspace_id=0, plan_id=0, member_id=row.member_id, level=text, given_at=turn.now)
        )
    elif kind == "type":
        book.keep(PlanName(workspace_id=0, plan_id=0, name=text, normal=object()))  # type: ignore[arg-type]
    elif kind == "null":
        book.keep(PlanName(workspace_id=0, plan_id=0, name=text, normal=None))  # type: ignore[arg-type]
    return Reply()


FORGETFUL = (
    Command("shout", shout, reads=True),
    Command("shout names", shout_names, reads=True),
    Command("shout contracts", shout_contracts, reads=True),
    Command("shout own", shout_own, reads=True),
    Command("agree", agree),
    Command("send bare", _sent(lambda t, r, _: Send(Address(t.rest, direct=True), r))),
    Command("send bare channel", _sent(lambda t, r, _: Send(Address(t.rest, direct=False), r))),
    Command("send plan", _sent(lambda t, r, plan: Send(Address(t.rest, direct=True), r, plan=plan))),
    Command("send channel", _sent(lambda t, r, plan: Send(Address(t.rest, direct=False), r, plan=plan))),
    Command(
        "send agreed",
        _sent(
            lambda t, r, plan: Send(
                Address(t.rest.split()[0], direct=False), replace(r, consent=t.rest.split()[1]), plan=plan
            )
        ),
    ),
    Command("send another", _sent(lambda t, r, _: Send(Address("ben", direct=True), r, plan=int(t.rest)))),
    Command("send own", own_sent),
    Command("fail", fail),
)


def make_forgetful(talk: Talk) -> None:
    """Give Prep these commands too."""
    talk.app.edge.close()
    forgetful = {name: command for command in FORGETFUL for name in command.names}
    core = Core(talk.app.database, Router({**Commands(), **forgetful}), answer)
    talk.app = replace(talk.app, core=core, edge=Edge(core, talk.app.database))

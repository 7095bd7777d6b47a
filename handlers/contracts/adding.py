"""A new contract, in one line or from a form."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from dateutil.relativedelta import relativedelta

from handlers.channels import channel_named
from handlers.contracts import words
from handlers.contracts.dates import calendar_of, label, standing
from handlers.contracts.find import ref
from handlers.contracts.reading import EXAMPLE, Draft, read_draft, read_fields, split
from handlers.contracts.rules import explain
from handlers.errors import Misread, Refused
from handlers.figures import cut
from handlers.people import member_named
from handlers.reading.names import normal
from handlers.reminders.owing import owe_contract
from handlers.turn import Choice, Choices, Field, FieldKind, Form, Heading, Note, Reply, Text, Warn
from handlers.writing import day as written
from handlers.writing import moment, money
from handlers.wrong_fields import FieldChecks
from storage.tables import Contract

if TYPE_CHECKING:
    from handlers.channels import Target
    from handlers.command import Turn
    from handlers.contracts.dates import Standing
    from handlers.manners import Manners
    from storage.reminders import Owed

FIELDS = (
    ("supplier", "Supplier (legal entity)", FieldKind.LINE, "Acme GmbH", False),
    ("title", "What it is about", FieldKind.LINE, "housings", True),
    ("start", "First day", FieldKind.DATE, "", True),
    ("end", "Last day of the first term", FieldKind.DATE, "", False),
    ("auto", "Renews automatically by", FieldKind.LINE, "12 months, or no", True),
    ("notice", "Notice period", FieldKind.LINE, "90 days, 3 months", True),
    ("method", "How notice must be given", FieldKind.LINE, "registered letter", True),
    ("transit", "Working days that takes", FieldKind.LINE, "2", True),
    ("value", "Yearly value", FieldKind.LINE, "118000 EUR", True),
    ("backup", "Backup owner", FieldKind.LINE, "@ben", True),
    ("channel", "Channel for reminders", FieldKind.LINE, "#acme", True),
)


def add(turn: Turn) -> Reply:
    """Keep a contract, owe its reminders, and say which dates follow and how."""
    supplier, typed = _typed(turn)
    if turn.values is not None:
        _check_fields(turn, supplier, typed)
    draft = read_draft(supplier, typed, turn.today, turn.manners)
    if not draft.complete:
        return Reply(form=_form(draft), parts=_missing(draft))
    _check_is_not_over(turn, draft)
    row, target = _row(turn, draft)
    standing(
        row, (), calendar_of(turn.settings), turn.today
    )  # refuses what contradicts itself, before it is kept
    check_is_new(turn, row)
    turn.unit.contracts.keep(row)
    turn.unit.audit("add", "contract", row.id)
    owed = owe_contract(turn.unit, row)
    return _kept(turn, row, owed, target, dated="start" in draft.fields)


def _check_is_not_over(turn: Turn, draft: Draft) -> None:
    """Without a first day it is taken to start today; then an end before that is over, which is said as it is."""
    end = draft.fields["end"]
    if "start" in draft.fields or end >= turn.today:
        return
    name, began = cut(draft.supplier, 24), end - relativedelta(years=1)
    months = draft.fields.get("renewal_months", 12)
    raise Misread(
        f"{written(end, date.min, turn.manners)} has passed, so it has ended already. If it was renewed and still runs, "
        "say when it started and by how much it renews:",
        understood=f"A contract with {name}, without a first day.",
        example=f"contract add {name}: start {began}, end {end}, auto-renew {months} months",
    )


def _typed(turn: Turn) -> tuple[str, dict[str, str]]:
    if turn.values is None:
        return split(turn.rest)
    values = {key: value.strip() for key, value in turn.values.items() if value.strip()}
    supplier, typed = split(
        turn.rest
    )  # what was said before the form opened stands, unless the form says otherwise
    return values.pop("supplier", supplier), {**typed, **values}


def _check_fields(turn: Turn, supplier: str, typed: dict[str, str]) -> None:
    """Raises WrongFields for every field that cannot be read, and where the last day lies before the first."""
    checks = FieldChecks([Field(key, name) for key, name, *_ in FIELDS])
    with checks.at("supplier"):
        if not normal(supplier):
            raise Misread("Whom is the contract with?", example="Acme GmbH")
    read: dict[str, object] = {}
    for key, value in typed.items():
        with checks.at(key):
            read |= read_fields({key: value}, turn.today, turn.manners)
            if key == "backup":
                member_named(turn, value)
    check_order(checks, read.get("start"), read.get("end"), turn.manners)
    checks.end()


def check_order(checks: FieldChecks, start: object, end: object, manners: Manners) -> None:
    """A last day before the first one is said at its field."""
    if isinstance(start, date) and isinstance(end, date) and end < start:
        example = (start + relativedelta(years=1, days=-1)).isoformat()
        began = written(start, date.min, manners)
        checks.wrong("end", Misread(f"That lies before the first day, {began}.", example=example))


def _form(draft: Draft) -> Form:
    known: dict[str, str] = {"supplier": draft.supplier, **draft.typed}
    dates: dict[str, str] = {
        key: draft.fields[key].isoformat() for key in ("start", "end") if key in draft.fields
    }
    fields = tuple(
        Field(key, name, kind, dates.get(key, known.get(key, "")), hint, optional)
        for key, name, kind, hint, optional in FIELDS
    )
    shown = {key for key, *_ in FIELDS}
    others = ", ".join(f'{key} "{value}"' for key, value in draft.typed.items() if key not in shown)
    return Form(f"contract add : {others}" if others else "contract add", "A contract", fields)


def _missing(draft: Draft) -> tuple[Text, ...]:
    if not draft.supplier:
        return ()
    return (Text((f"When does the contract with {draft.supplier} end?",)),)


def _row(turn: Turn, draft: Draft) -> tuple[Contract, Target | None]:
    if not normal(draft.supplier):
        raise Misread("Whom is the contract with?", example=EXAMPLE)
    typed, name = draft.typed, normal(draft.supplier)
    owner = member_named(turn, typed["owner"]).id if "owner" in typed else turn.unit.seat.member_id
    backup = member_named(turn, typed["backup"]).id if "backup" in typed else None
    if backup == owner:
        raise Misread("The backup owner is somebody other than the owner.", example="backup @ben")
    target = channel_named(turn, typed["channel"], (name,)) if "channel" in typed else None
    fields = {"start": turn.today, "currency": turn.manners.currency, **draft.fields}
    row = Contract(
        workspace_id=0, supplier=draft.supplier, normal=name, owner_id=owner, backup_id=backup,
        channel=target.id if target else "", channel_name=target.name if target else "",
        created_at=turn.now, updated_at=turn.now, **fields,
    )  # fmt: skip
    return row, target


def check_is_new(turn: Turn, row: Contract) -> None:
    """The same line sent twice makes one contract. Only contracts that the member may see are compared."""
    for other in turn.unit.contracts.all():
        if other.id != row.id and (other.normal, normal(other.title), other.end) == (
            row.normal,
            normal(row.title),
            row.end,
        ):
            raise Refused(
                f"A contract with {other.supplier} to that day is here already.",
                example=f"contract show {label(other)}",
            )


def _kept(turn: Turn, row: Contract, owed: list[Owed], target: Target | None, *, dated: bool) -> Reply:
    """`dated`: its first day was said."""
    stand = standing(row, (), calendar_of(turn.settings), turn.today)
    lines = words.facts(stand, turn.manners, turn.today)[1 if row.value is None else 2 :]
    return told(turn, stand, f"Kept: {label(row)}", lines, owed, _warnings(turn, stand, target, dated=dated))


def told(
    turn: Turn, stand: Standing, heading: str, lines: list[str], owed: list[Owed], warnings: list[str]
) -> Reply:
    """What a contract says now, when it is reminded of first, and how its dates follow."""
    row = stand.contract
    lines = [*lines, _echo(turn, row), *([_next(turn, row, owed)] if owed else [])]
    parts: list[Heading | Text | Warn | Note | Choices] = [Heading(heading), Text(tuple(lines))]
    if warnings:
        parts.append(Warn(tuple(warnings)))
    parts.append(Note(tuple(explain(stand.ahead, turn.manners))))
    buttons = (Choice("Details for me", f"contract details {ref(row)}"), Choice("All renewals", "renewals"))
    return Reply((*parts, Choices(buttons)), supplier=row.normal)


def _echo(turn: Turn, row: Contract) -> str:
    """What was read that could have been read differently."""
    worth = f" · {money(row.value, row.currency, turn.manners)} a year" if row.value is not None else ""
    return words.people(turn.unit, row) + worth


def _next(turn: Turn, row: Contract, owed: list[Owed]) -> str:
    first = owed[0]
    where = "to the owner alone" if first.direct else f"in #{row.channel_name or first.address}"
    which = "First" if row.created_at == turn.now else "Next"
    return f"{which} reminder: {moment(first.due_at, turn.now, turn.manners)}, {where}"


def _warnings(turn: Turn, stand: Standing, target: Target | None, *, dated: bool) -> list[str]:
    lines = [words.missed_line(stand, turn.manners)] if stand.missed else []
    if not dated:
        lines.append("No first day was given, so it is taken to start today.")
    if target is not None and stand.contract.restricted:
        return [*lines, "It is restricted, so its reminders go to the owner alone, not to a channel."]
    return [*lines, *(target.warnings if target else ())]

"""The buttons that ask something: snooze, reassign, record a decision, notice with proof, log or skip a check-in."""

from __future__ import annotations

from contextlib import nullcontext
from dataclasses import replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from handlers.contracts import words
from handlers.contracts.changing import word_to_owner
from handlers.contracts.dates import calendar_of, standing
from handlers.contracts.recording import decision_form, keep_decision, keep_notice, notice_form, sent
from handlers.errors import Misread, Refused
from handlers.people import member_named
from handlers.reading.dates import read_date
from handlers.reminders.after import CHECKIN, OWN, owe_cadence, owe_own
from handlers.reminders.items import kind_of, words_of
from handlers.reminders.opened import SUBJECT as CHANNEL
from handlers.reminders.owing import CONTRACT, owe_contract
from handlers.reminders.places import channel_spot, member_spot
from handlers.reminders.pressing import check_decides
from handlers.reminders.rules import snooze as snoozed_until
from handlers.turn import Field, FieldKind, Form, Reply
from handlers.writing import weekday_day
from handlers.wrong_fields import FieldChecks, WrongFields
from storage.reminders import Owed
from storage.tables import CheckIn

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.contracts.dates import Standing
    from handlers.contracts.rules import KeyDates
    from handlers.reminders.places import Spot
    from handlers.reminders.pressing import Pressed
    from storage.tables import Cadence, Contract, Member

_SNOOZES = (("1 day", "1 day"), ("3 days", "3 days"), ("1 week", "1 week"), ("date", "a date"))


def _form(pressed: Pressed, verb: str, title: str, *fields: Field, submit: str = "Save") -> Reply:
    return Reply(form=Form(words_of(verb, pressed.row), title, fields, submit))


def standing_of(turn: Turn, contract: Contract) -> Standing:
    """A contract as it stands on the member's day."""
    records = turn.unit.contracts.records([contract])[contract.id]
    return standing(contract, records, calendar_of(turn.settings), turn.today)


def _dates(turn: Turn, pressed: Pressed) -> KeyDates:
    """The key dates of the term that the reminder is about."""
    stand = standing_of(turn, pressed.contract())
    return stand.of_term(date.fromisoformat(pressed.row.details["term_end"]))


def _no_such_button() -> Refused:
    """A warning about a channel has none of these buttons; only forged words get here."""
    return Refused("A warning about a channel is neither snoozed nor handed over.", example="remind")


# ---- snooze ----


def snooze(turn: Turn, pressed: Pressed, rest: str) -> Reply:
    """Bring it back later; a notice deadline never past the day it must be sent."""
    pressed.item()
    if pressed.row.subject == CHANNEL:
        raise _no_such_button()
    said = _snooze_said(turn, rest)
    if not said:
        choice = Field(
            "until", "Bring it back in", FieldKind.CHOICE, "1 day", options=_SNOOZES, optional=False
        )
        return _form(pressed, "snooze", "Snooze", choice, Field("day", "On which date", FieldKind.DATE))
    until: str | date = (
        said if said in {"1 day", "3 days", "1 week"} else read_date(said, turn.today, turn.manners)
    )
    row, spot, send_by = pressed.row, _spot(turn, pressed), None
    if kind_of(row) == "notice":
        deadline = _dates(turn, pressed).deadline
        send_by = deadline.send_by if deadline else None
    back = snoozed_until(until, turn.now, spot.posting, send_by)
    pressed.acknowledge()
    names = ("term_end", "target", "step", "day")
    kept: dict[str, object] = {key: row.details[key] for key in names if key in row.details}
    kept["until"] = spot.posting.today(back).isoformat()
    again = Owed(
        row.subject, row.subject_id, "again", f"{row.id}/{back.isoformat()}", row.address, row.direct, back,
        details={**kept, "kind": kind_of(row)},
    )  # fmt: skip
    _forget_others(turn, again)
    turn.unit.reminders.owe([again])
    pressed.note("snooze", "acknowledged", until=weekday_day(spot.posting.today(back), turn.manners))
    return pressed.edited("Snoozed.")


def _forget_others(turn: Turn, again: Owed) -> None:
    """It comes back once: what was said before, from another form or of an earlier message of the same, does not count any
    more."""
    reminders = turn.unit.reminders
    for row in reminders.about(again.subject, again.subject_id):
        same = {**row.details, "until": ""} == {**again.details, "until": ""} and row.address == again.address
        if row.status == "pending" and row.kind == again.kind and same:
            reminders.settle(row, "cancelled")


def _snooze_said(turn: Turn, rest: str) -> str:
    if turn.values is None:
        return rest
    until = turn.values.get("until", "")
    day = turn.values.get("day", "")
    if until == "date" and not day:
        error = Misread("When should it come back?", example=(turn.today + timedelta(days=3)).isoformat())
        raise WrongFields([("day", "On which date", error)])
    return day or until  # whoever picks a date means it, even where the first choice still stands above it


def _spot(turn: Turn, pressed: Pressed) -> Spot:
    row = pressed.row
    if not row.direct:
        return channel_spot(turn.unit, row.address)
    member = turn.unit.colleagues.by_external(row.address)
    assert member is not None  # who presses in a direct message is a member
    return member_spot(turn.unit, member)


# ---- reassign ----


def reassign(turn: Turn, pressed: Pressed, rest: str) -> Reply:
    """Hand it to somebody else: a contract or a check-in gets another owner, a reminder of one's own another person."""
    name = pressed.item().name
    said = rest if turn.values is None else turn.values.get("person", "")
    suppliers = _check_may_reassign(turn, pressed)
    if not said:
        return _form(pressed, "reassign", "Reassign", Field("person", "To whom", hint="@ben", optional=False))
    with FieldChecks([Field("person", "To whom")]).all_at("person") if turn.values else nullcontext():
        member = member_named(turn, said, suppliers)
    _hand_over(turn, pressed, member)
    pressed.note("reassign", to=words.at(member))
    edited = pressed.edited(f"{name} is now with {words.at(member)}.")
    if member.id == turn.unit.seat.member_id:
        return edited
    return replace(edited, sends=(*edited.sends, word_to_owner(member, name, pressed.by)))


def _check_may_reassign(turn: Turn, pressed: Pressed) -> tuple[str, ...]:
    """Whom it is about, by normal names, where the presser may hand it over. Raises Refused where not."""
    row = pressed.row
    if row.subject == CONTRACT:
        contract = pressed.contract()
        check_decides(turn, contract)
        return (contract.normal,)
    if row.subject == "plan":
        raise Refused("A plan is handed over with “owner”.", example="owner acme @ben")
    if row.subject == OWN:
        own = turn.unit.regular.own_these([row.subject_id], row.address)[row.subject_id]
        if not _owns(turn, own.member_id):
            raise Refused("Only the one who set it or a lead may hand it over.", example="remind")
        return ()
    if row.subject != CHECKIN:
        raise _no_such_button()
    cadence = _cadence(turn, pressed)
    if not _owns(turn, cadence.owner_id):
        raise Refused("Only its owner or a lead may hand a check-in over.", example="checkin")
    return (cadence.normal,)


def _owns(turn: Turn, owner_id: int) -> bool:
    """Whether the member may act for an owner: that very one, or a lead."""
    seat = turn.unit.seat
    return seat.is_lead or seat.member_id == owner_id


def _cadence(turn: Turn, pressed: Pressed) -> Cadence:
    cadence = turn.unit.regular.cadence(pressed.row.subject_id, pressed.row.address)
    assert cadence is not None  # it made an item
    return cadence


def _hand_over(turn: Turn, pressed: Pressed, member: Member) -> None:
    unit, row = turn.unit, pressed.row
    if row.subject == CONTRACT:
        contract = pressed.contract()
        contract.owner_id = member.id
        if contract.backup_id == member.id:
            contract.backup_id = None
        unit.contracts.keep(contract)
        unit.audit("reassign", "contract", contract.id)
        owe_contract(unit, contract)
    elif row.subject == OWN:
        own = unit.regular.own_these([row.subject_id], row.address)[row.subject_id]
        own.member_id = member.id
        unit.regular.keep(own)
        owe_own(unit, own)
    else:
        cadence = _cadence(turn, pressed)
        cadence.owner_id = member.id
        unit.regular.keep(cadence)
        owe_cadence(unit, cadence)


# ---- the decision, and notice ----


def decide(turn: Turn, pressed: Pressed, rest: str) -> Reply:
    """Record what was decided. The channel learns that it was, and by whom."""
    contract = pressed.contract()
    pressed.item()
    check_decides(turn, contract)
    first, _, reason = rest.partition(" ")
    if turn.values is None and not first:
        title, fields = decision_form()
        return _form(pressed, "decide", title, *fields)
    said = (first, reason) if turn.values is None else None
    keep_decision(turn, contract, date.fromisoformat(pressed.row.details["term_end"]), said)
    pressed.note("decide", "acknowledged" if kind_of(pressed.row) == "decision" else None)
    return pressed.edited("The decision is recorded.")


def notice(turn: Turn, pressed: Pressed, _rest: str) -> Reply:
    """Record that notice (or the request for renewal) was sent, with the method, the day and the proof."""
    contract = pressed.contract()
    pressed.item()
    check_decides(turn, contract)
    dates = _dates(turn, pressed)
    if dates.deadline is None:
        return pressed.edited("That is recorded already.")
    if turn.values is None:
        title, fields = notice_form(turn, contract)
        return _form(pressed, "notice", title, *fields)
    how, day = sent(turn)[:2]
    pressed.acknowledge()
    keep_notice(turn, contract, dates)
    said = f"{how}, {weekday_day(day, turn.manners)}"
    pressed.note("notice", "acknowledged", how=said, sent=day.isoformat())
    return pressed.edited("It is recorded.")


# ---- check-ins ----


def log(turn: Turn, pressed: Pressed, rest: str) -> Reply:
    """The check-in was held: keep what was said."""
    return _log(turn, pressed, rest, held=True)


def skip(turn: Turn, pressed: Pressed, rest: str) -> Reply:
    """The check-in is skipped: keep why."""
    return _log(turn, pressed, rest, held=False)


def _log(turn: Turn, pressed: Pressed, rest: str, *, held: bool) -> Reply:
    pressed.item()
    cadence = turn.unit.regular.cadence(pressed.row.subject_id, pressed.row.address)
    if pressed.row.subject != "cadence" or cadence is None:
        raise Refused("Only a check-in is logged or skipped.", example="checkin acme")
    if pressed.row.status == "acknowledged" and any(
        e["what"] in {"log", "skip"} for e in pressed.row.details.get("did", ())
    ):
        return pressed.edited("That check-in is settled already.")
    verb = "log" if held else "skip"
    if turn.values is None and not rest:
        asked = "What was said and agreed" if held else "Why it is skipped"
        title = "Log the check-in" if held else "Skip the check-in"
        return _form(pressed, verb, title, Field("notes", asked, FieldKind.LINES))
    notes = rest if turn.values is None else turn.values.get("notes", "")
    day = date.fromisoformat(pressed.row.details["day"])
    turn.unit.regular.log(
        CheckIn(
            workspace_id=0,
            cadence_id=cadence.id,
            day=day,
            held=held,
            notes=notes.strip(),
            member_id=0,
            at=turn.now,
        )
    )
    pressed.note(verb, "acknowledged")
    return pressed.edited("Kept.")

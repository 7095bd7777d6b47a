"""Slips of typing in a contract are corrected by the keys with which it was added. What is agreed anew is an amendment."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from handlers.channels import channel_named
from handlers.contracts import words
from handlers.contracts.adding import FIELDS, check_is_new, check_order, told
from handlers.contracts.dates import calendar_of, label, standing
from handlers.contracts.find import find, ref
from handlers.contracts.reading import FIRST_KEY, read_fields, read_keys
from handlers.errors import Misread
from handlers.people import member_named
from handlers.reading.names import normal
from handlers.reading.plain import excerpt
from handlers.turn import Address, Field, Form, Heading, Preview, Reply, Send, Text
from handlers.wrong_fields import FieldChecks

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.channels import Target
    from handlers.command import Turn
    from storage.tables import Contract, Member

EXAMPLE = "contract set acme: notice 90 days, channel #acme"
CHANGES = frozenset({"set", "change", "correct"})
"""The verbs of this command."""
_LONGEST = 500
_NOTHING = frozenset({"none", "nothing", "-", "default"})
_EMPTY: dict[str, dict[str, Any]] = {
    "title": {"title": ""}, "number": {"number": ""}, "value": {"value": None}, "notice": {"notice_count": None},
    "method": {"method": ""}, "transit": {"transit_days": None}, "address": {"address": ""},
    "earliest": {"earliest_notice_days": None}, "uplift": {"uplift_rule": ""}, "cap": {"uplift_cap": None},
    "minimum": {"minimum": ""}, "in_use": {"in_use": ""}, "review": {"review_on": None},
    "sourcing": {"sourcing_weeks": None}, "switching": {"switching_weeks": None}, "backup": {"backup_id": None},
    "channel": {"channel": "", "channel_name": ""}, "link": {"link": ""}, "times": {"renewal_times": None},
    "ladder": {"ladder": []}, "auto": {"renewal": "none"}, "request": {"renewal": "none"},
}  # fmt: skip


def change(turn: Turn, rest: str) -> Reply:
    """`contract set NAME: notice 90 days, channel #acme`: change it, owe its reminders anew, and say what follows.

    A name alone opens the form. For the owner, the backup owner and leads.
    """
    from handlers.reminders.pressing import check_decides

    said, typed = _parted(rest)
    tail = f": {rest.partition(':')[2].strip()}" if typed else ""
    row = find(turn, said, "contract set", tail)
    check_decides(turn, row)
    shown = _as_typed(turn, row)
    if turn.values is not None:
        typed |= {
            key: value.strip() or ("none" if key in _EMPTY else "")
            for key, value in turn.values.items()
            if value.strip() != shown.get(key)
        }
    elif not typed:
        return _form(row, shown)
    if not typed:
        raise Misread("Nothing was changed.", example=EXAMPLE)
    if turn.values is not None:
        _check_fields(turn, row, typed)
    return _changed(turn, row, typed)


def _parted(rest: str) -> tuple[str, dict[str, str]]:
    """The name, and the values by key. The reference of a button has a colon of its own."""
    name, colon, said = rest.partition(" ") if rest.startswith("contract:") else rest.partition(":")
    if not colon and (key := FIRST_KEY.search(rest)):  # `acme notice 90 days`
        name, said = rest[: key.start()], rest[key.end() :]
    if not said.strip():
        return name.rstrip(": "), {}
    return name.strip(" :"), read_keys(
        said.lstrip(": "), {"supplier": "supplier", "with": "supplier"}, EXAMPLE
    )


def _changed(turn: Turn, row: Contract, typed: Mapping[str, str]) -> Reply:
    from handlers.reminders.changing import owe_changed

    owner_before = row.owner_id
    target = _apply(turn, row, typed)
    records = turn.unit.contracts.records([row])[row.id]
    stand = standing(row, records, calendar_of(turn.settings), turn.today)  # refuses what contradicts itself
    check_is_new(turn, row)
    turn.unit.contracts.keep(row)
    turn.unit.audit("set", "contract", row.id)
    owed = owe_changed(turn.unit, row)
    lines = [f"Now: {', '.join(f'{key} {value}'.strip() for key, value in typed.items())}"[:200]]
    lines += words.facts(stand, turn.manners, turn.today)
    reply = told(turn, stand, f"Corrected: {label(row)}", lines, owed, _warnings(row, target))
    return _with_word_to_owner(turn, row, reply, owner_before)


def _warnings(row: Contract, target: Target | None) -> list[str]:
    if row.restricted and row.channel:
        return ["It is restricted, so its reminders go to the owner alone, not to a channel."]
    return list(target.warnings) if target else []


def _apply(turn: Turn, row: Contract, typed: Mapping[str, str]) -> Target | None:
    """Give the row its new values; the channel that was named, if one was."""
    cleared = {key for key, value in typed.items() if value.casefold() in _NOTHING and key in _EMPTY}
    said = {key: value for key, value in typed.items() if key not in cleared}
    for key, value in said.items():
        if len(value) > _LONGEST:
            raise Misread("That is too long.", understood=f"I read {key} {excerpt(value)}.", example=EXAMPLE)
    changes: dict[str, Any] = {}
    for key in cleared:
        changes |= _EMPTY[key]
    changes |= read_fields(said, turn.today, turn.manners)
    changes |= _people(turn, row, said)
    target = None
    if "supplier" in said:
        changes |= _supplier(said["supplier"])
    if "channel" in said:
        target = channel_named(turn, said["channel"], (changes.get("normal", row.normal),))
        changes |= {"channel": target.id, "channel_name": target.name}
    if changes.get("restricted"):
        changes["supplier_id"] = None  # nobody else is to know the supplier by it any more
    for column, value in changes.items():
        setattr(row, column, value)
    if "times" in said and row.renewal == "none":
        raise Misread("It says how often it renews, but not how.", example="auto-renew 12 months, times 2")
    return target


def _check_fields(turn: Turn, row: Contract, typed: Mapping[str, str]) -> None:
    """Raises WrongFields for every field of the form that cannot be read."""
    checks = FieldChecks([Field(key, name) for key, name, *_ in FIELDS])
    read: dict[str, Any] = {}
    for key, value in typed.items():
        if value.casefold() in _NOTHING and key in _EMPTY:
            continue
        with checks.at(key):
            read |= read_fields({key: value}, turn.today, turn.manners) | _people(turn, row, {key: value})
            if key == "supplier":
                _supplier(value)
    check_order(checks, read.get("start", row.start), read.get("end", row.end), turn.manners)
    checks.end()


def _people(turn: Turn, row: Contract, said: Mapping[str, str]) -> dict[str, Any]:
    changes: dict[str, Any] = {
        f"{key}_id": member_named(turn, said[key]).id for key in ("owner", "backup") if key in said
    }
    owner, backup = changes.get("owner_id", row.owner_id), changes.get("backup_id", row.backup_id)
    if owner == backup:
        if "backup" in said:
            raise Misread("The backup owner is somebody other than the owner.", example=EXAMPLE)
        changes["backup_id"] = None
    return changes


def _supplier(name: str) -> dict[str, Any]:
    if not normal(name) or len(name) > 80:
        raise Misread("Whom is the contract with?", understood=f"I read {excerpt(name)}.", example=EXAMPLE)
    return {"supplier": name.strip(), "normal": normal(name)}


# ---- the form, filled in with what holds ----


def _form(row: Contract, shown: Mapping[str, str]) -> Reply:
    fields = tuple(
        Field(key, name, kind, shown.get(key, ""), hint, optional)
        for key, name, kind, hint, optional in FIELDS
    )
    return Reply(form=Form(f"contract set {ref(row)}", "Correct a contract", fields))


def _as_typed(turn: Turn, row: Contract) -> dict[str, str]:
    """What holds, as it would be typed."""
    backup = turn.unit.colleagues.by_id(row.backup_id) if row.backup_id else None
    notice = f"{row.notice_count} {row.notice_unit}s" if row.notice_count is not None else ""
    return {
        "supplier": row.supplier,
        "title": row.title,
        "start": row.start.isoformat(),
        "end": row.end.isoformat() if row.end else "",
        "auto": f"{row.renewal_months} months" if row.renewal == "automatic" else "no",
        "notice": f"{notice} clear" if notice and row.clear_days else notice,
        "method": row.method,
        "transit": str(row.transit_days) if row.transit_days is not None else "",
        "value": f"{row.value:f} {row.currency}" if row.value is not None else "",
        "backup": words.at(backup) if backup else "",
        "channel": f"#{row.channel_name or row.channel}" if row.channel else "",
    }


# ---- whoever becomes its owner is told ----


def _with_word_to_owner(turn: Turn, row: Contract, reply: Reply, owner_before: int) -> Reply:
    owner = turn.unit.colleagues.by_id(row.owner_id)
    if owner is None or owner.id in {owner_before, turn.unit.seat.member_id}:
        return reply
    speaker = turn.incoming.speaker
    return replace(reply, sends=(word_to_owner(owner, label(row), f"@{speaker.name or speaker.id}"),))


def word_to_owner(owner: Member, name: str, by: str) -> Send:
    """The message to somebody who was handed something whose reminders name them from now on."""
    parts = (
        Heading(f"{name} is now yours"),
        Text((f"{by} handed it to you. Its reminders name you from now on.",)),
    )
    return Send(Address(owner.external_id, direct=True), Reply(parts, preview=Preview.NOTICE))

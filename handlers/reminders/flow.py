"""Reminders of one's own, and the buttons on all reminders."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING

from handlers.channels import channel_named
from handlers.command import Command
from handlers.dates.rule_text import rule_data, rule_from, say_rule
from handlers.dates.rule_words import heard
from handlers.errors import Misread, Refused, Unknown
from handlers.figures import cut
from handlers.reading.moments import read_moment
from handlers.reading.names import normal
from handlers.reading.plain import excerpt, shortened
from handlers.reminders import acting, pressing
from handlers.reminders.after import OWN, owe_own
from handlers.reminders.pressing import Pressed, split_press
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text, Warn, say
from handlers.writing import moment
from storage.tables import OwnReminder

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.channels import Target
    from handlers.command import Turn
    from handlers.dates.recurrence import Rule

EXAMPLE = "remind #acme every last weekday of the month 10:00 invoice check"
_WHERE = re.compile(r"(?P<where><#[^<>\n]+>|#[\w.\-]+|here\b|me\b|myself\b)[\s,:]*", re.IGNORECASE)
_PERSON = re.compile(r"(?:<@[^<>\n]+>|@[\w.\-]+)[\s,:]*")
_TO = re.compile(r"^(?:to|that|about|of)\s+", re.IGNORECASE)
_MOST_WORDS = 9
_LONGEST = 300
_VERBS: dict[str, Callable[[Turn, Pressed, str], Reply]] = {
    "open": pressing.opened,
    "details": pressing.details,
    "seen": pressing.seen,
    "done": pressing.done,
    "snooze": acting.snooze,
    "reassign": acting.reassign,
    "decide": acting.decide,
    "notice": acting.notice,
    "log": acting.log,
    "skip": acting.skip,
}


def remind(turn: Turn) -> Reply:
    """`remind [WHERE] WHEN WHAT`; alone, the reminders that one has set."""
    pressed = split_press(turn.rest)
    if pressed is not None and pressed[0] in _VERBS:
        verb, reminder_id, rest = pressed
        return _VERBS[verb](turn, Pressed(turn, reminder_id), rest)
    if pressed is not None and pressed[0] == "stop":
        return _stop(turn, pressed[1])
    if not turn.rest or turn.rest.casefold() in {"list", "mine"}:
        return _listed(turn)
    return _set(turn)


def _set(turn: Turn) -> Reply:
    where = _WHERE.match(turn.rest)
    typed = turn.rest[where.end() :] if where else turn.rest
    rule, once, what = _told_when(turn, typed)
    if not what:
        raise Misread("What shall I remind of?", understood=f"When: {shortened(typed, 100)}", example=EXAMPLE)
    if re.match(r"(?:at )?\d{1,2}[:.]\d{2}\b", what):
        raise Misread("There is no such time of day.", understood=f"I read {excerpt(what)}.", example=EXAMPLE)
    if len(what) > _LONGEST:
        raise Misread(
            f"A reminder has at most {_LONGEST} characters.",
            understood=f"I read {excerpt(what)}.",
            example=EXAMPLE,
        )
    target = _target(turn, where["where"] if where else "me")
    row = OwnReminder(
        workspace_id=0, member_id=turn.unit.seat.member_id, text=what,
        rule=rule_data(rule) if rule else {"once": once.isoformat() if once else ""},
        channel=target.id if target else "", channel_name=target.name if target else "", created_at=turn.now,
    )  # fmt: skip
    turn.unit.regular.keep(row)
    turn.unit.audit("set", "reminder", row.id)
    owed = owe_own(turn.unit, row)
    if owed is None:
        raise Misread("That never comes.", understood=f"When: {shortened(typed, 100)}", example=EXAMPLE)
    return _told(turn, row, rule, owed.due_at, target)


def _told(turn: Turn, row: OwnReminder, rule: Rule | None, due: datetime, target: Target | None) -> Reply:
    place = f"in #{target.name}" if target else "to you alone"
    lines = [f"{moment(due, turn.now, turn.manners)}, {place}: {row.text}"]
    if rule is not None:
        lines.append(f"Then {say_rule(rule, turn.manners)}, moved back to a working day")
    warned = (Warn(target.warnings),) if target and target.warnings else ()
    stop = Choices((Choice("Stop it", f"remind stop {row.id}"),))
    return Reply((Heading("Reminder set"), Text(tuple(lines)), *warned, stop))


def _target(turn: Turn, where: str) -> Target | None:
    if where.casefold() in {"me", "myself"} or (where.casefold() == "here" and turn.is_direct):
        return None
    return channel_named(turn, where)


def _when(turn: Turn, typed: str) -> tuple[Rule | None, datetime | None, str]:
    """A regular day or one moment, and what is left: at the beginning, or at the end of what was typed."""
    typed = _TO.sub("", typed.strip())
    rule = heard(typed)
    if rule is not None:
        return rule[0], None, _what(rule[1])
    ends = [found.end() for found in re.finditer(r"\S+", typed)][:_MOST_WORDS]
    once = _once(turn, [(typed[:end], typed[end:]) for end in reversed(ends)])
    return (None, once[0], _what(once[1])) if once else _at_the_end(turn, typed)


def _told_when(turn: Turn, typed: str) -> tuple[Rule | None, datetime | None, str]:
    """When, and of what. Whoever is reminded has asked for it, so a person before the when is refused."""
    person = _PERSON.match(typed)
    if person is None:
        try:
            return _when(turn, typed)
        except Misread:
            person = re.match(r"\S+\s+", typed)
            if person is None or not _is_member(turn, person[0]):
                raise
    rest = typed[person.end() :].strip()
    raise Refused(
        "I remind you yourself, or a channel, and no other person.",
        understood=f"I read {excerpt(person[0])} where a channel or “me” can stand.",
        example=f"remind me {cut(rest, 60) or 'friday call Acme'}",
    )


def _is_member(turn: Turn, word: str) -> bool:
    """Whether somebody here is called so."""
    name = normal(word.strip(" ,:"))
    names = (normal(row.name) for row in turn.unit.colleagues.all())
    return any(f"{one} ".startswith(f"{name} ") for one in names if name)


def _at_the_end(turn: Turn, typed: str) -> tuple[Rule | None, datetime | None, str]:
    starts = [found.start() for found in re.finditer(r"\S+", typed)][1:]
    for start in starts:
        rule = heard(typed[start:])
        if rule is not None and not rule[1]:
            return rule[0], None, _what(typed[:start])
    once = _once(turn, [(typed[start:], typed[:start]) for start in starts])
    if once is None:
        raise Misread(
            "I cannot tell when.",
            understood=f"I read {shortened(typed, 100)}." if typed else "",
            example=EXAMPLE,
        )
    return None, once[0], _what(once[1])


def _once(turn: Turn, parts: list[tuple[str, str]]) -> tuple[datetime, str] | None:
    """The first of these (when, what) whose when can be read and is not over."""
    for when, what in parts:
        try:
            found = read_moment(when.strip(" ,:"), turn.now, turn.manners, at=turn.settings.posting)
        except Misread:
            continue
        if found <= turn.now:
            raise Misread(
                "That moment is over.",
                understood=f"When: {when}",
                example="remind me tomorrow 9:00 call Borg",
            )
        return found, what
    return None


def _what(text: str) -> str:
    return _TO.sub("", text.strip(" ,:;")).strip(" \"'")


def _listed(turn: Turn) -> Reply:
    own = turn.unit.regular.own()
    lost = _undelivered(turn, own)
    rows = [row for row in own if row.id in lost or "once" not in row.rule or _moment_of(row) > turn.now]
    if not rows:
        return say("You have set no reminder.", f"For example: {EXAMPLE}")
    lines = tuple(
        f"{number}. {_line(turn, row)}{lost.get(row.id, '')}" for number, row in enumerate(rows[:10], start=1)
    )
    stops = tuple(Choice(f"Stop {n}", f"remind stop {row.id}") for n, row in enumerate(rows[:10], start=1))
    more = (Note((f"and {len(rows) - 10} more",)),) if len(rows) > 10 else ()
    return Reply((Heading("Your reminders"), Text(lines), *more, Choices(stops)))


def _moment_of(row: OwnReminder) -> datetime:
    return datetime.fromisoformat(row.rule["once"])


def _undelivered(turn: Turn, own: list[OwnReminder]) -> dict[int, str]:
    """Of which reminders the last one that was due reached nobody, in words."""
    found: dict[int, str] = {}
    for i, owed in turn.unit.reminders.about_these(OWN, [row.id for row in own]).items():
        past = [row for row in owed if row.due_at <= turn.now and row.status != "cancelled"]
        if past and past[-1].status == "undeliverable":
            said = moment(past[-1].due_at, turn.now, turn.manners)
            found[i] = f". I could not deliver it on {said}"
    return found


def _line(turn: Turn, row: OwnReminder) -> str:
    once = row.rule.get("once")
    when = (
        moment(_moment_of(row), turn.now, turn.manners)
        if once
        else say_rule(rule_from(row.rule), turn.manners)
    )
    return f"{row.text}: {when}{f' in #{row.channel_name}' if row.channel else ''}"


def _stop(turn: Turn, own_id: int) -> Reply:
    row = turn.unit.regular.own_these([own_id]).get(own_id)
    if row is None or row.member_id != turn.unit.seat.member_id:
        raise Unknown("That reminder is not one of yours.", example="remind")
    row.stopped = True
    turn.unit.regular.keep(row)
    turn.unit.reminders.cancel(OWN, row.id)
    turn.unit.audit("stop", "reminder", row.id)
    return say(f"Stopped: {row.text}")


def _reads(rest: str) -> bool:
    pressed = split_press(rest)
    return rest.casefold() in {"", "list", "mine"} or (
        pressed is not None and pressed[0] in {"open", "details"}
    )


def _is_whole(rest: str) -> bool:
    return _WHERE.match(rest) is not None


COMMANDS = (Command("remind", remind, also=("reminder", "reminders"), reads=_reads, whole=_is_whole),)

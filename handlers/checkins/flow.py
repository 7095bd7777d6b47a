"""Regular check-ins with a supplier."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.channels import channel_called, channel_named
from handlers.command import Command
from handlers.contracts import words
from handlers.contracts.dates import calendar_of
from handlers.dates.rule_text import rule_data, rule_from, say_rule
from handlers.dates.rule_words import heard
from handlers.errors import Ambiguous, Misread, Refused, Unknown
from handlers.figures import cut
from handlers.people import member_named
from handlers.reading.names import match, normal
from handlers.reading.pairs import read_pairs
from handlers.reading.plain import excerpt
from handlers.reminders.after import CHECKIN, owe_cadence
from handlers.reminders.places import nobody
from handlers.reminders.rules import working_days
from handlers.turn import Choice, Choices, Heading, Note, Reply, Text, Warn, say
from handlers.writing import day, weekday_day
from storage.tables import Cadence

if TYPE_CHECKING:
    from handlers.channels import Target
    from handlers.command import Turn, Typed
    from handlers.dates.recurrence import Rule

EXAMPLE = "checkin acme quarterly on the 15th from Oct 2026, channel #acme"
_KEYS = {"channel": "channel", "in": "channel", "owner": "owner", "title": "title", "about": "title"}
_TAIL = re.compile(
    r"[\s,;]+(?=(?:channel|in|owner|title|about)\b[\s:=]+\S|to\s+<?#)"
    r"|(?<!channel)(?<!\bin)(?<!\bto)(?<!owner)(?<![:=,;])[\s,;]+(?=<?[#@]\S)",
    re.IGNORECASE,
)
_SIGNED = re.compile(r"(?:to\s+)?<?(?P<sign>[#@]).*", re.DOTALL)
_WITH = re.compile(r"(?:with|for|at)\s+(?=\S)", re.IGNORECASE)
_NAME = re.compile(
    r"(?:with|for|at)\s+(?P<name>.*?)(?=[\s,;]*(?:[,;]|<?[#@]|\b(?:channel|in|owner|title|about)\b|$))",
    re.I | re.S,
)
_VERB = re.compile(r"(?:add|new|set)\s+(?=\S)", re.IGNORECASE)  # as other commands begin; no part of a name
_NAME_WORDS = 3
_SHOWN = 3
_ALONE = {"none", "no", "private", "me"}
_REGULAR = re.compile(
    r"\b(?:every|each|daily|weekly|monthly|quarterly|yearly|next|tomorrow|today)\b", re.IGNORECASE
)
_STOP = re.compile(r"stop\s+(\d{1,16})")


def checkin(turn: Turn) -> Reply:
    """`checkin SUPPLIER WHEN, channel #name`; a name alone shows its check-ins, nothing at all shows all."""
    turn.rest = _VERB.sub("", turn.rest, count=1)
    stop = _STOP.fullmatch(turn.rest)
    if stop:
        return _stop(turn, int(stop[1]))
    if not turn.rest or turn.rest.casefold() == "list":
        return _listed(turn)
    found = _split(turn.rest)
    return _shown(turn, _WITH.sub("", turn.rest, count=1)) if found is None else _add(turn, *found)


def _split(text: str) -> tuple[str, Rule, str] | None:
    """The supplier, the rule, and what follows; None where no regular day is in it."""
    first = heard(text)
    if first is not None:  # `every Monday with acme`
        named = _NAME.match(first[1])
        return (named["name"], first[0], first[1][named.end() :]) if named else ("", *first)
    for word in list(re.finditer(r"\S+", text))[1:]:
        found = heard(text[word.start() :])
        if found is not None:
            return _WITH.sub("", text[: word.start()].strip(" ,:"), count=1), *found
    return None


def _add(turn: Turn, said: str, rule: Rule, rest: str) -> Reply:
    supplier = _known_name(turn, said)
    values = _values(rest)
    target = _target(turn, normal(supplier), values.get("channel"))
    owner = member_named(turn, values["owner"]).id if "owner" in values else turn.unit.seat.member_id
    row = Cadence(
        workspace_id=0, supplier=supplier, normal=normal(supplier), title=values.get("title", ""),
        owner_id=owner, rule=rule_data(rule), channel=target.id if target else "",
        channel_name=target.name if target else "", created_at=turn.now,
    )  # fmt: skip
    _check_is_new(turn, row)
    turn.unit.regular.keep(row)
    turn.unit.audit("set", "check-in", row.id)
    if owe_cadence(turn.unit, row) is None:
        raise Misread(
            "That never comes.", understood=f"When: {say_rule(rule, turn.manners)}", example=EXAMPLE
        )
    return _told(turn, row, rule, target)


def _target(turn: Turn, supplier: str, said: str | None) -> Target | None:
    """The channel that was said, else the one in which the supplier's contracts are reminded of; None for the owner alone.

    Only what every inside member may see names a channel: a check-in with a supplier who is known by a plan stays private.
    """
    if said is not None:
        alone = said.strip().casefold() in _ALONE
        return None if alone else channel_named(turn, said, (supplier,))
    seat = turn.unit.seat
    everybody = turn.unit.seen_by(nobody(seat.workspace_id, seat.workspace_settings))
    live = [row for row in everybody.contracts.live() if row.normal == supplier and row.channel]
    found = {row.channel: row.channel_name for row in live}
    if len(found) != 1:
        return None
    return channel_called(turn, *found.popitem(), (supplier,))


def _values(rest: str) -> dict[str, str]:
    pairs = read_pairs(_TAIL.sub("; ", " " + rest).strip(" ;"), _KEYS)
    values = dict(pairs.values)
    for field in pairs.rest:  # a #channel or an @owner needs no key
        signed = _SIGNED.fullmatch(field)
        key = "" if signed is None else "channel" if signed["sign"] == "#" else "owner"
        if not key or key in values:
            raise Misread(f"I cannot tell what this belongs to: {cut(field, 60)}", example=EXAMPLE)
        values[key] = re.sub(r"^to\s+", "", field)
    return values


def _known_name(turn: Turn, said: str) -> str:
    """The supplier as everybody inside knows it, else as it was typed."""
    if not normal(said):
        raise Misread("With whom is the check-in?", example=EXAMPLE)
    names = turn.unit.contracts.supplier_names()
    found = match(said, names)
    return names[found.several[0]][0] if found.one is not None and found.sure else said


def _check_is_new(turn: Turn, row: Cadence) -> None:
    for other in turn.unit.regular.running():
        if (other.normal, other.title, other.rule) == (row.normal, row.title, row.rule):
            raise Refused(
                f"That check-in with {other.supplier} is here already.", example=f"checkin {other.supplier}"
            )


def _told(turn: Turn, row: Cadence, rule: Rule, target: Target | None) -> Reply:
    where = f"in #{target.name}" if target else f"to {_whom(turn, row)} alone"
    lines = (f"{_said(turn, rule)}, {where}", f"Next: {', '.join(_next(turn, row, 4))}")
    warned = (Warn(target.warnings),) if target and target.warnings else ()
    note = Note(("A day that is no working day is moved back to the one before.",))
    stop = Choices((Choice("Stop these check-ins", f"checkin stop {row.id}"),))
    heading = Heading(f"Check-ins with {row.supplier} are set")
    return Reply((heading, Text(lines), *warned, note, stop), supplier=row.normal)


def _whom(turn: Turn, row: Cadence) -> str:
    mine = row.owner_id == turn.unit.seat.member_id
    return "you" if mine else words.at(turn.unit.colleagues.by_id(row.owner_id))


def _said(turn: Turn, rule: Rule) -> str:
    said = say_rule(rule, turn.manners)
    return said[0].upper() + said[1:]


def _next(turn: Turn, row: Cadence, count: int) -> list[str]:
    days = working_days(rule_from(row.rule), calendar_of(turn.settings), turn.today, count)
    return [weekday_day(d, turn.manners, year=d.year != turn.today.year) for d in days]


def _listed(turn: Turn) -> Reply:
    rows = turn.unit.regular.running()
    if not rows:
        return say("No check-in is set that you can see.", f"For example: {EXAMPLE}")
    lines = tuple(f"{row.title or row.supplier}: {', '.join(_next(turn, row, 1))}" for row in rows[:12])
    more = (Note((f"and {len(rows) - 12} more",)),) if len(rows) > 12 else ()
    options = tuple(Choice(cut(row.supplier, 20), f"checkin {row.supplier}") for row in rows[:5])
    return Reply((Heading("Next check-ins"), Text(lines), *more, Choices(options)))


def _shown(turn: Turn, said: str) -> Reply:
    rows = {row.id: row for row in turn.unit.regular.running()}
    found = match(said, {key: [row.supplier, row.title or row.supplier] for key, row in rows.items()})
    if not found.several and _REGULAR.search(said):
        raise Misread(
            "On which day? A check-in needs one that comes again.",
            understood=f"I read {excerpt(said)}.",
            example=EXAMPLE,
        )
    if not found.several:
        raise Unknown(f"No check-in is set with {cut(said, 40)} that you can see.", example=EXAMPLE)
    if len(found.several) > 1 and len({rows[key].normal for key in found.several}) > 1:
        suppliers = {rows[key].normal: rows[key].supplier for key in found.several}
        raise Ambiguous("Which check-in?", [(name, f"checkin {name}") for name in suppliers.values()])
    shown = [rows[key] for key in found.several[:_SHOWN]]
    lines = [line for row in shown for line in _lines(turn, row)]
    several, hidden = len(shown) > 1, len(found.several) - len(shown)
    stops = tuple(
        Choice(f"Stop {n}" if several else "Stop", f"checkin stop {row.id}")
        for n, row in enumerate(shown, 1)
        if _may_stop(turn, row)
    )
    heading = Heading(f"Check-ins with {shown[0].supplier}")
    more = (Note((f"and {hidden} more",)),) if hidden else ()
    below = (Choices(stops),) if stops else ()
    return Reply((heading, Text(tuple(lines)), *more, *below), supplier=shown[0].normal)


def _lines(turn: Turn, row: Cadence) -> list[str]:
    where = f" in #{row.channel_name or row.channel}" if row.channel else ""
    lines = [
        f"{_said(turn, rule_from(row.rule))}{where}",
        f"Next: {', '.join(_next(turn, row, 3))}",
    ]
    for entry in turn.unit.regular.held(row, most=3):
        kind = "held" if entry.held else "skipped"
        notes = f": {cut(entry.notes, 80)}" if entry.notes else ""
        lines.append(f"{day(entry.day, turn.today, turn.manners)} {kind}{notes}")
    return lines


def _stop(turn: Turn, cadence_id: int) -> Reply:
    row = turn.unit.regular.cadence(cadence_id, turn.incoming.place.id)
    if row is None:
        raise Unknown("That check-in is not there for you.", example="checkin")
    if not _may_stop(turn, row):
        raise Refused("Only its owner or a lead may stop a check-in.", example="checkin")
    row.stopped = True
    turn.unit.regular.keep(row)
    turn.unit.audit("set", "check-in", row.id)
    turn.unit.reminders.cancel(CHECKIN, row.id)
    return say(f"The check-ins with {row.supplier} are stopped. What was noted stays.")


def _may_stop(turn: Turn, row: Cadence) -> bool:
    return row.owner_id == turn.unit.seat.member_id or turn.unit.seat.is_lead


def _reads(rest: str) -> bool:
    try:
        return not _STOP.fullmatch(rest) and (not rest or _split(rest) is None)
    except Misread:
        return True  # it will say what is wrong, and change nothing


def _is_whole(typed: Typed) -> bool:
    """Whether the line is the command although a question is open: it names a supplier. `check-in every month` does not."""
    rest = _WITH.sub("", typed.rest, count=1)
    if _STOP.fullmatch(rest) or rest.casefold() == "list":
        return True
    found = _split(typed.rest)
    return bool(found[0].strip()) if found else rest[:1].isupper() and len(rest.split()) <= _NAME_WORDS


COMMANDS = (
    Command(
        "checkin",
        checkin,
        also=("check-in", "checkins", "check-ins"),
        reads=_reads,
        fits=_is_whole,
    ),
)

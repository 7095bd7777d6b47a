"""From rows to a message: what is owed to one address on one morning is one message."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from handlers.figures import cut
from handlers.reminders import digest
from handlers.reminders.items import Item, Reading, words_of
from handlers.turn import Audience, Choice, Choices, Heading, Note, Part, Preview, Reply, Text, Warn
from handlers.writing import day, moment

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from handlers.prep.company import Scripts
    from handlers.settings.values import Settings
    from storage.tables import Reminder
    from storage.unit import Unit

MOST = 7
LATE = timedelta(hours=2)
_QUICK = 4
_LABEL = 18  # of a button
_WHOLE = 4  # so many things are told whole; of more each takes a line
_WHY = {
    "outsiders": "People from outside may read #{0}, so this comes to you alone.",
    "joinable": "Everybody with an account may look into #{0}, also people who count as outside, so this comes to you alone. "
    "A private channel without them will do.",
    "gone": "I could not post this in #{0}. Either it is archived, or I am not in it.",
    "malformed": "#{0} did not take the message that I made of this, which is a fault of mine: so it comes to you.",
    "left": "I could not reach {0}, so this comes to you.",
}
_DID = {
    "seen": "Seen by {by}",
    "done": "Done by {by}",
    "snooze": "Snoozed to {until} by {by}",
    "reassign": "Handed to {to} by {by}",
    "decide": "A decision was recorded by {by}",
    "notice": "Recorded as sent by {by}: {how}",
    "log": "Held, logged by {by}",
    "skip": "Skipped by {by}",
}
CLOSES = frozenset({"done", "snooze", "log", "skip", "notice"})


def compose(
    unit: Unit,
    settings: Settings,
    scripts: Scripts,
    rows: Sequence[Reminder],
    now: datetime,
    place: str,
    *,
    public: bool,
) -> Reply | None:
    """The message for these rows, for the reader that `unit` sits for; None where nothing is to be said.

    `place` is the address; `public` whether it is a channel.
    """
    weekly = [row for row in rows if row.subject == digest.SUBJECT]
    rows = [row for row in rows if row.subject != digest.SUBJECT]
    reading = Reading.of(unit, settings, scripts, list(rows), now, place)
    items: dict[object, Item] = {}
    for row in rows:
        item = reading.item(row)
        if item is not None and (item.same not in items or item.weight > items[item.same].weight):
            items[item.same] = item
    found = sorted(items.values(), key=lambda item: (-item.urgency, item.name))
    coming = digest.digest(unit, settings) if weekly else ()
    parts = (*_shown(found, reading), *coming)
    if not parts:
        return None
    told = [item.row for item in found] + (weekly if coming else [])
    parts = (*_why(told), *parts, *_late(told, reading))
    previews = {item.preview for item in found} | ({Preview.DIGEST} if coming else set())
    preview = previews.pop() if len(previews) == 1 else Preview.SEVERAL
    audience = Audience.PLACE if public else Audience.ASKER
    return Reply(parts, audience=audience, preview=preview)


def _shown(items: list[Item], reading: Reading) -> tuple[Part, ...]:
    if len(items) > 1:
        return _several(items, reading)
    return _one(items[0], reading) if items else ()


def _why(rows: list[Reminder]) -> tuple[Part, ...]:
    """Why it comes to this address, where it was owed to another one."""
    told: dict[str, None] = {}
    for row in rows:
        why, named = row.details.get("moved", ""), row.details.get("from", "")
        if why:
            told[_WHY[why].format(named)] = None
    return (Warn(tuple(told)),) if told else ()


def _late(rows: list[Reminder], reading: Reading) -> tuple[Part, ...]:
    """That it comes much later than it was due: nobody could post it, so nobody should think that it is news."""
    late = [row.due_at for row in rows if (row.sent_at or reading.now) - row.due_at > LATE]
    if not late:
        return ()
    said = moment(min(late), reading.now, reading.manners)
    which = "it" if len(rows) == 1 else "the first of it"
    return (Note((f"Posted late: {which} was due {said}.",)),)


def _one(item: Item, reading: Reading) -> tuple[Part, ...]:
    log = _log(item.row, reading)
    parts: list[Part] = [Heading(item.heading), Text(item.lines)]
    if item.warnings:
        parts.append(Warn(item.warnings))
    if log:
        parts.append(Note(tuple(log)))
    buttons = _buttons_left(item)
    return (*parts, Choices(buttons)) if buttons else tuple(parts)


def _several(items: list[Item], reading: Reading) -> tuple[Part, ...]:
    what = "dates" if all(item.preview is not Preview.NOTICE for item in items) else "things"
    parts: list[Part] = [Heading(f"{len(items)} {what} need attention")]
    for number, item in enumerate(items[:MOST], start=1):
        log = _log(item.row, reading)
        said = f"{number}. {item.heading}"
        said = said if len(items) <= _WHOLE else cut(said)
        parts.append(Text((said, *(f"   {line}" for line in log[-1:]))))
    if len(items) > MOST:
        parts.append(Note((f"and {len(items) - MOST} more: see “renewals”, “checkin” and “remind”",)))
    shown = list(enumerate(items[:MOST], start=1))
    options = [
        Choice(cut(f"{number}. {item.name}", _LABEL), words_of("open", item.row)) for number, item in shown
    ]
    quick = [choice for number, item in shown[:_QUICK] for choice in _quick(number, item)]
    return (
        (*parts, Choices(tuple(options)), Choices(tuple(quick)))
        if quick
        else (*parts, Choices(tuple(options)))
    )


def _quick(number: int, item: Item) -> list[Choice]:
    """The one button of an item that answers it at once, so that the list itself is edited in place."""
    answers = {words_of(verb, item.row) for verb in ("seen", "log", "done", "decide")}
    left = [choice for choice in _buttons_left(item) if choice.words in answers]
    return [Choice(f"{number}. {choice.label}", choice.words) for choice in left[:1]]


def _log(row: Reminder, reading: Reading) -> list[str]:
    return [_done(entry, reading) for entry in row.details.get("did", ())]


def _done(entry: dict[str, Any], reading: Reading) -> str:
    said = _DID[entry["what"]].format_map(entry)
    if entry.get("sent") == entry["day"]:  # the day on which it was sent is named already
        return said
    on = day(date.fromisoformat(entry["day"]), reading.today, reading.manners)
    return f"{said}, recorded on {on}" if "sent" in entry else f"{said} on {on}"


def _buttons_left(item: Item) -> tuple[Choice, ...]:
    """The buttons that still make sense after what was done."""
    did = {entry["what"] for entry in item.row.details.get("did", ())}
    if did & CLOSES:
        return ()
    used = {words_of(what, item.row) for what in did if what != "reassign"}
    return tuple(choice for choice in item.buttons if choice.words not in used)

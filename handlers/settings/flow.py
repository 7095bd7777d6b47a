"""`settings`: what is set, and how to set it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.channels import channel_named
from handlers.command import Command
from handlers.errors import Misread, Refused
from handlers.reading.days import WEEKDAYS
from handlers.reading.plain import excerpt
from handlers.settings import form, people
from handlers.settings.default_channel import kept_from
from handlers.settings.keys import BY_WORD, KEYS
from handlers.settings.rights import FIRST, keep_for_all, keep_own, must_set_for_all
from handlers.settings.values import changed, read_settings
from handlers.turn import AskChannel, Channel, Choice, Choices, Facts, Heading, Mark, Note, Reply, Text, Warn
from handlers.writing import percent, time_of_day

if TYPE_CHECKING:
    from collections.abc import Callable

    from handlers.command import Turn
    from handlers.settings.keys import Key
    from handlers.settings.values import Settings
    from handlers.turn import Part

_ALL = re.compile(r"^(?:workspace|everyone|everybody|for all)\s+", re.IGNORECASE)
_CHANGE = re.compile(r"^change\s+", re.IGNORECASE)
_RESET = frozenset({"default", "reset", "standard"})
_NONE = frozenset({*_RESET, "none", "off", "no"})
_SPECIAL: dict[str, Callable[[Turn, str], Reply]] = {
    "leads read plans": people.leads_read_plans,
    "lead": people.lead,
    "leads": people.lead,
    "outside": people.outside,
    "outsiders": people.outside,
    "outside list": people.outside,
}


def settings(turn: Turn) -> Reply:
    """Show all settings, show one, or change one."""
    words = _ALL.sub("", turn.rest)
    for_all = words != turn.rest
    if not words:
        return _shown(turn)
    asked = form.asks(words)
    if asked is not None:
        return form.change(turn, asked["seen"] or "", _values)
    words = _CHANGE.sub("", words)
    name, value = _parted(words, (*_SPECIAL, "default channel", "channel", *BY_WORD))
    if name in _SPECIAL:
        return _SPECIAL[name](turn, value)
    if name in {"default channel", "channel"}:
        return _default_channel(turn, value)
    key = BY_WORD.get(name)
    if key is None:
        raise Misread(
            f"There is no setting of that name. Known are {', '.join(key.name for key in KEYS)}, "
            "default channel, lead, leads read plans and outside.",
            understood=f"I read {excerpt(words)}.",
            example="settings currency EUR",
        )
    if not value:
        return _one(turn, key)
    return _changed(turn, key, value, for_all=for_all or not key.own)


def _parted(words: str, names: tuple[str, ...]) -> tuple[str, str]:
    """The longest name of a setting at the beginning, and what follows it."""
    even = " ".join(words.replace("_", " ").replace("-", " ").split()).casefold()
    for name in sorted(names, key=len, reverse=True):
        pattern = r"[\s_-]+".join(map(re.escape, name.split()))
        found = re.match(
            rf"(?:my\s+|the\s+)?{pattern}(?![\w/])\s*(?:[:=]|\bis\b|\bto\b)?\s*", words, re.IGNORECASE
        )
        if found:
            return name, words[found.end() :].strip()
    return even, ""


def _changed(turn: Turn, key: Key, value: str, *, for_all: bool) -> Reply:
    if for_all:  # may this member? asked first, so that nobody is corrected who may not anyway
        must_set_for_all(turn, turn.unit.colleagues.workspace_settings())
    clears = value.casefold() in (_RESET if key.ends else _NONE - {"off", "no"})
    kept = dict.fromkeys(key.clears) if clears else key.keep(value, turn.settings)
    first = keep_for_all(turn, kept) if for_all else False
    if not for_all:
        keep_own(turn, kept, key.name)
    seat, speaker = turn.unit.seat, turn.incoming.speaker
    workspace = changed(seat.workspace_settings, kept) if for_all else seat.workspace_settings
    member = seat.member_settings if for_all else changed(seat.member_settings, kept)
    after = read_settings(workspace, member, zone=speaker.zone, locale=speaker.locale)
    whose = "for everybody here" if for_all else "for you"
    lines = [f"{key.name}: {_value(after, workspace, key, for_all=for_all)} ({whose})."]
    if key.own and not for_all:
        lines += _left_for_all(turn, key, after)
    return Reply((Text((*lines, *((FIRST,) if first else ()))),), mark=Mark.INSIDE)


def _left_for_all(turn: Turn, key: Key, after: Settings) -> list[str]:
    """What a setting of one's own leaves as it is, where that is something else."""
    mine = _values(after)[key.name]
    there = _values(read_settings(turn.unit.seat.workspace_settings, {}))[key.name]
    if there == mine:
        return []
    me, leads = turn.incoming.speaker.id, turn.settings.leads
    who = "To change that too" if not leads or me in leads else "A lead changes that"
    return [
        f"Channels, and all who set none, stay with the workspace's: {there}.",
        f"{who}: settings workspace {key.name} {mine}",
    ]


def _one(turn: Turn, key: Key) -> Reply:
    lines = (f"{key.name}: {_values(turn.settings)[key.name]}",)
    return Reply((Text(lines), Note((f"To change it: {key.example}",))), mark=Mark.INSIDE)


def _value(after: Settings, workspace: dict[str, object], key: Key, *, for_all: bool) -> str:
    """What holds now; a default of the workspace for those who set none is shown as it was kept."""
    if for_all and key.own:
        return str(workspace.get(key.name) or "what each platform says")
    return _values(after)[key.name]


def _values(settings: Settings) -> dict[str, str]:
    manners = settings.manners
    return {
        "zone": manners.zone,
        "locale": manners.locale,
        "country": f"{manners.country} {manners.region or ''}".strip(),
        "region": manners.region or "none",
        "currency": manners.currency,
        "cost of capital": f"{percent(settings.cost_of_capital * 100, manners)} a year",
        "ladder": f"{', '.join(map(str, settings.ladder))} {'day' if settings.ladder == (1,) else 'days'} before",
        "posting hour": time_of_day(settings.posting, manners),
        "quiet hours": _quiet(settings),
        "repeat days": "every working day"
        if settings.repeat_days == 1
        else f"every {settings.repeat_days} working days",
        "reassess days": f"{settings.reassess_days} days before",
        "digest": _digest(settings),
    }


def _digest(settings: Settings) -> str:
    if settings.digest is None:
        return "off"
    there = f"to #{settings.default_channel_name}" if settings.default_channel_name else "to the leads alone"
    return f"{WEEKDAYS[settings.digest]}s at {time_of_day(settings.posting, settings.manners)}, {there}"


def _quiet(settings: Settings) -> str:
    if settings.quiet_from == settings.quiet_to:
        return "none"
    start, end = (time_of_day(at, settings.manners) for at in (settings.quiet_from, settings.quiet_to))
    return f"{start} - {end}"


def _shown(turn: Turn) -> Reply:
    settings = turn.settings
    values = _values(settings)
    for key in (key for key in KEYS if key.own):
        there = _values(read_settings(turn.unit.seat.workspace_settings, {}))[key.name]
        if there != values[key.name]:
            values[key.name] += f" (yours; the workspace's is {there})"
    values["posting hour"] += f", quiet hours {values.pop('quiet hours')}"
    pairs = [(key.name, values[key.name]) for key in KEYS if key.name in values and key.name != "region"]
    channel = settings.default_channel_name or settings.default_channel
    pairs.append(("default channel", f"#{channel}" if channel else "none"))
    reads = " (read every plan)" if settings.leads_read_plans else ""
    pairs.append(("leads", f"{people.names_of(turn, settings.leads) or 'nobody yet'}{reads}"))
    hint = Note(("settings KEY VALUE changes one: settings currency EUR",))
    choices = Choices(
        (
            Choice("Change", form.WORDS),
            Choice("Explain", "help settings"),
            Choice("Who is outside", "settings outside"),
        )
    )
    return Reply((Heading("Settings"), Facts(tuple(pairs)), hint, choices), mark=Mark.INSIDE)


def _default_channel(turn: Turn, value: str) -> Reply:
    if not value:
        name = turn.settings.default_channel_name or turn.settings.default_channel
        lines = (f"default channel: #{name}" if name else "default channel: none",)
        return Reply(
            (Text(lines), Note(("To change it: settings default channel #buying",))), mark=Mark.INSIDE
        )
    must_set_for_all(turn, turn.unit.colleagues.workspace_settings())
    if value.casefold() in _NONE:
        first = keep_for_all(turn, {"default_channel": None, "default_channel_name": None})
        lines = ("default channel: none", *((FIRST,) if first else ()))
        return Reply((Text(lines),), mark=Mark.INSIDE)
    target = channel_named(turn, value)
    if not target.present:
        raise Refused(target.warnings[0], example=f"settings default channel #{target.name}")
    first = keep_for_all(turn, {"default_channel": target.id, "default_channel_name": target.name})
    lines = (f"default channel: #{target.name}", *((FIRST,) if first else ()))
    parts: list[Part] = [Text(lines)]
    found = turn.fetch(AskChannel(target.id))
    warning = kept_from(turn, found if isinstance(found, Channel) else None)
    parts += [Warn((warning,))] if warning else []
    return Reply(tuple(parts), mark=Mark.INSIDE)


def _starts_with_a_key(rest: str) -> bool:
    """Whether the line is the command although a question is open."""
    if form.asks(rest):
        return True
    name, _ = _parted(_ALL.sub("", _CHANGE.sub("", rest)), (*_SPECIAL, "default channel", *BY_WORD))
    return name in _SPECIAL or name in BY_WORD or name == "default channel"


COMMANDS = (
    Command(
        "settings",
        settings,
        also=("setting", "setup", "set up"),
        reads=lambda rest: not rest or form.asks(rest) is not None,
        whole=_starts_with_a_key,
    ),
)

"""All plain settings in one form: what a member may change of them, and what they changed."""

from __future__ import annotations

import re
from dataclasses import replace
from hashlib import sha256
from typing import TYPE_CHECKING, TypeVar

from handlers.errors import Expected, Misread, Refused
from handlers.reading.days import WEEKDAYS
from handlers.reading.plain import excerpt
from handlers.settings import reading
from handlers.settings.keys import KEYS
from handlers.settings.people import names_of
from handlers.settings.rights import FIRST, keep_for_all, keep_own, must_set_for_all
from handlers.settings.values import changed, read_settings
from handlers.turn import Field, FieldKind, Form, Mark, Reply, Text
from handlers.writing import percent

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from handlers.command import Turn
    from handlers.settings.keys import Key
    from handlers.settings.values import Kept, Settings

T = TypeVar("T")
WORDS = "settings change"
_ASKED = re.compile(r"change(?:\s+(?P<seen>[0-9a-f]{8}))?", re.IGNORECASE)
_OFF = "off"
_LABELS: dict[str, tuple[str, str]] = {
    "zone": ("Your time zone", "Left empty, it is what the platform says."),
    "locale": ("How you write figures", "Left empty, it is what the platform says."),
    "country": ("Country, for holidays", "DE-BY, or Austria"),
    "currency": ("Currency", "EUR"),
    "cost of capital": ("Cost of capital, a year", "8 %"),
    "ladder": ("Reminders, days before", "90, 60, 30, 14, 7, 1"),
    "posting hour": ("Posting hour", "9:00"),
    "quiet hours": ("Quiet hours", "18:00 - 8:00, or off"),
    "repeat days": ("Repeat after working days", "3"),
    "reassess days": ("Reassess, days before", "180"),
    "digest": ("Weekly digest", ""),
}
_KEYS = tuple(key for key in KEYS if key.name in _LABELS)


def asks(words: str) -> re.Match[str] | None:
    """Whether these words after `settings` ask for the form, or come from it."""
    return _ASKED.fullmatch(words)


def change(turn: Turn, seen: str, told: Callable[[Settings], dict[str, str]]) -> Reply:
    """The form; where it was sent, what it changed, as `told`. It changes nothing that somebody else has changed since."""
    if turn.values is None:
        return Reply(form=_form(turn), mark=Mark.INSIDE)
    standing = _standing(turn.settings)
    touched = {
        key: turn.values[key.name].strip()
        for key in _KEYS
        if key.name in turn.values and turn.values[key.name].strip() != standing[key.name]
    }
    if touched and seen != _fingerprint(standing):
        raise Refused(
            "Settings were changed by somebody else since this form was opened, so nothing of it is kept. Open it again.",
            example=WORDS,
        )
    before = told(turn.settings)
    after, first = _kept(turn, touched)
    now = told(after)
    lines = [f"{key.name}: {now[key.name]}" for key in touched if now[key.name] != before[key.name]]
    said = ("Changed:", *lines) if lines else ("Nothing was changed.",)
    return Reply((Text((*said, *((FIRST,) if first else ()))),), mark=Mark.INSIDE)


def _form(turn: Turn) -> Form:
    standing = _standing(turn.settings)
    keys = _KEYS if _may(turn) else tuple(key for key in _KEYS if key.own)
    intro = "The first two are yours; the rest is for everybody here. What is left empty is as at first."
    if len(keys) < len(_KEYS):
        leads = names_of(turn, turn.settings.leads) or "whoever installed Prep"
        intro = f"These two are yours. What is for everybody is changed by {leads}."
    fields = tuple(_field(key, standing[key.name]) for key in keys)
    return Form(f"{WORDS} {_fingerprint(standing)}", "Settings", fields, intro=intro, open_label="Change")


def _may(turn: Turn) -> bool:
    try:
        must_set_for_all(turn, turn.unit.colleagues.workspace_settings())
    except Refused:
        return False
    return True


def _field(key: Key, value: str) -> Field:
    label, hint = _LABELS[key.name]
    if key.name == "digest":
        options = ((_OFF, "none"), *((day.casefold(), f"{day}s") for day in WEEKDAYS))
        return Field(key.name, label, FieldKind.CHOICE, value, options=options, optional=False)
    return Field(key.name, label, value=value, hint=hint)


def _standing(settings: Settings) -> dict[str, str]:
    """What holds for the member, as it would be typed."""
    manners = settings.manners
    quiet = f"{settings.quiet_from:%H:%M} - {settings.quiet_to:%H:%M}"
    return {
        "zone": manners.zone,
        "locale": manners.locale,
        "country": "-".join(part for part in (manners.country, manners.region) if part),
        "currency": manners.currency,
        "cost of capital": percent(settings.cost_of_capital * 100, manners),
        "ladder": ", ".join(map(str, settings.ladder)),
        "posting hour": f"{settings.posting:%H:%M}",
        "quiet hours": quiet if settings.quiet_from != settings.quiet_to else _OFF,
        "repeat days": str(settings.repeat_days),
        "reassess days": str(settings.reassess_days),
        "digest": _OFF if settings.digest is None else WEEKDAYS[settings.digest].casefold(),
    }


def _fingerprint(standing: Mapping[str, str]) -> str:
    """Goes with the form, so that it is seen where somebody else has changed something since."""
    return sha256("\n".join(standing.values()).encode()).hexdigest()[:8]


def _kept(turn: Turn, touched: Mapping[Key, str]) -> tuple[Settings, bool]:
    """Keep what was touched. The settings as they hold then, and whether this made the member the first lead."""
    together = _with_hours(turn.settings, touched)
    read = {key: _read(key, value, together) for key, value in touched.items()}
    of_all = _joined(kept for key, kept in read.items() if not key.own)
    first = keep_for_all(turn, of_all) if of_all else False
    for key, kept in read.items():
        if key.own:
            keep_own(turn, kept, key.name)
    own = _joined(kept for key, kept in read.items() if key.own)
    seat, speaker = turn.unit.seat, turn.incoming.speaker
    workspace, member = changed(seat.workspace_settings, of_all), changed(seat.member_settings, own)
    return read_settings(workspace, member, zone=speaker.zone, locale=speaker.locale), first


def _joined(several: Iterable[Kept]) -> Kept:
    return {name: value for kept in several for name, value in kept.items()}


def _with_hours(settings: Settings, touched: Mapping[Key, str]) -> Settings:
    """The settings with both the posting hour and the quiet hours of the form: each has to fit the other's new value."""
    plain = {key.name: (key, value) for key, value in touched.items()}
    if "posting hour" in plain:
        key, value = plain["posting hour"]
        at = (
            _named(key, value, lambda: reading.read_clock(value, key.example))
            if value
            else type(settings)().posting
        )
        settings = replace(settings, posting=at)
    if "quiet hours" in plain:
        key, value = plain["quiet hours"]
        first = type(settings)()
        start, end = (
            _named(key, value, lambda: reading.read_quiet(value))
            if value
            else (first.quiet_from, first.quiet_to)
        )
        settings = replace(settings, quiet_from=start, quiet_to=end)
    return settings


def _read(key: Key, value: str, settings: Settings) -> Kept:
    if not value:
        return dict.fromkeys(key.clears)
    return _named(key, value, lambda: key.keep(value, settings))


def _named(key: Key, value: str, read: Callable[[], T]) -> T:
    """What is read; what is wrong with it begins with the label of its field."""
    try:
        return read()
    except Expected as error:
        told = f"{_LABELS[key.name][0]}: {error.wrong}"
        raise Misread(told, understood=f"I read {excerpt(value)}.", example=error.example) from None

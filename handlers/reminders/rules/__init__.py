"""The rules of reminders: on which day, at which moment, to whom, how often. Pure."""

from __future__ import annotations

from handlers.reminders.rules.cadence import next_moments, working_days
from handlers.reminders.rules.ladder import (
    COUNTDOWN,
    LADDER,
    Phase,
    Rung,
    countdown,
    phase,
    rungs,
    single,
)
from handlers.reminders.rules.posting import POSTING_HOUR, Posting, Quiet, keep_quiet
from handlers.reminders.rules.repeats import (
    REPEAT_EVERY,
    Reader,
    Repeat,
    Window,
    next_repeat,
    snooze,
)

__all__ = [
    "COUNTDOWN",
    "LADDER",
    "POSTING_HOUR",
    "REPEAT_EVERY",
    "Phase",
    "Posting",
    "Quiet",
    "Reader",
    "Repeat",
    "Rung",
    "Window",
    "countdown",
    "keep_quiet",
    "next_moments",
    "next_repeat",
    "phase",
    "rungs",
    "single",
    "snooze",
    "working_days",
]

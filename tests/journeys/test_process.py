"""The worked purchase through the real process, a line at a time through pipes, killed in the middle and continued."""

from __future__ import annotations

import os
import re
import select
import subprocess
import sys
import time
from itertools import groupby
from pathlib import Path
from typing import IO

from tests.journeys.transcript import Step, read
from tests.support.local_chat import environment, prepbot

STEPS = [step for step in read(Path(__file__).with_name("acme.txt")).steps if step.kind in {"say", "now"}]
PATIENCE = 30.0  # seconds for an answer

BATNA = """
Acme · 1 Apr
BATNA: Borg, 4.18 EUR/pc like-for-like (125,400 EUR/yr)
Their 3.80, +3 % in year two = 3.857: beats it by 0.323
  (19,380 EUR over 24 months)
Limit 4.05 (CFO mandate, 16 Mar) · indifferent at 4.118
MEDIUM: firm until 29 May · 80 % sure · 12 weeks
! Start by 8 Apr or Borg misses 1 Jul
3.52 +0.14 freight +0.06 inspection +0.40 tooling +0.06 dual run
If Borg fails: in-house 4.35 -> expected 4.214
Weakest figure: tooling 24,000 (estimate, Feb)
Better if: samples approved -> 95 %
[1] Judge offer  [2] Add alternative  [3] All alternatives
""".strip().splitlines()

LOG = """
Acme · 1 Apr · price 3.68 <-> 3.80
Price so far: they 0.32 = 9,600 EUR/yr · we 0.23 = 6,900 EUR/yr
Share of range: they 56 % (guess 3.55) · we 38 %
#  WE                         FOR
1  price 3.45 -> 3.58         cap 4 -> 3
2  warranty 36 -> 24          ! nothing
3  price 3.58 -> 3.68         lead 40 -> 32
4  net 60 -> 45               price 3.95 -> 3.80
5  lead 21 -> 28, cap 0 -> 2  warranty 18 -> 24
6  nothing                    net 30 -> 45
Our steps 0.13, 0.10: shrinking. Theirs 0.17, 0.15
Next: 27k minimum only if price <= 3.74
""".strip().splitlines()

RENEWAL = """
#acme: Acme housings: send notice by Wed 29 Mar 2028 (27 days)
  Must arrive Fri 31 Mar · clause date Sat 1 Apr (30 Jun - 90 d)
  Otherwise: 12 more months; next clause exit 1 Apr 2029
  Registered letter; e-mail does not count
  Owner @ann · backup @bob · decision is overdue
  Status: undecided, nothing sent
""".strip().splitlines()


class Chat:
    """A running `prepbot chat`, whose answers are read as they come."""

    def __init__(self, database_url: str, user: str, now: str) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "bot.cli", "chat", "--user", user, "--now", now],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env=environment(database_url),
        )

    def type(self, *lines: str) -> None:
        """Type lines, whether or not the last one was answered."""
        pipe = _there(self._process.stdin)
        pipe.write("".join(f"{line}\n" for line in lines).encode())
        pipe.flush()

    def read_until(self, text: str) -> str:
        """What was printed, until this text is among it."""
        pipe, found, end = _there(self._process.stdout), b"", time.monotonic() + PATIENCE
        while text not in found.decode(errors="ignore"):
            ready, _, _ = select.select([pipe], [], [], max(0.0, end - time.monotonic()))
            piece = os.read(pipe.fileno(), 65536) if ready else b""
            assert piece, f"{text!r} never came"
            found += piece
        return found.decode()

    def kill(self) -> None:
        """End it as a power cut would."""
        self._process.kill()
        self._process.wait(PATIENCE)
        for pipe in (self._process.stdin, self._process.stdout):
            _there(pipe).close()


def _there(pipe: IO[bytes] | None) -> IO[bytes]:
    assert pipe is not None
    return pipe


def said(database_url: str, now: str, *lines: str, user: str = "ann") -> list[list[str]]:
    """One run of the chat to its end: its messages, a list of lines each."""
    done = prepbot(database_url, "chat", "--user", user, "--now", now, typed="\n".join(lines) + "\n")
    assert (done.returncode, done.stderr) == (0, "")
    messages = done.stdout.rstrip("\n").split("\n\n")
    assert len(messages) == len(lines), done.stdout
    return [message.split("\n") for message in messages]


def runs() -> list[tuple[str, str, list[Step]]]:
    """(moment, user, steps) of every run: one for each moment and speaker."""
    now = ""
    spoken: list[tuple[str, Step]] = []
    for step in STEPS:
        if step.kind == "now":
            now = step.text
        else:
            spoken.append((now, step))
    grouped = groupby(spoken, key=lambda one: (one[0], one[1].who))
    return [(moment, who, [step for _, step in steps]) for (moment, who), steps in grouped]


def _interrupted(database_url: str, now: str, lines: list[str]) -> list[str]:
    """Play the first lines and be killed, once after an answer and once before it; the lines that are left."""
    first = Chat(database_url, "ann", now)
    first.type(*lines[:11])
    first.read_until("11 of 36")
    first.kill()
    assert "No BATNA yet" in said(database_url, now, lines[11])[0][1]
    second = Chat(database_url, "ann", now)
    second.type("resume")
    second.read_until("11 of 36")
    second.type(lines[12])
    second.kill()
    (resumed,) = said(database_url, now, "resume")
    assert resumed[0] in {"Acme · Frame · 11 of 36", "Acme · Frame · 12 of 36"}  # kept whole, or not at all
    return lines[13:] if "12 of 36" in resumed[0] else lines[12:]


def _cells(line: str) -> str:
    """A row of a table as the transcripts write it."""
    return " | ".join(re.split(r" {2,}", line.strip()))


def test_the_worked_purchase_goes_through_the_process(database_url: str) -> None:
    (moment, user, steps), *later = runs()
    left = _interrupted(database_url, moment, [step.text for step in steps])
    assert "100 % ready" in "\n".join(said(database_url, moment, *left, user=user)[-1])
    answers: dict[str, list[str]] = {}  # the last one to each line
    for moment, user, steps in later:
        told = said(database_url, moment, *(step.text for step in steps), user=user)
        for step, lines in zip(steps, told, strict=True):
            shown = [*lines, *map(_cells, lines)]
            assert [text for text in step.holds if not any(text in line for line in shown)] == [], step.line
            assert [text for text in step.lacks if any(text in line for line in shown)] == [], step.line
            answers[step.text] = lines
    batna, log = answers["what's our BATNA for Acme?"], answers["log acme"]
    assert batna == BATNA
    assert log[:-1] == LOG
    assert log[-1].startswith("[1] Log  [2] Correct #2")
    for lines in (batna, log):
        assert len(lines) <= 14
        assert max(map(len, lines)) <= 64
    for asked in ("chart acme", "batna acme"):  # by somebody who may not read the plan
        assert answers[asked][0] == "No plan that you can read is called acme."


def test_a_deadline_is_printed_where_it_is_posted_and_pressed_in_a_later_run(database_url: str) -> None:
    for user in ("bob", "ann"):
        said(database_url, "2026-07-01T09:00", "hub", user=user)
    said(
        database_url,
        "2026-07-01T09:00",
        "contract add Acme: title housings, start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
        "method registered letter, transit days 2, sourcing weeks 12, switching weeks 12, backup @bob, channel #acme",
    )
    for day in ("2028-02-28", "2028-03-01"):
        assert prepbot(database_url, "deliver", "--now", f"{day}T09:00").returncode == 0
    done = prepbot(database_url, "deliver", "--now", "2028-03-02T09:00")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[:6] == RENEWAL
    assert max(map(len, done.stdout.splitlines())) <= 64
    assert prepbot(database_url, "deliver", "--now", "2028-03-02T09:00").stdout == ""
    pressed = prepbot(
        database_url,
        "chat",
        "--user",
        "bob",
        "--channel",
        "acme",
        "--now",
        "2028-03-02T10:00",
        typed="1\n2\n",
    )
    details, seen = pressed.stdout.split("\n\n")
    assert details.startswith("(only you) Acme housings: details")
    assert "A tender had to start by 14 Jan 2028" in details
    assert seen.startswith("(edited) Acme housings: send notice by Wed 29 Mar 2028 (27 days)")
    assert "Seen by @bob on 2 Mar" in seen
    assert "14 Jan" not in seen

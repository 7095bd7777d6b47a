"""Many reminders due at once, two processes on PostgreSQL, a Slack that misbehaves, and SIGKILL at random moments.

Each reminder must arrive, and none twice: what was accepted without the process hearing of it is found by its token. What
may be said twice says that it may be a repeat, and is counted.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.request import urlopen

from sqlalchemy import func, select

from bench import seeding
from storage.tables import Reminder
from tests.soak.slack import TEAM

if TYPE_CHECKING:
    from storage.database import Database

_ROOT = Path(__file__).parents[2]
_R = Reminder.__table__


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to happen. `manners` is how Slack behaves, `away` for how many seconds it takes no connections once half is
    delivered; `lease` and `tick` are those of the processes, in seconds."""

    reminders: int = 10_000
    kills: int = 20
    manners: str = "well"
    away: float = 0.0
    lease: float = 15.0
    tick: float = 1.0
    seed: int = 1
    patience: float = 900.0


@dataclass(slots=True)
class Outcome:
    """What came of it. `twice` are channels with a second message that does not say that it may be a repeat."""

    plan: Plan
    seconds: float
    once: int
    found: int
    look_ups: int
    taken_over: int
    repeats: int
    lost: list[str]
    twice: list[str]
    unsettled: int
    kills: int
    faults: dict[str, int] = field(default_factory=dict)

    @property
    def holds(self) -> bool:
        """Whether everything arrived, and nothing twice without saying so."""
        return not (self.lost or self.twice or self.unsettled) and self.kills == self.plan.kills

    def lines(self) -> list[str]:
        """A table of the cases."""
        rows: list[tuple[str, object]] = [
            ("reminders due", self.plan.reminders),
            ("processes killed (SIGKILL)", self.kills),
            *(sorted(self.faults.items())),
            ("seconds away", self.plan.away),
            ("claimed more than once", self.taken_over),
            ("look-ups", self.look_ups),
            ("had arrived unheard, found by look-up", self.found),
            ("arrived once", self.once),
            ("arrived again, saying that it may be a repeat", self.repeats),
            ("not settled", self.unsettled),
            ("lost", len(self.lost)),
            ("doubled", len(self.twice)),
            ("seconds", round(self.seconds, 1)),
        ]
        return [f"  {name:<48}{value:>8}" for name, value in rows]


def run(plan: Plan, url: str) -> Outcome:
    """Play it on an empty PostgreSQL database."""
    database = seeding.fresh(url)
    workspace = seeding.workspace(database, "slack", TEAM)
    due = datetime.now(UTC) - timedelta(minutes=1)
    seeding.reminders(database, workspace, plan.reminders, due=due, addresses=plan.reminders)
    slack = _Slack(plan)
    crew = _Crew(plan, url, slack.api)
    began = time.monotonic()
    try:
        crew.start()
        _play(plan, slack, crew, database, began + plan.patience)
        return _judged(plan, slack.report(), database, crew.kills, time.monotonic() - began)
    finally:
        crew.stop()
        slack.stop()
        database.close()


def _play(plan: Plan, slack: _Slack, crew: _Crew, database: Database, end: float) -> None:
    """Kill at random moments of the work, and wait until all is settled or patience is over."""
    chance = random.Random(plan.seed)
    moments = sorted(chance.sample(range(1, plan.reminders * 9 // 10), plan.kills))
    half = plan.reminders // 2 if plan.away else None
    while time.monotonic() < end:
        arrived = slack.count()
        if half is not None and arrived >= half:
            half = slack.go_away(plan.away)
        if moments and arrived >= moments[0]:
            moments.pop(0)
            time.sleep(chance.random() / 4)
            crew.kill(chance.randrange(2))
        elif not moments and not _pending(database):
            return
        else:
            time.sleep(0.1)


def _pending(database: Database) -> int:
    with database.engine.connect() as connection:
        waiting = select(func.count()).select_from(_R).where(_R.c.status != "sent")
        return int(connection.execute(waiting).scalar_one())


def _judged(plan: Plan, report: dict[str, Any], database: Database, kills: int, seconds: float) -> Outcome:
    with database.engine.connect() as connection:
        again = connection.execute(select(func.count()).select_from(_R).where(_R.c.attempts > 1)).scalar_one()
    arrived: dict[str, list[bool]] = report["arrived"]
    sure = {channel: sum(not repeats for repeats in all_of) for channel, all_of in arrived.items()}
    return Outcome(
        plan,
        seconds,
        once=sum(len(all_of) == 1 for all_of in arrived.values()),
        found=report["found"],
        look_ups=report["look_ups"],
        taken_over=int(again),
        repeats=sum(map(sum, arrived.values())),
        lost=[f"C{n}" for n in range(plan.reminders) if not arrived.get(f"C{n}")],
        twice=[channel for channel, times in sure.items() if times > 1],
        unsettled=_pending(database),
        kills=kills,
        faults=dict(Counter(report["faults"])),
    )


class _Slack:
    """The double, in its own process."""

    def __init__(self, plan: Plan) -> None:
        self._process = _python("slack", str(plan.reminders), str(plan.seed), plan.manners)
        assert self._process.stdout is not None
        told = json.loads(self._process.stdout.readline())
        self.api: str = told["api"]
        self._control: str = told["control"]
        self._last = 0

    def _ask(self, what: str) -> Any:
        with urlopen(f"{self._control}/{what}") as answer:
            return json.load(answer)

    def count(self) -> int:
        """How many messages arrived."""
        return int(self._ask("count"))

    def go_away(self, seconds: float) -> None:
        """Take no connections for so long."""
        self._ask(f"away?seconds={seconds}")

    def report(self) -> dict[str, Any]:
        """What arrived where, and what was looked up."""
        found: dict[str, Any] = self._ask("report")
        return found

    def stop(self) -> None:
        """End the process."""
        self._process.kill()
        self._process.communicate()


class _Crew:
    """Two processes of Prep. Who is killed is followed by another one at once."""

    def __init__(self, plan: Plan, url: str, api: str) -> None:
        self._arguments = (url, api, str(plan.lease), str(plan.tick))
        self._processes: list[subprocess.Popen[bytes]] = []
        self.kills = 0

    def start(self) -> None:
        """Start both."""
        self._processes = [_python("worker", *self._arguments) for _ in range(2)]

    def kill(self, number: int) -> None:
        """SIGKILL one, and start another."""
        self._processes[number].kill()
        self._processes[number].communicate()
        self._processes[number] = _python("worker", *self._arguments)
        self.kills += 1

    def stop(self) -> None:
        """End both."""
        for process in self._processes:
            process.kill()
            process.communicate()


def _python(module: str, *arguments: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", f"tests.soak.{module}", *arguments]
    return subprocess.Popen(command, cwd=_ROOT, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE)

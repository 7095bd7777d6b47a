"""`make soak`: ten thousand reminders, two processes, twenty kills; with a Slack that is well, and with one that is not."""

from __future__ import annotations

import sys
from dataclasses import replace

from bench.postgres import postgres
from tests.soak.soak import Plan, run

WELL = Plan()
ILL = Plan(manners="ill", away=60.0)


def main(arguments: list[str]) -> int:
    """0 where nothing was lost or doubled. Arguments: how many reminders, how many kills, the seed."""
    numbers = [int(each) for each in arguments]
    given = dict(zip(("reminders", "kills", "seed"), numbers, strict=False))
    good = True
    for name, plan in (("a Slack that is well", WELL), ("429, 500, dropped connections, a minute away", ILL)):
        with postgres() as url:
            outcome = run(replace(plan, **given), url)
        print(name, *outcome.lines(), "  holds" if outcome.holds else "  FAILED", "", sep="\n", flush=True)
        good = good and outcome.holds
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

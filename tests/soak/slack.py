"""The local Slack as a process of its own, which misbehaves at random, and tells what arrived.

`python -m tests.soak.slack CHANNELS SEED MANNERS`: prints the address of its API and of its control, then serves until killed.
Control: `/count` (messages that arrived), `/report` (JSON, see `Report`), `/away?seconds=N` (takes no connections for so long).
"""

from __future__ import annotations

import asyncio
import json
import random
import sys
from collections import Counter
from typing import TYPE_CHECKING

from aiohttp import web

from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.faults import Fault, Faults, down, drop_after_accepting, error, ratelimited
from tests.doubles.slack.serving import serve

if TYPE_CHECKING:
    from tests.doubles.slack.clocks import Clock

TEAM, USER = "T0PREP", "U0"
POST, LOOK = "chat.postMessage", "conversations.history"
REPEAT = "I may have posted"
# (what is called, what happens, of a thousand calls)
_UNHEARD = (
    ("accepted, then dropped", drop_after_accepting(), 20),
    ("accepted, then 500", error(500, accepted=True), 10),
)
_BUSY = ("429", ratelimited(1), 20)
_NOT_TAKEN = (("dropped", down(), 15), ("500", error(500), 15))
_OTHERS = (("500", error(500), 10), ("429", ratelimited(1), 5), ("dropped", down(), 5))
# how it misbehaves: in posts, in all other calls
MANNERS: dict[str, tuple[tuple[tuple[str, Fault, int], ...], tuple[tuple[str, Fault, int], ...]]] = {
    "well": ((), ()),
    "unheard": ((*_UNHEARD, _BUSY), ()),  # nothing after which it is waited for long
    "ill": ((*_UNHEARD, _BUSY, *_NOT_TAKEN), _OTHERS),
}


class RandomFaults(Faults):
    """Faults by chance."""

    def __init__(self, clock: Clock, seed: int, manners: str) -> None:
        super().__init__(clock)
        self._random = random.Random(seed)
        self._of_posts, self._of_others = MANNERS[manners]
        self.counted: Counter[str] = Counter()

    def take(self, method: str) -> Fault | None:
        """The fault for this call, counted."""
        left = self._random.random() * 1000
        for name, fault, share in self._of_posts if method == POST else self._of_others:
            left -= share
            if left < 0:
                self.counted[f"{'post' if method == POST else 'other call'}: {name}"] += 1
                return fault
        return super().take(method)


class Stage:
    """One workspace with as many channels as it takes."""

    def __init__(self, channels: int, seed: int, manners: str) -> None:
        self.slack = SlackDouble()
        self.faults = RandomFaults(self.slack.clock, seed, manners)
        self.slack.faults = self.slack.server.faults = self.faults
        world = self.slack.world
        world.add_workspace(TEAM)
        world.add_user(USER, "bench")
        for n in range(channels):
            world.add_channel(f"C{n}", f"c{n}", [USER])
        self._coming_back: set[asyncio.Task[None]] = set()

    def control(self) -> web.Application:
        """What the soak asks and tells."""
        app = web.Application()
        app.router.add_get("/count", self._count)
        app.router.add_get("/report", self._report)
        app.router.add_get("/away", self._away)
        return app

    async def _count(self, _: web.Request) -> web.Response:
        return web.json_response(len(self.slack.world.said))

    async def _report(self, _: web.Request) -> web.Response:
        arrived: dict[str, list[bool]] = {}
        for message in self.slack.world.said:
            arrived.setdefault(message.channel, []).append(REPEAT in json.dumps(message.blocks))
        looks = [call for call in self.slack.server.calls if call.method == LOOK and call.status == 200]
        found = {call.arguments["channel"] for call in looks if call.answer.get("messages")}
        report = {
            "arrived": arrived,
            "look_ups": len(looks),
            "found": len(found),
            "faults": dict(self.faults.counted),
        }
        return web.json_response(report)

    async def _away(self, request: web.Request) -> web.Response:
        task = asyncio.create_task(self._stay_away(float(request.query["seconds"])))
        self._coming_back.add(task)
        return web.json_response(1)

    async def _stay_away(self, seconds: float) -> None:
        await self.slack.server.stop()
        await asyncio.sleep(seconds)
        await self.slack.server.start()


async def main(channels: int, seed: int, manners: str) -> None:
    """Serve until killed."""
    stage = Stage(channels, seed, manners)
    async with stage.slack, serve(stage.control()) as control:
        print(json.dumps({"api": stage.slack.api_url, "control": control}), flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]))

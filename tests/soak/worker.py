"""A process of Prep that delivers, as `prepbot run` does, with leases and ticks as short as the soak needs them.

`python -m tests.soak.worker DATABASE_URL API_URL LEASE TICK` (seconds): rings until it is killed.
"""

from __future__ import annotations

import asyncio
import sys
from datetime import UTC, datetime, timedelta

from bot.app import build
from bot.config import Settings
from bot.delivery import Delivery
from bot.scheduler import Bell
from bot.slack.dispatch import alone


def _now() -> datetime:
    return datetime.now(UTC)


async def main(database_url: str, api_url: str, lease: float, tick: float) -> None:
    """Ring until killed."""
    app = build(Settings(database_url=database_url, _env_file=None))  # type: ignore[call-arg]
    ours, _ = alone(app.edge, "xoxb-T0PREP", "signing-secret", _now, api_url=api_url)
    delivery = Delivery(app.database, {"slack": ours}, lease=timedelta(seconds=lease))
    Bell(delivery, _now, every=tick).start()
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1], sys.argv[2], float(sys.argv[3]), float(sys.argv[4])))

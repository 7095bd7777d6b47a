"""The only place where things are put together. The process and the tests call the same `build`."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bot.edge import Edge
from bot.playbook import scripts_of
from handlers.commands import Commands
from handlers.conversations import answer
from handlers.core import Core
from handlers.router import Router
from storage.database import Database
from storage.migrate import lags, migrate

if TYPE_CHECKING:
    from bot.config import Settings


@dataclass(frozen=True, slots=True)
class App:
    """The parts of a running Prep that every face shares."""

    settings: Settings
    database: Database
    core: Core
    edge: Edge

    def close(self) -> None:
        """Finish what is under way and give everything back."""
        self.edge.close()
        self.database.close()


def build(settings: Settings) -> App:
    """Put Prep together, on a database brought to the newest schema. Raises Unfit where settings cannot work, and
    Unusable where the database cannot be used."""
    scripts = scripts_of(settings)
    migrate(settings.database_url)
    database = Database(settings.database_url)
    core = Core(database, Router(Commands()), answer, scripts)
    return App(settings, database, core, Edge(core, database))


def prepare_apart(url: str) -> None:
    """Bring the database to the newest schema in a process of its own, where it is not: what that takes in memory is given
    back. Where that fails, `build` tries again and says why."""
    if lags(url):
        command, quiet = [sys.executable, "-m", "bot.cli", "migrate"], subprocess.DEVNULL
        env = {**os.environ, "DATABASE_URL": url}
        subprocess.run(command, env=env, stdout=quiet, stderr=quiet, check=False)  # noqa: S603  # our own command

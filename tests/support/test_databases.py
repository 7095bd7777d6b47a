from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import text

from storage.database import make_engine
from storage.migrate import HEAD, migrate
from tests.support.databases import PREFIX, clear_leftovers, close_folder, open_folder


def _value(url: str, statement: str) -> object:
    engine = make_engine(url)
    try:
        with engine.begin() as connection:
            result = connection.execute(text(statement))
            return result.scalar() if result.returns_rows else None
    finally:
        engine.dispose()


def test_a_database_comes_migrated(database_url: str) -> None:
    assert _value(database_url, "SELECT version_num FROM alembic_version") == HEAD


@pytest.mark.parametrize("turn", [1, 2])
def test_each_test_has_a_database_of_its_own(database_url: str, turn: int) -> None:
    _value(database_url, "CREATE TABLE left_behind (turn INTEGER)")
    _value(database_url, f"INSERT INTO left_behind VALUES ({turn})")
    assert _value(database_url, "SELECT count(*) FROM left_behind") == 1


def test_an_empty_database_can_be_migrated(empty_database_url: str) -> None:
    with pytest.raises(Exception, match="alembic_version"):
        _value(empty_database_url, "SELECT version_num FROM alembic_version")
    migrate(empty_database_url)
    assert _value(empty_database_url, "SELECT version_num FROM alembic_version") == HEAD


def test_postgresql_is_a_real_one(postgresql_url: str) -> None:
    assert str(_value(postgresql_url, "SELECT version()")).startswith("PostgreSQL")


def test_what_a_killed_run_left_behind_is_cleared_away() -> None:
    script = (
        "import os; from tests.support.databases import *\n"
        "folder = open_folder(); print(folder, flush=True)\n"
        "PostgreSQL.start(folder); print((folder / 'pg/postmaster.pid').read_text().split()[0], flush=True)\n"
        "os._exit(9)"
    )
    run = subprocess.run([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True, check=False)
    folder, postmaster = run.stdout.split()
    assert run.returncode == 9
    assert Path(folder).is_dir()
    clear_leftovers()
    assert not Path(folder).exists()
    with pytest.raises(ProcessLookupError):
        os.kill(int(postmaster), 0)


def test_a_run_that_goes_on_is_left_alone() -> None:
    folder = open_folder()
    clear_leftovers()
    assert folder.name.startswith(f"{PREFIX}{os.getpid()}-")
    assert folder.is_dir()
    close_folder(folder)
    assert not folder.exists()

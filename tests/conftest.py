"""What every test may ask for: databases of both kinds, and a count of which tests ran on which."""

from __future__ import annotations

import atexit
import os
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from tests.support.databases import PostgreSQL, close_folder, migrate_sqlite_template, open_folder

if TYPE_CHECKING:
    from collections.abc import Iterator

RUN_FOLDER = pytest.StashKey[Path]()
NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
OURS = ("SLACK_", "TEAMS_", "PREP_")

# The same examples for everybody, however slow the machine; --hypothesis-profile=explore looks for new ones.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.register_profile("explore", deadline=None, max_examples=1000)
settings.load_profile("steady")


def pytest_configure(config: pytest.Config) -> None:
    """Make the folder of this run, or, in a worker, learn where it is."""
    handed = getattr(config, "workerinput", {}).get("run_folder")
    if handed:
        config.stash[RUN_FOLDER] = Path(handed)
        return
    folder = config.stash[RUN_FOLDER] = open_folder()
    # Not at the end of the run but of the process: what the server library does at exit comes before that.
    atexit.register(close_folder, folder)


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker where the folder of this run is."""
    node.workerinput["run_folder"] = str(node.config.stash[RUN_FOLDER])


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Say how many tests ran on which database."""
    counts = Counter(
        str(value)
        for outcome in ("passed", "failed")
        for report in terminalreporter.stats.get(outcome, [])
        if report.when == "call"
        for name, value in report.user_properties
        if name == "database"
    )
    if counts:
        told = ", ".join(f"{counts[kind]} on {name}" for kind, name in NAMES.items())
        terminalreporter.write_line(f"databases: {told.replace(' on', ' tests on', 1)}")


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees how the machine is configured."""
    for name in os.environ:
        if name.startswith(OURS) or name in ("DATABASE_URL", "HOST", "PORT"):
            monkeypatch.delenv(name)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file, to be copied."""
    return migrate_sqlite_template(tmp_path_factory.mktemp("sqlite"))


@pytest.fixture(scope="session")
def postgresql_server(request: pytest.FixtureRequest) -> Iterator[PostgreSQL]:
    """The PostgreSQL server of this run."""
    server = PostgreSQL.start(request.config.stash[RUN_FOLDER])
    yield server
    server.close()


@pytest.fixture
def sqlite_url(request: pytest.FixtureRequest, tmp_path: Path, sqlite_template: Path) -> str:
    """A migrated SQLite database of the test's own."""
    request.node.user_properties.append(("database", "sqlite"))
    return f"sqlite:///{shutil.copyfile(sqlite_template, tmp_path / 'prep.db')}"


@pytest.fixture
def postgresql_url(request: pytest.FixtureRequest, postgresql_server: PostgreSQL) -> Iterator[str]:
    """A migrated PostgreSQL database of the test's own."""
    request.node.user_properties.append(("database", "postgresql"))
    url = postgresql_server.create()
    yield url
    postgresql_server.drop(url)


@pytest.fixture(params=list(NAMES))
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated database of the test's own; the test runs once on each kind."""
    url: str = request.getfixturevalue(f"{request.param}_url")
    return url


@pytest.fixture(params=list(NAMES))
def empty_database_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database without tables, for what is about migrating; the test runs once on each kind."""
    request.node.user_properties.append(("database", request.param))
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'empty.db'}"
        return
    server: PostgreSQL = request.getfixturevalue("postgresql_server")
    url = server.create_empty()
    yield url
    server.drop(url)

"""What whoever starts Prep is told where it cannot start: one reason, no value, no trace."""

from __future__ import annotations

import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from bot.check import check
from bot.config import Settings
from bot.starting import in_words
from storage.migrate import migrate
from tests.support.local_chat import environment, prepbot

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("command", ["migrate", "chat", "deliver"])
@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("nonsense", "no address of a database"),
        ("mysql://prep:hunter2@host/prep", "a kind of database that Prep does not know"),
        ("postgresql://prep:hunter2@127.0.0.1:9/prep", "cannot be opened (OperationalError)"),
    ],
)
def test_a_database_that_cannot_be_used_is_said_in_plain_words(command: str, url: str, told: str) -> None:
    done = prepbot(url, command, typed="help\n")
    assert (done.returncode, done.stdout) == (1, "")
    assert told in done.stderr
    assert "hunter2" not in done.stderr
    assert "Traceback" not in done.stderr


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear Acme, " * 100, encoding="utf-8")
    done = prepbot(f"sqlite:///{file}", "chat", typed="help\n")
    assert (done.returncode, "cannot be opened" in done.stderr) == (1, True)
    assert file.read_text(encoding="utf-8").startswith("Dear Acme")


def test_a_database_of_a_newer_prep_is_not_touched(sqlite_url: str) -> None:
    _sql(sqlite_url, "UPDATE alembic_version SET version_num = '9999'")
    done = prepbot(sqlite_url, "chat", typed="help\n")
    assert (done.returncode, "made by a newer one" in done.stderr) == (1, True)


def _sql(url: str, statement: str) -> None:
    import sqlite3

    with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
        connection.execute(statement)
    connection.close()


@pytest.mark.parametrize(
    ("name", "value", "example"),
    [
        ("PORT", "s3cret", "PORT=3000"),
        ("PORT", "70000", "PORT=3000"),
        ("TEAMS_ALLOW_ANONYMOUS", "s3cret", "TEAMS_ALLOW_ANONYMOUS=1"),
    ],
)
def test_a_setting_that_is_none_is_named_and_not_shown(
    sqlite_url: str, name: str, value: str, example: str
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "migrate"],
        env=environment(sqlite_url, **{name: value}),
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{name} cannot be used: ")
    assert done.stderr.endswith(f"For example: {example}\n")
    assert value not in done.stderr


def test_a_mistake_of_ours_is_not_explained_away() -> None:
    assert in_words(KeyError("supplier")) is None
    assert in_words(OSError(32, "a pipe")) is None


def test_whoever_reads_only_the_first_line_is_not_told_of_a_failure(sqlite_url: str) -> None:
    chat = subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "chat"],
        env=environment(sqlite_url), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    assert chat.stdin is not None
    assert chat.stdout is not None
    assert chat.stderr is not None
    with chat.stdin, chat.stderr:
        chat.stdin.write("help\n")
        chat.stdin.flush()
        assert chat.stdout.readline().strip()
        chat.stdout.close()
        chat.stdin.write("help\n" * 2000)
        chat.stdin.close()
        assert chat.stderr.read() == ""
    assert chat.wait(60) == 0


def test_a_new_file_is_for_this_user_alone(tmp_path: Path) -> None:
    file = tmp_path / "data" / "prep.db"
    migrate(f"sqlite:///{file}")
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700


def test_check_tells_of_a_file_that_others_may_open(tmp_path: Path) -> None:
    file = tmp_path / "prep.db"
    migrate(f"sqlite:///{file}")
    assert "others on this machine" not in _checked(database_url=f"sqlite:///{file}")
    file.chmod(0o644)
    assert "others on this machine may open: chmod 600" in _checked(database_url=f"sqlite:///{file}")


def test_check_tells_what_is_set_and_not_used_yet(sqlite_url: str) -> None:
    told = _checked(database_url=sqlite_url, slack_app_token="xapp-hunter2")
    assert "SLACK_APP_TOKEN is set, and not used without SLACK_BOT_TOKEN" in told
    assert "hunter2" not in told


def _checked(**given: object) -> str:
    told: list[str] = []
    check(Settings(_env_file=None, **given), told.append)  # type: ignore[arg-type]
    return "\n".join(told)

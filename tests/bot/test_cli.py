"""`prepbot`: what each command says and how it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bot.check import check, database
from bot.config import Settings
from tests.support.local_chat import prepbot

if TYPE_CHECKING:
    from pathlib import Path


def settings(**given: object) -> Settings:
    return Settings(_env_file=None, **given)  # type: ignore[arg-type]


def test_help_names_every_command(sqlite_url: str) -> None:
    done = prepbot(sqlite_url, "--help")
    assert done.returncode == 0
    for command in ("run", "chat", "deliver", "import", "export", "migrate", "check", "teams-package"):
        assert f"\n    {command}" in done.stdout


def test_no_command_is_misuse(sqlite_url: str) -> None:
    assert prepbot(sqlite_url).returncode == 2


def test_external_needs_a_channel(sqlite_url: str) -> None:
    done = prepbot(sqlite_url, "chat", "--external", typed="help\n")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--channel" in done.stderr


def test_migrate_brings_a_new_database_to_the_newest_schema(empty_database_url: str) -> None:
    assert "no tables yet" in database(settings(database_url=empty_database_url)).text
    for _ in range(2):
        done = prepbot(empty_database_url, "migrate")
        assert done.returncode == 0, done.stderr
        assert "the newest" in done.stdout
    assert database(settings(database_url=empty_database_url)).works


def test_check_says_what_is_set_and_what_is_missing(database_url: str) -> None:
    told: list[str] = []
    assert check(settings(database_url=database_url), told.append) == 0
    text = "\n".join(told)
    assert told[0].startswith("ok       Database")
    assert "not set  Slack" in text
    assert "SLACK_BOT_TOKEN" in text
    assert "TEAMS_APP_ID" in text


def test_check_knows_teams_without_authentication(sqlite_url: str) -> None:
    told: list[str] = []
    check(settings(database_url=sqlite_url, teams_allow_anonymous=True), told.append)
    assert any("TEAMS_ALLOW_ANONYMOUS" in line for line in told)


def test_check_fails_where_the_database_cannot_be_reached_and_keeps_the_password(tmp_path: Path) -> None:
    told: list[str] = []
    url = "postgresql://prep:hunter2@127.0.0.1:9/prep"
    assert check(settings(database_url=url), told.append) == 1
    assert told[0].startswith("FAILED   Database")
    assert "hunter2" not in "\n".join(told)
    assert list(tmp_path.iterdir()) == []


def test_check_makes_no_file(tmp_path: Path) -> None:
    assert database(settings(database_url=f"sqlite:///{tmp_path / 'none.db'}")).works
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("command", ["export"])
def test_what_is_not_built_yet_says_so(sqlite_url: str, command: str) -> None:
    done = prepbot(sqlite_url, command)
    assert (done.returncode, done.stdout) == (1, "")
    assert "not built yet" in done.stderr


def test_deliver_prints_what_is_due_once_and_its_buttons_live_on(sqlite_url: str) -> None:
    asked = "remind #acme 2027-03-02 9:00 invoice check\nremind 2027-03-02 9:00 call the broker\n"
    prepbot(sqlite_url, "chat", "--user", "ann", "--now", "2026-07-02T10:00", typed=asked)
    early = prepbot(sqlite_url, "deliver", "--now", "2027-03-02T08:59")
    due = prepbot(sqlite_url, "deliver", "--now", "2027-03-02T09:00")
    again = prepbot(sqlite_url, "deliver", "--now", "2027-03-02T09:00")
    assert [done.returncode for done in (early, due, again)] == [0, 0, 0]
    assert (early.stdout, again.stdout, due.stderr) == ("", "", "")
    firsts = [line for line in due.stdout.splitlines() if not line.startswith("  ")]
    assert sorted(firsts) == ["#acme: invoice check", "@ann: call the broker"]
    assert "  [1] " in due.stdout
    pressed = prepbot(sqlite_url, "chat", "--channel", "acme", "--user", "bob", typed="1\n")
    assert pressed.stdout.startswith("(edited) ")


def test_deliver_refuses_what_is_no_moment(sqlite_url: str) -> None:
    done = prepbot(sqlite_url, "deliver", "--now", "soon")
    assert (done.returncode, done.stdout) == (2, "")
    assert "ISO 8601" in done.stderr

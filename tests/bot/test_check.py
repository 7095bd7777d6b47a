"""`prepbot check` says in plain words what is missing or wrong, setting by setting, and shows no value."""

from __future__ import annotations

import os
import socket
from typing import TYPE_CHECKING, Any

import pytest
from pydantic import SecretStr

from bot.check import check
from bot.config import Settings
from bot.misfits import surroundings
from bot.serve import start
from tests.support.served import free_port

if TYPE_CHECKING:
    from pathlib import Path

NOWHERE = "http://127.0.0.1:1/api/"
TENANT = "00000000-0000-0000-0000-000000000000"
GOOD = "x" * 40


def told(url: str, **given: Any) -> tuple[int, str]:
    """The exit code and all lines. Names in capitals are settings."""
    secrets = {"bot_token", "signing_secret", "app_token", "client_secret", "app_password", "secret_key"}
    values = {
        name.lower(): SecretStr(value) if any(name.lower().endswith(end) for end in secrets) else value
        for name, value in {"PORT": free_port(), "SLACK_API_URL": NOWHERE, **given}.items()
    }
    lines: list[str] = []
    code = check(Settings(_env_file=None, database_url=url, **values), lines.append)
    return code, "\n".join(lines)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"SLACK_BOT_TOKEN": "xoxb-1"}, "FAILED   Slack      not set: SLACK_SIGNING_SECRET"),
        ({"SLACK_SIGNING_SECRET": GOOD}, "FAILED   Slack      not set: SLACK_BOT_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxb-1", "SLACK_SIGNING_SECRET": GOOD}, "Slack does not answer"),
        ({"SLACK_BOT_TOKEN": "hello"}, "SLACK_BOT_TOKEN is no token of Slack's: it would begin with xoxb-"),
        ({"SLACK_BOT_TOKEN": "xapp-1"}, "an app-level token: it belongs into SLACK_APP_TOKEN"),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN holds a person's token, which Prep never uses"),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN holds the bot user's token: it belongs into SLACK_BOT_TOKEN"),
        ({"SLACK_SIGNING_SECRET": "xoxb-1"}, "SLACK_SIGNING_SECRET holds a token"),
        ({"SLACK_CLIENT_SECRET": GOOD, "SLACK_SIGNING_SECRET": GOOD}, "are the same; Slack shows two different ones"),
        ({"SLACK_API_URL": "slack.com/api"}, "SLACK_API_URL is no address. Leave it out"),
        ({"SLACK_CLIENT_ID": "1.2"}, "not set: SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET, PREP_SECRET_KEY"),
        (
            {"SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": GOOD},
            "not set: PREP_SECRET_KEY",
        ),
        (
            {
                "SLACK_CLIENT_ID": "1.2", "SLACK_CLIENT_SECRET": "s", "SLACK_SIGNING_SECRET": GOOD,
                "PREP_SECRET_KEY": GOOD, "PREP_PUBLIC_URL": "http://prep.example.com",
            },
            "PREP_PUBLIC_URL must begin with https://",
        ),
        ({"PREP_PUBLIC_URL": "prep.example.com"}, "PREP_PUBLIC_URL is no address. For example"),
        ({"PREP_PUBLIC_URL": "http://prep.example.com"}, "PREP_PUBLIC_URL must begin with https://"),
        ({"TEAMS_APP_ID": "a"}, "TEAMS_TENANT_ID must be the directory (tenant) id"),
        ({"TEAMS_APP_ID": "a", "TEAMS_TENANT_ID": "contoso"}, "TEAMS_TENANT_ID must be the directory (tenant) id"),
        ({"TEAMS_APP_ID": "a", "TEAMS_TENANT_ID": TENANT}, "TEAMS_APP_PASSWORD is missing"),
        ({"TEAMS_APP_PASSWORD": "s"}, "FAILED   Teams      not set: TEAMS_APP_ID, TEAMS_TENANT_ID"),
        ({"TEAMS_APP_ID": "a", "TEAMS_APP_TYPE": "MultiTenant"}, "TEAMS_APP_TYPE must be SingleTenant or"),
        ({"TEAMS_ALLOW_ANONYMOUS": True, "HOST": "0.0.0.0"}, "TEAMS_ALLOW_ANONYMOUS is for this machine alone"),
        ({"HOST": "http://127.0.0.1"}, "HOST is a name or a number, not a web address"),
        ({"HOST": "nowhere.invalid"}, "HOST is not known by that name"),
        ({"HOST": "192.0.2.1"}, "HOST is no address of this machine"),
        ({"PREP_PLAYBOOK": "/nowhere/playbook.yaml"}, "FAILED   Playbook"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_ends_with_one(sqlite_url: str, given: dict[str, Any], said: str) -> None:
    code, lines = told(sqlite_url, **given)
    failed = "\n".join(line for line in lines.splitlines() if line.startswith("FAILED"))
    assert said in failed, lines
    assert code == 1
    assert GOOD not in lines


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "not set  Slack      would need SLACK_BOT_TOKEN, SLACK_SIGNING_SECRET"),
        ({}, "not set  Teams      would need TEAMS_APP_ID, TEAMS_APP_PASSWORD, TEAMS_TENANT_ID"),
        ({}, "not set  Serve      nothing: `prepbot run` needs Slack or Teams, `prepbot chat` neither"),
        ({}, "ok       Database   sqlite ("),
        ({"SLACK_APP_TOKEN": "xapp-1"}, "note     Settings   SLACK_APP_TOKEN is set, and not used without SLACK_BOT_TOKEN"),
        ({"PREP_SECRET_KEY": GOOD}, "note     Settings   PREP_SECRET_KEY is set, and not used without SLACK_CLIENT_ID"),
        ({"PREP_PUBLIC_URL": "https://p.example"}, "note     Settings   PREP_PUBLIC_URL is set, and not used without"),
        ({"HOST": "0.0.0.0"}, "note     Settings   HOST lets other machines come"),
        ({"TEAMS_ALLOW_ANONYMOUS": True}, "ok       Teams      without authentication, for this machine alone"),
    ],
)  # fmt: skip
def test_what_is_worth_knowing_is_said_and_ends_with_zero(
    sqlite_url: str, given: dict[str, Any], said: str
) -> None:
    code, lines = told(sqlite_url, **given)
    assert said in lines
    assert code == 0


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("sqlite://prep.db", "the address of a file has three slashes, sqlite:///FILE"),
        ("mysql://prep:geheim@db/prep", "names a kind of database that Prep does not know"),
        ("geheim", "DATABASE_URL is no address of a database"),
        ("postgresql://prep:geheim@127.0.0.1:1/prep", "postgresql: cannot connect: nobody answers at that host and port"),
        ("postgresql://prep:geheim@nowhere.invalid/prep", "cannot connect: the host is not known by that name"),
    ],
)  # fmt: skip
def test_a_database_that_cannot_be_used_is_said_without_its_password(url: str, said: str) -> None:
    code, lines = told(url)
    assert said in lines.splitlines()[0]
    assert "geheim" not in lines
    assert code == 1


def test_a_file_that_is_no_database_is_said(tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("Dear supplier, " * 100, encoding="utf-8")
    assert "that file is no database" in told(f"sqlite:///{file}")[1]


def test_a_database_that_is_not_there_is_said(postgresql_url: str) -> None:
    wrong = postgresql_url.replace("/test_", "/no_such_")
    assert "there is no such database, or no such user" in told(wrong)[1]
    assert "ok       Database   postgresql, schema" in told(postgresql_url)[1]


def test_a_port_that_another_program_has_is_said(sqlite_url: str) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        code, lines = told(sqlite_url, PORT=taken.getsockname()[1])
    assert "FAILED   Address" in lines
    assert "another program has the port" in lines
    assert code == 1


async def test_a_port_on_which_prep_serves_is_all_right(sqlite_url: str) -> None:
    import asyncio

    running = await start(Settings(_env_file=None, database_url=sqlite_url, port=0))  # type: ignore[call-arg]
    try:
        port = int(running.address.rpartition(":")[2])
        code, lines = await asyncio.to_thread(told, sqlite_url, PORT=port)
    finally:
        await running.stop()
    assert "a Prep serves there now" in lines
    assert code == 0


def test_a_name_that_is_mistyped_is_said(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SLACK_SINGING_SECRET", GOOD)
    (tmp_path / ".env").write_text("PREP_COLOUR=blue\n", encoding="utf-8")
    _, lines = told(sqlite_url)
    assert "SLACK_SINGING_SECRET is no setting of Prep's; SLACK_SIGNING_SECRET is one" in lines
    assert "PREP_COLOUR is no setting of Prep's" in lines
    assert GOOD not in lines
    assert set(surroundings()) >= {"PREP_COLOUR", *os.environ}

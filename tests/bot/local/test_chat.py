"""`prepbot chat` as it is started: a process with pipes."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.local.chat import messages
from tests.support.local_chat import environment, prepbot


def chat(url: str, typed: str, *options: str) -> str:
    done = prepbot(url, "chat", *options, typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    return done.stdout


def test_a_message_a_line_and_the_replies_as_plain_text(database_url: str) -> None:
    told = chat(database_url, "# a comment\n\nnew quick Acme: housings\n/prep show acme\n", "--user", "ann")
    assert told.count("\n\n") == 1
    assert "\x1b" not in told
    assert "Acme" in told.partition("\n\n")[2]


def test_a_killed_chat_loses_nothing_that_was_answered(sqlite_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "chat", "--user", "ann"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment(sqlite_url), text=True,
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write("new quick Acme: housings\n")
        process.stdin.flush()
        asked = process.stdout.readline()
        process.kill()
    assert asked.strip()
    assert "Acme: housings" in chat(sqlite_url, "/prep plans\n", "--user", "ann")


def test_what_one_user_prepares_does_not_exist_for_another(sqlite_url: str) -> None:
    chat(sqlite_url, "new quick Acme: housings\n", "--user", "ann")
    never = chat(sqlite_url, "show zenith\n", "--user", "bob")
    assert chat(sqlite_url, "show acme\n", "--user", "bob").replace("acme", "zenith") == never


def test_a_plan_in_a_channel_is_shown_to_the_asker_alone(sqlite_url: str) -> None:
    chat(sqlite_url, "new quick Acme: housings\n", "--user", "ann")
    told = chat(sqlite_url, "good morning\n/prep batna\n", "--user", "ann", "--channel", "acme")
    assert told.startswith("(only you) ")
    assert "No BATNA yet" in told


def test_buttons_live_on_between_runs(sqlite_url: str) -> None:
    assert "[1]" in chat(sqlite_url, "hub\n")
    assert chat(sqlite_url, "1\n")
    assert "no button here" in chat(sqlite_url, "1\n", "--user", "bob")


def test_a_guest_learns_nothing(sqlite_url: str) -> None:
    told = chat(sqlite_url, "/prep help\n1\n", "--channel", "acme", "--external", "--guest", "--user", "gus")
    assert "inside members" in told.partition("\n\n")[0]


def test_bad_bytes_long_lines_and_other_scripts_are_taken(sqlite_url: str) -> None:
    line = b"show \xff\xfe " + "مرحبا 外箱 \u202e".encode() + b"x" * 10_000 + b"\n"
    done = subprocess.run(
        [sys.executable, "-m", "bot.cli", "chat"], input=line, capture_output=True, timeout=60, check=False,
        env=environment(sqlite_url, PYTHONIOENCODING="ascii"),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.decode()


def test_a_reader_who_has_had_enough_is_no_failure(sqlite_url: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "bot.cli", "chat"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=environment(sqlite_url),
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        process.stdin.write(b"help\nhelp\n")
        process.stdin.close()
        assert process.wait(60) == 0
        assert process.stderr.read() == b""


def test_the_clock_stands_where_it_was_put(sqlite_url: str) -> None:
    chat(sqlite_url, "new quick Acme: housings\n")
    assert "1 Jan" in chat(sqlite_url, "/prep batna\n", "--now", "2026-01-01T00:30"), "in the speaker's zone"
    assert "1 Jan" in chat(sqlite_url, "/prep batna\n", "--now", "2025-12-31T23:30Z")


def test_a_moment_that_is_none_is_refused_with_an_example(sqlite_url: str) -> None:
    done = prepbot(sqlite_url, "chat", "--now", "yesterday", typed="help\n")
    assert done.returncode == 2
    assert done.stdout == ""
    assert "For example: --now 2026-04-01T15:00" in done.stderr


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["one\n", "two"], ["one", "two"]),
        (["term\topen\\\r\n", "price\t3.45\n", "next\n"], ["term\topen\nprice\t3.45", "next"]),
        (["at the end\\\n"], ["at the end"]),
        (["a share: \\\\srv\\\\\n", "x\n"], ["a share: \\\\srv\\\\", "x"]),
    ],
)
def test_a_line_goes_on_after_a_backslash(lines: list[str], expected: list[str]) -> None:
    assert list(messages(lines)) == expected


def test_the_first_start_makes_the_folder_and_the_tables(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new' / 'folder' / 'prep.db'}"
    assert "[1]" in chat(url, "hub\n")

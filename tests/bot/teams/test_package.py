"""The app package: what is in it, what Teams would say of it, and what keeps it from being written."""

from __future__ import annotations

import json
import struct
import zlib
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zipfile import ZipFile

import jsonschema
import pytest

from bot.config import Settings
from bot.starting import Unfit
from bot.teams import icons
from bot.teams.app_manifest import FOR_ALL, IN_PRIVATE, PERSONAL, manifest
from bot.teams.dialogs import LOG
from bot.teams.package import lacks, write
from handlers.commands import Commands
from handlers.help.text import builtin
from handlers.router import Router
from tests.support.local_chat import prepbot

if TYPE_CHECKING:
    from collections.abc import Iterator

SCHEMA = Path(__file__).parents[4] / "shared" / "data" / "schemas" / "teams-manifest-1.29.json"
APP = "0d9b645f-597b-41f0-a2a3-ef103fbd91bb"
URL = "https://prep.example.com"


def settings(**given: Any) -> Settings:
    return Settings(_env_file=None, **{"teams_app_id": APP, "prep_public_url": URL, **given})  # type: ignore[call-arg]


@pytest.fixture
def told() -> dict[str, Any]:
    return manifest(APP, URL, "0.1.0")


# ---- the manifest ----


@pytest.mark.skipif(not SCHEMA.exists(), reason="no manifest schema beside the project")
def test_the_manifest_is_valid(told: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    validator = jsonschema.validators.validator_for(schema)(schema)
    assert [error.message for error in validator.iter_errors(told)] == []
    assert [*validator.iter_errors({**told, "bots": [{}]})] != []


def test_the_bot_is_for_people_teams_and_groups(told: dict[str, Any]) -> None:
    (bot,) = told["bots"]
    assert bot["scopes"] == ["personal", "team", "groupChat"]
    assert bot["botId"] == told["id"] == told["webApplicationInfo"]["id"] == APP
    assert bot["supportsTargetedMessages"] is True
    assert told["supportsChannelFeatures"] == "tier1"
    assert told["validDomains"] == ["prep.example.com"]


def test_it_asks_for_one_permission_only(told: dict[str, Any]) -> None:
    assert told["authorization"] == {
        "permissions": {"resourceSpecific": [{"name": "ChannelMember.Read.Group", "type": "Application"}]}
    }


def test_the_only_action_is_on_messages(told: dict[str, Any]) -> None:
    (extension,) = told["composeExtensions"]
    (action,) = extension["commands"]
    assert (action["id"], action["context"], action["fetchTask"]) == (LOG, ["message"], True)
    assert (action["type"], action["title"]) == ("action", "Log as concession")


def test_lists_of_commands_are_as_many_and_as_long_as_teams_takes(told: dict[str, Any]) -> None:
    lists = told["bots"][0]["commandLists"]
    assert len(lists) <= 3
    assert all(1 <= len(one["commands"]) <= 12 for one in lists)
    assert all(len(command["description"]) <= 128 for one in lists for command in one["commands"])


def test_words_with_figures_are_offered_as_private_commands_alone(told: dict[str, Any]) -> None:
    router = Router(Commands())
    lists = told["bots"][0]["commandLists"]
    shared = [one for one in lists if one["scopes"] != ["personal"]]
    for one in shared:
        for words in (command["title"] for command in one["commands"]):
            found = router.exact(words.replace("batna add", "batna acme add Borg = 4.18"))
            assert found is not None
            command, rest = found
            if command.has_figures(rest):
                assert one["triggers"] == ["slash"], words


def test_what_is_offered_can_be_asked_for_today() -> None:
    there = {topic.key for topic in builtin().topics if not topic.not_yet}
    assert {*PERSONAL, *FOR_ALL, *IN_PRIVATE} <= there


# ---- the icons ----


def pixels(png: bytes) -> tuple[int, int, list[tuple[int, int, int, int]]]:
    """Width, height and pixels of a PNG that is written without filters."""
    chunks = dict(_chunks(png))
    wide, high, depth, kind = struct.unpack(">IIBB", chunks[b"IHDR"][:10])
    assert (depth, kind) == (8, 6)
    raw = zlib.decompress(chunks[b"IDAT"])
    rows = [raw[y * (4 * wide + 1) : (y + 1) * (4 * wide + 1)] for y in range(high)]
    assert all(row[0] == 0 for row in rows)
    return wide, high, [tuple(row[at : at + 4]) for row in rows for at in range(1, len(row), 4)]  # type: ignore[misc]


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at = 8
    while at < len(png):
        (size,) = struct.unpack(">I", png[at : at + 4])
        kind, body = png[at + 4 : at + 8], png[at + 8 : at + 8 + size]
        assert struct.unpack(">I", png[at + 8 + size : at + 12 + size]) == (zlib.crc32(kind + body),)
        yield kind, body
        at += 12 + size


def test_the_colour_icon_fills_its_square() -> None:
    wide, high, dots = pixels(icons.colour())
    assert (wide, high) == (192, 192)
    assert {dot[3] for dot in dots} == {255}
    assert dots[0][:3] == icons.GROUND
    assert {icons.RING, icons.WHITE} <= {dot[:3] for dot in dots}
    middle = range(wide // 4, 3 * wide // 4)
    outside = (
        dots[y * wide + x] for y in range(high) for x in range(wide) if not (x in middle and y in middle)
    )
    assert {dot[:3] for dot in outside} == {icons.GROUND}


def test_the_outline_is_white_on_nothing() -> None:
    wide, high, dots = pixels(icons.outline())
    assert (wide, high) == (32, 32)
    assert {dot[:3] for dot in dots} == {icons.WHITE}
    assert {0, 255} <= {dot[3] for dot in dots}
    assert sum(dot[3] == 255 for dot in dots) > 50


# ---- the file ----


def test_the_package_holds_the_manifest_and_both_icons(tmp_path: Path) -> None:
    out = tmp_path / "prep.zip"
    write(settings(prep_public_url=f"{URL}/"), out)
    with ZipFile(out) as package:
        assert package.testzip() is None
        told = json.loads(package.read("manifest.json"))
        assert set(package.namelist()) == {"manifest.json", *told["icons"].values()}
        assert package.read(told["icons"]["color"]) == icons.colour()
    assert told["developer"]["privacyUrl"] == f"{URL}/privacy"
    again = tmp_path / "again.zip"
    write(settings(), again)
    assert again.read_bytes() == out.read_bytes()


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"teams_app_id": None}, "TEAMS_APP_ID"),
        ({"teams_app_id": "prep"}, "TEAMS_APP_ID"),
        ({"prep_public_url": None}, "PREP_PUBLIC_URL"),
        ({"prep_public_url": "http://prep.example.com"}, "PREP_PUBLIC_URL"),
        ({"prep_public_url": "prep.example.com"}, "PREP_PUBLIC_URL"),
    ],
)
def test_what_is_missing_is_named_and_nothing_is_written(
    tmp_path: Path, given: dict[str, Any], named: str
) -> None:
    with pytest.raises(Unfit, match=named):
        write(settings(**given), tmp_path / "prep.zip")
    assert named in (lacks(settings(**given)) or "")
    assert list(tmp_path.iterdir()) == []


def test_the_command_line_writes_it_or_says_why_not(tmp_path: Path, sqlite_url: str) -> None:
    out = tmp_path / "prep.zip"
    (tmp_path / ".env").write_text(f"TEAMS_APP_ID={APP}\nPREP_PUBLIC_URL={URL}\n", encoding="utf-8")
    done = prepbot(sqlite_url, "teams-package", str(out), cwd=tmp_path)
    assert (done.returncode, out.exists()) == (0, True), done.stderr
    for where, cwd in ((tmp_path / "no" / "prep.zip", tmp_path), (out, tmp_path.parent)):
        done = prepbot(sqlite_url, "teams-package", str(where), cwd=cwd)
        assert (done.returncode, done.stdout) == (1, "")
        assert done.stderr.startswith("The app package was not written: ")

"""PREP_SECRET_KEY: no token stands anywhere, a key is changed without a pause, and a wrong one loses nothing."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from pydantic import SecretStr

from bot.app import build
from bot.serve import connect, now, run
from bot.slack.oauth.wiring import NO_ADDRESS, WITHOUT_KEY, WITHOUT_SIGNATURE
from storage.database import Database
from tests.bot.slack.oauth.stage import DAN, KEY, NORTH, WEST, YARD, House, housed, serving, settings_for
from tests.doubles.slack.double import SlackDouble
from tests.support.dump import dump

if TYPE_CHECKING:
    from datetime import datetime

NEW = "another long random text"


def everything_in(url: str) -> bytes:
    """All that the database holds, and for SQLite the bytes of its files."""
    database = Database(url)
    rows = repr(dump(database)).encode()
    database.close()
    file = Path(url.removeprefix("sqlite:///"))
    files = file.parent.glob(f"{file.name}*") if url.startswith("sqlite") else ()
    return rows + b"".join(one.read_bytes() for one in files)


async def test_no_token_stands_in_the_database_or_in_the_log(
    database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    async with housed(database_url) as house:
        house.slack.world.workspaces[WEST].rotates = True
        await house.install()
        await house.install(WEST, DAN)
        await house.dm("hub")
        space = house.slack.world.workspaces[WEST]
        tokens = ["xoxb-T0PREP", space.token, space.refresh, "client-secret", KEY]
        held = everything_in(database_url)
        assert b"T2WEST" in held
        assert [token for token in tokens if token.encode() in held] == []
        assert "xox" not in repr(await house.faces._installs.find(WEST))
    log = capfd.readouterr()
    assert [token for token in tokens if token in log.out + log.err] == []


async def restarted(house: House, url: str, key: str, words: str = "hub") -> str:
    """What another process with this key answers."""
    async with serving(url, house.slack, _later(house), prep_secret_key=SecretStr(key)) as second:
        return await second.command(words)


def _later(house: House) -> datetime:
    return house.now


async def test_a_key_is_changed_by_putting_the_new_one_in_front(house: House, database_url: str) -> None:
    await house.install()
    assert "no plan yet" in await restarted(house, database_url, f"{NEW}, {KEY}")
    assert "no plan yet" in await restarted(house, database_url, NEW)  # the old one is not needed any more
    assert "PREP_SECRET_KEY" in await restarted(house, database_url, KEY)


async def test_a_wrong_key_is_told_and_loses_nothing(
    house: House, database_url: str, capfd: pytest.CaptureFixture[str]
) -> None:
    await house.install()
    await house.dm("new quick Acme: housings")
    before = everything_in(database_url) if "postgres" in database_url else b""
    said = await restarted(house, database_url, "a wrong key")
    assert "PREP_SECRET_KEY is not the one" in said
    assert '"not_opened": 1' in capfd.readouterr().err
    assert not before or b"UBOT0PREP" in everything_in(database_url)
    assert "Acme" in await restarted(house, database_url, KEY)


async def test_with_a_wrong_key_installing_again_helps(house: House, database_url: str) -> None:
    await house.install()
    async with serving(database_url, house.slack, house.now, prep_secret_key=SecretStr(NEW)) as second:
        assert "PREP_SECRET_KEY" in await second.command("hub")
        await second.install(WEST, DAN)
        assert "no plan yet" in await second.command("hub", DAN, YARD)
        await second.install()
        assert "no plan yet" in await second.command("hub")


async def test_a_token_cannot_be_put_in_the_place_of_another(house: House) -> None:
    from sqlalchemy import select, update

    from storage.tables import Installation

    await house.install()
    await house.install(WEST, DAN)
    table = Installation.__table__
    with house.running.app.database.writing() as handle:
        taken = handle.connection.execute(
            select(table.c.token).where(table.c.bot_user == "UBOT0PREP")
        ).scalar()
        handle.connection.execute(update(table).where(table.c.bot_user == "UBOT2WEST").values(token=taken))
    house.faces.forget(WEST)
    assert "PREP_SECRET_KEY" in await house.command("hub", DAN, YARD)


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"prep_secret_key": None}, WITHOUT_KEY),
        ({"prep_secret_key": SecretStr(" , ")}, WITHOUT_KEY),
        ({"slack_signing_secret": None}, WITHOUT_SIGNATURE),
        ({"prep_public_url": "prep.example"}, NO_ADDRESS),
    ],
)
def test_what_is_missing_is_refused_at_the_start(
    sqlite_url: str, changes: dict[str, object], said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = settings_for(sqlite_url, SlackDouble(), **changes)
    assert run(settings) == 1
    assert capsys.readouterr().err == f"{said}\n"


def test_with_a_token_alone_nothing_of_it_is_served(sqlite_url: str) -> None:
    settings = settings_for(
        sqlite_url, SlackDouble(), slack_client_secret=None, slack_bot_token=SecretStr(f"xoxb-{NORTH}")
    )
    app = build(settings)
    try:
        served = connect(app, settings, now)
        assert [route.path for route in served.routes] == ["/slack/events"]
    finally:
        app.close()

"""`prepbot check` of a Prep that is installed by OAuth."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml
from pydantic import SecretStr

from bot.check import check as check_all
from bot.slack.check import check
from tests.bot.slack.oauth.stage import KEY, House, settings_for
from tests.doubles.slack.double import SlackDouble

LONG = "x" * 43
AT = "https://prep.example"
FITS = "ok       manifest.yml asks for exactly what the code uses"


def checked(url: str, **changes: Any) -> list[str]:
    given = {"prep_secret_key": SecretStr(LONG), "prep_public_url": AT} | changes
    return [finding.line for finding in check(settings_for(url, SlackDouble(), **given))]


def test_all_is_there(sqlite_url: str) -> None:
    assert checked(sqlite_url) == [
        "ok       Slack      to be installed at https://prep.example/slack/install",
        "ok       Slack      installed in no workspace yet",
        f"{FITS}; the app needs the redirect URL https://prep.example/slack/oauth_redirect",
    ]


@pytest.mark.parametrize(
    ("changes", "names"),
    [
        ({"prep_secret_key": None}, "PREP_SECRET_KEY"),
        ({"prep_secret_key": SecretStr(",")}, "PREP_SECRET_KEY"),
        ({"slack_client_secret": None, "slack_signing_secret": None}, "SLACK_CLIENT_SECRET, SLACK_SIGNING_SECRET"),
        ({"slack_client_id": None}, "SLACK_CLIENT_ID"),
    ],
)  # fmt: skip
def test_what_is_missing_is_named(sqlite_url: str, changes: dict[str, Any], names: str) -> None:
    told = checked(sqlite_url, **changes)
    assert told == [f"FAILED   Slack      to be installed into many workspaces, not set: {names}"]


def test_addresses_and_keys_that_will_not_do(sqlite_url: str) -> None:
    assert any("PREP_PUBLIC_URL: without it" in line for line in checked(sqlite_url, prep_public_url=None))
    assert any(
        line.startswith("FAILED") and "https://" in line
        for line in checked(sqlite_url, prep_public_url="http://prep.example")
    )
    short = checked(sqlite_url, prep_secret_key=SecretStr(f"short,{LONG}"))
    assert any("PREP_SECRET_KEY is short" in line for line in short)
    assert not any(
        "short" in line for line in checked(sqlite_url, prep_secret_key=SecretStr(f"{LONG},short"))
    )
    both = checked(sqlite_url, slack_bot_token=SecretStr("xoxb-1"))
    assert any("SLACK_BOT_TOKEN is not used" in line for line in both)


async def test_installations_are_counted_and_a_wrong_key_is_told(house: House, database_url: str) -> None:
    await house.install()
    assert "installed in 1 workspace" in checked(database_url, prep_secret_key=SecretStr(KEY))[1]
    assert "does not open 1 of 1" in checked(database_url)[1]
    assert checked(database_url)[1].startswith("FAILED")


def test_a_manifest_of_ones_own_is_looked_at(
    sqlite_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    manifest = yaml.safe_load((Path(__file__).resolve().parents[4] / "manifest.yml").read_text("utf-8"))
    manifest["oauth_config"]["redirect_urls"] = [f"{AT}/slack/oauth_redirect"]
    monkeypatch.chdir(tmp_path)
    Path("manifest.yml").write_text(yaml.safe_dump(manifest), encoding="utf-8")
    assert checked(sqlite_url)[-1] == FITS


def test_no_secret_is_shown(sqlite_url: str) -> None:
    said: list[str] = []
    settings = settings_for(sqlite_url, SlackDouble(), prep_secret_key=SecretStr(LONG), prep_public_url=AT)
    settings = settings.model_copy(update={"slack_api_url": "https://slack.com/api/"})
    assert check_all(settings, said.append) == 0
    assert not any(one in "\n".join(said) for one in (LONG, "client-secret", "signing-secret"))

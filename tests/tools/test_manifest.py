"""The check of the app manifest."""

from __future__ import annotations

import copy
import json
from typing import Any

import pytest
import yaml

from tools.manifest import MANIFEST, SCHEMA, main, problems


@pytest.fixture
def manifest() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    return found


def test_ours_is_well(manifest: dict[str, Any]) -> None:
    assert problems(manifest) == []
    assert main([]) == 0


@pytest.mark.skipif(not SCHEMA.is_file(), reason="Slack's schema of manifests is not beside this project")
def test_slacks_schema_takes_it(manifest: dict[str, Any]) -> None:
    schema = json.loads(SCHEMA.read_text(encoding="utf-8"))
    assert problems(manifest, schema) == []
    manifest["settings"]["socket_mode_enabled"] = "no"
    assert problems(manifest, schema) == ["settings.socket_mode_enabled: 'no' is not of type 'boolean'"]


def test_a_breach_is_told(manifest: dict[str, Any]) -> None:
    wrong = copy.deepcopy(manifest)
    wrong["display_information"]["name"] = "P" * 36
    wrong["settings"]["interactivity"]["request_url"] = "http://example.com"
    wrong["oauth_config"]["scopes"]["bot"].append("files:read")
    assert problems(wrong) == [
        "scope files:read is not used",
        "display_information.name is missing or too long",
        "http://example.com is no https address",
    ]


def test_a_schema_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["no-such-schema.json"]) == 2
    assert "there is no" in capsys.readouterr().out

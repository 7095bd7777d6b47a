"""Hold `manifest.yml` to what the code uses, and to Slack's rules: `python -m tools.manifest [SCHEMA.json]`.

Slack's JSON schema of manifests is not part of this project. Named as an argument, or lying where `SCHEMA` says, it is
applied too; the rules that matter here are checked in any case.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml

from bot.slack.check import differences

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).resolve().parent.parent
MANIFEST = ROOT / "manifest.yml"
SCHEMA = ROOT.parent / "shared" / "data" / "schemas" / "slack-manifest-2.0.0.json"
URLS = {"request_url", "url", "redirect_urls"}
LENGTHS = {
    ("display_information", "name"): 35,
    ("display_information", "description"): 140,
    ("features", "bot_user", "display_name"): 80,
}


def problems(manifest: dict[str, Any], schema: dict[str, Any] | None = None) -> list[str]:
    """Everything that is wrong with a manifest, one line each."""
    wrong = differences(manifest)
    wrong += [
        f"{'.'.join(path)} is missing or too long"
        for path, most in LENGTHS.items()
        if not _fits(manifest, path, most)
    ]
    wrong += [
        f"{address} is no https address" for address in _urls(manifest) if not address.startswith("https://")
    ]
    return wrong + (_breaches(manifest, schema) if schema else [])


def _fits(manifest: dict[str, Any], path: tuple[str, ...], most: int) -> bool:
    found: Any = manifest
    for key in path:
        found = (found or {}).get(key)
    return isinstance(found, str) and 0 < len(found) <= most


def _urls(found: Any) -> Iterator[str]:
    if isinstance(found, list):
        for one in found:
            yield from _urls(one)
    if isinstance(found, dict):
        for key, one in found.items():
            if key in URLS:
                yield from map(str, one if isinstance(one, list) else [one])
            else:
                yield from _urls(one)


def _breaches(manifest: dict[str, Any], schema: dict[str, Any]) -> list[str]:
    from jsonschema.validators import validator_for

    found = validator_for(schema)(schema).iter_errors(manifest)
    return [f"{'.'.join(map(str, error.path)) or 'manifest'}: {error.message[:200]}" for error in found]


def main(arguments: list[str]) -> int:
    """Print what is wrong; 1 if anything is."""
    file = Path(arguments[0]) if arguments else SCHEMA
    if arguments and not file.is_file():
        print(f"there is no {file}")
        return 2
    schema = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None
    wrong = problems(yaml.safe_load(MANIFEST.read_text(encoding="utf-8")), schema)
    print(*wrong, sep="\n", end="\n" if wrong else "")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

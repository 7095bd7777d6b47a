"""PREP_PLAYBOOK: a company's own questions, read once when Prep starts."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from bot.app import build
from bot.check import check
from bot.config import Settings
from bot.starting import Unfit, in_words

DOCS = Path(__file__).parents[2] / "docs" / "operating.md"


def _settings(url: str, playbook: Path | str) -> Settings:
    return Settings(database_url=url, prep_playbook=str(playbook), _env_file=None)  # type: ignore[call-arg]


def _written(folder: Path, text: str) -> Path:
    file = folder / "house.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def _example() -> str:
    found = re.search(r"```yaml\n(full:.*?)```", DOCS.read_text(encoding="utf-8"), re.DOTALL)
    assert found is not None
    return found[1]


def test_the_example_of_the_documentation_is_a_script(tmp_path: Path, sqlite_url: str) -> None:
    app = build(_settings(sqlite_url, _written(tmp_path, _example())))
    full = app.core.scripts.full
    app.close()
    assert full.by_key["venue"].prompt.startswith("Our site")
    assert [full.by_key[key].section for key in ("incoterm", "conflict")] == ["deal", "house"]
    assert "silence" not in full.by_key
    assert len(full.questions) == 37


BROKEN = [
    ("full: {remove: [venu]}", ['house.yaml, line 1: there is no question "venu" to remove', "venue"]),
    (
        "full:\n  questions:\n    goal:\n      promt: What?\n",
        ["line 4", "question goal", '"promt"', "prompt"],
    ),
    ("remove: [venue]", ["house.yaml, line 1", "under quick or under full", "full: {remove: [venue]}"]),
    ("full: {}\nhouse: {}", ['house.yaml, line 1: the field "house" is not known; known are quick, full']),
    ("full: [}", ["house.yaml, line 1", "not YAML"]),
    ("full: {remove: [alts]}", ["question cost", "(alts)", "remove: [alts, cost]"]),
    ("full: {questions: {goal: {kind: list}}}", ["question goal", "keeps its kind", "leave the field out"]),
    (
        "full: {sections: [{key: deal, questions: [{key: volume, prompt: a, why: b, example: c, kind: text}]}]}",
        ["question volume", "taken already"],
    ),
]


@pytest.mark.parametrize(("text", "says"), BROKEN)
def test_a_file_that_does_not_fit_is_told_before_anything_starts(
    tmp_path: Path, sqlite_url: str, text: str, says: list[str]
) -> None:
    settings = _settings(sqlite_url, _written(tmp_path, text))
    with pytest.raises(Unfit) as caught:
        build(settings)
    told = in_words(caught.value) or ""
    found: list[str] = []
    assert check(settings, found.append) == 1
    line = next(line for line in found if line.startswith("FAILED   Playbook"))
    for part in ("PREP_PLAYBOOK cannot be used: ", *says):
        assert part in told
        assert part in line


def test_a_file_that_is_not_there_or_no_text(tmp_path: Path, sqlite_url: str) -> None:
    with pytest.raises(Unfit, match=r"nowhere\.yaml cannot be read: No such file"):
        build(_settings(sqlite_url, tmp_path / "nowhere.yaml"))
    with pytest.raises(Unfit, match="cannot be read: Is a directory"):
        build(_settings(sqlite_url, tmp_path))
    file = tmp_path / "house.yaml"
    file.write_bytes("full: {remove: [venue]} # Größe".encode("latin-1"))
    with pytest.raises(Unfit, match=r"house\.yaml is not text in UTF-8"):
        build(_settings(sqlite_url, file))


def test_check_counts_the_questions(tmp_path: Path, sqlite_url: str) -> None:
    found: list[str] = []
    assert check(_settings(sqlite_url, _written(tmp_path, _example())), found.append) == 0
    assert "ok       Playbook   quick asks 8, full asks 37 questions" in "\n".join(found)


def test_the_chat_asks_the_companys_questions(tmp_path: Path, sqlite_url: str) -> None:
    def chat(playbook: Path) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "bot.cli", "chat"],
            input="new quick Acme: housings\n",
            capture_output=True,
            text=True,
            timeout=60,
            cwd=DOCS.parents[1],
            env={"DATABASE_URL": sqlite_url, "PREP_PLAYBOOK": str(playbook), "PATH": "/usr/bin:/bin"},
            check=False,
        )

    asked = chat(_written(tmp_path, "quick: {questions: {deal: {prompt: What is it this time?}}}"))
    assert asked.returncode == 0
    assert "What is it this time?" in asked.stdout
    refused = chat(tmp_path / "other.yaml")
    assert refused.returncode == 1
    assert refused.stderr.startswith("PREP_PLAYBOOK cannot be used: ")
    assert "Traceback" not in refused.stderr

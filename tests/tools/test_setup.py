"""The set-up script, as far as it can be tried without installing anything."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project folder with the script, its inputs, and what the script takes for an installed Prep."""
    for name in ("tools/setup.sh", "requirements/run.txt", "requirements/dev.txt", "pyproject.toml"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        shutil.copyfile(ROOT / name, tmp_path / name)
    prepbot = tmp_path / ".venv/bin/prepbot"
    prepbot.parent.mkdir(parents=True)
    prepbot.write_text("#!/bin/sh\n")
    prepbot.chmod(0o755)
    return tmp_path


def _stamp(project: Path, what: str) -> None:
    stamps = project / ".venv/.prep"
    stamps.mkdir(exist_ok=True)
    asked = (project / f"requirements/{what}.txt").read_text() + (project / "pyproject.toml").read_text()
    (stamps / what).write_text(f"{project.resolve()}\n{asked}")


def _setup(project: Path, what: str, python: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        ["sh", str(project / "tools/setup.sh"), what],
        env={"PATH": "/usr/bin:/bin", "PYTHON": python},
        capture_output=True,
        text=True,
        check=False,
    )


def _old_python(project: Path) -> str:
    """An interpreter that is too old: it says so in the way that the script asks."""
    python = project / "python3.9"
    python.write_text('#!/bin/sh\ncase "$2" in *exit*) exit 1 ;; *) echo 3.9.18 ;; esac\n')
    python.chmod(0o755)
    return str(python)


def test_too_old_a_python_is_named_together_with_what_is_needed(project: Path) -> None:
    done = _setup(project, "run", _old_python(project))
    assert done.returncode == 1
    assert "Prep needs Python 3.11 or newer" in done.stderr
    assert "python3.9 is Python 3.9.18" in done.stderr
    assert "make chat PYTHON=" in done.stderr


def test_a_missing_python_is_said_to_be_missing(project: Path) -> None:
    done = _setup(project, "run", "no-such-python")
    assert done.returncode == 1
    assert "no-such-python: does not run" in done.stderr


@pytest.mark.parametrize(("installed", "what"), [("run", "run"), ("dev", "dev"), ("dev", "run")])
def test_what_is_installed_is_not_installed_again(project: Path, installed: str, what: str) -> None:
    _stamp(project, installed)
    done = _setup(project, what, "no-such-python")
    assert (done.returncode, done.stderr) == (0, "")


def test_the_tests_need_more_than_the_chat(project: Path) -> None:
    _stamp(project, "run")
    assert _setup(project, "dev", "no-such-python").returncode == 1


@pytest.mark.parametrize("changed", ["requirements/run.txt", "pyproject.toml"])
def test_a_change_of_what_is_asked_for_is_noticed(project: Path, changed: str) -> None:
    _stamp(project, "run")
    with (project / changed).open("a") as file:
        file.write("# more\n")
    assert _setup(project, "run", "no-such-python").returncode == 1


def test_a_moved_folder_is_noticed(project: Path) -> None:
    _stamp(project, "run")
    moved = project.rename(project.with_name("moved"))
    assert _setup(moved, "run", "no-such-python").returncode == 1

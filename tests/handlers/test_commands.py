"""Every word of every feature is known before the feature is imported."""

from __future__ import annotations

import subprocess
import sys

import pytest

from handlers.commands import FEATURES, Commands, Feature, all_commands


@pytest.mark.parametrize("feature", FEATURES, ids=lambda each: each.words[0])
def test_a_feature_is_called_by_the_words_of_its_commands(feature: Feature) -> None:
    names = [name for command in feature.load() for name in command.names]
    assert sorted(feature.words) == sorted(names)


def test_every_word_comes_to_the_last_command_that_it_names() -> None:
    expected = {name: command for command in all_commands() for name in command.names}
    assert dict(Commands()) == expected


def test_what_is_no_command_is_not_found() -> None:
    assert Commands().get("bantna") is None


def test_a_feature_is_imported_when_it_is_called() -> None:
    script = (
        "import sys; from handlers.commands import Commands; commands = Commands();"
        "print('handlers.batna.flow' in sys.modules, commands['alternatives'].name,"
        " 'handlers.batna.flow' in sys.modules, 'handlers.contracts.flow' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "batna", "True", "False"]

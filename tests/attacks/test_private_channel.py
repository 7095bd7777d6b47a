"""A private channel is not there for whoever is not in it: naming it by its id tells neither its name nor its people."""

from __future__ import annotations

import pytest

from handlers.turn import Channel
from tests.support.talk import Talk, person

HIDDEN, NEVER = "C0HIDDEN", "C0NEVERX"
LINES = (
    "contract add Borg: end 2027-06-30, channel <#{0}>",
    "checkin borg monthly on the 3rd <#{0}>",
    "remind <#{0}> 2026-07-02 9:00 call",
    "settings default channel <#{0}>",
    "channel acme <#{0}>",
    "post acme <#{0}>",
)


@pytest.mark.parametrize("line", LINES)
def test_it_reads_like_a_channel_that_never_was(database_url: str, line: str) -> None:
    talk = Talk(database_url)
    talk.say("new quick Acme: housings")
    talk.world.channels[HIDDEN] = Channel(
        HIDDEN, "merger-borg", present=True, shared=False, people=(person("bob"),), joinable=False
    )
    hidden = talk.say(line.format(HIDDEN))
    never = talk.say(line.replace("Borg", "Cube").replace("borg", "cube").format(NEVER))
    assert "merger" not in hidden.text
    assert hidden.text.replace(HIDDEN, NEVER).replace("Borg", "Cube").replace("borg", "cube") == never.text
    talk.close()


def test_who_is_in_it_is_told_its_name(database_url: str) -> None:
    talk = Talk(database_url)
    talk.world.channels[HIDDEN] = Channel(
        HIDDEN, "merger-borg", present=True, shared=False, people=(person("ann"),), joinable=False
    )
    assert "merger-borg" in talk.say(LINES[0].format(HIDDEN)).text
    talk.close()

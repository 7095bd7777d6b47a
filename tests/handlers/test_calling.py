"""How Prep is spoken to: each sentence that names a way fits the platform and the place."""

from __future__ import annotations

import pytest

from handlers.calling import MENTION
from handlers.turn import Channel, Via, WorkspaceKey
from tests.support.talk import Talk, person

INSIDE = Channel("C1", "acme", present=True, shared=False, people=(person("ann"),))
SHARED = Channel("C1", "acme", present=True, shared=True, people=(person("ann"),))


@pytest.fixture(params=["slack", "teams"])
def talk(request, database_url):
    made = Talk(database_url)
    made.key = WorkspaceKey(request.param, "one")
    made.world.channels["C1"] = INSIDE
    made.say("new quick Acme: housings")
    made.say("later")
    yield made
    made.close()


def told(talk, slack, teams):
    return slack if talk.key.platform == "slack" else teams


def test_where_figures_belong(talk):
    said = talk.say("give acme net 60 -> 45", channel="C1", via=Via.MENTION)
    way = told(talk, "/prep or a direct message.", "a direct message.")
    assert f"Next time use {way}" in said.text
    odd = talk.say("xyz acme 4.12", channel="C1", via=Via.MENTION)
    assert f"and use {way}" in odd.text


def test_what_was_not_done_where_outsiders_read(talk):
    talk.world.channels["C1"] = SHARED
    said = talk.say("give acme net 60 -> 45", channel="C1", via=Via.MENTION)
    way = told(talk, "/prep ... or a direct message to me", "a direct message to me")
    assert said.text.splitlines()[-1] == f"For example: {way}"


def test_how_to_begin(talk):
    said = talk.say("new Borg: caps", channel="C1", via=Via.MENTION)
    assert (", or use /prep new Acme: housings here." in said.text) is (talk.key.platform == "slack")
    if talk.key.platform == "teams":
        assert "/prep" not in said.text


def test_what_goes_before_words_in_a_channel(talk):
    before = told(talk, "/prep", MENTION)
    assert f"In a channel, {before} goes before." in talk.say("help").text
    assert f"In a channel, {before} goes before." in talk.say("help", channel="C1").text


def test_a_channel_that_outsiders_read(talk):
    talk.world.channels["C1"] = SHARED
    said = talk.say("channel acme <#C1|acme>")
    assert told(talk, "Ask there with /prep only.", "Ask me in private only.") in said.text


def test_help_is_not_kept_for_another_platform(database_url):
    talk = Talk(database_url)
    for platform, before in (("slack", "/prep"), ("teams", MENTION), ("slack", "/prep")):
        talk.key = WorkspaceKey(platform, "one")
        talk.say("hub")
        for _ in range(2):
            assert f"{before} goes before" in talk.say("help").text
    talk.close()

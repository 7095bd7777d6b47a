"""A question counts as answered, too, where commands have put in what its answer would fill."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from storage.tables import ListItem
from tests.handlers.prep.looking import rows

if TYPE_CHECKING:
    from tests.support.talk import Talk

QUICK = (
    "set acme: volume 30000 a year, baseline 3.95",
    "term acme price: open 3.45, target 3.70, stop 4.05",
    "term acme net days: 60/45/30",
    "batna acme add Borg = 4.18",
    "mandate acme 4.05 by CFO until 2026-06-30",
    "questions acme add What drives your cost?",
)


def percent(talk: Talk) -> int:
    """Readiness, as the hub says it; the plan itself and `ready` say the same."""
    found = {
        int(number)
        for words in ("hub", "show acme", "ready acme")
        for number in re.findall(r"(\d+) % ready", talk.say(words).text)
    }
    (one,) = found
    return one


def test_a_plan_filled_by_commands_is_as_ready_as_one_that_was_asked(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("later")
    seen = [percent(talk)]
    for line in QUICK:
        talk.say(line)
        seen.append(percent(talk))
    assert seen == [0, 12, 25, 37, 50, 62, 75]
    assert "When do you talk" in talk.say("resume").text  # nothing that is there is asked
    assert "What could you give away" in talk.say("skip").text


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("term acme price: their stop 3.55", ""),
        ("term acme price: stop 4.05", "terms"),
        ('term acme incoterm: levels "DDP"=100, "EXW"=0, stop EXW', "terms"),
        ("batna acme add Borg = 4.18", "alts cost"),
        ("batna acme add Borg = 4.18, chance 80 %", "alts cost status"),
        ("batna acme add Borg, 12 weeks", "alts status"),
        ("batna acme add it rolls over: price 4.30", "alts default"),
        ("mandate acme 4.05 by CFO", "mandate"),
        ("stakeholders acme add legal: our liability clause", "limits"),
        ("stakeholders acme add CFO: signs above 100k", "signer"),
        ("questions acme add What drives your cost?", "ask"),
        ("open acme add who pays for repairs", "open"),
        ("objections acme add resin went up -> show us the index", "objections"),
        ("set acme: volume 30000 a year, horizon 24 months", "scope"),
        ("set acme: talks 2026-03-18", "dates"),
        ("set acme: baseline 3.95", "baseline"),
    ],
)
def test_each_command_answers_its_questions(talk: Talk, line: str, key: str) -> None:
    talk.say("new full Acme: housings")
    talk.say("later")
    done = len(key.split())
    talk.say(line)
    assert percent(talk) == 100 * done // 36


def test_costs_are_known_only_when_those_of_every_way_are(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    talk.say("later")
    talk.say("batna acme add Borg = 4.18")
    assert percent(talk) == 100 * 2 // 36
    talk.say("batna acme add Cyan, 12 weeks")
    assert percent(talk) == 100 * 1 // 36


def test_dont_know_is_answered_by_what_is_put_in_later(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("set acme: mandate nobody yet")
    assert percent(talk) == 0
    talk.say("mandate acme 4.05 by CFO")
    assert percent(talk) == 12


def test_what_would_strengthen_the_batna_blocks_no_signature(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    talk.say("set acme: improve samples approved -> 95 %")
    assert rows(talk, ListItem) == []
    assert "samples" not in talk.say("open acme").text


def test_whoever_made_the_plan_owes_no_sign_off_to_themselves(talk: Talk) -> None:
    talk.say("new full Acme: housings")
    talk.say("later")
    talk.say("set acme: signer CFO: signs above 100k; me: up to 100k")
    said = talk.say("ready acme all").text
    assert "CFO has not signed off yet" in said
    assert "me has" not in said

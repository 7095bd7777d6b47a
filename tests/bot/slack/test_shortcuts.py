"""Shortcuts: a message logged as a concession, and a negotiation prepared from anywhere."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from bot.slack.needs import LOG_SHORTCUT, NEW_SHORTCUT
from handlers.gate import Why
from tests.bot.slack.stage import ANN, BOB, GUESTS, GUS, OUT, ROOM, SHARED, Stage
from tests.doubles.slack.errors import NotInSlack

if TYPE_CHECKING:
    from tests.doubles.slack.world import Message


@pytest.fixture
async def planned(stage: Stage) -> Stage:
    """Ann has two plans."""
    for line in ("new quick Acme: housings", "later", "new quick Borg: seals", "later"):
        await stage.dm(line)
    await stage.dm("term acme price: open 3.45, target 3.70, stop 4.05")
    return stage


async def taken(stage: Stage, message: Message, user: str = ANN) -> None:
    await stage.slack.message_shortcut(user, message, LOG_SHORTCUT)
    await stage.settled()


def fields(stage: Stage, user: str = ANN) -> dict[str, Any]:
    """What stands in the fields of the open form at first, by their keys."""
    found = {}
    for block in stage.slack.view(user).blocks:
        if block["type"] == "input":
            element = block["element"]
            option = (element.get("initial_option") or {}).get("value")
            found[block["block_id"].rpartition(":")[2]] = option or element.get("initial_value")
    return found


async def test_a_message_is_logged_with_its_text_filled_in(planned: Stage) -> None:
    await planned.command("show acme")  # named last in this channel
    said = planned.slack.say(BOB, ROOM, "price 3.45 -> 3.58")
    await taken(planned, said)
    assert planned.slack.reading(planned.slack.view(ANN)).startswith("Log as concession")
    found = fields(planned)
    assert found["side"] == "ours"
    assert found["moved"] == "price 3.45 -> 3.58"
    await planned.submit({"In return for": "cap 4 -> 3"})
    assert "logged as #1" in planned.private()[-1]
    assert planned.public() == []
    await planned.dm("log acme")
    assert "3.58" in planned.told()[-1]


async def test_what_another_company_says_is_their_move(planned: Stage) -> None:
    await taken(planned, planned.slack.say(OUT, SHARED, "We give you <!channel> *five* days & a pen"))
    found = fields(planned)
    assert found["side"] == "theirs"
    assert found["moved"] == "We give you @channel *five* days & a pen"
    assert found["plan"] is None  # two are there, and none was named
    with pytest.raises(NotInSlack):
        await planned.submit({})
    await planned.submit({"Plan": "Acme: housings"})
    assert "@channel *five* days & a pen" in planned.private(channel=SHARED)[-1]
    assert planned.public(SHARED) == []


async def test_a_word_that_is_filled_in_is_obeyed_by_nobody(planned: Stage) -> None:
    await taken(planned, planned.slack.say(BOB, ROOM, "undo acme"))
    assert fields(planned)["moved"] == "undo acme"
    assert planned.private() == []


async def test_what_is_too_long_for_the_log_is_shortened_before_and_that_is_said(planned: Stage) -> None:
    await taken(planned, planned.slack.say(BOB, ROOM, "warranty " * 400))
    assert len(fields(planned)["moved"]) == 300
    assert "Only its beginning" in planned.slack.reading(planned.slack.view(ANN))
    await planned.submit({"Plan": "Acme: housings"})
    assert "logged as #1" in planned.private()[-1]


async def test_what_is_wrong_stands_beside_the_field_with_what_was_typed(planned: Stage) -> None:
    await taken(planned, planned.slack.say(BOB, ROOM, "price 3.45 -> soon"))
    await planned.submit({"Plan": "Acme: housings"})
    view = planned.slack.view(ANN)
    assert "soon" in planned.slack.reading(view) or view.errors
    assert fields(planned)["moved"] == "price 3.45 -> soon"


async def test_a_trigger_that_is_too_old_leaves_a_button_that_opens_the_form(planned: Stage) -> None:
    said = planned.slack.say(BOB, ROOM, "price 3.45 -> 3.58")
    await planned.slack.message_shortcut(ANN, said, LOG_SHORTCUT, late=4)
    await planned.settled()
    with pytest.raises(NotInSlack):
        planned.slack.view(ANN)
    assert planned.public() == []
    await planned.press("Open: Log as concession")
    assert fields(planned)["moved"] == "price 3.45 -> 3.58"


async def test_without_a_plan_that_is_said_to_the_presser_alone(stage: Stage) -> None:
    await taken(stage, stage.slack.say(BOB, ROOM, "price 3.45 -> 3.58"))
    assert "no live plan" in stage.private()[-1]
    assert stage.public() == []


async def test_only_plans_that_the_presser_may_change_are_offered(planned: Stage) -> None:
    await planned.dm(f"share acme <@{BOB}>", raw=True)
    await taken(planned, planned.slack.say(ANN, ROOM, "a pen"), BOB)
    assert "no live plan" in planned.private(BOB)[-1]
    await planned.dm(f"share acme <@{BOB}> to edit", raw=True)
    await taken(planned, planned.slack.say(ANN, ROOM, "a pen"), BOB)
    assert "Borg" not in planned.slack.reading(planned.slack.view(BOB))
    await planned.submit({}, BOB)
    assert "logged as #1" in planned.private(BOB)[-1]


@pytest.mark.parametrize(("user", "channel"), [(GUS, GUESTS), (OUT, SHARED)])
async def test_somebody_from_outside_is_refused_in_private(planned: Stage, user: str, channel: str) -> None:
    await taken(planned, planned.slack.say(ANN, channel, "a pen"), user)
    assert planned.private(user, channel) == [Why.OUTSIDER.value]
    with pytest.raises(NotInSlack):
        planned.slack.view(user)


async def test_a_negotiation_is_prepared_from_anywhere(stage: Stage) -> None:
    await stage.slack.shortcut(ANN, NEW_SHORTCUT)
    await stage.settled()
    await stage.submit({"Supplier": "Acme", "What are you buying?": "housings"})
    assert "direct message" in stage.slack.reading(stage.slack.view(ANN))
    assert "Acme" in stage.told()[-1]
    await stage.dm("Acme, housings, 30k a year, 3.95")
    assert "Kept" in stage.told()[-1]


async def test_a_plan_that_is_there_already_is_said_in_the_form(planned: Stage) -> None:
    await planned.slack.shortcut(ANN, NEW_SHORTCUT)
    await planned.settled()
    await planned.submit({"Supplier": "acme", "What are you buying?": "lids"})
    assert "already" in planned.slack.reading(planned.slack.view(ANN))
    await planned.press("Start another", channel=None)
    assert "lids" in planned.told()[-1] or "lids" in planned.slack.reading(planned.slack.view(ANN))


async def test_a_name_that_is_none_stays_in_the_form(stage: Stage) -> None:
    await stage.slack.shortcut(ANN, NEW_SHORTCUT)
    await stage.settled()
    await stage.submit({"Supplier": "Acme " * 40})
    assert "too long" in str(stage.slack.view(ANN).errors) + stage.slack.reading(stage.slack.view(ANN))


async def test_a_late_global_shortcut_leaves_a_button_in_the_direct_message(stage: Stage) -> None:
    await stage.slack.shortcut(ANN, NEW_SHORTCUT, late=4)
    await stage.settled()
    await stage.press("Open: Prepare a negotiation", channel=stage.direct())
    assert stage.slack.reading(stage.slack.view(ANN)).startswith("Prepare a negotiation")


async def test_shortcuts_of_other_apps_are_nothing(stage: Stage) -> None:
    await stage.slack.shortcut(ANN, "theirs")
    await stage.slack.message_shortcut(ANN, stage.slack.say(BOB, ROOM, "x"), "theirs")
    await stage.settled()
    assert (stage.private(), stage.told(), stage.slack.views) == ([], [], [])

"""Buttons and forms: pressing is saying, in place where it replaces, private where it is private."""

from __future__ import annotations

from bot.slack.incoming import Origin
from handlers.turn import Field, Form
from tests.bot.slack.stage import ANN, BOB, OPEN, ROOM, Stage
from tests.doubles.slack.faults import error, refuses

PLAN = ("new quick Acme: housings", "Acme, housings, 30k a year, 3.95", "later")


async def plan(stage: Stage, user: str = ANN) -> None:
    for line in PLAN:
        await stage.dm(line, user)


async def test_a_button_in_a_private_answer_is_answered_in_private(stage: Stage) -> None:
    await plan(stage)
    await stage.command("")
    await stage.press("Acme")
    assert stage.private()[-1].startswith("Only you · Acme")
    assert (stage.public(), stage.private(BOB)) == ([], [])


async def test_it_works_where_prep_is_no_member(stage: Stage) -> None:
    await plan(stage)
    await stage.command("", channel=OPEN)
    await stage.press("Acme", channel=OPEN)
    assert stage.private(channel=OPEN)[-1].startswith("Only you · Acme")


async def test_a_button_in_a_direct_message_is_answered_there(stage: Stage) -> None:
    await plan(stage)
    await stage.dm("hub")
    count = len(stage.told())
    await stage.press("Acme", channel=stage.direct())
    assert len(stage.told()) == count + 1
    assert stage.told()[-1].startswith("Acme")


async def test_a_button_in_a_thread_is_answered_in_it(stage: Stage) -> None:
    root = stage.slack.say(BOB, ROOM, "Acme?")
    await stage.mention("help", thread_ts=root.ts)
    label = _first_label(stage)
    await stage.press(label)
    assert stage.slack.world.said[-1].thread_ts == root.ts


def _first_label(stage: Stage) -> str:
    for block in stage.slack.last(ROOM).blocks:
        if block["type"] == "actions":
            return str(block["elements"][0]["text"]["text"])
    raise AssertionError("help has no buttons")


async def test_a_form_opens_from_a_command_and_is_answered_where_it_began(stage: Stage) -> None:
    await plan(stage)
    await stage.command("batna acme add")
    assert stage.slack.reading(stage.slack.view(ANN)).startswith("New alternative")
    await stage.submit({"Name": "Borg", "Price per piece": "4.18"})
    assert stage.slack.world.stack(ANN) == []
    assert "Borg" in stage.private()[-1]
    assert stage.public() == []


async def test_a_form_from_a_channel_without_prep_is_answered_there(stage: Stage) -> None:
    await plan(stage)
    await stage.command("batna acme add", channel=OPEN)
    await stage.submit({"Name": "Borg", "Price per piece": "4.18"})
    assert "Borg" in stage.private(channel=OPEN)[-1]


async def test_an_error_stays_in_the_form_with_what_was_typed(stage: Stage) -> None:
    await plan(stage)
    await stage.command("batna acme add")
    await stage.submit({"Name": "Borg", "Price per piece": "4.18", "How sure": "900 %"})
    found = stage.slack.view(ANN)
    assert list(found.errors) == ["3:0:chance"]
    assert stage.private() == []
    await stage.submit({"How sure": "80 %"})
    assert "Borg" in stage.private()[-1]


async def test_a_form_after_a_mention_opens_by_a_button(stage: Stage) -> None:
    await plan(stage)
    await stage.mention("batna acme add")
    assert stage.slack.world.stack(ANN) == []
    await stage.press("Open the form: New alternative")
    await stage.submit({"Name": "Borg", "Price per piece": "4.18"})
    assert "Borg" in stage.private()[-1]


async def test_a_form_that_opens_too_late_has_a_button(stage: Stage) -> None:
    await plan(stage)
    stage.slack.fail(refuses("expired_trigger_id"), "views.open", times=1)
    await stage.command("batna acme add")
    await stage.press("Open the form: New alternative")
    assert stage.slack.reading(stage.slack.view(ANN)).startswith("New alternative")


async def test_when_the_answer_address_is_old_the_answer_still_arrives(stage: Stage) -> None:
    await plan(stage)
    await stage.command("batna acme add")
    stage.slack.clock.advance(31 * 60)  # type: ignore[attr-defined]
    await stage.submit({"Name": "Borg", "Price per piece": "4.18"})
    assert "Borg" in stage.private()[-1]


async def test_buttons_and_forms_of_others_are_politely_ignored(stage: Stage) -> None:
    world = stage.slack.world
    world.said.clear()
    message = await _foreign(stage)
    await stage.press("Other", ts=message)
    assert [m for m in world.said if m.only_for] == []


async def _foreign(stage: Stage) -> str:
    button = {
        "type": "button",
        "action_id": "a",
        "text": {"type": "plain_text", "text": "Other"},
        "value": "hub",
    }
    said = await stage.face.api.client.chat_postMessage(
        channel=ROOM, text="x", blocks=[{"type": "actions", "elements": [button]}]
    )
    return str(said["ts"])


async def test_a_press_whose_turn_breaks_tells_a_reference(stage: Stage) -> None:
    await stage.command("")
    stage.app.database.engine.dispose()
    stage.slack.fail(error(503), "response_url", times=1)
    await stage.press("Help")
    assert stage.slack.troubles == []


def test_an_origin_takes_little_room() -> None:
    from bot.slack.forms import view

    origin = Origin("C" * 11, "1.2", "3.4", "https://hooks.slack.com/actions/T/1/" + "x" * 24, alone=True)
    assert view(Form("w" * 2500, "T", (Field("a", "A"),)), origin) is not None

"""People use a real Bolt app through the double, over signed HTTP on loopback."""

from __future__ import annotations

import pytest

from tests.doubles.slack import faults
from tests.doubles.slack.clocks import ManualClock, RealClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.errors import NotInSlack


async def test_a_slash_command_is_answered_to_the_asker_alone(app: SlackDouble) -> None:
    answer = await app.command("U1ANNA", "C1ACME", "/prep", "batna acme")
    assert answer.ok
    assert app.messages("C1ACME") == []
    assert app.ephemerals("C1ACME", "U2BEN") == []
    (shown,) = app.ephemerals("C1ACME", "U1ANNA")
    assert app.reading(shown) == "You said batna acme\n[Show more]"
    assert app.rejected == []


async def test_a_slash_command_works_where_the_bot_is_not_a_member(app: SlackDouble) -> None:
    await app.command("U1ANNA", "C2OPEN", "/prep", "help")
    assert len(app.ephemerals("C2OPEN", "U1ANNA")) == 1


async def test_text_in_the_acknowledgement_is_shown(app: SlackDouble) -> None:
    await app.command("U1ANNA", "C1ACME", "/prep", "ack")
    assert [m.text for m in app.ephemerals("C1ACME", "U1ANNA")] == ["told in the acknowledgement"]


async def test_typed_text_arrives_as_slack_passes_it_on(app: SlackDouble) -> None:
    await app.command("U1ANNA", "C1ACME", "/prep", "give #acme 3.60 -> 3.71 for @ben")
    (shown,) = app.ephemerals("C1ACME", "U1ANNA")
    assert "<#C1ACME|acme> 3.60 -&gt; 3.71 for <@U2BEN>" in str(shown.blocks)
    assert "give #acme 3.60 -> 3.71 for @ben" in app.reading(shown)


async def test_pressing_a_button_on_an_ephemeral_replaces_it(app: SlackDouble) -> None:
    await app.command("U1ANNA", "C1ACME", "/prep", "batna acme")
    pressed = await app.press("U1ANNA", "C1ACME", "Show more")
    assert pressed.ok
    assert [m.text for m in app.ephemerals("C1ACME", "U1ANNA")] == ["more about acme"]


async def test_another_person_cannot_press_what_they_do_not_see(app: SlackDouble) -> None:
    await app.command("U1ANNA", "C1ACME", "/prep", "batna acme")
    with pytest.raises(NotInSlack, match="Show more"):
        await app.press("U2BEN", "C1ACME", "Show more")


async def test_a_mention_is_answered_in_its_thread(app: SlackDouble) -> None:
    await app.mention("U1ANNA", "C1ACME", "log acme")
    asked, answered = app.messages("C1ACME")
    assert answered.thread_ts == asked.ts
    assert app.transcript("C1ACME") == "anna: @prep log acme\nprep: heard @prep log acme"


async def test_a_mention_in_a_thread_stays_there(app: SlackDouble) -> None:
    parent = app.say("U2BEN", "C1ACME", "what did they offer?")
    await app.mention("U1ANNA", "C1ACME", "log", thread_ts=parent.ts)
    assert app.last("C1ACME").thread_ts == parent.ts


async def test_nothing_is_sent_from_channels_without_the_bot(app: SlackDouble) -> None:
    with pytest.raises(NotInSlack, match="the bot is not in C2OPEN"):
        await app.mention("U1ANNA", "C2OPEN", "hello")


async def test_direct_messages_edits_and_deletions_reach_the_app(
    app: SlackDouble, clock: ManualClock
) -> None:
    await app.dm("U1ANNA", "help")
    said = app.direct_messages("U1ANNA")[0]
    clock.advance(2)
    await app.edit("U1ANNA", said, "hello")
    clock.advance(2)
    await app.erase("U1ANNA", said)
    answers = [m.text for m in app.direct_messages("U1ANNA") if m.bot_id]
    assert answers == ["said: help", "message_changed: ", "message_deleted: "]


async def test_a_retry_repeats_the_event_and_says_so(app: SlackDouble) -> None:
    first = await app.mention("U1ANNA", "C1ACME", "hello")
    assert first.ok
    again = await app.retry(first, 1, "http_timeout")
    assert again.sent == first.sent
    with pytest.raises(NotInSlack, match="three times"):
        await app.retry(first, 4)


async def test_a_form_is_opened_filled_in_and_closed(app: SlackDouble) -> None:
    await app.command("U1ANNA", "C1ACME", "/prep", "form")
    assert app.view("U1ANNA").body["callback_id"] == "offer"
    assert app.reading(app.view("U1ANNA")).startswith("Offer\nPrice:")
    done = await app.submit("U1ANNA", {"Price": "4.12", "how": "In writing"})
    assert done.ok
    assert app.world.stack("U1ANNA") == []
    assert app.views[0].state["how"]["value"]["selected_option"]["value"] == "w"
    assert [m.text for m in app.direct_messages("U1ANNA")] == ["noted 4.12"]


async def test_errors_keep_the_form_open_and_update_replaces_it(app: SlackDouble) -> None:
    await app.shortcut("U1ANNA", "log")
    await app.submit("U1ANNA", {"Price": "0"})
    assert app.view("U1ANNA").errors == {"price": "more than nothing"}
    await app.submit("U1ANNA", {"Price": "1"})
    assert app.view("U1ANNA").errors == {}
    assert app.view("U1ANNA").body["callback_id"] == "second"


async def test_slack_itself_refuses_an_incomplete_form(app: SlackDouble) -> None:
    await app.shortcut("U1ANNA", "log")
    with pytest.raises(NotInSlack, match="price"):
        await app.submit("U1ANNA")
    with pytest.raises(NotInSlack, match="not a number"):
        await app.submit("U1ANNA", {"Price": "a lot"})


async def test_closing_a_form_tells_the_app_that_asked_to_know(app: SlackDouble) -> None:
    await app.shortcut("U1ANNA", "log")
    closed = await app.dismiss("U1ANNA")
    assert closed is not None
    assert closed.ok
    assert app.world.stack("U1ANNA") == []
    assert [m.text for m in app.direct_messages("U1ANNA")] == ["closed without saving"]


async def test_the_url_handshake(app: SlackDouble) -> None:
    assert (await app.verify_url("abc")).json == {"challenge": "abc"}


async def test_a_wrong_or_old_signature_is_refused_by_the_app(app: SlackDouble) -> None:
    wrong = await app.sender.raw("{}", "application/json", {"X-Slack-Signature": "v0=bad"})
    old = await app.sender.raw("{}", "application/json", at=1_000_000_000)
    assert (wrong.status, old.status) == (401, 401)


async def test_what_nobody_handles_is_trouble_that_the_person_sees(app: SlackDouble) -> None:
    answer = await app.command("U1ANNA", "C1ACME", "/unknown")
    assert not answer.ok
    assert app.troubles == ["/unknown by U1ANNA: dispatch_failed (404)"]


async def test_an_app_that_is_too_slow_times_out(app: SlackDouble) -> None:
    app.sender.patience = 0.05
    app.core.clock = RealClock()
    app.fail(faults.slow(0.2), "chat.postMessage")
    answer = await app.mention("U1ANNA", "C1ACME", "hello")
    assert answer.trouble == "operation_timeout"


async def test_an_outsider_in_a_shared_channel_is_marked_unless_slack_leaves_it_out(app: SlackDouble) -> None:
    marked = await app.mention("U9OUT", "C3SHARED", "hello")
    assert '"user_team": "T9ACME"' in marked.sent
    assert '"is_ext_shared_channel": true' in marked.sent
    app.world.add_channel("C4", "other", ["U9OUT"], is_ext_shared=True, teams=["T9ACME"])
    bare = await app.mention("U9OUT", "C4", "hello", omit=("user_team", "is_ext_shared_channel"))
    assert "user_team" not in bare.sent
    assert "is_ext_shared" not in bare.sent


async def test_menus_and_pickers_tell_the_app(app: SlackDouble, clock: ManualClock) -> None:
    await app.command("U1ANNA", "C1ACME", "/prep", "menu")
    await app.press("U1ANNA", "C1ACME", "3 days")
    clock.advance(1)
    await app.choose("U1ANNA", "C1ACME", "date", "2026-05-29")
    assert [m.text for m in app.messages("C1ACME")] == ["picked three", "on 2026-05-29"]


async def test_home_is_drawn_when_opened_and_its_buttons_work(app: SlackDouble) -> None:
    await app.open_home("U1ANNA")
    assert app.reading(app.home("U1ANNA")) == "Plans\n[Again]"
    assert (await app.press("U1ANNA", None, "Again")).ok
    assert app.reading(app.home("U1ANNA")) == "Plans again"


async def test_joining_a_channel_is_told(app: SlackDouble) -> None:
    await app.join("U9OUT", "C1ACME")
    assert app.last("C1ACME").text == "welcome U9OUT of T9ACME"


async def test_a_shortcut_on_a_message(app: SlackDouble) -> None:
    said = app.say("U2BEN", "C1ACME", "they offer 4.12")
    await app.message_shortcut("U1ANNA", said, "log")
    assert app.view("U1ANNA").body["callback_id"] == "offer"


async def test_modals_pushed_by_an_answer_are_stacked_and_cleared(app: SlackDouble) -> None:
    await app.shortcut("U1ANNA", "log")
    await app.submit("U1ANNA", {"Price": "3"})
    await app.submit("U1ANNA", {"Price": "3"})
    assert len(app.world.stack("U1ANNA")) == 3
    fourth = await app.submit("U1ANNA", {"Price": "3"})
    assert fourth.trouble == "push_limit_reached"
    await app.submit("U1ANNA", {"Price": "5"})
    assert app.world.stack("U1ANNA") == []


async def test_an_answer_that_slack_would_not_take_is_trouble(app: SlackDouble) -> None:
    await app.shortcut("U1ANNA", "log")
    pushed = await app.submit("U1ANNA", {"Price": "2"})
    assert "must be less than 25 characters" in pushed.trouble
    errors = await app.submit("U1ANNA", {"Price": "4"})
    assert errors.trouble == "errors for blocks that are no inputs: ['nowhere']"
    assert len(app.troubles) == 2


async def test_two_workspaces_hear_their_own_people_only(app: SlackDouble) -> None:
    app.world.add_workspace("T2")
    app.world.add_user("U5", "carl", "T2")
    sent = await app.dm("U5", "hello")
    assert '"team_id": "T2"' in sent.sent
    assert "UBOT2" in sent.sent

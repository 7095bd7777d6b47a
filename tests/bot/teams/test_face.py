"""Where answers go: into the chat, into the thread, or to the asker's direct message."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.teams.card_forms import WRONG
from bot.teams.kept import SHOW
from bot.teams.saying import ADD_ME, BELOW, DONE, IN_PRIVATE, LATER
from tests.doubles.teams import cards
from tests.doubles.teams.faults import Fault
from tests.journeys.runner import DM
from tests.journeys.teams_reading import card_lines, inputs
from tests.journeys.teams_runner import person

if TYPE_CHECKING:
    from tests.doubles.teams.world import Conversation, Post
    from tests.journeys.teams_runner import TeamsRunner

ANN, BEN = person("ann"), person("ben")
CONTRACT = (
    "contract add Acme: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, channel #acme"
)


def posts(prep: TeamsRunner, place: Conversation) -> list[Post]:
    return prep.teams.visible(place)


def told(post: Post) -> list[str]:
    return [line for card in post.cards for line in card_lines(card)] or [post.text]


async def plan(prep: TeamsRunner, user: str = "ann") -> None:
    """A plan of somebody whom Prep has met in #acme too."""
    await prep.say(user, "#acme", "@Prep help")
    for line in ("new quick Acme: housings", "later"):
        await prep.say(user, DM, line)


async def test_a_direct_message_is_answered_with_a_card(prep: TeamsRunner) -> None:
    await prep.say("ann", DM, "help")
    (post,) = posts(prep, prep.teams.personal(ANN))
    assert post.activity["summary"] == "Prep: answer ready"
    assert "text" not in post.activity
    assert "What you can say" in told(post)


async def test_a_public_answer_stays_in_the_thread(prep: TeamsRunner) -> None:
    typed = prep.client.typed(ANN, "<at>Prep</at> help", prep.channels["acme"], entities=[mention()])
    await prep.client.deliver(typed)
    (post,) = posts(prep, prep.channels["acme"])
    assert post.thread == typed["conversation"]["id"].partition(";messageid=")[2]
    assert "What you can say" in told(post)
    assert posts(prep, prep.teams.personal(ANN)) == []


async def test_a_private_answer_moves_to_the_direct_message(prep: TeamsRunner) -> None:
    await plan(prep)
    await prep.say("ann", "#acme", "@Prep show acme")
    stub = posts(prep, prep.channels["acme"])[-1]
    assert (stub.text, stub.cards, stub.activity["summary"]) == (IN_PRIVATE, [], IN_PRIVATE)
    assert told(posts(prep, prep.teams.personal(ANN))[-1])[0].startswith("Acme")


async def test_a_first_private_answer_opens_the_direct_message(prep: TeamsRunner) -> None:
    await prep.say("ben", "#acme", "@Prep show acme")
    (answer,) = posts(prep, prep.teams.personal(BEN))
    assert any("acme" in line for line in told(answer))


async def test_who_cannot_be_written_to_learns_how(prep: TeamsRunner) -> None:
    """In a group chat nobody has the app from a team, so a direct message needs a personal installation."""
    dora = person("dora")
    group = prep.teams.group(ANN, dora)
    await plan(prep, "ann")
    await prep.client.mention(dora, "new Borg: tooling", group)
    (stub,) = posts(prep, group)
    assert cards.read(stub.cards[0]) == f"{ADD_ME}\n[{SHOW}]"
    assert "Borg" not in str(stub.activity)


async def test_a_direct_message_that_was_closed_works_again_later(prep: TeamsRunner) -> None:
    await plan(prep)
    prep.teams.fail(Fault(status=403))
    await prep.say("ann", "#acme", "@Prep show acme")
    stub = posts(prep, prep.channels["acme"])[-1]
    assert stub.activity["summary"] == ADD_ME  # it is the same conversation that opens, so the refusal stands
    await prep.say("ann", "#acme", "@Prep show acme")
    assert posts(prep, prep.channels["acme"])[-1].text == IN_PRIVATE


async def test_teams_that_fails_is_said_in_the_channel_without_content(prep: TeamsRunner) -> None:
    await plan(prep)
    prep.teams.fail(Fault(status=503))
    await prep.say("ann", "#acme", "@Prep show acme")
    stub = posts(prep, prep.channels["acme"])[-1]
    assert (stub.text, stub.cards) == (LATER, [])


async def test_an_answer_that_perhaps_arrived_is_not_sent_again(prep: TeamsRunner) -> None:
    await plan(prep)
    before = len(posts(prep, prep.teams.personal(ANN)))
    prep.teams.fail(Fault(status=502, accepted=True))
    await prep.say("ann", "#acme", "@Prep show acme")
    assert len(posts(prep, prep.teams.personal(ANN))) == before + 1
    assert posts(prep, prep.channels["acme"])[-1].text == IN_PRIVATE


async def test_a_private_command_leaves_nothing_for_others_to_see(private: TeamsRunner) -> None:
    await plan(private)
    before = posts(private, private.channels["acme"])
    await private.say("ann", "#acme", "/prep show acme")
    assert posts(private, private.channels["acme"]) == before
    whisper = private.teams.visible(private.channels["acme"], ANN)[-1]
    assert told(whisper)[0].startswith("Acme")


async def test_where_whispers_are_refused_the_direct_message_is_enough(prep: TeamsRunner) -> None:
    prep.teams.targeted_allowed = False
    await plan(prep)
    before = posts(prep, prep.channels["acme"])
    await prep.say("ann", "#acme", "/prep show acme")
    assert prep.teams.visible(prep.channels["acme"], ANN) == before
    assert told(posts(prep, prep.teams.personal(ANN))[-1])[0].startswith("Acme")


async def test_a_button_in_private_is_answered_below(prep: TeamsRunner) -> None:
    await plan(prep)
    post = posts(prep, prep.teams.personal(ANN))[-1]
    answer = await prep.client.press(ANN, post, "Resume")
    assert (answer.status, answer.body["value"]) == (200, BELOW)
    assert "1 of 8" in " ".join(told(posts(prep, prep.teams.personal(ANN))[-1]))


async def test_a_client_that_knows_only_submit_gets_the_same(prep: TeamsRunner) -> None:
    await plan(prep)
    post = posts(prep, prep.teams.personal(ANN))[-1]
    action = next(a for a in cards.actions(post.cards[0]) if a["title"] == "Resume")
    answer = await prep.client.use(ANN, post, action, {}, old=True)
    assert (answer.status, answer.body) == (200, None)
    assert "1 of 8" in " ".join(told(posts(prep, prep.teams.personal(ANN))[-1]))


async def test_a_form_is_replaced_by_what_came_of_it(prep: TeamsRunner) -> None:
    await plan(prep)
    await prep.say("ann", DM, "batna acme add")
    form = posts(prep, prep.teams.personal(ANN))[-1]
    assert any(line.startswith("form: ") for line in told(form))
    await prep.submit("ann", DM, {"Name": "Borg", "Price per piece": "4.18"})
    assert len(form.history) == 1
    assert any("Borg" in line for line in told(form))
    assert not any(line.startswith("form: ") for line in told(form))
    assert posts(prep, prep.teams.personal(ANN))[-1] is form


async def test_a_form_with_a_mistake_stays_to_be_mended(prep: TeamsRunner) -> None:
    await plan(prep)
    await prep.say("ann", DM, "batna acme add")
    form = posts(prep, prep.teams.personal(ANN))[-1]
    await prep.submit("ann", DM, {"Name": "", "Price per piece": "cheap", "How sure": "80 %"})
    assert posts(prep, prep.teams.personal(ANN))[-1] is form
    fields = {label: field.get("value", "") for label, field in inputs(form.cards[0]).items()}
    assert (fields["Name"], fields["Price per piece"], fields["How sure"]) == ("", "cheap", "80 %")
    marks = [each for each in form.cards[0]["body"][-1]["items"] if each.get("id", "").startswith(WRONG)]
    assert [each["id"] for each in marks] == [f"{WRONG}name.0", f"{WRONG}price.0"]
    assert "cheap" not in form.activity["summary"] + form.cards[0]["fallbackText"]
    await prep.submit("ann", DM, {"Name": "Borg", "Price per piece": "4.18"})
    assert "Borg" in "\n".join(told(form))
    assert not inputs(form.cards[0])


async def test_an_activity_that_comes_twice_acts_once(prep: TeamsRunner) -> None:
    typed = prep.client.typed(ANN, "new quick Acme: housings", prep.teams.personal(ANN))
    for _ in range(2):
        assert (await prep.client.deliver(typed)).status == 200
    assert len(posts(prep, prep.teams.personal(ANN))) == 1
    await prep.say("ann", DM, "later")
    listed = await prep.say("ann", DM, "plans")
    assert sum("Acme" in line for line in listed if not line.startswith("[")) == 1


async def test_a_press_that_comes_twice_acts_once(prep: TeamsRunner) -> None:
    await prep.say("ann", DM, "new Acme: housings")
    post = posts(prep, prep.teams.personal(ANN))[-1]
    action = next(a for a in cards.actions(post.cards[0]) if a["title"] == "Quick")
    value = {"action": {"type": "Action.Execute", "data": action["data"]}, "trigger": "manual"}
    press = prep.client.event(
        ANN, post.conversation, "invoke", name="adaptiveCard/action", value=value, replyToId=post.id
    )
    await prep.client.deliver(press)
    seen = len(posts(prep, prep.teams.personal(ANN)))
    answer = await prep.client.deliver(press)
    assert answer.body["value"] == DONE
    assert len(posts(prep, prep.teams.personal(ANN))) == seen


async def test_who_is_mentioned_by_their_teams_name_is_found(prep: TeamsRunner) -> None:
    await plan(prep)
    other = {"type": "mention", "mentioned": {"id": BEN.id, "name": "Ben"}, "text": "<at>Ben</at>"}
    await prep.client.mention(ANN, "share acme <at>Ben</at>", prep.channels["acme"], entities=[other])
    assert any(
        "Ann shared this plan" in line
        for post in posts(prep, prep.teams.personal(BEN))
        for line in told(post)
    )


async def test_people_are_named_not_numbered(prep: TeamsRunner) -> None:
    await plan(prep)
    lines = await prep.say("ann", DM, "share acme @ben")
    assert any("Ben" in line for line in lines)
    assert BEN.aad not in "\n".join(lines)


async def test_editing_and_taking_back_do_nothing_and_that_is_said_once(prep: TeamsRunner) -> None:
    await plan(prep)
    typed = prep.client.typed(ANN, "rename acme Borg", prep.teams.personal(ANN))
    for _ in range(2):
        await prep.client.edit(ANN, typed, "rename acme Borg")
    await prep.client.delete(ANN, typed)
    said = [post.text for post in posts(prep, prep.teams.personal(ANN)) if post.text]
    assert [text.split()[0] for text in said] == ["Editing", "Deleting"]
    assert any("Acme" in line for line in await prep.say("ann", DM, "plans"))


async def test_talk_between_others_is_left_alone(prep: TeamsRunner) -> None:
    await prep.client.message(ANN, "shall we ask Prep?", prep.channels["acme"])
    assert prep.teams.posts == []


async def test_what_nobody_asked_for_is_no_trouble(prep: TeamsRunner) -> None:
    for name in ("composeExtension/query", "task/fetch", "signin/verifyState"):
        assert (await prep.client.invoke(ANN, name, {}, prep.teams.personal(ANN))).status == 200
    assert prep.teams.posts == []


def mention() -> dict[str, Any]:
    from tests.doubles.teams.world import BOT

    return {"type": "mention", "mentioned": BOT, "text": "<at>Prep</at>"}

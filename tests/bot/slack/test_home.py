"""Somebody's Home: the hub and the settings, for them alone; buttons on it, and what follows what they do."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.slack import views
from bot.slack.home import LATELY
from handlers.gate import Why
from handlers.notices import ASKED
from handlers.turn import Choice, Choices, Heading, Table, Text
from tests.bot.slack.showing import shown
from tests.bot.slack.stage import ANN, BOB, GUS, Stage
from tests.doubles.slack.errors import NotInSlack
from tests.doubles.slack.faults import down
from tests.doubles.slack.validate import view_problems

SECRET = ("Acme", "Velkro", "housings", "hooks", "4.05")


@pytest.fixture
async def planned(stage: Stage) -> Stage:
    """Ann has a plan, with a question that waits."""
    for line in ("new quick Acme: housings", "Acme, housings, 30k a year, 3.95", "later"):
        await stage.dm(line)
    return stage


async def opened(stage: Stage, user: str = ANN, tab: str = "home") -> None:
    await stage.slack.open_home(user, tab)
    await stage.settled()


def home(stage: Stage, user: str = ANN) -> str:
    view = stage.slack.home(user)
    assert view_problems(view.body) == []
    return stage.slack.reading(view)


def modal(stage: Stage, user: str = ANN) -> str:
    return stage.slack.reading(stage.slack.view(user))


def published(stage: Stage, user: str = ANN) -> int:
    return sum(call.arguments["user_id"] == user for call in stage.slack.called("views.publish"))


async def test_home_says_what_the_hub_says_elsewhere_and_the_settings(planned: Stage) -> None:
    await opened(planned)
    await planned.command("hub")
    hub = planned.private()[-1].removeprefix("Only you · ")
    await planned.command("settings")
    settings = planned.private()[-1].removeprefix("Only you · ")
    text = home(planned)
    assert text.startswith(hub.splitlines()[0])
    assert [line for line in hub.splitlines() if line not in text] == []
    assert [line for line in settings.splitlines() if line not in text] == []
    assert "Acme: housings" in text
    assert "A question waits" in text


async def test_home_of_another_says_nothing_of_it(planned: Stage) -> None:
    await planned.dm("new quick Velkro: hooks", BOB)
    await opened(planned, BOB)
    await opened(planned, ANN)
    assert "Velkro" in home(planned, BOB)
    assert "Acme" not in home(planned, BOB)
    assert "Velkro" not in home(planned, ANN)


async def test_a_plan_that_is_shared_comes_and_goes(planned: Stage) -> None:
    await planned.dm(f"share acme <@{BOB}>", raw=True)
    await opened(planned, BOB)
    assert "Acme" in home(planned, BOB)
    await planned.dm(f"unshare acme <@{BOB}>", raw=True)
    await opened(planned, BOB)
    assert "Acme" not in str(planned.slack.home(BOB).body)
    with pytest.raises(NotInSlack):
        await planned.press("Acme", BOB, None)


async def test_an_old_button_on_home_reads_nothing(planned: Stage) -> None:
    await planned.dm(f"share acme <@{BOB}>", raw=True)
    await opened(planned, BOB)
    await planned.dm(f"unshare acme <@{BOB}>", raw=True)
    await planned.press("Acme", BOB, None)
    assert "not there for you" in modal(planned, BOB)
    assert "Acme" not in modal(planned, BOB)


async def test_a_guest_is_refused_once(planned: Stage) -> None:
    await opened(planned, GUS)
    assert home(planned, GUS) == Why.OUTSIDER.value
    assert planned.told(GUS) == []


async def test_whoever_is_not_known_is_told_nothing(planned: Stage) -> None:
    planned.slack.fail(down(), "users.info")
    await opened(planned, BOB)
    assert "could not find out who you are" in home(planned, BOB)


async def test_somebody_who_opens_it_first_is_greeted_once_and_one_press_leads_on(stage: Stage) -> None:
    await opened(stage)
    assert "You have no plan yet" in home(stage)
    await opened(stage)
    await opened(stage, tab="messages")
    assert len(stage.told()) == 1
    await stage.press("Prepare my first negotiation", channel=stage.direct())
    assert "Which supplier" in stage.told()[-1]


async def test_somebody_who_opens_the_messages_first_is_greeted_too(stage: Stage) -> None:
    await opened(stage, tab="messages")
    assert len(stage.told()) == 1
    with pytest.raises(NotInSlack):
        stage.slack.home(ANN)
    await opened(stage)
    assert len(stage.told()) == 1


async def test_whoever_knows_prep_is_not_greeted(planned: Stage) -> None:
    before = len(planned.told())
    await opened(planned)
    assert len(planned.told()) == before


async def test_an_answer_stands_in_a_modal_and_leads_on_in_its_place(planned: Stage) -> None:
    await opened(planned)
    before = len(planned.told())
    await planned.press("Acme", channel=None)
    assert "Acme" in modal(planned)
    view = planned.slack.view(ANN)
    await planned.press("All answers", channel=None)
    assert "30" in modal(planned)
    assert planned.slack.view(ANN).id == view.id
    assert len(planned.slack.world.stack(ANN)) == 1
    assert len(planned.told()) == before


async def test_a_question_is_asked_where_it_can_be_answered(planned: Stage) -> None:
    await opened(planned)
    before = len(planned.told())
    await planned.press("Resume", channel=None)
    assert ASKED[0] in modal(planned)
    assert len(planned.told()) == before + 1


async def test_a_plan_is_started_by_a_form(stage: Stage) -> None:
    await opened(stage)
    await stage.press("New plan", channel=None)
    await stage.submit({"Supplier": "Acme", "What are you buying?": "housings"})
    assert "Acme: housings" in home(stage)


async def test_a_form_takes_the_place_of_an_answer_and_its_answer_that_of_the_form(planned: Stage) -> None:
    await planned.dm("term acme price: open 3.45, target 3.70, stop 4.05")
    await opened(planned)
    await planned.press("Acme", channel=None)
    first = planned.slack.view(ANN).id
    before = len(planned.told())
    await planned.press("Terms", channel=None)
    await planned.press("Add term", channel=None)
    await planned.submit({"Name and unit": "lead days", "Stop at": "soon"})
    assert "soon" in str(planned.slack.view(ANN).errors) + modal(planned)
    await planned.submit({"Stop at": "45"})
    assert "lead" in modal(planned)
    assert [view.id for view in planned.slack.world.stack(ANN)] == [first]
    assert len(planned.told()) == before


async def test_what_somebody_changes_is_on_their_home(planned: Stage) -> None:
    await opened(planned)
    await planned.dm("new quick Borg: seals")
    assert "Borg" in home(planned)
    times = published(planned)
    await planned.dm("hub")
    await planned.command("show acme")
    assert published(planned) == times  # nothing was changed by that


async def test_a_home_that_was_left_long_ago_is_not_kept_up(planned: Stage) -> None:
    await opened(planned)
    times = published(planned)
    planned.now += LATELY + timedelta(minutes=1)
    await planned.dm("new quick Borg: seals")
    assert published(planned) == times
    await planned.dm("new quick Velkro: hooks", BOB)
    assert published(planned, BOB) == 0  # never opened


async def test_settings_are_changed_from_home_and_stand_there_at_once(stage: Stage) -> None:
    await opened(stage)
    await stage.press("Change", channel=None)
    await stage.submit({"Currency": "doubloons"})
    (wrong,) = stage.slack.view(ANN).errors.values()
    assert "Currency: I need a currency" in wrong
    assert "currency: EUR" in home(stage)
    times = published(stage)
    await stage.submit({"Currency": "USD", "Posting hour": "10:00", "Weekly digest": "Mondays"})
    assert "currency: USD" in modal(stage)
    assert published(stage) == times + 1
    for line in ("currency: USD", "posting hour: 10:00", "digest: Mondays at 10:00", "leads: Ann"):
        assert line in home(stage)
    assert stage.told() == stage.told()[:1]  # the greeting, and nothing since


async def test_who_is_no_lead_sees_the_settings_and_changes_their_own_alone(stage: Stage) -> None:
    await stage.dm("settings currency USD")
    await opened(stage, BOB)
    assert "currency: USD" in home(stage, BOB)
    await stage.press("Change", BOB, None)
    assert "Currency" not in modal(stage, BOB)
    await stage.submit({"Your time zone": "Mars"}, BOB)
    (wrong,) = stage.slack.view(BOB).errors.values()
    assert "no time zone that I know" in wrong
    await stage.submit({"Your time zone": "new york"}, BOB)
    assert "zone: America/New_York (yours" in home(stage, BOB)


async def test_a_home_with_sixty_plans_fits_and_says_how_many_there_are(stage: Stage) -> None:
    for number in range(60):
        name = f"Supplier {chr(97 + number % 26)}{number} of very long standing in the trade"
        await stage.dm(f"new quick {name}: parts")
        await stage.dm("stop")
    await opened(stage)
    assert "and 54 more" in home(stage)
    assert len(stage.slack.home(ANN).body["blocks"]) < views.MOST / 2
    assert "settings KEY VALUE" in home(stage)
    await stage.press("All plans", channel=None)
    assert "1 to 10 of 60" in modal(stage)
    await stage.press("More", channel=None)
    assert "11 to 20 of 60" in modal(stage)


async def test_what_others_do_is_not_on_it(planned: Stage) -> None:
    await opened(planned, BOB)
    await opened(planned)
    await planned.dm("new quick Borg: seals")
    assert not any(word in str(planned.slack.home(BOB).body) for word in (*SECRET, "Borg"))


async def test_where_slack_does_not_take_it_nothing_else_is_lost(planned: Stage) -> None:
    await opened(planned)
    planned.slack.fail(down(), "views.publish")
    await planned.dm("new quick Borg: seals")
    assert "Borg" in planned.told()[-1] or "question" in planned.told()[-1]


async def test_a_button_that_comes_too_late_is_answered_in_the_direct_message(planned: Stage) -> None:
    await opened(planned)
    planned.slack.fail(down(), "views.open")
    await planned.press("Renewals", channel=None)
    assert planned.slack.views == []
    assert "Nothing is due" in planned.told()[-1]


async def test_the_messages_tab_suggests_what_to_say_where_that_was_granted(stage: Stage) -> None:
    method = "assistant.threads.setSuggestedPrompts"
    await opened(stage, tab="messages")
    assert stage.slack.called(method) == []
    scopes = stage.slack.world.workspaces["T0PREP"].scopes
    assert scopes is not None
    stage.slack.world.workspaces["T0PREP"].scopes = scopes | {"assistant:write"}
    stage.face.identity.known = None
    await opened(stage, tab="messages")
    (call,) = stage.slack.called(method)
    assert call.arguments["channel_id"] == stage.direct()
    assert "thread_ts" not in call.arguments
    assert 0 < len(call.arguments["prompts"]) <= 4
    for prompt in call.arguments["prompts"]:
        await stage.dm(prompt["message"])
        assert "I do not know" not in stage.told()[-1]


def test_a_long_home_is_cut_and_says_so() -> None:
    parts = tuple(one for at in range(80) for one in (Text((f"{at}",)), Choices((Choice(f"b{at}", "help"),))))
    view = views.home([shown(*parts), shown(Heading("Settings"))], {})
    assert view_problems(view) == []
    assert len(view["blocks"]) == views.MOST
    assert views.LEFT_OUT in str(view["blocks"][-1])


def test_a_modal_takes_no_table_and_nothing_that_is_too_long() -> None:
    wide = Table(
        ("TERM", "OPEN", "A LONG HEAD"), (("price", "3.45", "a good deal more than fits"),), frozenset({1})
    )
    view = views.answer(shown(Heading("Terms"), wide), {})
    assert view is not None
    assert view_problems(view) == []
    assert "a good deal more than fits" in str(view).replace("\u00a0", " ")
    many = tuple(one for at in range(80) for one in (Text((f"{at}",)), Choices((Choice(f"b{at}", "help"),))))
    assert views.answer(shown(*many), {}) is None
    assert views.answer(shown(), {}) is None

"""Slack slow, broken, or asking for patience: nothing twice, nothing lost that can be helped, no waiting for ever."""

from __future__ import annotations

import asyncio
import json
import time

import pytest

from bot.outcomes import RetryLater, Unknown
from bot.slack.api import Api, Done, NotAnswered, Refused
from bot.slack.needs import NEW_SHORTCUT
from tests.bot.slack.stage import ANN, ROOM, Stage, staged
from tests.doubles.slack.clocks import RealClock
from tests.doubles.slack.double import SlackDouble
from tests.doubles.slack.faults import down, drop_after_accepting, error, ratelimited, refuses, slow


@pytest.fixture
def api(stage: Stage) -> Api:
    return stage.face.api


async def test_a_dropped_post_is_not_sent_again(stage: Stage, api: Api) -> None:
    stage.slack.fail(drop_after_accepting(), "chat.postMessage")
    assert await api.post("chat.postMessage", channel=ROOM, text="once") == Unknown()
    assert stage.public() == ["once"]
    assert len(stage.slack.called("chat.postMessage")) == 1


@pytest.mark.parametrize("fault", [down(), error(503), error(502, accepted=True)])
async def test_no_answer_is_not_knowing(stage: Stage, api: Api, fault) -> None:
    stage.slack.fail(fault, "chat.postMessage")
    assert await api.post("chat.postMessage", channel=ROOM, text="x") == Unknown()
    assert len(stage.slack.called("chat.postMessage")) == 1


async def test_a_refusal_is_told(stage: Stage, api: Api) -> None:
    assert await api.post("chat.postMessage", channel="C0NONE", text="x") == Refused("channel_not_found")


async def test_too_many_is_waited_for_or_told(stage: Stage, api: Api) -> None:
    stage.slack.fail(ratelimited(1), "chat.postMessage", times=1)
    assert isinstance(await api.post("chat.postMessage", channel=ROOM, text="x"), Done)
    stage.slack.fail(ratelimited(30), "chat.postMessage", times=1)
    assert await api.post("chat.postMessage", wait=False, channel=ROOM, text="x") == RetryLater(30)


@pytest.mark.parametrize(
    ("fault", "code"), [(down(), ""), (error(503), ""), (refuses("fatal_error"), "fatal_error")]
)
async def test_a_question_without_an_answer_is_not_answered(stage: Stage, api: Api, fault, code: str) -> None:
    stage.slack.fail(fault, "users.info")
    with pytest.raises(NotAnswered) as told:
        await api.ask("users.info", user=ANN)
    assert told.value.code == code


@pytest.mark.parametrize("fault", [down(), error(503), drop_after_accepting()])
async def test_a_response_without_an_answer_is_not_knowing(stage: Stage, api: Api, fault) -> None:
    stage.slack.fail(fault, "response_url")
    assert await api.respond(f"{stage.slack.core.url}/response/none", {"text": "x"}) == Unknown()


async def test_a_response_that_is_used_up_is_refused(stage: Stage, api: Api) -> None:
    assert await api.respond(f"{stage.slack.core.url}/response/none", {"text": "x"}) == Refused("invalid_url")


async def test_every_call_has_a_time_limit() -> None:
    async with SlackDouble(clock=RealClock()) as slack:
        slack.world.add_workspace()
        slack.fail(slow(30))
        api = Api("xoxb-T0PREP", slack.api_url, 1)
        start = time.monotonic()
        assert await api.post("chat.postMessage", channel="C1", text="x") == Unknown()
        with pytest.raises(NotAnswered):
            await api.ask("users.info", user="U1")
        assert await api.respond(f"{slack.core.url}/response/x", {"text": "x"}) == Unknown()
        assert time.monotonic() - start < 8


async def test_a_method_that_is_not_on_the_list_is_not_called(api: Api) -> None:
    with pytest.raises(LookupError):
        await api.ask("users.setPresence", presence="away")


async def test_a_command_that_takes_long_is_acknowledged_and_answered_later(sqlite_url: str) -> None:
    async with staged(sqlite_url, patience=0.05) as stage:
        release = asyncio.Event()
        real = stage.app.edge.run

        async def held(*arguments):
            await release.wait()
            return await real(*arguments)

        stage.face.turns._edge = _Held(stage.app.edge, held)
        delivery = await stage.slack.command(ANN, ROOM, "/prep", "hub")
        assert (delivery.status, delivery.text.strip()) == (200, "")
        release.set()
        await stage.settled()
        assert stage.private()[0].startswith("Only you")
        assert len(stage.slack.called("response_url")) == 1


class _Held:
    """An edge whose turns begin when the test lets them."""

    def __init__(self, edge, run) -> None:
        self._edge, self.run = edge, run

    def __getattr__(self, name: str):
        return getattr(self._edge, name)


async def test_who_cannot_be_found_out_is_told_so_and_nothing_is_done(stage: Stage) -> None:
    stage.slack.fail(down(), "users.info", times=1)
    await stage.command("new quick Acme: housings")
    assert "could not find out who you are" in stage.private()[0]
    assert "You typed: /prep new quick Acme: housings" in stage.private()[0]
    await stage.command("")
    assert "Acme" not in stage.private()[-1]


async def test_without_knowing_who_we_are_an_event_fails_and_comes_again(stage: Stage) -> None:
    stage.slack.fail(down(), "auth.test", times=1)
    delivery = await stage.slack.dm(ANN, "hub")
    assert delivery.status == 500
    stage.slack.troubles.clear()
    await stage.slack.retry(delivery)
    await stage.settled()
    assert len(stage.told()) == 1


async def test_an_ephemeral_that_may_have_arrived_is_not_sent_another_way(stage: Stage) -> None:
    stage.slack.fail(drop_after_accepting(), "chat.postEphemeral")
    await stage.mention("hub")
    assert len(stage.private()) == 1
    assert stage.told() == []


async def test_a_long_answer_comes_in_several_messages(stage: Stage) -> None:
    await stage.dm("new quick Acme: housings")
    await stage.dm("x" * 10_000)
    assert stage.slack.rejected == []
    assert stage.told()


async def test_a_wrong_signature_is_refused(stage: Stage) -> None:
    body = json.dumps({"type": "event_callback", "event": {"type": "app_mention"}})
    answer = await stage.slack.sender.raw(body, "application/json", {"X-Slack-Signature": "v0=00"})
    assert answer.status == 401
    old = await stage.slack.sender.raw(body, "application/json", at=time.time() - 3600)
    assert old.status == 401


async def test_the_address_is_verified(stage: Stage) -> None:
    assert (await stage.slack.verify_url("abc")).json == {"challenge": "abc"}


async def test_oauth_settings_in_the_environment_do_not_take_the_token_away(
    sqlite_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SLACK_CLIENT_ID", "1.2")
    monkeypatch.setenv("SLACK_CLIENT_SECRET", "s")
    async with staged(sqlite_url) as stage:
        await stage.command("")
        assert stage.ours.bolt.oauth_flow is None
        assert stage.private()


async def test_who_we_are_is_asked_once(stage: Stage) -> None:
    for _ in range(3):
        await stage.command("")
        await stage.dm("hub")
    assert len(stage.slack.called("auth.test")) == 1


async def test_a_command_is_answered_where_slack_does_not_tell_who_we_are(database_url: str) -> None:
    async with staged(database_url) as stage:
        stage.slack.fail(down(), "auth.test")
        answered = await stage.command("help")
        told = json.loads(answered.text)
        assert (answered.status, answered.trouble, told["response_type"]) == (200, "", "ephemeral")
        assert "nothing was changed" in told["text"]
        assert (await stage.mention("help")).status == 500


@pytest.mark.parametrize(
    ("supplier", "said"),
    [("Acme", ("Acme", "Started a plan")), ("Acme " * 40, ("too long", "You filled in:"))],
)
async def test_a_form_that_takes_long_closes_and_is_answered_later(
    sqlite_url: str, supplier: str, said: tuple[str, str]
) -> None:
    async with staged(sqlite_url, patience=0.05) as stage:
        release = asyncio.Event()
        real = stage.app.edge.run

        async def held(*arguments):
            await release.wait()
            return await real(*arguments)

        await stage.slack.shortcut(ANN, NEW_SHORTCUT)
        await stage.settled()
        stage.face.turns._edge = _Held(stage.app.edge, held)
        delivery = await stage.slack.submit(ANN, {"Supplier": supplier})
        assert (delivery.status, delivery.text.strip()) == (200, "")
        assert stage.slack.world.stack(ANN) == []
        release.set()
        await stage.settled()
        told = "\n".join(stage.told())
        assert all(one in told for one in said)
        assert supplier.strip()[:20] in told


async def test_a_command_that_cannot_be_looked_at_comes_back_as_it_was_typed(stage: Stage) -> None:
    """Slack was away when Prep started, so that it does not know yet who it is."""
    stage.face.identity.known = None
    stage.slack.fail(down(), "auth.test")
    delivery = await stage.command("give acme price 3.70 -> 3.71 <!channel>")
    assert delivery.json["response_type"] == "ephemeral"
    assert "acme" not in delivery.json["text"]
    typed = [element for block in delivery.json["blocks"] for element in block["elements"]][-1]
    assert typed["type"] == "plain_text"
    assert typed["text"].startswith("You typed: /prep give acme price 3.70 ")

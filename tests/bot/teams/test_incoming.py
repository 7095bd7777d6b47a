"""What Teams sends becomes one thing that one person did, or nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from bot.teams.incoming import read
from handlers.turn import Incoming, Person, Press, Submission, Via, Words
from tests.doubles.teams.client import TeamsClient
from tests.doubles.teams.service import TeamsDouble
from tests.doubles.teams.world import BOT, HOST_TENANT, User

ANN = User("Ann")
PERSON = Person(ANN.aad, "Ann", home=True, guest=False)
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
TEAMS = TeamsDouble()
CLIENT = TeamsClient(TEAMS, "")
PERSONAL = TEAMS.personal(ANN)
GROUP = TEAMS.group(ANN, User("Ben"))
CHANNEL = TEAMS.channel(ANN, User("Ben"))
MENTION = {"type": "mention", "mentioned": BOT, "text": "<at>Prep</at>"}


def heard(activity: dict[str, Any]) -> Incoming:
    incoming = read(activity, PERSON, NOW)
    assert incoming is not None
    return incoming


def pressed(data: object, *, conversation: Any = PERSONAL) -> dict[str, Any]:
    value = {"action": {"type": "Action.Execute", "verb": "press", "data": data}, "trigger": "manual"}
    more = {"name": "adaptiveCard/action", "value": value, "replyToId": "77"}
    return CLIENT.event(ANN, conversation, "invoke", **more)


def test_a_direct_message() -> None:
    incoming = heard(CLIENT.typed(ANN, "batna acme", PERSONAL))
    assert (incoming.via, incoming.act, incoming.place.direct) == (Via.DIRECT, Words("batna acme"), True)
    assert (incoming.workspace.platform, incoming.workspace.id) == ("teams", HOST_TENANT)
    assert (incoming.place.id, incoming.thread, incoming.now) == (PERSONAL.id, None, NOW)


def test_a_mention_in_a_channel_belongs_to_its_thread() -> None:
    typed = CLIENT.typed(ANN, "<at>Prep</at> batna acme", CHANNEL, thread="55", entities=[MENTION])
    incoming = heard(typed)
    assert (incoming.via, incoming.act, incoming.place.direct) == (Via.MENTION, Words("batna acme"), False)
    assert (incoming.place.id, incoming.thread) == (CHANNEL.id, "55")


def test_a_group_chat_is_a_channel_without_threads() -> None:
    incoming = heard(CLIENT.typed(ANN, "<at>Prep</at> help", GROUP, entities=[MENTION]))
    assert (incoming.via, incoming.place.direct, incoming.thread) == (Via.MENTION, False, None)


def test_a_private_command_is_no_mention() -> None:
    private = {**BOT, "isTargeted": True}
    for text in ("batna acme", "/Prep batna acme", "/prep  batna acme"):
        incoming = heard(CLIENT.typed(ANN, text, CHANNEL, recipient=private))
        assert (incoming.via, incoming.act) == (Via.SLASH, Words("batna acme"))


@pytest.mark.parametrize("text", ["/prepare x", "prep x", "/other x"])
def test_only_its_own_name_is_left_out_of_a_private_command(text: str) -> None:
    incoming = heard(CLIENT.typed(ANN, text, CHANNEL, recipient={**BOT, "isTargeted": True}))
    assert incoming.act == Words(text)


@pytest.mark.parametrize("place", [GROUP, CHANNEL], ids=["group", "channel"])
def test_talk_of_others_is_not_for_prep(place: Any) -> None:
    assert read(CLIENT.typed(ANN, "Prep says 4.05", place), PERSON, NOW) is None


def test_somebody_who_is_called_like_prep_is_not_prep() -> None:
    namesake = {**MENTION, "mentioned": {"id": User("Prep").id, "name": "Prep"}}
    assert read(CLIENT.typed(ANN, "<at>Prep</at> hi", CHANNEL, entities=[namesake]), PERSON, NOW) is None


def test_a_button_is_its_words() -> None:
    incoming = heard(pressed({"words": "show plan:1"}))
    assert (incoming.via, incoming.act, incoming.message) == (Via.BUTTON, Press("show plan:1"), "77")


def test_a_button_of_an_old_client_is_its_words() -> None:
    incoming = heard(CLIENT.typed(ANN, "", PERSONAL, value={"words": "show plan:1"}, replyToId="77"))
    assert (incoming.via, incoming.act, incoming.message) == (Via.BUTTON, Press("show plan:1"), "77")


def test_a_form_is_its_words_and_what_stands_in_its_fields() -> None:
    data = {
        "words": "batna plan:1 add",
        "form": True,
        "one.price": "4.18",
        "many.kinds": "a%2Cb,c",
        "one.x": 7,
    }
    incoming = heard(pressed(data))
    assert incoming.via is Via.FORM
    assert incoming.act == Submission("batna plan:1 add", {"price": "4.18", "kinds": "a,b\nc", "x": ""})


def test_a_button_carries_nothing_else() -> None:
    forged = {
        "words": "show",
        "speaker": "x",
        "tenant": "y",
        "place": "z",
        "mark": 0,
        "person": {"home": True},
    }
    assert _but_event(heard(pressed(forged))) == _but_event(heard(pressed({"words": "show"})))


def _but_event(incoming: Incoming) -> Incoming:
    return replace(incoming, event="")


@pytest.mark.parametrize(
    "data",
    [None, [], "words", {}, {"words": None}, {"words": 7}, {"words": ["show"]}, {"words": "x" * 5000}],
)
def test_what_is_no_button_of_ours(data: object) -> None:
    assert read(pressed(data), PERSON, NOW) is None


@pytest.mark.parametrize(
    "change",
    [
        {"type": "messageReaction"},
        {"type": "typing"},
        {"conversation": {"id": PERSONAL.id, "conversationType": "personal"}},
        {"from": {"id": "28:another-bot"}},
        {"from": {"id": "x", "role": "bot"}},
        {"value": "words"},
    ],
    ids=["reaction", "typing", "no tenant", "bot", "role of a bot", "odd value"],
)
def test_not_for_prep(change: dict[str, Any]) -> None:
    assert read({**CLIENT.typed(ANN, "show", PERSONAL), **change}, PERSON, NOW) is None


def test_nobody_says_nothing() -> None:
    assert read(CLIENT.typed(ANN, "show", PERSONAL), Person(""), NOW) is None


def test_what_does_not_say_that_it_is_personal_is_not() -> None:
    odd = CLIENT.typed(ANN, "<at>Prep</at> batna", PERSONAL, entities=[MENTION])
    del odd["conversation"]["conversationType"]
    assert heard(odd).place.direct is False


def test_the_same_delivery_is_known_again_and_another_is_not() -> None:
    typed = CLIENT.typed(ANN, "show", PERSONAL)
    assert heard(typed).event == heard(dict(typed)).event
    assert heard(typed).event != heard(CLIENT.typed(ANN, "show", PERSONAL)).event
    assert heard({**typed, "id": None}).event == ""

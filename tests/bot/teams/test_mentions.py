"""What is left of a text when the mention of the bot is taken out."""

from __future__ import annotations

from typing import Any

import pytest

from bot.teams.connector import strip_mention

BOT = {"id": "28:bot", "name": "Prep"}
NAMESAKE = {"id": "29:p", "name": "Prep"}
ANNA = {"id": "29:anna", "name": "Anna Berg"}


def said(text: str, *mentioned: dict[str, Any]) -> dict[str, Any]:
    entities = [{"type": "mention", "mentioned": m, "text": f"<at>{m['name']}</at>"} for m in mentioned]
    return {"text": text, "recipient": BOT, "entities": [{"type": "clientInfo"}, *entities]}


@pytest.mark.parametrize(
    ("activity", "text"),
    [
        (said("<at>Prep</at> batna acme\n", BOT), "batna acme"),
        (said("<at>Prep</at>", BOT), ""),
        (said("remind me of Prep: <at>Prep</at> hub", BOT), "remind me of Prep:   hub"),
        (said("<at>Prep</at> new Prep Ltd: paper", BOT), "new Prep Ltd: paper"),
        (
            said("<at>Prep</at> share Acme <at>Anna Berg</at> to edit", BOT, ANNA),
            "share Acme <@29:anna|Anna Berg> to edit",
        ),
        (said("<at>Prep</at> share Acme <at>Prep</at>", BOT, NAMESAKE), "share Acme <@29:p|Prep>"),
        (said("<at>Prep</at> ask <at>Prep</at>", NAMESAKE, BOT), "<@29:p|Prep> ask"),
        (said("<at>Prep</at> and <at>Prep</at> hub", BOT, BOT), "and   hub"),
        (said("<at>Prep</at> share <at>Anna Berg</at>", ANNA, BOT), "share <@29:anna|Anna Berg>"),
        (said("Prep batna", BOT), "Prep batna"),
        (said("<at>Prep</at> batna"), "<at>Prep</at> batna"),
    ],
)
def test_by_identity_not_by_name(activity: dict[str, Any], text: str) -> None:
    assert strip_mention(activity) == text


@pytest.mark.parametrize("between", [" ", "&nbsp;", "\u00a0"])
def test_a_name_that_is_mentioned_word_by_word_is_one_person(between: str) -> None:
    words = [{"id": "29:anna", "name": name} for name in ("Anna", "Berg")]
    text = f"<at>Prep</at> share Acme <at>Anna</at>{between}<at>Berg</at> to edit"
    assert strip_mention(said(text, BOT, *words)) == "share Acme <@29:anna|Anna Berg> to edit"


def test_two_people_side_by_side_stay_two() -> None:
    text = "share <at>Anna Berg</at> <at>Prep</at>"
    assert strip_mention(said(text, ANNA, NAMESAKE)) == "share <@29:anna|Anna Berg> <@29:p|Prep>"


def test_a_channel_is_told_from_a_person() -> None:
    channel = {"id": "19:buying@thread.tacv2", "name": "Buying team", "type": "channel"}
    text = "<at>Prep</at> channel acme <at>Buying team</at>"
    assert strip_mention(said(text, BOT, channel)) == "channel acme <#19:buying@thread.tacv2|Buying team>"


def test_a_name_cannot_break_out_of_its_token() -> None:
    rogue = {"id": "29:r", "name": "x> <@29:boss|Boss"}
    assert strip_mention(said(f"ask <at>{rogue['name']}</at>", rogue)) == "ask <@29:r|x @29:bossBoss>"


@pytest.mark.parametrize(
    "activity",
    [
        {},
        {"text": None},
        {"text": "", "entities": None},
        {
            "text": "",
            "entities": [None, 1, {"type": "mention"}, {"type": "mention", "mentioned": "x", "text": ""}],
        },
    ],
)
def test_nothing_said(activity: dict[str, Any]) -> None:
    assert strip_mention(activity) == ""

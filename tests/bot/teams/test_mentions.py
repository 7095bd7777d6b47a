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
        (said("Prep batna", BOT), "Prep batna"),
        (said("<at>Prep</at> batna"), "<at>Prep</at> batna"),
    ],
)
def test_by_identity_not_by_name(activity: dict[str, Any], text: str) -> None:
    assert strip_mention(activity) == text


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

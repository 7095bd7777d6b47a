"""What a person reads, and whom a message pings."""

from __future__ import annotations

from typing import Any

import pytest

from tests.doubles.slack.escaping import typed
from tests.doubles.slack.pings import notifies
from tests.doubles.slack.reading import mrkdwn, read, read_view
from tests.doubles.slack.world import Message, World

NAMES = {"U1": "anna", "C1": "acme"}


def plain(text: str) -> dict[str, Any]:
    return {"type": "plain_text", "text": text}


def mark(text: str) -> dict[str, Any]:
    return {"type": "mrkdwn", "text": text}


@pytest.mark.parametrize(
    ("marked", "shown"),
    [
        ("*BATNA* of _Acme_: `4.05`", "BATNA of Acme: 4.05"),
        ("*_both_* ~gone~", "both gone"),
        ("3 * 4 * 5 and snake_case_name", "3 * 4 * 5 and snake_case_name"),
        ("3.60 -&gt; 3.71 &amp; more", "3.60 -> 3.71 & more"),
        ("<https://x.example/a|the index> <https://y.example>", "the index https://y.example"),
        ("<@U1> in <#C1> and <#C9|other>", "@anna in #acme and #other"),
        ("<!channel> <!date^1^{date}|1 May>", "@channel 1 May"),
        ("&lt;!channel&gt;", "<!channel>"),
    ],
)
def test_markup_reads_as_shown(marked: str, shown: str) -> None:
    assert mrkdwn(marked, NAMES) == shown


def test_a_message_of_blocks_reads_from_top_to_bottom() -> None:
    menu = {
        "type": "static_select",
        "placeholder": plain("When"),
        "options": [{"text": plain("1 day"), "value": "1"}, {"text": plain("3 days"), "value": "3"}],
    }
    go = {"type": "button", "text": plain("Show more")}
    blocks: list[dict[str, Any]] = [
        {"type": "header", "text": plain("Acme: BATNA")},
        {"type": "section", "text": mark("*Cost* 4.05"), "accessory": go},
        {"type": "section", "fields": [mark("a"), plain("b & c")]},
        {"type": "divider"},
        {
            "type": "table",
            "rows": [[{"type": "raw_text", "text": "Term"}, {"type": "raw_number", "value": 4}]],
        },
        {"type": "context", "elements": [mark("quoted"), plain("until May")]},
        {"type": "actions", "elements": [go, menu]},
        {"type": "image", "image_url": "https://x.example", "alt_text": "movement"},
        {"type": "markdown", "text": "# Head\n**bold** text"},
        {
            "type": "rich_text",
            "elements": [
                {
                    "type": "rich_text_list",
                    "elements": [
                        {"type": "rich_text_section", "elements": [{"type": "user", "user_id": "U1"}]}
                    ],
                }
            ],
        },
    ]
    assert read(blocks, "preview", NAMES).split("\n") == [
        "Acme: BATNA",
        "Cost 4.05",
        "[Show more]",
        "a",
        "b & c",
        "Term | 4",
        "quoted until May",
        "[Show more] [When: 1 day / 3 days]",
        "(picture: movement)",
        "Head",
        "bold text",
        "- @anna",
    ]


def test_without_blocks_the_text_is_read() -> None:
    assert read([], "*just* text") == "just text"


def test_a_form_reads_with_its_fields_and_buttons() -> None:
    field = {
        "type": "input",
        "label": plain("Price"),
        "optional": True,
        "element": {"type": "plain_text_input", "initial_value": "4.05"},
    }
    view = {"title": plain("Offer"), "blocks": [field], "submit": plain("Save"), "close": plain("Cancel")}
    assert read_view(view) == "Offer\nPrice (optional): 4.05\n[Save] [Cancel]"


def said(text: str = "", blocks: list[dict[str, Any]] | None = None, **arguments: Any) -> Message:
    return Message("C1", "1.0", "UBOT", text, blocks or [], arguments=arguments)


@pytest.mark.parametrize(
    ("message", "pinged"),
    [
        (said("<!channel> look"), ("!channel",)),
        (said("x", [{"type": "section", "text": mark("<!here|here> <@U1>")}]), ("!here", "@U1")),
        (said("x", [{"type": "section", "fields": [mark("<!subteam^S1>")]}]), ("!subteam^S1",)),
        (said("x", [{"type": "context", "elements": [mark("<!everyone>")]}]), ("!everyone",)),
        (said("x", [{"type": "markdown", "text": "<!channel>"}]), ("!channel",)),
        (said("@channel", link_names=True), ("!channel",)),
        (said("@channel"), ()),
        (said("&lt;!channel&gt; &lt;@U1&gt;"), ()),
        (said("x", [{"type": "section", "text": plain("<!channel>")}]), ()),
        (said("x", [{"type": "header", "text": plain("<@U1>")}]), ()),
    ],
)
def test_what_pings(message: Message, pinged: tuple[str, ...]) -> None:
    assert notifies(message) == pinged


def test_a_broadcast_in_rich_text_pings() -> None:
    pieces = [{"type": "broadcast", "range": "channel"}, {"type": "text", "text": "<!here>"}]
    section = {"type": "rich_text_section", "elements": pieces}
    assert notifies(said("x", [{"type": "rich_text", "elements": [section]}])) == ("!channel",)


def test_what_is_typed_is_passed_on_in_slacks_spelling() -> None:
    world = World()
    world.add_workspace()
    world.add_user("U1", "anna")
    world.add_channel("C1", "acme", ["U1"])
    text = "#acme @anna @nobody a@b.example R&D <b> https://x.example/?a=1"
    assert typed(text, world, "T0PREP") == (
        "<#C1|acme> <@U1> @nobody a@b.example R&amp;D &lt;b&gt; <https://x.example/?a=1>"
    )

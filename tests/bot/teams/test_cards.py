"""Cards: all of the answer on them, what people typed as text, within what Teams takes and draws."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.teams.cards import messages, render
from handlers.gate import Shown
from handlers.turn import (
    Choice,
    Choices,
    Facts,
    Field,
    FieldKind,
    Form,
    Heading,
    Note,
    Part,
    Preview,
    Table,
    Text,
    Warn,
)
from tests.doubles.teams import cards
from tests.journeys.runner import form_lines, part_lines
from tests.journeys.teams_reading import card_lines

EVERYTHING: tuple[Part, ...] = (
    Heading("Acme · 1 Apr"),
    Text(("BATNA: Borg, 4.18 EUR/pc", "Limit 4.05")),
    Warn(("Start by 8 Apr",)),
    Note(("3.52 +0.14 freight", "two")),
    Facts((("Stop", "4.05"), ("Talks", "18 Mar"))),
    Table(("#", "WE", "FOR"), (("1", "price 3.45 -> 3.58", "cap 4 -> 3"),), frozenset({0})),
    Choices((Choice("Judge offer", "offer plan:1"), Choice("Close", "close", danger=True, confirm="Sure?"))),
)
FORM = Form(
    "batna plan:1 add",
    "Alternative",
    (
        Field("name", "Name", FieldKind.LINE, "Borg", "who", optional=False),
        Field("kind", "Kind", FieldKind.CHOICE, "q", "how sure", options=(("q", "quoted"), ("u", "not yet"))),
        Field("meets", "Meets", FieldKind.SEVERAL, "a,b\nc", options=(("a,b", "*both*"), ("c", "[c](d)"))),
        Field("until", "Until", FieldKind.DATE, "2026-05-29", "the last day"),
        Field("notes", "Notes", FieldKind.LINES, "one\ntwo"),
    ),
    intro="All of it can be changed later.",
)
HOSTILE = (
    "*bold* _it_ ~~no~~ `code`",
    "# head",
    "- item",
    "1. one",
    "[link](https://x.example)",
    "<at>Ben</at>",
    "{{DATE(2026-01-01T00:00:00Z)}}",
    "<b>b</b> &lt;b&gt;",
    "${name} !{x}",
)
MARKDOWN_IS_READ = ("TextBlock", "FactSet")


def shown(*parts: Part, form: Form | None = None) -> Shown:
    return Shown(parts, form, Preview.ANSWER, private=True)


def elements(node: Any) -> list[dict[str, Any]]:
    if isinstance(node, list):
        return [found for one in node for found in elements(one)]
    if not isinstance(node, dict):
        return []
    return [node, *(found for value in node.values() for found in elements(value))]


@pytest.mark.skipif(not cards.SCHEMA_FILE.exists(), reason="no Adaptive Card schema beside the project")
def test_valid_by_the_schema() -> None:
    (card,) = render(shown(*EVERYTHING, form=FORM))
    assert cards.faults(card) == []


def test_everything_is_on_it() -> None:
    (card,) = render(shown(*EVERYTHING, form=FORM))
    assert card_lines(card) == [*part_lines(EVERYTHING), *form_lines(FORM)]


@pytest.mark.parametrize("text", HOSTILE)
def test_what_people_type_is_shown_as_text(text: str) -> None:
    parts = (Heading(text), Text((text,)), Warn((text,)), Note((text,)), Facts(((text, text),)))
    (card,) = render(shown(*parts, Table((text,), ((text,),)), Choices((Choice(text, "x"),))))
    assert card_lines(card) == part_lines((*parts, Table((text,), ((text,),)), Choices((Choice(text, "x"),))))
    assert not [element for element in elements(card) if element.get("type") in MARKDOWN_IS_READ]
    assert "{{" not in json.dumps(card)
    assert "entities" not in json.dumps(card)  # without them nobody is mentioned, whatever a text says


def test_check_boxes_show_signs_as_they_are() -> None:
    field = Field("x", "X", FieldKind.SEVERAL, options=(("1", "*bold* [a](b) <i>"),))
    (card,) = render(shown(form=Form("w", "T", (field,))))
    (found,) = [element for element in elements(card) if element.get("type") == "Input.ChoiceSet"]
    assert found["choices"] == [{"title": r"\*bold\* \[a\]\(b\) \<i\>", "value": "1"}]


@settings(max_examples=40)
@given(st.lists(st.text(max_size=80), min_size=1, max_size=4))
def test_any_text_makes_a_card_that_teams_draws(texts: list[str]) -> None:
    told = shown(
        Text(tuple(texts)), Facts(((texts[0], texts[-1]),)), Table(("a",), tuple((t,) for t in texts))
    )
    for card in render(told):
        assert cards.faults(card) == []


def test_only_the_preview_is_outside_of_the_card() -> None:
    (message,) = messages(shown(*EVERYTHING, form=FORM))
    (attachment,) = message.pop("attachments")
    assert message == {"type": "message", "summary": "Prep: answer ready"}
    card = attachment["content"]
    assert card["fallbackText"] == "Prep: answer ready"
    assert {"speak", "title"}.isdisjoint(card)


def test_buttons_fit_a_phone_and_none_is_hidden() -> None:
    options = tuple(Choice(f"Option {number}", f"do {number}") for number in range(14))
    (card,) = render(shown(Choices(options)))
    rows = [element["actions"] for element in card["body"]]
    assert [action["title"] for row in rows for action in row] == [option.label for option in options]
    assert all(len(row) <= 6 and sum(len(action["title"]) for action in row) < 40 for row in rows)


def test_a_button_says_its_words_on_old_clients_too() -> None:
    (card,) = render(shown(Choices((Choice("Judge offer", "offer plan:1"),))))
    (button,) = cards.actions(card)[:1]
    assert (button["type"], button["data"]) == ("Action.Execute", {"words": "offer plan:1"})
    assert (button["fallback"]["type"], button["fallback"]["data"]) == (
        "Action.Submit",
        {"words": "offer plan:1"},
    )


def test_a_button_does_not_send_the_fields_of_a_form() -> None:
    (card,) = render(shown(Choices((Choice("Skip", "skip"),)), form=FORM))
    by_title = {action["title"]: action["associatedInputs"] for action in cards.actions(card)}
    assert by_title == {"Skip": "none", "Save": "auto"}


def test_a_question_stands_before_what_cannot_be_taken_back() -> None:
    (card,) = render(shown(Choices((Choice("Close", "close", confirm="Close it for good?"),))))
    opener, question = card["body"][0]["actions"][0], card["body"][1]
    assert (opener["type"], opener["targetElements"]) == ("Action.ToggleVisibility", [question["id"]])
    assert question["isVisible"] is False
    assert cards.read(question).splitlines() == ["Close it for good?", "[Yes] [No]"]


def test_a_long_answer_takes_several_messages_and_loses_nothing() -> None:
    parts = (
        Text(tuple(f"line {number} " + "ä" * 200 for number in range(900))),
        Table(("a", "b"), tuple((f"{number}", "ö" * 300) for number in range(300))),
        Text(("x" * 20_000,)),
    )
    pages = render(shown(*parts, Choices((Choice("Back", "back"),))))
    assert len(pages) > 4
    assert all(len(json.dumps(page, ensure_ascii=False).encode()) < 80 * 1024 for page in pages)
    told = [line for page in pages for line in card_lines(page)]
    assert [line for line in told if line.startswith("line ")] == list(parts[0].lines)
    assert [line.split(" | ")[0] for line in told if " | " in line and "a |" not in line] == [
        str(number) for number in range(300)
    ]
    assert "".join(line for line in told if set(line) == {"x"}) == "x" * 20_000
    assert told[-1] == "[Back]"


def test_no_word_is_wider_than_a_phone() -> None:
    (card,) = render(shown(Text(("Donaudampfschifffahrtselektrizitätenhauptbetriebswerk",))))
    assert max(map(len, card["body"][0]["inlines"][0]["text"].split("\u200b"))) <= 30


def test_an_example_is_not_repeated_below_what_was_typed() -> None:
    field = Field("price", "Price", value="3.60", hint="3.45")
    (card,) = render(shown(form=Form("offer plan:1", "Offer", (field,))))
    (typed,) = [one for one in elements(card["body"]) if one.get("type") == "Input.Text"]
    assert (typed["value"], typed["placeholder"]) == ("3.60", "3.45")
    assert "3.45" not in "\n".join(card_lines(card))
    assert not [one for one in elements(card["body"]) if one.get("text") == "3.45"]


def test_what_goes_on_below_a_line_stays_indented() -> None:
    (card,) = render(shown(Text(("Limit 4.05", "  indifferent at 4.118"))))
    assert card["body"][1]["inlines"][0]["text"].startswith("\u00a0\u00a0indifferent")

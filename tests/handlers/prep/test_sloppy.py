"""Answers as people in a hurry type them, and how they are said back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from storage.tables import Alternative
from tests.handlers.prep.looking import rows

if TYPE_CHECKING:
    from tests.support.talk import Talk


def said(talk: Talk, key: str, text: str) -> str:
    """What is kept of an answer, or what is wrong with it."""
    talk.say("new quick Acme: housings")
    talk.say("set acme: volume 30000 a year, baseline 3.95, main 3.45/3.70/4.05")
    talk.say("stop")
    talk.say("resume")
    return talk.say(f"{key}: {text}").text


@pytest.mark.parametrize(
    ("key", "text", "kept"),
    [
        (
            "talks",
            "Tues 3pm w/ Sarah (AE), she can do 10% max",
            "3 Mar 15:00 · Sarah (AE) · she can do 10% max",
        ),
        ("talks", "tomorrow with their sales director", "3 Mar · their sales director"),
        ("mandate", "Sandra from finance ok'd it, I sign", "the stop by Sandra from finance · I sign"),
        ("mandate", "CFO yes, me up to 100k", "the stop by CFO · me up to 100k"),
        ("mandate", "the CFO has approved it", "the stop by CFO"),
        ("alts", "Borg 4.18, 12 weeks, 80 %", "Borg 4.18, 80 %, 12 weeks to start"),
        ("alts", "Borg 4.18, about 3 months, quoted", "Borg 4.18, 3 months to start, quoted"),
        (
            "alts",
            "in-house = 2.05, labour 1.10, one-off 39000 press",
            "in-house 2.05, labour 1.10, press 39,000 once",
        ),
        ("alts", "Borg 4.18, samples are here", "Borg 4.18, samples are here"),
        ("alts", "Borg 4.18 until 29 May", "Borg 4.18, until 29 May, quoted"),
        ("alts", "Borg at EUR 4.18/pc, takes about 3 months", "Borg 4.18, 3 months to start"),
        ("alts", "it rolls over at 4.10", "it rolls over 4.10"),
        ("route", "it's a renewal", "renewal"),
        (
            "limits",
            "legal wants liability cap 2m; ops: tracking",
            "legal: wants liability cap 2m; ops: tracking",
        ),
        ("objections", "fuel went up - index says otherwise", "fuel went up -> index says otherwise"),
        ("terms", "price per km 0.98/1.05/1.12", "price 0.98 / 1.05 / 1.12"),
        ("deal", "250 seats a year, 480", "250 seats a year · last paid 480.00 EUR"),
    ],
)
def test_it_is_kept_and_said_back(talk: Talk, key: str, text: str, kept: str) -> None:
    answer = said(talk, key, text)
    assert f"Kept: {key}: {kept}\n" in answer or f"Kept: {kept}\n" in answer


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("talks", "sometime next week"),
        ("mandate", "CFO maybe yes I hope"),
        ("alts", "Borg 4.18, fairly sure"),
        ("others", "payment yearly or quarterly"),
    ],
)
def test_the_example_of_a_refusal_answers_the_question(talk: Talk, key: str, text: str) -> None:
    refused = said(talk, key, text)
    example = next(line for line in refused.split("\n") if line.startswith("For example: "))
    assert "Kept" in talk.say(f"{key}: {example.removeprefix('For example: ')}").text


def test_what_is_told_of_each_way_may_stand_right_behind_its_name(talk: Talk) -> None:
    said(talk, "alts", "Borg; spot market; do it ourselves")
    kept = talk.say(
        "status: Borg quoted until 29 May, 4 weeks, 90%; spot market not quoted; do it ourselves 6 months"
    ).text
    assert (
        "Borg, 90 %, until 29 May, 4 weeks to start, quoted; spot market, not quoted; do it ourselves, 6 months"
        in kept
    )
    assert [row.name for row in rows(talk, Alternative)] == ["Borg", "spot market", "do it ourselves"]


def test_a_row_that_names_no_way_and_no_figure_adds_none(talk: Talk) -> None:
    said(talk, "alts", "Borg; spot market")
    assert "none of the alternatives" in talk.say("status: get a second quote").text
    assert len(rows(talk, Alternative)) == 2

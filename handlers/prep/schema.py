"""What a script may say: the kinds of answer, the rules that check one, the fields of a question in YAML."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from handlers.errors import Misread
from handlers.prep.question import Question, Script, Section, condition

if TYPE_CHECKING:
    from collections.abc import Mapping

    from handlers.datafile import Block

KINDS: Mapping[str, str] = {
    "text": "free text",
    "choice": "one of the choices",
    "several": "any of the choices, or words of one's own",
    "money": "an amount; words after it are kept as a note",
    "number": "a number",
    "date": "a day or a moment; with `multi` several, each named",
    "list": "one thing a line, or separated by semicolons; choices are what to think of",
    "terms": "rows of a term with opening/target/stop and weight",
    "alternatives": "rows of a name with costs, chance, validity and weeks",
    "mandate": "a ceiling, by whom, until when",
    "deal": "supplier, scope, volume, last price",
    "talks": "when, with whom, what they can agree to",
    "triple": "opening / target / stop; a single number is the stop",
    "triples": "rows of a term with opening/target/stop",
    "trades": "rows of what we give and the condition",
    "questions": "one question a line",
    "objections": "rows of what they say and what we answer",
    "stakeholders": "rows of a role and what it needs or allows",
    "costs": "rows of one unit of a term and its worth in money",
}

RULES: Mapping[str, str] = {
    "required": "something must be said; `none` and don't know are answers too",
    "volume": "names a quantity a year or in all, and for how long",
    "positive": "every amount is above zero",
    "future_date": "no day lies in the past",
    "dated": "names the day the figure is from",
    "ordered_triple": "target lies between opening and stop, in either direction",
    "chance": "a chance lies above 0 and at most at 100 %",
    "condition": "says what the other side does for it",
    "open_question": "starts with what or how",
}

PROMPT_LIMIT, WHY_LIMIT, EXAMPLE_LIMIT, TITLE_LIMIT = 160, 90, 240, 24

_KEY = re.compile(r"[a-z][a-z_]{0,23}")
_ROWS = frozenset(
    (
        *("several", "list", "terms", "alternatives", "triples", "trades"),
        *("questions", "objections", "stakeholders", "costs"),
    )
)
_FIELDS = (
    *("key", "prompt", "why", "example", "kind", "rule", "confidential", "owner_only"),
    *("choices", "multi", "applies_when", "feeds", "source", "title"),
)


def section_of(block: Block, taken: set[str], title: str | None = None) -> Section:
    """One section with its questions, whose keys are added to `taken`. `title` stands in for one left out."""
    key = _key(block)
    block.place = f"section {key}"
    block.only("key", "title", "questions")
    title = block.text("title", title)
    return Section(key, title, tuple(_question(item, key, taken) for item in block.blocks("questions")))


def _question(block: Block, section: str, taken: set[str]) -> Question:
    block.place = f"section {section}"
    key = _key(block)
    block.place = f"section {section}, question {key}"
    if key in taken:
        raise block.error("this key is taken already")
    taken.add(key)
    block.only(*_FIELDS)
    kind = _one_of(block, "kind", block.text("kind"), KINDS)
    rule = block.maybe("rule")
    owner_only = block.flag("owner_only", default=False)
    question = Question(
        key=key,
        section=section,
        prompt=block.text("prompt", limit=PROMPT_LIMIT),
        why=block.text("why", limit=WHY_LIMIT),
        example=block.text("example", limit=EXAMPLE_LIMIT),
        kind=kind,
        rule=None if rule is None else _one_of(block, "rule", rule, RULES),
        confidential=block.flag("confidential", default=True),
        owner_only=owner_only,
        choices=block.texts("choices"),
        multi=block.flag("multi", default=kind in _ROWS),
        applies_when=block.maybe("applies_when"),
        feeds=block.texts("feeds"),
        source=block.text("source", ""),
        title=block.text("title", "", limit=TITLE_LIMIT),
    )
    check_question(question, block)
    return question


def _key(block: Block) -> str:
    key = block.text("key")
    if not _KEY.fullmatch(key):
        raise block.error(f'the key "{key}" must be a short word of small letters', "key: packaging")
    return key


def check_question(question: Question, block: Block) -> None:
    """Refuse a question whose fields do not go together."""
    if question.kind == "choice" and len(question.choices) < 2:
        raise block.error("a question of the kind choice needs two choices or more", "choices: [yes, no]")
    if question.owner_only and not question.confidential:
        raise block.error("what only the owner sees is confidential as well")
    if question.applies_when is not None:
        try:
            condition(question.applies_when)
        except ValueError:
            raise block.error("applies_when cannot be read", "applies_when: route is not tender") from None


def _one_of(block: Block, name: str, value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        raise block.error(f'the {name} "{value}" is not known; known are {", ".join(known)}')
    return value


def checked(script: Script, file: str) -> Script:
    """The script, if something is left in it and every condition speaks of a question that is there."""
    keys = script.by_key
    if not keys:
        raise Misread(f"{file}: no question is left")
    for question in keys.values():
        asked = condition(question.applies_when)[0] if question.applies_when is not None else None
        if asked is not None and asked not in keys:
            where = f"section {question.section}, question {question.key}"
            raise Misread(
                f"{file}, {where}: applies_when speaks of a question that is not there ({asked})",
                example=f"remove: [{asked}, {question.key}]",
            )
    return script

"""Things to choose from while answering: open questions, objections with answers, checklists, research hints.

Each is read from its YAML file when it is first asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from handlers.datafile import Block, packaged, parse
from handlers.errors import Unknown


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """An open question to the supplier, under a topic; `learn` is what an answer tells us."""

    topic: str
    title: str
    ask: str
    learn: str
    source: str


@dataclass(frozen=True, slots=True)
class Objection:
    """What a supplier says, what we can answer, and the open question that goes on from there."""

    key: str
    they: str
    answer: str
    ask: str
    source: str


@dataclass(frozen=True, slots=True)
class Checklist:
    """Points to think of under the question with the same key, each with what it is about."""

    key: str
    title: str
    items: tuple[tuple[str, str], ...]
    source: str


@dataclass(frozen=True, slots=True)
class Hint:
    """What research found; `keys` are the questions it bears on, `source` is the publication."""

    key: str
    keys: tuple[str, ...]
    text: str
    source: str


@lru_cache(maxsize=1)
def bank_questions() -> tuple[BankQuestion, ...]:
    """The question bank, in the order of its topics."""
    return tuple(
        BankQuestion(topic.text("key"), topic.text("title"), q.text("ask"), q.text("learn"), q.text("source"))
        for topic in _file("question_bank.yaml").blocks("topics")
        for q in topic.blocks("questions")
    )


@lru_cache(maxsize=1)
def common_objections() -> tuple[Objection, ...]:
    """What suppliers often say."""
    return tuple(
        Objection(b.text("key"), b.text("they"), b.text("answer"), b.text("ask"), b.text("source"))
        for b in _file("objections.yaml").blocks("objections")
    )


@lru_cache(maxsize=1)
def _checklists() -> dict[str, Checklist]:
    root = _file("checklists.yaml")
    blocks = {key: block for key in root.fields if (block := root.block(key)) is not None}
    return {key: _checklist(key, block) for key, block in blocks.items()}


def checklist(key: str) -> Checklist:
    """The checklist of a question: `levers`, `health` or `style`. Another key is `Unknown`."""
    found = _checklists().get(key)
    if found is None:
        raise Unknown("There is no checklist for this question.", example="edit levers")
    return found


@lru_cache(maxsize=1)
def hints() -> tuple[Hint, ...]:
    """All hints from research."""
    return tuple(
        Hint(b.text("key"), b.texts("keys"), b.text("text"), b.text("source"))
        for b in _file("hints.yaml").blocks("hints")
    )


def hints_for(key: str) -> tuple[Hint, ...]:
    """The hints that bear on one question of a script."""
    return tuple(hint for hint in hints() if key in hint.keys)


def _file(name: str) -> Block:
    return parse(packaged("handlers.prep", name), name)


def _checklist(key: str, block: Block) -> Checklist:
    items = block.block("items")
    if items is None:
        raise block.error('the field "items" is missing')
    pairs = tuple((name, items.text(name)) for name in items.fields)
    return Checklist(key, block.text("title"), pairs, block.text("source"))

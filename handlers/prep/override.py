"""A company's own wording and questions, merged into a script."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from handlers.datafile import parse
from handlers.prep.company import Scripts
from handlers.prep.loading import builtin
from handlers.prep.schema import (
    EXAMPLE_LIMIT,
    PROMPT_LIMIT,
    TITLE_LIMIT,
    WHY_LIMIT,
    check_question,
    checked,
    section_of,
)
from handlers.prep.setting import FIGURES

if TYPE_CHECKING:
    from handlers.datafile import Block
    from handlers.prep.question import Question, Script

_NAMES = ("quick", "full")
_EXAMPLE = "full: {remove: [venue]}"
_REWORDED = ("prompt", "why", "example", "choices", "confidential", "source", "title")


def company_scripts(text: str, file: str) -> Scripts:
    """The scripts as a company's file wants them: a part `quick:`, a part `full:` or both, each as in `override`.

    What does not fit is a Misread with file, line and key.
    """
    root = parse(text, file)
    if not root.fields.keys() & set(_NAMES):
        raise root.error("say which preparation this is for, under quick or under full", _EXAMPLE)
    root.only(*_NAMES)
    parts = {name: part for name in _NAMES if (part := root.block(name)) is not None}
    return Scripts({name: override(builtin(name), part, file) for name, part in parts.items()})


def override(script: Script, root: Block, file: str) -> Script:
    """A script with a company's part of the file merged in.

    - `questions:` KEY: fields - rewords a question (prompt, why, example, choices, source, title), or marks it
      confidential
    - `sections:` with key and questions - adds questions to a section, or a new section with its title
    - `remove:` keys - leaves questions out

    A question keeps its key and its kind, and what is confidential stays so. What does not fit is a Misread with file,
    line, section and key.
    """
    root.only("questions", "sections", "remove")
    reworded = _reword_all(script, root.block("questions"))
    return checked(_remove(_add(reworded, root), root), file)


def _reword_all(script: Script, block: Block | None) -> Script:
    if block is None:
        return script
    changes = {key: block.block(key) for key in block.fields}
    known = script.by_key
    for key in changes:
        if key not in known:
            raise block.error(f'there is no question "{key}" to reword; there are {", ".join(known)}')
    sections = tuple(
        replace(section, questions=tuple(_reword(q, changes.get(q.key)) for q in section.questions))
        for section in script.sections
    )
    return replace(script, sections=sections)


def _reword(question: Question, block: Block | None) -> Question:
    if block is None:
        return question
    block.place = f"section {question.section}, question {question.key}"
    if block.text("kind", question.kind) != question.kind:
        raise block.error(f"a question keeps its kind, here {question.kind}: leave the field out")
    block.only("kind", *_REWORDED)
    if question.confidential and not block.flag("confidential", default=True):
        raise block.error("what is confidential stays confidential: leave the field out")
    changed = replace(
        question,
        prompt=block.text("prompt", question.prompt, limit=PROMPT_LIMIT),
        why=block.text("why", question.why, limit=WHY_LIMIT),
        example=block.text("example", question.example, limit=EXAMPLE_LIMIT),
        choices=block.texts("choices", question.choices),
        confidential=block.flag("confidential", default=question.confidential),
        source=block.text("source", question.source),
        title=block.text("title", question.title, limit=TITLE_LIMIT),
    )
    check_question(changed, block)
    return changed


def _add(script: Script, root: Block) -> Script:
    """New questions get new keys: a key of either built-in script, or of `set`, means the same in every company."""
    sections = {section.key: section for section in script.sections}
    taken = {*builtin("quick").by_key, *builtin("full").by_key, *script.by_key, *FIGURES}
    for block in root.blocks("sections", required=False):
        there = sections.get(block.text("key"))
        section = section_of(block, taken, there.title if there else None)
        if there is not None:
            section = replace(there, questions=there.questions + section.questions)
        sections[section.key] = section
    return replace(script, sections=tuple(sections.values()))


def _remove(script: Script, root: Block) -> Script:
    keys = root.texts("remove")
    for key in keys:
        if key not in script.by_key:
            raise root.error(f'there is no question "{key}" to remove; there are {", ".join(script.by_key)}')
    kept = tuple(
        replace(section, questions=tuple(q for q in section.questions if q.key not in keys))
        for section in script.sections
    )
    return replace(script, sections=tuple(section for section in kept if section.questions))

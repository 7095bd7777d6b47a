"""The questions of a preparation, as data: what is asked, why, and what a valid answer looks like.

A script is read from YAML (`quick.yaml`, `full.yaml`), and a company may change its wording and add to it. Code knows
the keys, the kinds and the names of rules; it knows no sentence.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.datafile import Block, packaged, parse
from handlers.errors import Unknown

if TYPE_CHECKING:
    from collections.abc import Mapping

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

RECORDS = frozenset(
    "plan reminders evidence terms alternatives supplier mandate stakeholders questions open_points"
    " objections trades owner_notes".split()
)

_ROWS = frozenset(
    "several list terms alternatives triples trades questions objections stakeholders costs".split()
)
_FIELDS = (
    *("key", "prompt", "why", "example", "kind", "rule", "confidential", "owner_only"),
    *("choices", "multi", "applies_when", "feeds", "source"),
)
_REWORDED = ("prompt", "why", "example", "choices", "confidential", "source")
PROMPT_LIMIT, WHY_LIMIT, EXAMPLE_LIMIT = 160, 90, 240


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a script.

    `kind` is one of KINDS and `rule` one of RULES; `feeds` names what an answer fills: keys of the full script, or
    RECORDS of the plan. `confidential` content may never be posted where outsiders are; `owner_only` content is shown to
    the owner alone. `choices` bind for the kind choice and are offered for others. `multi` says that an answer may
    have several entries. `applies_when` is a condition on another answer, see `applies`. `source` is a heading of
    the domain text, or of the formulas as "formulas.md: HEADING".
    """

    key: str
    section: str
    prompt: str
    why: str
    example: str
    kind: str
    rule: str | None = None
    confidential: bool = True
    owner_only: bool = False
    choices: tuple[str, ...] = ()
    multi: bool = False
    applies_when: str | None = None
    feeds: tuple[str, ...] = ()
    source: str = ""


@dataclass(frozen=True, slots=True)
class Section:
    """Questions that belong together and can be answered as one form."""

    key: str
    title: str
    questions: tuple[Question, ...]


@dataclass(frozen=True, slots=True)
class Script:
    """All sections, in the order in which they are asked."""

    name: str
    sections: tuple[Section, ...]

    @property
    def questions(self) -> tuple[Question, ...]:
        """All questions in order."""
        return tuple(question for section in self.sections for question in section.questions)

    @property
    def by_key(self) -> dict[str, Question]:
        """The questions by their key."""
        return {question.key: question for question in self.questions}

    def next_after(self, key: str) -> Question | None:
        """The question after the one with this key, None after the last. An unknown key is `Unknown`."""
        return self._beside(key, 1)

    def previous(self, key: str) -> Question | None:
        """The question before the one with this key, None before the first. An unknown key is `Unknown`."""
        return self._beside(key, -1)

    def _beside(self, key: str, step: int) -> Question | None:
        questions = self.questions
        at = next((i for i, question in enumerate(questions) if question.key == key), None)
        if at is None:
            raise Unknown("This preparation has no such question.", example=f"edit {questions[0].key}")
        beside = at + step
        return questions[beside] if 0 <= beside < len(questions) else None


def load_script(text: str, file: str = "script") -> Script:
    """The script in a YAML text. What does not fit the schema is a Misread with file, line, section and key."""
    root = parse(text, file)
    root.only("name", "sections")
    sections = tuple(_section(block, ()) for block in root.blocks("sections"))
    return _checked(Script(root.text("name"), sections), root)


@lru_cache(maxsize=2)
def builtin(name: str) -> Script:
    """The script `quick` or `full` that comes with Prep; read once, when it is first needed."""
    if name not in ("quick", "full"):
        raise Unknown("There are two preparations: quick and full.", example="new Acme: housings, quick")
    return load_script(packaged("handlers.prep", f"{name}.yaml"), f"{name}.yaml")


def applies(question: Question, answers: Mapping[str, str]) -> bool:
    """Whether a question is to be asked, given the answers so far as typed, by key.

    `applies_when` reads "KEY is VALUE" or "KEY is not VALUE", compared without case. As long as the other question has no
    answer, this one applies.
    """
    if question.applies_when is None:
        return True
    key, wanted, value = _condition(question.applies_when)
    answer = answers.get(key)
    return answer is None or (answer.strip().casefold() == value.casefold()) is wanted


def override(script: Script, text: str, file: str = "playbook") -> Script:
    """A script with a company's own YAML merged in.

    `questions:` KEY: fields - rewords a question (prompt, why, example, choices, source; it may also be made confidential)
    `sections:` with key and questions - adds questions to a section, or a new section with its title
    `remove:` keys - leaves questions out
    Under `quick:` and `full:` a file may hold a part for each script. A question keeps its key and its kind, and what is
    confidential stays so.
    """
    root = parse(text, file)
    if root.fields.keys() <= {"quick", "full"}:
        part = root.block(script.name)
        if part is None:
            return script
        root = part
    root.only("questions", "sections", "remove")
    reworded = _reword_all(script, root.block("questions"))
    return _checked(_remove(_add(reworded, root), root), root)


def _section(block: Block, known: tuple[Section, ...]) -> Section:
    key = block.text("key")
    block.place = f"section {key}"
    block.only("key", "title", "questions")
    there = next((section for section in known if section.key == key), None)
    title = block.text("title", there.title if there else None)
    questions = tuple(_question(item, key) for item in block.blocks("questions"))
    return Section(key, title, (there.questions if there else ()) + questions)


def _question(block: Block, section: str) -> Question:
    block.place = f"section {section}"
    key = block.text("key")
    block.place = f"section {section}, question {key}"
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
    )
    _check_question(question, block)
    return question


def _check_question(question: Question, block: Block) -> None:
    if question.kind == "choice" and len(question.choices) < 2:
        raise block.error("a question of the kind choice needs two choices or more", "choices: [yes, no]")
    if question.owner_only and not question.confidential:
        raise block.error("what only the owner sees is confidential as well")
    if question.applies_when is not None:
        try:
            _condition(question.applies_when)
        except ValueError:
            raise block.error("applies_when cannot be read", "applies_when: route is not tender") from None


def _condition(text: str) -> tuple[str, bool, str]:
    key, _, value = text.partition(" is ")
    if not key.strip() or not value.strip():
        raise ValueError
    negated = value.strip().startswith("not ")
    return key.strip(), not negated, value.strip().removeprefix("not ").strip()


def _one_of(block: Block, name: str, value: str, known: Mapping[str, str]) -> str:
    if value not in known:
        raise block.error(f'the {name} "{value}" is not known; known are {", ".join(known)}')
    return value


def _checked(script: Script, root: Block) -> Script:
    """The script, if its keys are unique and everything it refers to is there."""
    seen: set[str] = set()
    sections: set[str] = set()
    for section in script.sections:
        if section.key in sections:
            raise root.error(f"there are two sections {section.key}")
        sections.add(section.key)
        for question in section.questions:
            if question.key in seen:
                raise root.error(f"section {section.key}, question {question.key}: this key is taken already")
            seen.add(question.key)
    if not seen:
        raise root.error("no question is left")
    for question in script.questions:
        _check_references(question, seen, root)
    return script


def _check_references(question: Question, keys: set[str], root: Block) -> None:
    where = f"section {question.section}, question {question.key}"
    if question.applies_when is not None and _condition(question.applies_when)[0] not in keys:
        raise root.error(f"{where}: applies_when speaks of a question that is not there")


def _reword_all(script: Script, block: Block | None) -> Script:
    if block is None:
        return script
    changes = {key: block.block(key) for key in block.fields}
    known = script.by_key
    for key in changes:
        if key not in known:
            raise block.error(f'there is no question "{key}" to reword')
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
        raise block.error(f"a question keeps its kind, here {question.kind}")
    block.only("kind", *_REWORDED)
    if question.confidential and not block.flag("confidential", default=True):
        raise block.error("what is confidential stays confidential")
    changed = replace(
        question,
        prompt=block.text("prompt", question.prompt, limit=PROMPT_LIMIT),
        why=block.text("why", question.why, limit=WHY_LIMIT),
        example=block.text("example", question.example, limit=EXAMPLE_LIMIT),
        choices=block.texts("choices", question.choices),
        confidential=block.flag("confidential", default=question.confidential),
        source=block.text("source", question.source),
    )
    _check_question(changed, block)
    return changed


def _add(script: Script, root: Block) -> Script:
    sections = list(script.sections)
    for block in root.blocks("sections", required=False):
        section = _section(block, tuple(sections))
        at = next((i for i, known in enumerate(sections) if known.key == section.key), None)
        if at is None:
            sections.append(section)
        else:
            sections[at] = section
    return replace(script, sections=tuple(sections))


def _remove(script: Script, root: Block) -> Script:
    keys = root.texts("remove")
    for key in keys:
        if key not in script.by_key:
            raise root.error(f'there is no question "{key}" to remove')
    kept = tuple(
        replace(section, questions=tuple(q for q in section.questions if q.key not in keys))
        for section in script.sections
    )
    return replace(script, sections=tuple(section for section in kept if section.questions))

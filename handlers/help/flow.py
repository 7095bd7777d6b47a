"""`help`: what Prep understands, and what it will understand later. Nothing here looks into a database."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from handlers.calling import calling
from handlers.command import Command
from handlers.errors import Ambiguous, NotYet, Unknown
from handlers.help.later import LATER
from handlers.turn import Audience, Choice, Choices, Facts, Heading, Note, Reply, Text

if TYPE_CHECKING:
    from handlers.command import Turn
    from handlers.help.text import Group, Help, Topic

_PAGE = 10
_NEAR, _CLEAR, _LONGEST = 70, 8, 60
_COLUMNS = 64


def help_(turn: Turn) -> Reply:
    """All commands at a glance, a group of them, or one of them."""
    from handlers.help.text import builtin

    text, words = builtin(), " ".join(turn.rest.casefold().split()).strip(" ?!.")
    if not words:
        return _front(calling(turn.incoming))
    head, _, page = words.rpartition(" page ")
    name = (head or words).removeprefix("all ")
    group = next((g for g in text.groups if name in {g.key, g.title.casefold()}), None)
    if group is not None and words not in text.words:
        return _group(group, int(page) if page.isdecimal() and len(page) < 3 else 1)
    return _topic(text.find(words) or _near(text, words))


@cache
def _front(before: str) -> Reply:
    """Every command that is there, by groups, on one screen."""
    from handlers.help.text import builtin

    text = builtin()
    lines = []
    for group in text.groups:
        names = _shortest([topic.words[0] for topic in group.topics if not topic.not_yet])
        lines.append(f"{group.title}: {', '.join(names)}")
    choices = tuple(Choice(group.title, f"help all {group.key}") for group in text.groups)
    hint = Note((f"help batna says more. In a channel, {before} goes before.",))
    return _said(Heading("What you can say"), Text(tuple(lines)), hint, Choices(choices))


def _shortest(names: list[str]) -> list[str]:
    """Without those that begin like another one: `contract add` stands for all about contracts."""
    kept: list[str] = []
    for name in names:
        first = name.split()[0]
        if first not in kept:
            kept.append(first)
    return kept


def _group(group: Group, page: int) -> Reply:
    pages = (len(group.topics) + _PAGE - 1) // _PAGE
    page = min(max(page, 1), pages)
    topics = group.topics[(page - 1) * _PAGE : page * _PAGE]
    more = [Choice("More", f"help all {group.key} page {page + 1}")] if page < pages else []
    choices = Choices((*more, Choice("All groups", "help")))
    title = group.title if pages == 1 else f"{group.title} ({page} of {pages})"
    hint = Note((f"help {topics[0].key} says more about it.",))
    return _said(Heading(title), Text(tuple(map(_line, topics))), hint, choices)


def _line(topic: Topic) -> str:
    line = f"{topic.key}: {topic.summary}"
    later = " (not yet)"
    return line + later if topic.not_yet and len(line) + len(later) <= _COLUMNS else line


def _topic(topic: Topic) -> Reply:
    examples = Facts(
        tuple(("For example" if n == 0 else "Or", line) for n, line in enumerate(topic.examples))
    )
    later = (
        (Note(("Not there yet. Until then: {}, which {}.".format(*_instead(topic)),)),)
        if topic.not_yet
        else ()
    )
    others = topic.words[1:6]
    also = (Note((f"Also: {', '.join(others)}",)),) if others and not topic.not_yet else ()
    parts = (
        Heading(topic.usage),
        Text(
            (f"{topic.summary[:1].upper()}{topic.summary[1:]}.", " ".join(topic.more))
        ),  # each face wraps for its own width
        examples,
        *also,
        *later,
    )
    return _said(*parts, Choices((Choice("All commands", "help"),)))


def _instead(topic: Topic) -> tuple[str, str]:
    """What can be typed until a command is there, and what that does."""
    assert topic.instead is not None  # the loader asks for it
    return topic.instead


def _near(text: Help, words: str) -> Topic:
    """The topic that was probably meant. Raises Ambiguous or Unknown."""
    from rapidfuzz import fuzz, process

    said = words[:_LONGEST]
    found = process.extract(said, list(text.words), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=4)
    topics = {text.words[word].key: (text.words[word], score) for word, score, _ in reversed(found)}
    ranked = sorted(topics.values(), key=lambda each: -each[1])
    if not ranked:
        raise Unknown(f"There is no help on “{said}”.", example="help batna (or “help” for all)")
    if len(ranked) == 1 or ranked[0][1] - ranked[1][1] >= _CLEAR:
        return ranked[0][0]
    options = [(topic.key, f"help {topic.key}") for topic, _ in ranked]
    raise Ambiguous(f"There is no help on “{said}”. Did you mean one of these?", options)


def _said(*parts: Heading | Text | Note | Facts | Choices) -> Reply:
    return Reply(parts, audience=Audience.PLACE)


def later(turn: Turn) -> Reply:
    """What is understood and not built yet: what it will do, and what works today instead."""
    from handlers.help.text import builtin

    topic = builtin().words[turn.command_name]
    words, what = _instead(topic)
    raise NotYet(
        f"That is not there yet. What is there today {what}.",
        understood=f"{topic.key}: {topic.summary}.",
        example=words,
    )


def _names_topic(rest: str) -> bool:
    """Whether the line is the command although a question is open: the words name what there is help on, and no more."""
    from handlers.help.text import builtin

    return " ".join(rest.casefold().split()).strip(" ?!.") in builtin().words


COMMANDS = (Command("help", help_, also=("?",), reads=True, whole=_names_topic, fixed=True),)
LATER_COMMANDS = tuple(Command(word, later, reads=True) for word in LATER)

"""What `help` says, read from YAML: one topic for each command."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from handlers.datafile import Block, packaged, parse
from handlers.errors import Misread

COLUMNS = 64  # what a line of an answer holds
SUMMARY_LIMIT = 48  # beside the command, in the list of all


@dataclass(frozen=True, slots=True)
class Topic:
    """One command: the words that ask for its help, how it is typed, and what it does.

    `examples` are two lines to type, `more` two to four lines of at most COLUMNS characters. Either `not_yet`
    is set, or `since` names the release that brought the command. `instead` is what can be typed until a command that
    is not there yet comes, and what that does.
    """

    key: str
    words: tuple[str, ...]
    usage: str
    summary: str
    examples: tuple[str, str]
    more: tuple[str, ...]
    since: str | None = None
    not_yet: bool = False
    instead: tuple[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """Topics that are listed under one title."""

    key: str
    title: str
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Help:
    """All groups, in the order in which they are listed."""

    groups: tuple[Group, ...]

    @property
    def topics(self) -> tuple[Topic, ...]:
        """All topics in order."""
        return tuple(topic for group in self.groups for topic in group.topics)

    @property
    def words(self) -> dict[str, Topic]:
        """The topics by each of their words."""
        return {word: topic for topic in self.topics for word in topic.words}

    def find(self, words: str) -> Topic | None:
        """The topic meant by `words`: by all of them, else by the first two, else by the first."""
        typed = words.casefold().removeprefix("/prep").split()
        known = self.words
        for length in (len(typed), 2, 1):
            topic = known.get(" ".join(typed[:length]))
            if topic is not None:
                return topic
        return None


def load_help(text: str, file: str = "help") -> Help:
    """The help in a YAML text. What does not fit is a Misread with file, line, group and topic."""
    root = parse(text, file)
    root.only("groups")
    loaded = Help(tuple(_group(block) for block in root.blocks("groups")))
    seen: set[str] = set()
    for topic in loaded.topics:
        for word in topic.words:
            if word in seen:
                raise Misread(
                    f'{file}, topic {topic.key}: the word "{word}" stands for another topic already'
                )
            seen.add(word)
    return loaded


@lru_cache(maxsize=1)
def builtin() -> Help:
    """The help that comes with Prep; read once, when it is first needed."""
    return load_help(packaged("handlers.help", "help.yaml"), "help.yaml")


def _group(block: Block) -> Group:
    key = block.text("key")
    block.place = f"group {key}"
    block.only("key", "title", "topics")
    return Group(key, block.text("title"), tuple(_topic(item, key) for item in block.blocks("topics")))


def _topic(block: Block, group: str) -> Topic:
    key = block.text("key")
    block.place = f"group {group}, topic {key}"
    block.only("key", "words", "usage", "summary", "examples", "more", "since", "not_yet", "instead")
    not_yet, since = block.flag("not_yet", default=False), block.maybe("since")
    if not_yet is (since is not None):
        raise block.error('one of "since" and "not_yet" is needed')
    return Topic(
        key=key,
        words=_words(block),
        usage=block.text("usage", limit=COLUMNS),
        summary=block.text("summary", limit=SUMMARY_LIMIT),
        examples=_examples(block),
        more=_more(block),
        since=since,
        not_yet=not_yet,
        instead=_instead(block) if not_yet else None,
    )


def _instead(block: Block) -> tuple[str, str]:
    texts = block.texts("instead")
    if len(texts) != 2:
        raise block.error('"instead" needs two texts: what to type until then, and what it does')
    return texts[0], texts[1]


def _words(block: Block) -> tuple[str, ...]:
    words = block.texts("words")
    if not words:
        raise block.error('the field "words" is missing')
    return tuple(word.casefold() for word in words)


def _examples(block: Block) -> tuple[str, str]:
    examples = block.texts("examples")
    if len(examples) != 2:
        raise block.error(f"two examples are needed, {len(examples)} are there")
    return examples[0], examples[1]


def _more(block: Block) -> tuple[str, ...]:
    lines = tuple(line.strip() for line in block.text("more").splitlines())
    if not 2 <= len(lines) <= 4:
        raise block.error(f'the field "more" has {len(lines)} lines; two to four fit')
    long = next((line for line in lines if len(line) > COLUMNS), None)
    if long is not None:
        raise block.error(f'a line of "more" has {len(long)} characters; at most {COLUMNS} fit')
    return lines

from __future__ import annotations

import pytest

from handlers.errors import Misread
from handlers.help.text import COLUMNS, Topic, builtin, load_help
from tests.support.domain import borrowed, shared_text

COMMANDS = {
    *("hub", "new", "resume", "show", "edit", "batna", "batna add", "set", "mandate", "term", "terms"),
    *("questions", "objections", "stakeholders", "open", "ready", "offer", "give", "got", "log", "chart"),
    *("benchmark", "packages", "stuck", "close", "debrief", "lessons", "align", "event", "playbook"),
    *(
        "practice",
        "contract add",
        "contract set",
        "contract show",
        "contract notice",
        "contract list",
        "contract import",
        "contract amend",
    ),
    *("renewals", "checkin", "score", "actions", "remind", "share", "owner", "channel", "find", "export"),
    *("settings", "forget", "help", "undo", "rename"),
    *("plans", "post"),
}

SMALL = """
groups:
  - key: one
    title: One
    topics:
      - key: log
        words: [log]
        usage: log
        summary: what moved
        examples: [log acme, log]
        more: |
          First line.
          Second line.
        since: "0.1"
"""


def test_every_command_has_its_help() -> None:
    topics = builtin().topics
    assert {topic.key for topic in topics} == COMMANDS
    assert len(topics) == len(COMMANDS)


@pytest.mark.parametrize("topic", builtin().topics, ids=lambda topic: topic.key)
def test_a_topic_fits_the_screen(topic: Topic) -> None:
    assert topic.key in topic.words
    assert len(topic.usage) <= COLUMNS
    assert len(topic.key) + len(topic.summary) + 2 <= COLUMNS
    assert not topic.summary.endswith(".")
    assert all(len(line) <= COLUMNS for line in topic.more)
    assert topic.more[-1].endswith(".")


@pytest.mark.parametrize("topic", builtin().topics, ids=lambda topic: topic.key)
def test_an_example_starts_like_the_command_or_is_a_question(topic: Topic) -> None:
    for example in topic.examples:
        first = example.removeprefix("/").split()[0]
        starts = {word.split()[0] for word in topic.words} | {"prep"}
        assert first in starts or example.endswith("?")


def test_a_topic_is_found_by_any_of_its_words_and_by_a_whole_line() -> None:
    text = builtin()
    for topic in text.topics:
        for word in topic.words:
            assert text.find(word) is topic
    found = {
        line: text.find(line) for line in ("/prep BATNA acme", "contract add Acme: start", "gave", "Contract")
    }
    assert [topic and topic.key for topic in found.values()] == [
        "batna",
        "contract add",
        "give",
        "contract add",
    ]


def test_what_is_not_known_is_not_found() -> None:
    assert builtin().find("weather") is None
    assert builtin().find("") is None


def test_a_topic_is_there_or_marked_as_coming() -> None:
    assert all(topic.not_yet is (topic.since is None) for topic in builtin().topics)


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("        summary: what moved\n", "", 'the field "summary" is missing'),
        ("what moved", "x" * 49, "has 49 characters; at most 48"),
        ("[log acme, log]", "[log acme]", "two examples are needed, 1 are there"),
        ("          Second line.\n", "", 'the field "more" has 1 lines; two to four fit'),
        ("Second line.", "y" * 65, 'a line of "more" has 65 characters; at most 64'),
        ('since: "0.1"', "not_yet: false", 'one of "since" and "not_yet" is needed'),
        ('since: "0.1"', 'since: "0.1"\n        not_yet: true', 'one of "since" and "not_yet" is needed'),
        ('since: "0.1"', "not_yet: true", '"instead" needs two texts'),
        ("words: [log]", "words: []", 'the field "words" is missing'),
        ("usage: log", "use: log", 'the field "use" is not known'),
    ],
)
def test_a_topic_that_does_not_fit_says_where(old: str, new: str, says: str) -> None:
    assert old in SMALL
    with pytest.raises(Misread) as caught:
        load_help(SMALL.replace(old, new), "house.yaml")
    assert says in caught.value.wrong
    assert caught.value.wrong.startswith("house.yaml, line 6, group one, topic log: ")


def test_a_word_for_two_topics_is_refused() -> None:
    topic = SMALL[SMALL.index("      - key: log") :].replace("key: log", "key: list")
    with pytest.raises(Misread) as caught:
        load_help(SMALL + topic, "house.yaml")
    assert caught.value.wrong == 'house.yaml, topic list: the word "log" stands for another topic already'


def test_help_borrows_no_sentence() -> None:
    sentences = [text for t in builtin().topics for text in (t.summary, " ".join(t.more))]
    assert borrowed(sentences, shared_text("domain/purchasing-negotiation.txt")) == []
    assert borrowed(sentences, shared_text("product.md")) == []

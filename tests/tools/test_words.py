from __future__ import annotations

import pytest

from tools.words import unwanted


@pytest.mark.parametrize(
    ("line", "what"),
    [
        ("see /" + "home/anna/notes.txt", "a path of one machine"),
        ("open('/" + "Users/anna/x')", "a path of one machine"),
        ("/" + "root/.venv/bin", "a path of one machine"),
        ("index = https://pypi." + "org/simple", "a host of a package registry"),
        ("registry=https://registry.npmjs." + "org/", "a host of a package registry"),
        ("# TO" + "DO later", "a note to finish later"),
        ("<<<<<<" + "< ours", "a conflict left over"),
        ("as agreed in an earlier work" + " session", "a remark on how it was written"),
    ],
)
def test_what_does_not_belong_is_named_with_its_place(line: str, what: str) -> None:
    assert unwanted("a.py", f"first\n{line}\n") == [f"a.py:2: {what}: {line}"]


@pytest.mark.parametrize(
    "line",
    [
        "from sqlmodel import Session  # one session a turn",
        "the practice session is over",
        "https://example.org/home/page/",
        "a hacksaw, 12 todos, XXXL",
        "the agent of the supplier; an earlier session of talks",
        "path = folder / 'work' / name",
        "docs/work/order.md",
    ],
)
def test_ordinary_words_are_left_alone(line: str) -> None:
    assert unwanted("a.py", line) == []

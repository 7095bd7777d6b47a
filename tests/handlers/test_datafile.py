from __future__ import annotations

import pytest

from handlers.datafile import MAX_SIZE, packaged, parse
from handlers.errors import Misread


def wrong(text: str) -> str:
    with pytest.raises(Misread) as caught:
        parse(text, "house.yaml")
    return caught.value.wrong


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "house.yaml, line 1: the file must hold named fields"),
        ("- a\n- b", "house.yaml, line 1: the file must hold named fields"),
        ("a: 1\nb: [1, 2", "house.yaml, line 3: this is not YAML"),
        ("a: b: c", "house.yaml, line 1: this is not YAML"),
        ("a: 1\n\ta: 2", "house.yaml, line 2: this is not YAML"),
        ("a: \x00", "this is not YAML"),
        ("a: 1\nb: 2\na: 3", 'house.yaml, line 3: the field "a" stands here twice'),
        ("a: &x [1]\nb: *x", "house.yaml, line 2: references (*) are not read here"),
        ("? [a, b]\n: 1", "the name of a field must be a word"),
        ("a: " + "[" * 100_000, "blocks are read 12 deep"),
        ("a: " + "- " * 100_000, "house.yaml, line 1"),
        ("a" * (MAX_SIZE + 1), "at most 262144 are read"),
    ],
)
def test_a_file_that_cannot_be_read_says_where(text: str, says: str) -> None:
    assert says in wrong(text)


def test_tags_build_nothing() -> None:
    block = parse("a: !!python/object/apply:os.system [echo]", "house.yaml")
    assert block.texts("a") == ("echo",)


def test_values_stay_as_written() -> None:
    block = parse("a: 4.05\nb: no\nc: 2026-04-01\nd: [1, on]", "house.yaml")
    assert (block.text("a"), block.text("b"), block.text("c")) == ("4.05", "no", "2026-04-01")
    assert block.texts("d") == ("1", "on")
    assert block.flag("b", default=True) is False


def test_a_field_of_the_wrong_shape_is_refused() -> None:
    block = parse("a: [x]\nb: y\nc: {d: e}\nempty:", "house.yaml")
    for read in (
        lambda: block.text("a"),
        lambda: block.texts("b"),
        lambda: block.blocks("a"),
        lambda: block.block("b"),
        lambda: block.flag("b", default=True),
        lambda: block.text("empty"),
        lambda: block.blocks("nothing"),
        lambda: block.only("a", "b", "c"),
    ):
        with pytest.raises(Misread) as caught:
            read()
        assert caught.value.wrong.startswith("house.yaml, line 1: the field ")


def test_fields_may_be_left_out() -> None:
    block = parse("a: x", "house.yaml")
    assert block.maybe("b") is None
    assert block.text("b", "standard") == "standard"
    assert block.texts("b", ("y",)) == ("y",)
    assert block.blocks("b", required=False) == []
    assert block.block("b") is None


def test_a_packaged_file_is_read_as_utf8() -> None:
    assert packaged("handlers.prep", "full.yaml").startswith("# The full preparation")

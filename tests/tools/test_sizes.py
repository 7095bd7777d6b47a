from __future__ import annotations

from tools.sizes import Function, functions, long_files, long_functions


def _of(*lengths: int) -> list[Function]:
    return [Function("handlers/a.py", 1, f"f{i}", lines) for i, lines in enumerate(lengths)]


def test_a_function_counts_from_def_to_its_last_line() -> None:
    source = (
        "import re\n\n\nclass A:\n    @property\n    def one(self):\n        '''Doc.'''\n\n        return 1\n"
    )
    assert functions("a.py", source) == [Function("a.py", 6, "one", 4)]


def test_nested_and_asynchronous_functions_count_too() -> None:
    source = "async def outer():\n    def inner():\n        return 1\n    return inner\n"
    assert [(f.name, f.lines) for f in functions("a.py", source)] == [("outer", 4), ("inner", 2)]


def test_a_file_of_300_lines_is_too_long() -> None:
    assert long_files({"a.py": 299, "b.py": 300}, {}) == ["b.py: 300 lines, the limit is 299"]


def test_an_exception_holds_only_while_it_is_needed() -> None:
    assert long_files({"b.py": 300}, {"b.py": "a table"}) == []
    assert long_files({"b.py": 20}, {"b.py": "a table"}) == [
        "b.py: needs no exception any more, take it off the list"
    ]


def test_the_median_function_has_at_most_ten_lines() -> None:
    assert long_functions(_of(2, 10, 30)) == []
    assert long_functions(_of(2, 11, 30)) == ["the median function has 11 lines, the limit is 10"]


def test_one_in_twenty_may_be_long_and_no_more() -> None:
    assert long_functions(_of(*[5] * 19, 40)) == []
    told = long_functions(_of(*[5] * 18, 40, 55))
    assert told == [
        "2 of 20 functions have 40 lines or more, 5 % may",
        "  handlers/a.py:1 f19 has 55",
        "  handlers/a.py:1 f18 has 40",
    ]

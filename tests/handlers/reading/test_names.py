from __future__ import annotations

import time
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.reading.names import Match, match, normal

NAMES: Mapping[int, Sequence[str]] = {
    1: ["Acme GmbH", "Acme housings"],
    2: ["Borg Sp. z o.o."],
    3: ["Müller & Söhne GmbH & Co. KG", "MS"],
    4: ["Acme Gaskets Ltd"],
    5: ["Volvo Construction"],
    6: ["3M"],
    7: ["The Widget Company"],
    8: ["Ace"],
}


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("Acme GmbH", "acme"), ("ACME, Inc.", "acme"), ("acme ltd", "acme"), ("The Acme Company", "acme"),
        ("Müller & Söhne GmbH & Co. KG", "muller sohne"), ("Müller und Söhne", "muller sohne"),
        ("Black and Decker", "black decker"), ("AT&T", "at t"), ("Fiat S.p.A.", "fiat"), ("Borg Sp. z o.o.", "borg"),
        ("Kovač d.o.o.", "kovac"), ("Møller", "moller"), ("Łódź", "lodz"), ("O’Neill's", "oneills"),
        ("  a   b ", "b"), ("GmbH", "gmbh"), ("The The", "the"), ("日本", "日本"), ("🙂", "🙂"), ("", ""), ("   ", ""),
    ],
)  # fmt: skip
def test_normal_forms(name: str, form: str) -> None:
    assert normal(name) == form


@given(st.text(max_size=80))
def test_the_normal_form_is_stable(name: str) -> None:
    assert normal(name.upper().lower()) == normal(name.lower().upper().lower()) or not name.isascii()
    assert len(normal(name)) <= 200


@pytest.mark.parametrize(
    ("query", "thing"),
    [
        ("acme", 1), ("ACME", 1), ("the acme", 1), ("Acme Inc.", 1), ("acme housing", 1), ("acme-housings", 1),
        ("Acmehousings", 1), ("borg", 2), ("muller", 3), ("müller & söhne", 3), ("Müller und Söhne AG", 3), ("ms", 3),
        ("acme gasket", 4), ("acme gas", 4), ("volvo", 5), ("3m", 6), ("widget", 7), ("widgets", 7), ("ace", 8),
    ],
)  # fmt: skip
def test_what_is_meant_without_doubt(query: str, thing: int) -> None:
    assert match(query, NAMES) == Match((thing,), sure=True)


@pytest.mark.parametrize(
    ("query", "thing"),
    [
        ("Acmee", 1),
        ("amce", 1),
        ("bogr", 2),
        ("Mueller", 3),
        ("vollvo", 5),
        ("wigdet", 7),
        ("acme gaskts", 4),
    ],
)
def test_what_is_mistyped_is_found_but_not_sure(query: str, thing: int) -> None:
    assert match(query, NAMES) == Match((thing,), sure=False)
    assert match(query, NAMES).one == thing


@pytest.mark.parametrize(
    "query",
    [
        "",
        " ",
        "x",
        "zzz",
        "bork",
        "4m",
        "m3",
        "acf",
        "abe",
        "gasket",
        "wolvo",
        "company",
        "batna",
        "A" * 10_000,
        "🙂",
        "%",
    ],
)
def test_nothing_different_is_found(query: str) -> None:
    assert match(query, NAMES) == Match()
    assert match(query, NAMES).one is None


def test_several_are_all_named() -> None:
    found = match("acm", NAMES)
    assert set(found.several) == {1, 4}
    assert found.one is None
    assert set(match("north", {"a": ["North Sea"], "b": ["North Pole"], "c": ["South"]}).several) == {
        "a",
        "b",
    }


def test_the_same_name_twice_is_two() -> None:
    assert match("acme", {1: ["Acme"], 2: ["ACME Ltd"]}).several == (1, 2)


def test_a_whole_name_beats_a_beginning() -> None:
    assert match("acme", {1: ["Acme Gaskets"], 2: ["Acme"]}).one == 2
    assert match("acmee", {1: ["Acme Gaskets"], 2: ["Acme"]}).one == 2


@given(
    st.sampled_from(["Ericsson", "Sandvik", "Trumpf", "Bosch Rexroth"]),
    st.text("qxz", min_size=4, max_size=12),
)
def test_wildly_different_names_never_match(name: str, query: str) -> None:
    assert match(query, {1: [name]}) == Match()


def test_ten_thousand_letters_and_many_names_stay_quick() -> None:
    many = {number: [f"Supplier {number} of parts"] for number in range(2000)}
    begin = time.process_time()
    match("suppliar 77 of prats", many)
    match("x" * 10_000, many)
    match("🙂 " * 5000, {1: ["y" * 10_000]})
    assert time.process_time() - begin < 2


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("\u0645\u06cc\u200c\u062e\u0648", "\u0645\u06cc\u062e\u0648"),
        ("Ac\u200cme", "Acme"),
        ("\U0001f468\u200d\U0001f467", "\U0001f468\U0001f467"),
    ],
)
def test_names_that_differ_by_what_nobody_sees_are_one(name: str, other: str) -> None:
    assert normal(name) == normal(other)
    assert match(name, {1: [other]}) == Match((1,), sure=True)

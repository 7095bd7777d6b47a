from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from handlers.errors import Misread
from handlers.reading.pairs import Pairs, read_pairs, split_fields

KEYS = {
    "title": "title",
    "number": "number",
    "start": "start",
    "end": "end",
    "value": "value",
    "auto-renew": "auto_renew",
    "renew on request": "on_request",
    "notice": "notice",
    "stop": "stop",
    "walk away": "stop",
    "restricted": "restricted",
    "cap": "cap",
    "channel": "channel",
    "address": "address",
    "their stop": "their_stop",
}


@pytest.mark.parametrize(
    ("text", "fields"),
    [
        ("a, b; c\nd", ["a", "b", "c", "d"]),
        ("price 3,95, net 60", ["price 3,95", "net 60"]),
        ("price 3,95,net 60", ["price 3,95,net 60"]),
        ('title "Housings, caps; screws", end 2027', ['title "Housings, caps; screws"', "end 2027"]),
        ('5" pipe, 6" pipe', ['5" pipe', '6" pipe']),
        ('an open "quote, and on', ['an open "quote', "and on"]),
        ("a,, ;;\n, b,", ["a,", "b"]),
        ("", []),
        (" , ; ", []),
        ("a\tb, c", ["a\tb", "c"]),
    ],
)
def test_fields(text: str, fields: list[str]) -> None:
    assert split_fields(text) == fields


@given(st.text())
def test_no_letter_is_lost_between_fields(text: str) -> None:
    kept = "".join(split_fields(text))
    assert [c for c in kept if c.isalnum()] == [c for c in text if c.isalnum()]


def test_a_contract_in_one_line() -> None:
    text = "start 2026-07-01, end 2027-06-30, auto-renew 12 months, notice 60 days, value 118000 EUR, channel <#C1|acme>"
    assert read_pairs(text, KEYS) == Pairs(
        {
            "start": "2026-07-01",
            "end": "2027-06-30",
            "auto_renew": "12 months",
            "notice": "60 days",
            "value": "118000 EUR",
            "channel": "<#C1|acme>",
        },
        (),
    )


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("Start: 2026-07-01", {"start": "2026-07-01"}),
        ("START=2026-07-01", {"start": "2026-07-01"}),
        ("start = 2026-07-01", {"start": "2026-07-01"}),
        ("auto renew 12 months", {"auto_renew": "12 months"}),
        ("Auto_Renew: 12 months", {"auto_renew": "12 months"}),
        ("auto 12 months", {"auto_renew": "12 months"}),
        ("auto-re 12 months", {"auto_renew": "12 months"}),
        ("val 118k", {"value": "118k"}),
        ("v 118k", {"value": "118k"}),
        ("v: high", {"value": "high"}),
        ("walk-away 4.05", {"stop": "4.05"}),
        ("walk 4.05", {"stop": "4.05"}),
        ("their stop 3.55", {"their_stop": "3.55"}),
        ("restricted", {"restricted": ""}),
        ("renew on request", {"on_request": ""}),
        ('title "Housings, 2026"', {"title": "Housings, 2026"}),
        ('title 5" pipe', {"title": '5" pipe'}),
        ("cap 3,5 %", {"cap": "3,5 %"}),
        ("end: 12:00", {"end": "12:00"}),
    ],
)
def test_keys_in_all_their_shapes(text: str, values: dict[str, str]) -> None:
    assert read_pairs(text, KEYS) == Pairs(values, ())


@pytest.mark.parametrize(
    "text",
    [
        "12 weeks",
        "not before May",
        "a training",
        "Borg 4.18",
        "capital 3",
        "no 5",
        "ending",
        "🙂",
        "e x",
        "-5",
    ],
)
def test_what_starts_with_no_key_is_left_to_the_caller(text: str) -> None:
    assert read_pairs(f"cap 3, {text}", KEYS) == Pairs({"cap": "3"}, (text,))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("start 1, start 2", "twice"),
        ("stop 1; walk away 2", "twice"),
        ("st 2026", "start or stop"),
        ("n 60", "notice or number"),
    ],
)
def test_what_is_doubtful_is_asked(text: str, said: str) -> None:
    with pytest.raises(Misread) as caught:
        read_pairs(text, KEYS)
    assert said in caught.value.wrong


@given(
    st.dictionaries(
        st.sampled_from(sorted(set(KEYS) - {"walk away"})),
        st.from_regex(r"[a-z0-9.]{1,9}( [a-z]{1,5})?", fullmatch=True),
    )
)
def test_pairs_come_back_in_any_order(values: dict[str, str]) -> None:
    text = ", ".join(f"{key} {value}" for key, value in values.items())
    read = read_pairs(text, KEYS)
    assert read.rest == ()
    assert read.values == {KEYS[key]: value for key, value in values.items()}

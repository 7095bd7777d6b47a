"""Keys: what is sealed under one is opened by the same, for the same."""

from __future__ import annotations

import pytest
from pydantic import SecretStr

from bot.keys import Keys, WrongKey, keys_of


def test_what_is_sealed_is_opened() -> None:
    keys = Keys("one")
    sealed = keys.seal("xoxb-1", "T1")
    assert "xoxb" not in sealed
    assert keys.seal("xoxb-1", "T1") != sealed
    assert keys.open(sealed, "T1") == "xoxb-1"
    assert (keys.seal("", "T1"), keys.open("", "T1")) == ("", "")


@pytest.mark.parametrize("sealed", ["", "x", "gAAAA", "é"])
def test_what_is_no_ciphertext_is_not_opened(sealed: str) -> None:
    if not sealed:
        assert Keys("one").open(sealed, "T1") == ""
        return
    with pytest.raises(WrongKey):
        Keys("one").open(sealed, "T1")


def test_another_key_and_another_place_do_not_open_it() -> None:
    sealed = Keys("one").seal("xoxb-1", "T1")
    with pytest.raises(WrongKey):
        Keys("two").open(sealed, "T1")
    with pytest.raises(WrongKey):
        Keys("one").open(sealed, "T2")


def test_the_first_seals_and_all_open() -> None:
    old = Keys("old").seal("xoxb-1", "T1")
    both = Keys("new, old")
    assert both.open(old, "T1") == "xoxb-1"
    assert not both.is_first(old, "T1")
    new = both.seal("xoxb-1", "T1")
    assert both.is_first(new, "T1")
    assert Keys("new").open(new, "T1") == "xoxb-1"
    with pytest.raises(WrongKey):
        Keys("old").open(new, "T1")


def test_no_key_is_none() -> None:
    assert keys_of(None) is None
    assert keys_of(SecretStr(" , ")) is None
    assert keys_of(SecretStr("one")) is not None
    with pytest.raises(ValueError, match="needed"):
        Keys(" ")

"""What the local chat keeps between runs."""

from __future__ import annotations

from datetime import UTC, datetime

from storage.database import Database
from storage.local import LocalChat, settings_of

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
BUTTON = {"token": "1", "label": "Seen", "words": "seen", "confirm": ""}


def test_nobody_spoke_yet(database: Database) -> None:
    with database.reading() as handle:
        assert LocalChat.found(handle) is None
        assert settings_of(handle, "ann") == ({}, {})


def test_a_user_is_met_once_and_facts_are_kept(database: Database) -> None:
    for _ in range(2):
        with database.writing() as handle:
            chat = LocalChat.enter(handle, "ann", "Ann", NOW)
            chat.learn("acme", {"external": True}, NOW, direct=False)
            chat.learn("gus", {"guest": True}, NOW, direct=True)
    with database.reading() as handle:
        found = LocalChat.found(handle)
        assert found is not None
        assert found.members() == {"ann": "Ann"}
        assert found.facts("acme", direct=False) == {"external": True}
        assert found.facts("acme", direct=True) == {}
        assert found.guests() == {"gus"}


def test_each_sees_what_is_for_all_and_for_them_the_newest_first(database: Database) -> None:
    with database.writing() as handle:
        chat = LocalChat.enter(handle, "ann", "Ann", NOW)
        public = chat.post("#acme", "", [BUTTON], {}, NOW)
        mine = chat.post("#acme", "ann", [BUTTON], {}, NOW)
        chat.post("#other", "", [BUTTON], {}, NOW)
        assert [kept.id for kept in chat.seen("#acme", "ann")] == [mine, public]
        assert [kept.id for kept in chat.seen("#acme", "bob")] == [public]
        assert chat.change(public, [], {})
        assert [kept.id for kept in chat.seen("#acme", "ann")] == [public, mine]
        chat.drop(mine)
        assert [kept.buttons for kept in chat.seen("#acme", "ann")] == [[]]
        assert not chat.change(mine, [], {})


def test_a_post_is_found_again_by_its_token(database: Database) -> None:
    with database.writing() as handle:
        chat = LocalChat.enter(handle, "ann", "Ann", NOW)
        message = chat.post("@ann", "ann", [], {"token": "abc"}, NOW)
        assert chat.posted("@ann", "abc") == message
        assert chat.posted("@ann", "abd") is None
        assert chat.posted("@bob", "abc") is None

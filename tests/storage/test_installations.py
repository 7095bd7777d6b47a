"""Installations and states as rows: what two processes do to them at once, and what is owed where Prep was taken away."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

from storage import install_states
from storage.database import Database
from storage.installations import Installations, Installed
from storage.people import take_workspace
from storage.queue import Queue
from storage.tables import Reminder

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SOON = NOW + timedelta(minutes=1)
ONE = Installed("T1", name="North", bot_user="U1", token="sealed", refresh="sealed too", renew_at=NOW)


def test_what_is_kept_is_found_and_tells_no_token(database: Database) -> None:
    with database.writing() as handle:
        rows = Installations(handle.connection, "slack")
        rows.keep(ONE, NOW)
        found = rows.find("T1")
        assert found is not None
        assert (found.token, found.renew_at, found.installed_at) == ("sealed", NOW, NOW)
        assert "sealed" not in repr(found)
        assert Installations(handle.connection, "teams").find("T1") is None
        assert rows.find("T2") is None
        assert [one.workspace for one in rows.live()] == ["T1"]
        assert rows.end("T1", SOON)
        assert rows.live() == []
        rows.keep(ONE, SOON)
        again = rows.find("T1")
        assert again is not None
        assert (again.uninstalled_at, again.stamp == found.stamp) == (None, False)


def test_one_of_many_claims_a_renewal(database: Database) -> None:
    with database.writing() as handle:
        Installations(handle.connection, "slack").keep(ONE, NOW)
    with database.reading() as handle:
        known = Installations(handle.connection, "slack").find("T1")
    assert known is not None

    def claim(_: int) -> bool:
        with database.writing() as handle:
            return Installations(handle.connection, "slack").claim(known, NOW, SOON)

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(claim, range(12))) == 1
    with database.writing() as handle:
        assert Installations(handle.connection, "slack").claim(known, SOON, SOON + timedelta(minutes=1))


def test_a_state_is_used_by_one_of_many(database: Database) -> None:
    def use(_: int) -> bool:
        with database.writing() as handle:
            return install_states.use(handle.connection, "s", NOW, SOON)

    with ThreadPoolExecutor(6) as threads:
        assert sum(threads.map(use, range(12))) == 1


def test_a_used_state_is_remembered_until_it_is_over(database: Database) -> None:
    with database.writing() as handle:
        assert not install_states.is_used(handle.connection, "s")
        assert install_states.use(handle.connection, "s", NOW, SOON)
        assert install_states.is_used(handle.connection, "s")
        assert not install_states.is_used(handle.connection, "t")
        assert install_states.use(handle.connection, "t", SOON, SOON + timedelta(minutes=1))
        assert not install_states.is_used(handle.connection, "s")


def test_what_is_owed_where_prep_was_taken_away_is_not_due(database: Database) -> None:
    with database.writing() as handle:
        for team in ("T1", "T2", "T3"):
            home = take_workspace(handle.connection, "slack", team, NOW)
            handle.session.add(
                Reminder(
                    workspace_id=home, subject="own", subject_id=1, kind="text", occurrence="1", address="C1",
                    direct=False, due_at=NOW,
                )
            )  # fmt: skip
        handle.session.flush()
        rows, queue = Installations(handle.connection, "slack"), Queue(handle.connection)
        rows.keep(ONE, NOW)
        rows.keep(Installed("T2"), NOW)
        assert rows.end("T1", NOW)
        claimed = queue.claim(["slack"], NOW, "token", SOON, 10)
        homes = queue.homes(claim.workspace_id for claim in claimed)
        assert sorted(home.external_id for home in homes.values()) == ["T2", "T3"]
        rows.keep(ONE, NOW)
        assert len(queue.claim(["slack"], NOW, "token", SOON, 10)) == 1

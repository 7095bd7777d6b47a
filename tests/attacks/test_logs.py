"""Nothing confidential in logs, in what a failure tells, in previews or in the audit trail."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

import pytest
from sqlalchemy.exc import StatementError

from handlers.turn import Preview, Via
from storage.tables import AuditEvent, Plan, PlanName, Row
from tests.attacks.forgetful import make_forgetful
from tests.attacks.twins import SECRET, TITLE, whole
from tests.support.dump import changes, dump
from tests.support.plans import begin, fill, unit_of
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator

KINDS = ("value", "key", "chain", "group", "assert", "unique", "type", "null")
HIDDEN = ("acme", SECRET, TITLE, "ann", "3.4567")


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann's plan, and commands that fail with all of it in the error."""
    talk = Talk(database_url)
    fill(talk, begin(talk, "Acme", TITLE), SECRET)
    talk.say("hub", via=Via.SLASH)
    make_forgetful(talk)
    yield talk
    talk.close()


@pytest.fixture
def told(caplog: pytest.LogCaptureFixture) -> Iterator[pytest.LogCaptureFixture]:
    """All that any library logs, with SQL statements among it."""
    levels = {name: logging.getLogger(name).level for name in ("", "sqlalchemy.engine", "sqlalchemy.pool")}
    caplog.set_level(logging.DEBUG)
    logging.getLogger("sqlalchemy.engine").setLevel(logging.INFO)
    yield caplog
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.mark.parametrize("kind", KINDS)
def test_a_failure_tells_nothing_but_where_it_was(
    talk: Talk, told: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str], kind: str
) -> None:
    before = dump(talk.app.database)
    told.clear()
    capfd.readouterr()
    said = talk.say(f"fail {kind}", via=Via.SLASH)
    assert said.outcome.broken
    out, err = capfd.readouterr()
    written = f"{out}{err}{told.text}".lower()
    reference = re.search(r"reference[^:]*: ([0-9a-f]{8})", said.text)
    assert reference
    assert reference[1] in err
    assert "turn_failed" in err
    assert "forgetful.py" in err
    for word in HIDDEN:
        assert not re.search(rf"\b{re.escape(word)}\b", written), word
        assert word not in whole(said).lower().replace("again", ""), word
    assert changes(before, dump(talk.app.database)) == []


def test_statements_are_logged_without_their_values(talk: Talk, told: pytest.LogCaptureFixture) -> None:
    told.clear()
    talk.say("set acme: goal basalt, baseline 3.4567", via=Via.SLASH)
    talk.say("find basalt", via=Via.SLASH)
    assert "INSERT INTO answer" in told.text
    assert "hide_parameters" in told.text
    for word in ("basalt", "3.4567", SECRET):
        assert word not in told.text


def test_an_error_of_the_database_does_not_tell_the_values(talk: Talk) -> None:
    with pytest.raises(StatementError) as caught:
        _write_what_is_no_text(talk)
    assert "hide_parameters" in str(caught.value)
    assert SECRET not in str(caught.value)


def _write_what_is_no_text(talk: Talk) -> None:
    with unit_of(talk) as unit:
        book = unit.plans.book(unit.plans.live()[0].id)
        assert book is not None
        book.keep(PlanName(workspace_id=0, plan_id=0, name=SECRET, normal=object()))  # type: ignore[arg-type]


def test_the_text_form_of_a_row_is_its_id(talk: Talk) -> None:
    with unit_of(talk) as unit:
        book = unit.plans.book(unit.plans.live()[0].id)
        assert book is not None
        for text in (repr(book.plan), str(book.plan), f"{book.plan}", repr(book.answers())):
            assert "acme" not in text.lower().replace("'goal'", "")
            assert SECRET not in text
    assert repr(Plan.__mro__[1]) == repr(Row)


def test_what_was_typed_has_no_text_form(talk: Talk) -> None:
    from handlers.turn import Press, Reply, Submission, Text, Words

    incoming = talk.incoming(Words(SECRET))
    for thing in (
        incoming, Words(SECRET), Press(SECRET), Submission(SECRET, {"price": SECRET}), Reply((Text((SECRET,)),)),
        talk.say("show acme", via=Via.SLASH).shown,
    ):  # fmt: skip
        assert SECRET not in repr(thing)
        assert SECRET not in f"{thing}"


def test_previews_are_fixed_texts(talk: Talk) -> None:
    shown = [
        talk.say(words, via=Via.SLASH).shown.preview
        for words in ("show acme", "batna acme", "log acme", "ready acme", "plans", "new Borg: x")
    ]
    assert all(isinstance(preview, Preview) for preview in shown)
    assert all(re.fullmatch(r"[A-Za-z:,' -]+", preview.value) for preview in Preview)


def test_the_audit_trail_says_who_did_what_and_never_what_it_said(talk: Talk) -> None:
    assert set(AuditEvent.__table__.columns.keys()) == {
        "id", "workspace_id", "member_id", "action", "subject", "subject_id", "at",
    }  # fmt: skip
    for words in (
        f"new quick {SECRET}: {TITLE}", "stop", "batna acme add Basalt = 4.18", "set acme: goal basalt", "archive acme",
        f"rename acme to {SECRET}", "contract add Basalt: end 2027-06-30, notice 60 days", "settings currency EUR",
    ):  # fmt: skip
        talk.say(words, via=Via.SLASH)
    rows = dump(talk.app.database)["audit_event"]
    assert len(rows) > 4
    for row in rows:
        assert re.search(r"'action': '[a-z]+( [a-z]+)?', 'subject': '[a-z]+'", row), row
        assert not [word for word in (SECRET, TITLE, "basalt", "acme") if word in row.lower()]

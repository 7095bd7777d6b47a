"""The gate by itself: its types give nothing away, and it never opens for anybody more than it should.

Somebody who writes code that names the mangled attributes of a sealed reply gets at it; against one's own programmers
there is no lock in Python. What is tested is that nothing gets out by accident.
"""

from __future__ import annotations

import copy
import dataclasses
import json
import pickle
import re
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from mypy import api

from handlers.gate import (
    Alone,
    Everyone,
    Outcome,
    OutsideEntry,
    Sealed,
    SealedSend,
    Shown,
    Withheld,
    barred_for,
    is_inside,
    is_inside_channel,
    mail_domain,
    seal,
    unseal,
)
from handlers.turn import Address, Audience, Channel, Form, Mark, Person, Preview, Reply, Text

SECRET = "quartz"
ROOT = Path(__file__).parents[2]
REPLY = Reply((Text((SECRET,)),), form=Form(SECRET, SECRET, ()), mark=Mark.PLAN)
SEALED = seal(REPLY, Mark.PLAN, (OutsideEntry(person=SECRET),), SECRET, {SECRET})


# ---- the types ----


@pytest.mark.parametrize(
    "text",
    [
        repr, str, format, ascii, lambda s: f"{s!r:>80}", lambda s: "%s" % s, lambda s: repr([s]),  # noqa: UP031
        lambda s: repr(Outcome(s, (SealedSend(Address("c1", direct=False), s),))), lambda s: repr(dir(s)),
        lambda s: repr(s.steps), lambda s: repr(unseal(s, Everyone(None))), lambda s: json.dumps(s, default=str),
        lambda s: repr(Shown((Text((SECRET,)),), REPLY.form, Preview.ANSWER, private=True)),
    ],
)  # fmt: skip
def test_no_text_form_tells_what_is_sealed(text: Any) -> None:
    assert SECRET not in text(SEALED)


@pytest.mark.parametrize(
    "taken",
    [
        pickle.dumps, copy.copy, copy.deepcopy, vars, dataclasses.asdict, dataclasses.replace, dataclasses.astuple, json.dumps,
        list, dict, lambda s: s.__dict__, lambda s: s.reply, lambda s: s.parts, lambda s: dataclasses.asdict(Outcome(s)),
        lambda s: setattr(s, "reader", "ben"), lambda s: type("Open", (Sealed,), {"__slots__": ()}).render(s), len, iter,
        lambda s: pickle.dumps(Outcome(s)), lambda s: copy.deepcopy(Outcome(s)),
    ],
)  # fmt: skip
def test_what_is_sealed_is_not_taken_apart(taken: Any) -> None:
    with pytest.raises((TypeError, AttributeError, pickle.PicklingError)) as caught:
        taken(SEALED)
    assert SECRET not in str(caught.value)


def test_the_steps_of_a_sealed_reply_are_yes_and_no() -> None:
    steps = dataclasses.asdict(SEALED.steps)
    assert steps
    assert all(isinstance(value, bool) for value in steps.values())


MISUSES = {
    "render(sealed)": 'has incompatible type "Sealed"; expected "Shown"',
    "render(reply)": 'has incompatible type "Reply"; expected "Shown"',
    "render(unseal(sealed, listeners))": 'has incompatible type "Shown | Withheld"; expected "Shown"',
    "render(outcome.answer)": 'has incompatible type "Sealed"; expected "Shown"',
    "blocks.pages(sealed)": 'has incompatible type "Sealed"; expected "Shown"',
    "blocks.pages(reply)": 'has incompatible type "Reply"; expected "Shown"',
    "sealed.parts": '"Sealed" has no attribute "parts"',
    "sealed.mark": '"Sealed" has no attribute "mark"',
    "for part in sealed: pass": '"Sealed" has no attribute "__iter__" (not iterable)',
    "class Open(Sealed): pass": 'Cannot inherit from final class "Sealed"',
    "Shown(sealed, None, Preview.ANSWER, private=True)": 'has incompatible type "Sealed"',
    "unseal(sealed)": 'Missing positional argument "listeners"',
    "unseal(sealed, None)": 'has incompatible type "None"',
    "unseal(reply, listeners)": 'has incompatible type "Reply"; expected "Sealed"',
}
_HEAD = """
from bot.slack import blocks
from bot.teams.cards import render
from handlers.gate import Listeners, Outcome, Sealed, Shown, unseal
from handlers.turn import Preview, Reply
def misuse(sealed: Sealed, reply: Reply, outcome: Outcome, listeners: Listeners) -> None:
"""


def test_a_type_checker_refuses_to_render_what_is_sealed(tmp_path: Path) -> None:
    """Every face's renderer takes a `Shown`, which only the gate gives."""
    lines = _HEAD.count("\n")
    snippet = tmp_path / "snippet.py"
    snippet.write_text(_HEAD + "".join(f"    {misuse}\n" for misuse in MISUSES))
    config = ["--config-file", str(ROOT / "pyproject.toml"), "--follow-imports=silent", "--no-error-summary"]
    cache = ["--cache-dir", str(tmp_path / "cache")]
    out, err, _ = api.run([*config, *cache, str(snippet)])
    assert not err
    for number, (misuse, refusal) in enumerate(MISUSES.items(), start=lines + 1):
        told = [line for line in out.splitlines() if f"snippet.py:{number}:" in line]
        assert any(refusal in line for line in told), f"{misuse}: {told}"


def test_only_the_gate_makes_what_renderers_take() -> None:
    """Nothing in the rooms above makes a `Shown` of its own or looks into what is sealed."""
    for path in [*(ROOT / "bot").rglob("*.py"), *(ROOT / "handlers").rglob("*.py")]:
        text = path.read_text(encoding="utf-8")
        if path.name != "gate.py":
            assert not re.search(r"(?<!\.)\bShown\((?!\))", text.replace("isinstance(", "")), path
            assert "._judge" not in text, path
            assert "_Sealed__" not in text, path


# ---- what it opens for ----

IDS = st.sampled_from(["ann", "ben", "cleo"])
MAILS = st.sampled_from(
    [
        None,
        "",
        "x@acme.example",
        "x@eu.acme.example",
        "x@buyer.example",
        "x@notacme.example",
        "X@ACME.example.",
    ]
)
MAYBE = st.sampled_from([True, False, None])
PEOPLE = st.builds(Person, IDS, home=MAYBE, guest=MAYBE, email=MAILS)
INSIDERS = st.builds(Person, IDS, home=st.sampled_from([True]), guest=st.sampled_from([False]), email=MAILS)
CHANNELS = st.builds(
    Channel,
    st.sampled_from(["c1", "c2"]),
    shared=MAYBE,
    people=st.none() | st.lists(PEOPLE | INSIDERS, max_size=3).map(tuple),
)
SUPPLIERS = st.sets(st.sampled_from(["acme", "borg", "acme industries"]), max_size=2)
ENTRIES = st.builds(OutsideEntry, person=IDS, supplier=st.sampled_from(["", "acme", "borg"])) | st.builds(
    OutsideEntry,
    domain=st.sampled_from(["acme.example", "buyer.example"]),
    supplier=st.sampled_from(["", "acme"]),
)
OUTSIDE = st.lists(ENTRIES, max_size=2).map(tuple)
REPLIES = st.builds(
    Reply,
    st.just((Text((SECRET,)),)),
    audience=st.sampled_from(Audience),
    mark=st.sampled_from(Mark),
    supplier=st.none() | st.sampled_from(["acme", "borg"]),
    consent=st.none() | st.sampled_from(["c1", "c2"]),
)
LISTENERS = st.builds(Alone, PEOPLE | INSIDERS) | st.builds(Everyone, st.none() | CHANNELS)
MARKS = st.sampled_from(Mark)


def _opens(reply: Reply, mark: Mark, outside: Any, reader: str, about: Any, listeners: Any) -> bool:
    return isinstance(unseal(seal(reply, mark, outside, reader, about), listeners), Shown)


@given(REPLIES, MARKS, OUTSIDE, IDS, SUPPLIERS, LISTENERS)
def test_plan_content_opens_for_its_reader_or_an_agreed_channel_of_insiders(
    reply: Reply, mark: Mark, outside: Any, reader: str, about: Any, listeners: Any
) -> None:
    level = max(mark, reply.mark)
    if level is Mark.OPEN or not _opens(reply, mark, outside, reader, about, listeners):
        return
    about = about | ({reply.supplier} if reply.supplier else set())
    if isinstance(listeners, Alone):
        assert is_inside(listeners.person, outside, about)
        assert level < Mark.PLAN or listeners.person.id == reader
    else:
        assert listeners.channel is not None
        assert is_inside_channel(listeners.channel, outside, about)
        assert level < Mark.OWNER
        assert level < Mark.PLAN or reply.consent == listeners.channel.id


@given(REPLIES, OUTSIDE, IDS, SUPPLIERS, LISTENERS)
def test_what_is_open_opens_always(
    reply: Reply, outside: Any, reader: str, about: Any, listeners: Any
) -> None:
    reply = dataclasses.replace(reply, mark=Mark.OPEN)
    assert _opens(reply, Mark.OPEN, outside, reader, about, listeners)


@given(REPLIES, MARKS, MARKS, OUTSIDE, IDS, SUPPLIERS, LISTENERS)
def test_a_higher_mark_never_opens_more(
    reply: Reply, mark: Mark, other: Mark, outside: Any, reader: str, about: Any, listeners: Any
) -> None:
    low, high = sorted((mark, other))
    if _opens(reply, high, outside, reader, about, listeners):
        assert _opens(reply, low, outside, reader, about, listeners)


@given(REPLIES, MARKS, OUTSIDE, ENTRIES, IDS, SUPPLIERS, LISTENERS)
def test_a_longer_list_of_outsiders_never_opens_more(
    reply: Reply, mark: Mark, outside: Any, entry: OutsideEntry, reader: str, about: Any, listeners: Any
) -> None:
    if _opens(reply, mark, (*outside, entry), reader, about, listeners):
        assert _opens(reply, mark, outside, reader, about, listeners)


@given(REPLIES, MARKS, OUTSIDE, IDS, SUPPLIERS, LISTENERS, st.data())
def test_knowing_less_never_opens_more(
    reply: Reply, mark: Mark, outside: Any, reader: str, about: Any, listeners: Any, data: st.DataObject
) -> None:
    blurred = _blurred(listeners, data)
    if _opens(reply, mark, outside, reader, about, blurred):
        assert _opens(reply, mark, outside, reader, about, listeners)


def _blurred(listeners: Any, data: st.DataObject) -> Any:
    """The same listeners, of whom less is known."""
    if isinstance(listeners, Alone):
        return Alone(_blurred_person(listeners.person, data))
    channel = listeners.channel
    if channel is None or data.draw(st.booleans()):
        return Everyone(None)
    people = channel.people
    if people is not None:
        people = None if data.draw(st.booleans()) else tuple(_blurred_person(p, data) for p in people)
    shared = None if data.draw(st.booleans()) else channel.shared
    return Everyone(dataclasses.replace(channel, people=people, shared=shared))


def _blurred_person(person: Person, data: st.DataObject) -> Person:
    gone = data.draw(st.sets(st.sampled_from(["home", "guest", "email"])))
    return dataclasses.replace(person, **dict.fromkeys(gone))  # type: ignore[arg-type]


@given(REPLIES, MARKS, OUTSIDE, IDS, SUPPLIERS, CHANNELS, PEOPLE)
def test_one_more_person_in_a_channel_never_opens_more(
    reply: Reply, mark: Mark, outside: Any, reader: str, about: Any, channel: Channel, person: Person
) -> None:
    if channel.people:
        more = dataclasses.replace(channel, people=(*channel.people, person))
        if _opens(reply, mark, outside, reader, about, Everyone(more)):
            assert _opens(reply, mark, outside, reader, about, Everyone(channel))


@given(REPLIES, MARKS, OUTSIDE, IDS, SUPPLIERS, st.sampled_from(["acme", "borg"]), LISTENERS)
def test_content_about_one_more_supplier_never_opens_more_to_one_person(
    reply: Reply, mark: Mark, outside: Any, reader: str, about: Any, supplier: str, listeners: Any
) -> None:
    if isinstance(listeners, Alone) and _opens(reply, mark, outside, reader, {*about, supplier}, listeners):
        assert _opens(reply, mark, outside, reader, about, listeners)


@given(INSIDERS, OUTSIDE)
def test_whoever_is_inside_for_a_supplier_is_not_barred_from_it(person: Person, outside: Any) -> None:
    for supplier in ("acme", "borg"):
        if is_inside(person, outside, {supplier}):
            assert supplier not in barred_for(person, outside)


def test_a_withheld_answer_says_why_and_nothing_else() -> None:
    shut = unseal(SEALED, Everyone(None))
    assert isinstance(shut, Withheld)
    assert [field.name for field in dataclasses.fields(shut)] == ["why"]


@pytest.mark.parametrize(
    ("typed", "domain"),
    [
        ("a@Acme.Example", "acme.example"), ("acme.example.", "acme.example"), (" a@b@acme.example ", "acme.example"),
        ("a@müller.example", "xn--mller-kva.example"), ("a@xn--mller-kva.example", "xn--mller-kva.example"),
        ("", None), ("@", None), ("a@", None), ("a@" + "x" * 300, None), ("a@a..b", None),
    ],
)  # fmt: skip
def test_mail_domains_are_compared_in_one_form(typed: str, domain: str | None) -> None:
    assert mail_domain(typed) == domain

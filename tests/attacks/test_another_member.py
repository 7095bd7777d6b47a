"""To a member who may not read a plan it does not exist: every command, every button, every form."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.commands import all_commands
from handlers.turn import Press, Submission, Via, Words
from tests.attacks.twins import SECRET, TITLE, Twins, values_for
from tests.support.dump import changes, dump
from tests.support.talk import Talk

if TYPE_CHECKING:
    from tests.support.talk import Said

NAMES = sorted({name for command in all_commands() for name in command.names})
MAIN = {command.name for command in all_commands()}  # other names for them are tried with fewer words behind
TAILS = (
    "", " acme", f" Acme: {TITLE}", " acmee", " plan:{id}", " plan:{id} add Nadir = 4.18", " acme price 3.60 -> 3.71",
    " acme theirs: price 4.12", " plan:{id} @cleo to edit", " acme: goal x, baseline 3.95", f" {SECRET}",
)  # fmt: skip


def test_no_command_tells_a_stranger_that_there_is_a_plan(twins: Twins) -> None:
    before = dump(twins.full.app.database, plan_id=twins.plan_id)
    for name in NAMES:
        for tail in TAILS if name in MAIN else TAILS[:2]:
            words = f"{name}{tail}".format(id=twins.plan_id)
            full, empty = twins.tell_apart(Words(words))
            assert full == empty, words
    assert changes(before, dump(twins.full.app.database, plan_id=twins.plan_id)) == []


@pytest.mark.parametrize("via", [Via.SLASH, Via.MENTION])
def test_nor_in_a_channel_or_a_shared_thread(twins: Twins, via: Via) -> None:
    """Ann has named her plan in the very thread, and the channel is about it."""
    from handlers.turn import Channel
    from tests.support.talk import person

    channel = Channel("c1", "c1", present=True, shared=False, people=(person("ann"), person("ben")))
    for talk in (twins.full, twins.empty):
        talk.world.channels["c1"] = channel
    twins.full.say("channel acme <#c1|c1>", via=Via.SLASH)
    twins.full.say("show acme", channel="c1", thread="t1", via=Via.SLASH)
    for name in NAMES:
        for tail in ("", " acme", " plan:{id}"):
            words = f"{name}{tail}".format(id=twins.plan_id)
            full, empty = twins.tell_apart(Words(words), channel="c1", thread="t1", via=via)
            assert full == empty, words


def _everything_ann_sees(talk: Talk, plan_id: int) -> tuple[set[str], dict[str, Said]]:
    """The words of all buttons that can be reached from her plan in two steps, and the forms that open on the way."""
    buttons: set[str] = set()
    forms: dict[str, Said] = {}
    ahead = [f"{name} plan:{plan_id}" for name in NAMES if name not in {"archive", "unshare", "undo"}]
    for _ in range(2):
        found: set[str] = set()
        for words in ahead:
            said = talk.press(words)
            found |= set(said.buttons.values())
            if said.form is not None:
                forms[said.form.words] = said
        ahead = sorted(found - buttons)
        buttons |= found
    return buttons, forms


def test_no_button_and_no_form_of_hers_does_anything_for_a_stranger(twins: Twins) -> None:
    buttons, forms = _everything_ann_sees(twins.full, twins.plan_id)
    assert len(buttons) > 10
    assert len(forms) > 2
    before = dump(twins.full.app.database, plan_id=twins.plan_id)
    for words in sorted(buttons):
        full, empty = twins.tell_apart(Press(words))
        assert full == empty, words
    for words, said in sorted(forms.items()):
        for values in (values_for(said), values_for(said, ""), {}):
            full, empty = twins.tell_apart(Submission(words, values))
            assert full == empty, words
    assert changes(before, dump(twins.full.app.database, plan_id=twins.plan_id)) == []


def test_a_reader_changes_nothing_by_any_button_or_form(twins: Twins) -> None:
    """What somebody may read they may not change, whatever they press."""
    talk = twins.full
    buttons, forms = _everything_ann_sees(talk, twins.plan_id)
    talk.say("share acme <@cleo>", via=Via.SLASH)
    before = dump(talk.app.database, plan_id=twins.plan_id)
    for words in sorted(buttons):
        if not words.startswith(("unshare", "back", "skip", "later", "stop", "resume")):
            said = talk.press(words, "cleo")
            assert not said.outcome.broken, words
    for words, said in sorted(forms.items()):
        assert not talk.submit(words, values_for(said), "cleo").outcome.broken, words
    after = dump(talk.app.database, plan_id=twins.plan_id)
    for name in ("conversation", "focus"):  # what Cleo is in the middle of is her own
        before.pop(name), after.pop(name)
    assert changes(before, after) == []


def test_a_reader_never_sees_what_is_for_the_owner_alone(twins: Twins) -> None:
    talk = twins.full
    buttons, _ = _everything_ann_sees(talk, twins.plan_id)
    talk.say("share acme <@cleo> to edit", via=Via.SLASH)
    for words in sorted(buttons | {f"{name} plan:{twins.plan_id}" for name in NAMES} - {"unshare"}):
        if not words.startswith(("unshare", "archive", "owner")):
            assert f"{SECRET} trigger" not in talk.press(words, "cleo").text, words
    assert f"{SECRET} trigger" in talk.say(f"find {SECRET} trigger", via=Via.SLASH).text


def test_starting_a_plan_for_the_same_supplier_is_the_same_work(twins: Twins) -> None:
    """Same text, and statement by statement the same SQL: neither a look nor the clock tells that Ann was first."""
    for words in (
        "new Acme: housings",
        "new quick Acme: housings",
        "new full ACME",
        "new Acmee: x",
        "show acme",
        "batna acme",
        "find acme",
    ):
        full, empty = twins.tell_apart(Words(words), "cleo")
        assert full == empty, words
        one, other = twins.statements(words, "dan")
        assert one == other, words


def test_the_same_id_and_names_in_another_workspace_are_somebody_else(twins: Twins) -> None:
    from handlers.turn import WorkspaceKey

    for talk in (twins.full, twins.empty):
        talk.key = WorkspaceKey("test", "two")
    before = dump(twins.full.app.database, plan_id=twins.plan_id)
    for name in NAMES:
        for tail in (" acme", " plan:{id}") if name in MAIN else ("",):
            words = f"{name}{tail}".format(id=twins.plan_id)
            for act in (Words(words), Press(words)):
                full, empty = twins.tell_apart(act, "ann")
                assert full == empty, words
    for key in (WorkspaceKey("other", "one"), WorkspaceKey("test", "one ")):
        for talk in (twins.full, twins.empty):
            talk.key = key
        assert len(set(twins.tell_apart(Words("plans"), "ann"))) == 1
    assert changes(before, dump(twins.full.app.database, plan_id=twins.plan_id)) == []

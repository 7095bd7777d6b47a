"""What was allowed once and is not any more: readers who became outsiders, channels that changed, buttons kept for later."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from handlers.gate import Why
from handlers.turn import Channel, Person, Press, Submission, Via
from tests.attacks.twins import SECRET, TITLE, whole
from tests.support.dump import changes, dump
from tests.support.plans import begin, fill
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.support.talk import Said

ANN, BEN = person("ann"), person("ben")
EVA = Person("eva", "Eva", home=True, guest=False, email="eva@consult.example")
PRIVATE = Channel("c1", "c1", present=True, shared=False, people=(ANN, BEN), joinable=False)
ASKING = (
    "",
    "plans",
    "show acme",
    "batna acme",
    "log acme",
    "acme",
    f"find {SECRET}",
    "contract show acme",
    "renewals",
)


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann's plan, shared with Ben to read and with Eva to edit; a contract."""
    talk = Talk(database_url)
    fill(talk, begin(talk, "Acme", TITLE), SECRET)
    talk.world.people |= {"eva": EVA, "ben": BEN}
    talk.world.channels["c1"] = PRIVATE
    assert "may now read it" in talk.say("share acme <@ben>").text
    assert "may now edit it" in talk.say("share acme <@eva> to edit").text
    talk.say("contract add Acme: start 2026-07-01, end 2027-06-30, notice 60 days", via=Via.SLASH)
    assert SECRET in talk.say("show acme", EVA).text
    yield talk
    talk.close()


def all_buttons(talk: Talk, who: Person | str) -> set[str]:
    words: set[str] = set()
    for line in ASKING:
        words |= set(talk.say(line, who, via=Via.SLASH).buttons.values())
    return words


def refused(said: Said) -> bool:
    return Why.OUTSIDER.value in said.text and SECRET not in whole(said) and TITLE not in whole(said)


@pytest.mark.parametrize("listed", ["consult.example", "<@eva>"])
def test_who_is_listed_later_reads_nothing_of_what_was_shared_before(talk: Talk, listed: str) -> None:
    """Neither by words nor by the buttons of old answers; and the plan is not posted or shared on by them."""
    kept = all_buttons(talk, EVA)
    assert any("plan:" in words for words in kept)
    assert not talk.say(f"settings outside {listed}", via=Via.SLASH).outcome.refused
    before = dump(talk.app.database)
    for words in ASKING:
        assert refused(talk.say(words, EVA)), words
    for words in sorted(kept):
        assert refused(talk.do(talk.incoming(Press(words), EVA, via=Via.BUTTON))), words
        assert refused(talk.do(talk.incoming(Submission(words, {"name": "x"}), EVA, via=Via.FORM))), words
    assert changes(before, dump(talk.app.database)) == []


@pytest.mark.parametrize(
    "became",
    [
        replace(BEN, guest=True), replace(BEN, guest=None), replace(BEN, home=False), replace(BEN, home=None),
    ],
    ids=["guest", "guest unknown", "elsewhere", "unknown"],
)  # fmt: skip
def test_a_reader_who_became_a_guest_reads_nothing(talk: Talk, became: Person) -> None:
    kept = all_buttons(talk, BEN)
    for words in (*ASKING, *sorted(kept)):
        assert refused(talk.do(talk.incoming(Press(words), became, via=Via.BUTTON))), words


def test_what_is_sent_about_a_plan_does_not_reach_a_reader_who_was_listed(talk: Talk) -> None:
    talk.say("settings outside <@eva>", via=Via.SLASH)
    said = talk.say("owner acme <@eva>")
    assert said.outcome.refused
    assert not said.others
    again = talk.say("share acme <@eva>")
    assert again.outcome.refused
    assert "list" in again.text
    assert not again.others


def test_a_guest_cannot_be_made_backup_or_lead(talk: Talk) -> None:
    talk.world.people["gus"] = person("gus", guest=True)
    for words in (
        "contract add Borg: end 2028-06-30, backup <@gus>",
        "contract add Borg: end 2028-06-30, owner <@gus>",
        "settings lead <@gus>",
        "settings leads <@gus>",
    ):
        before = dump(talk.app.database)
        assert talk.say(words, via=Via.SLASH).outcome.refused, words
        assert changes(before, dump(talk.app.database)) == [], words


# ---- a brief, and channels that change ----


def kept_button(talk: Talk) -> str:
    return talk.say("post acme <#c1|c1>", via=Via.SLASH).buttons["Post to #c1"]


CHANGED = {
    "shared": replace(PRIVATE, shared=True),
    "with a guest": replace(PRIVATE, people=(ANN, BEN, person("gus", guest=True))),
    "not told": None,
    "people not told": replace(PRIVATE, people=None),
    "prep is out": replace(PRIVATE, present=False),
}


@pytest.mark.parametrize("change", CHANGED)
def test_an_old_button_posts_nothing_into_a_channel_that_changed(talk: Talk, change: str) -> None:
    words, channel = kept_button(talk), CHANGED[change]
    talk.world.channels.pop("c1")
    if channel is not None:
        talk.world.channels["c1"] = channel
    said = talk.press(words)
    assert said.outcome.refused
    assert not [to for to, _ in said.others if to == "c1"]


@pytest.mark.parametrize("joinable", [True, None])
def test_a_plan_is_not_posted_where_people_on_the_list_may_look_in(talk: Talk, joinable: bool | None) -> None:
    """A public channel is read by everybody with a full account, in it or not: those on the list have one."""
    words = kept_button(talk)
    talk.say("settings outside consult.example", via=Via.SLASH)
    assert not talk.press(words).outcome.refused, "it is private: only who was let in reads it"
    talk.world.channels["c1"] = replace(PRIVATE, joinable=joinable)  # made public since
    said = talk.press(words)
    assert said.outcome.refused
    assert "A private channel will do" in said.text
    assert not said.others
    assert talk.say("post acme <#c1|c1>").outcome.refused


def test_somebody_listed_for_another_supplier_bars_no_public_channel(talk: Talk) -> None:
    talk.world.channels["c1"] = replace(PRIVATE, joinable=True)
    talk.say("settings outside <@eva> for Borg", via=Via.SLASH)
    assert [to for to, _ in talk.press(kept_button(talk)).others] == ["c1"]


def test_a_channel_made_public_between_the_turn_and_the_post_gets_nothing(talk: Talk) -> None:
    words = kept_button(talk)
    talk.say("settings outside consult.example", via=Via.SLASH)
    asked, turns = talk.world.find, iter(range(9))

    async def later(workspace: object, ask: object) -> object:
        if getattr(ask, "id", "") == "c1" and next(turns) > 0:
            return replace(PRIVATE, joinable=True)
        return await asked(workspace, ask)  # type: ignore[arg-type]

    talk.world.find = later  # type: ignore[method-assign, assignment]
    said = talk.press(words)
    assert not [to for to, _ in said.others if to == "c1"]
    assert ("c1", Why.LISTED_MAY_LOOK_IN) in talk.withheld

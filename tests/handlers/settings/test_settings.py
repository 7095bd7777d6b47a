"""Who may set what, how values are read, and what is refused."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from handlers.turn import Channel, Person
from tests.support.plans import begin
from tests.support.talk import Talk, person

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(database_url: str) -> Iterator[Talk]:
    """Ann, Ben and Cleo have said hello; nothing is set."""
    talk = Talk(database_url)
    for name in ("ann", "ben", "cleo"):
        talk.say("hub", name)
    yield talk
    talk.close()


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("zone Europe/Paris", "zone: Europe/Paris (for you)."),
        ("time zone: berlin", "zone: Europe/Berlin (for you)."),
        ("tz new york", "zone: America/New_York (for you)."),
        ("workspace zone utc", "zone: UTC (for everybody here)."),
        ("locale de-de", "locale: de_DE (for you)."),
        ("number format german", "locale: de_DE (for you)."),
        ("country DE-BY", "country: DE BY (for everybody here)."),
        ("country Austria", "country: AT (for everybody here)."),
        ("region bw", "region: BW (for everybody here)."),
        ("currency = usd", "currency: USD (for everybody here)."),
        ("currency €", "currency: EUR (for everybody here)."),
        ("cost of capital 7.5 %", "cost of capital: 7.5 % a year (for everybody here)."),
        ("cost-of-capital to 9", "cost of capital: 9 % a year (for everybody here)."),
        ("ladder 7, 30, 1", "ladder: 30, 7, 1 days before (for everybody here)."),
        ("ladder 60 and 14 days", "ladder: 60, 14 days before (for everybody here)."),
        ("posting hour 10", "posting hour: 10:00 (for everybody here)."),
        ("posting 8:30 am", "posting hour: 08:30 (for everybody here)."),
        ("quiet hours 19:00 - 7:30", "quiet hours: 19:00 - 07:30 (for everybody here)."),
        ("quiet hours off", "quiet hours: none (for everybody here)."),
        ("quiet hours: None", "quiet hours: none (for everybody here)."),
        ("quiet hours to default", "quiet hours: 18:00 - 08:00 (for everybody here)."),
        ("repeat days 5", "repeat days: every 5 working days (for everybody here)."),
        ("digest monday", "digest: Mondays at 09:00, to the leads alone (for everybody here)."),
        ("weekly digest off", "digest: off (for everybody here)."),
        ("reassess 200 days", "reassess days: 200 days before (for everybody here)."),
    ],
)
def test_a_value_is_read_kept_and_shown(talk: Talk, words: str, shown: str) -> None:
    assert shown in talk.say(f"settings {words}").text
    assert shown.partition(": ")[2].partition(" (for")[0] in talk.say("settings").text or "region" in words


def test_without_quiet_hours_any_posting_hour_will_do(talk: Talk) -> None:
    assert talk.say("settings posting hour 22:00").outcome.refused
    talk.say("settings quiet hours off")
    assert "posting hour: 22:00" in talk.say("settings posting hour 22:00").text


@pytest.mark.parametrize(
    ("key", "value", "first"),
    [
        ("cost of capital", "9 %", "8 % a year"),
        ("ladder", "30, 7", "90, 60, 30, 14, 7, 1 days before"),
        ("repeat days", "5", "every 3 working days"),
        ("reassess days", "200", "180 days before"),
        ("posting hour", "10:00", "09:00"),
        ("zone", "Europe/Paris", "Europe/Berlin"),
    ],
)
def test_what_was_set_goes_back_to_what_held_at_first(talk: Talk, key: str, value: str, first: str) -> None:
    assert f"{key}: {first}" in talk.say("settings").text
    assert f"{key}: {first}" not in talk.say(f"settings {key} {value}").text
    assert f"{key}: {first}" in talk.say(f"settings {key} default").text
    assert f"{key}: {first}" in talk.say("settings").text


@pytest.mark.parametrize("off", ["off", "none", "No"])
def test_a_ladder_is_not_switched_off_but_shortened_by_a_button(talk: Talk, off: str) -> None:
    said = talk.say(f"settings ladder {off}")
    assert "cannot be switched off" in said.text
    assert "ladder: 90, 60, 30, 14, 7, 1 days before" in talk.say("settings").text
    assert "ladder: 1 day before" in talk.press(said.buttons["The day before alone"]).text
    assert "ladder: 90, 60, 30" in talk.press(said.buttons["As at first"]).text


@pytest.mark.parametrize(
    "words",
    [
        "zone Mars/Olympus", "zone ", "zone Europe", "locale xx", "locale de", "locale 12",
        "country Atlantis", "country DE-ZZ", "country D", "country DE BY MUC", "region ZZ", "currency XXQ", "currency bitcoin",
        "currency 12", "cost of capital much", "cost of capital -3", "cost of capital 61 %", "cost of capital 8 EUR",
        "ladder soon", "ladder 0", "ladder 400", "ladder 1,2,3,4,5,6,7,8,9,10,11,12,13", "ladder -5", "posting hour 25:00",
        "posting hour noonish", "posting hour 13 pm", "posting hour 22:00", "quiet hours 9:00", "quiet hours 8:00 - 12:00",
        "quiet hours 7 - 7", "repeat days 0", "repeat days many", "repeat days 1.5", "reassess days 5", "reassess days 9999",
        "digest soon",
        "leads read plans perhaps", "outside x@borg.example", "outside borg.example for", "outside nobody at all is",
        "outside remove borg.example", "lead #acme", "lead remove @ben", "default channel", "colour blue", "🙂", "; drop table",
        "<!channel>", "x" * 9000,
    ],
)  # fmt: skip
def test_bad_values_change_nothing_and_come_with_an_example(talk: Talk, words: str) -> None:
    before = talk.say("settings", "cleo").text
    said = talk.say(f"settings {words}")
    asked = words.strip() in {"zone", "default channel"}
    assert said.outcome.refused is not asked
    assert (
        "For example: settings" in said.text or "To change it: settings" in said.text or "@ben" in said.text
    )
    assert max(map(len, said.text.splitlines())) < 260
    assert talk.say("settings", "cleo").text == before


def test_the_first_to_set_something_becomes_the_lead_and_others_are_refused(talk: Talk) -> None:
    assert "this workspace's lead now" in talk.say("settings currency USD").text
    assert "lead now" not in talk.say("settings currency EUR").text
    assert "leads: Ann" in talk.say("settings", "ben").text
    for words in (
        "currency CHF",
        "lead @ben",
        "outside @cleo",
        "outside",
        "leads read plans on",
        "workspace zone UTC",
    ):
        said = talk.say(f"settings {words}", "ben")
        assert said.outcome.refused, words
        assert "changed by its leads" in said.text
    assert "zone: UTC (for you)." in talk.say("settings zone UTC", "ben").text
    assert "EUR" in talk.say("settings", "ben").text


def test_a_zone_of_ones_own_says_whose_it_is_and_how_the_workspaces_is_set(talk: Talk) -> None:
    talk.say("settings workspace zone Europe/Berlin")
    said = talk.say("settings zone America/New_York").text.splitlines()
    assert said == [
        "zone: America/New_York (for you).",
        "Channels, and all who set none, stay with the workspace's: Europe/Berlin.",
        "To change that too: settings workspace zone America/New_York",
    ]
    assert "zone: America/New_York (yours; the workspace's is Europe/Berlin)" in talk.say("settings").text
    assert "A lead changes that: settings" in talk.say("settings zone America/New_York", "bob").text
    talk.say("settings workspace zone America/New_York")
    assert talk.say("settings zone America/New_York").text == "zone: America/New_York (for you)."
    assert "yours" not in talk.say("settings").text


def test_own_settings_are_own(talk: Talk) -> None:
    talk.say("settings zone Asia/Tokyo", "ben")
    assert "Asia/Tokyo" in talk.say("settings", "ben").text
    assert "Asia/Tokyo" not in talk.say("settings", "ann").text
    talk.say("settings zone default", "ben")
    assert "Asia/Tokyo" not in talk.say("settings", "ben").text


def test_leads_make_leads_and_one_always_stays(talk: Talk) -> None:
    talk.say("settings currency EUR")
    assert "Leads: Ann, Ben" in talk.say("settings lead @ben").text
    assert "Leads: Ben" in talk.say("settings lead remove @ann", "ben").text
    said = talk.say("settings lead remove @ben", "ben")
    assert said.outcome.refused
    assert "Somebody has to be the lead" in said.text
    assert talk.say("settings lead @ann").outcome.refused


@pytest.mark.parametrize("words", ["<@ben>", "@ben", "Ben"])
def test_a_lead_who_has_left_can_be_removed(talk: Talk, words: str) -> None:
    talk.say("settings lead @ben")
    talk.world.people["ben"] = person("ben", guest=True)
    assert talk.say(f"settings lead remove {words}").text == "Leads: Ann"
    assert talk.say(f"settings lead remove {words}").outcome.refused


def test_everybody_is_told_who_else_reads_every_plan(talk: Talk) -> None:
    """Also while a question about a plan is open, which the answer asks again."""
    begin(talk, "Acme", "housings", "cleo")
    talk.say("new quick Borg: lids")
    assert {to for to, _ in talk.say("settings leads read plans on").others} == {"ben", "cleo"}
    assert not talk.say("settings leads read plans on").others
    said = talk.say("settings lead @ben")
    assert "read every plan" in said.text
    assert [to for to, _ in said.others] == ["cleo"]
    assert "can read every plan: Ann, Ben" in said.others[0][1]
    assert not talk.say("settings lead @ben").others


def test_who_begins_with_the_list_of_outsiders_is_told_that_they_lead(talk: Talk) -> None:
    assert "this workspace's lead now" in talk.say("settings outside borg.example").text


def test_an_outsider_becomes_no_lead(talk: Talk) -> None:
    talk.say("settings currency EUR")
    talk.world.people["gus"] = person("gus", guest=True)
    assert talk.say("settings lead <@gus>").outcome.refused
    assert "gus" not in talk.say("settings lead").text.lower()


def test_everybody_is_told_when_leads_read_plans(talk: Talk) -> None:
    begin(talk, "Acme", "housings", "ben")
    talk.say("settings currency EUR")
    assert "No plan" in talk.say("show acme").text
    said = talk.say("settings leads read plans on")
    assert {to for to, _ in said.others} == {"ben", "cleo"}
    assert all("the leads of this workspace can read every plan: Ann" in text for _, text in said.others)
    assert all("acme" not in text.lower() for _, text in said.others)
    talk.say("settings leads read plans off")
    assert "No plan" in talk.say("show acme").text


def test_somebody_on_the_outside_list_gets_no_answer(talk: Talk) -> None:
    talk.say("settings outside @cleo")
    assert "inside members" in talk.say("hub", "cleo").text
    assert "Cleo" in talk.say("settings outside").text
    talk.say("settings outside remove @cleo")
    assert "inside members" not in talk.say("hub", "cleo").text


@pytest.mark.parametrize("domain", ["consult.example", "CONSULT.example.", "@consult.example", "añb.example"])
def test_a_domain_stands_for_all_its_people(talk: Talk, domain: str) -> None:
    said = talk.say(f"settings outside {domain}")
    if domain.startswith("@"):
        assert said.outcome.refused, "an @ names a person"
        return
    name = domain.strip(".").lower()
    dora = Person("dora", "Dora", home=True, guest=False, email=f"dora@sub.{name.title()} ")
    assert "inside members" in talk.say("hub", dora).text
    assert "inside members" not in talk.say("hub", "ben").text


def test_nobody_shuts_themselves_out(talk: Talk) -> None:
    for words in ("outside @ann", "outside buyer.example", "outside buyer.example for Acme"):
        said = talk.say(f"settings {words}")
        assert said.outcome.refused, words
        assert "shut you out" in said.text
    quiet = Person("ann", "Ann", home=True, guest=False, email=None)
    assert talk.say("settings outside consult.example", quiet).outcome.refused


def test_a_default_channel_must_be_one_where_prep_is(talk: Talk) -> None:
    talk.world.channels["buying"] = Channel(
        "buying", "buying", present=True, shared=False, people=(person("ann"),)
    )
    talk.world.channels["open"] = Channel("open", "open", present=True, shared=True, people=(person("ann"),))
    talk.world.channels["far"] = Channel("far", "far", present=False)
    assert "default channel: #buying" in talk.say("settings default channel #buying").text
    assert "People from outside" in talk.say("settings default channel #open").text
    assert talk.say("settings default channel #far").outcome.refused
    assert "#open" in talk.say("settings").text
    assert "none" in talk.say("settings default channel none").text


def test_settings_fit_a_screen(talk: Talk) -> None:
    lines = talk.say("settings").text.splitlines()
    assert len(lines) <= 14
    assert max(map(len, lines)) <= 64


@pytest.mark.parametrize("line", ["set timezone Berlin", "set time zone Europe/Berlin", "set country DE"])
def test_a_setting_behind_set_is_a_button_away(talk: Talk, line: str) -> None:
    talk.say("new quick Acme: housings")
    talk.say("later")
    said = talk.say(line)
    assert said.outcome.refused
    assert "That is a setting" in said.text
    words = line.replace("set ", "settings ", 1)
    assert words in said.text
    assert not talk.press(said.buttons[words]).outcome.refused


def test_what_is_of_a_plan_as_well_is_set_there(talk: Talk) -> None:
    talk.say("new quick Acme: housings")
    talk.say("later")
    assert "currency: USD" in talk.say("set currency USD").text
    assert "cost of capital" in talk.say("set cost of capital 8 %").text

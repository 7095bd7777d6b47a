"""While a question is open: what is an answer, though it begins like a command, and what is a command."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.handlers.prep.looking import answers
from tests.support.talk import Talk

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture
def talk(sqlite_url: str) -> Iterator[Talk]:
    """Ann is asked for the one result, a text."""
    found = Talk(sqlite_url)
    found.say("new quick Borg: caps")
    found.press("later")
    found.say("contract add Chem: start 2026-01-01, end 2026-12-31, notice 60 days, auto-renew 12 months")
    said = found.say("new full Acme: housings")
    while "only one result" not in said.text:
        said = found.say("skip")
    yield found
    found.close()


ANSWERS = """
stop at 4.05
stop: 4.05
back to back cover
skip the second tender round
later this year
keep the price at 3.80
take the offer at 3.70
example parts approved by May
gap to the index closed
answer by Friday
continue supply for two years
resume deliveries by May
new supplier in Poland
set a ceiling: 4.05 at most
set up a second source
set the price at 3.70
set talks for May
set volume expectations early, and terms by June
edit out the penalty
change supplier
change of scope
change the goal
change the payment terms
show them the index
brief the plant manager
own mould, so we can move it
answers to their questions
batna is Borg
alternatives in Poland
mandate from the CFO
mandate signed by the CFO on 3 May
term of two years
term sheet: signed before the summer
terms as last year
offer them a longer term
offer: 27k minimum
give them net 60 if they take 3.70
give up warranty to get 3.70
got a quote from Borg
they gave 3 % last year
log book kept by quality
concessions in steps
correct the price from 3.95 to 3.70
correct invoices
undo the last increase
questions about tooling
question 3 of the audit
ask what drives the price
stakeholders are aligned
open book pricing
ready by May
share of wallet
share risk with @supplier
share the savings 50/50
owner of the tooling is us
hand over the tooling
channel all orders through us
channel #1 in Europe
link #2 to volume
link price to the index
settings of the machine
set up cost shared
contract for two years
contract list price minus 10 %
contract add-ons are priced apart
contract add two more sites later
contract notice 60 days
contract details settled by legal
contract set out in annex 2
contract shows no cap
contract change every year
renewals 2 years each
renewals 90 days before the end
renewal 12 months at 3.80
renewals page 2 of the annex
post the drawings to #engineering
post the result in #1 of the list
publish the index in #prices every month
renewal at the same price
check-in every month
checkin monthly, by phone
remind them of the volume
find a second source
plans for 2027
rename the part to housing B
archive the old drawings
restore supply to 30k
help from finance
help us grow
start in May
home market share
stuck at 3.95
close the gap to 3.70
lessons from last year
access to drawings
""".strip().splitlines()


@pytest.mark.parametrize("line", ANSWERS)
def test_it_is_kept_as_the_answer(talk: Talk, line: str) -> None:
    said = talk.say(line)
    assert "Kept: " in said.text
    assert answers(talk)["goal"].text == line


COMMANDS = [
    ("later", "I keep your place"),
    ("back", "6 of 36"),
    ("resume borg", "Borg"),
    ("resume quick borg", "Borg"),
    ("new Chem: caps", "Started a plan: Chem: caps."),
    ("new quick chem", "Started a plan: chem."),
    ("set volume 30000 a year", "volume: 30,000 pc a year"),
    ("set acme: baseline 3.95", "baseline: 3.95"),
    ("set borg volume 500 a year", "Borg: kept"),
    ("set acme route renewal", "route: renewal"),
    ("change acme goal", "form"),
    ("edit acme goal", "form"),
    ("edit the scope", "form"),
    ("edit terms", "form"),
    ("show acme", "Acme: housings"),
    ("batna borg", "No BATNA yet"),
    ("batna acme add Borg = 3.52", "Borg"),
    ("mandate 4.05 by CFO", "4.05 EUR/pc by CFO"),
    ("mandate acme 4.05 by CFO", "4.05 EUR/pc by CFO"),
    ("term acme price: open 3.45, target 3.70, stop 4.05", "3.45"),
    ("term price stop 4.05", "4.05"),
    ("terms acme", "Acme"),
    ("offer acme theirs: price 4.12", "4.12"),
    ("give acme price 3.60 -> 3.71 for net 60", "logged as #1"),
    ("log acme", "Acme"),
    ("correct acme 1: price 3.60 -> 3.71", "There is no entry"),
    ("questions add What drives the price?", "What drives the price?"),
    ("ready", "% ready"),
    ("share acme @ben to edit", "ben"),
    ("share @ben", "ben"),
    ("share acme <@ben|Ben Smith> to edit", "ben"),
    ("share acme with @ben and @carl", "ben"),
    ("owner acme @ben", "ben"),
    ("channel acme #acme", "acme"),
    ("checkin acme monthly on the 15th", "Acme"),
    ("rename acme to Acme Plastics", "is now called Acme Plastics"),
    ("archive borg", "put away"),
    ("help batna", "batna"),
    ("help", "What you can say"),
    ("renewals", "due"),
    ("renewals 90d", "due"),
    ("renewals this quarter", "due"),
    ("renewals Q3 2026", "due"),
    ("renewals 900d page 2", "due"),
    ("contract list", "Contracts"),
    ("contract show chem", "Chem"),
    ("contract add Dow: start 2026-07-01, end 2027-06-30, notice 60 days", "Dow"),
    ("contract add Dow", "form"),
    ("contract set chem: value 120000", "Chem"),
    ("contract set chem notice 30 days", "Chem"),
    ("contract details chem", "Chem"),
    ("contract notice chem", "form"),
    ("post acme #acme", "#acme"),
    ("post the brief of acme to #acme", "#acme"),
    ("post <#acme|acme>", "#acme"),
    ("post acme's brief to #acme", "#acme"),
    ("undo", "take back"),
]


@pytest.mark.parametrize(("line", "told"), COMMANDS)
def test_it_runs_as_the_command(talk: Talk, line: str, told: str) -> None:
    said = talk.say(line)
    assert not said.outcome.broken
    assert "goal" not in answers(talk)
    assert told.casefold() in (said.text.casefold() if said.form is None else "form")


def test_what_may_be_either_is_asked_about(talk: Talk) -> None:
    line = "new price list: from July"
    said = talk.say(line)
    assert "Is that a new plan, or your answer?" in said.text
    assert "Kept: new price list: from July" in talk.press(said.buttons["It is my answer"]).text
    assert "Started a plan: price list: from July." in talk.press(said.buttons[line]).text


@pytest.mark.parametrize(
    "line", ["give acme net 45", "got acme free samples for a visit", "term Acme ISO 9001"]
)
def test_a_command_about_a_plan_is_no_answer_unless_one_says_so(talk: Talk, line: str) -> None:
    asked = talk.say(line)
    assert asked.text == "Is that a command, or your answer?"
    assert "goal" not in answers(talk)
    assert talk.press(asked.buttons["It is my answer"]).text.startswith("Kept: ")
    assert answers(talk)["goal"].text == line

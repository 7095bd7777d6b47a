"""What is looked at: the answers of the worked purchase, as they stand in Slack."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from bot.delivery import Delivery
from bot.slack.sender import SlackSender
from storage.migrate import migrate
from tests.journeys.playing import do
from tests.journeys.slack_runner import slack_runner
from tests.journeys.transcript import read
from tools.pictures import slack_page

if TYPE_CHECKING:
    from tests.journeys.slack_runner import SlackRunner

ROOT = Path(__file__).resolve().parents[2]
JOURNEY = ROOT / "tests" / "journeys" / "acme.txt"
CHANNEL = "#acme"
CONTRACT = (
    "contract add Acme housings: start 2026-07-01, end 2028-06-30, auto-renew 12 months, notice 90 days, "
    "method registered letter, transit 2 days, value 118000 EUR, channel #acme, owner @ann, backup @bob"
)
ASKED = {
    "hub": "",
    "brief": "show acme",
    "batna": "batna acme",
    "log": "log acme",
    "terms": "terms acme",
    "ready": "ready acme",
    "questions": "questions acme",
    "mistake": "ofer acme theirs <!channel> *now* 4.12",
    "contract": CONTRACT,
    "renewals": "renewals 900d",
    "help": "help",
}


async def scenes(folder: Path) -> dict[str, str]:
    """Each scene as HTML, by name."""
    url = f"sqlite:///{folder / 'prep.db'}"
    migrate(url)
    found: dict[str, str] = {}
    async with slack_runner(url, {"acme": ["ann", "bob"]}) as runner:
        for step in read(JOURNEY).steps:
            await do(runner, step)
        for name, words in ASKED.items():
            await runner.say("ann", CHANNEL, f"/prep {words}")
            found[name] = _newest(runner)
        await _dialogue(runner, found)
        await _renewal(runner, found)
    return found


async def _dialogue(runner: SlackRunner, found: dict[str, str]) -> None:
    """A guided question, and a form."""
    await runner.say("bob", "dm", "new quick Borg: housings")
    found["question"] = _newest(runner)
    await runner.say("bob", "dm", "Borg, housings, 30k a year, 3.95")
    found["question2"] = _newest(runner)
    await runner.say("ann", CHANNEL, "/prep batna acme add")
    found["form"] = slack_page.modal(runner.slack.world.views[-1].body)


async def _renewal(runner: SlackRunner, found: dict[str, str]) -> None:
    """The reminder of a renewal in the channel, and what is behind its first button."""
    now = datetime(2028, 3, 2, 9, 0, tzinfo=UTC)
    await runner.set_now(now)
    sender = SlackSender(runner.face.api, runner.face.directory)

    async def at_once(_: float) -> None:
        """Nobody waits for a picture."""

    delivery = Delivery(runner.app.database, {"slack": sender}, sleep=at_once)
    await delivery.deliver(now)
    delivery.close()
    said = [m for m in runner.slack.messages("CACME", bot_only=True) if m.metadata]
    if said:
        found["renewal"] = slack_page.message(said[-1].blocks, alone=False)
        await runner.press("ann", CHANNEL, "1")
        found["details"] = _newest(runner)


def _newest(runner: SlackRunner) -> str:
    said = next(m for m in reversed(runner.slack.world.said) if m.bot_id and m.blocks)
    return slack_page.message(said.blocks, alone=said.only_for is not None)

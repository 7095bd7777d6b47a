"""Draw the cards of a transcript as Teams would: `python -m tools.pictures.cards TRANSCRIPT MODULES OUT [LINE ...]`.

MODULES is a node_modules folder with `adaptivecards` and `markdown-it` (Microsoft's own renderer and the markdown
that it reads); pictures of the answers to each line, or to those named, come to OUT, as wide as a desktop and as a
phone. Needs Chromium.
"""

from __future__ import annotations

import asyncio
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.delivery import Delivery
from storage.migrate import migrate
from tests.journeys.playing import do
from tests.journeys.teams_runner import teams_runner
from tests.journeys.transcript import read

if TYPE_CHECKING:
    from tests.doubles.teams.world import Post
    from tests.journeys.teams_runner import TeamsRunner

WIDTHS = {"desktop": 680, "phone": 360}
CHANNELS = {"acme": ["ann", "bob"]}
_LEAST = 500  # no window of Chromium is narrower
_FRAME = 90  # what Chromium takes off a window for its own
_PAGE = Path(__file__).with_name("page.html")
_SCRIPTS = ("adaptivecards/dist/adaptivecards.js", "markdown-it/dist/browser/markdown-it.umd.min.js")
_QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=1.5"
)


async def cards(transcript: Path, folder: Path) -> dict[str, dict[str, Any]]:
    """The last card of each step that was answered with one, by the number of its line. What is due goes out when
    the clock moves."""
    url = f"sqlite:///{folder / 'prep.db'}"
    migrate(url)
    found: dict[str, dict[str, Any]] = {}
    async with teams_runner(url, CHANNELS) as runner:
        for step in read(transcript).steps:
            before = len(runner.teams.posts)
            await do(runner, step)
            if step.kind == "now":
                await _deliver(runner)
            found |= {f"{step.line:03d}": card for card in _cards(runner.teams.posts[before:])}
    return found


async def _deliver(runner: TeamsRunner) -> None:
    delivery = Delivery(runner.app.database, {"teams": runner.face.sender})
    try:
        await delivery.deliver(runner.now)
    finally:
        delivery.close()


def _cards(posts: list[Post]) -> list[dict[str, Any]]:
    return [card for post in posts for card in post.cards]


def draw(card: dict[str, Any], modules: Path, folder: Path, out: Path) -> None:
    """Both pictures of a card. What sticks out of its box is told."""
    for script in _SCRIPTS:
        shutil.copyfile(modules / script, folder / Path(script).name)
    drawn = _PAGE.read_text(encoding="utf-8").replace("CARD", json.dumps(card))
    page = folder / "page.html"
    for name, width in WIDTHS.items():
        page.write_text(drawn.replace("WIDTH", str(width)), encoding="utf-8")
        height, sticking_out = _measured(page, width, folder)
        picture = out.with_name(f"{out.name}-{name}.png")
        _browse(page, width, height + _FRAME, folder, f"--screenshot={picture}")
        print(picture.name, f"{height} px high", f"{sticking_out} boxes too narrow" if sticking_out else "")


def _measured(page: Path, width: int, folder: Path) -> tuple[int, int]:
    text = _browse(page, width, 100, folder, "--dump-dom")
    height, sticking_out = text.partition("<title>")[2].partition("</title>")[0].split()
    return int(height), int(sticking_out)


def _browse(page: Path, width: int, height: int, folder: Path, what: str) -> str:
    command = ["chromium", *_QUIET.split(), f"--user-data-dir={folder / 'profile'}"]
    command += [f"--window-size={max(width, _LEAST)},{height}", what]
    done = subprocess.run([*command, page.as_uri()], capture_output=True, text=True, timeout=60, check=True)
    return done.stdout


def main() -> int:
    """Draw the cards of a transcript."""
    transcript, modules, out = (Path(argument) for argument in sys.argv[1:4])
    wanted = {f"{int(line):03d}" for line in sys.argv[4:]}
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        for name, card in asyncio.run(cards(transcript, Path(temporary))).items():
            if not wanted or name in wanted:
                draw(card, modules, Path(temporary), out / name)
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The scenes as they stand in Teams, drawn by Microsoft's own renderer."""

from __future__ import annotations

import base64
import json
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tests.journeys.teams_runner import teams_runner
from tools.pictures import looks
from tools.pictures.browser import PANELS
from tools.pictures.chart import Line, svg

if TYPE_CHECKING:
    from tests.journeys.teams_runner import TeamsRunner

MODULES = Path(tempfile.gettempdir()) / "pictures" / "node_modules"  # see README.md
_PAGE = Path(__file__).with_name("teams_page.html")
_SCRIPTS = ("adaptivecards/dist/adaptivecards.js", "markdown-it/dist/browser/markdown-it.umd.min.js")

Card = dict[str, Any]


async def teams_scenes(url: str) -> dict[str, str]:
    """Each scene as a page, by name: all cards that a step brought or changed."""
    found: dict[str, str] = {}
    before: dict[str, str] = {}
    async with teams_runner(url, looks.channels()) as runner:
        async for name, done in looks.played(runner):
            now = _standing(runner)
            if done:
                found[name] = _page(
                    [json.loads(card) for key, card in now.items() if before.get(key) != card]
                )
            before = now
    return found


def _standing(runner: TeamsRunner) -> dict[str, str]:
    """Every card that somebody sees."""
    found: dict[str, str] = {}
    for post in runner.teams.posts:
        cards = [("", card) for card in post.cards] + list(post.views.items())
        found |= {f"{post.id} {who}": json.dumps(card) for who, card in cards if not post.deleted}
    return found


def _drawn(element: Any) -> Any:
    """A card with its charts as pictures, as a client that draws them shows it."""
    if isinstance(element, list):
        return [_drawn(one) for one in element]
    if not isinstance(element, dict):
        return element
    if element.get("type") != "Chart.Line":
        return {key: _drawn(value) for key, value in element.items()}
    title = {"type": "TextBlock", "text": element["title"], "weight": "Bolder"}
    return {"type": "Container", "items": [title, _picture(element["data"])]}


def _picture(data: list[dict[str, Any]]) -> Card:
    places = sorted({point["x"] for line in data for point in line["values"]})
    order = {x: date.fromisoformat(x).toordinal() if isinstance(x, str) else x for x in places}
    first, last = order[places[0]], order[places[-1]]
    share = {x: (order[x] - first) / (last - first) if last > first else 0.5 for x in places}
    lines = [Line(line["legend"], [(share[p["x"]], p["y"]) for p in line["values"]]) for line in data]
    drawn = svg(lines, [(share[x], str(x)) for x in places], "#888888")
    url = f"data:image/svg+xml;base64,{base64.b64encode(drawn.encode()).decode()}"
    return {"type": "Image", "url": url, "altText": "chart", "size": "Stretch"}


def _page(cards: list[Card]) -> str:
    html = _PAGE.read_text(encoding="utf-8")
    scripts = "".join(f'<script src="{(MODULES / script).as_uri()}"></script>' for script in _SCRIPTS)
    known = {
        "SCRIPTS": scripts,
        "CARDS": json.dumps(cards),
        "DRAWN": json.dumps(_drawn(cards)),
        "PANELS": json.dumps(PANELS),
    }
    for name, text in known.items():
        html = html.replace(name, text.replace("</", "<\\/") if name in ("CARDS", "DRAWN") else text)
    return html

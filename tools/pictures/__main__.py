"""Draw Prep's answers as Slack and Teams show them: `python -m tools.pictures slack|teams|pages OUT [NAME ...]`.

Needs Chromium; Teams also a folder /tmp/pictures/node_modules (see README.md). Says of each picture how high it is, and
whether anything does not fit its box.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
from pathlib import Path

from storage.migrate import migrate
from tools.pictures.browser import draw, draw_page
from tools.pictures.pages import page_scenes
from tools.pictures.slack import slack_scenes
from tools.pictures.teams import teams_scenes

SCENES = {"slack": slack_scenes, "teams": teams_scenes, "pages": page_scenes}


def main(arguments: list[str]) -> int:
    """Draw all scenes of a face, or those named; 1 if something does not fit."""
    face, out, names = arguments[0], Path(arguments[1]), arguments[2:]
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        url = f"sqlite:///{folder / 'prep.db'}"
        migrate(url)
        found = asyncio.run(SCENES[face](url))
        drawn = draw_page if face == "pages" else draw
        results = [
            drawn(found[name], out / f"{face}-{name}.png", folder)
            for name in found
            if name in (names or found)
        ]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

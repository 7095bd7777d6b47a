"""Draw Prep's answers as Slack shows them, as wide as a desktop and as a phone: `python -m tools.pictures OUT [NAME ...]`.

Needs Chromium. Says of each picture how high it is, and whether anything does not fit its box.
"""

from __future__ import annotations

import asyncio
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.pictures import slack_page
from tools.pictures.slack_scenes import scenes

WIDTHS = {"desktop": 680, "phone": 360}
_LEAST = 500  # no window of Chromium is narrower
_FRAME = 90  # what Chromium takes off a window for its own
_QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=1.5"
)


def draw(name: str, body: str, out: Path, folder: Path) -> bool:
    """Both pictures of a scene. Whether everything fits."""
    fits = True
    file = folder / "page.html"
    for kind, width in WIDTHS.items():
        file.write_text(slack_page.page(body, width), encoding="utf-8")
        told = (
            _browse(file, width, 100, folder, "--dump-dom").partition("<title>")[2].partition("</title>")[0]
        )
        height, cut = map(int, told.split())
        picture = out / f"{name}-{kind}.png"
        _browse(file, width, height + _FRAME, folder, f"--screenshot={picture}")
        print(f"{picture.name}: {height} px high{f', {cut} boxes too narrow' if cut else ''}")
        fits = fits and not cut
    return fits


def _browse(file: Path, width: int, height: int, folder: Path, what: str) -> str:
    size = f"--window-size={max(width, _LEAST)},{height}"
    command = [
        "chromium",
        *_QUIET.split(),
        f"--user-data-dir={folder / 'profile'}",
        size,
        what,
        file.as_uri(),
    ]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout


def main(arguments: list[str]) -> int:
    """Draw all scenes, or those named; 1 if something does not fit."""
    out = Path(arguments[0])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        found = asyncio.run(scenes(folder))
        wanted = arguments[1:] or list(found)
        results = [draw(name, found[name], out, folder) for name in wanted]
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

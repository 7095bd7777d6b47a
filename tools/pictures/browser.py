"""Pages as pictures, with headless Chromium: each in one file, on a desktop and on a phone, light and dark."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DESKTOP, PHONE = 680, 360
PANELS = ((DESKTOP, "light"), (PHONE, "light"), (PHONE, "dark"))
WIDTH = sum(width for width, _ in PANELS)
_FRAME = 90  # what Chromium takes off a window for its own
_QUIET = (
    "--headless --no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync --hide-scrollbars --force-device-scale-factor=1"
)


def draw(html: str, picture: Path, folder: Path) -> bool:
    """Take the picture of a page. False, and said, where something does not fit its box. The title of the page
    tells its height and how many boxes are too narrow."""
    page = folder / "page.html"
    page.write_text(html, encoding="utf-8")
    title = _browse(page, 100, "--dump-dom").partition("<title>")[2].partition("</title>")[0]
    height, cut = map(int, title.split())
    _browse(page, height + _FRAME, f"--screenshot={picture}")
    print(f"{picture.name}: {height} px high{f', {cut} boxes too narrow' if cut else ''}", flush=True)
    return not cut


def _browse(page: Path, height: int, what: str) -> str:
    size = f"--window-size={WIDTH},{height}"
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = ["chromium", *_QUIET.split(), profile, size, what, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout

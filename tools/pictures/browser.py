"""Pages as pictures, with headless Chromium: each in one file, on a desktop and on a phone, light and dark."""

from __future__ import annotations

import subprocess
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DESKTOP, PHONE = 680, 360
PANELS = ((DESKTOP, "light"), (DESKTOP, "dark"), (PHONE, "light"), (PHONE, "dark"))
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


def draw_page(html: str, picture: Path, folder: Path) -> bool:
    """Take the pictures of a whole page, one for each width and light: `NAME-680-dark.png`. False, and said, where it is
    wider than the screen."""
    page, fits = folder / "page.html", True
    for width, theme in PANELS:
        # the frame has the width of a phone, which no window of Chromium takes, and is asked for its own height
        page.write_text(_framed(html, width, theme), encoding="utf-8")
        title = _browse(page, 100, "--dump-dom").partition("<title>")[2].partition("</title>")[0]
        height, inner = map(int, title.split())
        one = picture.with_stem(f"{picture.stem}-{width}-{theme}")
        dark = ["--blink-settings=preferredColorScheme=0"] if theme == "dark" else []
        _browse(page, height + _FRAME, f"--screenshot={one}", *dark, width=max(width, 500))
        print(f"{one.name}: {height} px high{'' if inner <= width else f', {inner} px wide'}", flush=True)
        fits = fits and inner <= width
    return fits


def _framed(html: str, width: int, theme: str) -> str:
    inner = escape(html)
    return (
        f"<!doctype html><meta charset=utf-8><title>0 0</title><body style='margin:0;color-scheme:{theme}'>"
        f'<iframe id=f style="border:0;width:{width}px;height:2000px;color-scheme:{theme}" srcdoc="{inner}"></iframe><script>'
        "onload=()=>{const e=f.contentDocument.documentElement,b=f.contentDocument.body;"
        "const h=Math.ceil(b.getBoundingClientRect().height);f.style.height=h+'px';document.title=h+' '+e.scrollWidth}</script>"
    )


def _browse(page: Path, height: int, *what: str, width: int = WIDTH) -> str:
    size = f"--window-size={width},{height}"
    profile = f"--user-data-dir={page.parent / 'profile'}"
    command = ["chromium", *_QUIET.split(), profile, size, *what, page.as_uri()]
    return subprocess.run(command, capture_output=True, text=True, timeout=60, check=True).stdout

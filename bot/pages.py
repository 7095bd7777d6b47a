"""The few pages for browsers. They stand alone: no script, no picture, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from aiohttp import web

if TYPE_CHECKING:
    from collections.abc import Sequence

STYLE = (  # light or dark, as whoever reads has it
    ":root{color-scheme:light dark;--text:#1d1c1d;--base:#fff;--faint:#5c6166;--line:#d9dde1;--link:#12567f;--button:#1f3a4d}"
    "@media(prefers-color-scheme:dark){:root{--text:#e8e8e8;--base:#1a1d21;--faint:#a9b0b6;--line:#3a4046;--link:#9cc9e8;"
    "--button:#35627f}}"
    "*{box-sizing:border-box}"
    "body{margin:0;font:17px/1.55 system-ui,sans-serif;color:var(--text);background:var(--base);overflow-wrap:break-word;"
    "-webkit-text-size-adjust:100%}"
    "main,footer{max-width:646px;margin:0 auto;padding:0 20px}main{padding-top:2.5em;padding-bottom:1em}"
    "h1{font-size:1.6em;line-height:1.25;margin:0 0 .7em;overflow-wrap:anywhere}h2{font-size:1.1em;margin:1.8em 0 .4em}"
    "p,ul{margin:0 0 .9em}ul{padding-left:1.2em}li{margin:.3em 0}a{color:var(--link)}"
    "code{font-size:.92em;white-space:nowrap}"
    "a.b{display:inline-block;margin:.4em 0;padding:.65em 1.4em;border-radius:8px;background:var(--button);color:#fff;"
    "font-weight:600;text-decoration:none}a:focus-visible{outline:3px solid var(--link);outline-offset:2px}"
    "footer{border-top:1px solid var(--line);padding-top:.9em;padding-bottom:2em;font-size:.88em;color:var(--faint)}"
    "footer a{margin-right:1.2em;display:inline-block;padding:.3em 0}"
)
_ALLOWED = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
# The address of a page may hold a code: no other page is told it, and nothing is kept by anybody on the way.
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": f"default-src 'none'; style-src 'sha256-{_ALLOWED}'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
}


@dataclass(frozen=True, slots=True)
class Section:
    """A part of a page: lines of text below a title, which may be empty. Several `points` stand below them as a list."""

    title: str
    lines: Sequence[str] = ()
    points: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Link:
    """Where a label leads: an address, or what is beside the page."""

    label: str
    address: str


def page(
    status: int,
    title: str,
    sections: Sequence[Section],
    *,
    button: Link | None = None,
    links: Sequence[Link] = (),
) -> web.Response:
    """A page. All of it is text: nothing in it can be markup. The button stands below the first section."""
    first, *rest = [_section(one) for one in sections]
    pressed = f'<p><a class="b" {_to(button)}</a></p>' if button is not None else ""
    foot = f"<footer>{''.join(f'<a {_to(link)}</a>' for link in links)}</footer>" if links else ""
    html = (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width,initial-scale=1">'
        f"<title>{escape(title)}</title><style>{STYLE}</style></head>"
        f"<body><main><h1>{escape(title)}</h1>{first}{pressed}{''.join(rest)}</main>{foot}</body></html>"
    )
    return web.Response(status=status, text=html, content_type="text/html", headers=HEADERS)


def _section(one: Section) -> str:
    title = f"<h2>{escape(one.title)}</h2>" if one.title else ""
    lines = "".join(f"<p>{escape(line)}</p>" for line in one.lines)
    points = "".join(f"<li>{escape(point)}</li>" for point in one.points)
    return title + lines + (f"<ul>{points}</ul>" if points else "")


def _to(link: Link) -> str:
    return f'href="{escape(link.address)}">{escape(link.label)}'

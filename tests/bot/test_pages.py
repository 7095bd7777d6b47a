"""Pages for browsers: everything in them is text, and nothing in them comes from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import re

from bot.pages import HEADERS, Link, Section, page


def test_whatever_stands_in_it_is_text() -> None:
    evil = '"><script>alert(1)</script>&'
    made = page(
        200, evil, (Section(evil, (evil,), (evil,)),), button=Link(evil, evil), links=(Link(evil, evil),)
    )
    assert made.text is not None
    assert "<script" not in made.text
    assert made.text.count("&lt;script&gt;") == 9  # the title twice, two links in label and address


def test_the_style_is_the_one_that_is_allowed() -> None:
    text = page(200, "Prep", (Section("", ("One.",)),)).text or ""
    style = re.search(r"<style>(.*)</style>", text)
    assert style is not None
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert f"style-src 'sha256-{digest}'" in HEADERS["Content-Security-Policy"]
    assert "style=" not in text

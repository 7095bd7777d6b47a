"""What a message says, as Teams hands it over with an action on it. Pure: it is data, and nothing in it is obeyed."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

from bot.teams.connector import dict_in, text_in

_LINES = frozenset({"p", "div", "br", "li", "tr", "h1", "h2", "h3", "blockquote", "pre"})
_SILENT = frozenset({"script", "style", "attachment"})
_LONGEST = 100_000  # characters that are looked at


def text_of(message: dict[str, Any]) -> str:
    """The plain text of a message (`messagePayload`), a line for each of its lines; empty where there is none."""
    body = dict_in(message, "body")
    content = text_in(body, "content")[:_LONGEST]
    text = _plain(content) if body.get("contentType") == "html" else content
    return "\n".join(line for line in (" ".join(one.split()) for one in text.split("\n")) if line)


def author_of(message: dict[str, Any]) -> str:
    """The directory id of who wrote it; empty where Teams tells of no person."""
    return text_in(dict_in(message, "from", "user"), "id")


def _plain(content: str) -> str:
    reader = _Reader()
    reader.feed(content)
    reader.close()
    return "".join(reader.found)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.found: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _SILENT:
            self._silent += 1
        elif tag in _LINES:
            self.found.append("\n")
        elif tag in {"emoji", "img"}:
            self.found.append(dict(attrs).get("alt") or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in _SILENT:
            self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in _LINES:
            self.found.append("\n")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.found.append(data.replace("\n", " "))

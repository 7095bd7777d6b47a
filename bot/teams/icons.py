"""The two icons of the app, drawn here: a P whose bowl is a ring, as of something agreed. Pure.

Teams asks for 192 x 192 pixels in colour on a full square, the sign in its middle half, and for 32 x 32 white pixels on
nothing at all.
"""

from __future__ import annotations

import struct
import zlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

GROUND = (0x1F, 0x3A, 0x4D)  # the accent colour of the app, here and in Slack
RING = (0xF2, 0xB1, 0x34)
WHITE = (0xFF, 0xFF, 0xFF)
COLOUR, OUTLINE = 192, 32  # pixels, wide and high
_FINE = 4  # looks at each pixel so often in both directions, for smooth edges

Colour = tuple[int, int, int]


def colour() -> bytes:
    """The icon in colour, as a PNG."""
    rows = []
    for y in range(COLOUR):
        row = bytearray()
        for x in range(COLOUR):
            stem, ring = _shares(x, y, COLOUR, 0.25)
            row += bytes(_mixed(ring, RING, _mixed(stem, WHITE, GROUND))) + b"\xff"
        rows.append(bytes(row))
    return _png(COLOUR, rows)


def outline() -> bytes:
    """The white outline on nothing, as a PNG."""
    rows = []
    for y in range(OUTLINE):
        row = bytearray()
        for x in range(OUTLINE):
            row += bytes(WHITE) + bytes((round(255 * min(1.0, sum(_shares(x, y, OUTLINE, 0.06)))),))
        rows.append(bytes(row))
    return _png(OUTLINE, rows)


def _shares(x: int, y: int, size: int, margin: float) -> tuple[float, float]:
    """How much of a pixel the stem and the ring cover, 0 to 1, for a sign with this margin (a share of the size)."""
    stem = ring = 0
    for dy in range(_FINE):
        for dx in range(_FINE):
            u = ((x + (dx + 0.5) / _FINE) / size - margin) / (1 - 2 * margin)
            v = ((y + (dy + 0.5) / _FINE) / size - margin) / (1 - 2 * margin)
            on_ring = _on_ring(u, v)
            ring += on_ring
            stem += not on_ring and _on_stem(u, v)
    return stem / _FINE**2, ring / _FINE**2


def _on_stem(u: float, v: float) -> bool:
    return 0.14 <= u <= 0.32 and 0.0 <= v <= 1.0


def _on_ring(u: float, v: float) -> bool:
    distance = ((u - 0.53) ** 2 + (v - 0.33) ** 2) ** 0.5
    return 0.17 <= distance <= 0.33 and (u > 0.32 or not _on_stem(u, v))


def _mixed(share: float, over: Colour, under: Colour) -> Colour:
    red, green, blue = (round(share * a + (1 - share) * b) for a, b in zip(over, under, strict=True))
    return red, green, blue


def _png(size: int, rows: Iterable[bytes]) -> bytes:
    """Rows of red, green, blue and alpha as a PNG file (RFC 2083), unfiltered."""
    head = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    data = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    chunks = ((b"IHDR", head), (b"IDAT", data), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, body) for kind, body in chunks)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

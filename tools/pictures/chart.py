"""A line chart as SVG, about as Slack and Teams draw theirs: lines, a scale, names below."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COLOURS = ("#1d9bd1", "#e8912d", "#e01e5a", "#2eb67d", "#9b6dd6", "#8d8d8d")
_WIDTH, _HEIGHT = 440, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 52, 16, 14, 64
_TICKS = 4


class Line(NamedTuple):
    """A line: its name, and its points, each between 0 and 1 from left to right, with its value."""

    name: str
    points: Sequence[tuple[float, float]]


def svg(lines: Sequence[Line], labels: Sequence[tuple[float, str]], ink: str) -> str:
    """The chart; `labels` stand below the places from left to right, `ink` is the colour of what is written."""
    values = [value for line in lines for _, value in line.points]
    low, high = min(values), max(values)
    margin = (high - low) * 0.1 or 1
    scale = (low - margin, high + margin)
    inner = "".join((*_grid(scale, ink), *_labels(labels, ink), *_drawn(lines, scale), *_legend(lines, ink)))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_HEIGHT}" width="100%" '
        f'font-family="Arial,sans-serif" font-size="13">{inner}</svg>'
    )


def _across(share: float) -> float:
    return _LEFT + share * (_WIDTH - _LEFT - _RIGHT)


def _up(value: float, scale: tuple[float, float]) -> float:
    low, high = scale
    return _HEIGHT - _BOTTOM - (value - low) / (high - low) * (_HEIGHT - _TOP - _BOTTOM)


def _text(x: float, y: float, words: str, ink: str, anchor: str = "middle") -> str:
    return f'<text x="{x:.0f}" y="{y:.0f}" fill="{ink}" text-anchor="{anchor}">{escape(words)}</text>'


def _grid(scale: tuple[float, float], ink: str) -> Iterator[str]:
    low, high = scale
    for tick in range(_TICKS + 1):
        value = low + (high - low) * tick / _TICKS
        y = _up(value, scale)
        yield f'<path d="M{_LEFT} {y:.1f}H{_WIDTH - _RIGHT}" stroke="{ink}" stroke-opacity=".2"/>'
        yield _text(_LEFT - 6, y + 4, f"{value:.2f}", ink, "end")


def _labels(labels: Sequence[tuple[float, str]], ink: str) -> Iterator[str]:
    for share, words in labels:
        anchor = "start" if share == 0 and len(labels) > 1 else "end" if share == 1 else "middle"
        yield _text(_across(share), _HEIGHT - _BOTTOM + 20, words, ink, anchor)


def _drawn(lines: Sequence[Line], scale: tuple[float, float]) -> Iterator[str]:
    for line, colour in zip(lines, COLOURS, strict=False):
        dots = [(_across(share), _up(value, scale)) for share, value in line.points]
        path = "L".join(f"{x:.1f} {y:.1f}" for x, y in dots)
        yield f'<path d="M{path}" fill="none" stroke="{colour}" stroke-width="2"/>'
        yield from (f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in dots)


def _legend(lines: Sequence[Line], ink: str) -> Iterator[str]:
    x = float(_LEFT)
    for line, colour in zip(lines, COLOURS, strict=False):
        yield f'<rect x="{x:.0f}" y="{_HEIGHT - 22}" width="10" height="10" fill="{colour}"/>'
        yield _text(x + 15, _HEIGHT - 12, line.name, ink, "start")
        x += 34 + 8 * len(line.name)

"""Faults to switch on, for one method or all, for some calls or for some time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from tests.doubles.slack.clocks import Clock

Kind = Literal["slow", "drop", "down", "status", "ratelimited", "error"]


@dataclass(frozen=True)
class Fault:
    """One way to misbehave. ``accepted`` tells whether the request took effect before."""

    kind: Kind
    seconds: float = 0
    status: int = 200
    code: str = ""
    accepted: bool = False


def slow(seconds: float, *, accepted: bool = False) -> Fault:
    """Waits on the double's clock before the request takes effect (or after, with ``accepted``), then answers."""
    return Fault("slow", seconds=seconds, accepted=accepted)


def drop_after_accepting() -> Fault:
    """Does what was asked, then closes the connection without an answer."""
    return Fault("drop", accepted=True)


def down() -> Fault:
    """Closes the connection; nothing takes effect."""
    return Fault("down")


def error(status: int = 503, *, accepted: bool = False) -> Fault:
    """Answers with an HTTP status and no JSON."""
    return Fault("status", status=status, accepted=accepted)


def ratelimited(retry_after: int) -> Fault:
    """HTTP 429 with ``Retry-After`` in seconds."""
    return Fault("ratelimited", seconds=retry_after, status=429)


def refuses(code: str) -> Fault:
    """Answers ``ok: false`` with this error code; nothing takes effect."""
    return Fault("error", code=code)


@dataclass
class _Switched:
    method: str | None
    fault: Fault
    left: int | None
    until: float | None


class Faults:
    """Faults that are on; the first that fits a call is used."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._on: list[_Switched] = []

    def add(
        self,
        fault: Fault,
        method: str | None = None,
        *,
        times: int | None = None,
        seconds: float | None = None,
    ) -> None:
        """Switches a fault on: for ``method`` or all, for ``times`` calls or ``seconds``, else until cleared."""
        until = None if seconds is None else self._clock.now() + seconds
        self._on.append(_Switched(method, fault, times, until))

    def clear(self) -> None:
        """All is well again."""
        self._on.clear()

    def take(self, method: str) -> Fault | None:
        """The fault for this call, counted."""
        now = self._clock.now()
        self._on = [on for on in self._on if on.left != 0 and (on.until is None or now < on.until)]
        for on in self._on:
            if on.method in {None, method}:
                if on.left is not None:
                    on.left -= 1
                return on.fault
        return None

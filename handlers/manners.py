"""How a member reads and writes numbers, money and dates."""

from __future__ import annotations

from dataclasses import dataclass
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Manners:
    """A member's locale (`en_GB`, `de_DE`, ...), time zone, currency (ISO 4217) and holiday country (ISO 3166).

    The language is English everywhere; the locale decides how a number or a date is read and shown. `decimal` is the mark
    before decimals where what was typed shows which it is: then `1,200` has one reading, whatever the locale.
    """

    locale: str = "en_GB"
    zone: str = "Europe/Berlin"
    currency: str = "EUR"
    country: str = "DE"
    region: str | None = None
    decimal: str = ""

    @property
    def tz(self) -> ZoneInfo:
        """The zone as an object that datetime understands."""
        return ZoneInfo(self.zone)

"""Working days of a country or region, holidays and weekends left out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING

from handlers.errors import Unknown

if TYPE_CHECKING:
    from holidays import HolidayBase

ONE_DAY = timedelta(days=1)
_EXAMPLES = "DE, AT, FR, GB or US"


@dataclass(frozen=True, slots=True)
class WorkCalendar:
    """Which days are worked in `country` (ISO 3166, `DE`), or in a `region` of it (ISO 3166-2, `BY`).

    Raises Unknown for a country or region whose holidays are not known. Public holidays only: a company's
    own days off are not in it. Weekends are the country's own (Friday and Saturday in some).
    """

    country: str
    region: str | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "country", self.country.strip().upper())
        object.__setattr__(self, "region", (self.region or "").strip().upper() or None)
        _check_known(self.country, self.region)

    def is_working(self, day: date) -> bool:
        """Whether people work on `day`: neither a weekend nor a public holiday (or a weekend made up for)."""
        return _holidays(self.country, self.region, day.year).is_working_day(day)

    def holiday_name(self, day: date) -> str | None:
        """The public holiday on `day` in English, or None; a plain weekend has no name."""
        return _holidays(self.country, self.region, day.year).get(day)

    def on_or_before(self, day: date) -> date:
        """The last working day that is not after `day`."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def on_or_after(self, day: date) -> date:
        """The first working day that is not before `day`."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def minus(self, day: date, n: int) -> date:
        """The `n`-th working day before `day`, which itself is not counted; `day` as it is where n is 0."""
        return self._step(day, n, -ONE_DAY)

    def plus(self, day: date, n: int) -> date:
        """The `n`-th working day after `day`, which itself is not counted; `day` as it is where n is 0."""
        return self._step(day, n, ONE_DAY)

    def _step(self, day: date, n: int, step: timedelta) -> date:
        if n < 0:
            raise ValueError("a number of working days is not negative")
        while n:
            day += step
            if self.is_working(day):
                n -= 1
        return day


@lru_cache(maxsize=64)
def _check_known(country: str, region: str | None) -> None:
    from holidays.registry import EntityLoader

    if country not in set(EntityLoader.get_country_codes()):
        raise Unknown(
            f"No holidays are known for that country; a country is two letters, such as {_EXAMPLES}.",
            understood=f"Country: {country}",
            example="settings country DE",
        )
    _check_region(country, region)


def _check_region(country: str, region: str | None) -> None:
    if region is None:
        return
    try:
        _load(country, region, ())
    except NotImplementedError:
        known = ", ".join(_load(country, None, ()).subdivisions[:6])
        raise Unknown(
            f"That region is not one of the country's; known are {known or 'none'}.",
            understood=f"Country: {country}, region: {region}",
            example=f"settings country {country}",
        ) from None


@lru_cache(maxsize=1024)
def _holidays(country: str, region: str | None, year: int) -> HolidayBase:
    """The holidays of a year, with the days off in lieu that fall into it."""
    return _load(country, region, (year,))


def _load(country: str, region: str | None, years: tuple[int, ...]) -> HolidayBase:
    """Fixed to `years`: the library's own growing on demand is not safe between threads."""
    from holidays import country_holidays

    return country_holidays(country, subdiv=region, years=years, expand=False, language="en_US")

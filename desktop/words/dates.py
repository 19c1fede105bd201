"""Times as they stand on a screen: the day or the minute in Jeonju, or that a clock stood wrong."""

from __future__ import annotations

from db.clock import in_seoul, nearest_in_seoul
from desktop.i18n import date_words, dated, tr

_DAY = "%Y-%m-%d"


def day_of(at_us: int) -> str:
    """The day of a time that somebody's clock gave."""
    return date_words(_written(at_us, _DAY))


def moment_of(at_us: int) -> str:
    """Its day, hour and minute."""
    return dated(_written(at_us, f"{_DAY} %H:%M"))


def moment_in(at_us: int, year: int) -> str:
    """The same where many stand below each other: a day of `year` without its year."""
    at = in_seoul(at_us)
    return _written(at_us, "%m-%d %H:%M" if at and at.year == year else f"{_DAY} %H:%M")


def until_of(limit_us: int) -> str:
    """The day on which something ends because somebody said so: no clock is to blame for it."""
    return date_words(nearest_in_seoul(limit_us).strftime(_DAY))


def _written(at_us: int, form: str) -> str:
    at = in_seoul(at_us)
    return at.strftime(form) if at else tr("시계 오류")

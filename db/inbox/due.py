"""Due dates 기한: the city's own promise for an answer, in working days.

It is no statutory clock: an anonymous opinion is no 민원 of the law.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import lru_cache
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

from db.records.feedback import Kind

PROMISED = MappingProxyType({Kind.SUGGESTION: 14, Kind.PROBLEM: 7, Kind.QUESTION: 7})
"""Working days; a kind that is not here is promised no answer."""
NEVER = np.datetime64("9999-12-31", "D")
"""The due date of what has none: it sorts behind all others."""

Days = npt.NDArray[np.datetime64]


_DAY_US = 86_400_000_000
_SEOUL_US = int(timedelta(hours=9) / timedelta(microseconds=1))


def seoul_days(at_us: npt.NDArray[np.int64]) -> Days:
    """The day in Jeonju of each moment, in microseconds since 1970 and well below 2^62."""
    return ((at_us + _SEOUL_US) // _DAY_US).astype("datetime64[D]")


@lru_cache(maxsize=4)
def public_holidays(first: int, last: int) -> tuple[date, ...]:
    """The public holidays of Korea, with their substitutes, of the years `first` to `last`."""
    import holidays  # a quarter of a second: only a desk pays it

    return tuple(sorted(holidays.country_holidays("KR", years=range(first, last + 1))))


def due_days(
    received: Days,
    promised: npt.NDArray[np.int64],
    own_days: Iterable[date] = (),
) -> Days:
    """The day each must be answered on: `promised` working days after it was received, `NEVER`
    where that is 0. `own_days` are further days on which the city does not work.
    """
    due = np.full(received.shape, NEVER)
    counted = promised > 0
    if not counted.any():
        return due
    years = received[counted].astype("datetime64[Y]").astype(int) + 1970
    off = {*public_holidays(int(years.min()), int(years.max()) + 1), *own_days}
    due[counted] = np.busday_offset(
        received[counted],
        promised[counted],
        roll="backward",
        holidays=np.array(sorted(off), "datetime64[D]"),
    )
    return due


def promised_days(kind: Kind | None, promises: Mapping[Kind, int] = PROMISED) -> int:
    """Working days until an answer; 0 for what is promised none."""
    return promises.get(kind, 0) if kind is not None else 0

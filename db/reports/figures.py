"""How the city answers: rates, days and what is overdue, for a period and its parts.

What is counted: `received` is everything of the period; `to_answer` of it is what the city owes an
answer by its own promise: the kinds that are promised one, without duplicates, withheld and erased
ones. Rates and days are of those alone. Days are working days, the day it came being day 0.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import msgspec
import numpy as np
import numpy.typing as npt

from db.clock import SEOUL, nearest_in_seoul
from db.inbox.due import NEVER, public_holidays
from db.reports.rows import By, ReportRows, is_overdue
from db.store.store import Store

Flags = npt.NDArray[np.bool_]


class AnswerFigures(msgspec.Struct, frozen=True, kw_only=True):
    """`median_days` and `p90_days` are None where nothing was answered. `in_time` is of the
    answered.
    """

    received: int
    to_answer: int
    answered: int
    in_time: int
    overdue: int
    median_days: float | None
    p90_days: float | None

    @property
    def answer_rate(self) -> float | None:
        return self.answered / self.to_answer if self.to_answer else None

    @property
    def in_time_rate(self) -> float | None:
        return self.in_time / self.answered if self.answered else None


class Part(msgspec.Struct, frozen=True, kw_only=True):
    """One value of what a report is broken down by; empty where nothing is known of it."""

    value: str
    figures: AnswerFigures


class AnswerReport(msgspec.Struct, frozen=True, kw_only=True):
    """`first` and `last` are the days it covers, both of them and today included. `before` is the
    same length right before it. `undated` came with no clock that can be right, and stands in no
    figure.
    """

    first: date
    last: date
    today: date
    undated: int
    whole: AnswerFigures
    before: AnswerFigures
    parts: dict[By, tuple[Part, ...]]


def today_of(store: Store) -> date:
    return nearest_in_seoul(store.clock()).astimezone(SEOUL).date()


def make_report(
    rows: ReportRows, today: date, first: date | None = None, last: date | None = None
) -> AnswerReport:
    """The figures of what came from `first` to `last`; without them of everything until today."""
    dated = rows.received[~np.isnat(rows.received)]
    last = last or max(today, _day(dated.max()) if len(dated) else today)
    first = first or min(last, _day(dated.min()) if len(dated) else last)
    return AnswerReport(
        first=first,
        last=last,
        today=today,
        undated=int(np.count_nonzero(np.isnat(rows.received))),
        whole=_figures(rows, of := _received(rows, first, last), today),
        before=_figures(rows, _received(rows, *before(first, last)), today),
        parts={by: tuple(_parts(rows, of, by, today)) for by in By},
    )


def before(first: date, last: date) -> tuple[date, date]:
    """As many days right before `first`."""
    span = (last - first) + timedelta(days=1)
    begin = first.toordinal() - span.days
    return date.fromordinal(max(1, begin)), date.fromordinal(max(1, first.toordinal() - 1))


def _received(rows: ReportRows, first: date, last: date) -> Flags:
    flags: Flags = (rows.received >= np.datetime64(first, "D")) & (
        rows.received <= np.datetime64(last, "D")
    )
    return flags


def _parts(rows: ReportRows, of: Flags, by: By, today: date) -> Iterator[Part]:
    if by is By.MONTH:
        months = rows.received.astype("datetime64[M]")
        for month in np.unique(months[of]):
            yield Part(value=str(month), figures=_figures(rows, of & (months == month), today))
        return
    numbers = rows.by[by]
    counts = np.bincount(numbers[of], minlength=len(rows.words(by)))
    for number in sorted(np.flatnonzero(counts), key=lambda each: (-counts[each], each)):
        yield Part(
            value=rows.words(by)[number], figures=_figures(rows, of & (numbers == number), today)
        )


def _figures(rows: ReportRows, of: Flags, today: date) -> AnswerFigures:
    owed = of & (rows.due != NEVER)
    answered = owed & rows.is_answered
    timed = answered & ~np.isnat(rows.answered)
    days = working_days(rows, np.flatnonzero(timed))
    return AnswerFigures(
        received=int(np.count_nonzero(of)),
        to_answer=int(np.count_nonzero(owed)),
        answered=int(np.count_nonzero(answered)),
        in_time=int(np.count_nonzero(timed & (rows.answered <= rows.due))),
        overdue=int(np.count_nonzero(of & is_overdue(rows, today))),
        median_days=float(np.median(days)) if len(days) else None,
        p90_days=float(np.sort(days)[-(-9 * len(days) // 10) - 1]) if len(days) else None,
    )


def working_days(rows: ReportRows, of: npt.NDArray[np.intp]) -> npt.NDArray[np.int64]:
    """Working days from the day each of these came to the day it was answered."""
    if not len(of):
        return np.empty(0, np.int64)
    received, answered = rows.received[of], rows.answered[of]
    off = {
        *public_holidays(_day(received.min()).year, _day(answered.max()).year),
        *rows.own_days,
    }
    holidays = np.array(sorted(off), "datetime64[D]")
    # From the end of the one day to the end of the other.
    counted: npt.NDArray[np.int64] = np.busday_count(
        received + 1, answered + 1, holidays=holidays
    ).astype(np.int64)
    return counted


def _day(day: np.datetime64) -> date:
    found: date = day.astype("datetime64[D]").astype(date)
    return found

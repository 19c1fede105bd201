"""What residents speak of more than before: words of a period against the period before it.

A word is what stands between spaces, without its particle; it counts once for each feedback. How
much more it is than chance would make it says the log-likelihood of the two shares.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date
from math import log

import msgspec
import numpy as np

from db.participation.feedback import rows_of
from db.reports.figures import AnswerReport, before
from db.reports.rows import ReportRows
from db.store.store import Store

MOST_READ = 5_000
"""The newest so many of each period are read."""
MOST_WORDS = 20
_SEEN_AT_LEAST = 3
_CHANCE = 3.84
"""Below this, one word in twenty would seem to grow by chance."""
_AT_ONCE = 500
_WORD = re.compile(r"[가-힣]{2,}|[A-Za-z]{3,}")
_PARTICLES = (
    *("에서는", "에서도", "으로는", "에게는", "이라도"),
    *("에서", "으로", "까지", "부터", "에게", "에는", "에도", "처럼", "보다", "마다", "이나"),
    *("이", "가", "을", "를", "은", "는", "도", "만", "의", "에", "로", "와", "과"),
)


class GrownWord(msgspec.Struct, frozen=True, kw_only=True):
    """In how many feedback it stands now, and in how many of the period before."""

    word: str
    now: int
    before: int


def grown_words(store: Store, rows: ReportRows, report: AnswerReport) -> tuple[GrownWord, ...]:
    """The words that grew most. What was erased has none. Raises StorageUnavailable."""
    now, many_now = _counted(store, rows, report.first, report.last)
    past, many_past = _counted(store, rows, *before(report.first, report.last))
    found = []
    for word, count in now.items():
        grown = _growth(count, many_now, past[word], many_past)
        if count >= _SEEN_AT_LEAST and grown >= _CHANCE:
            found.append((-grown, word))
    return tuple(
        GrownWord(word=word, now=now[word], before=past[word])
        for _grown, word in sorted(found)[:MOST_WORDS]
    )


def words_of(text: str) -> frozenset[str]:
    """The words of one text without their particles."""
    return frozenset(_bare(word.lower()) for word in _WORD.findall(text))


def _bare(word: str) -> str:
    for particle in _PARTICLES:
        if word.endswith(particle) and len(word) - len(particle) >= 2:
            return word.removesuffix(particle)
    return word


def _counted(store: Store, rows: ReportRows, first: date, last: date) -> tuple[Counter[str], int]:
    inside = (rows.received >= np.datetime64(first, "D")) & (
        rows.received <= np.datetime64(last, "D")
    )
    newest = rows.rowids[inside][-MOST_READ:]
    counter: Counter[str] = Counter()
    many = 0
    for text in _texts(store, newest.tolist()):
        counter.update(words_of(text))
        many += 1
    return counter, many


def _texts(store: Store, rowids: list[int]) -> Iterator[str]:
    for start in range(0, len(rowids), _AT_ONCE):
        for row in rows_of(store, rowids[start : start + _AT_ONCE]):
            if row is not None and row.text:
                yield row.text


def _growth(now: int, many_now: int, past: int, many_past: int) -> float:
    """Twice the log-likelihood ratio; 0 where the share did not grow."""
    if not many_past or now * many_past <= past * many_now:
        return 0.0
    share = (now + past) / (many_now + many_past)
    return 2 * sum(
        _part(seen, expected) for seen, expected in _pairs(now, past, many_now, many_past, share)
    )


def _pairs(
    now: int, past: int, many_now: int, many_past: int, share: float
) -> Iterable[tuple[int, float]]:
    yield now, many_now * share
    yield past, many_past * share
    yield many_now - now, many_now * (1 - share)
    yield many_past - past, many_past * (1 - share)


def _part(seen: int, expected: float) -> float:
    return seen * log(seen / expected) if seen else 0.0

"""What the inbox answers with: which rows match, in which sections, and what a row shows."""

from __future__ import annotations

from datetime import date

import msgspec
import numpy as np
import numpy.typing as npt

from db.inbox.filters import NONE, DueIn
from db.records.feedback import FeedbackRow, ReviewState

CLOSED = frozenset(
    (
        *(ReviewState.ANSWERED, ReviewState.ADOPTED, ReviewState.DECLINED),
        *(ReviewState.DUPLICATE, ReviewState.WITHHELD),
    )
)
"""States in which nobody waits for the city any more."""

Positions = npt.NDArray[np.int32]


class Section(msgspec.Struct, frozen=True):
    """A stretch of the list as it is sorted: where it begins, and how many rows it has."""

    due: DueIn
    start: int
    count: int


class FoundRows(msgspec.Struct, frozen=True):
    """The rows that match, in order. `sections` is empty for an order that has none."""

    positions: Positions
    sections: tuple[Section, ...] = ()


class InboxRow(msgspec.Struct, frozen=True, kw_only=True):
    """One row as the list shows it. `due` is None for what is promised no answer; `conflict` means
    that two offices decided differently.
    """

    feedback: FeedbackRow
    state: ReviewState
    department: str | None
    conflict: bool
    due: date | None
    due_in: DueIn


class WordNumbers:
    """Numbers for the words of a column, so that a million rows keep each word once."""

    def __init__(self) -> None:
        self.known: list[str] = [NONE]
        self._numbers: dict[str, int] = {NONE: 0}

    def number(self, word: str | None) -> int:
        word = word or NONE
        number = self._numbers.get(word)
        if number is None:
            number = self._numbers[word] = len(self.known)
            self.known.append(word)
        return number

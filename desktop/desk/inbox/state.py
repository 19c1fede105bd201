"""What the inbox shows: which rows, in which order, where one is among them and what is ticked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from db.inbox.filters import DueIn, Facet, Filter, Sort
from db.inbox.rows import FoundRows, InboxRow
from db.problems import Problem
from db.records.feedback import ReviewState

Flags = npt.NDArray[np.bool_]


class Glance(StrEnum):
    """보기: filters that are one press away."""

    ALL = "all"
    OPEN = "open"
    OVERDUE = "overdue"
    TODAY = "today"


#: In these a resident still waits for the city.
OPEN_STATES = (ReviewState.RECEIVED, ReviewState.IN_REVIEW, ReviewState.ASSIGNED)

GLANCES: dict[Glance, Filter] = {
    Glance.ALL: Filter(),
    Glance.OPEN: Filter().only(Facet.STATE, *OPEN_STATES),
    Glance.OVERDUE: Filter().only(Facet.DUE, DueIn.OVERDUE),
    Glance.TODAY: Filter().only(Facet.DUE, DueIn.TODAY),
}


def _none() -> Flags:
    return np.zeros(0, bool)


@dataclass(frozen=True, slots=True, eq=False)
class InboxState:
    """`found` is None until the first answer, `counts` while they are being made. `rows` are those
    near what is in view, by position; None for one that nothing proves. `checked` has a flag for
    every one of the `total` positions, of which `held` are there still. `dimmed` no longer match
    and stay until the list is renewed; `arrived` match and wait for it.
    """

    filter: Filter = field(default_factory=Filter)
    sort: Sort = Sort.DUE
    found: FoundRows | None = None
    total: int = 0
    held: int = 0
    counts: Mapping[Facet, Mapping[str, int]] | None = None
    glances: Mapping[Glance, int] | None = None
    rows: Mapping[int, InboxRow | None] = field(default_factory=dict)
    current: int = 0
    checked: Flags = field(default_factory=_none)
    checked_count: int = 0
    checked_hidden: int = 0
    dimmed: frozenset[int] = frozenset()
    arrived: int = 0
    reading: bool = False  #: the thread is open beside the list
    problem: Problem | None = None

    @property
    def count(self) -> int:
        """How many rows match."""
        return 0 if self.found is None else len(self.found.positions)

    def position(self, index: int) -> int | None:
        """Which row stands at this place of the list."""
        if self.found is None or not 0 <= index < len(self.found.positions):
            return None
        return int(self.found.positions[index])

    @property
    def current_row(self) -> InboxRow | None:
        position = self.position(self.current)
        return None if position is None else self.rows.get(position)

    def is_checked(self, position: int) -> bool:
        return position < len(self.checked) and bool(self.checked[position])

    @property
    def glance(self) -> Glance | None:
        return next((each for each, chosen in GLANCES.items() if chosen == self.filter), None)


def with_checked(state: InboxState, flags: Flags) -> InboxState:
    """The same with these rows ticked; how many of them a filter hides is counted."""
    count = int(flags.sum())
    in_sight = 0 if state.found is None else int(flags[state.found.positions].sum())
    return replace(state, checked=flags, checked_count=count, checked_hidden=count - in_sight)

"""What the inbox asks of its columns. Runs on the store's thread."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from db.inbox.filters import DueIn, Facet, Filter, Sort
from desktop.desk.inbox.state import OPEN_STATES, Glance

if TYPE_CHECKING:  # the store behind them is heavy
    from db.inbox.columns import Inbox
    from db.inbox.rows import FoundRows, InboxRow

Rows = Mapping[int, "InboxRow | None"]

#: Rows whose words come with the first answer.
FIRST_ROWS = 80


@dataclass(frozen=True, slots=True)
class ListAnswer:
    found: FoundRows
    rows: Rows
    total: int
    held: int


@dataclass(frozen=True, slots=True)
class FreshRows:
    """What has become of the rows that are shown."""

    rows: Rows
    dimmed: frozenset[int]
    arrived: int


@dataclass(frozen=True, slots=True)
class Counted:
    counts: Mapping[Facet, Mapping[str, int]]
    glances: Mapping[Glance, int]
    may_keep: bool


def find(inbox: Inbox, narrowed: Filter, sort: Sort) -> ListAnswer:
    inbox.refresh()
    found = inbox.find(narrowed, sort)
    first = [int(each) for each in found.positions[:FIRST_ROWS]]
    return ListAnswer(found, read(inbox, first), len(inbox), inbox.held)


def read(inbox: Inbox, positions: Sequence[int]) -> Rows:
    return dict(zip(positions, inbox.rows(positions), strict=True))


def count(inbox: Inbox, narrowed: Filter) -> Counted:
    counts = inbox.counts(narrowed)
    whole = counts if narrowed == Filter() else inbox.counts(Filter())
    states, dues = whole[Facet.STATE], whole[Facet.DUE]
    return Counted(
        counts,
        {
            Glance.ALL: inbox.held,
            Glance.OPEN: sum(states.get(state, 0) for state in OPEN_STATES),
            Glance.OVERDUE: dues.get(DueIn.OVERDUE, 0),
            Glance.TODAY: dues.get(DueIn.TODAY, 0),
        },
        inbox.may_keep,
    )


def look_again(
    inbox: Inbox, narrowed: Filter, sort: Sort, shown: Sequence[int], before: int
) -> FreshRows:
    """`shown` are the positions whose words are known, `before` how many rows there were."""
    inbox.refresh()
    now = inbox.find(narrowed, sort).positions
    matching = np.isin(np.array(shown, np.int64), now)
    dimmed = (each for each, matches in zip(shown, matching, strict=True) if not matches)
    return FreshRows(read(inbox, shown), frozenset(dimmed), int((now >= before).sum()))

"""What the groups screen shows: which groups there are, and who sits in the current one."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from db.inbox.rows import CLOSED
from db.problems import Problem

if TYPE_CHECKING:  # the store behind them is heavy
    from db.groups.board import GroupCard, Seat


class GroupShelf(StrEnum):
    """What is proposed, and what officers made."""

    PROPOSED = "proposed"
    MADE = "made"


@dataclass(frozen=True, slots=True)
class GroupsState:
    """`proposed` and `made` count all groups, `cards` are the largest of those on the shelf.

    `cards` and `seats` are None until they were read. `ticked` and `lead` are ids of feedback.
    `looked_at` of `of` opinions were compared so far.
    """

    shelf: GroupShelf = GroupShelf.PROPOSED
    proposed: int = 0
    made: int = 0
    cards: tuple[GroupCard, ...] | None = None
    current: int = 0
    seats: tuple[Seat, ...] | None = None
    seat: int = 0
    ticked: frozenset[str] = frozenset()
    lead: str = ""
    looked_at: int = 0
    of: int = 0
    may_act: bool = False
    busy: bool = False
    problem: Problem | None = None

    @property
    def card(self) -> GroupCard | None:
        if self.cards and 0 <= self.current < len(self.cards):
            return self.cards[self.current]
        return None

    @property
    def chosen(self) -> tuple[str, ...]:
        """What is ticked, the one that leads first."""
        seats = self.seats or ()
        ids = [seat.row.id for seat in seats if seat.row.id in self.ticked]
        return tuple(sorted(ids, key=lambda id: id != self.lead))

    @property
    def unanswered(self) -> tuple[str, ...]:
        """Of what is ticked, what is not closed yet: nobody is answered twice by the way."""
        closed = {seat.row.id for seat in self.seats or () if seat.row.state in CLOSED}
        return tuple(id for id in self.chosen if id not in closed)

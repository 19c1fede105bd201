"""What an officer may mean in the inbox."""

from __future__ import annotations

from msgspec import Struct

from db.inbox.filters import Facet, Sort
from desktop.desk.inbox.state import Glance


class Narrow(Struct, frozen=True):
    """One value of one facet is ticked or not any more."""

    facet: Facet
    value: str
    on: bool


class ChooseGlance(Struct, frozen=True):
    glance: Glance


class ClearFilter(Struct, frozen=True):
    """거르개 지우기."""


class Search(Struct, frozen=True):
    text: str


class SortBy(Struct, frozen=True):
    sort: Sort


class LookAt(Struct, frozen=True):
    """These places of the list are in view, the last one included."""

    first: int
    last: int


class MoveTo(Struct, frozen=True):
    """Another row becomes the current one; the ends of the list are the ends."""

    index: int


class Check(Struct, frozen=True):
    """Tick the row at this place, or take the tick away."""

    index: int


class Extend(Struct, frozen=True):
    """Tick the current row and the one `step` further, which becomes current."""

    step: int


class CheckAll(Struct, frozen=True):
    """All that match; all of them ticked already loses the ticks."""


class UncheckAll(Struct, frozen=True):
    """고른 것 모두 놓기, those out of sight included."""


class Open(Struct, frozen=True):
    """The thread of the current row opens beside the list."""


class Close(Struct, frozen=True):
    """Back to the list alone."""


class Renew(Struct, frozen=True):
    """새로 고치기: rows that no longer match go, new ones come in."""


InboxIntent = (
    Narrow
    | ChooseGlance
    | ClearFilter
    | Search
    | SortBy
    | LookAt
    | MoveTo
    | Check
    | Extend
    | CheckAll
    | UncheckAll
    | Open
    | Close
    | Renew
)

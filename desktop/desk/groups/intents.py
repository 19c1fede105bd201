"""What an officer may mean about groups."""

from __future__ import annotations

from msgspec import Struct

from desktop.desk.groups.state import GroupShelf


class ShowShelf(Struct, frozen=True):
    """Look at what is proposed, or at what officers made."""

    shelf: GroupShelf


class MoveToGroup(Struct, frozen=True):
    """Another group of the list becomes current."""

    index: int


class MoveSeat(Struct, frozen=True):
    """Another opinion of the group becomes current."""

    index: int


class Tick(Struct, frozen=True):
    """In or out of what is put together."""

    index: int


class Lead(Struct, frozen=True):
    """This one stands for all."""

    index: int


class PutTogether(Struct, frozen=True):
    """Those that are ticked are one matter."""


class KeepApart(Struct, frozen=True):
    """This is not one matter; it is not proposed again."""


class TakeApart(Struct, frozen=True):
    """The group is none any more."""


class AnswerAll(Struct, frozen=True):
    """Put together what is ticked, and write one answer to all."""


GroupsIntent = (
    ShowShelf
    | MoveToGroup
    | MoveSeat
    | Tick
    | Lead
    | PutTogether
    | KeepApart
    | TakeApart
    | AnswerAll
)

"""What an officer may mean about one feedback."""

from __future__ import annotations

from msgspec import Struct

from db.records.feedback import ReviewState
from desktop.desk.feedback.state import Doing


class Begin(Struct, frozen=True):
    """The composer opens; what was begun before stands in it."""

    doing: Doing


class Cancel(Struct, frozen=True):
    """The composer closes; what is written stays until the desk is closed."""


class WriteReply(Struct, frozen=True):
    text: str


class ChoosePublic(Struct, frozen=True):
    """Everybody may read the reply, or whoever holds the receipt alone."""

    public: bool


class WriteNote(Struct, frozen=True):
    text: str


class WriteDepartment(Struct, frozen=True):
    name: str


class ChooseState(Struct, frozen=True):
    state: ReviewState


class WriteReason(Struct, frozen=True):
    text: str


class Save(Struct, frozen=True):
    """`closes`: a reply also says that it is answered. `go_on`: the next one becomes current."""

    closes: bool = True
    go_on: bool = False


ThreadIntent = (
    Begin
    | Cancel
    | WriteReply
    | ChoosePublic
    | WriteNote
    | WriteDepartment
    | ChooseState
    | WriteReason
    | Save
)

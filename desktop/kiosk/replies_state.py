"""Looking up one's own feedback: the number in three parts, then what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from db.records.feedback import ReviewState
from db.replies import Status

TRIES = 5
DIGITS = 4


class Ask(Enum):
    """Which screen is on stage."""

    TREE = "tree"
    DIGITS = "digits"
    FLOWER = "flower"
    TYPED = "typed"  #: the whole number on the keyboard
    WHICH = "which"  #: two kiosks gave the same number
    FOUND = "found"
    NOT_FOUND = "not found"
    WAIT = "wait"


class Fault(Enum):
    """Why a number cannot be right."""

    NONE = "none"
    SHAPE = "shape"
    WORD = "word"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class RepliesState:
    """Nothing of it is kept when the screen is left."""

    ask: Ask = Ask.TREE
    initial: str = ""  #: first consonant chosen, to narrow the words
    words: tuple[str, ...] = ()  #: words to choose from
    initials: tuple[str, ...] = ()
    tree: str = field(default="", repr=False)
    digits: str = field(default="", repr=False)
    flower: str = field(default="", repr=False)
    typed: str = field(default="", repr=False)
    fault: Fault = Fault.NONE
    nearest: tuple[str, ...] = ()
    searching: bool = False
    unavailable: bool = False
    found: tuple[Status, ...] = field(default=(), repr=False)
    chosen: int = 0
    last_exchange_us: int | None = None

    @property
    def status(self) -> Status | None:
        return self.found[self.chosen] if self.found else None


#: How far along a feedback is: 1 received, 2 being looked at, 3 settled.
STAGES = {
    ReviewState.RECEIVED: 1,
    ReviewState.IN_REVIEW: 2,
    ReviewState.ASSIGNED: 2,
    ReviewState.ANSWERED: 3,
    ReviewState.ADOPTED: 3,
    ReviewState.DECLINED: 3,
    ReviewState.DUPLICATE: 3,
    ReviewState.WITHHELD: 3,
}

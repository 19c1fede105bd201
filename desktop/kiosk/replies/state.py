"""Looking up one's own feedback: the number in its parts, then what became of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum

from db.participation.replies import Status
from db.receipts.code import GROUP, SHORT_GROUP
from db.records.feedback import ReviewState


class Ask(Enum):
    """Which screen is on stage."""

    TREE = "tree"
    DIGITS = "digits"
    FLOWER = "flower"
    MORE = "more"  #: the digits beside the flower
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
    short: bool = False  #: the resident says that their number has four digits and no more
    flower: str = field(default="", repr=False)
    more: str = field(default="", repr=False)
    typed: str = field(default="", repr=False)
    fault: Fault = Fault.NONE
    nearest: tuple[str, ...] = ()
    searching: bool = False
    unavailable: bool = False
    found: tuple[Status, ...] = field(default=(), repr=False)
    left_out: bool = False  #: more lies behind this receipt than anybody is shown
    chosen: int = 0
    last_exchange_us: int | None = None
    opens_page: bool = False  #: the QR of a receipt leads to the hub's page

    @property
    def trouble(self) -> object:
        """What went wrong and is said on the screen."""
        return self.unavailable or (self.fault is not Fault.NONE and self.fault)

    @property
    def code(self) -> str:
        """The number as far as it was given."""
        parts = (self.tree, self.digits, self.flower, self.more)
        return "-".join(part for part in parts if part)

    @property
    def missing(self) -> Ask | None:
        """The first part that is not given whole."""
        wanted = SHORT_GROUP if self.short else GROUP
        return next(
            (
                ask
                for ask, is_given in (
                    (Ask.TREE, bool(self.tree)),
                    (Ask.DIGITS, len(self.digits) == wanted),
                    (Ask.FLOWER, bool(self.flower)),
                    (Ask.MORE, self.short or len(self.more) == GROUP),
                )
                if not is_given
            ),
            None,
        )

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

"""What the operator's pages of exchange show: enrolment, bundles, the state of exchange."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING

from db.bilingual import Bilingual
from db.problems import Problem
from desktop.exchange.standing import Enrolment
from desktop.exchange.sticks import Place

if TYPE_CHECKING:  # the store behind it is heavy
    from db.exchange.status.status import ExchangeStatus
    from db.exchange.trust.papers import Papers
    from db.store.quarantine import OpenedPage

ROWS = 30  #: rows of a counter on one page


class Work(StrEnum):
    """What is going on with a stick."""

    REQUEST = "request"
    ACCEPT = "accept"
    WRITE = "write"
    READ = "read"
    RESCUE = "rescue"


#: Long work that one may stop where it can go on later. A rescue ends with the stick alone.
STOPPABLE = frozenset((Work.WRITE, Work.READ))


@dataclass(frozen=True, slots=True)
class Job:
    """`total` is 0 while nobody knows; `stopping` once the operator asked for an end."""

    work: Work
    done: int = 0
    total: int = 0
    stopping: bool = False


class PaperKind(StrEnum):
    """What a paper on a stick is for this device."""

    OWN = "own"  #: names this device
    OTHERS = "others"  #: names other devices, or is a list


@dataclass(frozen=True, slots=True)
class PaperFile:
    """A file with papers; `papers` is what was read, so nothing changes between look and yes."""

    path: Path
    kind: PaperKind
    papers: Papers


@dataclass(frozen=True, slots=True)
class Pile:
    """The bundles of others that lie on one stick."""

    place: Place
    files: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Compare:
    """The first papers, before anybody is trusted: words to compare, and what they would say."""

    file: PaperFile
    city_words: str
    words: str
    name: str
    role: str
    until_us: int


@dataclass(frozen=True, slots=True)
class Requested:
    file: Path


@dataclass(frozen=True, slots=True)
class Accepted:
    """`changed` is False for papers that were known already."""

    changed: bool


@dataclass(frozen=True, slots=True)
class Written:
    """`left` events still stand on no stick: the next one takes them."""

    place: Path
    files: int
    events: int
    left: int = 0
    problem: Problem | None = None


@dataclass(frozen=True, slots=True)
class NotTaken:
    """Why one thing on a stick was refused; `reason` as the log has it."""

    reason: str
    ko: str
    en: str

    def sentence(self, language: str) -> str:
        return Bilingual(self.ko, self.en).in_(language)


@dataclass(frozen=True, slots=True)
class StickRead:
    """What came of reading; `skipped` files are sealed to other devices, `gaps` journals lack
    their beginning. `unnamed` refusals came after the first hundred."""

    files: int = 0
    new: int = 0
    known: int = 0
    rejected: int = 0
    forks: int = 0
    skipped: int = 0
    gaps: int = 0
    refusals: tuple[NotTaken, ...] = ()
    problem: Problem | None = None
    unnamed: int = 0


@dataclass(frozen=True, slots=True)
class Saved:
    """What a rescue could read; `loose` events stand beside without a signature, and `left` ones
    stand on no stick: the next one goes on behind `after`."""

    files: tuple[Path, ...]
    events: int
    loose: int
    left: int = 0
    after: str | None = None
    problem: Problem | None = None


Result = Requested | Accepted | Written | StickRead | Saved


@dataclass(frozen=True, slots=True)
class Outbox:
    """`unfinished`: the last writing stopped before its end, so the next stick may go on."""

    pending: int = 0
    unconfirmed: int = 0
    unfinished: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One row behind a counter: what, whose, when, under which numbers and in which file. No
    contents, no contact. `who` is a device as people call it, or the id of a feedback. A page kept
    apart opens under `number`."""

    what: str
    who: str
    at_us: int | None = None
    first: int = 0
    last: int = 0
    file: str = ""
    number: int | None = None


@dataclass(frozen=True, slots=True)
class Rows:
    counter: str
    first: int
    total: int
    rows: tuple[Row, ...]


class Why(StrEnum):
    """Why a quarantined page is discarded: the reasons staff at a kiosk have."""

    CLONED = "cloned"
    HELD = "held"
    TRIAL = "trial"
    TOLD = "told"


@dataclass(frozen=True, slots=True)
class Discard:
    """The opened page is about to be discarded, once a reason is chosen."""

    why: Why | None = None


@dataclass(frozen=True, slots=True)
class ExchangeState:
    looking: bool = False  #: searching sticks or asking the store
    enrolment: Enrolment | None = None
    status: ExchangeStatus | None = None
    sticks: tuple[Place, ...] | None = None
    papers: tuple[PaperFile, ...] | None = None
    piles: tuple[Pile, ...] | None = None
    compare: Compare | None = None
    refused: bool = False  #: the operator said that the words differ
    outbox: Outbox | None = None
    afresh: bool = False  #: write all again, though an unfinished writing could go on
    job: Job | None = None
    result: Result | None = None
    problem: Problem | None = None
    rows: Rows | None = None
    opened: OpenedPage | None = None  #: the page kept apart that was opened among the rows
    discard: Discard | None = None
    discarded: OpenedPage | None = None  #: the page that is just gone
    folder: str = ""

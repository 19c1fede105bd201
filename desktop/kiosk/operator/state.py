"""What the operator's screens show."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path

from db.bilingual import Bilingual
from db.problems import Problem
from desktop.exchange.results import ExchangeState
from desktop.exchange.standing import StandingState
from desktop.exchange.sticks import Place


class PinFault(StrEnum):
    """Why a new PIN is refused."""

    SHORT = "short"
    SIMPLE = "simple"


class At(StrEnum):
    """Which of the operator's pages is open."""

    PIN = "pin"
    NEW = "new"  #: choose a PIN
    AGAIN = "again"  #: and once more
    MENU = "menu"
    OVERVIEW = "overview"
    EXPORT = "export"
    TOUCH = "touch"
    RULER = "ruler"
    CONTRAST = "contrast"
    SOUND = "sound"
    SITE = "site"
    LEAVE = "leave"
    ENROL = "enrol"
    REQUEST = "request"  #: write a request to a stick
    PAPERS = "papers"  #: choose a certificate or list
    COMPARE = "compare"  #: the words of a city that is not trusted yet
    BUNDLE = "bundle"
    WRITE = "write"
    READ = "read"
    RESCUE = "rescue"
    SYNC = "sync"
    ROWS = "rows"  #: behind a counter


LOCKED = frozenset((At.PIN, At.NEW, At.AGAIN))

#: The pages of exchange and where back leads from each.
EXCHANGE = {
    At.ENROL: At.MENU,
    At.REQUEST: At.ENROL,
    At.PAPERS: At.ENROL,
    At.COMPARE: At.PAPERS,
    At.BUNDLE: At.MENU,
    At.WRITE: At.BUNDLE,
    At.READ: At.BUNDLE,
    At.RESCUE: At.BUNDLE,
    At.SYNC: At.MENU,
    At.ROWS: At.SYNC,
}


class Note(StrEnum):
    """A sentence under what was done."""

    WRONG = "wrong"
    DIFFERENT = "different"
    PIN_SET = "pin-set"
    SAVED = "saved"


@dataclass(frozen=True, slots=True)
class Remark:
    """Something the operator should know, in both languages."""

    ko: str
    en: str
    trouble: bool = False

    def sentence(self, language: str) -> str:
        return Bilingual(self.ko, self.en[:1].upper() + self.en[1:]).in_(language)


@dataclass(frozen=True, slots=True)
class Overview:
    """The state of the installation. `rows` are (what, value); the view knows the words.

    `notices` are the newest, under these `numbers`; `older_notices` come once those were seen.
    """

    rows: tuple[tuple[str, str], ...]
    remarks: tuple[Remark, ...]
    notices: tuple[Remark, ...]
    errors: tuple[tuple[str, str], ...]  #: (when, what and where in the code)
    numbers: tuple[int, ...] = ()
    older_notices: int = 0


@dataclass(frozen=True, slots=True)
class Exported:
    path: Path
    count: int


@dataclass(frozen=True, slots=True)
class SiteChoice:
    id: str
    ko: str
    en: str

    def name(self, language: str) -> str:
        return Bilingual(self.ko, self.en).in_(language)


@dataclass(frozen=True, slots=True)
class OperatorState:
    at: At = At.PIN
    digits: int = 0  #: typed so far; the digits themselves never leave the presenter
    wait: int = 0  #: seconds until the next try
    busy: bool = False
    note: Note | None = None
    fault: PinFault | None = None
    problem: Problem | None = None
    overview: Overview | None = None
    places: tuple[Place, ...] = ()
    folder: str = ""
    exported: Exported | None = None
    touched: frozenset[int] = frozenset()
    measured_mm: int = 100
    panel_inches: float = 24.0
    sites: tuple[SiteChoice, ...] = ()
    site: str = ""
    voice: bool = False
    sound_card: bool = True
    volume: int = 50
    restart_needed: bool = False
    standing: StandingState = field(default_factory=StandingState)
    exchange: ExchangeState = field(default_factory=ExchangeState)

    @property
    def trouble(self) -> object:
        """What went wrong and is said on the screen."""
        wrong = self.note if self.note in (Note.WRONG, Note.DIFFERENT) else None
        return self.problem or self.fault or wrong

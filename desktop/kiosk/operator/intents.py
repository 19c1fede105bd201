"""What an operator may mean: on the PIN pad, the pages of the device, and those of exchange."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from desktop.exchange.results import Why
from desktop.kiosk.operator.state import At


class PressDigit(Struct, frozen=True):
    digit: str


class EraseDigit(Struct, frozen=True):
    """지우기."""


class ConfirmPin(Struct, frozen=True):
    """확인."""


class OpenPage(Struct, frozen=True):
    at: At


class SeeNotices(Struct, frozen=True):
    """The notices were read."""


class ExportTo(Struct, frozen=True):
    """A place of the list."""

    index: int


class TypeFolder(Struct, frozen=True):
    text: str


class ExportToFolder(Struct, frozen=True):
    """The folder that was typed."""


class TouchCell(Struct, frozen=True):
    cell: int


class Measure(Struct, frozen=True):
    """How long the line of 100 mm is on this panel."""

    millimetres: int


class SavePanel(Struct, frozen=True):
    """The diagonal that follows from what was measured."""


class ChooseSite(Struct, frozen=True):
    site: str


class PlaySound(Struct, frozen=True):
    words: str
    volume: int


class Leave(Struct, frozen=True):
    """The program ends with this exit status."""

    status: int


# -- exchange: sticks --------------------------------------------------------------------------


class SearchAgain(Struct, frozen=True):
    """Look for sticks and what lies on them, again."""


class TypeCarrier(Struct, frozen=True):
    """A folder that takes the place of a stick."""

    text: str


class UseCarrier(Struct, frozen=True):
    """The folder that was typed."""


class WriteTo(Struct, frozen=True):
    """A stick was chosen to write to."""

    index: int


class StopWork(Struct, frozen=True):
    """StopWork at the next place where nothing is lost."""


class WriteAfresh(Struct, frozen=True):
    """Write all again, or go on where the last writing stopped."""

    afresh: bool


class ReadPile(Struct, frozen=True):
    """Read every bundle on a stick."""

    index: int


class TakePaper(Struct, frozen=True):
    """A file with papers was chosen; of an unknown city only its words are shown."""

    index: int


class TrustCity(Struct, frozen=True):
    """The words are the same on both sides."""


class Differ(Struct, frozen=True):
    """The words differ: nothing is taken."""


# -- exchange: counters ------------------------------------------------------------------------


class OpenCounter(Struct, frozen=True):
    counter: str


class ShowRows(Struct, frozen=True):
    """The rows of a counter, from the first on."""

    counter: str
    first: int


class OpenQuarantined(Struct, frozen=True):
    """A quarantined page opens, without anybody's words."""

    number: int


class AskDiscard(Struct, frozen=True):
    """Ask before the opened page is discarded, or think better of it."""

    ask: bool


class ChooseWhy(Struct, frozen=True):
    why: Why


class DiscardQuarantined(Struct, frozen=True):
    """Discard the opened page, for the reason that was chosen; the rows come back."""


CounterIntent = (
    OpenCounter | ShowRows | OpenQuarantined | AskDiscard | ChooseWhy | DiscardQuarantined
)
ExchangeIntent = (
    SearchAgain
    | TypeCarrier
    | UseCarrier
    | WriteTo
    | StopWork
    | WriteAfresh
    | ReadPile
    | TakePaper
    | TrustCity
    | Differ
    | CounterIntent
)
OperatorIntent = (
    PressDigit
    | EraseDigit
    | ConfirmPin
    | OpenPage
    | SeeNotices
    | ExportTo
    | TypeFolder
    | ExportToFolder
    | TouchCell
    | Measure
    | SavePanel
    | ChooseSite
    | PlaySound
    | Leave
    | ExchangeIntent
)
Act = Callable[[OperatorIntent], None]

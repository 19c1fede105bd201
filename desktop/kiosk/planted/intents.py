"""What a resident may mean while registering trees."""

from __future__ import annotations

from msgspec import Struct

from desktop.kiosk.planted.state import PlantedStep
from desktop.kiosk.shell.intents import AnswerQuit, MoveMap, Next, Quit, Send


class ChooseSpecies(Struct, frozen=True):
    """One of the offered species, or OTHER; it leads on by itself."""

    species: str


class ChooseCount(Struct, frozen=True):
    trees: int


class ChooseDong(Struct, frozen=True):
    """The Korean name of a legal dong; None when the resident does not know it."""

    dong: str | None


class ChooseYear(Struct, frozen=True):
    """A year, or YEAR_UNKNOWN, to which no month belongs."""

    year: int


class ChooseMonth(Struct, frozen=True):
    """1 to 12; None when the resident does not know it."""

    month: int | None


class EditAnswer(Struct, frozen=True):
    """고치기 in the review."""

    step: PlantedStep


PlantedIntent = (
    ChooseSpecies
    | ChooseCount
    | ChooseDong
    | ChooseYear
    | ChooseMonth
    | MoveMap
    | Next
    | EditAnswer
    | Send
    | Quit
    | AnswerQuit
)

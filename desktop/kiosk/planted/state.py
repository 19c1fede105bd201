"""나도 심었어요: what a resident has said so far about the trees they planted."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from db.bilingual import Bilingual
from desktop.map.viewport import MapPosition


class PlantedStep(StrEnum):
    """The questions in their order, and the review."""

    KIND = "kind"
    COUNT = "count"
    PLACE = "place"
    WHEN = "when"
    REVIEW = "review"


STEPS = tuple(PlantedStep)
#: Stored when none of the offered species fits; the register asks for no free text.
OTHER = "other"
MOST_TREES = 1_000
#: The answer of who does not remember the year; no answer at all is None.
YEAR_UNKNOWN = 0


@dataclass(frozen=True, slots=True)
class Choice:
    """One species to choose: its stored name, its name in both languages, how it is drawn."""

    species: str
    name_ko: str
    name_en: str
    glyph: str

    def name(self, language: str) -> str:
        return Bilingual(self.name_ko, self.name_en).in_(language)


@dataclass(frozen=True, slots=True)
class PlantedState:
    """Nothing here says who the resident is; the place is a dong, never a point."""

    choices: tuple[Choice, ...]
    this_year: int
    this_month: int
    first_year: int
    step: PlantedStep = PlantedStep.KIND
    species: str | None = None
    trees: int = 1
    dong: str | None = None  #: Korean name of the legal dong
    year: int | None = None  #: YEAR_UNKNOWN is an answer
    month: int | None = None
    editing: bool = False  #: opened from the review, returns there
    saving: bool = False
    asking_quit: bool = False
    trouble: str = ""  #: why nothing was stored, in the resident's language
    position: MapPosition | None = None  #: the map's while views come and go

    @property
    def number(self) -> int:
        """Which step of how many this is, from 1."""
        return STEPS.index(self.step) + 1

    @property
    def ready(self) -> bool:
        """True when the step's question has an answer."""
        if self.step is PlantedStep.KIND:
            return self.species is not None
        return self.year is not None if self.step is PlantedStep.WHEN else True

    @property
    def begun(self) -> bool:
        """True when there is an answer to lose."""
        return self.species is not None

    @property
    def planted_on(self) -> str | None:
        if not self.year:
            return None
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

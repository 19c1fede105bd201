"""나도 심었어요: what a resident has said so far about the trees they planted."""

from __future__ import annotations

from dataclasses import dataclass

from db.bilingual import Bilingual

KIND, COUNT, PLACE, WHEN, REVIEW = "kind", "count", "place", "when", "review"
STEPS = (KIND, COUNT, PLACE, WHEN, REVIEW)
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
    step: str = KIND
    species: str | None = None
    trees: int = 1
    dong: str | None = None  #: Korean name of the legal dong
    year: int | None = None  #: YEAR_UNKNOWN is an answer
    month: int | None = None
    editing: bool = False  #: opened from the review, returns there
    saving: bool = False
    asking_quit: bool = False
    trouble: str = ""  #: why nothing was stored, in the resident's language
    position: object = None  #: the map's MapPosition while views come and go

    @property
    def number(self) -> int:
        """Which step of how many this is, from 1."""
        return STEPS.index(self.step) + 1 if self.step in STEPS else len(STEPS)

    @property
    def ready(self) -> bool:
        """True when the step's question has an answer."""
        if self.step == KIND:
            return self.species is not None
        return self.year is not None if self.step == WHEN else True

    @property
    def begun(self) -> bool:
        """True when there is an answer to lose."""
        return self.species is not None

    @property
    def planted_on(self) -> str | None:
        if not self.year:
            return None
        return f"{self.year}-{self.month:02d}" if self.month else str(self.year)

"""What a resident has decided so far, and what the steps show of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum, IntEnum

from msgspec import structs

from db.bilingual import Bilingual
from db.privacy.personal_data import PersonalData, PersonalDatum
from db.records.feedback import About, Consent, ContactKind, Kind

LONGEST = 300
#: What a resident has agreed to who ticked the notice; the version names its words.
FULL_CONSENT = Consent(
    version="kiosk-2026-12",
    purpose=True,
    items=True,
    retention=True,
    refusal=True,
    over_14=True,
)


class FeedbackStep(IntEnum):
    ABOUT = 1
    KIND = 2
    FEELING = 3
    TEXT = 4
    CONTACT = 5
    REVIEW = 6


class StepPart(Enum):
    """A step may have more than one screen."""

    WHOLE = "whole"
    PROJECTS = "projects"  #: step 1, a project by name
    DONGS = "dongs"  #: step 1, a dong by name
    MAP = "map"  #: step 1, a place on the map
    FINDINGS = "findings"  #: step 4, something looks like personal data
    AGE = "age"  #: step 5
    CONSENT = "consent"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True)
class Subject:
    """What the feedback is about. Names in both languages, because the language may change."""

    about: About
    project: str | None = None
    dong: str | None = None
    lat: float | None = None
    lon: float | None = None
    name_ko: str = ""
    name_en: str = ""
    theme: str | None = None

    def name(self, language: str) -> str:
        return Bilingual(self.name_ko, self.name_en or self.name_ko).in_(language)


@dataclass(frozen=True, slots=True)
class Draft:
    """Everything that will be sent."""

    subject: Subject | None = None
    kind: Kind | None = None
    rating: int | None = None
    phrases: tuple[str, ...] = ()
    text: str = ""
    over_14: bool = False
    consent: bool = False
    contact_kind: ContactKind = ContactKind.PHONE
    contact: str = field(default="", repr=False)

    @property
    def begun(self) -> bool:
        """Whether anything would be lost."""
        return bool(self.kind or self.rating or self.phrases or self.text or self.contact)


@dataclass(frozen=True, slots=True)
class Hit:
    """A project or dong that can be chosen by its name."""

    id: str
    name_ko: str
    name_en: str
    theme: str | None = None

    def name(self, language: str) -> str:
        return Bilingual(self.name_ko, self.name_en or self.name_ko).in_(language)


@dataclass(frozen=True, slots=True)
class FeedbackState:
    step: FeedbackStep = FeedbackStep.ABOUT
    part: StepPart = StepPart.WHOLE
    draft: Draft = field(default_factory=Draft)
    reviewing: bool = False  #: reached the review once: an edit returns there
    query: str = ""
    hits: tuple[Hit, ...] = ()
    more: int = 0  #: hits not shown
    picked: tuple[float, float] | None = None
    findings: tuple[PersonalDatum, ...] = ()
    can_undo: bool = False
    too_young: bool = False
    demonstration: bool = False  #: contacts are sealed to a demonstration key
    contact_error: tuple[str, str] | None = None  #: Korean and English
    asking_quit: bool = False
    saving: bool = False
    unavailable: bool = False  #: the device cannot store now
    refused: tuple[str, str] | None = None  #: the store refused an input: Korean and English
    phone: str = ""
    keep_days: int = 0  #: so long a contact is kept; 0 where no period is set
    keep_days_after_reply: int = 0  #: so long once a reply is here; 0 likewise

    @property
    def trouble(self) -> object:
        """What went wrong and is said on the screen."""
        return self.contact_error or self.refused or self.unavailable

    @property
    def must_remove(self) -> bool:
        """A registration number may not be kept, whatever the resident says."""
        return any(f.kind is PersonalData.REGISTRATION_NUMBER for f in self.findings)

    @property
    def consent(self) -> Consent:
        """What a tick under the notice agrees to; other periods are other words."""
        days, after = self.keep_days, self.keep_days_after_reply
        if not (days or after):
            return FULL_CONSENT
        return structs.replace(FULL_CONSENT, version=f"{FULL_CONSENT.version}/{days}/{after}")

    @property
    def screen(self) -> tuple[FeedbackStep, StepPart]:
        """Which of the screens is on stage."""
        return self.step, self.part


def masked(contact: str, kind: ContactKind) -> str:
    """A contact as it may stand on a screen in public: the middle is hidden."""
    if kind is ContactKind.EMAIL and "@" in contact:
        name, _, host = contact.partition("@")
        return f"{name[:2]}{'•' * max(3, len(name) - 2)}@{host}"
    digits = [i for i, c in enumerate(contact) if c.isdigit()]
    shown = {*digits[:3], *digits[-2:]} if len(digits) > 6 else set(digits[:2])
    return "".join(c if i in shown or not c.isdigit() else "•" for i, c in enumerate(contact))

"""Feedback 의견, reviews 검토, replies 답변: what travels in the bodies of events.

Bodies come from other machines and from newer programs, so unknown fields are passed over and
every known one is bounded.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

import msgspec

from db.records.base import Id, Latitude, Longitude

Hex16 = Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{32}$(?!\n)")]
"""16 bytes in hexadecimal: the id of an event."""
Dong = Annotated[str, msgspec.Meta(max_length=40, pattern=r"^[\w·.()-]+$(?!\n)")]
LONGEST_WRITTEN = 4000
LONGEST_DEPARTMENT = 120
Department = Annotated[str, msgspec.Meta(max_length=LONGEST_DEPARTMENT)]
Written = Annotated[str, msgspec.Meta(max_length=LONGEST_WRITTEN)]
Language = Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2}$(?!\n)")]
Ref = Annotated[str, msgspec.Meta(pattern=r"^[a-z2-7]{26}/[1-9][0-9]{0,17}$(?!\n)")]
"""device/seq: the one name of an event that nobody else can claim."""
Phrases = Annotated[tuple[Id, ...], msgspec.Meta(max_length=12)]


class Kind(StrEnum):
    PRAISE = "praise"
    SUGGESTION = "suggestion"
    PROBLEM = "problem"
    QUESTION = "question"


class About(StrEnum):
    PROJECT = "project"
    DONG = "dong"
    POINT = "point"
    TREES = "trees"
    GENERAL = "general"


class Origin(StrEnum):
    KIOSK = "kiosk"
    PAPER = "paper"


class ReviewState(StrEnum):
    """접수 -> 검토 중 -> 담당부서 지정 -> 답변 완료 | 채택 | 불채택 | 중복 | 비공개."""

    RECEIVED = "received"
    IN_REVIEW = "in-review"
    ASSIGNED = "assigned"
    ANSWERED = "answered"
    ADOPTED = "adopted"
    DECLINED = "declined"
    DUPLICATE = "duplicate"
    WITHHELD = "withheld"


class ContactKind(StrEnum):
    PHONE = "phone"
    EMAIL = "email"


class Consent(msgspec.Struct, frozen=True, kw_only=True):
    """What the resident agreed to before leaving a contact; it is kept, and signed.

    The four points of the notice: why it is collected, what, for how long, and that one may
    refuse. `version` names the text that was shown.
    """

    version: str
    purpose: bool
    items: bool
    retention: bool
    refusal: bool
    over_14: bool

    @property
    def is_complete(self) -> bool:
        points = (self.purpose, self.items, self.retention, self.refusal)
        return all(points) and self.over_14 and 0 < len(self.version) <= 40


class Contact(msgspec.Struct, frozen=True, kw_only=True):
    """A phone number or an e-mail address with the consent to keep it. Never stored as it is."""

    kind: ContactKind
    value: str
    consent: Consent

    def __repr__(self) -> str:
        return f"Contact({self.kind.value}, ***)"


class Erased(StrEnum):
    BODY = "body"
    CONTACT = "contact"
    BOTH = "both"


class Body(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What every body is: compact in JSON, because ten thousand of them go on one stick.

    `salvaged_from` names the event of a lost device whose contents were written again.
    """

    salvaged_from: Ref | None = None


class FeedbackBody(Body, frozen=True, kw_only=True):
    """What a resident wrote. What it is about stands in the event's subject and outlives it."""

    kind: Kind
    lat: Latitude | None = None
    lon: Longitude | None = None
    rating: Annotated[int, msgspec.Meta(ge=1, le=3)] | None = None
    phrases: Phrases = ()
    text: Written = ""
    language: Language = "ko"
    site: Id | None = None
    origin: Origin = Origin.KIOSK
    consent: Consent | None = None


class ReviewBody(Body, frozen=True, kw_only=True):
    """One decision about one feedback. `saw` names the reviews its author had before them, `by` is
    the officer; nobody's name travels to kiosks.

    `duplicate_of` is the id of the feedback it repeats, `duplicate_at` where that one stands: a
    hub finds an event by its place alone.
    """

    feedback: Hex16
    state: ReviewState
    saw: Annotated[tuple[Ref, ...], msgspec.Meta(max_length=64)] = ()
    reason: Written | None = None
    department: Department | None = None
    duplicate_of: Hex16 | None = None
    duplicate_at: Ref | None = None
    by: Hex16 | None = None


class ReplyBody(Body, frozen=True, kw_only=True):
    feedback: Hex16
    text: Annotated[str, msgspec.Meta(min_length=1, max_length=4000)]
    text_en: Written | None = None
    department: Department | None = None
    public: bool = False
    replaces: Hex16 | None = None
    by: Hex16 | None = None


class PlantingBody(Body, frozen=True, kw_only=True):
    """나도 심었어요: a resident's own trees, pending until the city confirms them."""

    species: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    trees: Annotated[int, msgspec.Meta(ge=1, le=1000)]
    planted_on: (
        Annotated[str, msgspec.Meta(pattern=r"^[0-9]{4}(-[0-9][0-9](-[0-9][0-9])?)?$(?!\n)")] | None
    ) = None
    dong: Dong | None = None
    lat: Latitude | None = None
    lon: Longitude | None = None
    site: Id | None = None
    language: Language = "ko"


class RedactionBody(Body, frozen=True, kw_only=True):
    """Who erased what and why; the log that stays when the data has gone."""

    target: Ref
    what: Erased
    reason: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


class FeedbackRow(msgspec.Struct, frozen=True, kw_only=True):
    """One feedback as lists show it. `erased` means its text is gone for good."""

    device: str
    seq: int
    id: str
    about: About
    kind: Kind | None
    project: str | None
    dong: str | None
    lat: float | None
    lon: float | None
    rating: int | None
    phrases: tuple[str, ...]
    text: str
    language: str | None
    site: str | None
    origin: Origin | None
    at_us: int
    clock_suspect: bool
    has_contact: bool
    erased: bool
    state: ReviewState

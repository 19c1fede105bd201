"""The one table of event kinds 기록의 종류: what each carries, and what may be done with it.

A new kind is added here, with its projection (`db/store/projections.py`) or its reader, its word
for staff (`desktop/exchange/words.py`) and its line in `resources/help/format.md`;
`tests/gates/test_event_kinds.py` names whichever is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from db.records.feedback import (
    Body,
    FeedbackBody,
    PlantingBody,
    RedactionBody,
    ReplyBody,
    ReviewBody,
)
from db.records.publication import AnnouncementBody, PackBody, PartBody, WithdrawalBody

FEEDBACK, PLANTING = "feedback.submitted", "planting.registered"
REVIEW, REPLY = "review.set", "reply.published"
PART, PACK = "pack.part", "pack.published"
ANNOUNCEMENT, WITHDRAWAL = "announcement.published", "publication.withdrawn"
REDACTION = "event.redacted"


class Signer(Enum):
    """Who may sign a kind. A desk may sign all of them, a hub none: it only carries."""

    KIOSK = "a kiosk"
    OWN_KIOSK = "a kiosk, about its own events"
    DESK = "only a desk"


@dataclass(frozen=True, slots=True)
class EventKind:
    """One kind of event."""

    name: str
    body: type[Body]
    signer: Signer = Signer.DESK
    has_receipt: bool = False  #: somebody holds its number and may ask what became of it
    projected: bool = True  #: into tables; others are read from the journal
    written_again: bool = True  #: under a salvaged device's new name, where its old one is lost


KINDS = {
    kind.name: kind
    for kind in (
        EventKind(FEEDBACK, FeedbackBody, Signer.KIOSK, has_receipt=True),
        EventKind(PLANTING, PlantingBody, Signer.KIOSK, has_receipt=True),
        EventKind(REVIEW, ReviewBody),
        EventKind(REPLY, ReplyBody),
        EventKind(PART, PartBody, projected=False),
        EventKind(PACK, PackBody, projected=False),
        EventKind(ANNOUNCEMENT, AnnouncementBody, projected=False),
        EventKind(WITHDRAWAL, WithdrawalBody, projected=False),
        # It names a place of the old journal, and what it erased there is gone already.
        EventKind(REDACTION, RedactionBody, Signer.OWN_KIOSK, written_again=False),
    )
}
"""In the order of a salvage: the parts of a pack come again right before it."""

WITH_RECEIPT = frozenset(kind.name for kind in KINDS.values() if kind.has_receipt)

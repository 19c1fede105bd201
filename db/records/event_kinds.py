"""The one table of event kinds 기록의 종류: what each carries, and what may be done with it.

A new kind is added here, with its projection (`db/store/projections.py`) or its reader, and its
line in `resources/help/format.md`; `tests/gates/test_event_kinds.py` names whichever is missing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from db.bilingual import Bilingual
from db.records.feedback import (
    Body,
    FeedbackBody,
    PlantingBody,
    RedactionBody,
    ReplyBody,
    ReviewBody,
)
from db.records.officers import SealedBody
from db.records.publication import AnnouncementBody, PackBody, PartBody, WithdrawalBody

FEEDBACK, PLANTING = "feedback.submitted", "planting.registered"
REVIEW, REPLY = "review.set", "reply.published"
PART, PACK = "pack.part", "pack.published"
ANNOUNCEMENT, WITHDRAWAL = "announcement.published", "publication.withdrawn"
REDACTION = "event.redacted"
OFFICER, NOTE, ACT = "officer.set", "note.written", "officer.acted"
GROUP = "group.set"
SEALED = (OFFICER, NOTE, ACT, GROUP)
"""What only desks of the city can read."""
NEVER_ERASED = (REDACTION, ACT)
"""The logs of what was erased and of what officers did: whatever names one of them is in vain."""


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
    word: Bilingual[str]  #: what staff call one of them
    signer: Signer = Signer.DESK
    has_receipt: bool = False  #: somebody holds its number and may ask what became of it
    projected: bool = True  #: into tables; others are read from the journal
    written_again: bool = True  #: under a salvaged device's new name, where its old one is lost


KINDS = {
    kind.name: kind
    for kind in (
        EventKind(
            FEEDBACK, FeedbackBody, Bilingual("의견", "Feedback"), Signer.KIOSK, has_receipt=True
        ),
        EventKind(
            PLANTING,
            PlantingBody,
            Bilingual("심은 나무", "Planted tree"),
            Signer.KIOSK,
            has_receipt=True,
        ),
        EventKind(REVIEW, ReviewBody, Bilingual("검토 결과", "Review")),
        EventKind(REPLY, ReplyBody, Bilingual("답변", "Reply")),
        EventKind(
            PART,
            PartBody,
            Bilingual("자료집의 한 부분", "Part of a catalogue pack"),
            projected=False,
        ),
        EventKind(PACK, PackBody, Bilingual("자료집", "Catalogue pack"), projected=False),
        EventKind(
            ANNOUNCEMENT, AnnouncementBody, Bilingual("공지", "Announcement"), projected=False
        ),
        EventKind(
            WITHDRAWAL,
            WithdrawalBody,
            Bilingual("거둔 발행", "Withdrawn publication"),
            projected=False,
        ),
        EventKind(OFFICER, SealedBody, Bilingual("담당자", "Officer")),
        EventKind(NOTE, SealedBody, Bilingual("내부 메모", "Private note")),
        EventKind(ACT, SealedBody, Bilingual("담당자가 한 일", "What an officer did")),
        EventKind(GROUP, SealedBody, Bilingual("의견 묶음", "Group of feedback")),
        # It names a place of the old journal, and what it erased there is gone already.
        EventKind(
            REDACTION,
            RedactionBody,
            Bilingual("내용 지움", "Contents erased"),
            Signer.OWN_KIOSK,
            written_again=False,
        ),
    )
}
"""In the order of a salvage: the parts of a pack come again right before it."""

WITH_RECEIPT = frozenset(kind.name for kind in KINDS.values() if kind.has_receipt)

"""Feedback 의견: a resident's voice, stored durably before the receipt exists."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from db.clock import is_suspect
from db.participation.issue_receipt import Receipt, draw_receipt, new_draft, receipt_for
from db.participation.reviews import decisions
from db.privacy.contact import clean_contact, seal
from db.privacy.personal_data import refuse_registration_numbers
from db.problems import InputRefused
from db.records.base import EAST, NORTH, SOUTH, WEST, Id
from db.records.event_kinds import FEEDBACK
from db.records.feedback import (
    About,
    Contact,
    Dong,
    FeedbackBody,
    FeedbackRow,
    Kind,
    Origin,
    ReviewState,
)
from db.store import journal
from db.store.events import Event, Row
from db.store.journal import Sealed, append
from db.store.projections import NOT_SUPERSEDED, FeedbackColumns, decode, feedback_columns
from db.store.sound import READ, TABLE
from db.store.store import Store
from db.text import clean_text, composed

__all__ = [
    "NewFeedback",
    "Receipt",
    "add_feedback",
    "check_feedback",
    "count_feedback",
    "list_feedback",
    "new_draft",
]


class NewFeedback(msgspec.Struct, frozen=True, kw_only=True):
    """What the resident decided, step by step.

    `project`, `dong` or `lat`/`lon` (WGS84 degrees) goes with `about`. `draft` names one filling
    of the form (`new_draft`): sending the same draft with the same words again gives the same
    receipt, so an impatient second press stores nothing twice.
    """

    about: About
    kind: Kind
    project: str | None = None
    dong: str | None = None
    lat: float | None = None
    lon: float | None = None
    rating: int | None = None
    phrases: tuple[str, ...] = ()
    text: str = ""
    language: str = "ko"
    site: str | None = None
    origin: Origin = Origin.KIOSK
    contact: Contact | None = None
    draft: bytes | None = None


def add_feedback(store: Store, new: NewFeedback) -> Receipt:
    """Stores one feedback durably and returns its receipt.

    Raises InputRefused naming the field, or StorageUnavailable when nothing could be stored.
    """
    subject, body = _checked(new)
    contact = clean_contact(new.contact) if new.contact else None
    if contact:
        body = msgspec.structs.replace(body, consent=contact.consent)
    sealed = Sealed(store.contact.key_id, seal(contact, store.contact)) if contact else None
    draft = new.draft or new_draft(store)
    with store.change() as connection:
        drawn = draw_receipt(store, draft)
        if drawn.held:
            again = _sent_before(store, draft, subject, body)
            if again:
                return receipt_for(drawn, again)
            draft = new_draft(store)
            drawn = draw_receipt(store, draft)
        event = append(
            store,
            connection,
            FEEDBACK,
            subject,
            body,
            id=draft,
            receipt=drawn.key,
            sealed=sealed,
        )
    return receipt_for(drawn, event)


def check_feedback(new: NewFeedback) -> None:
    """Everything `add_feedback` asks of a feedback, without storing it. Raises InputRefused."""
    _checked(new)
    if new.contact:
        clean_contact(new.contact)


def _sent_before(store: Store, draft: bytes, subject: str, body: FeedbackBody) -> Event | None:
    """The event of this draft when its words were the same."""
    row = store.row("SELECT seq FROM feedback WHERE id = ? AND device = ?", (draft, store.device))
    if row is None:
        return None
    pair = journal.event_at(store.connection, store.device, row[0])
    if pair is None:
        return None
    event, contents = pair
    same = event.subject == subject and contents.body == msgspec.json.encode(body).decode()
    return event if same else None


def _checked(new: NewFeedback) -> tuple[str, FeedbackBody]:
    text = clean_text(new.text)
    refuse_registration_numbers(text)
    if new.rating is not None and new.rating not in (1, 2, 3):
        raise InputRefused(
            "rating", "만족도는 1, 2, 3 가운데 하나입니다.", "a rating is 1, 2 or 3."
        )
    subject, lat, lon = _subject(new)
    plain = {
        "kind": new.kind,
        "lat": lat,
        "lon": lon,
        "rating": new.rating,
        "phrases": new.phrases,
        "text": text,
        "language": new.language,
        "site": new.site,
        "origin": new.origin,
    }
    try:
        return subject, msgspec.convert(plain, FeedbackBody)
    except msgspec.ValidationError as error:
        raise InputRefused(
            str(error).rpartition("$.")[2].rstrip("`") or "feedback",
            "의견의 값이 정해진 꼴이 아닙니다.",
            f"a value of the feedback has the wrong form ({error}).",
        ) from error


def _subject(new: NewFeedback) -> tuple[str, float | None, float | None]:
    """The subject for the event's header, and the place for its body."""
    if new.about is About.PROJECT and new.project:
        return f"project/{_named(new.project, Id, 'project')}", None, None
    if new.about is About.DONG and new.dong:
        return f"dong/{_named(composed(new.dong), Dong, 'dong')}", None, None
    if new.about is About.POINT and new.lat is not None and new.lon is not None:
        if not (SOUTH <= new.lat <= NORTH and WEST <= new.lon <= EAST):
            raise InputRefused(
                "at",
                f"전주 밖의 좌표입니다. 위도 {SOUTH}~{NORTH}, 경도 {WEST}~{EAST} 안이어야 합니다.",
                f"this point is outside Jeonju; latitude {SOUTH} to {NORTH} and longitude {WEST} "
                f"to {EAST} are accepted.",
            )
        # Six digits are ten centimetres; more would be noise.
        return "point", round(new.lat, 6), round(new.lon, 6)
    if new.about in (About.TREES, About.GENERAL):
        return new.about.value, None, None
    raise InputRefused(
        "about",
        "무엇에 대한 의견인지 정해 주세요.",
        "say what the feedback is about.",
    )


def _named(name: str, takes: object, field: str) -> str:
    try:
        return str(msgspec.convert(name, takes))
    except msgspec.ValidationError as error:
        raise InputRefused(field, "이름이 올바르지 않습니다.", "this name is not valid.") from error


_WIDTH = len(FeedbackColumns._fields)
_ROW = (
    f"SELECT f.rowid, {', '.join(f'f.{column}' for column in FeedbackColumns._fields)},"
    " EXISTS(SELECT 1 FROM review r WHERE r.feedback = f.id),"
    f" {READ} FROM feedback f LEFT JOIN event e ON e.device = f.device AND e.seq = f.seq"
)


def list_feedback(
    store: Store, *, after: int = 0, limit: int = 1000
) -> tuple[tuple[FeedbackRow, ...], int]:
    """Feedback in the order this store received it, and where to go on: `limit` rows behind
    `after`, which is 0 at first and then what the call before returned.

    The table only says which there are; what a row shows is read from its event. A row that does
    not follow from its event is among `store.doubts` then.
    """
    rows = store.rows(
        f"{_ROW} WHERE f.rowid > ? AND {NOT_SUPERSEDED} ORDER BY f.rowid LIMIT ?", (after, limit)
    )
    read = [_row(store, row) for row in rows]
    return tuple(row for row in read if row is not None), int(rows[-1][0]) if rows else after


def rows_of(store: Store, rowids: Sequence[int]) -> tuple[FeedbackRow | None, ...]:
    """The rows of these numbers as lists show them, in their order; None for one that is not here
    or does not follow from its event. Raises StorageUnavailable.
    """
    marks = ",".join("?" * len(rowids))
    rows = store.rows(f"{_ROW} WHERE f.rowid IN ({marks})", rowids)
    by_rowid = {int(row[0]): _row(store, row) for row in rows}
    return tuple(by_rowid.get(rowid) for rowid in rowids)


def count_feedback(store: Store) -> int:
    found = store.row(f"SELECT count(*) FROM feedback f WHERE {NOT_SUPERSEDED}")
    return int(found[0]) if found else 0


def _row(store: Store, row: Row) -> FeedbackRow | None:
    """None where the row leads to no event that can be believed."""
    listed, reviewed = row[1 : 1 + _WIDTH], row[1 + _WIDTH]
    pair = journal.read(store.connection, row[2 + _WIDTH :])
    if pair is None or pair[0].kind != FEEDBACK:
        store.doubts.setdefault((str(listed[0]), _number(listed[1])), TABLE)
        return None
    event, contents = pair
    columns = feedback_columns(event, contents)
    if columns != listed:
        store.doubts.setdefault((event.device, event.seq), TABLE)
    body = decode(contents.body, FeedbackBody)
    standing = decisions(store, event.id.hex()) if reviewed else ()
    return FeedbackRow(
        device=event.device,
        seq=event.seq,
        id=event.id.hex(),
        about=About(columns.about),
        kind=body.kind if body else None,
        project=columns.project,
        dong=columns.dong,
        lat=body.lat if body else None,
        lon=body.lon if body else None,
        rating=body.rating if body else None,
        phrases=body.phrases if body else (),
        text=body.text if body else "",
        language=body.language if body else None,
        site=body.site if body else None,
        origin=body.origin if body else None,
        at_us=event.at_us,
        clock_suspect=is_suspect(event.at_us),
        has_contact=contents.sealed is not None,
        erased=body is None,
        state=standing[0].state if standing else ReviewState.RECEIVED,
    )


def _number(value: object) -> int:
    return value if isinstance(value, int) else 0

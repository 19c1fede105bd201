"""The state of exchange 교환 상태 for every screen: one record, and the rows of each counter."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import msgspec

from db.bilingual import Bilingual
from db.clock import DAY_US
from db.exchange.hub_trouble import waits_for_people
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.pages.version_vector import beyond, vector
from db.exchange.pages.why_apart import pages_apart
from db.exchange.status.acknowledgements import agreed, claims, disagreements, words
from db.exchange.status.log import exchanges
from db.exchange.status.outbox import own_role, pending, sent_not_confirmed
from db.exchange.trust.papers import DeviceRole
from db.refusals import Reason
from db.store.projections import STANDING
from db.store.store import Store

CLAIM = "claim"
"""Why a fork alarm rings when somebody only says that it holds what was never written here."""
_WEEK_US = 7 * DAY_US


class Counter(StrEnum):
    """What is counted; `rows_of` opens each."""

    PENDING = "pending"
    SENT_NOT_CONFIRMED = "sent-not-confirmed"
    CONFLICTS = "conflicts"
    FORKS = "forks"
    KEPT_APART = "kept-apart"


class Peer(msgspec.Struct, frozen=True, kw_only=True):
    """Another device of the city: when its word was written and how many events it lacked then.

    `heard_us` is None while it was never heard of; `behind` is all of them then.
    """

    device: str
    name: str
    role: DeviceRole
    heard_us: int | None
    behind: int
    revoked: bool
    expired: bool


class ExchangeStatus(msgspec.Struct, frozen=True, kw_only=True):
    """Counts are of events, but conflicts of feedback, forks of alarms, kept apart of quarantined
    pages.

    `ko` and `en` say in one sentence how it stands and why; `last_cause` is why the last attempt
    failed, None when it went well. `stopped` means that nobody visits the hub again by itself.
    Times are microseconds since 1970.
    """

    enrolled: bool
    role: DeviceRole
    last_success_us: int | None
    last_attempt_us: int | None
    last_cause: str | None
    stopped: bool
    pending: int
    sent_not_confirmed: int
    conflicts: int
    forks: int
    kept_apart: int
    peers: tuple[Peer, ...]
    ko: str
    en: str

    def sentence(self, language: str = "ko") -> str:
        return Bilingual(self.ko, self.en).in_(language)


class EventRow(msgspec.Struct, frozen=True, kw_only=True):
    """An event behind a counter."""

    device: str
    seq: int
    kind: str
    subject: str
    at_us: int


class Alarm(msgspec.Struct, frozen=True, kw_only=True):
    """A quarantined page or a disagreement; `number` opens the page, None where none came."""

    number: int | None
    device: str
    first: int
    last: int
    reason: str
    place: str


def exchange_status(shelf: StoreShelf) -> ExchangeStatus:
    """How exchange stands now, from this store alone. Raises StorageUnavailable."""
    store, trust = shelf.store, shelf.trust
    last = next(iter(exchanges(store, limit=1)), None)
    success = store.row("SELECT max(at_us) FROM exchange WHERE cause IS NULL")
    counts = {
        Counter.PENDING: _size(pending(shelf)),
        Counter.SENT_NOT_CONFIRMED: _size(sent_not_confirmed(shelf)),
        **{
            each: len(rows_of(shelf, each))
            for each in (Counter.CONFLICTS, Counter.FORKS, Counter.KEPT_APART)
        },
    }
    enrolled = trust.is_live(store.device)
    last_success = success[0] if success else None
    ko, en = _sentence(shelf, counts, enrolled, last_success)
    return ExchangeStatus(
        enrolled=enrolled,
        role=own_role(shelf),
        last_success_us=last_success,
        last_attempt_us=last.at_us if last else None,
        last_cause=last.cause if last else None,
        stopped=last is not None and last.carrier == "hub" and waits_for_people(last.cause),
        pending=counts[Counter.PENDING],
        sent_not_confirmed=counts[Counter.SENT_NOT_CONFIRMED],
        conflicts=counts[Counter.CONFLICTS],
        forks=counts[Counter.FORKS],
        kept_apart=counts[Counter.KEPT_APART],
        peers=_peers(shelf),
        ko=ko,
        en=en,
    )


def rows_of(shelf: StoreShelf, counter: Counter) -> list[EventRow] | list[Alarm] | list[str]:
    """What a counter counts: events, alarms, or the ids of feedback in conflict."""
    if counter is Counter.PENDING:
        return _events(shelf.store, pending(shelf))
    if counter is Counter.SENT_NOT_CONFIRMED:
        return _events(shelf.store, sent_not_confirmed(shelf))
    if counter is Counter.CONFLICTS:
        return conflicts(shelf.store)
    kept = [Alarm(**apart._asdict()) for apart in pages_apart(shelf)]
    if counter is Counter.KEPT_APART:
        return kept
    alarms = [alarm for alarm in kept if alarm.reason == Reason.FORK]
    alarms += [
        Alarm(number=None, device=device, first=seq, last=seq, reason="fork", place=signer)
        for signer, device, seq in disagreements(shelf)
    ]
    own = shelf.store.device
    alarms += [
        Alarm(number=None, device=own, first=seq, last=seq, reason=CLAIM, place=signer)
        for signer, seq in claims(shelf)
    ]
    return [alarm for alarm in alarms if not _is_settled(shelf, alarm.device)]


def _is_settled(shelf: StoreShelf, device: str) -> bool:
    """True once the city has said up to which number a forked device is believed; what was kept
    apart stays there to be opened.
    """
    revocation = shelf.trust.revocation(device)
    return revocation is not None and revocation.after is not None


def conflicts(store: Store) -> list[str]:
    """Feedback on which two officers decided apart and nobody has settled it, by id."""
    rows = store.rows(
        f"SELECT r.feedback FROM review r WHERE {STANDING}"
        " GROUP BY r.feedback HAVING count(*) > 1 ORDER BY r.feedback"
    )
    return [id.hex() for (id,) in rows]


def _events(store: Store, ranges: Mapping[str, tuple[int, int]]) -> list[EventRow]:
    return [
        EventRow(device=device, seq=row[0], kind=row[1], subject=row[2], at_us=row[3])
        for device, (after, upto) in ranges.items()
        for row in store.rows(
            "SELECT seq, kind, subject, at_us FROM event WHERE device = ? AND seq > ?"
            " AND seq <= ? ORDER BY seq",
            (device, after, upto),
        )
    ]


def _size(ranges: Mapping[str, tuple[int, int]]) -> int:
    return sum(upto - after for after, upto in ranges.values())


def _peers(shelf: StoreShelf) -> tuple[Peer, ...]:
    heard = {word.device: word for word in words(shelf)}
    known = vector(shelf.store)
    return tuple(
        Peer(
            device=device,
            name=certificate.name,
            role=certificate.role,
            heard_us=heard[device].at_us if device in heard else None,
            behind=beyond(known, agreed(shelf, heard[device]) if device in heard else {}),
            revoked=shelf.trust.revocation(device) is not None,
            expired=shelf.trust.is_expired(certificate),
        )
        for device, certificate in sorted(shelf.trust.certificates.items())
        if device != shelf.store.device
    )


def _sentence(
    shelf: StoreShelf, counts: Mapping[Counter, int], enrolled: bool, success: int | None
) -> tuple[str, str]:
    if shelf.trust.revocation(shelf.store.device) is not None:
        return (
            "이 기기의 등록이 취소되어 의견을 모으기만 합니다. 담당자에게 알리세요.",
            "This device was revoked: it only collects. Tell the person in charge.",
        )
    certificate = shelf.trust.certificates.get(shelf.store.device)
    if certificate is not None and shelf.trust.is_expired(certificate):
        return (
            "이 기기의 등록 기한이 지나 의견을 모으기만 합니다. 시계를 확인하고, 맞다면 담당자가 "
            "다시 등록해야 보낼 수 있습니다.",
            "The enrolment of this device has expired: it collects. Check this machine's clock; if "
            "it is right, staff must enrol it anew before it can send.",
        )
    if shelf.trust.city is None or not enrolled:
        return (
            "이 기기는 등록되지 않아 의견을 모으기만 합니다. 담당자가 등록해야 보낼 수 있습니다.",
            "This device is not enrolled: it collects, and can send once staff enrol it.",
        )
    failed = exchanges(shelf.store, limit=1)
    if counts[Counter.FORKS]:
        return (
            f"같은 번호의 다른 기록이 {counts[Counter.FORKS]:,}건 있습니다. 복제된 기기가 없는지 "
            "확인하세요.",
            f"Fork alarms: {counts[Counter.FORKS]:,}. Look for a cloned or restored device.",
        )
    if failed and failed[0].cause:
        return str(failed[0].ko or failed[0].cause), str(failed[0].en or failed[0].cause)
    if success is None:
        return (
            f"아직 한 번도 주고받지 않았습니다. 보낼 기록 {counts[Counter.PENDING]:,}건.",
            f"Nothing was exchanged yet; waiting to be sent: {counts[Counter.PENDING]:,}.",
        )
    waiting = counts[Counter.PENDING] + counts[Counter.SENT_NOT_CONFIRMED]
    if waiting and shelf.store.clock() - success > _WEEK_US:
        return (
            f"일주일 넘게 주고받지 않았습니다. 기다리는 기록 {waiting:,}건.",
            f"No exchange for more than a week; events waiting: {waiting:,}.",
        )
    if counts[Counter.SENT_NOT_CONFIRMED]:
        number = counts[Counter.SENT_NOT_CONFIRMED]
        return (
            f"{number:,}건을 보냈고, 받았다는 확인을 기다립니다.",
            f"Sent and not confirmed yet: {number:,}.",
        )
    if counts[Counter.PENDING]:
        return (
            f"보낼 기록이 {counts[Counter.PENDING]:,}건 있습니다.",
            f"Waiting to be sent: {counts[Counter.PENDING]:,}.",
        )
    return "모두 보내고 확인받았습니다.", "Everything was sent and confirmed."

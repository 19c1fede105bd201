"""The operator's pages of exchange in states one stick and one day cannot bring about: work under
way, long lists, full and pulled sticks, alarms, a hub that refuses. Each is rendered as it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import msgspec

from db.clock import DAY_US
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.status.status import ExchangeStatus, Peer
from db.exchange.trust.fingerprint import fingerprint
from db.exchange.trust.papers import DeviceRole, Papers, Signed
from db.problems import Cause, StorageUnavailable
from db.refusals import Reason, Refused
from db.store.quarantine import OpenedPage
from desktop.exchange.bundles import Stopped
from desktop.exchange.results import (
    ROWS,
    Discard,
    ExchangeState,
    Job,
    NotTaken,
    Outbox,
    PaperFile,
    PaperKind,
    Pile,
    Row,
    Rows,
    Saved,
    StickRead,
    Why,
    Work,
    Written,
)
from desktop.exchange.standing import Enrolled, Enrolment
from desktop.exchange.sticks import Place
from desktop.kiosk.operator.intents import OpenPage
from desktop.kiosk.operator.presenter import OperatorPresenter
from desktop.kiosk.operator.state import At
from desktop.tour.guide import Guide

HUB = "https://hub.example.kr"
GARDEN = Place(Path("/media/GARDEN"), 14_200_000_000)
LOCKED = Place(Path("/media/LOCKED"), 900_000_000, read_only=True)
FILES = tuple(Path(f"/media/GARDEN/desk-{n:04}.age") for n in range(1, 13))
ENDED = {
    Enrolled.REVOKED: (
        "이 기기의 등록이 취소되어 의견을 모으기만 합니다. 담당자에게 알리세요.",
        "This device was revoked: it only collects. Tell the person in charge.",
    ),
    Enrolled.EXPIRED: (
        "이 기기의 등록 기한이 지나 의견을 모으기만 합니다. 담당자가 다시 등록해야 보낼 수 "
        "있습니다.",
        "The enrolment of this device has expired: it collects, and can send once staff enrol it "
        "anew.",
    ),
}
DEVICES = ("2wkqz5hm", "m7cj4rxa", "p3vd6ltn")

State = tuple[str, At, ExchangeState]


def walk_states(guide: Guide, operator: OperatorPresenter) -> None:
    """Open each page as anybody would, then show it the state."""
    for name, at, state in states(guide.kiosk.clock()):
        operator.do(OpenPage(at))
        guide.settle()
        enrolment = state.enrolment or operator.state.exchange.enrolment
        shown = replace(state, enrolment=enrolment)
        operator.changed.emit(replace(operator.state, at=at, exchange=shown))
        guide.photograph(f"operator-{name}")
    operator.do(OpenPage(At.MENU))
    guide.settle()


def states(now_us: int) -> tuple[State, ...]:
    return (*_sticks(), *_papers(), *_counters(now_us), *_standing(now_us))


def _sticks() -> Iterator[State]:
    """Bundles: under way, on two sticks, and what a stick can do wrong."""
    sticks = (GARDEN, LOCKED)
    seven = tuple(
        NotTaken(refused.reason, refused.ko, refused.en)
        for refused in (Refused(Reason.UNREADABLE, str(file)) for file in FILES[:7])
    )
    full = StorageUnavailable(Cause.FULL, str(GARDEN.path))
    yield "writing", At.WRITE, ExchangeState(job=Job(Work.WRITE, 4_300, 10_000))
    yield "stopping", At.READ, ExchangeState(job=Job(Work.READ, 9_100, 10_000, stopping=True))
    yield "rescuing", At.RESCUE, ExchangeState(job=Job(Work.RESCUE))
    none_left = (Place(GARDEN.path, 1_200_000), LOCKED)
    left = Outbox(pending=1_204, unconfirmed=23_817, unfinished=True)
    went = Written(GARDEN.path, 3, 22_613, 1_204, full)
    yield "write-full", At.WRITE, ExchangeState(sticks=none_left, outbox=left, result=went)
    gone = StorageUnavailable(Cause.INPUT_OUTPUT, str(GARDEN.path))
    yield "write-pulled", At.WRITE, ExchangeState(sticks=(), problem=gone)
    damaged = Refused(Reason.DAMAGED_PAPERS, "papers.json")
    yield "write-refused", At.WRITE, ExchangeState(sticks=sticks, problem=damaged)
    piles = (Pile(GARDEN, FILES), Pile(LOCKED, ()))
    yield "read-piles", At.READ, ExchangeState(sticks=sticks, piles=piles)
    good = StickRead(files=12, new=10_482, known=311)
    yield "read-taken", At.READ, ExchangeState(sticks=sticks, piles=piles, result=good)
    bad = StickRead(9, 482, 311, rejected=2, forks=1, skipped=1, gaps=2, refusals=seven)
    yield "read-refused", At.READ, ExchangeState(sticks=sticks, piles=piles, result=bad)
    part = StickRead(4, 1_650, 20, problem=Stopped())
    yield "read-stopped", At.READ, ExchangeState(sticks=sticks, piles=piles, result=part)
    file = GARDEN.path / "rescue-1795869707-3b0ee4f4.age"
    saved = Saved((file,), 23_816, 3)
    yield "rescue", At.RESCUE, ExchangeState(sticks=sticks)
    yield "rescued", At.RESCUE, ExchangeState(sticks=sticks, result=saved)
    files = tuple(file.with_name(f"rescue-1795869707-3b0ee4f4-{n}.age") for n in range(1, 6))
    large = Saved(files, 1_204_310, 0)
    yield "rescued-large", At.RESCUE, ExchangeState(sticks=sticks, result=large)
    some = Saved(files, 903_112, 0, 301_198, f"{DEVICES[0]}/903112", full)
    yield "rescue-full", At.RESCUE, ExchangeState(sticks=none_left, result=some)


def _papers() -> Iterator[State]:
    """Papers: several, none, refused by the operator and by the program."""
    nobody = Papers(version=1, city="0" * 64, list=Signed("", "0" * 128))
    files = tuple(
        PaperFile(GARDEN.path / name, kind, nobody)
        for name, kind in (
            ("geumam.cert", PaperKind.OWN),
            ("wansan.cert", PaperKind.OTHERS),
            ("revoked-2026-11.list", PaperKind.OTHERS),
        )
    )
    yield "papers-several", At.PAPERS, ExchangeState(sticks=(GARDEN,), papers=files)
    yield "papers-none", At.PAPERS, ExchangeState(sticks=(GARDEN,), papers=())
    yield (
        "papers-differ",
        At.PAPERS,
        ExchangeState(sticks=(GARDEN,), papers=files, refused=True),
    )
    other = Refused(Reason.OTHER_CITY, str(files[0].path))
    yield (
        "papers-refused",
        At.PAPERS,
        ExchangeState(sticks=(GARDEN,), papers=files, problem=other),
    )


def _counters(now_us: int) -> Iterator[State]:
    """What the counters open: nothing, alarms, and far more than one page."""
    hour = 3_600_000_000
    many = tuple(
        Row("feedback.submitted", DEVICES[0], now_us - n * hour, first=n + 31, last=n + 31)
        for n in range(ROWS)
    )
    yield "rows-none", At.ROWS, ExchangeState(rows=Rows("conflicts", 0, 0, ()))
    yield "rows-many", At.ROWS, ExchangeState(rows=Rows("pending", ROWS, 1_204, many))
    apart = (Row("conflict", "9f3a" * 8), Row("conflict", "51c0" * 8))
    yield "rows-conflicts", At.ROWS, ExchangeState(rows=Rows("conflicts", 0, 2, apart))
    fork = Row("fork", DEVICES[1], first=211, last=240, file=FILES[2].name, number=4)
    yield "rows-forks", At.ROWS, ExchangeState(rows=Rows("forks", 0, 1, (fork,)))
    kept = (
        fork,
        Row("revoked", DEVICES[2], first=12_001, last=12_500, file=FILES[3].name, number=5),
        Row("unknown-device", DEVICES[0], first=1, last=1, file=HUB, number=6),
    )
    rows = Rows("kept-apart", 0, 3, kept)
    yield "rows-kept-apart", At.ROWS, ExchangeState(rows=rows)
    opened = OpenedPage(
        number=4, device="m7cj4rxa2wkqz5hmp3vd6ltnab", first=211, last=240, reason="fork",
        place=str(FILES[2]), at_us=now_us, kinds={"feedback.submitted": 28, "event.redacted": 2},
        from_us=now_us - 9 * hour, until_us=now_us - hour, bodies=26, contacts=11,
    )  # fmt: skip
    yield "apart", At.ROWS, ExchangeState(rows=rows, opened=opened)
    empty = msgspec.structs.replace(opened, kinds={}, from_us=None, until_us=None, bodies=0)
    yield "apart-empty", At.ROWS, ExchangeState(rows=rows, opened=empty)
    for name, why in (("discard", None), ("discard-why", Why.CLONED)):
        asked = ExchangeState(rows=rows, opened=opened, discard=Discard(why))
        yield name, At.ROWS, asked
    left = Rows("kept-apart", 0, 2, kept[1:])
    yield "discarded", At.ROWS, ExchangeState(rows=left, discarded=opened)


def _standing(now_us: int) -> Iterator[State]:
    """The state of exchange where it needs somebody, and papers that no longer hold."""
    alarm = "같은 번호의 다른 기록이 1건 있습니다. 복제된 기기가 없는지 확인하세요."
    words = (alarm, "1 fork alarm: look for a cloned or restored device.")
    peers = (
        _peer("책의도시과", DeviceRole.DESK, now_us - DAY_US, 0),
        _peer("전주 허브", DeviceRole.HUB, now_us - 2 * DAY_US, 12_480),
        _peer("완산도서관", DeviceRole.KIOSK, None, 0, revoked=True),
        _peer("서신도서관", DeviceRole.KIOSK, None, 0, expired=True),
    )
    alarms = _status(words, peers=peers, conflicts=2, forks=1, kept_apart=3, pending=1_204)
    yield "sync-alarms", At.SYNC, ExchangeState(status=alarms)
    told = HubTrouble(Trouble.NOT_BELIEVED, HUB)
    refused = _status(
        (told.ko, told.en),
        last_attempt_us=now_us,
        last_cause=told.trouble.value,
        stopped=True,
        pending=37,
        peers=peers[:2],
    )
    yield "sync-hub-refuses", At.SYNC, ExchangeState(status=refused)
    words = ("모두 보내고 확인받았습니다.", "Everything was sent and confirmed.")
    yield "sync-settled", At.SYNC, ExchangeState(status=_status(words, peers=peers[:2]))
    broken = StorageUnavailable(Cause.CORRUPT)
    yield "sync-damaged", At.SYNC, ExchangeState(problem=broken)
    for enrolled in (Enrolled.REVOKED, Enrolled.EXPIRED):
        until = now_us - 30 * DAY_US
        one, other = fingerprint(bytes(32)), fingerprint(bytes([1]) * 32)
        who = Enrolment(enrolled, DEVICES[0], one, "금암도서관", "kiosk", until, other)
        yield f"enrol-{enrolled.value}", At.ENROL, ExchangeState(enrolment=who)
        ended = _status(ENDED[enrolled], enrolled=False, pending=12)
        yield f"sync-{enrolled.value}", At.SYNC, ExchangeState(enrolment=who, status=ended)
        yield f"bundle-{enrolled.value}", At.BUNDLE, ExchangeState(enrolment=who, status=ended)


def _status(words: tuple[str, str], *, enrolled: bool = True, **figures: object) -> ExchangeStatus:
    """How exchange stands; what is not named is nothing."""
    success = 1_795_400_000_000_000
    ko, en = words
    nothing = ExchangeStatus(
        enrolled=enrolled, role=DeviceRole.KIOSK, ko=ko, en=en,
        last_success_us=success, last_attempt_us=success, last_cause=None, stopped=False,
        pending=0, sent_not_confirmed=0, conflicts=0, forks=0, kept_apart=0, peers=(),
    )  # fmt: skip
    return msgspec.structs.replace(nothing, **figures)


def _peer(name: str, role: DeviceRole, heard_us: int | None, behind: int, **ends: bool) -> Peer:
    return Peer(
        device=DEVICES[0],
        name=name,
        role=role,
        heard_us=heard_us,
        behind=behind,
        revoked=ends.get("revoked", False),
        expired=ends.get("expired", False),
    )

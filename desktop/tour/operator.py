"""The operator's states: a kiosk is enrolled by stick and exchanges a bundle with itself alone."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import msgspec
from nacl.signing import SigningKey

from db.exchange.enrolment.authority import make_authority, read_request
from db.exchange.trust.papers import DeviceRole, Request
from db.keys.age_files import Identity
from desktop.exchange.sticks import Place
from desktop.kiosk.operator.intents import ConfirmPin, OpenCounter, OpenPage, PressDigit, TrustCity
from desktop.kiosk.operator.presenter import OperatorPresenter
from desktop.kiosk.operator.state import At
from desktop.kiosk.shell.routes import ToOperator
from desktop.tour.guide import Guide
from desktop.tour.operator_states import walk_states

#: Chosen for this one walk; the data directory goes with it.
PIN = "380917"
STICK = "GARDEN"
DESK = {"ko": "책의도시과", "en": "City of Books Division"}
NAME = {"ko": "금암도서관", "en": "Geumam Library"}


def walk_operator(guide: Guide) -> None:
    """The PIN, the menu, and every page of exchange before and after the enrolment."""
    operator = guide.kiosk.navigator.presenter(OperatorPresenter)
    guide.kiosk.navigator.open(ToOperator())
    guide.photograph("operator-pin")
    for _ in range(2):
        for digit in PIN:
            operator.do(PressDigit(digit))
        operator.do(ConfirmPin())
        guide.settle()
    guide.photograph("operator-menu")
    with _stick(operator) as stick:
        _before(guide, operator)
        _enrolment(guide, operator, stick)
        _bundles(guide, operator)
        walk_states(guide, operator)


@contextmanager
def _stick(operator: OperatorPresenter) -> Iterator[Path]:
    """A directory that stands for a stick."""
    found = operator.exchange.find_sticks
    with tempfile.TemporaryDirectory(prefix="cheonman-tour-") as media:
        stick = Path(media) / STICK
        stick.mkdir()
        operator.exchange.find_sticks = lambda: (Place(stick, 14_200_000_000),)
        yield stick
    operator.exchange.find_sticks = found


def _show(guide: Guide, operator: OperatorPresenter, page: str, state: str) -> None:
    operator.do(OpenPage(At(page)))
    guide.settle()
    guide.photograph(f"operator-{state}")


def _before(guide: Guide, operator: OperatorPresenter) -> None:
    _show(guide, operator, "overview", "overview")
    _show(guide, operator, "sync", "sync-not-enrolled")
    _show(guide, operator, "bundle", "bundle-not-enrolled")
    _show(guide, operator, "enrol", "enrol-not-enrolled")
    with_sticks = operator.exchange.find_sticks
    operator.exchange.find_sticks = tuple
    _show(guide, operator, "papers", "no-stick")
    operator.exchange.find_sticks = with_sticks


def _enrolment(guide: Guide, operator: OperatorPresenter, stick: Path) -> None:
    _show(guide, operator, "request", "request")
    guide.tap("stick-0")
    guide.photograph("operator-requested")
    request = next(stick.glob("*.req"))
    authority = make_authority(stick.parent / "authority", guide.kiosk.clock)
    name = NAME[guide.kiosk.visit.language]
    certificate = authority.sign(read_request(request), DeviceRole.KIOSK, name)
    authority.sign(_desk(guide.kiosk.clock()), DeviceRole.DESK, DESK[guide.kiosk.visit.language])
    papers = msgspec.json.encode(authority.papers_for(certificate))
    (stick / "kiosk.cert").write_bytes(papers)
    _show(guide, operator, "papers", "papers")
    guide.tap("paper-0")
    guide.photograph("operator-compare")
    operator.do(TrustCity())
    guide.settle()
    guide.photograph("operator-enrolled")


def _desk(now_us: int) -> Request:
    """A desk that is known and was never heard of."""
    age = Identity.generate().recipient
    public_key = bytes(SigningKey.generate().verify_key).hex()
    return Request(public_key=public_key, age=age, name="", at_us=now_us)


def _bundles(guide: Guide, operator: OperatorPresenter) -> None:
    _show(guide, operator, "bundle", "bundle")
    _show(guide, operator, "write", "write")
    guide.tap("stick-0")
    guide.photograph("operator-written")
    _show(guide, operator, "read", "read")
    _show(guide, operator, "sync", "sync")
    operator.do(OpenCounter("sent-not-confirmed"))
    guide.settle()
    guide.photograph("operator-rows")

"""The operator's exchange pages as tests use them, and a city that signs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import msgspec
from pytestqt.qtbot import QtBot

from db.exchange.enrolment.accepting import accept_enrolment
from db.exchange.enrolment.authority import Authority, make_authority, make_request, read_request
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole
from db.store.opening import open_store
from db.store.store import Store
from desktop.background.tasks import Tasks
from desktop.exchange.standing import ExchangeStanding
from desktop.exchange.sticks import Place, place_of
from desktop.kiosk.operator.exchange.presenter import OperatorExchange
from desktop.kiosk.operator.intents import ExchangeIntent, TakePaper, TrustCity, WriteTo
from desktop.kiosk.operator.state import At
from tests.db.in_memory import NOON
from tests.desktop.kiosk.services import services


class Counter:
    """The exchange pages without their view, a stick in hand."""

    def __init__(self, root: Path, qtbot: QtBot, open_kiosk: Any = None) -> None:
        self.root, self.qtbot = root, qtbot
        self.data_dir, self.stick = root / "kiosk", root / "stick"
        self.stick.mkdir()
        self.here: tuple[Place, ...] = (place_of(self.stick),)
        self.tasks = Tasks(open_kiosk or (lambda: open_store(self.data_dir, lambda: NOON)))
        given = services(self.tasks, self.data_dir, lambda: NOON, site="lib-geumam")
        self.standing = ExchangeStanding(self.tasks)
        self.pages = OperatorExchange(given, self.standing, lambda: self.here)
        self.pages.page_asked.connect(self.pages.open)
        self.city: Authority = make_authority(root / "authority", lambda: NOON)

    @property
    def state(self) -> Any:
        return self.pages.state

    def settle(self) -> None:
        self.qtbot.waitUntil(lambda: not self.tasks.busy, timeout=20_000)

    def open(self, at: At) -> None:
        self.pages.open(at)
        self.settle()

    def do(self, intent: ExchangeIntent) -> None:
        self.pages.do(intent)
        self.settle()

    def ask(self, work: Any) -> Any:
        """What the kiosk's store answers."""
        got: list[Any] = []
        self.tasks.query(work, got.append)
        self.qtbot.waitUntil(lambda: bool(got), timeout=20_000)
        return got[0]

    def sign_request(self, role: DeviceRole = DeviceRole.KIOSK) -> None:
        """The person in charge signs what lies on the stick."""
        (request,) = self.stick.glob("*.req")
        certificate = self.city.sign(read_request(request), role, "금암도서관")
        papers = msgspec.json.encode(self.city.papers_for(certificate))
        (self.stick / "kiosk.cert").write_bytes(papers)

    def enrol(self) -> None:
        self.open(At.REQUEST)
        self.do(WriteTo(0))
        self.sign_request()
        self.open(At.PAPERS)
        self.do(TakePaper(0))
        self.do(TrustCity())

    def desk(self) -> Store:
        """A desk of the same city, on a disk of its own."""
        store = open_store(self.root / "desk", lambda: NOON)
        keys = store.keys
        asked = self.root / "desk.req"
        asked.write_bytes(make_request(keys.signing, keys.age_recipient, "desk", NOON))
        certificate = self.city.sign(read_request(asked), DeviceRole.DESK, "책의도시과")
        accept_enrolment(StoreShelf(store), self.city.papers_for(certificate), "desk")
        return store

"""How exchange stands, for every screen that wants to say it.

One record, asked of the store off the UI thread when somebody first wants it and again after every
change. A device without papers has no counters: nobody waits for what it could send.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.problems import Problem
from desktop.background.tasks import Changes, Tasks

if TYPE_CHECKING:  # the store behind it is heavy
    from db.exchange.status.status import ExchangeStatus
    from db.exchange.trust.trust import Trust
    from db.store.store import Store

_CHANNEL = "exchange-standing"


class Enrolled(StrEnum):
    """What the city says of this device."""

    NO = "no"
    YES = "yes"
    EXPIRED = "expired"
    REVOKED = "revoked"


@dataclass(frozen=True, slots=True)
class Enrolment:
    """`words` is this device's fingerprint, `city_words` that of the city it trusts."""

    enrolled: Enrolled
    device: str
    words: str
    name: str = ""
    role: str = ""
    until_us: int | None = None
    city_words: str = ""


@dataclass(frozen=True, slots=True)
class StandingState:
    """`status` is None while nothing is known and where the device has no papers; `problem` says
    why the store could not be asked."""

    enrolment: Enrolment | None = None
    status: ExchangeStatus | None = None
    problem: Problem | None = None


class ExchangeStanding(QObject):
    """Signals: `changed(StandingState)`."""

    changed = Signal(object)

    def __init__(self, tasks: Tasks) -> None:
        super().__init__()
        self._tasks = tasks
        self._wanted = False
        self.state = StandingState()
        tasks.changed.connect(self._on_changed)

    def refresh(self) -> None:
        """Ask anew; `changed` follows."""
        self._wanted = True
        self._tasks.query(read_standing, self._show, self._failed, channel=_CHANNEL)

    def _on_changed(self, changes: Changes) -> None:
        # Before the first screen wants it, a start must not pay for it.
        if self._wanted:
            self.refresh()

    def _show(self, state: StandingState) -> None:
        if state != self.state:
            self.state = state
            self.changed.emit(state)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(StandingState(problem=error))


def read_standing(store: Store) -> StandingState:
    """What the store says now. Raises StorageUnavailable."""
    from db.exchange.enrolment.first_papers import shelf_for_papers
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.status import exchange_status
    from db.refusals import Refused

    try:
        shelf = StoreShelf(store)
    except Refused as damaged:
        # Only other papers help, so the way to them stays open.
        trust = shelf_for_papers(store).trust
        return StandingState(enrolment=enrolment_of(store, trust), problem=damaged)
    status = exchange_status(shelf) if shelf.trust.city is not None else None
    return StandingState(enrolment=enrolment_of(store, shelf.trust), status=status)


def enrolment_of(store: Store, trust: Trust) -> Enrolment:
    """This device as its papers name it."""
    from db.exchange.trust.fingerprint import fingerprint

    words = fingerprint(store.keys.public)
    city = fingerprint(trust.city) if trust.city is not None else ""
    certificate = trust.certificates.get(store.device)
    if certificate is None:
        return Enrolment(Enrolled.NO, store.device, words, city_words=city)
    enrolled = Enrolled.YES
    if trust.revocation(store.device) is not None:
        enrolled = Enrolled.REVOKED
    elif trust.is_expired(certificate):
        enrolled = Enrolled.EXPIRED
    return Enrolment(
        enrolled,
        store.device,
        words,
        name=certificate.name,
        role=certificate.role.value,
        until_us=certificate.valid_until_us,
        city_words=city,
    )


def standing_sentence(state: StandingState, language: str) -> str:
    """How it stands in one sentence; empty while nothing is known."""
    if state.problem is not None:
        return state.problem.sentence(language)
    return state.status.sentence(language) if state.status is not None else ""

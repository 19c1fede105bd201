"""Makes every screen of the desk, and joins what one tells to what another does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QObject, Signal

from db.clock import nearest_in_seoul
from db.exchange.status.log import last_exchange
from desktop.background.tasks import Changes
from desktop.desk.audit.presenter import AuditPresenter
from desktop.desk.audit.view import AuditView
from desktop.desk.exchange.intents import OfferSticks, Receive, StopExchange
from desktop.desk.exchange.presenter import ExchangePresenter
from desktop.desk.exchange.state import DeskExchangeState
from desktop.desk.exchange.view import ExchangeView
from desktop.desk.feedback.intents import Begin
from desktop.desk.feedback.presenter import ThreadPresenter
from desktop.desk.feedback.state import Doing
from desktop.desk.feedback.view import ThreadPane
from desktop.desk.groups.presenter import GroupsPresenter
from desktop.desk.groups.view import GroupsView
from desktop.desk.inbox.presenter import InboxPresenter
from desktop.desk.inbox.state import InboxState
from desktop.desk.inbox.view import InboxView
from desktop.desk.preferences import Preferences
from desktop.desk.settings.presenter import SettingsPresenter
from desktop.desk.settings.view import SettingsView
from desktop.desk.shell.screen import DeskScreen, DeskServices
from desktop.desk.shell.view import DeskView
from desktop.desk.shell.window import Window
from desktop.exchange.standing import ExchangeStanding
from desktop.exchange.words import job_words
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook
from desktop.words.dates import moment_of

if TYPE_CHECKING:  # the store behind them is heavy
    from db.officers.accounts import Officer


class Screens(QObject):
    """Presenters live as long as the program; a view as long as it is on stage.

    Signals: `preferred(Preferences)`, `inbox_painted()`, `go(DeskScreen)`.
    """

    preferred = Signal(object)
    inbox_painted = Signal()
    go = Signal(object)

    def __init__(self, services: DeskServices, window: Window, chosen: Preferences) -> None:
        super().__init__()
        self._services, self._window = services, window
        self._look = chosen.look()
        self.inbox = InboxPresenter(services)
        self.dossier = ThreadPresenter(services)
        self.groups = GroupsPresenter(services)
        self.answer = ThreadPresenter(services)
        self.standing = ExchangeStanding(services.tasks)
        self.exchange = ExchangePresenter(services, self.standing)
        self.audit = AuditPresenter(services)
        self.settings = SettingsPresenter(services, chosen)
        self._exchanged = ""
        self._connect()

    def _connect(self) -> None:
        inbox, thread, exchange, window = self.inbox, self.dossier, self.exchange, self._window
        inbox.current_changed.connect(thread.show_feedback)
        inbox.reading_changed.connect(self._on_reading)
        inbox.changed.connect(self._on_inbox)
        thread.said.connect(self._say)
        thread.went_on.connect(inbox.go_on)
        self.groups.said.connect(self._say)
        self.groups.answer_asked.connect(self._answer_all)
        self.answer.said.connect(self._say)
        exchange.said.connect(lambda words: self._say(words, False))
        exchange.looked_at.connect(lambda: self.go.emit(DeskScreen.EXCHANGE))
        exchange.changed.connect(self._on_exchange)
        self.settings.preferred.connect(self.preferred)
        window.undo_asked.connect(thread.undo)
        window.export_asked.connect(self._export)
        window.stop_asked.connect(lambda: exchange.do(StopExchange()))
        window.dropped.connect(self._on_dropped)
        self._services.tasks.changed.connect(self._on_changed)

    # -- joining ---------------------------------------------------------------------------------

    def _on_reading(self, reading: bool) -> None:
        if reading:
            self.dossier.opened()

    def _on_inbox(self, state: InboxState) -> None:
        self.dossier.act_on(state.checked_count, self.inbox.checked_ids)

    def _answer_all(self, lead: str, ids: tuple[str, ...]) -> None:
        self.answer.show_feedback(lead)
        self.answer.act_on(len(ids), lambda _store: ids)
        self.answer.do(Begin(Doing.REPLY))

    def _on_dropped(self, paths: tuple[Path, ...]) -> None:
        self.exchange.do(Receive(paths))

    def _export(self) -> None:
        self.go.emit(DeskScreen.EXCHANGE)
        self.exchange.do(OfferSticks())

    def _say(self, words: str, undo: bool) -> None:
        if self._window.frame is not None:
            self._window.frame.strip.say(words, undo=undo)

    def _on_exchange(self, state: DeskExchangeState) -> None:
        if self._window.frame is None:
            return
        job = state.job
        if job is None:
            self._window.frame.hints.say("")
            return
        words = job_words(job)
        if job.total:
            words += f" {min(100, round(100 * job.done / job.total))} %"
        self._window.frame.hints.say(words, stoppable=not job.stopping)

    # -- the frame -------------------------------------------------------------------------------

    def open_frame(self, look: DeskLook, officer: Officer) -> None:
        """A new frame in this look, for this officer."""
        self._look = look
        for presenter in (self.dossier, self.answer, self.groups, self.audit):
            presenter.sign_in(officer)
        frame = self._window.show_framed(look)
        frame.bar.officer.say(officer.name)
        self._on_exchange(self.exchange.state)
        frame.bar.exchange.say(self._exchanged)
        self._ask_frame()

    def _ask_frame(self) -> None:
        office = self._services.office
        self._services.tasks.query(
            lambda store: (office.at(store).demonstration, last_exchange(store)),
            lambda told: self._show_frame(*told),
            lambda _error: None,
            channel="frame",
        )

    def _show_frame(self, demonstration: bool, exchanged: int | None) -> None:
        frame = self._window.frame
        if frame is None:
            return
        self._exchanged = tr("아직 교환한 적 없음")
        if exchanged is not None:
            self._exchanged = tr("오프라인 · 마지막 교환 {at}", at=moment_of(exchanged))
        frame.bar.exchange.say(self._exchanged)
        frame.bar.demonstration.setVisible(demonstration)

    def _on_changed(self, changes: Changes) -> None:
        if changes & Changes.EXCHANGE:
            self._ask_frame()

    # -- screens ---------------------------------------------------------------------------------

    def show(self, name: DeskScreen) -> None:
        """Put a new view of that screen on stage."""
        self.put_away()
        view, enter = self._made(name)
        self._window.show_view(name, view)
        enter()

    def _made(self, name: DeskScreen) -> tuple[DeskView, Callable[[], None]]:
        look = self._look
        match name:
            case DeskScreen.INBOX:
                today = nearest_in_seoul(self._services.clock()).date()
                pane = ThreadPane(look, self._services.catalogue, today.year)
                inbox = InboxView(look, self._services.catalogue, today, pane)
                inbox.painted.connect(self.inbox_painted)
                self.inbox.attach(inbox)
                self.dossier.attach(pane)
                return inbox, self.inbox.enter
            case DeskScreen.GROUPS:
                groups = GroupsView(look, self._services.catalogue)
                self.groups.attach(groups)
                self.answer.attach(groups.composer)
                return groups, self.groups.enter
            case DeskScreen.EXCHANGE:
                exchange = ExchangeView(look)
                self.exchange.attach(exchange)
                return exchange, self.exchange.enter
            case DeskScreen.AUDIT:
                audit = AuditView(look)
                self.audit.attach(audit)
                return audit, self.audit.enter
            case DeskScreen.SETTINGS:
                settings = SettingsView(look, self.settings.state)
                self.settings.attach(settings)
                return settings, self.settings.enter
            case _:
                assert_never(name)

    def put_away(self) -> None:
        """No view is told anything any more."""
        for presenter in (self.inbox, self.dossier, self.groups, self.answer):
            presenter.detach()
        for each in (self.exchange, self.audit, self.settings):
            each.detach()

    def wipe(self) -> None:
        """Another officer: nothing of the one before is kept."""
        for presenter in (self.inbox, self.dossier, self.groups, self.answer):
            presenter.wipe()
        for each in (self.exchange, self.audit):
            each.wipe()

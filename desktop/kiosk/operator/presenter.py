"""Operator: behind the gesture and the PIN, what staff need at the kiosk itself.

Nothing opens before a PIN is set and given. Leaving the screen, by hand or by time, locks it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QTimer, Signal

from db.catalogue.phrases import load_phrases
from db.clock import nearest_in_seoul
from db.doctor.environment import has_sound_card
from db.problems import Problem
from desktop.access.speech import START_VOLUME
from desktop.access.voice import Voice
from desktop.background.tasks import Changes
from desktop.background.turn import Turn
from desktop.exchange.results import ExchangeState
from desktop.exchange.standing import ExchangeStanding, StandingState
from desktop.exchange.sticks import folder_of, places, sticks
from desktop.kiosk.operator.constants import proposed_inches
from desktop.kiosk.operator.exchange.presenter import OperatorExchange, Sticks
from desktop.kiosk.operator.intents import (
    ChooseSite,
    ConfirmPin,
    EraseDigit,
    ExportTo,
    ExportToFolder,
    Leave,
    Measure,
    OpenPage,
    OperatorIntent,
    PlaySound,
    PressDigit,
    SavePanel,
    SeeNotices,
    TouchCell,
    TypeFolder,
)
from desktop.kiosk.operator.pin.guard import LONGEST, PinGuard, fault_of
from desktop.kiosk.operator.state import (
    EXCHANGE,
    LOCKED,
    At,
    Exported,
    Note,
    OperatorState,
    SiteChoice,
)
from desktop.kiosk.shell.routes import ToOperator
from desktop.kiosk.shell.screen import Presenter, Services
from desktop.settings_file import change_settings
from desktop.site import offered_sites

if TYPE_CHECKING:
    from db.store.store import Store

T = TypeVar("T")


class OperatorPresenter(Presenter[OperatorState, OperatorIntent, ToOperator]):
    """Signals: `leave_asked(exit status)`."""

    leave_asked = Signal(int)

    def __init__(
        self,
        services: Services,
        voice: Voice | None = None,
        find_sticks: Sticks = sticks,
        *,
        exchange: OperatorExchange | None = None,
    ) -> None:
        super().__init__(services)
        self._voice = voice
        self._standing = services.exchange or ExchangeStanding(services.tasks)
        self.exchange = exchange or OperatorExchange(services, self._standing, find_sticks)
        self.exchange.changed.connect(self._on_exchange)
        self.exchange.page_asked.connect(self._open_page)
        self._standing.changed.connect(self._on_standing)
        self._guard = PinGuard(services.data_dir, lambda: services.clock() / 1e6)
        self._typed = self._first = ""
        self._open = False
        self._turn = Turn()
        self._state = self._fresh()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)

    def _fresh(self) -> OperatorState:
        settings = self.services.settings
        sites = offered_sites(settings, self.services.catalogue)
        return OperatorState(
            panel_inches=settings.panel_inches,
            site=settings.site,
            sites=tuple(SiteChoice(each.id, each.name_ko, each.name_en) for each in sites),
            voice=self._voice is not None and self._voice.available(),
            sound_card=has_sound_card(),
            volume=START_VOLUME,
        )

    def enter(self, route: ToOperator) -> None:
        self.wipe()
        at = At.PIN if self._guard.is_set() else At.NEW
        self._show(replace(self._state, at=at, wait=self._guard.wait()))
        if self._state.wait:
            self._second.start()

    def leave(self) -> None:
        self.wipe()

    def wipe(self) -> None:
        self._second.stop()
        self._typed = self._first = ""
        self._open = False
        self._turn.end()
        self.exchange.wipe()
        self._state = self._fresh()
        if self._voice is not None:
            self._voice.stop()

    def do(self, intent: OperatorIntent) -> None:
        state = self._state
        match intent:
            case PressDigit(digit):
                self._type_digit(digit)
            case EraseDigit():
                self._erase()
            case ConfirmPin():
                self._confirm()
            case OpenPage(at):
                self._open_page(at)
            case SeeNotices():
                self._see_notices()
            case ExportTo(index):
                self._export(state.places[index].path, make=state.places[index].own)
            case TypeFolder(text):
                self._state = replace(state, folder=text)
            case ExportToFolder():
                self._export_to_folder()
            case TouchCell(cell):
                self._show(replace(self._state, touched=state.touched | {cell}))
            case Measure(millimetres):
                self._show(
                    replace(self._state, measured_mm=min(150, max(60, millimetres)), note=None)
                )
            case SavePanel():
                self._save_panel()
            case ChooseSite(site):
                self._choose_site(site)
            case PlaySound(words, volume):
                self._play(words, volume)
            case Leave(status):
                self.leave_asked.emit(status)
            case _:
                if self._open:
                    self.exchange.do(intent)

    def _load(self, work: Callable[[], T], done: Callable[[T], None]) -> None:
        """Run `work` off the screen's thread; a late answer to a locked screen is dropped."""
        self._show(replace(self._state, busy=True, problem=None, note=None, fault=None))

        def on_done(result: T) -> None:
            self._show(replace(self._state, busy=False))
            done(result)

        hears = self._turn.hears
        self.services.tasks.load(work, hears(on_done), hears(self._failed))

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(replace(self._state, busy=False, problem=error))

    # -- the PIN -------------------------------------------------------------------------------

    def _type_digit(self, digit: str) -> None:
        if self._state.busy or self._state.wait or self._state.at not in LOCKED:
            return
        if len(self._typed) < LONGEST:
            self._typed += digit
        self._show(
            replace(self._state, digits=len(self._typed), note=None, fault=None, problem=None)
        )

    def _erase(self) -> None:
        if self._state.busy:
            return
        self._typed = self._typed[:-1]
        self._show(replace(self._state, digits=len(self._typed), note=None, fault=None))

    def _confirm(self) -> None:
        typed, self._typed = self._typed, ""
        if self._state.busy or not typed:
            self._typed = typed
            return
        if self._state.at is At.PIN:
            guard = self._guard
            self._state = replace(self._state, digits=0)
            self._load(lambda: (guard.check(typed), guard.wait()), self._checked)
        elif self._state.at is At.NEW:
            fault = fault_of(typed)
            self._first = "" if fault else typed
            at = At.NEW if fault else At.AGAIN
            self._show(replace(self._state, at=at, digits=0, fault=fault, note=None, problem=None))
        elif typed != self._first:
            self._first = ""
            self._show(replace(self._state, at=At.NEW, digits=0, note=Note.DIFFERENT))
        else:
            self._first = ""
            self._state = replace(self._state, digits=0)
            self._load(lambda: self._guard.set_pin(typed), self._pin_set)

    def _checked(self, answer: tuple[bool, int]) -> None:
        right, wait = answer
        if right:
            self._open = True
            self._show(replace(self._state, at=At.MENU, note=None))
            return
        self._show(replace(self._state, wait=wait, note=Note.WRONG))
        if wait:
            self._second.start()

    def _pin_set(self, _: None) -> None:
        self._open = True
        self._show(replace(self._state, at=At.MENU, note=Note.PIN_SET))

    def _count_down(self) -> None:
        wait = self._guard.wait()
        if not wait:
            self._second.stop()
        self._show(replace(self._state, wait=wait, note=None if not wait else self._state.note))

    # -- pages ---------------------------------------------------------------------------------

    def _open_page(self, at: At) -> None:
        if not self._open:
            return
        self._show(
            replace(
                self._state,
                at=at,
                note=None,
                problem=None,
                exported=None,
                fault=None,
                touched=frozenset(),
            )
        )
        if at is At.NEW:
            self._typed = self._first = ""
            self._show(replace(self._state, digits=0))
        elif at in EXCHANGE:
            self.exchange.open(at)
        elif at is At.OVERVIEW:
            self._standing.refresh()
            self._examine()
        elif at is At.EXPORT:
            data_dir = self.services.data_dir
            self._load(
                lambda: places(data_dir),
                lambda found: self._show(replace(self._state, places=found)),
            )

    def on_back(self) -> None:
        """The header's back: from a page to the menu, from the menu or the PIN out."""
        if self._state.at is At.MENU or not self._open:
            self.back.emit()
        elif EXCHANGE.get(self._state.at, At.MENU) is not At.MENU:
            self._open_page(EXCHANGE[self._state.at])
        else:
            self._typed = self._first = ""
            self._show(
                replace(self._state, at=At.MENU, digits=0, note=None, problem=None, fault=None)
            )

    def _examine(self) -> None:
        # It brings the doctor along, which is rarely needed.
        from desktop.kiosk.operator.overview.gather import overview

        s = self.services
        names = {each.id: each.name(s.visit.language) for each in self._state.sites}
        site = names.get(s.settings.site, s.settings.site)
        self._load(
            lambda: overview(s.data_dir, s.settings, site, s.clock),
            lambda found: self._show(replace(self._state, overview=found)),
        )

    def _see_notices(self) -> None:
        from db.store.notices import mark_seen  # the store behind it is heavy; read late

        shown = self._state.overview
        numbers = shown.numbers if shown else ()
        self.services.tasks.change(
            lambda store: mark_seen(store, numbers),
            self._turn.hears(lambda _: self._examine()),
            self._turn.hears(self._failed),
            changes=Changes.NOTHING,
        )

    # -- exchange ------------------------------------------------------------------------------

    def _on_exchange(self, state: ExchangeState) -> None:
        if self._open:
            self._show(replace(self._state, exchange=state))

    def _on_standing(self, standing: StandingState) -> None:
        if self._open:
            self._show(replace(self._state, standing=standing))

    # -- export --------------------------------------------------------------------------------

    def _export_to_folder(self) -> None:
        try:
            folder = folder_of(self._state.folder)
        except Problem as problem:
            self._show(replace(self._state, problem=problem))
            return
        self._export(folder, make=False)

    def _export(self, folder: Path, *, make: bool) -> None:
        # the store behind it is heavy; read late
        from db.participation.csv_export import export_feedback

        s, hears = self.services, self._turn.hears
        now = nearest_in_seoul(s.clock())
        words = {p.id: p.name_ko for p in s.catalogue.projects}
        words |= {choice.id: choice.ko for choice in self._state.sites}
        words |= {phrase.id: phrase.ko for phrase in load_phrases(s.data_dir)}

        def work(store: Store) -> Exported:
            if make:
                folder.mkdir(mode=0o700, exist_ok=True)
            file = folder / f"cheonman-{store.device[:8]}-{now:%Y%m%d-%H%M%S}.csv"
            return Exported(file, export_feedback(store, file, words))

        def done(exported: Exported) -> None:
            self._show(replace(self._state, busy=False, exported=exported))

        self._show(replace(self._state, busy=True, problem=None, exported=None))
        s.tasks.query(work, hears(done), hears(self._failed))

    # -- tests of the device -------------------------------------------------------------------

    def _save_panel(self) -> None:
        inches = proposed_inches(self._state.panel_inches, self._state.measured_mm)
        self._change_settings(panel_inches=inches)

    def _choose_site(self, site: str) -> None:
        self._show(replace(self._state, site=site))
        self._change_settings(site=site)

    def _change_settings(self, **values: object) -> None:
        data_dir = self.services.data_dir
        self._load(
            lambda: change_settings(data_dir, **values),
            lambda _: self._show(replace(self._state, note=Note.SAVED, restart_needed=True)),
        )

    def _play(self, words: str, volume: int) -> None:
        self._show(replace(self._state, volume=volume))
        if self._voice is not None:
            language = self.services.visit.language
            self._voice.say(words, language=language, rate=1, volume=volume)

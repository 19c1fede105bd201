"""Operator: behind the gesture and the PIN, what staff need at the kiosk itself.

Nothing opens before a PIN is set and given. Leaving the screen, by hand or by time, locks it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from PySide6.QtCore import QTimer, Signal

from db.catalogue.phrases import load_phrases
from db.clock import nearest_in_seoul
from db.doctor.environment import has_sound_card
from db.problems import Problem
from desktop.access.speech import START_VOLUME
from desktop.access.voice import Voice
from desktop.background.tasks import Changes
from desktop.exchange.results import ExchangeState
from desktop.exchange.standing import ExchangeStanding, StandingState
from desktop.exchange.sticks import folder_of, places, sticks
from desktop.kiosk.operator.constants import proposed_inches
from desktop.kiosk.operator.exchange.presenter import OperatorExchange, Sticks
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
from desktop.kiosk.shell.screen import Presenter, Services
from desktop.settings_file import change_settings
from desktop.site import offered_sites


class OperatorPresenter(Presenter):
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
        self.exchange.page_asked.connect(self.on_page)
        self._standing.changed.connect(self._on_standing)
        self._guard = PinGuard(services.data_dir, lambda: services.clock() / 1e6)
        self._typed = self._first = ""
        self._open = False
        self._visit_number = 0
        self._state = self._fresh()
        self._second = QTimer(self)
        self._second.setInterval(1000)
        self._second.timeout.connect(self._count_down)

    @property
    def state(self) -> OperatorState:
        return self._state

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

    def enter(self, argument: object) -> None:
        self.wipe()
        at = At.PIN if self._guard.is_set() else At.NEW
        self._show(at=at, wait=self._guard.wait())
        if self._state.wait:
            self._second.start()

    def leave(self) -> None:
        self.wipe()

    def wipe(self) -> None:
        self._second.stop()
        self._typed = self._first = ""
        self._open = False
        self._visit_number += 1
        self.exchange.wipe()
        self._state = self._fresh()
        if self._voice is not None:
            self._voice.stop()

    def listen(self, view: Any) -> None:
        view.digit_pressed.connect(self.on_digit)
        view.erase_pressed.connect(self.on_erase)
        view.confirm_pressed.connect(self.on_confirm)
        view.page_asked.connect(self.on_page)
        view.back_pressed.connect(self.on_step_back)
        view.place_chosen.connect(self.on_place)
        view.folder_typed.connect(self.on_folder_typed)
        view.folder_confirmed.connect(self.on_folder)
        view.notices_seen.connect(self.on_notices_seen)
        view.cell_touched.connect(self.on_cell)
        view.measured.connect(self.on_measured)
        view.panel_saved.connect(self.on_panel_saved)
        view.site_chosen.connect(self.on_site)
        view.sound_asked.connect(self.on_sound)
        view.leave_pressed.connect(self.leave_asked)
        view.exchange_did.connect(self.on_exchange)

    def _show(self, **changes: Any) -> None:
        self._state = replace(self._state, **changes)
        self.changed.emit(self._state)

    def _load(self, work: Callable[[], Any], done: Callable[[Any], None], **busy: Any) -> None:
        """Run `work` off the screen's thread; a late answer to a locked screen is dropped."""
        number = self._visit_number
        self._show(busy=True, problem=None, note=None, fault=None, **busy)

        def on_done(result: Any) -> None:
            if number == self._visit_number:
                self._show(busy=False)
                done(result)

        def on_error(error: Exception) -> None:
            if number == self._visit_number:
                self._failed(error)

        self.services.tasks.load(work, on_done, on_error)

    def _failed(self, error: Exception) -> None:
        if not isinstance(error, Problem):
            raise error
        self._show(busy=False, problem=error)

    # -- the PIN -------------------------------------------------------------------------------

    def on_digit(self, digit: str) -> None:
        if self._state.busy or self._state.wait or self._state.at not in LOCKED:
            return
        if len(self._typed) < LONGEST:
            self._typed += digit
        self._show(digits=len(self._typed), note=None, fault=None, problem=None)

    def on_erase(self) -> None:
        if self._state.busy:
            return
        self._typed = self._typed[:-1]
        self._show(digits=len(self._typed), note=None, fault=None)

    def on_confirm(self) -> None:
        typed, self._typed = self._typed, ""
        if self._state.busy or not typed:
            self._typed = typed
            return
        if self._state.at is At.PIN:
            guard = self._guard
            self._load(lambda: (guard.check(typed), guard.wait()), self._checked, digits=0)
        elif self._state.at is At.NEW:
            fault = fault_of(typed)
            self._first = "" if fault else typed
            at = At.NEW if fault else At.AGAIN
            self._show(at=at, digits=0, fault=fault, note=None, problem=None)
        elif typed != self._first:
            self._first = ""
            self._show(at=At.NEW, digits=0, note=Note.DIFFERENT)
        else:
            self._first = ""
            self._load(lambda: self._guard.set_pin(typed), self._pin_set, digits=0)

    def _checked(self, answer: tuple[bool, int]) -> None:
        right, wait = answer
        if right:
            self._open = True
            self._show(at=At.MENU, note=None)
            return
        self._show(wait=wait, note=Note.WRONG)
        if wait:
            self._second.start()

    def _pin_set(self, _: None) -> None:
        self._open = True
        self._show(at=At.MENU, note=Note.PIN_SET)

    def _count_down(self) -> None:
        wait = self._guard.wait()
        if not wait:
            self._second.stop()
        self._show(wait=wait, note=None if not wait else self._state.note)

    # -- pages ---------------------------------------------------------------------------------

    def on_page(self, name: str) -> None:
        if not self._open:
            return
        at = At(name)
        self._show(at=at, note=None, problem=None, exported=None, fault=None, touched=frozenset())
        if at is At.NEW:
            self._typed = self._first = ""
            self._show(digits=0)
        elif at in EXCHANGE:
            self.exchange.open(at)
        elif at is At.OVERVIEW:
            self._standing.refresh()
            self._examine()
        elif at is At.EXPORT:
            data_dir = self.services.data_dir
            self._load(lambda: places(data_dir), lambda found: self._show(places=found))

    def on_step_back(self) -> None:
        """The header's back: from a page to the menu, from the menu or the PIN out."""
        if self._state.at is At.MENU or not self._open:
            self.back.emit()
        elif EXCHANGE.get(self._state.at, At.MENU) is not At.MENU:
            self.on_page(EXCHANGE[self._state.at].value)
        else:
            self._typed = self._first = ""
            self._show(at=At.MENU, digits=0, note=None, problem=None, fault=None)

    def _examine(self) -> None:
        # It brings the doctor along, which is rarely needed.
        from desktop.kiosk.operator.overview.gather import overview

        s = self.services
        names = {each.id: each.name(s.visit.language) for each in self._state.sites}
        site = names.get(s.settings.site, s.settings.site)
        self._load(
            lambda: overview(s.data_dir, s.settings, site, s.clock),
            lambda found: self._show(overview=found),
        )

    def on_notices_seen(self) -> None:
        from db.store.notices import mark_seen  # the store behind it is heavy; read late

        shown = self._state.overview
        numbers = shown.numbers if shown else ()
        self.services.tasks.change(
            lambda store: mark_seen(store, numbers),
            lambda _: self._examine(),
            self._failed,
            changes=Changes.NOTHING,
        )

    # -- exchange ------------------------------------------------------------------------------

    def on_exchange(self, name: str, value: object) -> None:
        """One intent of a page of exchange."""
        if self._open:
            act: Callable[..., None] = getattr(self.exchange, f"on_{name}")
            act() if value is None else act(value)

    def _on_exchange(self, state: ExchangeState) -> None:
        if self._open:
            self._show(exchange=state)

    def _on_standing(self, standing: StandingState) -> None:
        if self._open:
            self._show(standing=standing)

    # -- export --------------------------------------------------------------------------------

    def on_place(self, index: int) -> None:
        self._export(self._state.places[index].path, make=self._state.places[index].own)

    def on_folder_typed(self, text: str) -> None:
        self._state = replace(self._state, folder=text)

    def on_folder(self) -> None:
        try:
            folder = folder_of(self._state.folder)
        except Problem as problem:
            self._show(problem=problem)
            return
        self._export(folder, make=False)

    def _export(self, folder: Any, *, make: bool) -> None:
        # the store behind it is heavy; read late
        from db.participation.csv_export import export_feedback

        s, number = self.services, self._visit_number
        now = nearest_in_seoul(s.clock())
        words = {p.id: p.name_ko for p in s.catalogue.projects}
        words |= {choice.id: choice.ko for choice in self._state.sites}
        words |= {phrase.id: phrase.ko for phrase in load_phrases(s.data_dir)}

        def work(store: Any) -> Exported:
            if make:
                folder.mkdir(mode=0o700, exist_ok=True)
            file = folder / f"cheonman-{store.device[:8]}-{now:%Y%m%d-%H%M%S}.csv"
            return Exported(file, export_feedback(store, file, words))

        def done(exported: Exported) -> None:
            if number == self._visit_number:
                self._show(busy=False, exported=exported)

        self._show(busy=True, problem=None, exported=None)
        s.tasks.query(work, done, self._failed)

    # -- tests of the device -------------------------------------------------------------------

    def on_cell(self, cell: int) -> None:
        self._show(touched=self._state.touched | {cell})

    def on_measured(self, millimetres: int) -> None:
        self._show(measured_mm=min(150, max(60, millimetres)), note=None)

    def on_panel_saved(self) -> None:
        inches = proposed_inches(self._state.panel_inches, self._state.measured_mm)
        self._change_settings(panel_inches=inches)

    def on_site(self, site: str) -> None:
        self._show(site=site)
        self._change_settings(site=site)

    def _change_settings(self, **values: object) -> None:
        data_dir = self.services.data_dir
        self._load(
            lambda: change_settings(data_dir, **values),
            lambda _: self._show(note=Note.SAVED, restart_needed=True),
        )

    def on_sound(self, words: str, volume: int) -> None:
        self._show(volume=volume)
        if self._voice is not None:
            language = self.services.visit.language
            self._voice.say(words, language=language, rate=1, volume=volume)

"""Who is on stage: opens screens, keeps the way back, dresses the shell, ends visits.

Views are built new for every opening and every change of look; presenters stay. So a larger
letter size never loses a word that was typed.
"""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any, Generic, TypeVar, assert_never

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from desktop import i18n
from desktop.access.bar import AccessBar, BarKey
from desktop.access.quiet import quietly
from desktop.kiosk.shell.fade import Fade
from desktop.kiosk.shell.routes import Route, ScreenName, ToAttract, ToHelp, ToHome
from desktop.kiosk.shell.screen import R, StagePresenter
from desktop.kiosk.shell.shell import Shell
from desktop.kiosk.shell.visit import Visit
from desktop.settings import Settings
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT
from desktop.widgets.view import A, S, View

ATTRACT, HOME = ToAttract(), ToHome()
P = TypeVar("P", bound=QObject)
DEEPEST = 30  #: screens remembered for the way back


@dataclass(frozen=True, slots=True)
class StagedScreen(Generic[S, A, R]):
    """A screen's presenter and how its view is made."""

    presenter: StagePresenter[S, A, R]
    make_view: Callable[[Look], View[S, A]]


class Navigator(QObject):
    """Signals: `opened(Route)` after a screen is on stage, `look_changed(Look)`,
    `visit_began()`, `visit_ended()`, `troubled()` when a screen says that something is wrong."""

    opened = Signal(object)
    look_changed = Signal(object)
    visit_began = Signal()
    visit_ended = Signal()
    troubled = Signal()

    def __init__(self, shell: Shell, visit: Visit, settings: Settings) -> None:
        super().__init__(shell)
        self.shell, self.visit, self.settings = shell, visit, settings
        self.speech_available = False
        self.visiting = False
        self.make_band: Callable[[Look], QWidget] | None = None
        self._pages: dict[ScreenName, StagedScreen[Any, Any, Any]] = {}
        self._way: list[Route] = []
        self._troubles: dict[ScreenName, object] = {}
        self._current: Route | None = None
        #: Whose view is on stage.
        self._speaking: StagePresenter[Any, Any, Any] | None = None
        self.look = self._make_look()
        shell.bar_pressed.connect(self.on_bar_pressed)
        shell.resized.connect(self.on_resized)

    # -- pages ---------------------------------------------------------------------------------

    def add(
        self,
        to: type[R],
        presenter: StagePresenter[S, A, R],
        make_view: Callable[[Look], View[S, A]],
    ) -> None:
        """The screen that the route `to` leads to."""
        name = to.name
        presenter.go.connect(self.open)
        presenter.back.connect(self.back)
        presenter.visit_over.connect(self.end_visit)
        presenter.changed.connect(lambda state: self._on_changed(name, state))
        self._pages[name] = StagedScreen(presenter, make_view)

    @property
    def current(self) -> Route | None:
        return self._current

    def presenter(self, kind: type[P]) -> P:
        """The presenter of one screen."""
        found = (page.presenter for page in self._pages.values())
        return next(each for each in found if isinstance(each, kind))

    def knows(self, name: ScreenName) -> bool:
        return name in self._pages

    def open(self, route: Route) -> None:
        """Leave the current screen and enter `route`; Home forgets the way back."""
        self._part()
        if self._current is not None:
            self._pages[self._current.name].presenter.leave()
            if route.name in (HOME.name, ATTRACT.name):
                self._way.clear()
            elif self._current.name != ATTRACT.name:
                self._way = [*self._way, self._current][-DEEPEST:]
        self._enter(route)

    def back(self) -> None:
        """To the screen before this one, with its state as it was left."""
        self._part()
        if self._current is not None:
            self._pages[self._current.name].presenter.leave()
        self._enter(self._way.pop() if self._way else HOME)

    def home(self) -> None:
        self.open(HOME)

    def _enter(self, route: Route) -> None:
        self._current = route
        if route.name != ATTRACT.name and not self.visiting:
            self.visiting = True
            self.visit_began.emit()
        self._pages[route.name].presenter.enter(route)
        self._stage(fade=True)
        self.opened.emit(route)

    @quietly()
    def _stage(self, *, fade: bool) -> None:
        assert self._current is not None
        self._part()
        page = self._pages[self._current.name]
        view = page.make_view(self.look)
        self.shell.show_keyboard(None)
        self.shell.show_view(view, fade=fade)
        self._speaking = page.presenter
        self._speaking.attach(view)

    def _part(self) -> None:
        """The view on stage is about to go: from here on it tells its presenter nothing. Before
        anything else happens, or what it still says would undo a wipe."""
        if self._speaking is not None:
            self._speaking.detach()
            self._speaking = None

    # -- the visit -----------------------------------------------------------------------------

    def end_visit(self) -> None:
        """Wipe everything the resident did; Home returns in the site's language and defaults."""
        self._forget()
        self.visit_ended.emit()
        self._dress()
        self._current = None
        self._enter_quietly(HOME)

    def _forget(self) -> None:
        self._part()
        for overlay in self.shell.overlays:
            self.shell.take_off(overlay)
        self.visit.reset()
        self.visit.language = self.settings.language
        self.visiting = False
        self._way.clear()
        self._troubles.clear()
        with ExitStack() as every_one:  # also when one of them has a fault
            for page in self._pages.values():
                every_one.callback(page.presenter.wipe)

    def close(self) -> None:
        """The program ends: so does the visit, and no screen follows."""
        self._forget()

    def rest(self) -> None:
        """Nobody came after the last visit: show the attract screen."""
        if not self.visiting:
            self._enter_quietly(ATTRACT)

    def _enter_quietly(self, route: Route) -> None:
        """Enter without beginning a visit: nobody has touched anything yet."""
        self._part()
        if self._current is not None:
            self._pages[self._current.name].presenter.leave()
        self._current = route
        self._pages[route.name].presenter.enter(route)
        self._stage(fade=False)
        self.opened.emit(route)

    def enter_anew(self) -> None:
        """The pages were made anew while nobody was there: the screen on stage is one of them."""
        if self._current is not None:
            self._dress()
            self._enter_quietly(self._current)

    def begin_visit(self) -> None:
        """The first touch of a visit on a screen that was entered quietly."""
        if not self.visiting:
            self.visiting = True
            self.visit_began.emit()

    def _on_changed(self, name: ScreenName, state: Any) -> None:
        """A state that has a `trouble`: what went wrong since, is told once."""
        trouble = getattr(state, "trouble", None) or None
        before, self._troubles[name] = self._troubles.get(name), trouble
        if trouble is not None and trouble != before:
            self.troubled.emit()

    # -- the look ------------------------------------------------------------------------------

    def _make_look(self) -> Look:
        v = self.visit
        metrics = Metrics.for_panel(
            max(1, self.shell.width()),
            max(1, self.shell.height()),
            self.settings.panel_inches,
            large=v.large,
            low=v.low,
            floor_mm=self.settings.floor_to_panel_mm,
        )
        palette = CONTRAST if v.contrast else LIGHT
        return Look(metrics, palette, v.language, self.settings.reduced_motion)

    @quietly()
    def _dress(self) -> None:
        i18n.use_language(self.visit.language)
        self.look = self._make_look()
        v = self.visit
        switches = {
            BarKey.LARGE: v.large,
            BarKey.CONTRAST: v.contrast,
            BarKey.LOW: v.low,
            BarKey.SPEECH: v.speech,
        }
        bar = AccessBar(
            self.look,
            on=frozenset(key for key, on in switches.items() if on),
            speech=self.speech_available,
        )
        self.shell.dress(self.look, bar, Fade(self.look, self.shell))
        band = self.make_band(self.look) if self.make_band and self.look.low else None
        self.shell.show_band(band)
        self.look_changed.emit(self.look)

    def refresh_look(self) -> None:
        """Dress anew and build the current view again with the state it had."""
        self._dress()
        if self._current is not None:
            self._stage(fade=False)

    def start(self, route: Route = ATTRACT) -> None:
        """The first screen, before anything slow is loaded."""
        self._dress()
        self._enter_quietly(route)

    def on_resized(self) -> None:
        wanted = self._make_look()
        if self._current is not None and wanted.metrics != self.look.metrics:
            self.refresh_look()
        else:
            self.shell.arrange()

    def on_bar_pressed(self, key: BarKey) -> None:
        self.begin_visit()
        v = self.visit
        match key:
            case BarKey.HOME:
                self.home()
                return
            case BarKey.HELP:
                self._help()
                return
            case BarKey.LANGUAGE:
                v.language = i18n.ENGLISH if v.language == i18n.KOREAN else i18n.KOREAN
            case BarKey.LARGE:
                v.large = not v.large
            case BarKey.CONTRAST:
                v.contrast = not v.contrast
            case BarKey.LOW:
                v.low = not v.low
            case BarKey.SPEECH:
                v.speech = not v.speech
            case _:
                assert_never(key)
        self.refresh_look()

    def _help(self) -> None:
        about = self._current.name if self._current is not None else None
        if about is not ScreenName.HELP:
            self.open(ToHelp(about))

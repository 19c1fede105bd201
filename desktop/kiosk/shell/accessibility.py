"""Joins the barrier-free behaviours to the stage: idle, keys, focus, speech, lockdown.

Each behaviour knows nothing of the others; what follows from what is decided here.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import QObject, QPoint, QRect, QTimer
from PySide6.QtWidgets import QApplication, QWidget

from desktop.access import accessible
from desktop.access.bar import BarKey
from desktop.access.cancelled_touch import CancelledTouch
from desktop.access.chime import Sound
from desktop.access.focus import FocusKeys, is_text_field
from desktop.access.focus_ring import FocusRing
from desktop.access.idle import IdleClock, IdleLimits
from desktop.access.idle_dialog import IdleDialog, spoken_warning
from desktop.access.idle_watch import IdleWatch
from desktop.access.input import InputGate, InputHandler
from desktop.access.lockdown import Lockdown, forget_clipboard
from desktop.access.second_tap import CALM_S, LONG_CALM_S, SecondTap
from desktop.access.voice import Voice
from desktop.kiosk.shell.first_touch import FirstTouch
from desktop.kiosk.shell.listening import Listening
from desktop.kiosk.shell.navigator import Navigator
from desktop.kiosk.shell.operator_gesture import OperatorGesture
from desktop.kiosk.shell.routes import Route, ScreenName, ToOperator, ToReceipt
from desktop.theme.look import Look
from desktop.widgets.dialog import Scrim
from desktop.widgets.typeset import forget_words
from desktop.widgets.view import View

OPERATOR_SECONDS = 120
#: An untouched Home after a visit gives way to the attract screen.
REST_MS = 30_000
#: What is on these screens has gone for good with the next one.
SHOWN_ONCE = (ScreenName.RECEIPT,)
#: Screens from which "back" leads nowhere.
ROOTS = (ScreenName.HOME, ScreenName.ATTRACT)


class Accessibility(QObject):
    """Made once beside the navigator, which it watches; `close()` ends speech and filters."""

    def __init__(
        self,
        navigator: Navigator,
        *,
        clock: Callable[[], float] = time.monotonic,
        voice: Voice | None = None,
        locked: bool = True,
    ) -> None:
        super().__init__(navigator)
        self._navigator, self._shell, self._visit = navigator, navigator.shell, navigator.visit
        s = navigator.settings
        self.idle = IdleClock(IdleLimits(s.idle_seconds, s.typing_idle_seconds), clock, self)
        self.listening = Listening(navigator, voice, lambda: self._dialog is not None, self)
        self.voice, self.speaker = self.listening.voice, self.listening.speaker
        self.keys = FocusKeys(self._scopes, self, keyboard=lambda: self._shell.keyboard)
        self.ring = FocusRing(navigator.look, self._shell)
        self.gate = OperatorGesture(self._brand, self._window, clock, self)
        self._dialog: IdleDialog | None = None
        self._focus_before: QWidget | None = None
        self._watched: QWidget | None = None
        self._by_key = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(navigator.rest)
        self.watch = IdleWatch(self.idle, lambda: self._dialog)
        self.second_tap = SecondTap(
            px_per_mm=lambda: navigator.look.metrics.px_per_mm,
            keyboard=lambda: self._shell.keyboard,
            focused=lambda: self.keys.walk.key or QApplication.focusWidget(),
            clock=clock,
        )
        handlers: list[InputHandler] = [
            CancelledTouch(),
            self.second_tap,
            self.watch,
            FirstTouch(navigator),
            self.gate,
            self.listening.narrator,
            self.listening.hear,
            self.keys,
        ]
        accessible.install()
        self._input = InputGate([Lockdown(), *handlers] if locked else handlers, self)
        self._connect()
        navigator.speech_available = self.speaker.available()
        self._input.install()

    def _connect(self) -> None:
        d = self._navigator
        d.visit_began.connect(self._on_visit_began)
        d.visit_ended.connect(self._on_visit_ended)
        d.opened.connect(self._on_opened)
        d.look_changed.connect(self._on_look_changed)
        d.troubled.connect(lambda: self.listening.chime_once(Sound.FAULT))
        self.idle.warning.connect(self._on_warning)
        self.idle.resumed.connect(self._on_resumed)
        self.idle.expired.connect(d.end_visit)
        self.speaker.speaking.connect(self.idle.set_speaking)
        self.keys.by_key.connect(self._on_key)
        self.keys.by_touch.connect(self._on_touch)
        self.keys.walk.pointed.connect(self.ring.show_on)
        self.keys.walk.pointed.connect(self.listening.hear.point_at)
        self.keys.back.connect(self._on_back)
        self.keys.home.connect(lambda: d.on_bar_pressed(BarKey.HOME))
        self.keys.help.connect(lambda: d.on_bar_pressed(BarKey.HELP))
        # Once the press has been delivered: on the new screen it would press what lies there.
        self.gate.opened.connect(lambda: QTimer.singleShot(0, self, self._open_operator))
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self._on_focus_changed)

    def add_handler(self, handler: InputHandler) -> None:
        """Shows all input to `handler` first."""
        self._input.add_first(handler)

    def close(self) -> None:
        self._input.remove()
        self.idle.stop()
        self._rest.stop()
        self.listening.forget()
        self.speaker.close()

    # -- the visit -----------------------------------------------------------------------------

    def _on_visit_began(self) -> None:
        self._rest.stop()
        self.idle.start()

    def _on_visit_ended(self) -> None:
        self.idle.stop()
        self.idle.fix(None)
        self._drop_dialog()
        self.listening.forget()
        self.ring.hide_ring()
        self._by_key = False
        self._focus_before = None
        forget_clipboard()
        forget_words()
        self._rest.start()

    def _on_warning(self, seconds: int) -> None:
        if self._dialog is None:
            self._focus_before = QApplication.focusWidget()
            self._show_dialog()
        assert self._dialog is not None
        self._dialog.show_seconds(seconds)
        words = spoken_warning(seconds)
        if words:
            self.speaker.say(words)

    def _show_dialog(self) -> None:
        look = self._navigator.look
        room = self._shell.content_rect().height() / look.metrics.scale
        dialog = IdleDialog(look, room)
        dialog.stay.connect(self.idle.touch)
        dialog.end.connect(self._navigator.end_visit)
        dialog.dismissed.connect(self.idle.touch)
        self._dialog = dialog
        self._shell.lay_over(dialog)
        if self._by_key:
            self.keys.focus(dialog.keep)

    def _on_resumed(self) -> None:
        self._drop_dialog()
        # Any touch said yes, also one on the bar, which stands where it stood.
        self.second_tap.turned()
        before, self._focus_before = self._focus_before, None
        if before is not None:
            try:
                before.setFocus()
            except RuntimeError:  # its view was thrown away meanwhile
                return

    def _drop_dialog(self) -> None:
        dialog, self._dialog = self._dialog, None
        if dialog is not None:
            self._shell.take_off(dialog)

    # -- screens and looks ---------------------------------------------------------------------

    def _on_opened(self, route: Route) -> None:
        self.second_tap.turned(LONG_CALM_S if route.name in SHOWN_ONCE else CALM_S)
        self.idle.fix(OPERATOR_SECONDS if route.name is ScreenName.OPERATOR else None)
        self.idle.set_typing(False)
        self.keys.walk.leave()
        self._refresh_ring(self._navigator.look)
        if self._by_key:
            QTimer.singleShot(0, self, self._focus_first)
        self.listening.on_opened(_sound_of(route))
        self._watch_turns()

    def _watch_turns(self) -> None:
        """A view of several screens (feedback) tells when another of them is on stage."""
        view = self._shell.view
        if view is not self._watched and isinstance(view, View):
            view.turned.connect(self._on_turned)
            view.stepped.connect(self.second_tap.turned)
        self._watched = view

    def _on_turned(self, screen: QWidget) -> None:
        self.second_tap.turned()
        if self._by_key:
            QTimer.singleShot(0, self, self._focus_first)
        self.listening.on_opened()

    def _focus_first(self) -> None:
        view = self._shell.view
        if view is None:
            return
        first = self.keys.first(skip=lambda w: w.objectName() == "back")
        if first is not None:
            self.keys.focus(first)

    def _on_look_changed(self, look: Look) -> None:
        v = self._visit
        self.idle.set_doubled(v.speech or v.large)
        self._refresh_ring(look)
        self.listening.on_look_changed(look)
        if self._dialog is not None:
            self._drop_dialog()
            self._show_dialog()
        QTimer.singleShot(0, self, self._after_dressing)

    def _after_dressing(self) -> None:
        self._watch_turns()
        if self._by_key and not self._shell.overlays:
            self.keys.resume()
        self.ring.raise_()

    def _refresh_ring(self, look: Look) -> None:
        self.ring.set_look(look)
        self.ring.setGeometry(self._shell.rect())

    # -- keys ----------------------------------------------------------------------------------

    def _scopes(self) -> list[QWidget]:
        shell = self._shell
        if self._dialog is not None:
            return [self._dialog]
        stage = shell.overlays[-1:] or (shell.view,)
        parts = [*stage, shell.keyboard, shell.strip, shell.bar]
        return [part for part in parts if part is not None]

    def _on_key(self) -> None:
        self._by_key = True
        self.ring.show_ring()
        # A pressed target may vanish with what it stood in; then the focus goes to its place.
        QTimer.singleShot(0, self, self._mend_focus)

    def _mend_focus(self) -> None:
        if self._by_key and QApplication.focusWidget() is None:
            self.keys.resume()

    def _on_touch(self) -> None:
        self._by_key = False
        self.ring.hide_ring()

    def _on_back(self) -> None:
        shell = self._shell
        if shell.overlays:
            top = shell.overlays[-1]
            if isinstance(top, Scrim):
                top.dismissed.emit()
            return
        route = self._navigator.current
        if isinstance(shell.view, View) and route is not None and route.name not in ROOTS:
            shell.view.go_back()

    def _on_focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        if new is None:
            return
        self.idle.set_typing(is_text_field(new))
        if self._by_key and not is_text_field(new) and self._shell.keyboard is not None:
            # By key one walked out of the field: what the keyboard pushed aside comes back.
            QTimer.singleShot(0, self, self._put_keyboard_away)

    def _put_keyboard_away(self) -> None:
        if not is_text_field(QApplication.focusWidget()):
            self._shell.show_keyboard(None)

    # -- places --------------------------------------------------------------------------------

    def _open_operator(self) -> None:
        self._navigator.open(ToOperator())

    def _brand(self) -> QRect | None:
        view = self._shell.view
        mark = view.findChild(QWidget, "brand") if view is not None else None
        if mark is None or not mark.isVisible():
            return None
        return QRect(mark.mapToGlobal(QPoint(0, 0)), mark.size())

    def _window(self) -> QRect:
        return QRect(self._shell.mapToGlobal(QPoint(0, 0)), self._shell.size())


def _sound_of(route: Route) -> Sound:
    """What a screen sounds like: the ends of all steps unlike the steps."""
    if not isinstance(route, ToReceipt):
        return Sound.STEP
    return Sound.PLANTED if route.trees else Sound.DONE

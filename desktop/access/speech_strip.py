"""The row above the bar while speech is on: read the screen, again, stop, how fast, how loud."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.access.speech import FAST, NORMAL, SLOW, VOLUMES
from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.button import PressButton
from desktop.widgets.text import Text

#: Narrower canvases (reference px) and large letters get the short row.
WIDE_FROM = 1640
SIDE, GAP = 24, 15
#: The same, and the room beside a word, where the strip must be one row: as in the bar below it.
TIGHT_SIDE, TIGHT_GAP, PADDING, TIGHT_PADDING = 14, 10, 9, 6


class SpeechStrip(QWidget):
    """Signals: `read`, `again`, `stop`, `rate_chosen(0..2)`, `volume_chosen(percent)`."""

    read = Signal()
    again = Signal()
    stop = Signal()
    rate_chosen = Signal(int)
    volume_chosen = Signal(int)

    def __init__(self, look: Look, *, rate: int = NORMAL, volume: int = 50) -> None:
        super().__init__()
        self.look = look
        self._rate, self._volume = rate, volume
        self._edge, self._gap = (TIGHT_SIDE, TIGHT_GAP) if look.large else (SIDE, GAP)
        self.setObjectName("speech-strip")
        self.setAccessibleName(tr("음성 안내 조절"))
        metrics = look.metrics
        wide = not look.large and not look.portrait and metrics.ref_width >= WIDE_FROM
        self._rates: dict[int, PressButton] = {}
        for self._brief in (False, True) if look.large else (False,):
            parts = self._first_parts()
            choices = self._wide_parts() if wide else self._narrow_parts()
            if self._rates and not self._fits([*parts, *choices]):
                self._rates.clear()
                _discard(choices)
                choices = self._narrow_parts()
            self._show_choices()
            rows = self._rows([*parts, *choices])
            if self._brief or len(rows) == 1 or not look.large:
                break
            _discard([*parts, *choices])
        self._lay_out(rows)

    def _first_parts(self) -> list[QWidget]:
        brief = self._brief
        return [
            self._button(tr("읽기") if brief else tr("화면 읽기"), "book-open", self.read.emit),
            self._button(tr("다시") if brief else tr("다시 듣기"), "undo-2", self.again.emit),
            self._button(tr("그만") if brief else tr("그만 듣기"), "pause", self.stop.emit),
        ]

    def _wide_parts(self) -> list[QWidget]:
        for key in (SLOW, NORMAL, FAST):
            button = self._button(_rate_word(key), None, checkable=True)
            button.one_of = True
            button.tells(self._choose_rate, key)
            button.setChecked(key == self._rate)
            self._rates[key] = button
        self._softer = self._button(tr("더 작게"), "minus", self._make_softer)
        self._louder = self._button(tr("더 크게"), "plus", self._make_louder)
        middle = Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignVCenter
        self._words = Text(self.look, "", Role.BAR, one_line=True, align=middle)
        room = typeset.natural_width(self.look, tr("소리 {n}%", n=100), Role.BAR)
        self._words.setMinimumWidth(round(room) + 2)
        return [*self._rates.values(), self._softer, self._words, self._louder]

    def _narrow_parts(self) -> list[QWidget]:
        self._turn_rate = self._button(_rate_word(self._rate), "gauge", self._next_rate)
        self._turn_volume = self._button("", "volume-2", self._next_volume)
        return [self._turn_rate, self._turn_volume]

    def _fits(self, parts: list[QWidget]) -> bool:
        look = self.look
        widths = (max(part.sizeHint().width(), part.minimumWidth()) for part in parts)
        needed = sum(widths) + look.px(self._gap) * (len(parts) - 1)
        return needed <= look.metrics.width - 2 * look.px(self._edge)

    def _rows(self, parts: list[QWidget]) -> list[list[QWidget]]:
        """One row when all words fit in it, else two."""
        return [parts] if self._fits(parts) else [parts[:3], parts[3:]]

    def _lay_out(self, rows: list[list[QWidget]]) -> None:
        look = self.look
        self._outer = outer = QVBoxLayout(self)
        outer.setContentsMargins(look.px(self._edge), look.px(12), look.px(self._edge), look.px(14))
        outer.setSpacing(look.px(self._gap))
        for row in rows:
            line = QHBoxLayout()
            line.setSpacing(look.px(self._gap))
            for part in row:
                part.setMinimumWidth(part.sizeHint().width())
                line.addWidget(part, 0 if isinstance(part, Text) else part.sizeHint().width())
            outer.addLayout(line)

    def _button(
        self,
        words: str,
        icon: str | None,
        slot: Callable[[], None] | None = None,
        *,
        checkable: bool = False,
    ) -> PressButton:
        button = PressButton(
            self.look,
            words,
            icon=None if self.look.large else icon,
            role=Role.BAR,
            bold=False,
            height=84 if self.look.large else 72,
            padding=TIGHT_PADDING if self.look.large else PADDING,
            radius=14,
            checkable=checkable,
        )
        if slot is not None:
            button.clicked.connect(slot)
        return button

    def _next_rate(self) -> None:
        self._choose_rate((self._rate + 1) % (FAST + 1))
        self._turn_rate.set_text(_rate_word(self._rate))
        self._show_choices()

    def _choose_rate(self, rate: int) -> None:
        self._rate = rate
        for key, button in self._rates.items():
            button.setChecked(key == rate)
        self.rate_chosen.emit(rate)

    def _make_softer(self) -> None:
        self._choose_volume(max((v for v in VOLUMES if v < self._volume), default=VOLUMES[0]))

    def _make_louder(self) -> None:
        self._choose_volume(min((v for v in VOLUMES if v > self._volume), default=VOLUMES[-1]))

    def _next_volume(self) -> None:
        louder = (v for v in VOLUMES if v > self._volume)
        self._choose_volume(min(louder, default=VOLUMES[0]))

    def _choose_volume(self, volume: int) -> None:
        self._volume = volume
        self._show_choices()
        self.volume_chosen.emit(volume)

    def _show_choices(self) -> None:
        words = tr("소리 끔") if self._volume == 0 else tr("소리 {n}%", n=self._volume)
        if not self._rates:
            self._turn_volume.set_text(words)
            self._turn_rate.setAccessibleName(tr("말 빠르기 {rate}", rate=_rate_word(self._rate)))
            return
        self._words.set_text(words)
        self._softer.setAccessibleName(tr("소리 작게"))
        self._louder.setAccessibleName(tr("소리 크게"))
        for button in (self._softer, self._louder):
            button.setAccessibleDescription(words)
        self._softer.allow(self._volume > VOLUMES[0], words)
        self._louder.allow(self._volume < VOLUMES[-1], words)

    def sizeHint(self) -> QSize:
        return QSize(0, self._outer.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self.look.palette
        painter.fillRect(self.rect(), p.sand)
        painter.fillRect(0, 0, self.width(), self.look.px(2), p.reed)


def _rate_word(rate: int) -> str:
    return {SLOW: tr("느리게"), NORMAL: tr("보통"), FAST: tr("빠르게")}[rate]


def _discard(parts: list[QWidget]) -> None:
    for part in parts:
        part.deleteLater()

"""Four arrows that move the map, for who cannot drag it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.i18n import tr
from desktop.map.caption import is_scarce
from desktop.theme.look import Look
from desktop.widgets.button import PressButton

PAN_STEP = 260


class ArrowPad(QWidget):
    """Four arrows that move the map: a cross, or two rows or one where the map is low.

    Signal: `moved(dx, dy)` in reference px of the picture.
    """

    moved = Signal(float, float)
    _CROSS = ((0, 0, 1, 2), (1, 0, 1, 1), (1, 1, 1, 1), (2, 0, 1, 2))
    _LINE = ((0, 0, 1, 1), (0, 1, 1, 1), (0, 2, 1, 1), (0, 3, 1, 1))
    _ROWS = ((0, 0, 1, 1), (1, 0, 1, 1), (1, 1, 1, 1), (0, 1, 1, 1))

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(look.px(15))
        arrows = (
            (tr("위쪽"), "arrow-up", (0, PAN_STEP)),
            (tr("왼쪽"), "arrow-left", (PAN_STEP, 0)),
            (tr("오른쪽"), "arrow-right", (-PAN_STEP, 0)),
            (tr("아래쪽"), "arrow-down", (0, -PAN_STEP)),
        )
        self._buttons: list[PressButton] = []
        self._faces: list[str | None] = []
        for words, icon, way in arrows:
            scarce = is_scarce(look) and (look.portrait or look.tight)
            face = None if scarce else icon
            padding = 10 if scarce or (look.low and look.portrait) else 20
            button = PressButton(look, words, icon=face, height=74, padding=padding, parent=self)
            button.setObjectName(icon)
            button.tells(self._move, way)
            self._buttons.append(button)
            self._faces.append(face)
        self.lay_out(cross=True)

    def lay_out(self, *, cross: bool, line: bool = False, bare: bool = False) -> None:
        """`bare` leaves the words alone where their arrows have no room."""
        for button, face in zip(self._buttons, self._faces, strict=True):
            button.set_icon(None if bare else face)
        places = self._CROSS if cross else self._LINE if line else self._ROWS
        for button, (row, column, high, wide) in zip(self._buttons, places, strict=True):
            self._grid.removeWidget(button)
            alone = Qt.AlignmentFlag.AlignHCenter if wide == 2 else Qt.AlignmentFlag(0)
            self._grid.addWidget(button, row, column, high, wide, alone)

    def _move(self, way: tuple[float, float]) -> None:
        self.moved.emit(*way)

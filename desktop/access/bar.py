"""The accessibility bar: the soil at the foot of every screen, the same everywhere."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.widgets.button import PressButton

#: (key, icon, is a setting) in their fixed order.
BUTTONS = (
    ("large", "a-large-small", True),
    ("contrast", "contrast", True),
    ("speech", "volume-2", True),
    ("low", "arrow-down-to-line", True),
    ("language", "languages", False),
    ("home", "house", False),
    ("help", "circle-help", False),
)
LEAF = 8


class AccessBar(QWidget):
    """글자 크기, 선명한 화면, 음성 안내, 낮은 화면, 언어, 처음으로, 도움말. Emits `pressed(key)`.

    Without a speech voice the third is left out and the others widen.
    """

    pressed = Signal(str)

    def __init__(
        self, look: Look, *, on: frozenset[str] = frozenset(), speech: bool = True
    ) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("access-bar")
        words = {
            "large": tr("글자 크기"),
            "contrast": tr("선명한 화면"),
            "speech": tr("음성 안내"),
            "low": tr("낮은 화면"),
            "language": "English" if look.korean else "한국어",
            "home": tr("처음으로"),
            "help": tr("도움말"),
        }
        self.buttons: dict[str, PressButton] = {}
        for key, icon, setting in BUTTONS:
            if key == "speech" and not speech:
                continue
            button = PressButton(
                look,
                words[key],
                icon=icon,
                variant="soil" if setting or key == "language" else "light",
                bold=not (setting or key == "language"),
                height=84 if look.large else 72,
                padding=18,
                radius=14,
                checkable=setting,
            )
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            if setting:
                button.setChecked(key in on)
            button.setObjectName(f"bar-{key}")
            button.setProperty("bar_key", key)
            button.clicked.connect(self._clicked)
            self.buttons[key] = button
        self._arrange(look)

    def _arrange(self, look: Look) -> None:
        outer = QVBoxLayout(self)
        side = look.px(24)
        outer.setContentsMargins(side, look.px(LEAF + 9), side, look.px(11))
        outer.setSpacing(look.px(15))
        keys = list(self.buttons)
        two_rows = look.large or look.portrait or look.metrics.ref_width < 1700
        split = len(keys) - 3 if two_rows else len(keys)
        for part in (keys[:split], keys[split:]):
            if not part:
                continue
            row = QHBoxLayout()
            row.setSpacing(look.px(15))
            for key in part:
                button = self.buttons[key]
                row.addWidget(button, button.sizeHint().width())
            outer.addLayout(row)

    def _clicked(self) -> None:
        button = self.sender()
        assert isinstance(button, PressButton)
        self.pressed.emit(button.property("bar_key"))

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return QSize(0, layout.sizeHint().height() if layout is not None else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self.look.palette
        painter.fillRect(self.rect(), p.soil)
        height = self.look.px(LEAF if not p.contrast else 4)
        painter.fillRect(0, 0, self.width(), height, p.leaf)

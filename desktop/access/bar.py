"""The accessibility bar: the soil at the foot of every screen, the same everywhere."""

from __future__ import annotations

from itertools import pairwise, product

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.widgets.button import PressButton
from desktop.widgets.stacked_button import StackedButton

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
SIDE, GAP = 24, 15
#: Room beside the words, reference px: the second where it saves a row.
PADDINGS = (18, 8)
#: The same where everything stands in one row, and the gap (2.7 mm) between its buttons.
TIGHT_SIDE, TIGHT_GAP, TIGHT_PADDING = 14, 10, 6


class AccessBar(QWidget):
    """글자 크기, 선명한 화면, 음성 안내, 낮은 화면, 언어, 처음으로, 도움말. Emits `pressed(key)`.

    Without a speech voice the third is left out and the others widen. Large letters on a small
    lying panel would need three rows, which is more than half of it: one word each under its icon
    is as large and stands in one row.
    """

    pressed = Signal(str)

    def __init__(
        self, look: Look, *, on: frozenset[str] = frozenset(), speech: bool = True
    ) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("access-bar")
        self._on, self._speech = on, speech
        if look.tight:
            self.buttons = self._make_buttons(TIGHT_PADDING)
            rows = [list(self.buttons)]
        else:
            self.buttons, rows = self._plan()
        self._arrange(rows)

    def _make_buttons(self, padding: float) -> dict[str, PressButton]:
        look = self.look
        words = {
            "large": tr("글자 크기"),
            "contrast": tr("선명한 화면"),
            "speech": tr("음성 안내"),
            "low": tr("낮은 화면"),
            "language": "English" if look.korean else "한국어",
            "home": tr("처음으로"),
            "help": tr("도움말"),
        }
        one_word = {
            "large": tr("글자"),
            "contrast": tr("선명"),
            "speech": tr("음성"),
            "low": tr("낮게"),
        }
        make = StackedButton if look.tight else PressButton
        buttons: dict[str, PressButton] = {}
        for key, icon, setting in BUTTONS:
            if key == "speech" and not self._speech:
                continue
            button = make(
                look,
                one_word.get(key, words[key]) if look.tight else words[key],
                icon=icon,
                variant="soil" if setting or key == "language" else "light",
                bold=not (setting or key == "language"),
                height=84 if look.large else 72,
                padding=padding,
                radius=14,
                checkable=setting,
                parent=self,
            )
            button.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
            if setting:
                button.setChecked(key in self._on)
            if button.text().lower() not in words[key].lower():
                # What is seen is part of what is heard, and the whole words follow.
                button.setAccessibleName(f"{button.text()}, {words[key]}")
            else:
                button.setAccessibleName(words[key])
            button.setObjectName(f"bar-{key}")
            button.setProperty("bar_key", key)
            button.clicked.connect(self._clicked)
            buttons[key] = button
        return buttons

    def _plan(self) -> tuple[dict[str, PressButton], list[list[str]]]:
        """As few rows as hold every word in one line; settings first, home and help last."""
        made = {padding: self._make_buttons(padding) for padding in PADDINGS}
        keys = list(made[PADDINGS[0]])
        last = len(keys) - 3
        half = -(-last // 2)
        splits: tuple[tuple[int, ...], ...] = ((), (last,), (half, last))
        chosen, rows = PADDINGS[-1], [keys]
        for split, padding in product(splits, PADDINGS):
            edges = (0, *split, len(keys))
            rows = [keys[start:end] for start, end in pairwise(edges)]
            if all(self._fits([made[padding][key] for key in row]) for row in rows):
                chosen = padding
                break
        for padding, buttons in made.items():
            if padding != chosen:
                for button in buttons.values():
                    button.setParent(None)
                    button.deleteLater()
        return made[chosen], rows

    def _fits(self, row: list[PressButton]) -> bool:
        look = self.look
        needed = sum(button.sizeHint().width() for button in row) + look.px(GAP) * (len(row) - 1)
        return needed <= look.metrics.width - 2 * look.px(SIDE)

    def _arrange(self, rows: list[list[str]]) -> None:
        look = self.look
        outer = QVBoxLayout(self)
        side, gap = (TIGHT_SIDE, TIGHT_GAP) if look.tight else (SIDE, GAP)
        outer.setContentsMargins(look.px(side), look.px(LEAF + 9), look.px(side), look.px(11))
        outer.setSpacing(look.px(gap))
        for keys in rows:
            row = QHBoxLayout()
            row.setSpacing(look.px(gap))
            for key in keys:
                button = self.buttons[key]
                hint = button.sizeHint().width()
                if look.tight:
                    row.addWidget(button, hint)
                    continue
                button.setMinimumWidth(min(hint, look.metrics.width // len(keys)))
                row.addWidget(button, hint)
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

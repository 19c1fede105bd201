"""The accessibility bar: the soil at the foot of every screen, the same everywhere."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.stacked_button import StackedButton


class BarKey(StrEnum):
    """What stands on the bar."""

    LARGE = "large"
    CONTRAST = "contrast"
    SPEECH = "speech"
    LOW = "low"
    LANGUAGE = "language"
    HOME = "home"
    HELP = "help"


#: (key, icon, is a setting) in their fixed order.
BUTTONS = (
    (BarKey.LARGE, "a-large-small", True),
    (BarKey.CONTRAST, "contrast", True),
    (BarKey.SPEECH, "volume-2", True),
    (BarKey.LOW, "arrow-down-to-line", True),
    (BarKey.LANGUAGE, "languages", False),
    (BarKey.HOME, "house", False),
    (BarKey.HELP, "circle-help", False),
)
LEAF = 8
SIDE, GAP = 24, 15
#: The same where large letters stand in one row: 2.7 mm between two buttons.
TIGHT_SIDE, TIGHT_GAP = 14, 10


@dataclass(frozen=True, slots=True)
class _Plan:
    """One way to set the bar: room beside a word (reference px), whole words or one of each, icon
    above the word, and where rows begin."""

    padding: float
    whole: bool
    stacked: bool
    splits: tuple[int, ...]


class AccessBar(QWidget):
    """글자 크기, 선명한 화면, 음성 안내, 낮은 화면, 언어, 처음으로, 도움말.

    Signal: `pressed(BarKey)`.

    Without a speech voice the third is left out and the others widen. Settings come first, home and
    help last, in as few rows as hold every word in one line; large letters have one word each where
    that saves height.
    """

    pressed = Signal(object)

    def __init__(
        self, look: Look, *, on: frozenset[BarKey] = frozenset(), speech: bool = True
    ) -> None:
        super().__init__()
        self.look = look
        self.setObjectName("access-bar")
        self._on = on
        self._keys = [key for key, _, _ in BUTTONS if speech or key is not BarKey.SPEECH]
        self._side, self._gap = (TIGHT_SIDE, TIGHT_GAP) if look.large else (SIDE, GAP)
        self._fitted = False
        self.buttons, rows = self._lowest()
        self._arrange(rows)

    def _words(self, *, whole: bool) -> dict[BarKey, str]:
        words = {
            BarKey.LARGE: tr("글자 크기"),
            BarKey.CONTRAST: tr("선명한 화면"),
            BarKey.SPEECH: tr("음성 안내"),
            BarKey.LOW: tr("낮은 화면"),
            BarKey.LANGUAGE: "English" if self.look.korean else "한국어",
            BarKey.HOME: tr("처음으로"),
            BarKey.HELP: tr("도움말"),
        }
        one_word = {
            BarKey.LARGE: tr("글자"),
            BarKey.CONTRAST: tr("선명"),
            BarKey.SPEECH: tr("음성"),
            BarKey.LOW: tr("낮게"),
        }
        return words if whole else words | one_word

    def _make_buttons(self, plan: _Plan) -> dict[BarKey, PressButton]:
        look = self.look
        words, seen = self._words(whole=True), self._words(whole=plan.whole)
        make = StackedButton if plan.stacked else PressButton
        buttons: dict[BarKey, PressButton] = {}
        for key, icon, setting in BUTTONS:
            if key not in self._keys:
                continue
            button = make(
                look,
                seen[key],
                icon=icon,
                variant="soil" if setting or key is BarKey.LANGUAGE else "light",
                role=Role.BAR,
                bold=not (setting or key is BarKey.LANGUAGE),
                height=84 if look.large else 72,
                padding=plan.padding,
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
            button.switch = setting
            button.tells(self._press, key)
            buttons[key] = button
        return buttons

    def _plans(self) -> list[_Plan]:
        """From the one that says most to the one that takes least width."""
        last = len(self._keys) - 3
        half = -(-last // 2)
        plans = []
        for splits in ((), (last,), (half, last)):
            plans += [_Plan(padding, True, False, splits) for padding in (18, 8)]
            if self.look.large:
                plans += [_Plan(padding, False, False, splits) for padding in (18, 8)]
                plans.append(_Plan(6, False, True, splits))
        return plans

    def _lowest(self) -> tuple[dict[BarKey, PressButton], list[list[BarKey]]]:
        """The lowest bar that holds every word; of two, the one that says more."""
        best: tuple[int, dict[BarKey, PressButton], list[list[BarKey]]] | None = None
        for plan in self._plans():
            buttons = self._make_buttons(plan)
            edges = (0, *plan.splits, len(self._keys))
            rows = [self._keys[start:end] for start, end in pairwise(edges)]
            high = sum(max(buttons[k].sizeHint().height() for k in row) for row in rows)
            high += (len(rows) - 1) * self.look.px(self._gap)
            fits = all(self._fits([buttons[key] for key in row]) for row in rows)
            unused = buttons
            # Where nothing fits, the last one comes nearest.
            if best is None or not self._fitted or (fits and high < best[0]):
                unused = best[1] if best is not None else {}
                best = (high, buttons, rows)
                self._fitted = fits
            for button in unused.values():
                button.setParent(None)
                button.deleteLater()
        assert best is not None
        return best[1], best[2]

    def _fits(self, row: list[PressButton]) -> bool:
        look = self.look
        gaps = look.px(self._gap) * (len(row) - 1)
        needed = sum(button.sizeHint().width() for button in row) + gaps
        return needed <= look.metrics.width - 2 * look.px(self._side)

    def _arrange(self, rows: list[list[BarKey]]) -> None:
        look = self.look
        outer = QVBoxLayout(self)
        side = look.px(self._side)
        outer.setContentsMargins(side, look.px(LEAF + 9), side, look.px(11))
        outer.setSpacing(look.px(self._gap))
        for keys in rows:
            row = QHBoxLayout()
            row.setSpacing(look.px(self._gap))
            for key in keys:
                button = self.buttons[key]
                hint = button.sizeHint().width()
                button.setMinimumWidth(min(hint, look.metrics.width // len(keys)))
                row.addWidget(button, hint)
            outer.addLayout(row)

    def _press(self, key: BarKey) -> None:
        self.pressed.emit(key)

    def sizeHint(self) -> QSize:
        layout = self.layout()
        return QSize(0, layout.sizeHint().height() if layout is not None else 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self.look.palette
        painter.fillRect(self.rect(), p.soil)
        height = self.look.px(LEAF if not p.contrast else 4)
        painter.fillRect(0, 0, self.width(), height, p.leaf)

"""One key of the on-screen keyboard: a letter, or a function with its word."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.keyboard.cheonjiin import DOT
from desktop.keyboard.layouts import NAMES, Act, Key
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.pressable import Pressable

_ICONS = {
    Act.SHIFT: "arrow-big-up",
    Act.DELETE: "delete",
    Act.ENTER: "corner-down-left",
    Act.PUT_AWAY: "chevron-down",
}
#: Reference px between what stands on a key and its sides: words, letters, and large words on a
#: lying panel, whose keys are no wider than these.
AIR, AIR_LETTER, AIR_CLOSE = 8, 3, 2
REPEAT_AFTER_MS, REPEAT_EVERY_MS = 450, 90


def letter_name(letter: str) -> str:
    """What speech says for a letter: jamo have names, the rest speak for themselves."""
    named = {
        " ": tr("띄어쓰기"),
        ".": tr("마침표"),
        ",": tr("쉼표"),
        "?": tr("물음표"),
        "!": tr("느낌표"),
        "-": tr("줄표"),
        "'": tr("작은따옴표"),
    }
    name = NAMES.get(letter) or named.get(letter)
    return f"{letter} {name}".strip() if name else letter


class KeyButton(Pressable):
    """Never takes the focus from the text field it writes into."""

    def __init__(self, look: Look, key: Key, words: str, parent: QWidget) -> None:
        super().__init__(look, key.variant, parent=parent)
        self.key, self._words = key, words
        self._icon = _ICONS.get(key.act)
        letter = key.act is Act.LETTER
        self._role = Role.KEY if letter else Role.BODY
        self._bold = key.act is not Act.SPACE
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setText(words)
        self.setAccessibleName(letter_name(words) if letter else self._name())
        if key.act is Act.DELETE:
            self.setAutoRepeat(True)
            self.setAutoRepeatDelay(REPEAT_AFTER_MS)
            self.setAutoRepeatInterval(REPEAT_EVERY_MS)
        self.setCheckable(key.act is Act.SHIFT)

    def _name(self) -> str:
        if self.key.act is Act.PUT_AWAY:
            return tr("자판 내리기")
        whole = {tr("한글"): tr("한글 자판"), tr("영어"): tr("영어 자판")}
        return whole.get(self._words, self._words)

    def set_words(self, words: str) -> None:
        """The face under Shift."""
        self._words = words
        self.setText(words)
        self.setAccessibleName(letter_name(words))
        self.update()

    def _layout(self) -> tuple[Role, typeset.Paragraphs, float]:
        """The role the words are set in, the words in one line, and the width of the icon beside
        them (0: no room, or none). What is too large for its key is smaller, never under 12 mm
        where letters are large."""
        look, role = self.look, self._role
        words = typeset.lay_out(look, self._words, role, self._bold, 1e9)
        for smaller in (Role.BODY, Role.KEY_WORD) if look.large else ():
            if not self._fits(role, words.width):
                role = smaller
                words = typeset.lay_out(look, self._words, role, self._bold, 1e9)
        if look.large and not self._icon and not self._fits(role, words.width):
            # The first of two words, or the sign of a space; the name that is spoken is whole.
            first = "␣" if self.key.act is Act.SPACE else self._words.partition(" ")[0]
            words = typeset.lay_out(look, first, role, self._bold, 1e9)
        icon = 0.0
        if self._icon:
            icon = look.metrics.font_px(look.size(role)) + look.px(10)
        if icon and words.width > self._room():
            # A sign everybody knows, as large as the key, instead of a word cut short.
            return role, typeset.lay_out(look, "", role, self._bold, 1e9), icon
        return role, words, icon if words.width + icon <= self._room() else 0.0

    def _room(self) -> float:
        close = self.look.large and not self.look.portrait
        air = AIR_LETTER if self.key.act is Act.LETTER else AIR_CLOSE if close else AIR
        return self.width() - 2 * self.look.px(air)

    def _fits(self, role: Role, width: float) -> bool:
        ink = self.look.metrics.font_px(self.look.size(role)) * 0.9
        return width <= self._room() and ink <= self.height() - self.thickness

    def overflows(self) -> bool:
        role, words, icon = self._layout()
        return not self._fits(role, words.width + icon)

    def nextCheckState(self) -> None:
        """The panel decides what Shift does: once, locked, off."""

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        face, rect = self.paint_face(painter), self.face_rect()
        if self._words == DOT:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(face.text)
            painter.drawEllipse(rect.center(), self.look.px(8), self.look.px(8))
            return
        look = self.look
        role, words, icon = self._layout()
        x = rect.center().x() - (words.width + icon) / 2
        if icon and self._icon:
            size = icon - look.px(10)
            top = rect.center().y() - size / 2
            paint_icon(painter, self._icon, QRectF(x, top, size, size), face.text)
            x += icon
        painter.setPen(face.text)
        box = QRectF(x, rect.center().y() - words.height / 2, words.width, words.height)
        typeset.draw(painter, look, words, role, box)

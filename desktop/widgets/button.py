"""Buttons: an icon and a word on a pressable face."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.shapes import paint_theme_tile
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.pressable import Pressable

ICON_RATIO = 1.12
WIDEST_BREAK = 3


class PressButton(Pressable):
    """Icon (before or after) and word. A checked button shows a tick instead of its icon.

    `height` is the face in reference px at least; long words wrap to two lines and the face grows.
    """

    def __init__(
        self,
        look: Look,
        text: str,
        *,
        icon: str | None = None,
        trailing: str | None = None,
        tile: str | None = None,
        variant: str = "plain",
        role: Role = Role.BODY,
        bold: bool = True,
        height: float = 76,
        padding: float = 28,
        radius: float = 16,
        checkable: bool = False,
        align_left: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(look, variant, radius=radius, parent=parent)
        self._icon, self._trailing, self._tile = icon, trailing, tile
        self._role, self._bold = role, bold
        self._height, self._padding, self._align_left = height, padding, align_left
        self._grown = False
        self.setCheckable(checkable)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.set_text(text)

    def set_text(self, text: str) -> None:
        self.setText(text)
        self.setAccessibleName(text.replace("\n", " "))
        self.setFont(self.look.font(self._role, self._bold))
        self.updateGeometry()
        self.update()

    def set_icon(self, icon: str | None) -> None:
        if icon != self._icon:
            self._icon = icon
            self.updateGeometry()
            self.update()

    @property
    def _icon_size(self) -> float:
        return self.look.metrics.font_px(self.look.size(self._role)) * ICON_RATIO

    @property
    def _gap(self) -> float:
        return self.look.px(16 if self.text() else 0)

    def _around(self, *, saying_why: bool | None = None) -> float:
        """Device px beside the words: padding and icons. Beside the reason why it cannot be pressed
        there are no icons."""
        bare = self.showing_why if saying_why is None else saying_why
        shown = () if bare else (self._leading(), self._trailing, self._tile)
        icons = sum(1 for icon in shown if icon)
        return 2 * self.look.px(self._padding) + icons * (self._icon_size + self._gap)

    @property
    def face_words(self) -> str:
        """What is read on the face."""
        return self.why if self.showing_why else self.text()

    def _leading(self) -> str | None:
        if self.isChecked() and self.isCheckable() and self._tile is None:
            return "check"
        return self._icon

    def _words(self, width: float) -> typeset.Paragraphs:
        bold = self._bold or self.isChecked()
        return typeset.lay_out(self.look, self.face_words, self._role, bold, max(1.0, width))

    def _height_for(self, words: typeset.Paragraphs) -> int:
        padded = words.height + 2 * self.look.px(12)
        return round(max(self.look.px(self._height), padded)) + self.thickness

    def _either(self, width: float, *, bold: bool) -> list[tuple[typeset.Paragraphs, float, str]]:
        """Its word, and why it cannot be pressed where the face may have to say that, each laid out
        in a button `width` wide, with what stands beside it: the face keeps room for both, so that
        nothing moves when one takes the other's place."""
        said = [(self.text(), self._around(saying_why=False))]
        if self.says_why and self.why:
            said.append((self.why, self._around(saying_why=True)))
        return [
            (
                typeset.lay_out(self.look, words, self._role, bold, max(1.0, width - beside)),
                beside,
                words,
            )
            for words, beside in said
        ]

    def sizeHint(self) -> QSize:
        # Checked words are bold and a tick may come where no icon stood: keep their room, so that
        # nothing moves on a tap.
        (words, beside, _), *_ = self._either(1e9, bold=self._bold or self.isCheckable())
        spare = 0.0
        if self.isCheckable() and not self._icon and not self._tile and not self.isChecked():
            spare = self._icon_size + self._gap
        # A reason is longer than a word; it breaks rather than widening what stands in a column.
        width = max(round(words.width + beside + spare) + 1, self.minimumSizeHint().width())
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        either = self._either(1e9, bold=self._bold or self.isChecked())
        width = max(
            beside
            + max(
                typeset.widest_word(self.look, said, self._role, self._bold),
                words.width / WIDEST_BREAK,
            )
            for words, beside, said in either
        )
        return QSize(round(width) + 1, max(self._height_for(words) for words, _, _ in either))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        either = self._either(width, bold=self._bold or self.isChecked())
        return max(self._height_for(words) for words, _, _ in either)

    def resizeEvent(self, event: object) -> None:
        # A fixed-height policy with words that wrapped needs the taller face, and loses it again
        # when the words have room: layouts try narrow widths on their way to the final one.
        needed = self.heightForWidth(self.width())
        if (needed > self.height() or self._grown) and self.minimumHeight() != needed:
            self._grown = True
            self.setMinimumHeight(needed)

    def overflows(self) -> bool:
        """Whether the words are cut, or one of them had to be broken between its letters."""
        room, face = self.width() - self._around(), self.face_rect()
        bold = self._bold or self.isChecked()
        widest = typeset.widest_word(self.look, self.face_words, self._role, bold)
        return widest > room + 2 or self._words(room).height > face.height() + 1

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        face = self.paint_face(painter)
        rect, gap, size = self.face_rect(), self._gap, self._icon_size
        words = self._words(self.width() - self._around())
        content = words.width + self._around() - 2 * self.look.px(self._padding)
        x = rect.left() + (
            self.look.px(self._padding) if self._align_left else (rect.width() - content) / 2
        )
        middle = rect.center().y()
        tile, leading, trailing = self._tile, self._leading(), self._trailing
        if self.showing_why:
            tile = leading = trailing = None
        if tile:
            centre = QRectF(x, middle - size / 2, size, size).center()
            paint_theme_tile(painter, self.look.palette, tile, centre, size * 0.5)
            x += size + gap
        if leading:
            box = QRectF(x, middle - size / 2, size, size)
            paint_icon(painter, leading, box, face.text)
            x += size + gap
        painter.setPen(face.text)
        box = QRectF(x, middle - words.height / 2, words.width, words.height)
        typeset.draw(painter, self.look, words, self._role, box, centre=not self._align_left)
        if trailing:
            right = x + words.width + gap
            if self._align_left:
                right = rect.right() - self.look.px(self._padding) - size
            paint_icon(painter, trailing, QRectF(right, middle - size / 2, size, size), face.text)


def chip(look: Look, text: str, *, tile: str | None = None, icon: str | None = None) -> PressButton:
    """A round filter chip; checked chips are ink with a tick."""
    button = PressButton(
        look,
        text,
        tile=tile,
        icon=icon,
        variant="chip",
        bold=False,
        height=68,
        padding=24,
        radius=40,
        checkable=True,
    )
    button.setProperty("chip", True)
    return button

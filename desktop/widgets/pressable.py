"""What can be pressed has thickness: a solid lower edge, and it sinks when pressed.

Every target of the program derives from Pressable, so a first-time user learns the sign once.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from desktop.theme.look import Look

T = TypeVar("T")

#: Line and gap of a dashed outline, in widths of the line.
DASHES = (4, 4)


@dataclass(frozen=True, slots=True)
class Face:
    """How one state of a target is painted (colours) and how thick it is (reference px).

    A dashed outline without an edge is what cannot be pressed now: where fill and ink differ by
    little, or not at all, its shape still tells.
    """

    fill: QColor
    outline: QColor | None
    edge: QColor | None
    text: QColor
    outline_width: float = 2
    thickness: float = 5
    dashed: bool = False


def plain_face(look: Look) -> Face:
    p = look.palette
    return Face(p.white, p.line, p.edge, p.ink)


def faces(look: Look, variant: str) -> tuple[Face, Face, Face]:
    """Rest, pressed and checked face of a variant (the keys of the table below)."""
    p = look.palette
    sunk = Face(p.pressed, p.line, None, p.ink)
    chosen = Face(p.tint, p.pine, None, p.ink, outline_width=6)
    table = {
        "plain": (plain_face(look), sunk, chosen),
        "main": (
            Face(p.pine, None, p.pine_edge, p.on_pine),
            Face(p.pine2, None, None, p.on_pine),
            Face(p.pine2, None, None, p.on_pine),
        ),
        # What nothing brings back: never the face that is pressed without reading.
        "grave": (Face(p.white, p.danger, p.edge, p.danger), sunk, chosen),
        "quiet": (Face(p.paper, p.line, None, p.ink, thickness=0), sunk, chosen),
        "soil": (
            Face(p.soil2, p.soil_line, p.soil_edge, p.on_soil, thickness=4),
            Face(p.soil, p.soil_line, None, p.on_soil, thickness=4),
            Face(p.bar_on, None, p.soil_edge, p.on_bar_on, thickness=4),
        ),
        "light": (
            Face(p.bar_light, None, p.soil_line, p.on_bar_light, thickness=4),
            Face(p.pressed, None, None, p.ink, thickness=4),
            Face(p.bar_on, None, None, p.on_bar_on, thickness=4),
        ),
        "chip": (
            Face(p.white, p.line, p.edge, p.ink, thickness=4),
            Face(p.pressed, p.line, None, p.ink, thickness=4),
            Face(p.selected, p.selected, None, p.on_selected, thickness=4),
        ),
        "key": (plain_face(look), sunk, chosen),
        "vowel": (Face(p.tint, p.line, p.edge, p.ink), sunk, chosen),
        "soft": (Face(p.sand, p.line, p.edge, p.ink), sunk, chosen),
    }
    return table[variant]


class Pressable(QAbstractButton):
    """A target with a rounded face; subclasses paint or lay out what stands on it.

    Acts on release inside the face only; sliding off cancels. Enter works like Space. What it
    means stands in `tells`; `told(what)` carries it.
    """

    told = Signal(object)

    def __init__(
        self,
        look: Look,
        variant: str = "plain",
        *,
        radius: float = 16,
        thickness: float | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.look, self.variant, self.radius = look, variant, radius
        #: One of several, of which one is chosen: a radio button to assistive technology. Pressed
        #: again it stays chosen; only the state takes the choice back.
        self.one_of = False
        #: On or off, and said so to whoever listens; else it is chosen or not.
        self.switch = False
        self._tells: object = None
        #: A way on: while it cannot be pressed its face says why, in place of its own word.
        self.says_why = variant == "main"
        self._why = ""
        self._expected = False
        self._faces = faces(look, variant)
        self._thickness = thickness
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.ArrowCursor)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.pressed.connect(self._moved)
        self.released.connect(self._moved)
        self.toggled.connect(self._moved)
        self.toggled.connect(self._turned)

    @property
    def why(self) -> str:
        """Why it cannot be pressed, or could not be if something were missing; else empty."""
        return self._why

    @property
    def showing_why(self) -> bool:
        """Whether the face says why it cannot be pressed, in place of its word."""
        return self.says_why and not self.isEnabled() and bool(self._why)

    def allow(self, allowed: bool, why: str) -> None:
        """Let it be pressed, or say why it cannot be now: on its face where it is a way on, and to
        whoever listens. The only way to switch a target off; `why` is asked for in either case, so
        that its room is kept and nothing moves."""
        if not allowed:
            self.setAccessibleDescription(why)
        elif self.accessibleDescription() == self._why:
            self.setAccessibleDescription("")
        if why != self._why:
            self._why = why
            self.updateGeometry()
        self.setEnabled(allowed)
        self.update()

    def tells(self, tell: Callable[[T], None], what: T) -> None:
        """Call `tell(what)` whenever it is pressed. Another call changes what is told."""
        if self._tells is None:
            self.clicked.connect(self._say)
            # A signal and not a reference: a view that its own target held on to would go when the
            # collector comes by, in the middle of anything.
            self.told.connect(tell)
        self._tells = what

    def _say(self) -> None:
        self.told.emit(self._tells)

    def _moved(self) -> None:
        self.face_moved()
        self.update()

    def setChecked(self, checked: bool) -> None:
        self._expected = True
        super().setChecked(checked)
        self._expected = False

    def nextCheckState(self) -> None:
        if self.one_of and self.isChecked():
            return
        self._expected = True
        super().nextCheckState()
        self._expected = False

    def _turned(self, checked: bool) -> None:
        """Assistive technology turns a button without pressing it (its action "Toggle"): it is
        turned back and pressed, because all that follows, follows from a press."""
        if not self._expected:
            self.setChecked(not checked)
            self.click()

    def face_moved(self) -> None:
        """Called when the face sinks or rises; a container moves its children here."""

    @property
    def thickness(self) -> int:
        """Device px of the lower edge."""
        ref = self._faces[0].thickness if self._thickness is None else self._thickness
        return self.look.px(ref) if ref else 0

    @property
    def sunk(self) -> bool:
        flat_when_checked = self.isChecked() and self._faces[2].edge is None
        return self.isDown() or flat_when_checked

    def current_face(self) -> Face:
        if self.isDown():
            return self._faces[1]
        if self.isChecked():
            return self._faces[2]
        face = self._faces[0]
        if not self.isEnabled():
            p = self.look.palette
            return Face(p.sand, p.reed, None, p.ink2, thickness=face.thickness, dashed=True)
        return face

    def face_rect(self) -> QRectF:
        """The face in widget coordinates, where content stands."""
        t = self.thickness
        top = t if (self.sunk or not self.isEnabled()) else 0
        return QRectF(0, top, self.width(), self.height() - t)

    def paint_face(self, painter: QPainter) -> Face:
        face, rect = self.current_face(), self.face_rect()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = min(self.look.px(self.radius), rect.height() / 2)
        if face.edge is not None and not self.sunk and self.thickness:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(face.edge)
            painter.drawRoundedRect(rect.translated(0, self.thickness), radius, radius)
        if face.outline is None:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(face.fill)
            painter.drawRoundedRect(rect, radius, radius)
        else:
            width = self.look.line(face.outline_width)
            pen = QPen(face.outline, width)
            if face.dashed:
                pen.setDashPattern(DASHES)
            painter.setPen(pen)
            painter.setBrush(face.fill)
            half = width / 2
            painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)
        return face

    def paintEvent(self, event: QPaintEvent) -> None:
        self.paint_face(QPainter(self))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

"""How text fields look, one-line and many-line alike."""

from __future__ import annotations

from typing import cast

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QTextLine

from desktop.theme.look import Look

RADIUS = 20.0
CARET = 4.0


def paint(painter: QPainter, look: Look, rect: QRectF, *, focus: bool, error: bool) -> None:
    """The bed: 4 px indigo while it has the focus, 3 px danger when what it holds is wrong."""
    p = look.palette
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    colour, ref = (p.line, 2.0)
    if error:
        colour, ref = p.danger, 4.0 if focus else 3.0
    elif focus:
        colour, ref = p.indigo, 4.0
    width = look.line(ref)
    painter.setPen(QPen(colour, width))
    painter.setBrush(p.white)
    half = width / 2
    radius = look.px(RADIUS)
    painter.drawRoundedRect(rect.adjusted(half, half, -half, -half), radius, radius)


def paint_composing(painter: QPainter, look: Look, box: QRectF) -> None:
    """Under the syllable being composed: sprout ground and a pine line."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.palette.sprout)
    painter.drawRect(box)
    painter.setBrush(look.palette.pine)
    painter.drawRect(QRectF(box.x(), box.bottom(), box.width(), look.line(4)))


def paint_caret(painter: QPainter, look: Look, top: QPointF, height: float) -> None:
    """A steady bar; nothing on a screen blinks."""
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(look.palette.indigo)
    width = look.line(CARET)
    painter.drawRect(QRectF(top.x() + look.px(2), top.y(), width, height))


def x_of(line: QTextLine, position: int) -> float:
    """Where the letter at `position` begins in its line; device px."""
    # The binding gives a pair or a number, depending on its version.
    found: object = line.cursorToX(position)
    return float(found[0] if isinstance(found, tuple) else cast("float", found))

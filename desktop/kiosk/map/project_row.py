"""One project in a list: tile, name, status with its date, how far it is, and a way in."""

from __future__ import annotations

from itertools import accumulate, pairwise

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QRegion
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from db.records.projects import Project
from desktop.i18n import date_words, tr
from desktop.map.pins import mark_factor
from desktop.map.walking import walking_minutes
from desktop.theme.icons import paint_icon
from desktop.theme.look import Look
from desktop.theme.shapes import STATUS_ICONS, paint_theme_tile
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.words.project import status_word, theme_word

PAD_Y, LEFT, RIGHT = 10, 110, 66
LEAST = 116
#: Between the touch areas of two rows: 2.8 mm.
ROW_GAP = 10
#: From this width (reference px) on, the way is told in a whole sentence behind the date.
WIDE = 800
LONGEST_WALK = 60
SAME_PLACE_M = 40


def far_words(metres: float, *, roughly: bool = False) -> str:
    """How far a place is: minutes on foot (an estimate), or kilometres when it is no walk or when
    nobody knows the place more exactly than its neighbourhood (`roughly`)."""
    if roughly:
        return tr("{km}km 안팎", km=max(1, round(metres / 1000)))
    if metres < SAME_PLACE_M:
        return tr("바로 여기")
    minutes = walking_minutes(metres)
    if minutes > LONGEST_WALK:
        return tr("{km}km", km=f"{metres / 1000:.1f}")
    return tr("걸어서 약 {n}분", n=minutes)


class ProjectRow(QAbstractButton):
    """A row as wide as its list and as high as its words. `show_project` fills it anew.

    Signal: `opened(project id)`.
    """

    opened = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self.project: Project | None = None
        self._metres: float | None = None
        self._chosen = self._cut = False
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._open)

    def _open(self) -> None:
        if self.project is not None:
            self.opened.emit(self.project.id)

    def show_project(self, project: Project, metres: float | None, *, chosen: bool) -> None:
        same = project is self.project and metres == self._metres and chosen == self._chosen
        if same:
            return
        self.project, self._metres, self._chosen = project, metres, chosen
        name = project.name(self.look.language)
        self.setText(name)
        words = [name, theme_word(str(project.theme)), self._status_words()]
        if metres is not None:
            words.append(far_words(metres, roughly=project.is_area))
        self.setAccessibleName(", ".join(words))
        self.setProperty("project", project.id)
        self.update()

    def _status_words(self) -> str:
        assert self.project is not None
        date = date_words(self.project.status_date or "")
        return status_word(str(self.project.status)) + (f" · {date}" if date else "")

    # Shape

    def hitButton(self, pos: QPoint) -> bool:
        """Rows touch each other on the screen; the strip between two belongs to neither."""
        inset = self.look.px(ROW_GAP / 2)
        return self.rect().adjusted(0, inset, 0, -inset).contains(pos)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        look = self.look
        words = self._name(width)
        lines = words.height + self._status(width).height
        return max(look.px(LEAST), round(lines) + 2 * look.px(PAD_Y))

    def sizeHint(self) -> QSize:
        width = self.look.px(608)
        return QSize(width, self.heightForWidth(width))

    def _room(self, width: int) -> float:
        return max(1.0, width - self._left() - self.look.px(RIGHT))

    def _left(self) -> float:
        return self.look.px(LEFT)

    def _name(self, width: int) -> typeset.Paragraphs:
        return typeset.lay_out(self.look, self.text(), Role.BODY, True, self._room(width))

    def _icon_room(self) -> float:
        return self.look.metrics.font_px(self.look.size(Role.BODY)) + self.look.px(12)

    def _far(self) -> str:
        assert self.project is not None and self._metres is not None
        return far_words(self._metres, roughly=self.project.is_area)

    def _short_way(self, width: int) -> typeset.Paragraphs | None:
        """The way as it stands at the right end of the status line, where there is room for it."""
        if self._metres is None or self.look.compact or width >= self.look.px(WIDE):
            return None
        far = self._far()
        words = typeset.lay_out(self.look, far, Role.BODY, False, 1e9)
        room = width - self._left() - self._icon_room() - self.look.px(22 + 14)
        line = typeset.natural_width(self.look, " · ".join(self._told()), Role.BODY)
        return words if line + words.width <= room else None

    def _told(self) -> list[str]:
        """What the status line says: the status, its date where it has one."""
        assert self.project is not None
        date = self.project.status_date or ""
        # The name of a month is long: in English the day stands on the project's own page.
        date = date if self.look.korean else date_words(date[:7])
        return [f"**{status_word(str(self.project.status))}**", *([date] if date else [])]

    def _status(self, width: int) -> typeset.Paragraphs:
        look = self.look
        room = max(1.0, width - self._left() - self._icon_room() - look.px(22))
        told = self._told()
        if self._short_way(width) is None and self._metres is not None:
            told.append(self._far())
        lines = [told[0]]
        for part in told[1:]:
            # What does not fit begins a line of its own rather than leaving its dot behind.
            longer = f"{lines[-1]} · {part}"
            if typeset.natural_width(look, longer, Role.BODY) <= room:
                lines[-1] = longer
            else:
                lines.append(part)
        return typeset.lay_out(look, "\n".join(lines), Role.BODY, False, room)

    def show_down_to(self, end: int | None) -> None:
        """Show only the lines that end above `end` (device px); all of them without one."""
        whole = end is None or end >= self.height()
        if whole == self._cut:
            self._cut = not whole
            self.update()
        if end is None or whole:
            self.clearMask()
            return
        shown = max((foot for _, foot in self.uncut() if foot <= end), default=0)
        self.setMask(QRegion(0, 0, self.width(), shown) if shown else QRegion(0, -1, 1, 1))

    def uncut(self) -> list[tuple[int, int]]:
        """From the top to the foot of each of its lines."""
        name, status = self._name(self.width()), self._status(self.width())
        lines = [name.line_height] * len(name.lines) + [status.line_height] * len(status.lines)
        ends = [round(self._top() + foot) for foot in accumulate(lines, initial=0.0)]
        return list(pairwise(ends))

    def overflows(self) -> bool:
        """True when a word is wider than its room (a fault, looked for in tests)."""
        return self._name(self.width()).width > self._room(self.width()) + 1.5

    # Looks

    def paintEvent(self, event: QPaintEvent) -> None:
        if self.project is None:
            return
        look, p = self.look, self.look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        if self.isDown():
            painter.fillRect(whole, p.pressed)
        elif self._chosen:
            painter.fillRect(whole, p.tint)
        painter.fillRect(QRectF(0, whole.height() - look.px(2), whole.width(), look.px(2)), p.straw)
        self._paint_words(painter)
        middle = self._middle_of_name() if self._cut else whole.height() / 2
        tile = QPointF(look.px(56), middle)
        radius = look.px(27 * mark_factor(look))
        paint_theme_tile(painter, p, str(self.project.theme), tile, radius)
        size = look.px(40 * mark_factor(look))
        top = self._middle_of_name()
        box = QRectF(whole.width() - look.px(22) - size, top - size / 2, size, size)
        paint_icon(painter, "chevron-right", box, p.ink2)
        if self._chosen:
            width = look.line(6)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(p.pine, width))
            painter.drawRect(whole.adjusted(width / 2, width / 2, -width / 2, -width / 2))

    def _top(self) -> float:
        lines = self._name(self.width()).height + self._status(self.width()).height
        return (self.height() - lines) / 2

    def _middle_of_name(self) -> float:
        return self._top() + self._name(self.width()).height / 2

    def _paint_words(self, painter: QPainter) -> None:
        assert self.project is not None
        look, p, width = self.look, self.look.palette, self.width()
        name, status, x, y = self._name(width), self._status(width), self._left(), self._top()
        painter.setPen(p.ink)
        typeset.draw(painter, look, name, Role.BODY, QRectF(x, y, name.width, name.height))
        y += name.height
        colour = p.status(str(self.project.status))
        size = look.metrics.font_px(look.size(Role.BODY)) * 0.98
        box = QRectF(x, y + (status.line_height - size) / 2, size, size)
        paint_icon(painter, STATUS_ICONS[str(self.project.status)], box, colour)
        left = x + self._icon_room()
        painter.setPen(p.ink2)
        self._draw_status(painter, status, QRectF(left, y, status.width, status.height))
        if (far := self._short_way(width)) is not None:
            painter.setPen(p.ink2)
            end = width - look.px(22) - far.width
            typeset.draw(painter, look, far, Role.BODY, QRectF(end, y, far.width, far.height))

    def _draw_status(self, painter: QPainter, words: typeset.Paragraphs, box: QRectF) -> None:
        """The status word in its own colour, the rest in the quiet one."""
        assert self.project is not None
        look, fonts = self.look, typeset.fonts(self.look, Role.BODY)
        for i, line in enumerate(words.lines):
            y = box.top() + i * words.line_height + words.ascent
            for run in line.runs:
                painter.setFont(fonts[run.bold])
                colour = look.palette.status(str(self.project.status))
                painter.setPen(colour if run.bold else look.palette.ink2)
                painter.drawText(QPointF(box.left() + run.x, y), run.text)

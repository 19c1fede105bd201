"""A list of any length: only the rows on the screen exist, so ten thousand cost as much as ten."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from db.records.projects import Project
from desktop.access.accessible import LIST
from desktop.i18n import tr
from desktop.kiosk.map.project_row import ProjectRow
from desktop.theme.look import Look

SLACK_MM = 3.0


class ProjectList(QWidget):
    """Rows of projects, dragged or turned by pages. At rest it begins with a whole row; of the
    last one it shows the lines that fit.

    Signals: `chosen(project id)`; `moved()` when other rows came into view.
    """

    chosen = Signal(str)
    moved = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setProperty(LIST, True)
        self.setAccessibleName(tr("사업 목록"))
        self._projects: tuple[Project, ...] = ()
        self._metres: Mapping[str, float] = {}
        self._selected: str | None = None
        self._rows: list[ProjectRow] = []
        self._probe = ProjectRow(look, self)
        self._probe.hide()
        self._top = 0
        self._offset = 0.0
        self._last_whole = 0
        #: On the way, as under a finger: rows may stand anywhere.
        self._moving = False
        self._pressed: QPointF | None = None
        self._dragged: float | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    @property
    def projects(self) -> tuple[Project, ...]:
        return self._projects

    def show_projects(
        self,
        projects: tuple[Project, ...],
        metres: Mapping[str, float],
        selected: str | None = None,
    ) -> None:
        """Other projects start at the top; the same ones stay where they were."""
        if projects != self._projects:
            self._projects, self._top, self._offset = projects, 0, 0.0
            self._moving = False
        newly = selected if selected != self._selected else None
        self._metres, self._selected = metres, selected
        self._lay_out()
        if newly is not None:
            self.show_whole(newly)

    def show_whole(self, ident: str) -> None:
        """Scroll only if needed, so that the project's row is in view."""
        at = next((i for i, p in enumerate(self._projects) if p.id == ident), None)
        if at is not None and not self._top <= at <= self._last_whole:
            self._begin_with(at)

    # Pages

    @property
    def can_go_up(self) -> bool:
        return self._top > 0 or self._offset > 0

    @property
    def can_go_down(self) -> bool:
        return self._last_whole < len(self._projects) - 1

    def page_down(self) -> None:
        """The first row that was not whole becomes the top one."""
        if self.can_go_down:
            self._begin_with(max(self._last_whole + 1, self._top + 1))

    def page_up(self) -> None:
        """As many rows back as fit."""
        room, at = float(self.height()), self._top
        if self._offset > 0:
            at += 1
        while at > 0:
            room -= self._height(at - 1)
            if room < 0 and at < self._top:
                break
            at -= 1
        self._begin_with(at)

    def _begin_with(self, at: int) -> None:
        self._top, self._offset, self._moving = at, 0.0, False
        self._lay_out()

    def come_to_rest(self, *, onward: bool = False) -> None:
        """Begin with a whole row: the nearest one, or with `onward` the next."""
        cut = self._offset > 0
        if cut and (onward or self._offset > self._height(self._top) / 2):
            self._top += 1
        self._begin_with(self._top)

    def scroll_by(self, by: float) -> None:
        """Move the rows up by device px; they stay where they are until `come_to_rest`."""
        self._moving = True
        self._offset += by
        while self._offset < 0 and self._top > 0:
            self._top -= 1
            self._offset += self._height(self._top)
        self._offset = max(0.0, self._offset)
        while self._top < len(self._projects) - 1 and self._offset >= self._height(self._top):
            self._offset -= self._height(self._top)
            self._top += 1
        self._lay_out()

    # Rows

    def _height(self, at: int) -> int:
        project = self._projects[at]
        self._probe.show_project(project, self._metres.get(project.id), chosen=False)
        return self._probe.heightForWidth(self.width())

    def _end_at_foot(self) -> None:
        """Leave no more room under the last row than the row above needs to be whole."""
        room, at = float(self.height()), len(self._projects)
        while at > 0 and room > 0:
            at -= 1
            room -= self._height(at)
        if room > 0:
            self._top, self._offset = 0, 0.0
        else:
            last = (at, -room) if self._moving or room == 0 else (at + 1, 0.0)
            if at + 1 < len(self._projects) and (self._top, self._offset) > last:
                self._top, self._offset = last

    def _lay_out(self) -> None:
        if self.width() <= 0 or self.height() <= 0:
            return
        near_end = len(self._projects) - self._top
        if near_end * self._look.px(116) <= self.height() * 2:
            self._end_at_foot()
        y, used, at = -self._offset, 0, self._top
        self._last_whole = self._top
        while y < self.height() and at < len(self._projects):
            row = self._row(used)
            project = self._projects[at]
            row.show_project(
                project, self._metres.get(project.id), chosen=project.id == self._selected
            )
            height = row.heightForWidth(self.width())
            row.setGeometry(0, round(y), self.width(), height)
            row.show_down_to(None if self._moving else self.height() - round(y))
            row.show()
            y += height
            if y <= self.height() + 1:
                self._last_whole = at
            used, at = used + 1, at + 1
        for row in self._rows[used:]:
            row.hide()
        self.moved.emit()

    def _row(self, index: int) -> ProjectRow:
        while len(self._rows) <= index:
            row = ProjectRow(self._look, self)
            row.opened.connect(self.chosen)
            row.installEventFilter(self)
            self._rows.append(row)
        return self._rows[index]

    # Fingers

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QMouseEvent) and isinstance(watched, ProjectRow):
            return self._mouse(watched, event)
        if event.type() == QEvent.Type.FocusIn and isinstance(watched, ProjectRow):
            self._follow_focus(watched)
        return False

    def _mouse(self, row: ProjectRow, event: QMouseEvent) -> bool:
        y = event.globalPosition().y()
        kind = event.type()
        if kind == QEvent.Type.MouseButtonPress:
            self._pressed, self._dragged = event.globalPosition(), None
        elif kind == QEvent.Type.MouseMove and self._pressed is not None:
            far = abs(y - self._pressed.y()) > SLACK_MM * self._look.metrics.px_per_mm
            if self._dragged is None and far:
                # A drag is no press: let the row go before it acts.
                row.setDown(False)
                self._dragged = self._pressed.y()
            if self._dragged is not None:
                self.scroll_by(self._dragged - y)
                self._dragged = y
                return True
        elif kind == QEvent.Type.MouseButtonRelease:
            dragged, self._pressed, self._dragged = self._dragged, None, None
            if dragged is not None:
                row.setDown(False)
                self.come_to_rest()
                return True
        return False

    def _follow_focus(self, row: ProjectRow) -> None:
        low = row.geometry().bottom() - self.height()
        if row.y() < 0:
            self.scroll_by(row.y())
            self.come_to_rest()
        elif low > 0 and row.height() < self.height():
            self.scroll_by(low)
            self.come_to_rest(onward=True)

    def wheelEvent(self, event: QWheelEvent) -> None:
        self.scroll_by(-event.angleDelta().y() / 120 * self._look.px(120))
        self.come_to_rest()
        event.accept()

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._lay_out()

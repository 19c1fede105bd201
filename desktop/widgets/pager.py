"""Content taller than its place: drag it, or turn pages with big buttons. Nothing is cut off: a
page ends between two lines, and what does not fit whole waits for the next one."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from math import ceil

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QSize, Qt
from PySide6.QtGui import QRegion
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QScrollArea,
    QScroller,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import tr
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.dragging import let_drag
from desktop.widgets.page_ends import PageEnds
from desktop.widgets.text import Text
from desktop.widgets.typeset import natural_width

_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
WIDEST_PLACE = "88 / 88"
#: Reference px under the last line of a page.
AIR = 8
#: Lines of text that a page holds at least: above its buttons, and beside them.
LEAST_LINES, LEAST_LINES_BESIDE = 5, 3


class Pager(QWidget):
    """Shows `content` (any widget that knows its height for a width). The page buttons appear only
    when the content does not fit, and never cover it. With `peek` there are none: another button of
    the screen opens the whole.

    `side` is the column of the buttons where they stand at the side, else None: a main action can
    join them there. Inside a longer page it is unrolled: it shows all it has, the action at its
    end, and the page that it lies in is turned instead."""

    def __init__(
        self,
        look: Look,
        content: QWidget,
        *,
        peek: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._peek, self.content = look, peek, content
        self._unrolled = False
        #: Where its pages may end and where they begin; all of it is in view while there are none.
        self._ends: PageEnds | None = None
        self._starts = [0]
        self._area = area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.viewport().setAutoFillBackground(False)
        area.setWidget(content)
        content.setAutoFillBackground(False)  # setWidget has switched it on
        let_drag(area.viewport())
        # Where height is scarce (large letters on a lying panel) the buttons stand at the side.
        self._beside = beside = look.compact and not look.portrait
        self._whole = whole = QBoxLayout(_ACROSS if beside else _DOWN, self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(look.px(24 if beside else 15))
        whole.addWidget(area, 1)
        self._buttons = QWidget()
        self._actions: QWidget | None = None
        row: QHBoxLayout | QVBoxLayout
        row = QVBoxLayout(self._buttons) if beside else QHBoxLayout(self._buttons)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(look.px(12 if look.tight else 15))
        padding = 14 if look.tight else 28
        self.up = PressButton(look, tr("위로"), icon="arrow-up", height=72, padding=padding)
        self.down = PressButton(look, tr("아래로"), icon="arrow-down", height=72, padding=padding)
        self._place = Text(look, "", Role.BODY, colour="ink2", one_line=True)
        self._place.setAlignment(Qt.AlignmentFlag.AlignCenter)
        # Kept free, so that no button moves as pages are counted.
        self._place.setMinimumWidth(ceil(natural_width(look, WIDEST_PLACE, Role.BODY)) + 2)
        row.addWidget(self.up, 0 if beside else 1)
        row.addWidget(self._place)
        row.addWidget(self.down, 0 if beside else 1)
        self.side: QVBoxLayout | None = None
        if beside:
            assert isinstance(row, QVBoxLayout)
            row.addStretch(1)
            side = QVBoxLayout()
            side.addWidget(self._buttons, 1)
            self.side = self._own_place(side) if look.shallow else side
            whole.addLayout(side)
        else:
            whole.addWidget(self._buttons)
        self._buttons.hide()
        self.up.clicked.connect(self._page_up)
        self.down.clicked.connect(self._page_down)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._measure)
        bar.valueChanged.connect(self._measure)
        area.viewport().installEventFilter(self)
        content.installEventFilter(self)
        QScroller.scroller(area.viewport()).stateChanged.connect(self._fold)

    def _own_place(self, side: QVBoxLayout) -> QVBoxLayout:
        """Where the screen's action joins the page buttons of a shallow panel: a widget of its own,
        as it may have to wait for the last page."""
        side.setSpacing(self._look.px(12 if self._look.tight else 15))
        self._actions = QWidget(self)
        actions = QVBoxLayout(self._actions)
        actions.setContentsMargins(0, 0, 0, 0)
        actions.setSpacing(side.spacing())
        side.addWidget(self._actions, 0, Qt.AlignmentFlag.AlignBottom)
        return actions

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        kind = event.type()
        if watched is not self.content:
            if kind == QEvent.Type.Resize:
                self._measure()
        elif kind in (QEvent.Type.Resize, QEvent.Type.LayoutRequest):
            # Its lines stand where they will stand once it has laid them out.
            QCoreApplication.postEvent(self, QEvent(QEvent.Type.LayoutRequest))
        return False

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._measure()  # what joined the buttons may need the place's room
        return done

    def least_height(self) -> int:
        """Device px that it needs for its page buttons, or for less than they turn."""
        look = self._look
        line = look.metrics.font_px(look.size(Role.BODY)) * look.line_height(Role.BODY)
        button, gap = self.up.sizeHint().height(), look.px(15)
        action = self._actions.sizeHint().height() if self._actions is not None else 0
        # Fewer lines at a time than these are no page.
        if self._beside:
            turned = max(button + gap + max(button, action), round(LEAST_LINES_BESIDE * line) + gap)
        else:
            turned = button + round(LEAST_LINES * line) + gap
        return max(action, min(self._wanted(self.width()), turned))

    def _wanted(self, room: int) -> int:
        content = self.content
        wanted = content.heightForWidth(room) if content.hasHeightForWidth() else -1
        return max(wanted, content.minimumSizeHint().height())

    @property
    def unrolled(self) -> bool:
        return self._unrolled

    def unroll(self, whole: bool) -> None:
        """Show all of it at once (`whole`), or as much as its place holds."""
        if whole == self._unrolled:
            if whole:
                self._measure()  # what stands in it may have become lower
            return
        self._unrolled = whole
        if self._beside:
            self._whole.setDirection(_DOWN if whole else _ACROSS)
        if not whole:
            self._area.setMinimumHeight(0)
        elif self._actions is not None:
            self._actions.show()  # they do not wait for a last page
        self._measure()
        self.updateGeometry()

    def hasHeightForWidth(self) -> bool:
        return False  # as its buttons have: what it must have would count for nothing

    def minimumSizeHint(self) -> QSize:
        hint = super().minimumSizeHint()
        if self._unrolled or self._peek:
            return hint
        # Not what the layout asks for, which depends on the buttons that happen to be shown.
        return QSize(hint.width(), self.least_height())

    @property
    def _top(self) -> int:
        """Where what is shown begins. At the end that is the last page, whose place holds more."""
        bar = self._area.verticalScrollBar()
        if bar.value() >= bar.maximum():
            return self._starts[-1]
        if self._ends is None or bar.value() in self._starts:
            return bar.value()
        return self._ends.begin(bar.value(), self._area.viewport().height())

    @property
    def _at(self) -> int:
        """The page in view, from 0."""
        return bisect_right(self._starts, self._top) - 1

    def _page_up(self) -> None:
        self._turn_to(bisect_left(self._starts, self._top) - 1)

    def _page_down(self) -> None:
        self._turn_to(self._at + 1)

    def _turn_to(self, page: int) -> None:
        last = len(self._starts) - 1
        self._area.verticalScrollBar().setValue(self._starts[max(0, min(page, last))])

    def _fold(self, *_: object) -> None:
        """Show whole lines only, from the top of the place; not under a finger that drags."""
        scroller = QScroller.scroller(self._area.viewport())
        if self._ends is None or scroller.state() != QScroller.State.Inactive:
            self.content.clearMask()
            return
        content, top = self.content, self._top
        shown = self._ends.end(top, self._area.viewport().height()) - top
        content.move(content.x(), -top)
        content.setMask(QRegion(0, top, content.width(), max(1, shown)))

    def _paginate(self, turns: bool) -> None:
        """Find where the pages begin and end."""
        self._ends, self._starts = None, [0]
        if turns:
            content, room = self.content, self._area.viewport().height()
            self._ends = PageEnds.of(content, self._wanted(content.width()), self._look.px(AIR))
            self._starts = self._ends.starts(room)
        self._fold()

    def _must_turn(self) -> bool:
        """Whether the content is higher than its place."""
        return self._wanted(self.width() if self._beside else self._area.width()) > self.height()

    def _measure(self, *_: int) -> None:
        if self._unrolled:
            self._paginate(turns=False)
            self._buttons.hide()
            wanted = self._wanted(self.width() if self._beside else self._area.width())
            if self._area.minimumHeight() != wanted:
                self._area.setMinimumHeight(wanted)
            return
        self._paginate(turns := self._must_turn())
        needed = turns and not self._peek
        if self._buttons.isVisibleTo(self) != needed:
            self._buttons.setVisible(needed)
        bar = self._area.verticalScrollBar()
        self._place.set_text(f"{self._at + 1} / {len(self._starts)}")
        self.up.allow(bar.value() > 0, tr("맨 위입니다"))
        self.down.allow(bar.value() < bar.maximum(), tr("맨 아래입니다"))
        if self._actions is not None:
            self._share_side(self._actions, last=not needed or bar.value() >= bar.maximum())

    def _share_side(self, actions: QWidget, *, last: bool) -> None:
        """What a low column holds: both page buttons, then the action, then the number of pages.
        Where not even the action has room (speech is on) it takes 아래로's place at the end."""
        column = self._buttons.layout()
        assert column is not None
        gap, room = column.spacing(), self.contentsRect().height()
        action = actions.sizeHint().height()
        wanted = 2 * self.up.sizeHint().height() + gap + (action + gap if action else 0)
        waits = action > 0 and wanted > room
        # The words must not move when it comes.
        self._buttons.setMinimumWidth(actions.sizeHint().width() if waits else 0)
        actions.setVisible(action > 0 and (not waits or last))
        self.down.setVisible(not (waits and last))
        place = self._place.sizeHint().height() + gap
        self._place.setVisible(wanted + place <= room)

    def show_whole(self, child: QWidget) -> None:
        """Turn to the page that `child` (a descendant of the content) stands on."""
        around = pager_of(self)
        if self._unrolled and around is not None:
            around.show_whole(child)
        if self._ends is None:
            return
        y = child.mapTo(self.content, QPoint(0, 0)).y()
        top, room = self._top, self._area.viewport().height()
        if not top <= y <= self._ends.end(top, room) - child.height():
            self._turn_to(bisect_right(self._starts, y) - 1)

    def to_top(self) -> None:
        around = pager_of(self)
        if self._unrolled and around is not None:
            around.to_top()
        else:
            self._turn_to(0)


def pager_of(widget: QWidget) -> Pager | None:
    """The pager whose content `widget` lies in; its own buttons do not."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, Pager) and parent.content.isAncestorOf(widget):
            return parent
        parent = parent.parentWidget()
    return None

"""Content taller than its place: drag it, or turn pages with big buttons. Nothing is cut off."""

from __future__ import annotations

from functools import cache
from math import ceil

from PySide6.QtCore import QEvent, QObject, QSize, Qt
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
from desktop.widgets.measures import outer
from desktop.widgets.text import Text
from desktop.widgets.typeset import natural_width

#: Reference px that the page buttons take at the side, the gap to the words included.
SIDE_ROOM, SIDE_ROOM_LARGE = 250, 320


def reading_width(look: Look) -> int:
    """Device px of a line; on a shallow panel page buttons always stand beside it."""
    side = 0 if not look.shallow else SIDE_ROOM_LARGE if look.large else SIDE_ROOM
    return look.metrics.width - look.px(2 * outer(look) + side)


def narrow(look: Look) -> bool:
    """Whether that line is too short for two choices beside each other."""
    return look.tight or (look.shallow and not look.korean)


@cache
def _dragging() -> tuple[Qt.GestureType, QObject]:
    """What Qt calls a finger that drags. It makes a new gesture at every asking and keeps them all
    for good: one is enough for every pager, and it stands as long as the object it was asked for.
    """
    stays = QObject()
    return QScroller.grabGesture(stays, QScroller.ScrollerGestureType.TouchGesture), stays


def let_drag(viewport: QWidget) -> None:
    """A finger may move what `viewport` shows."""
    QScroller.scroller(viewport)  # the gesture looks for it when the finger comes down
    viewport.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
    viewport.grabGesture(_dragging()[0])


_ACROSS, _DOWN = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
WIDEST_PLACE = "88 / 88"
#: Lines of text that a page holds at least: above its buttons, and beside them.
LEAST_LINES, LEAST_LINES_BESIDE = 5, 3


class Pager(QWidget):
    """Shows `content` (any widget that knows its height for a width). The page buttons appear only
    when the content does not fit, and never cover it. With `peek` there are none: the fold cuts the
    content on purpose, and another button of the screen opens the whole.

    `side` is the column of the buttons where they stand at the side, else None: a screen's main
    action can join them there. Inside a longer page it is unrolled: it shows all it has, the action
    stands at its end, and the page that it lies in is turned instead."""

    def __init__(
        self,
        look: Look,
        content: QWidget,
        *,
        peek: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._look, self._peek, self._content = look, peek, content
        self._unrolled = False
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
        beside = look.compact and not look.portrait
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
        self._beside = beside
        self._buttons.hide()
        self.up.clicked.connect(self._page_up)
        self.down.clicked.connect(self._page_down)
        bar = area.verticalScrollBar()
        bar.rangeChanged.connect(self._measure)
        bar.valueChanged.connect(self._measure)
        area.viewport().installEventFilter(self)

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
        if event.type() == QEvent.Type.Resize:
            self._measure()
        return False

    def event(self, event: QEvent) -> bool:
        done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest and self._actions is not None:
            self._measure()  # what joined the buttons may need the place's room
        return done

    def least_height(self, more: int = 0) -> int:
        """Device px that it needs for its page buttons, or for less than they turn, if it were
        `more` px wider."""
        wanted = self._wanted(self.width() + more)
        look = self._look
        line = look.metrics.font_px(look.size(Role.BODY)) * look.line_height(Role.BODY)
        button, gap = self.up.sizeHint().height(), look.px(15)
        action = self._actions.sizeHint().height() if self._actions is not None else 0
        # Fewer lines at a time than these are no page.
        if self._beside:
            turned = max(button + gap + max(button, action), round(LEAST_LINES_BESIDE * line) + gap)
        else:
            turned = button + round(LEAST_LINES * line) + gap
        return max(action, min(wanted, turned))

    def _wanted(self, room: int) -> int:
        content = self._content
        wanted = content.heightForWidth(room) if content.hasHeightForWidth() else -1
        return max(wanted, content.minimumSizeHint().height())

    @property
    def unrolled(self) -> bool:
        return self._unrolled

    def unroll(self, whole: bool) -> None:
        """Show all of it at once (`whole`), or as much as its place holds."""
        if whole == self._unrolled:
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

    def _step(self) -> int:
        # One line of the last page stays visible, so that the reader keeps the thread.
        return max(1, self._area.viewport().height() - self._look.px(60))

    def _page_up(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() - self._step())

    def _page_down(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.value() + self._step())

    def _must_turn(self) -> bool:
        """Whether the content is higher than its place."""
        return self._wanted(self.width() if self._beside else self._area.width()) > self.height()

    def _measure(self, *_: int) -> None:
        if self._unrolled:
            self._buttons.hide()
            wanted = self._wanted(self.width() if self._beside else self._area.width())
            if self._area.minimumHeight() != wanted:
                self._area.setMinimumHeight(wanted)
            return
        needed = not self._peek and self._must_turn()
        if self._buttons.isVisibleTo(self) != needed:
            self._buttons.setVisible(needed)
        bar = self._area.verticalScrollBar()
        pages = 1 + -(-bar.maximum() // self._step())
        page = 1 + -(-bar.value() // self._step())
        self._place.set_text(f"{min(page, pages)} / {pages}")
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
        """Scroll so that `child` (a descendant of the content) is in view."""
        around = self._around()
        if self._unrolled and around is not None:
            around.show_whole(child)
        else:
            self._area.ensureWidgetVisible(child, 0, self._look.px(24))

    def to_top(self) -> None:
        around = self._around()
        if self._unrolled and around is not None:
            around.to_top()
        else:
            self._area.verticalScrollBar().setValue(0)

    def _around(self) -> Pager | None:
        """The pager that this one lies in."""
        parent = self.parentWidget()
        while parent is not None and not isinstance(parent, Pager):
            parent = parent.parentWidget()
        return parent

"""The frame all screens share: header, body, outer margins, the staff line's place."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.widgets.header import Header, StaffLine
from desktop.widgets.measures import FOOT, FOOT_TIGHT, HEAD, HEAD_TIGHT, TOP_TIGHT, outer
from desktop.widgets.pager import Pager
from desktop.widgets.view import A, S, View

#: On a shallow panel a keyboard that leaves less than this (reference px) takes the header's room.
HEADLESS_BELOW = 330
#: After so many looks at what stands in a screen it has come to rest, or never does.
MOST_LOOKS = 4


class ScreenBody(QWidget):
    """What stands under a header. As high as it must be, not as it would like to be: it is given
    all the room there is, and turned like a page where that is less than it must have."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, super().minimumSizeHint().height())  # nothing turns to the right

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        layout = self.layout()
        if layout is None:
            return 0
        least = layout.totalMinimumSize().height()
        if layout.hasHeightForWidth():
            return max(least, layout.totalMinimumHeightForWidth(width))
        return least


class Turner(Pager):
    """Turns the whole body of a screen. Pagers that lie in it never turn beside it: either they
    turn what is theirs, or they show all of it and this one turns."""

    _judging = _asked_again = False
    #: The place, with the pagers in it, that was last found too low; and the least height of the
    #: unrolled sheet since, 0 before it is known.
    _turned_in: tuple[int, ...] = ()
    _lowest = 0

    def _measure(self, *_: int) -> None:
        """What is judged moves what it is judged by: the last word is that of the last look."""
        if self._judging:
            self._asked_again = True
            return
        self._judging = True
        for _look in range(MOST_LOOKS):
            self._asked_again = False
            super()._measure()
            if not self._asked_again:
                break
        self._judging = False

    def judge(self) -> None:
        """What stands in it has changed."""
        self._measure()

    def _must_turn(self) -> bool:
        """Judged as if none were unrolled, so that the answer does not depend on the one before. To
        roll them up is the only way to know, as what stands beside them may be higher. It is done
        once for each place and its pagers, and again only when the sheet has become lower than it
        ever was since: rolling up and down moves what is measured, and must come to an end."""
        inside = [p for p in self.content.findChildren(Pager) if p.isVisibleTo(self.content)]
        place = (self.width(), self.height(), *map(id, inside))
        if any(pager.unrolled for pager in inside):
            high = self._wanted(self.width())
            if place != self._turned_in:
                self._lowest = high
            elif high >= self._lowest or not self._lowest:
                self._lowest = self._lowest or high
                self._unroll(inside, whole=True)
                return True
            self._lowest = min(self._lowest, high)
            self._unroll(inside, whole=False)
        elif place != self._turned_in:
            self._lowest = 0
        turns = self._wanted(self.width()) > self.height()
        self._unroll(inside, whole=turns)
        self._turned_in = place if turns else ()
        return turns

    def _unroll(self, pagers: list[Pager], *, whole: bool) -> None:
        for pager in pagers:
            changes = pager.unrolled != whole
            pager.unroll(whole)
            if changes:
                self._measure_anew(pager)

    def _measure_anew(self, pager: Pager) -> None:
        """What lies between it and the sheet would go on with the heights of before, each until its
        own turn in the event loop; judged by these, the next look says the opposite."""
        around: QWidget | None = pager
        while around is not None and around is not self.content:
            around = around.parentWidget()
            if around is not None and (layout := around.layout()) is not None:
                layout.invalidate()


class Screen(View[S, A]):
    """A view under a header: takes state through `show_state`, gives intents through `act`, holds
    no data of its own.

    `body` is the layout under the header. The name given is what speech and assistive technology
    announce when the screen opens.

    Whatever the letters, the position and the row of speech leave: where the body does not fit, it
    turns pages. `fixed` screens (maps, fields over a keyboard) arrange themselves.
    """

    def __init__(
        self,
        look: Look,
        name: str,
        header: Header | None = None,
        *,
        head: float = HEAD,
        gap: float = 8,
        staff_foot: bool = True,
        fixed: bool = False,
    ) -> None:
        super().__init__()
        self.look = look
        self.setAccessibleName(name)
        self.setAttribute(Qt.WidgetAttribute.WA_AcceptTouchEvents)
        root = QVBoxLayout(self)
        margin = look.px(outer(look))
        top, foot = (TOP_TIGHT, FOOT_TIGHT) if look.tight else (0, FOOT)
        root.setContentsMargins(margin, look.px(top), margin, look.px(foot))
        root.setSpacing(look.px(gap))
        self.header = header
        if header is not None:
            head = HEAD_TIGHT if look.tight else head + (20 if look.large else 0)
            header.be_at_least(look.px(head))
            header.back_pressed.connect(self.go_back)
            root.addWidget(header)
        self._turner: Turner | None = None
        if fixed:
            self.body = QVBoxLayout()
            root.addLayout(self.body, 1)
        else:
            self._sheet = ScreenBody()
            self.body = QVBoxLayout(self._sheet)
            self._turner = Turner(look, self._sheet)
            root.addWidget(self._turner, 1)
            self._sheet.installEventFilter(self)
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look.px(10 if look.tight else 20))
        if header is not None and header.yielded is not None:
            self.body.addWidget(header.yielded)
            header.yielded.show()
        if look.portrait and staff_foot and not (header is not None and header.has_staff):
            line = StaffLine(look, short=look.large)
            root.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def headless(self) -> bool:
        """The keyboard of a shallow panel has left room for what is written and no more: the header
        comes back with the key that puts the keyboard away."""
        low = self.look.shallow and self.height() < self.look.px(HEADLESS_BELOW)
        return low and self.over_keyboard

    @property
    def over_keyboard(self) -> bool:
        """The keyboard is docked below."""
        return self.window().findChild(QWidget, "keyboard") is not None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if self._turner is not None and event.type() in (
            QEvent.Type.LayoutRequest,
            QEvent.Type.Resize,
        ):
            self._turner.judge()
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        root = self.layout()
        if self.header is None or root is None or not self.look.shallow:
            return
        headless = self.headless
        self.header.setVisible(not headless)
        margins = root.contentsMargins()
        top = TOP_TIGHT if headless or self.look.tight else 0
        margins.setTop(self.look.px(top))
        root.setContentsMargins(margins)

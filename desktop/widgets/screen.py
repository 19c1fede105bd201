"""The frame all screens share: header, body, outer margins, the staff line's place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.widgets.header import Header, StaffLine

OUTER = 48  #: outer margin, reference px
HEAD = 104  #: height of the header
FOOT = 16  #: room between the body and the accessibility bar
#: The same three where large letters leave little height.
OUTER_TIGHT, HEAD_TIGHT, FOOT_TIGHT = 24, 106, 8
TOP_TIGHT = 8
#: On a shallow panel a keyboard that leaves less than this (reference px) takes the header's room.
HEADLESS_BELOW = 330


def outer(look: Look) -> float:
    """Reference px of the outer margin."""
    return OUTER_TIGHT if look.tight else OUTER


class Screen(QWidget):
    """A view: takes state through `render`, gives intents as signals, holds no data of its own.

    `body` is the layout under the header. The name given is what speech and assistive technology
    announce when the screen opens. Signals: `back_pressed()`; `stepped()` when something else
    stands where the resident has pressed, so that a second tap there is not meant for it.
    """

    back_pressed = Signal()
    stepped = Signal()

    def __init__(
        self,
        look: Look,
        name: str,
        header: Header | None = None,
        *,
        head: float = HEAD,
        gap: float = 8,
        staff_foot: bool = True,
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
            header.setMinimumHeight(look.px(head))
            header.back_pressed.connect(self.back_pressed)
            root.addWidget(header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look.px(10 if look.tight else 20))
        root.addLayout(self.body, 1)
        if look.portrait and staff_foot:
            line = StaffLine(look, short=look.large)
            root.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)

    @property
    def headless(self) -> bool:
        """The keyboard of a shallow panel has left room for what is written and no more: the header
        comes back with the key that puts the keyboard away."""
        low = self.look.shallow and self.height() < self.look.px(HEADLESS_BELOW)
        return low and self.window().findChild(QWidget, "keyboard") is not None

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

"""The frame all screens share: header, body, outer margins, the staff line's place."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.theme.look import Look
from desktop.widgets.header import Header, StaffLine

OUTER = 48  #: outer margin, reference px
HEAD = 104  #: height of the header
FOOT = 16  #: room between the body and the accessibility bar


class Screen(QWidget):
    """A view: takes state through `render`, gives intents as signals, holds no data of its own.

    `body` is the layout under the header. The name given is what speech and assistive technology
    announce when the screen opens.
    """

    back_pressed = Signal()

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
        margin = look.px(OUTER)
        root.setContentsMargins(margin, 0, margin, look.px(FOOT))
        root.setSpacing(look.px(gap))
        self.header = header
        if header is not None:
            header.setMinimumHeight(look.px(head + (20 if look.large else 0)))
            header.back_pressed.connect(self.back_pressed)
            root.addWidget(header)
        self.body = QVBoxLayout()
        self.body.setContentsMargins(0, 0, 0, 0)
        self.body.setSpacing(look.px(20))
        root.addLayout(self.body, 1)
        if look.portrait and staff_foot:
            line = StaffLine(look, short=look.large)
            root.addWidget(line, 0, Qt.AlignmentFlag.AlignHCenter)

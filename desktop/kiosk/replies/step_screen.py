"""The frame of the reply screens: a question under the header."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.kiosk.replies.intents import RepliesIntent
from desktop.kiosk.replies.state import RepliesState
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.header import Header
from desktop.widgets.pager import Pager
from desktop.widgets.screen import Screen
from desktop.widgets.stack import stack
from desktop.widgets.text import Text

_LEFT_MIDDLE = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter


class RepliesScreen(Screen[RepliesState, RepliesIntent]):
    """A question about one's number, or what became of it."""

    def __init__(self, look: Look, question: str) -> None:
        header = Header(look, tr("내 의견 답변 보기"), back=tr("이전"))
        super().__init__(look, question, header, gap=10)
        role = Role.QUESTION if not look.compact else Role.TITLE
        self.question_row = Text(look, question, role, bold=True, align=_LEFT_MIDDLE)
        self.body.addWidget(self.question_row)

    def put(self, box: QWidget) -> Pager:
        """`box` under the question, in pages; on a shallow panel the question is paged with it."""
        if self.look.shallow:
            box = stack(self.look, (self.question_row, box), gap=12)
        pager = Pager(self.look, box)
        self.body.addWidget(pager, 1)
        return pager

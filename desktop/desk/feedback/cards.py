"""What a thread is made of: the resident's card, replies, notes, and one line for each event."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from db.inbox.thread import EntryKind, ThreadEntry
from db.records.feedback import ReviewState
from db.records.officers import ActKind
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.theme.icons import paint_icon
from desktop.widgets.mouse.marks import paint_state
from desktop.widgets.mouse.words import Label
from desktop.words.dates import moment_in
from desktop.words.feedback import office_state_word


class ThreadCard(QWidget):
    """A bed with an edge; `bar` is a thicker edge at its left."""

    def __init__(
        self,
        look: DeskLook,
        fill: DeskColour,
        edge: DeskColour,
        *,
        icon: str = "",
        bar: bool = False,
    ) -> None:
        super().__init__()
        self._look, self._fill, self._edge, self._icon, self._bar = look, fill, edge, icon, bar
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.column = QVBoxLayout(self)
        px = look.px
        self.column.setContentsMargins(px(14), px(10), px(14), px(12))
        self.column.setSpacing(px(6))

    def head(self, title: str, after: str, tag: str = "") -> None:
        look = self._look
        row = QHBoxLayout()
        row.setContentsMargins(look.px(24) if self._icon else 0, 0, 0, 0)
        row.setSpacing(look.px(8))
        row.addWidget(Label(look, title, Use.STRONG, one_line=True))
        row.addWidget(Label(look, after, Use.SMALL, "second", one_line=True), 1)
        if tag:
            row.addWidget(Label(look, tag, Use.SMALL, "warning", one_line=True))
        self.column.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(p.colour(self._edge), look.edge))
        painter.setBrush(p.colour(self._fill))
        half = look.edge / 2
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(half, half, -half, -half), 6, 6)
        if self._bar:
            painter.fillRect(0, 3, 3, self.height() - 6, p.colour(self._edge))
        if self._icon:
            size = look.px(16)
            box = QRectF(look.px(14), look.px(11), size, size)
            paint_icon(painter, self._icon, box, p.second)


class EventLine(QWidget):
    """One line with a dot: who did what when; a change of state shows the state's glyph."""

    def __init__(self, look: DeskLook, at: str, words: str, state: ReviewState | None) -> None:
        super().__init__()
        self._look, self._state = look, state
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(24), look.px(2), 0, look.px(2))
        row.setSpacing(look.px(10))
        top = Qt.AlignmentFlag.AlignTop
        row.addWidget(Label(look, at, Use.SMALL, "second", one_line=True), 0, top)
        row.addWidget(Label(look, words), 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = QPointF(look.px(8), look.px(2) + look.line_height(Use.TEXT) / 2)
        if self._state is not None:
            size = look.px(14)
            box = QRectF(middle.x() - size / 2, middle.y() - size / 2, size, size)
            paint_state(painter, look, self._state, box)
            return
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(look.palette.third)
        painter.drawEllipse(middle, look.px(3), look.px(3))


def entry_widget(look: DeskLook, entry: ThreadEntry, year: int) -> QWidget:
    """An entry of a thread as it stands there."""
    at, who = moment_in(entry.at_us, year), entry.officer or tr("이름 모름")
    match entry.kind:
        case EntryKind.REPLY:
            seen = tr("모두에게 공개") if entry.public else tr("접수번호로만 볼 수 있음")
            tag = "" if entry.out else tr("아직 내보내지 않음")
            if entry.replaced:
                tag = tr("새 답변으로 바뀜")
            card = ThreadCard(look, "checked", "strong_line", icon="reply")
            title = tr("답변 · {who}", who=who)
            card.head(title, f"{at} · {seen}", tag)
            card.column.addWidget(Label(look, entry.text, Use.THREAD))
            if entry.text_en:
                card.column.addWidget(Label(look, entry.text_en, Use.TEXT, "second"))
            return card
        case EntryKind.NOTE:
            card = ThreadCard(look, "warning_bed", "warning", icon="sticky-note", bar=True)
            title, hidden = tr("내부 메모 · {who}", who=who), tr("주민에게 보이지 않음")
            card.head(title, f"{at} · {hidden}")
            card.column.addWidget(Label(look, entry.text, Use.THREAD))
            return card
        case EntryKind.REVIEW:
            assert entry.state is not None
            words = _reviewed(entry, entry.state, who)
            return EventLine(look, at, words, entry.state)
        case EntryKind.READ:
            return EventLine(look, at, tr("{who} · 열어 봄", who=who), None)
        case EntryKind.UNDONE:
            what = {
                ActKind.REPLIED.value: tr("답변"),
                ActKind.NOTED.value: tr("메모"),
            }.get(entry.text, tr("상태"))
            return EventLine(look, at, tr("{who} · 되돌림: {what}", who=who, what=what), None)


def _reviewed(entry: ThreadEntry, state: ReviewState, who: str) -> str:
    words = tr("{who} · '{state}' 상태로 정함", who=who, state=office_state_word(state))
    more = [each for each in (entry.department, entry.text) if each]
    return " · ".join((words, *more))

"""The left pane: filters one press away, and facets with their counts."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from db.inbox.filters import DueIn, Facet
from db.records.base import Theme
from db.records.catalogue import Catalogue
from db.records.feedback import Kind, ReviewState
from desktop.desk.inbox.intents import ChooseGlance, ClearFilter, Narrow
from desktop.desk.inbox.state import Glance, InboxState
from desktop.desk.inbox.words import facet_word, glance_word, value_word
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.icons import paint_icon
from desktop.widgets.mouse.button import MouseButton, Weight
from desktop.widgets.mouse.marks import paint_check, paint_state, paint_theme
from desktop.widgets.mouse.words import Label

WIDTH, ROW = 204, 25
#: Facets whose values are always the same ones, and stand there with none as well.
FIXED: dict[Facet, tuple[str, ...]] = {
    Facet.STATE: tuple(ReviewState),
    Facet.DUE: tuple(DueIn),
    Facet.KIND: (Kind.SUGGESTION, Kind.PROBLEM, Kind.PRAISE, Kind.QUESTION),
    Facet.THEME: (*Theme, ""),
}
ORDER = (
    *(Facet.STATE, Facet.DUE, Facet.KIND, Facet.THEME, Facet.DEPARTMENT),
    *(Facet.PROJECT, Facet.DONG, Facet.SITE, Facet.CONTACT),
)
#: So many values of an open facet stand there; the rest are one press away.
FEW, MANY = 6, 60
KIND_ICONS = {
    Kind.SUGGESTION: "lightbulb",
    Kind.PROBLEM: "triangle-alert",
    Kind.PRAISE: "thumbs-up",
    Kind.QUESTION: "circle-question-mark",
}
#: What stands for a count that is being made; never an old number.
COUNTING = "…"

PaintMark = Callable[[QPainter, QRectF], None]


class Facets(QScrollArea):
    """Signals: `did(intent)`."""

    did = Signal(object)

    def __init__(self, look: DeskLook, catalogue: Catalogue) -> None:
        super().__init__()
        self._look, self._catalogue = look, catalogue
        self._open: set[Facet] = set()
        self._shape: tuple[object, ...] | None = None
        self._state = InboxState()
        self._glances: dict[Glance, _GlanceRow] = {}
        self._rows: dict[tuple[Facet, str], _FacetRow] = {}
        self.setObjectName("facets")
        self.setAccessibleName(tr("거르개"))
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def take_focus(self) -> None:
        if self._glances:
            self._glances[Glance.ALL].setFocus()

    def show_state(self, state: InboxState) -> None:
        self._state = state
        shape = self._shape_of(state)
        if shape != self._shape:
            self._shape = shape
            self._build(shape)
        for glance, row in self._glances.items():
            count = None if state.glances is None else state.glances.get(glance, 0)
            row.show_count(count, chosen=state.glance is glance)
        for (facet, value), each in self._rows.items():
            count = None if state.counts is None else state.counts.get(facet, {}).get(value, 0)
            each.show_count(count, value in state.filter.chosen.get(facet, ()))

    # -- which rows there are --------------------------------------------------------------------

    def _shape_of(self, state: InboxState) -> tuple[object, ...]:
        """What is built: it changes with the values there are, not with their counts."""
        known = state.counts
        if known is None and self._shape is not None:
            return self._shape
        return tuple((facet, self._values(facet, state)) for facet in ORDER)

    def _values(self, facet: Facet, state: InboxState) -> tuple[tuple[str, ...], int]:
        """Which values stand there, and how many more there are."""
        if facet in FIXED:
            return FIXED[facet], 0
        counted: Mapping[str, int] = {} if state.counts is None else state.counts.get(facet, {})
        chosen = state.filter.chosen.get(facet, frozenset())
        by_count = sorted(counted, key=lambda value: (-counted[value], value))
        values = [*by_count, *sorted(chosen - set(by_count))]
        if len(values) < 2 and not chosen:
            return (), 0  # nothing to choose between
        most = MANY if facet in self._open else FEW
        shown = values[:most]
        shown += [value for value in values[most:] if value in chosen]
        return tuple(shown), len(values) - len(shown)

    def _build(self, shape: tuple[object, ...]) -> None:
        look = self._look
        focused = self.focusWidget()
        had = focused.objectName() if isinstance(focused, _FacetRow | _GlanceRow) else ""
        holder = _Bed(look)
        column = QVBoxLayout(holder)
        column.setContentsMargins(0, look.px(8), 0, look.px(12))
        column.setSpacing(0)
        self._glances = {each: _GlanceRow(look, each) for each in Glance}
        column.addWidget(self._head(tr("보기")))
        for glance, row in self._glances.items():
            row.clicked.connect(self._telling(ChooseGlance(glance)))
            column.addWidget(row)
        self._rows = {}
        for facet in ORDER:
            values, more = self._values(facet, self._state)
            if not values:
                continue
            column.addSpacing(look.px(10))
            column.addWidget(self._head(facet_word(facet)))
            for value in values:
                self._rows[facet, value] = self._row(facet, value)
                column.addWidget(self._rows[facet, value])
            if more or facet in self._open:
                column.addWidget(self._more(facet, more))
        column.addSpacing(look.px(10))
        clear = MouseButton(look, tr("거르개 지우기"), weight=Weight.QUIET, height=26)
        clear.setObjectName("clear-filter")
        clear.clicked.connect(self._telling(ClearFilter()))
        column.addWidget(clear, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        self.setWidget(holder)
        again = holder.findChild(QAbstractButton, had) if had else None
        if again is not None:
            again.setFocus()

    def _telling(self, intent: ChooseGlance | ClearFilter) -> Callable[[], None]:
        return lambda: self.did.emit(intent)

    def _head(self, words: str) -> QWidget:
        holder = QWidget()
        column = QVBoxLayout(holder)
        left = self._look.px(14)
        column.setContentsMargins(left, self._look.px(4), left, self._look.px(4))
        column.addWidget(Label(self._look, words, Use.SECTION, "second", one_line=True))
        return holder

    def _row(self, facet: Facet, value: str) -> _FacetRow:
        words = value_word(facet, value, self._catalogue)
        row = _FacetRow(self._look, words, f"facet-{facet}-{value}", self._mark(facet, value))
        row.clicked.connect(lambda: self.did.emit(Narrow(facet, value, not row.ticked)))
        return row

    def _mark(self, facet: Facet, value: str) -> PaintMark | None:
        look = self._look
        if facet is Facet.STATE:
            state = ReviewState(value)
            return lambda painter, box: paint_state(painter, look, state, box)
        if facet is Facet.THEME:
            inset = look.px(2)

            def theme(painter: QPainter, box: QRectF) -> None:
                small = box.adjusted(inset, inset, -inset, -inset)
                paint_theme(painter, look, value or None, small)

            return theme
        if facet is Facet.KIND and value:
            icon = KIND_ICONS[Kind(value)]
            return lambda painter, box: paint_icon(painter, icon, box, look.palette.second)
        return None

    def _more(self, facet: Facet, more: int) -> QWidget:
        opened = facet in self._open
        words = tr("줄이기") if opened and not more else tr("{n}개 더", n=more)
        icon = "minus" if opened and not more else "plus"
        button = MouseButton(self._look, words, icon=icon, weight=Weight.QUIET, height=24)

        def turn() -> None:
            self._open ^= {facet}
            self._shape = None
            self.show_state(self._state)

        button.clicked.connect(turn)
        return button


class _Bed(QWidget):
    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.palette.head)


class _Row(QAbstractButton):
    """A word on the left, a count on the right."""

    def __init__(self, look: DeskLook, words: str, name: str) -> None:
        super().__init__()
        self._look = look
        self._count = COUNTING
        self.ticked = False
        self.setText(words)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setFont(look.font(Use.TEXT))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(WIDTH - 20), self._look.px(ROW))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(120), self._look.px(ROW))

    def _say(self, count: int | None, ticked: bool, chosen: str) -> None:
        words = COUNTING if count is None else f"{count:,}"
        if (words, ticked) == (self._count, self.ticked):
            return
        self._count, self.ticked = words, ticked
        told = tr("세는 중") if count is None else tr("{count}건", count=f"{count:,}")
        self.setAccessibleName(", ".join(each for each in (self.text(), told, chosen) if each))
        self.update()

    def _paint_ends(self, painter: QPainter, left: float, bold: bool) -> None:
        """The word from `left` on, and the count."""
        look, p = self._look, self._look.palette
        painter.setFont(look.font(Use.SMALL))
        count = QFontMetricsF(look.font(Use.SMALL)).horizontalAdvance(self._count)
        right = self.width() - look.px(12)
        box = QRectF(right - count - 1, 0, count + 1, self.height())
        painter.setPen(p.second)
        painter.drawText(box, Qt.AlignmentFlag.AlignVCenter, self._count)
        font = look.font(Use.STRONG if bold else Use.TEXT)
        painter.setFont(font)
        painter.setPen(p.accent if bold else p.text)
        room = box.left() - left - look.px(6)
        words = QFontMetricsF(font).elidedText(self.text(), Qt.TextElideMode.ElideRight, room)
        painter.drawText(QRectF(left, 0, room, self.height()), Qt.AlignmentFlag.AlignVCenter, words)
        if self.hasFocus():
            painter.setPen(QPen(p.accent, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(3, 1, -3, -1), 4, 4)


class _GlanceRow(_Row):
    def __init__(self, look: DeskLook, glance: Glance) -> None:
        super().__init__(look, glance_word(glance), f"glance-{glance}")

    def show_count(self, count: int | None, chosen: bool) -> None:
        self._say(count, chosen, tr("고름") if chosen else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if self.ticked:
            painter.fillRect(self.rect(), p.checked)
            painter.fillRect(0, 0, 3, self.height(), p.accent)
        self._paint_ends(painter, look.px(14), self.ticked)


class _FacetRow(_Row):
    def __init__(self, look: DeskLook, words: str, name: str, mark: PaintMark | None) -> None:
        super().__init__(look, words, name)
        self._mark = mark

    def show_count(self, count: int | None, ticked: bool) -> None:
        self._say(count, ticked, tr("고름") if ticked else "")

    def paintEvent(self, event: QPaintEvent) -> None:
        look = self._look
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        size, middle = look.px(16), self.height() / 2
        left = float(look.px(14))
        paint_check(painter, look, QRectF(left, middle - size / 2, size, size), self.ticked)
        left += size + look.px(8)
        if self._mark is not None:
            self._mark(painter, QRectF(left, middle - size / 2, size, size))
            left += size + look.px(7)
        self._paint_ends(painter, left, False)

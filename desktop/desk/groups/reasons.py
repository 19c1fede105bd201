"""Why these may be one matter: how alike, how near, how long; and what speaks against it."""

from __future__ import annotations

from collections import Counter
from statistics import median
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.desk.groups.state import GroupsState
from desktop.desk.groups.words import against_words, like_words, span_words
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.clearing import clear
from desktop.widgets.mouse.words import Label
from desktop.words.dates import day_of
from desktop.words.feedback import kind_word

if TYPE_CHECKING:  # the store behind them is heavy
    from db.groups.board import Seat

MOST_BARS = 60


class Reasons(QWidget):
    """Built anew for every group."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setObjectName("reasons")
        self._shown: object = None
        self._column = QVBoxLayout(self)
        px = look.px
        self._column.setContentsMargins(px(16), px(12), px(16), px(12))
        self._column.setSpacing(px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self._look.palette.pane)

    def show_state(self, state: GroupsState) -> None:
        if state.seats is self._shown:
            return
        self._shown = state.seats
        clear(self._column)
        seats = state.seats or ()
        together = [seat for seat in seats if not seat.doubtful]
        if len(together) > 1:
            self._alike(together)
            self._time(together)
            self._counts(together)
            self._against(seats)
        self._column.addStretch(1)

    def _line(self, name: str, value: str) -> None:
        row = QHBoxLayout()
        row.addWidget(Label(self._look, name, Use.TEXT, one_line=True))
        row.addStretch(1)
        row.addWidget(Label(self._look, value, Use.STRONG, one_line=True))
        self._column.addLayout(row)

    def _small(self, words: str) -> None:
        self._column.addWidget(Label(self._look, words, Use.SMALL, "second"))
        self._column.addSpacing(self._look.px(6))

    def _alike(self, seats: list[Seat]) -> None:
        scores = [seat.alike.score for seat in seats if seat.alike is not None]
        middle = median(scores) if scores else 0.0
        self._line(tr("닮음"), like_words(middle))
        self._column.addWidget(_Share(self._look, middle))
        self._small(
            tr("대표 의견과 견준 값의 가운데. 두 자씩의 겹침과 같은 일을 가리키는 말을 봅니다.")
        )

    def _time(self, seats: list[Seat]) -> None:
        times = sorted(seat.row.at_us for seat in seats)
        self._line(tr("같은 때"), span_words(times[-1] - times[0]))
        self._column.addWidget(_Times(self._look, times))
        first, last = day_of(times[0]), day_of(times[-1])
        self._small(first if first == last else f"{first} ~ {last}")

    def _counts(self, seats: list[Seat]) -> None:
        kinds = Counter(seat.row.kind.value for seat in seats if seat.row.kind is not None)
        told = " · ".join(f"{kind_word(kind)} {count:,}" for kind, count in kinds.most_common())
        self._line(tr("종류"), told)
        places = {seat.row.project or seat.row.dong for seat in seats}
        same = tr("모두 같은 곳") if len(places) == 1 else tr("{n}곳", n=len(places))
        self._line(tr("대상"), same)
        sites = len({seat.row.site for seat in seats})
        self._line(tr("키오스크"), tr("{n}곳에서 따로 보냄", n=sites))

    def _against(self, seats: tuple[Seat, ...]) -> None:
        counted: Counter[str] = Counter()
        for seat in seats:
            if seat.alike is not None:
                counted.update(each.value for each in seat.alike.against)
        if not counted:
            return
        self._column.addSpacing(self._look.px(10))
        self._column.addWidget(Label(self._look, tr("다르게 볼 까닭"), Use.SECTION))
        for reason, count in counted.most_common():
            words = tr("{n}건: {why}", n=f"{count:,}", why=against_words(reason))
            self._column.addWidget(Label(self._look, words, Use.TEXT, "warning"))


class _Share(QWidget):
    """A bar of which a part is filled."""

    def __init__(self, look: DeskLook, share: float) -> None:
        super().__init__()
        self._look, self._share = look, min(1.0, max(0.0, share))
        self.setFixedHeight(look.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self._look.palette
        painter.fillRect(self.rect(), p.line)
        whole = QRectF(self.rect())
        whole.setWidth(whole.width() * self._share)
        painter.fillRect(whole, p.accent)


class _Times(QWidget):
    """When they were sent, from the first to the last: the higher a bar, the more at that time."""

    def __init__(self, look: DeskLook, times: list[int]) -> None:
        super().__init__()
        self._look = look
        span = max(1, times[-1] - times[0])
        bars = min(MOST_BARS, max(12, len(times)))
        self._counts = [0] * bars
        for each in times:
            self._counts[min(bars - 1, (each - times[0]) * bars // span)] += 1
        self.setFixedHeight(look.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter, p = QPainter(self), self._look.palette
        base = self.height() - 1
        painter.fillRect(0, base, self.width(), 1, p.strong_line)
        most, wide = max(self._counts), self.width() / len(self._counts)
        for place, count in enumerate(self._counts):
            if count:
                high = max(3.0, base * count / most)
                painter.fillRect(
                    QRectF(place * wide, base - high, max(2.0, wide - 1.5), high), p.accent
                )

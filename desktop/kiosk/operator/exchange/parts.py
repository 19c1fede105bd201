"""Parts of the exchange pages: doors with a line of explanation, words to compare, progress."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.exchange.results import STOPPABLE, ExchangeState, Job
from desktop.exchange.words import job_words
from desktop.i18n import tr
from desktop.kiosk.operator.intents import Act, StopWork
from desktop.kiosk.operator.panel import OperatorPanel
from desktop.kiosk.operator.state import OperatorState
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets import typeset
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card, PressCard
from desktop.widgets.clearing import clear
from desktop.widgets.marks import Icon
from desktop.widgets.pager import Pager
from desktop.widgets.text import Text

_TOP = Qt.AlignmentFlag.AlignTop
_MIDDLE = Qt.AlignmentFlag.AlignVCenter


class ExchangePanel(OperatorPanel):
    """A page of exchange: built anew when what it shows changes, with its progress in place.

    Subclasses say in `shows` what their content depends on and fill `column` in `build`."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.look = look
        self._shown: object = None
        self._running: JobCard | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_state(self, state: OperatorState) -> None:
        x = state.exchange
        shows = (x.job.work if x.job else None, self.shows(x))
        if shows != self._shown:
            self._shown = shows
            self._rebuild(x)
        if x.job is not None and self._running is not None:
            self._running.show_job(x.job)

    def _rebuild(self, x: ExchangeState) -> None:
        clear(self._column)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(self.look.px(20))
        self._running = None
        if x.job is not None:
            self._running = JobCard(self.look, self.act)
            column.addWidget(self._running)
        else:
            self.build(column, x)
        column.addStretch(1)
        self._column.addWidget(Pager(self.look, inside), 1)

    def shows(self, x: ExchangeState) -> object:
        raise NotImplementedError

    def build(self, column: QVBoxLayout, x: ExchangeState) -> None:
        raise NotImplementedError


class Door(PressCard):
    """A target with an icon, a bold word and a line of explanation."""

    def __init__(
        self,
        look: Look,
        icon: str,
        title: str,
        line: str,
        *,
        variant: str = "plain",
        enabled: bool = True,
        why: str = "",
    ) -> None:
        """`why` says why it is not enabled, where `line` does not."""
        super().__init__(look, variant=variant, radius=24, margins=(32, 24, 32, 24), thickness=6)
        self.allow(enabled, why or line)
        self.setAccessibleName(f"{title}. {line}" if line else title)
        colour: Colour = "ink2" if not enabled else "on_pine" if variant == "main" else "ink"
        row = QHBoxLayout()
        row.setSpacing(look.px(28))
        row.addWidget(Icon(look, icon, 66 if look.large else 52, colour), 0, _MIDDLE)
        words = QVBoxLayout()
        words.setSpacing(look.px(6))
        words.addWidget(Text(look, title, Role.LEAD, bold=True, colour=colour))
        if line:
            quiet: Colour = "on_pine" if variant == "main" else "ink2"
            words.addWidget(Text(look, line, colour=quiet))
        row.addLayout(words, 1)
        if enabled:
            row.addWidget(Icon(look, "chevron-right", 64 if look.large else 44, colour), 0, _MIDDLE)
        self.face.addLayout(row)
        self.let_touches_through()


class SaidCard(Card):
    """A sentence with its sign in a bed of its own; more lines below it. What is neither good nor
    bad news has a bed of sand."""

    def __init__(self, look: Look, icon: str, colour: Colour, words: str, *more: str) -> None:
        calm = colour in ("ink", "ink2")
        super().__init__(
            look,
            fill="sand" if calm else "white",
            outline=None if calm and not look.contrast else colour,
            width=3,
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(*(look.px(m) for m in (32, 22, 32, 24)))
        row.setSpacing(look.px(22))
        row.addWidget(Icon(look, icon, 62 if look.large else 46, colour), 0, _TOP)
        column = QVBoxLayout()
        column.setSpacing(look.px(10))
        column.addWidget(Text(look, words, bold=True))
        for line in more:
            column.addWidget(Text(look, line))
        row.addLayout(column, 1)


class EmptyBed(Card):
    """Nothing is here, said in one sentence."""

    def __init__(self, look: Look, words: str) -> None:
        super().__init__(look, fill="paper", outline="reed", dashed=True)
        self.column(36, 30, 36, 32).addWidget(Text(look, words, colour="ink2"))


class WordsCard(Card):
    """Twelve words, large and numbered, to be read aloud in order."""

    def __init__(self, look: Look, title: str, words: str, *, narrow: bool = False) -> None:
        super().__init__(look)
        column = self.column(36, 26, 36, 30, gap=14)
        column.addWidget(Text(look, title, colour="ink2"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(24))
        grid.setVerticalSpacing(look.px(14))
        columns = 2 if look.compact or look.portrait else 3 if narrow else 6
        for i, word in enumerate(words.split("-")):
            cell = QHBoxLayout()
            cell.setSpacing(look.px(14))
            number = Text(look, str(i + 1), colour="ink2", one_line=True)
            number.setFixedWidth(round(typeset.natural_width(look, "00", Role.BODY)) + 2)
            cell.addWidget(number, 0, _MIDDLE)
            role = Role.LEAD if look.large else Role.DOOR
            cell.addWidget(Text(look, word, role, bold=True, one_line=True), 1, _MIDDLE)
            grid.addLayout(cell, i // columns, i % columns)
        for each in range(columns):
            grid.setColumnStretch(each, 1)
        column.addLayout(grid)


class DoneBar(QWidget):
    """How much of it is done; the words beside say it too."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look, self._share = look, 0.0
        self.setFixedHeight(look.px(24))

    def show_share(self, share: float) -> None:
        self._share = share
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        radius = self.height() / 2
        painter.setPen(p.line)
        painter.setBrush(p.white)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(p.pine)
        width = max(self.height(), round(self.width() * self._share))
        if self._share > 0:
            box = QRectF(0, 0, width, self.height())
            inset = look.px(3)
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), radius, radius)


class JobCard(Card):
    """What is going on, how far, and how to stop it where that is safe."""

    def __init__(self, look: Look, act: Act) -> None:
        super().__init__(look, fill="sand", outline=None)
        self._look = look
        column = self.column(40, 34, 40, 38, gap=22)
        self._words = Text(look, "", Role.LEAD, bold=True)
        column.addWidget(self._words)
        self._bar = DoneBar(look)
        column.addWidget(self._bar)
        self._share = Text(look, tr("USB를 뽑지 마세요."), colour="ink2")
        column.addWidget(self._share)
        self._stop = PressButton(look, tr("멈추기"), icon="x", height=84)
        self._stop.setObjectName("stop")
        self._stop.tells(act, StopWork())
        column.addWidget(self._stop, 0, Qt.AlignmentFlag.AlignLeft)
        self._bar.hide()
        self._stop.hide()

    def show_job(self, job: Job) -> None:
        self._words.set_text(job_words(job))
        stays = tr("USB를 뽑지 마세요.")
        if job.total:
            share = min(1.0, job.done / job.total)
            self._bar.show_share(share)
            stays = tr("{n}퍼센트 했습니다. USB를 뽑지 마세요.", n=round(share * 100))
        self._share.set_text(stays)
        self._bar.setVisible(bool(job.total))
        self._stop.setVisible(job.work in STOPPABLE)
        self._stop.allow(not job.stopping, tr("멈추는 중입니다"))

"""The exchange: receive and send at the top, what came of it, and how every device stands."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFileDialog,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from db.refusals import Reason, Refused
from desktop.desk.exchange.intents import OfferSticks, Receive, SendTo
from desktop.desk.exchange.peers import PeerTable
from desktop.desk.exchange.state import DeskExchangeState
from desktop.desk.shell.keys import Command, KeyPlace
from desktop.desk.shell.view import DeskView
from desktop.exchange.results import StickRead, Written
from desktop.exchange.standing import Enrolled, standing_sentence
from desktop.exchange.words import (
    enrolled_line,
    job_words,
    room_words,
    taken_lines,
    trouble,
    written_lines,
)
from desktop.i18n import language, tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.theme.icons import paint_icon
from desktop.widgets.clearing import clear
from desktop.widgets.mouse.button import MouseButton, Weight
from desktop.widgets.mouse.words import Label

MOST_REFUSALS = 12


class ExchangeView(DeskView):
    def __init__(self, look: DeskLook) -> None:
        super().__init__(look)
        self._state = DeskExchangeState()
        self._shown: tuple[object, ...] | None = None
        px = look.px
        self.receive = MouseButton(look, tr("고르기…"), cap="I", name="receive")
        self.receive.clicked.connect(lambda: self._choose_files())
        self.send = MouseButton(
            look, tr("내보내기"), icon="usb", cap="U", weight=Weight.MAIN, name="send-all"
        )
        self.send.clicked.connect(lambda: self.did.emit(OfferSticks()))
        row = QHBoxLayout()
        row.setSpacing(px(12))
        row.addWidget(
            _Bed(
                look,
                "package-open",
                tr("받은 꾸러미를 여기에 놓기"),
                tr("파일이나 폴더를 끌어다 놓습니다. 같은 것을 여러 번 넣어도 한 번만 들어갑니다."),
                self.receive,
                dashed=True,
            ),
            1,
        )
        self._sending = tr("답변과 결정, 받았다는 확인을 모두 담습니다.")
        row.addWidget(
            _Bed(look, "usb", tr("모두 USB로 내보내기"), self._sending, self.send, dashed=False), 1
        )
        self._body = QVBoxLayout()
        self._body.setSpacing(px(10))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        holder = QWidget()
        holder.setLayout(self._body)
        scroll.setWidget(holder)
        # What Qt fills by itself has the colour of no pane.
        scroll.viewport().setAutoFillBackground(False)
        holder.setAutoFillBackground(False)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(16), px(14), px(16), px(8))
        column.setSpacing(px(14))
        column.addLayout(row)
        column.addWidget(scroll, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.palette.pane)

    # -- what the window asks --------------------------------------------------------------------

    def places(self) -> tuple[KeyPlace, ...]:
        return (KeyPlace.EXCHANGE,)

    def title(self) -> tuple[str, str]:
        return tr("교환"), ""

    def take_focus(self) -> None:
        self.receive.setFocus()

    def obey(self, command: Command) -> bool:
        if command is Command.RECEIVE:
            self._choose_files()
        elif command in (Command.SEND_ALL, Command.EXPORT):
            self.did.emit(OfferSticks())
        else:
            return False
        return True

    def _choose_files(self) -> None:
        title, kind = tr("받을 꾸러미 고르기"), tr("꾸러미 (*.age)")
        names, _filter = QFileDialog.getOpenFileNames(self, title, "", kind)
        if names:
            self.did.emit(Receive(tuple(map(Path, names))))

    def _choose_folder(self) -> None:
        name = QFileDialog.getExistingDirectory(self, tr("내보낼 폴더 고르기"))
        if name:
            self.did.emit(SendTo(Path(name)))

    # -- state -----------------------------------------------------------------------------------

    def show_state(self, state: DeskExchangeState) -> None:
        self._state = state
        shown = (
            state.standing,
            state.sticks,
            state.result,
            state.problem,
            state.nothing,
            state.job is not None,
        )
        if shown == self._shown:
            return
        self._shown = shown
        clear(self._body)
        self._sticks(state)
        self._came_of(state)
        self._standing(state)
        self._body.addStretch(1)

    def _say(self, words: str, use: Use = Use.TEXT, colour: DeskColour = "text") -> None:
        self._body.addWidget(Label(self.look, words, use, colour))

    def _sticks(self, state: DeskExchangeState) -> None:
        if state.sticks is None:
            return
        self._say(tr("어디에 쓸까요?"), Use.SECTION, "second")
        for number, stick in enumerate(state.sticks):
            words = f"{stick.path.name} · {room_words(stick.free_bytes)}"
            if stick.read_only:
                self._say(f"{stick.path.name} · {tr('쓰기가 잠겨 있습니다.')}", Use.TEXT, "second")
                continue
            button = MouseButton(self.look, words, icon="usb", name=f"stick-{number}")
            button.clicked.connect(self._sending_to(stick.path))
            self._body.addWidget(button, 0, Qt.AlignmentFlag.AlignLeft)
        if not state.sticks:
            self._say(tr("꽂힌 USB가 없습니다. 꽂은 뒤 다시 누르거나 폴더를 고릅니다."), Use.TEXT)
        folder = MouseButton(self.look, tr("폴더 고르기…"), name="folder")
        folder.clicked.connect(lambda: self._choose_folder())
        self._body.addWidget(folder, 0, Qt.AlignmentFlag.AlignLeft)
        first = self.findChild(MouseButton, "stick-0") or folder
        first.setFocus()

    def _sending_to(self, folder: Path) -> Callable[[], None]:
        return lambda: self.did.emit(SendTo(folder))

    def _came_of(self, state: DeskExchangeState) -> None:
        lines: list[str] = []
        good = True
        if state.job is not None:
            lines = [job_words(state.job)]
        elif state.nothing:
            good = False
            lines = [tr("꾸러미가 없었습니다. 꾸러미는 .age로 끝나는 파일입니다.")]
        elif state.problem is not None:
            good = False
            lines = [trouble(state.problem, stick=True)]
            refused = state.problem
            if isinstance(refused, Refused) and refused.reason is Reason.NOT_ENROLLED:
                lines.append(tr("등록은 관리자가 안내서의 '교환과 등록'에 있는 명령으로 합니다."))
        elif isinstance(state.result, StickRead):
            good = state.result.problem is None and not state.result.refusals
            refusals = state.result.refusals
            lines = taken_lines(state.result)
            lines += [each.sentence(language()) for each in refusals[:MOST_REFUSALS]]
        elif isinstance(state.result, Written):
            good = state.result.problem is None
            lines = written_lines(state.result)
            if good:
                lines.append(
                    tr("내보낸 답변과 결정은 되돌릴 수 없습니다. 새 답변으로 바로잡습니다.")
                )
        if lines:
            self._body.addWidget(_Said(self.look, lines, good=good))

    def _standing(self, state: DeskExchangeState) -> None:
        look, standing = self.look, state.standing
        if standing.enrolment is not None:
            enrolment = standing.enrolment
            self._body.addSpacing(look.px(6))
            self._say(tr("이 검토대"), Use.SECTION, "second")
            name = enrolment.name or enrolment.device[:8]
            _icon, _colour, words = enrolled_line(enrolment)
            tint: DeskColour = "text" if enrolment.enrolled is Enrolled.YES else "warning"
            self._say(f"{name} · {words}", Use.TEXT, tint)
        sentence = standing_sentence(standing, language())
        if sentence:
            self._say(sentence, Use.TEXT, "second")
        if standing.status is not None and standing.status.peers:
            self._body.addSpacing(look.px(6))
            self._say(tr("다른 기기"), Use.SECTION, "second")
            self._body.addWidget(PeerTable(look, standing.status.peers))


class _Bed(QWidget):
    """What one can do here: a sign, a word, a line of explanation and the button."""

    def __init__(
        self,
        look: DeskLook,
        icon: str,
        title: str,
        line: str,
        button: MouseButton,
        *,
        dashed: bool,
    ) -> None:
        super().__init__()
        self._look, self._icon, self._dashed = look, icon, dashed
        px = look.px
        row = QHBoxLayout(self)
        row.setContentsMargins(px(52), px(14), px(12), px(14))
        row.setSpacing(px(12))
        words = QVBoxLayout()
        words.setSpacing(px(3))
        words.addWidget(Label(look, title, Use.STRONG))
        words.addWidget(Label(look, line, Use.SMALL, "second"))
        row.addLayout(words, 1)
        row.addWidget(button)

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(p.control_edge if self._dashed else p.strong_line, look.edge)
        if self._dashed:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(p.pane)
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 6, 6)
        size = look.px(24)
        box = QRectF(look.px(16), (self.height() - size) / 2, size, size)
        paint_icon(painter, self._icon, box, p.text)


class _Said(QWidget):
    """What came of it, beside the thing: good news on green, the rest on amber."""

    def __init__(self, look: DeskLook, lines: list[str], *, good: bool) -> None:
        super().__init__()
        self._look, self._good = look, good
        self.setObjectName("came-of")
        column = QVBoxLayout(self)
        column.setContentsMargins(look.px(16), look.px(10), look.px(14), look.px(10))
        column.setSpacing(look.px(4))
        for number, line in enumerate(lines):
            column.addWidget(Label(look, line, Use.STRONG if number == 0 else Use.TEXT))
        self.setAccessibleName(" ".join(lines))

    def paintEvent(self, event: QPaintEvent) -> None:
        p = self._look.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), p.done_bed if self._good else p.warning_bed)
        painter.fillRect(0, 0, 3, self.height(), p.done if self._good else p.warning)

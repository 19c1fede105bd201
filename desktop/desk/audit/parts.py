"""What stands round the acts: the proof over them, and one of them in full beside."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.officers.audit import AuditLine
from desktop.desk.audit.state import AuditState
from desktop.desk.audit.words import act_word, how_words
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.widgets.clearing import clear
from desktop.widgets.mouse.button import MouseButton
from desktop.widgets.mouse.words import Label
from desktop.words.dates import moment_of

DETAIL = 360


class ProofBar(QWidget):
    """What was found when the chain was last looked at, and the button that looks."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self._bed: DeskColour = "head"
        self._words = Label(look, "", Use.TEXT)
        self.verify = MouseButton(
            look, tr("지금 검증"), icon="shield-check", cap="V", name="verify"
        )
        row = QHBoxLayout(self)
        row.setContentsMargins(look.px(16), look.px(8), look.px(10), look.px(8))
        row.addWidget(self._words, 1, Qt.AlignmentFlag.AlignVCenter)
        row.addWidget(self.verify)

    def show_state(self, state: AuditState) -> None:
        words, bed = self._said(state)
        self._words.say(words)
        self._bed = bed
        self.update()

    def _said(self, state: AuditState) -> tuple[str, DeskColour]:
        proof = state.proof
        if state.problem is not None:
            return state.problem.sentence(self._look.language), "warning_bed"
        if state.written is not None:
            return tr("{file}에 모두 적었습니다.", file=state.written.name), "done_bed"
        if state.proving:
            return tr("처음부터 이어 보고 있습니다…"), "head"
        if proof is None:
            return tr("아직 검증하지 않았습니다."), "head"
        if proof.holds:
            said = tr(
                "끊김 없음. 기기 {d}대의 기록 {n}개를 처음부터 이어 보았고 모두 맞습니다.",
                d=proof.devices,
                n=f"{proof.events:,}",
            )
            return said, "done_bed"
        first = proof.broken[0]
        said = tr(
            "끊겼습니다: 기기 {device}의 {n}번 기록부터 맞지 않습니다. 백업과 견주어야 합니다.",
            device=first.device[:8],
            n=f"{first.number:,}",
        )
        return said, "fault_bed"

    def paintEvent(self, event: QPaintEvent) -> None:
        p = self._look.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), p.colour(self._bed))
        painter.fillRect(0, self.height() - 1, self.width(), 1, p.line)


class ActDetail(QWidget):
    """One act in full."""

    def __init__(self, look: DeskLook) -> None:
        super().__init__()
        self._look = look
        self.setFixedWidth(look.px(DETAIL))
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(look.px(18), look.px(14), look.px(16), look.px(14))
        self._column.setSpacing(look.px(12))

    def show_line(self, line: AuditLine | None) -> None:
        clear(self._column)
        if line is None:
            return
        look = self._look
        self._column.addWidget(Label(look, act_word(line.act), Use.PANE))
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(16))
        grid.setVerticalSpacing(look.px(8))
        grid.setColumnStretch(1, 1)
        facts = (
            (tr("때"), moment_of(line.at_us)),
            (tr("누가"), line.officer or tr("프로그램")),
            (tr("어디서"), line.place),
            (tr("누구의"), line.whose or "—"),
            (tr("몇 건"), f"{line.of:,}"),
            (tr("어떻게, 왜"), how_words(line) or "—"),
            (tr("기기·번호"), f"{line.device[:8]} {line.number:,}"),
        )
        for at, (name, words) in enumerate(facts):
            head = Label(look, name, Use.SMALL, "second", one_line=True)
            grid.addWidget(head, at, 0, Qt.AlignmentFlag.AlignTop)
            grid.addWidget(Label(look, words), at, 1)
        holder = QWidget()
        holder.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, 0)
        self._column.addWidget(holder)
        kept = tr("앞 기록의 지문과 이어져 있어 고치거나 지울 수 없습니다.")
        self._column.addWidget(Label(look, kept, Use.SMALL, "second"))
        self._column.addStretch(1)

    def paintEvent(self, event: QPaintEvent) -> None:
        p = self._look.palette
        painter = QPainter(self)
        painter.fillRect(self.rect(), p.pane)
        painter.fillRect(0, 0, 1, self.height(), p.strong_line)

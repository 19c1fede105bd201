"""The audit: the proof at the top, what narrows the acts, the acts, and one of them beside."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QComboBox,
    QFileDialog,
    QHBoxLayout,
    QHeaderView,
    QTableView,
    QVBoxLayout,
)

from db.officers.audit import SHOWN
from db.records.officers import ActKind
from desktop.desk.audit.intents import ExportActs, FindActs, NarrowActs, NarrowOfficer, Verify
from desktop.desk.audit.parts import DETAIL, ActDetail, ProofBar
from desktop.desk.audit.state import AuditState
from desktop.desk.audit.table import SHARES, ActDelegate, ActModel
from desktop.desk.audit.words import act_word
from desktop.desk.shell.keys import Command, KeyPlace
from desktop.desk.shell.view import DeskView
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.widgets.mouse.button import MouseButton
from desktop.widgets.mouse.words import Label


class AuditView(DeskView):
    def __init__(self, look: DeskLook) -> None:
        super().__init__(look)
        self._state = AuditState()
        self._people: tuple[str, ...] | None = None
        px = look.px
        self._proof = ProofBar(look)
        self._proof.verify.clicked.connect(lambda: self.did.emit(Verify()))
        self._acts = QComboBox()
        self._acts.setAccessibleName(tr("무엇을"))
        self._acts.addItem(tr("모든 일"), None)
        for act in ActKind:
            self._acts.addItem(act_word(act), act)
        self._acts.activated.connect(
            lambda _at: self.did.emit(NarrowActs(self._acts.currentData()))
        )
        self._officers = QComboBox()
        self._officers.setAccessibleName(tr("누가"))
        self._officers.activated.connect(
            lambda _at: self.did.emit(NarrowOfficer(self._officers.currentData()))
        )
        self._count = Label(look, "", Use.SMALL, "second", one_line=True)
        self.export = MouseButton(
            look, tr("표로 내보내기"), icon="download", cap="Ctrl E", name="export-acts"
        )
        self.export.clicked.connect(lambda: self._choose_file())
        row = QHBoxLayout()
        row.setContentsMargins(px(12), 0, px(10), 0)
        row.setSpacing(px(10))
        for each in (self._acts, self._officers):
            each.setFont(look.font(Use.TEXT))
            row.addWidget(each)
        row.addStretch(1)
        row.addWidget(self._count)
        row.addWidget(self.export)
        self._model = ActModel()
        self._delegate = ActDelegate(look, self._model)
        self.table = _table(look, self._model, self._delegate)
        self.table.selectionModel().currentRowChanged.connect(
            lambda current, _before: self._show_current(current)
        )
        left = QVBoxLayout()
        left.setContentsMargins(0, 0, 0, 0)
        left.setSpacing(px(8))
        left.addWidget(self._proof)
        left.addLayout(row)
        left.addWidget(self.table, 1)
        self._detail = ActDetail(look)
        across = QHBoxLayout(self)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(0)
        across.addLayout(left, 1)
        across.addWidget(self._detail)

    def paintEvent(self, event: QPaintEvent) -> None:
        QPainter(self).fillRect(self.rect(), self.look.palette.pane)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # Where there is little room, the list keeps it.
        self._detail.setVisible(self.width() >= self.look.px(1000))
        room = self.width() - (0 if self._detail.isHidden() else self.look.px(DETAIL))
        room -= self.look.px(14)
        for column, share in enumerate(SHARES):
            self.table.setColumnWidth(column, int(room * share))

    # -- what the window asks --------------------------------------------------------------------

    def places(self) -> tuple[KeyPlace, ...]:
        return (KeyPlace.AUDIT,)

    def title(self) -> tuple[str, str]:
        count = len(self._state.lines or ())
        more = tr("가장 새 {n}개", n=f"{count:,}") if count >= SHOWN else f"{count:,}"
        return tr("감사"), tr("행위 {n} · 지우지 않음", n=more)

    def search_prompt(self) -> str:
        return tr("사람, 행위, 접수번호, 이유 찾기")

    def searched(self) -> str:
        return self._state.words

    def search(self, words: str) -> None:
        self.did.emit(FindActs(words))

    def take_focus(self) -> None:
        self.table.setFocus()

    def obey(self, command: Command) -> bool:
        line = self.table.currentIndex().row()
        if command is Command.VERIFY:
            self.did.emit(Verify())
        elif command is Command.EXPORT:
            self._choose_file()
        elif command in (Command.NEXT, Command.PREVIOUS):
            step = 1 if command is Command.NEXT else -1
            self.table.selectRow(max(0, min(self._model.rowCount() - 1, line + step)))
        else:
            return False
        return True

    def _choose_file(self) -> None:
        title, kind = tr("행위를 표로 내보내기"), "CSV (*.csv)"
        name, _filter = QFileDialog.getSaveFileName(self, title, "audit.csv", kind)
        if name:
            self.did.emit(ExportActs(Path(name)))

    # -- state -----------------------------------------------------------------------------------

    def show_state(self, state: AuditState) -> None:
        self._state = state
        self._proof.show_state(state)
        self._acts.setCurrentIndex(max(0, self._acts.findData(state.act)))
        self._show_people(state)
        shown = state.shown()
        self._count.say("…" if state.lines is None else tr("{n}건", n=f"{len(shown):,}"))
        if shown != self._model.lines:
            self._model.show_lines(shown)
            self.table.selectRow(0)
            self._show_current(self.table.currentIndex())
        self.titled.emit()

    def _show_people(self, state: AuditState) -> None:
        people = tuple(sorted({each.officer for each in state.lines or () if each.officer}))
        if people != self._people:
            self._people = people
            self._officers.clear()
            self._officers.addItem(tr("모든 담당자"), None)
            for each in people:
                self._officers.addItem(each, each)
        self._officers.setCurrentIndex(max(0, self._officers.findData(state.officer)))

    def _show_current(self, current: QModelIndex) -> None:
        self._delegate.current = current.row()
        self.table.viewport().update()
        lines = self._model.lines
        self._detail.show_line(lines[current.row()] if 0 <= current.row() < len(lines) else None)


def _table(look: DeskLook, model: ActModel, delegate: ActDelegate) -> QTableView:
    table = QTableView()
    table.setModel(model)
    table.setItemDelegate(delegate)
    table.setObjectName("acts")
    table.setAccessibleName(tr("행위"))
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
    table.setTabKeyNavigation(False)
    table.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    down, across = table.verticalHeader(), table.horizontalHeader()
    down.hide()
    down.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
    down.setDefaultSectionSize(look.row)
    across.setFont(look.font(Use.SMALL))
    across.setDefaultAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter)
    across.setStretchLastSection(True)
    across.setHighlightSections(False)
    across.setSectionsClickable(False)
    across.setStyleSheet(
        f"QHeaderView::section {{ background: {look.palette.head.name()};"
        f" color: {look.palette.second.name()}; border: none;"
        f" border-bottom: 1px solid {look.palette.strong_line.name()};"
        f" padding: {look.px(5)}px {look.px(6)}px; }}"
    )
    return table

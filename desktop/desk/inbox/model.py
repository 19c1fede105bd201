"""The table behind the list: it holds no words but those of the rows near what is in view."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QPersistentModelIndex, Qt

from db.inbox.rows import FoundRows, InboxRow, Section
from desktop.desk.inbox.lines import Lines
from desktop.desk.inbox.state import InboxState
from desktop.desk.inbox.words import due_words, first_words, section_word
from desktop.i18n import tr
from desktop.words.feedback import kind_word, office_state_word

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


class InboxModel(QAbstractTableModel):
    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today
        self.state = InboxState()
        self.lines = Lines(0, ())
        self._found: FoundRows | None = None

    def show_state(self, state: InboxState) -> bool:
        """True when the list is another one, and not the same with other marks."""
        self.state = state
        if state.found is self._found:
            return False
        self.beginResetModel()
        self._found = state.found
        self.lines = Lines.of(state.found)
        self.endResetModel()
        return True

    def rowCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else self.lines.total

    def columnCount(self, parent: Index = _NOWHERE) -> int:
        return 0 if parent.isValid() else 1

    def section(self, line: int) -> Section | None:
        """The section whose head this line is."""
        number = self.lines.section_at(line)
        if number >= 0 and self.lines.place(line) is None:
            return self.lines.sections[number]
        return None

    def row(self, line: int) -> tuple[int, InboxRow | None] | None:
        """The position on this line and its words, None while they are on their way; None for a
        head."""
        place = self.lines.place(line)
        position = None if place is None else self.state.position(place)
        return None if position is None else (position, self.state.rows.get(position))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> str | None:
        """What a screen reader says of a row; its looks are the delegate's."""
        if role not in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return None
        section = self.section(index.row())
        if section is not None:
            return f"{section_word(section.due)}, {tr('{count}건', count=f'{section.count:,}')}"
        found = self.row(index.row())
        position, row = found or (0, None)
        if row is None:
            return "…"
        parts = [office_state_word(row.state), first_words(row), row.feedback.dong or ""]
        if row.feedback.kind is not None:
            parts.insert(1, kind_word(row.feedback.kind.value))
        parts.append(due_words(row, self.today)[0])
        if self.state.is_checked(position):
            parts.append(tr("고름"))
        return ", ".join(part for part in parts if part)

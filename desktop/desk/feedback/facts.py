"""What is known about one feedback beside its words: what it is about, where from, who has it."""

from __future__ import annotations

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QVBoxLayout

from db.inbox.thread import EntryKind, Thread
from db.records.catalogue import Catalogue
from db.records.feedback import FeedbackRow
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.widgets.mouse.words import Label
from desktop.words.dates import moment_in
from desktop.words.feedback import kind_word, rating_word


class Facts:
    """Writes them into the layouts of the pane."""

    def __init__(self, look: DeskLook, catalogue: Catalogue, year: int) -> None:
        self._look, self._catalogue, self._year = look, catalogue, year

    def sent(self, feedback: FeedbackRow) -> list[str]:
        parts = [moment_in(feedback.at_us, self._year), self._site(feedback.site)]
        if feedback.language not in (None, "ko"):
            parts.append(tr("영어로 씀") if feedback.language == "en" else str(feedback.language))
        return [part for part in parts if part]

    def _site(self, site: str | None) -> str:
        known = self._catalogue.landmark_by_id.get(site or "")
        return known.name(self._look.language) if known else site or ""

    def into(
        self, column: QVBoxLayout, phrases: Mapping[str, tuple[str, str]], thread: Thread
    ) -> None:
        look, feedback = self._look, thread.feedback
        grid = QGridLayout()
        grid.setHorizontalSpacing(look.px(12))
        grid.setVerticalSpacing(look.px(5))
        grid.setColumnStretch(1, 1)
        rows: list[tuple[str, str, DeskColour]] = []
        if feedback.kind is not None:
            rows.append((tr("종류"), kind_word(feedback.kind.value), "text"))
        rows.append((tr("대상"), self._about(feedback), "text"))
        rows.append((tr("받은 곳"), " · ".join(reversed(self.sent(feedback))), "text"))
        standing = thread.standing
        if len(standing) > 1:
            rows.append((tr("충돌"), tr("두 곳에서 다르게 정했습니다."), "warning"))
        department = standing[0].department if len(standing) == 1 else None
        rows.append((tr("담당부서"), department or "—", "text"))
        if feedback.rating is not None:
            rows.append((tr("만족도"), rating_word(feedback.rating), "text"))
        chosen = [phrases.get(each, (each, each)) for each in feedback.phrases]
        if chosen:
            language = 0 if look.korean else 1
            rows.append((tr("고른 말"), ", ".join(each[language] for each in chosen), "text"))
        sealed = tr("봉인되어 있음") if feedback.has_contact else tr("없음 · 답변은 접수번호로만")
        rows.append((tr("연락처"), sealed, "text" if feedback.has_contact else "second"))
        if feedback.clock_suspect:
            rows.append((tr("시계"), tr("키오스크의 시계가 틀렸습니다."), "warning"))
        top = Qt.AlignmentFlag.AlignTop
        for at, (name, value, colour) in enumerate(rows):
            label = Label(look, name, Use.TEXT, "second", one_line=True)
            label.setFixedWidth(look.px(64 if look.korean else 84))
            grid.addWidget(label, at, 0, top)
            grid.addWidget(Label(look, value, Use.TEXT, colour), at, 1, top)
        column.addLayout(grid)

    def _about(self, feedback: FeedbackRow) -> str:
        if feedback.project:
            project = self._catalogue.project_by_id.get(feedback.project)
            name = project.name(self._look.language) if project else feedback.project
            dong = project.legal_dong if project else None
            return " · ".join(part for part in (name, dong) if part)
        if feedback.lat is not None and feedback.lon is not None:
            place = tr("지도에서 고른 곳")
            return f"{place} ({feedback.lat:.4f}, {feedback.lon:.4f})"
        if feedback.dong:
            return feedback.dong
        return tr("나무") if feedback.about.value == "trees" else tr("시 전역")

    def readers_into(self, column: QVBoxLayout, thread: Thread) -> None:
        counted: dict[str, int] = {}
        for entry in thread.entries:
            if entry.kind is EntryKind.READ and entry.officer:
                counted[entry.officer] = counted.get(entry.officer, 0) + 1
        if counted:
            look = self._look
            column.addWidget(Label(look, tr("읽은 사람"), Use.SECTION, "second"))
            told = " · ".join(tr("{who} ({n}회)", who=who, n=n) for who, n in counted.items())
            column.addWidget(Label(look, told, Use.TEXT, "second"))

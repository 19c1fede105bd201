"""What is disputed, removed or left out of the sums."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from db.catalogue import tree_totals
from db.records.trees import Conflict, Planting, TreesFile
from desktop.i18n import date_words, tr
from desktop.kiosk.shell.routes import TreesTopic
from desktop.kiosk.trees.intents import OpenTopic
from desktop.kiosk.trees.state import TreesState
from desktop.kiosk.trees.topic_view import TopicView, entry, note
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.theme.type import Role
from desktop.widgets.card import Card, PressCard
from desktop.widgets.marks import BasisLabel, Icon
from desktop.widgets.pager import Pager
from desktop.widgets.stack import stack
from desktop.widgets.text import Text
from desktop.words.trees import origin, planting_date, source_line, trees_words


class TreesMoreView(TopicView):
    """Six doors to what stands behind the overview."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("빠진 나무·서로 다른 자료·출처"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        look, ledger = self.look, state.ledger
        doors = (
            (
                TreesTopic.REMOVALS,
                "axe",
                tr("빠진 나무"),
                tr("베거나 옮긴 기록 {n}건", n=len(ledger.removals)),
            ),
            (
                TreesTopic.CONFLICTS,
                "scale",
                tr("서로 다른 자료"),
                tr("{n}가지를 나란히 봅니다", n=len(ledger.conflicts)),
            ),
            (TreesTopic.APART, "layers", tr("더하지 않은 나무"), tr("계획, 나눔, 꽃이 섞인 수")),
            (
                TreesTopic.PROGRAMME,
                "calendar",
                tr("계획과 걸어온 길"),
                tr("무엇을, 얼마로, 그 뒤에는"),
            ),
            (TreesTopic.PEOPLE, "users", tr("함께한 사람들"), tr("정원사, 정원, 박람회, 헌수")),
            (
                TreesTopic.SOURCES,
                "book-open-text",
                tr("출처"),
                tr("자료 {n}건", n=len(ledger.sources)),
            ),
        )
        grid = QGridLayout()
        grid.setSpacing(look.px(24))
        across = 1 if self.stacked else 3
        for number, (topic, icon, title, line) in enumerate(doors):
            door = self._door(icon, title, line)
            door.setObjectName(topic)
            door.tells(self.act, OpenTopic(topic))
            grid.addWidget(door, number // across, number % across)
        for each in range(across):
            grid.setColumnStretch(each, 1)
        box = QWidget()
        box.setLayout(grid)
        grid.setContentsMargins(0, 0, 0, look.px(8))
        column.addWidget(Pager(look, stack(look, (box,))) if self.stacked else box, 1)

    def _door(self, icon: str, title: str, line: str) -> PressCard:
        look = self.look
        door = PressCard(look)
        door.setAccessibleName(f"{title}. {line}")
        mark = Icon(look, icon, 84, "pine")
        if self.stacked:
            row = QHBoxLayout()
            row.setSpacing(look.px(28))
            row.addWidget(mark, 0, Qt.AlignmentFlag.AlignTop)
            row.addWidget(self._door_words(title, line), 1)
            door.face.addLayout(row)
        else:
            door.face.addWidget(mark)
            door.face.addStretch(1)
            door.face.addWidget(self._door_words(title, line))
        door.let_touches_through()
        return door

    def _door_words(self, title: str, line: str) -> QWidget:
        words = (
            Text(self.look, title, Role.DOOR, bold=True),
            Text(self.look, line, colour="ink2"),
        )
        return stack(self.look, words, gap=6)


class TreesRemovalsView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("빠진 나무"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        look, language = self.look, self.look.language
        words = tr(
            "베거나 옮기거나 죽은 나무의 기록입니다. 서로 겹치는 기록이 있어 더하지 않습니다."
        )
        cards = [
            entry(
                look,
                removal.place(language),
                tr("약 {count}그루", count=f"{removal.trees:,}")
                if removal.approximate
                else trees_words(removal.trees),
                (
                    removal.deed(language),
                    ", ".join(removal.species_names(language)),
                    removal.remark(language),
                    origin(state.ledger, removal.source_id),
                ),
                tr("보도"),
                date_words(removal.date),
            )
            for removal in sorted(state.ledger.removals, key=lambda r: r.date, reverse=True)
        ]
        self.entries(column, cards, head=note(look, words))


class TreesConflictsView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("서로 다른 자료"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        words = tr("자료가 서로 다르면 하나를 고르지 않고 나란히 보여 드립니다.")
        cards = [self._conflict(state.ledger, conflict) for conflict in state.ledger.conflicts]
        self.entries(column, cards, across=1, head=note(self.look, words))

    def _conflict(self, ledger: TreesFile, conflict: Conflict) -> Card:
        look, language = self.look, self.look.language
        card = Card(look)
        column = card.column(30, 24, 30, 26, gap=14)
        column.addWidget(Text(look, conflict.point(language), Role.LEAD, bold=True))
        grid = QGridLayout()
        grid.setSpacing(look.px(18))
        across = 1 if self.stacked else min(3, len(conflict.versions))
        if len(conflict.versions) == 4 and not self.stacked:
            across = 2
        for number, version in enumerate(conflict.versions):
            outline: Colour | None = (
                "reed" if look.contrast else None
            )  # both fills are alike in contrast
            bed = Card(look, fill="sand", outline=outline, radius=16)
            inner = bed.column(24, 16, 24, 18, gap=2)
            inner.addWidget(Text(look, version.text(language), bold=True))
            source = source_line(ledger, version.source_id) or date_words(version.date or "")
            source = source or tr("날짜 없음")
            inner.addWidget(Text(look, source, colour="ink2"))
            inner.addStretch(1)
            grid.addWidget(bed, number // across, number % across)
        for each in range(across):
            grid.setColumnStretch(each, 1)
        column.addLayout(grid)
        if conflict.remark(language):
            column.addWidget(Text(look, conflict.remark(language)))
        return card


class TreesApartView(TopicView):
    """Everything with a number that the lower bound must not hold, each with its own basis."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("더하지 않은 나무"))

    def shown(self, state: TreesState) -> object:
        return state.registered

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        figures = state.figures
        until = tr("{date}까지 모음", date=figures.until)
        cards = [
            self._apart(
                state.ledger,
                figures.announced,
                tr("발표된 계획"),
                tr("심겠다고 발표했으나 완료는 확인되지 않았습니다. {until}", until=until),
            ),
            self._apart(
                state.ledger,
                figures.mixed,
                tr("꽃이 섞인 수"),
                tr("나무와 꽃을 함께 센 수라 나무만의 수를 알 수 없습니다. {until}", until=until),
            ),
            self._apart(
                state.ledger,
                figures.given,
                tr("나눔과 기증 약속"),
                tr(
                    "나누어 주거나 약속한 나무로, 심었는지는 모릅니다. {until}",
                    until=until,
                ),
            ),
            self._apart(
                state.ledger,
                figures.transplanted,
                tr("옮겨 심음"),
                tr("있던 나무를 옮긴 것으로 새로 심은 나무가 아닙니다. {until}", until=until),
            ),
            self._apart(
                state.ledger,
                figures.before,
                tr("사업 시작 전"),
                tr("2018년 7월 전에 심거나 계획한 나무입니다. {until}", until=until),
            ),
            self._registered(state),
        ]
        self.entries(column, cards)

    def _apart(self, ledger: TreesFile, apart: tree_totals.Apart, basis: str, why: str) -> Card:
        look = self.look
        card = Card(look)
        side = 18 if look.tight else 30
        column = card.column(side, 24, side, 26, gap=8)
        figure = trees_words(apart.trees)
        column.addWidget(Text(look, figure, Role.FIGURE_S, bold=True, colour="figure"))
        column.addWidget(BasisLabel(look, basis))
        column.addWidget(Text(look, why))
        for record in apart.records:
            column.addWidget(Text(look, self._record(ledger, record), colour="ink2"))
        return card

    def _record(self, ledger: TreesFile, record: Planting) -> str:
        return "\n".join(
            (
                f"**{record.place(self.look.language)}** {trees_words(record.trees or 0)}",
                f"{planting_date(record)} · {origin(ledger, record.source_id)}",
            )
        )

    def _registered(self, state: TreesState) -> Card:
        why = tr("주민이 이 키오스크에 등록한 나무입니다. 아직 아무도 확인하지 않았습니다.")
        basis = tr("시민 등록(확인 전)")
        return entry(self.look, tr("나도 심었어요"), trees_words(state.registered), (why,), basis)

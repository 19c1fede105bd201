"""The planting sites beside the tree map: a list in the map's words, and one site in full."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from db.records.trees import CountBasis, Planting, PlantingStatus, TreesFile
from desktop.i18n import tr
from desktop.kiosk.trees.state import TopicTab
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.button import PressButton
from desktop.widgets.card import Card, PressCard
from desktop.widgets.marks import BasisLabel
from desktop.widgets.text import Text
from desktop.widgets.tree_drawing import TreeDrawing
from desktop.words.trees import planting_date, sector_word, source_line, status_word, trees_words


def shown_plantings(ledger: TreesFile, tab: TopicTab | None) -> tuple[Planting, ...]:
    """The records of one tab, newest first; those without a position come last."""
    wanted = PlantingStatus.COMPLETED if tab is TopicTab.CONFIRMED else PlantingStatus.PLANNED
    chosen = [p for p in ledger.plantings if p.status is wanted]
    chosen.sort(key=lambda p: p.date, reverse=True)
    return tuple(sorted(chosen, key=lambda p: p.lat is None))


def count_words(planting: Planting) -> str:
    """The count with what must be known about it; unknown is said, never guessed."""
    if planting.trees is None:
        return tr("나무 수 확인되지 않음")
    if planting.count_basis is CountBasis.TREES_AND_FLOWERS_MIXED:
        return tr("꽃을 섞어 {count}본", count=f"{planting.trees:,}")
    return trees_words(planting.trees)


def basis_words(planting: Planting) -> str:
    if planting.status is PlantingStatus.COMPLETED:
        return tr("보도로 확인된 식재")
    return tr("발표된 계획")


#: Takes the id of a site, or None to close its panel.
ShowOne = Callable[[str | None], None]


class SiteList(QWidget):
    def __init__(
        self, look: Look, ledger: TreesFile, plantings: tuple[Planting, ...], show_one: ShowOne
    ) -> None:
        super().__init__()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(8))
        column.setSpacing(look.px(15))
        for planting in plantings:
            card = PressCard(look, radius=20, thickness=5, margins=(18, 12, 18, 12))
            card.setObjectName(planting.id)
            place = planting.place(look.language)
            line = f"{count_words(planting)} · {planting_date(planting)}"
            if planting.lat is None:
                line += "\n" + tr("지도에 자리 없음")
            card.setAccessibleName(f"{place}. {line}")
            row = QHBoxLayout()
            row.setSpacing(look.px(14))
            drawing = TreeDrawing(look, ledger.glyph(planting.species), 76)
            row.addWidget(drawing, 0, Qt.AlignmentFlag.AlignTop)
            words = QVBoxLayout()
            words.setSpacing(0)
            words.addWidget(Text(look, place, bold=True))
            words.addWidget(Text(look, line, colour="ink2"))
            row.addLayout(words, 1)
            card.face.addLayout(row)
            card.let_touches_through()
            card.tells(show_one, planting.id)
            column.addWidget(card)
        column.addStretch(1)


class SitePanel(QWidget):
    """One site in full, and the other records at the same point."""

    def __init__(
        self,
        look: Look,
        ledger: TreesFile,
        planting: Planting,
        beside: tuple[Planting, ...],
        show_one: ShowOne,
    ) -> None:
        super().__init__()
        language = look.language
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, look.px(8))
        column.setSpacing(look.px(15))
        back = PressButton(look, tr("목록으로"), icon="list", height=76)
        back.tells(show_one, None)
        column.addWidget(back)
        card = Card(look)
        inner = card.column(26, 22, 26, 24, gap=8)
        inner.addWidget(Text(look, planting.place(language), Role.LEAD, bold=True))
        figure = Text(look, count_words(planting), Role.DOOR, bold=True, colour="figure")
        inner.addWidget(figure)
        inner.addWidget(BasisLabel(look, basis_words(planting)))
        inner.addWidget(Text(look, f"{planting_date(planting)} · {status_word(planting.status)}"))
        facts = (
            (tr("심은 곳"), planting.category_name(language)),
            (tr("누가"), sector_word(planting.sector.value)),
            (tr("나무"), ", ".join(planting.species_names(language))),
            (tr("동"), planting.dong_name(language)),
            (tr("자리(대략)"), planting.location_note(language)),
            (tr("출처"), source_line(ledger, planting.source_id)),
        )
        for name, words in facts:
            if words:
                inner.addWidget(Text(look, f"**{name}** {words}"))
        if planting.remark(language):
            inner.addWidget(Text(look, planting.remark(language), colour="ink2"))
        column.addWidget(card)
        if beside:
            column.addWidget(Text(look, tr("같은 자리의 다른 기록"), bold=True))
            column.addWidget(SiteList(look, ledger, beside, show_one))
        column.addStretch(1)

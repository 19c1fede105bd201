"""나무가 하는 일: what research measured on grown trees, never multiplied by what was planted."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout

from db.bilingual import Bilingual
from db.records.trees import Benefit, TreesFile
from desktop.i18n import tr
from desktop.kiosk.trees.state import TreesState
from desktop.kiosk.trees.topic_view import TopicView, entry, note
from desktop.theme.look import Look
from desktop.widgets.card import Card
from desktop.words.trees import origin


class TreesBenefitsView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("나무가 하는 일"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        words = tr(
            "**다 자란 나무**로 잰 값입니다. 어린나무와 작은키나무는 훨씬 적게 하므로, "
            "심은 수에 곱하지 않습니다."
        )
        cards = [self._benefit(state.ledger, benefit) for benefit in state.ledger.benefits]
        self.entries(column, cards, head=note(self.look, words))

    def _benefit(self, ledger: TreesFile, benefit: Benefit) -> Card:
        language = self.look.language
        metric = Bilingual(benefit.metric_ko or benefit.metric, benefit.metric).in_(language)
        metric = metric[:1].upper() + metric[1:]
        unit = Bilingual(benefit.unit_ko or benefit.unit, benefit.unit).in_(language)
        basis = Bilingual(benefit.basis_ko or benefit.basis, benefit.basis).in_(language)
        labels = Bilingual(benefit.labels_ko, benefit.labels_en).in_(language) or {}
        figure, parts = "", []
        if isinstance(benefit.value, dict):
            parts = [
                f"{labels.get(name, name)} **{value:g} {unit}**"
                for name, value in benefit.value.items()
            ]
        elif isinstance(benefit.value, tuple):
            ends = [f"{value:g}" for value in benefit.value]
            figure = f"{' ~ '.join(ends)} {unit}"
        else:
            figure = f"{benefit.value:,.10g} {unit}"
        lines = (
            "\n".join(parts),
            basis,
            benefit.remark(self.look.language),
            origin(ledger, benefit.source_id),
        )
        return entry(self.look, metric, figure, lines)

"""Who took part, and where every figure comes from."""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.bilingual import Bilingual
from db.records.base import Source
from db.records.trees import Participation, TreesFile
from desktop.i18n import date_words, dated, tr
from desktop.kiosk.trees.state import TopicTab, TreesState
from desktop.kiosk.trees.topic_view import TopicView, entry, note
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.pager import Pager
from desktop.widgets.stack import stack
from desktop.widgets.text import Text
from desktop.words.amounts import won
from desktop.words.trees import origin

MONEY = "KRW"
#: Which kinds of participation stand under which tab.
PARTICIPATION = {
    TopicTab.PEOPLE: ("green_gardener", "garden_friends"),
    TopicTab.GARDENS: ("eoullim_garden", "citizen_made_gardens", "garden_contest", "school_forest"),
    TopicTab.EXPO: (
        "garden_expo_visitors",
        "garden_expo_firms",
        "garden_expo_sales",
        "garden_expo_plan",
    ),
}


class TreesPeopleView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("함께한 사람들"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        words = (
            (TopicTab.PEOPLE, tr("정원사와 친구들")),
            (TopicTab.GARDENS, tr("시민 정원")),
            (TopicTab.EXPO, tr("정원 박람회")),
            (TopicTab.GIFTS, tr("시민 헌수")),
        )
        self.tabs(column, words, state.tab)
        ledger = state.ledger
        others = {kind for kinds in PARTICIPATION.values() for kind in kinds}
        chosen = [
            each
            for each in ledger.participation
            if (
                each.kind in PARTICIPATION[state.tab]
                if state.tab in PARTICIPATION
                else each.kind not in others
            )
        ]
        self.entries(column, self._cards(ledger, chosen))

    def _cards(self, ledger: TreesFile, chosen: Iterable[Participation]) -> list[QWidget]:
        """Newest first; dates of spans sort by their first day."""
        language = self.look.language
        cards: list[QWidget] = []
        for each in sorted(chosen, key=lambda e: e.date, reverse=True):
            kind = Bilingual(each.kind_ko, each.kind_en or each.kind_ko).in_(language)
            value = _amount(each, language)
            date = " ~ ".join(date_words(day) for day in each.date.split("/"))
            lines = (each.remark(language), origin(ledger, each.source_id))
            cards.append(entry(self.look, kind, value, lines, tr("보도"), date))
        return cards


class TreesSourcesView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("출처"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        look, ledger = self.look, state.ledger
        words = tr(
            "자료 {n}건, {date}까지 모았습니다. 나무 심기에 관한 보도의 앞부분을 읽고 옮겼습니다.",
            n=len(ledger.sources),
            date=ledger.meta.compiled,
        )
        gaps = ledger.unknown(look.language)
        self.put_above(column, note(look, words))
        texts: list[QWidget] = []
        if gaps:
            texts.append(Text(look, tr("찾지 못한 것"), Role.LEAD, bold=True))
            texts += [Text(look, f"· {dated(gap)}") for gap in gaps]
        texts.append(Text(look, tr("자료 목록, 최근 것부터"), Role.LEAD, bold=True))
        newest = sorted(ledger.sources.values(), key=lambda s: s.date or "", reverse=True)
        listed = [self._entry(source) for source in newest]
        parts = (*self._above, *texts, self.beside(listed))
        column.addWidget(Pager(look, stack(look, parts, gap=20)), 1)

    def _entry(self, source: Source) -> Text:
        language = self.look.language
        plain = source.title_ko or source.publisher
        title = Bilingual(plain, source.title_en or plain).in_(language)
        dated = " · ".join(
            part for part in (source.publisher, date_words(source.date or "")) if part
        )
        remark = Bilingual(source.note_ko, source.note).in_(language) or ""
        return Text(self.look, "\n".join(p for p in (f"**{title}**", dated, remark) if p))


def _amount(entry: Participation, language: str) -> str:
    """The figure with its unit; money in the words of the language."""
    if entry.value is None:
        return ""
    korean = language == "ko"
    unit = Bilingual(entry.unit_ko or entry.unit, entry.unit).in_(language) or ""
    if (entry.unit or "").startswith(MONEY):
        # What stands behind the currency says what kind of sum it is.
        kind = unit[1:] if korean and entry.unit_ko else unit.removeprefix(MONEY)
        return won(entry.value, korean) + kind
    # Korean units follow the figure at once, as in 573명.
    return f"{entry.value:,}{unit}" if korean else f"{entry.value:,} {unit}"

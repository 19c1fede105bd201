"""해마다, 나무 종류, 동별: a chart of the lower bound and the same figures as a list beside it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from db.catalogue import tree_totals
from db.records.trees import TreesFile
from desktop.charts.bars import Bar, BarChart
from desktop.i18n import tr
from desktop.kiosk.trees.state import Figures, TopicTab, TreesState
from desktop.kiosk.trees.topic_view import TopicView, figure_rows, hero, legend, note
from desktop.theme.look import Look
from desktop.widgets.stack import stack
from desktop.words.trees import sector_word, trees_words


def lower_bound(look: Look, figures: Figures) -> QWidget:
    """The sum that every one of these charts divides, with its basis."""
    return hero(
        look,
        tr("{count}그루 이상", count=f"{figures.confirmed:,}"),
        tr("보도로 확인된 식재"),
        tr("기록 {n}건 · {date}까지 모음", n=figures.records, date=figures.until),
    )


class TreesYearsView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("해마다 심은 나무"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        look, years = self.look, state.figures.years
        unknown = tr("확인되지 않음")
        bars = tuple(
            Bar(
                str(year.year),
                year.confirmed,
                unknown if year.confirmed is None else f"{year.confirmed:,}",
                year.announced or None,
                f"{year.announced:,}",
            )
            for year in years
        )
        rows = [
            (
                tr("{year}년", year=year.year),
                unknown if year.confirmed is None else trees_words(year.confirmed),
                self._announced_words(year),
            )
            for year in years
        ]
        key = legend(
            look,
            (
                (False, tr("보도로 확인된 식재"), tr("하한")),
                (True, tr("발표된 계획"), tr("완료 확인되지 않음")),
            ),
        )
        chart = BarChart(look, bars, tr("해마다 심은 나무 막대그림. 같은 수가 목록에 있습니다."))
        total = lower_bound(look, state.figures)
        plans = tr(
            "발표된 계획 {count}그루는 더하지 않았습니다. 그 가운데 {mixed}그루는 꽃이 섞였습니다.",
            count=f"{state.figures.announced.trees:,}",
            mixed=f"{sum(year.mixed for year in years):,}",
        )
        words = stack(look, (figure_rows(look, rows), note(look, plans)), gap=20)
        self.columns(column, stack(look, (total, key), gap=20), chart, words)

    @staticmethod
    def _announced_words(year: tree_totals.YearFigure) -> str:
        if not year.announced:
            return ""
        count = f"{year.announced:,}"
        if year.mixed:
            return tr(
                "발표된 계획 {count}그루(꽃 섞인 수 {mixed})", count=count, mixed=f"{year.mixed:,}"
            )
        return tr("발표된 계획 {count}그루", count=count)


class TreesKindsView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("나무 종류"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        words = (
            (TopicTab.CATEGORY, tr("어떤 숲과 정원에")),
            (TopicTab.SPECIES, tr("나무 이름")),
            (TopicTab.SECTOR, tr("누가 심었나")),
        )
        self.tabs(column, words, state.tab)
        if state.tab is TopicTab.SPECIES:
            self._species(column, state)
            return
        look, figures = self.look, state.figures
        if state.tab is TopicTab.SECTOR:
            named = [(sector_word(share.key), share) for share in figures.sectors]
            name = tr("누가 심었는지 나눈 막대그림. 같은 수가 목록에 있습니다.")
        else:
            labels = category_labels(state.ledger, look)
            named = [(labels[share.key], share) for share in figures.categories]
            name = tr("숲과 정원의 종류로 나눈 막대그림. 같은 수가 목록에 있습니다.")
        chart = BarChart(look, tuple(_bar(label, share) for label, share in named), name)
        rows = [_row(label, share) for label, share in named]
        self.columns(column, lower_bound(look, figures), chart, figure_rows(look, rows))

    def _species(self, column: QVBoxLayout, state: TreesState) -> None:
        look = self.look
        labels = species_labels(state.ledger, look)
        named = [(labels[share.key], share) for share in state.figures.species]
        often = [(label, share) for label, share in named if share.plantings > 1]
        bars = tuple(
            Bar(label, share.plantings, tr("{n}건", n=share.plantings)) for label, share in often
        )
        chart = BarChart(look, bars, tr("기록에 자주 나온 나무 막대그림. 목록에 모두 있습니다."))
        why = tr("보도가 나무마다의 수를 밝히지 않아, 이름이 나온 기록의 수만 셌습니다.")
        rows = [(label, tr("{n}건", n=share.plantings), "") for label, share in named]
        self.columns(column, note(look, why), chart, figure_rows(look, rows))


class TreesDongsView(TopicView):
    def __init__(self, look: Look) -> None:
        super().__init__(look, tr("동별 나무"))

    def fill(self, column: QVBoxLayout, state: TreesState) -> None:
        look = self.look
        labels = dong_labels(state.ledger, look)
        named = [(labels[share.key], share) for share in state.figures.dongs]
        chart = BarChart(
            look,
            tuple(_bar(label, share) for label, share in named),
            tr("동으로 나눈 막대그림. 같은 수가 목록에 있습니다."),
        )
        why = tr("동 이름은 보도에 나온 그대로입니다. 행정동과 법정동이 섞여 있습니다.")
        rows = figure_rows(look, [_row(label, share) for label, share in named])
        words = stack(look, (rows, note(look, why)), gap=20)
        self.columns(column, lower_bound(look, state.figures), chart, words)


def _bar(label: str, share: tree_totals.Share) -> Bar:
    return Bar(label, share.trees, f"{share.trees:,}")


def _row(label: str, share: tree_totals.Share) -> tuple[str, str, str]:
    several = tr("기록 {n}건", n=share.plantings) if share.plantings > 1 else ""
    return label, trees_words(share.trees), several


def category_labels(ledger: TreesFile, look: Look) -> dict[str, str]:
    return {p.category: p.category_name(look.language) for p in ledger.plantings}


def species_labels(ledger: TreesFile, look: Look) -> dict[str, str]:
    return {
        korean: name
        for p in ledger.plantings
        for korean, name in zip(p.species, p.species_names(look.language), strict=False)
    }


def dong_labels(ledger: TreesFile, look: Look) -> dict[str, str]:
    labels = {p.dong: p.dong_name(look.language) for p in ledger.plantings if p.dong}
    return {**labels, tree_totals.SEVERAL: tr("여러 동·밝히지 않음")}

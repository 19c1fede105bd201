"""The tree screens are whole in every size and say no more than the ledger does."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.charts.bars import BarChart
from desktop.kiosk.shell.routes import TreesTopic
from desktop.kiosk.trees.intents import OpenTopic, ShowSite, TreesIntent
from desktop.kiosk.trees.overview import TreesOverviewView
from desktop.kiosk.trees.pictogram import PlanField, unit_of
from desktop.kiosk.trees.records import TreesMoreView
from desktop.kiosk.trees.site_map import TreesMapView
from desktop.kiosk.trees.site_panel import SiteList, SitePanel
from desktop.kiosk.trees.state import TABS, TopicTab, TreesState, figures_of, first_tab
from desktop.kiosk.trees.topics import make_trees_view
from desktop.map.projection import to_world
from desktop.widgets.button import PressButton
from desktop.widgets.card import PressCard
from desktop.widgets.marks import BasisLabel
from desktop.widgets.pager import Pager
from tests.desktop.kiosk import tree_stage
from tests.desktop.kiosk.tree_stage import CATALOGUE, CITY, LOOKS, look_of, put_on, take_off

LEDGER = CATALOGUE.trees
FIGURES = figures_of(LEDGER)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[QWidget]:
    widget = QWidget()
    qtbot.addWidget(widget)
    yield widget
    i18n.use_language("ko")


def state(
    topic: TreesTopic, tab: TopicTab | None = None, selected: str | None = None
) -> TreesState:
    tab = tab or first_tab(topic)
    return TreesState(topic, LEDGER, FIGURES, tab=tab, selected=selected)


EVERY = [(topic, tab) for topic in TreesTopic for tab in TABS.get(topic, (None,))]


#: Every panel meets every mode, and each of both either language; the others are in the long run.
LANGUAGES = [
    pytest.param(
        panel,
        mode,
        language,
        marks=() if number % 2 == at else pytest.mark.soak,
        id=f"{panel}-{mode}-{language}",
    )
    for number, (panel, mode) in enumerate(LOOKS)
    for at, language in enumerate(("ko", "en"))
]


@pytest.mark.parametrize(("panel", "mode", "language"), LANGUAGES)
def test_every_topic_is_whole_on_every_panel(
    window: QWidget, panel: str, mode: str, language: str
) -> None:
    look = look_of(panel, mode, language)
    for topic, tab in EVERY:
        shown = state(topic, tab)
        view = make_trees_view(look, shown, CITY)
        view.show_state(shown)
        put_on(window, view, look, panel)
        assert not tree_stage.overflowing(view), (topic, tab)
        assert not tree_stage.out_of_sight(view, look), (topic, tab)
        assert not tree_stage.cramped(view, look), (topic, tab)
        take_off(view)


def test_the_overview_tells_three_bases_with_their_dates_and_no_share(window: QWidget) -> None:
    look = look_of()
    view = TreesOverviewView(look)
    view.show_state(state(TreesTopic.OVERVIEW))
    put_on(window, view, look)
    words = tree_stage.words_of(view)
    bases = [label.text() for label in view.findChildren(BasisLabel)]
    assert bases == ["공식 계획", "공식 발표", "보도로 확인된 식재"]
    assert {"10,000,000", "약 300,000", "61,351 이상"} <= set(words)
    assert "2018-12-20 뒤 공식 누계는 확인되지 않음" in words
    assert not [w for w in words if "%" in w or "퍼센트" in w or "달성" in w]
    take_off(view)


@pytest.mark.parametrize("language", ["ko", "en"])
def test_the_overview_is_one_page_on_the_reference_panel(window: QWidget, language: str) -> None:
    look = look_of(language=language)
    view = TreesOverviewView(look)
    view.show_state(state(TreesTopic.OVERVIEW))
    put_on(window, view, look)
    pages = {p.up.isVisible() for p in view.findChildren(Pager)}
    assert pages == {False}
    take_off(view)


def test_one_cell_stands_for_ten_thousand_trees_of_the_plan(window: QWidget) -> None:
    look = look_of()
    assert unit_of(10_000_000) == 10_000
    assert unit_of(1_000) == 1
    view = TreesOverviewView(look)
    view.show_state(state(TreesTopic.OVERVIEW))
    field = view.findChild(PlanField)
    assert field is not None and "600칸" in field.accessibleName()
    take_off(view)


@pytest.mark.parametrize("topic", [TreesTopic.YEARS, TreesTopic.KINDS, TreesTopic.DONGS])
def test_the_list_beside_a_chart_has_its_rows_in_the_same_order(
    window: QWidget, topic: TreesTopic
) -> None:
    look = look_of()
    view = make_trees_view(look, state(topic), CITY)
    view.show_state(state(topic))
    put_on(window, view, look)
    chart = view.findChild(BarChart)
    assert chart is not None
    texts = [label.text() for label in view.findChildren(QLabel)]
    places = [
        next(i for i, text in enumerate(texts) if text.startswith(bar.label)) for bar in chart.bars
    ]
    assert places == sorted(places)
    take_off(view)


def test_an_unknown_year_is_said_to_be_unconfirmed(window: QWidget) -> None:
    look = look_of()
    view = make_trees_view(look, state(TreesTopic.YEARS), CITY)
    view.show_state(state(TreesTopic.YEARS))
    chart = view.findChild(BarChart)
    assert chart is not None
    unknown = [bar.label for bar in chart.bars if bar.value is None]
    assert unknown == ["2022", "2023", "2025", "2026"]
    assert {bar.words for bar in chart.bars if bar.value is None} == {"확인되지 않음"}
    take_off(view)


def test_the_doors_behind_the_overview_name_their_topics(window: QWidget, qtbot: QtBot) -> None:
    look = look_of()
    view = make_trees_view(look, state(TreesTopic.MORE), CITY)
    assert isinstance(view, TreesMoreView)
    view.show_state(state(TreesTopic.MORE))
    put_on(window, view, look)
    chosen: list[TreesIntent] = []
    view.did.connect(chosen.append)
    for door in view.findChildren(PressCard):
        qtbot.mouseClick(door, Qt.MouseButton.LeftButton)
    topics = ("removals", "conflicts", "apart", "programme", "people", "sources")
    assert chosen == [OpenTopic(TreesTopic(topic)) for topic in topics]
    take_off(view)


def test_the_tree_map_and_its_list_hold_the_same_sites(window: QWidget) -> None:
    look = look_of()
    for tab in TABS[TreesTopic.MAP]:
        view = TreesMapView(look, state(TreesTopic.MAP, tab), CITY)
        view.show_state(state(TreesTopic.MAP, tab))
        put_on(window, view, look)
        (sites,) = view.findChildren(SiteList)
        rows = [card.objectName() for card in sites.findChildren(PressCard)]
        drawn = [p.id for p in LEDGER.plantings if p.id in rows and p.lat is not None]
        assert sorted(spot.ident for spot in view.spots) == sorted(drawn)
        assert not [w for w in tree_stage.words_of(view) if "시연" in w]
        take_off(view)


def test_a_tap_on_a_tree_opens_its_site_and_a_tap_beside_closes_it(
    window: QWidget, qtbot: QtBot
) -> None:
    look = look_of()
    view = TreesMapView(look, state(TreesTopic.MAP), CITY)
    view.show_state(state(TreesTopic.MAP))
    put_on(window, view, look)
    canvas = view.stage.canvas
    canvas.settle()
    planting = next(p for p in LEDGER.plantings if p.id == "p012")
    assert planting.lat is not None and planting.lon is not None
    x, y = to_world(planting.lat, planting.lon)
    at = canvas.position
    middle = canvas.rect().center()
    point = middle + type(middle)(
        round((x - at.x) * at.zoom * look.metrics.scale),
        round((y - at.y) * at.zoom * look.metrics.scale) - look.px(20),
    )
    with qtbot.waitSignal(view.did) as chosen:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=point)
    assert chosen.args == [ShowSite("p012")]
    with qtbot.waitSignal(view.did) as chosen:
        QTest.mouseClick(canvas, Qt.MouseButton.LeftButton, pos=canvas.rect().center() / 8)
    assert chosen.args == [ShowSite(None)]
    take_off(view)


def test_a_site_tells_its_count_basis_date_source_and_how_rough_its_position_is(
    window: QWidget,
) -> None:
    look = look_of()
    view = TreesMapView(look, state(TreesTopic.MAP, selected="p011"), CITY)
    view.show_state(state(TreesTopic.MAP, selected="p011"))
    put_on(window, view, look)
    panel = view.findChild(SitePanel)
    assert panel is not None
    words = " ".join(label.text() for label in panel.findChildren(QLabel))
    for part in (
        "꽃을 섞어 15,800본",
        "보도로 확인된 식재",
        "2019-04-07",
        "전북일보",
        "자리(대략)",
    ):
        assert part in words
    back = next(b for b in panel.findChildren(PressButton) if b.text() == "목록으로")
    chosen: list[TreesIntent] = []
    view.did.connect(chosen.append)
    back.click()
    assert chosen == [ShowSite(None)]
    take_off(view)


def test_large_letters_let_the_list_and_the_map_take_turns(window: QWidget) -> None:
    look = look_of(mode="large")
    view = TreesMapView(look, state(TreesTopic.MAP), CITY)
    view.show_state(state(TreesTopic.MAP))
    put_on(window, view, look)
    assert not view.stage.isVisible()
    swap = next(b for b in view.findChildren(PressButton) if b.text() == "지도로 보기")
    swap.click()
    assert view.stage.isVisible()
    view.show_state(state(TreesTopic.MAP, selected="p012"))
    assert not view.stage.isVisible()
    take_off(view)

"""The whole map screen: real widgets, the real facts, every shape."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from desktop import i18n
from desktop.access.targets import targets as targets_of_keys
from desktop.kiosk.map.intents import (
    ChooseTab,
    ChooseTheme,
    ListCityWide,
    ListDong,
    OpenDong,
    TurnArrows,
    TurnStatuses,
)
from desktop.kiosk.map.project_row import ProjectRow
from desktop.kiosk.map.state import MapTab, Panel
from desktop.kiosk.shell.intents import TypeQuery
from desktop.kiosk.shell.routes import ToProject
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from tests.desktop.kiosk.map_stage_kit import Shown, map_look, shown, the_city

Open = Callable[..., Shown]
LEFT = Qt.MouseButton.LeftButton
SHAPES = {
    "landscape": {},
    "portrait": {"width": 1080, "height": 1920},
    "large": {"large": True},
    "large portrait": {"width": 1080, "height": 1920, "large": True},
    "contrast": {"contrast": True},
    "low": {"low": True},
    "low portrait": {"width": 1080, "height": 1920, "low": True},
    "low large": {"low": True, "large": True},
    "low large portrait": {"width": 1080, "height": 1920, "low": True, "large": True},
    "english low large portrait": {
        "width": 1080,
        "height": 1920,
        "low": True,
        "large": True,
        "language": "en",
    },
    "english contrast": {"language": "en", "contrast": True},
    "english": {"language": "en"},
    "english large": {"language": "en", "large": True},
    "english portrait": {"width": 1080, "height": 1920, "language": "en"},
    "small panel": {"width": 1366, "height": 768},
    "smallest": {"width": 1366, "height": 768, "inches": 15.6},
    "smallest english": {"width": 1366, "height": 768, "inches": 15.6, "language": "en"},
    "smallest large": {"width": 1366, "height": 768, "inches": 15.6, "large": True},
    "smallest large english": {
        "width": 1366,
        "height": 768,
        "inches": 15.6,
        "large": True,
        "language": "en",
    },
    "4K": {"width": 3840, "height": 2160},
}


@pytest.fixture
def open_map(qtbot: QtBot) -> Iterator[Open]:
    add_fonts()
    opened: list[Shown] = []

    def open_it(look: Look | None = None, **how: object) -> Shown:
        # One map at a time: eight of the finest panel's weigh half a gigabyte.
        for before in opened:
            before.view.hide()
        opened.clear()
        gc.collect()
        made = shown(look or map_look(), **how)  # type: ignore[arg-type]
        qtbot.addWidget(made.view)
        made.view.show()
        opened.append(made)
        return made

    yield open_it
    for made in opened:
        made.view.hide()
    i18n.use_language("ko")


def click(widget: QWidget) -> None:
    QTest.mouseClick(widget, LEFT)


def visible_rows(made: Shown) -> list[str]:
    rows = [r for r in made.view.findChildren(ProjectRow) if r.isVisible()]
    return [r.text() for r in sorted(rows, key=lambda r: r.y())]


def whole_dong(made: Shown, code: str) -> None:
    made.presenter.do(OpenDong(code))
    made.presenter.do(ListDong())


def states() -> dict[str, Callable[[Shown], None]]:
    deokjin = the_city().dong_named("덕진동1가")
    assert deokjin is not None
    return {
        "list": lambda made: made.presenter.do(ChooseTab(MapTab.LIST)),
        "map": lambda made: made.presenter.do(ChooseTab(MapTab.MAP)),
        "city-wide": lambda made: made.presenter.do(ListCityWide()),
        "status": lambda made: made.presenter.do(TurnStatuses()),
        "dong": lambda made: made.presenter.do(OpenDong(deokjin.code)),
        "dong all": lambda made: whole_dong(made, deokjin.code),
        "nothing found": lambda made: made.presenter.do(TypeQuery("없는 이름")),
        "arrows": lambda made: made.presenter.do(TurnArrows(True)),
    }


@pytest.mark.parametrize("shape", SHAPES)
def test_nothing_is_cut_and_no_two_targets_overlap(open_map: Open, shape: str) -> None:
    for name, enter in states().items():
        made = open_map(map_look(**SHAPES[shape]))  # type: ignore[arg-type]
        enter(made)
        QTest.qWaitForWindowExposed(made.view)
        made.view.grab()
        cut = [
            w.accessibleName()
            for w in made.view.findChildren(QWidget)
            if w.isVisible() and hasattr(w, "overflows") and w.overflows()
        ]
        assert not cut, (name, cut)
        assert not overlapping(made), (name, overlapping(made))
        assert not outside(made), (name, outside(made))
        del made


def targets(made: Shown) -> list[QAbstractButton]:
    """Buttons that can be pressed."""
    found = made.view.findChildren(QAbstractButton)
    return [b for b in found if b.isVisible() and not b.visibleRegion().isEmpty()]


def on_screen(made: Shown, widget: QWidget) -> QRect:
    rect = widget.visibleRegion().boundingRect()
    return rect.translated(widget.mapTo(made.view, rect.topLeft()) - rect.topLeft())


def overlapping(made: Shown) -> list[tuple[str, str]]:
    found = []
    buttons = targets(made)
    for i, one in enumerate(buttons):
        for other in buttons[i + 1 :]:
            if on_screen(made, one).intersects(on_screen(made, other)):
                found.append((one.accessibleName(), other.accessibleName()))
    return found


def outside(made: Shown) -> list[str]:
    whole = made.view.rect()
    return [
        b.accessibleName()
        for b in targets(made)
        if not isinstance(b, ProjectRow) and not whole.contains(on_screen(made, b))
    ]


@pytest.mark.parametrize("shape", SHAPES)
def test_every_target_has_a_name_and_is_large_enough(open_map: Open, shape: str) -> None:
    look = map_look(**SHAPES[shape])  # type: ignore[arg-type]
    made = open_map(look)
    for button in targets(made):
        assert button.accessibleName()
        if not isinstance(button, ProjectRow):
            assert look.metrics.mm(min(button.width(), button.height())) >= 12


def test_a_theme_chip_filters_list_and_map(open_map: Open) -> None:
    made = open_map()
    chips = made.view.chips
    assert chips is not None
    health = chips.findChild(QAbstractButton, "theme-health")
    assert health is not None
    click(health)
    state = made.presenter.state
    assert {str(p.theme) for p in state.listing} == {"health"} or not state.listing
    assert health.isChecked()
    assert visible_rows(made) == [p.name_ko for p in state.listing][: len(visible_rows(made))]


def test_a_status_is_chosen_with_two_taps(open_map: Open) -> None:
    made = open_map()
    assert made.view.chips is not None
    click(made.view.chips.status)
    assert made.presenter.state.panel is Panel.STATUS
    planned = made.view.status.findChild(QAbstractButton, "status-planned")
    assert planned is not None
    click(planned)
    state = made.presenter.state
    assert state.panel is Panel.LIST and state.status == "planned"
    assert made.view.chips.status.text() == "계획"


def test_typing_filters_while_it_is_typed(open_map: Open) -> None:
    made = open_map()
    field = made.view.panel.search.field
    field.setFocus()
    QTest.keyClicks(field, "library")
    assert made.presenter.state.query == "library"
    assert visible_rows(made)
    click(made.view.panel.search.clear)
    assert made.presenter.state.query == "" and len(made.presenter.state.listing) == 65


def test_an_empty_result_offers_to_clear_the_filters(open_map: Open) -> None:
    made = open_map()
    made.presenter.do(TypeQuery("없는 이름"))
    assert made.view.panel.clear.isVisible() and not visible_rows(made)
    click(made.view.panel.clear)
    assert visible_rows(made)
    assert made.view.panel.search.field.value == ""


def test_the_shelf_opens_the_city_wide_projects_and_closes_again(open_map: Open) -> None:
    made = open_map()
    click(made.view.panel.shelf)
    assert visible_rows(made)[0] in [p.name_ko for p in made.presenter.state.city_wide]
    click(made.view.panel.shelf)
    assert visible_rows(made)[0] == made.presenter.state.listing[0].name_ko


def test_page_buttons_of_an_upright_panel_stand_beside_the_count_and_are_reached_by_keys(
    open_map: Open,
) -> None:
    made = open_map(map_look(1080, 1920))
    panel, view = made.view.panel, made.view
    QTest.qWaitForWindowExposed(view)
    count = on_screen(made, panel._count)
    for button in (panel.up, panel.down):
        assert not on_screen(made, button).intersects(on_screen(made, panel.shelf))
        assert count.top() <= on_screen(made, button).center().y() <= count.bottom()
    assert panel.down in targets_of_keys(view)


def test_page_buttons_turn_the_list(open_map: Open) -> None:
    made = open_map()
    first = visible_rows(made)[0]
    click(made.view.panel.down)
    assert visible_rows(made)[0] != first
    click(made.view.panel.up)
    assert visible_rows(made)[0] == first


def test_a_tapped_row_is_told_with_its_project(open_map: Open, qtbot: QtBot) -> None:
    made = open_map()
    row = next(r for r in made.view.findChildren(ProjectRow) if r.isVisible())
    assert row.project is not None
    with qtbot.waitSignal(made.presenter.go) as opened:
        click(row)
    assert opened.args == [ToProject(row.project.id)]


def test_a_dong_takes_the_place_of_the_list_and_back_returns(open_map: Open) -> None:
    made = open_map()
    dong = the_city().dong_named("덕진동1가")
    assert dong is not None
    made.view.stage.canvas.settle()
    before = made.view.stage.canvas.position
    made.view.act(OpenDong(dong.code))
    assert not made.view.panel.isVisible()
    assert made.view.stage.canvas.position != before
    made.view.go_back()
    assert made.view.panel.isVisible()
    after = made.view.stage.canvas.position
    assert (after.x, after.y) == pytest.approx((before.x, before.y))


def test_map_buttons_do_what_gestures_do(open_map: Open) -> None:
    made = open_map()
    stage = made.view.stage
    zoom = stage.canvas.position.zoom
    click(stage.zoom_in)
    assert stage.canvas.position.zoom > zoom
    click(stage.move_map)
    assert stage.pad.isVisible()
    x = stage.canvas.position.x
    click(
        next(b for b in stage.pad.findChildren(QAbstractButton) if b.objectName() == "arrow-right")
    )
    assert stage.canvas.position.x > x
    click(stage.recentre)
    click(stage.zoom_out)
    assert stage.canvas.position.zoom < zoom


def test_a_new_look_keeps_what_the_resident_did(open_map: Open) -> None:
    made = open_map()
    made.presenter.do(ChooseTheme("garden"))
    made.presenter.do(TypeQuery("정원"))
    made.view.stage.canvas.zoom_in()
    position = made.presenter.state.position
    made.view.hide()
    again = open_map(map_look(contrast=True), made=made.presenter)
    assert again.view.panel.search.field.value == "정원"
    assert position is not None
    assert again.view.stage.canvas.position.zoom == pytest.approx(position.zoom)
    assert visible_rows(again)


@pytest.mark.parametrize(
    ("shape", "left"),
    [("landscape", 498), ("portrait", 1250), ("english", 498), ("large", 490), ("low", 330)],
)
def test_what_is_found_is_seen_while_the_keyboard_is_open(
    open_map: Open, shape: str, left: int
) -> None:
    made = open_map(map_look(**SHAPES[shape]))  # type: ignore[arg-type]
    whole = made.view.height()
    field = made.view.panel.search.field
    made.presenter.do(ChooseTab(MapTab.LIST))
    field.setFocus()
    made.view.resize(made.view.width(), left)
    made.presenter.do(TypeQuery("도서관"))
    made.view.grab()
    row = next(r for r in made.view.findChildren(ProjectRow) if r.isVisible())
    assert on_screen(made, row).height() > row.height() / 2
    assert field.isVisible() and not made.view.stage.isVisible()
    assert not overlapping(made)
    made.view.resize(made.view.width(), whole)
    made.presenter.do(ChooseTab(MapTab.MAP))
    assert made.view.stage.isVisible()


def test_the_map_says_where_its_borders_come_from(open_map: Open) -> None:
    made = open_map()
    said = made.view.stage.caption.accessibleName()
    assert "국토지리정보원" in said and "2023-09-15" in said and "약도" in said

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from desktop.kiosk.map.project_list import ProjectList
from desktop.kiosk.map.project_row import ProjectRow
from desktop.kiosk.map.view import SIDE_WIDTH_ENGLISH
from desktop.theme.fonts import add_fonts
from tests.desktop.kiosk.map_stage_kit import facts, many_projects, map_look

MANY = 10_000
PROJECTS = tuple(p for p in facts().projects if p.lat is not None)


@pytest.fixture
def rows(qtbot: QtBot) -> Iterator[ProjectList]:
    add_fonts()
    window = QWidget()
    qtbot.addWidget(window)
    made = ProjectList(map_look(), window)
    made.resize(604, 500)
    made.show_projects(PROJECTS, {})
    window.resize(604, 500)
    window.show()
    yield made


def seen(rows: ProjectList) -> list[str]:
    visible = [r for r in rows.findChildren(ProjectRow) if r.isVisible() and r.project]
    return [r.project.id for r in sorted(visible, key=lambda r: r.y()) if r.project]


def ids(count: int = len(PROJECTS)) -> list[str]:
    return [p.id for p in PROJECTS[:count]]


def test_paging_down_shows_every_project_once_in_order(rows: ProjectList) -> None:
    read: list[str] = []
    while True:
        read += [ident for ident in seen(rows) if ident not in read]
        if not rows.can_go_down:
            break
        rows.page_down()
    assert read == ids()


def test_paging_up_comes_back_to_the_top(rows: ProjectList) -> None:
    for _ in range(5):
        rows.page_down()
    for _ in range(8):
        rows.page_up()
    assert not rows.can_go_up and seen(rows)[0] == ids()[0]


def test_the_last_row_stands_at_the_foot(rows: ProjectList) -> None:
    rows.scroll_by(1e7)
    last = max(
        (r for r in rows.findChildren(ProjectRow) if r.isVisible()),
        key=lambda r: r.geometry().bottom(),
    )
    assert last.project is PROJECTS[-1]
    assert abs(last.geometry().bottom() + 1 - rows.height()) <= 1
    assert not rows.can_go_down


def test_scrolling_there_and_back_is_exact(rows: ProjectList) -> None:
    before = [(r.y(), r.text()) for r in rows.findChildren(ProjectRow) if r.isVisible()]
    rows.scroll_by(733)
    rows.scroll_by(-733)
    assert [(r.y(), r.text()) for r in rows.findChildren(ProjectRow) if r.isVisible()] == before


def test_a_tap_chooses_a_drag_does_not(rows: ProjectList, qtbot: QtBot) -> None:
    row = next(
        r for r in rows.findChildren(ProjectRow) if r.isVisible() and r.project is PROJECTS[1]
    )
    with qtbot.waitSignal(rows.chosen) as chosen:
        QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    assert chosen.args == [PROJECTS[1].id]
    with qtbot.assertNotEmitted(rows.chosen):
        QTest.mousePress(row, Qt.MouseButton.LeftButton, pos=QPoint(200, 60))
        QTest.mouseMove(row, QPoint(200, 0))
        QTest.mouseMove(row, QPoint(200, -40))
        QTest.mouseRelease(row, Qt.MouseButton.LeftButton, pos=QPoint(200, -40))
    assert rows.can_go_up


def test_ten_thousand_projects_need_no_more_rows_than_ten(qtbot: QtBot) -> None:
    add_fonts()
    made = ProjectList(map_look())
    qtbot.addWidget(made)
    made.resize(604, 500)
    made.show_projects(many_projects(MANY), {})
    assert len(made.findChildren(ProjectRow)) < 10
    made.scroll_by(50_000)
    made.page_up()
    assert len(made.findChildren(ProjectRow)) < 10


def test_the_same_projects_stay_where_they_were(rows: ProjectList) -> None:
    rows.page_down()
    before = seen(rows)
    rows.show_projects(PROJECTS, {}, None)
    assert seen(rows) == before
    rows.show_projects(PROJECTS[:40], {})
    assert seen(rows)[0] == ids()[0]


def test_a_chosen_project_is_brought_into_view(rows: ProjectList) -> None:
    rows.show_projects(PROJECTS, {}, PROJECTS[30].id)
    assert PROJECTS[30].id in seen(rows)


@pytest.mark.parametrize("width", [560, 604, 980])
@pytest.mark.parametrize("language", ["ko", "en"])
def test_a_row_is_as_high_as_its_words(qtbot: QtBot, width: int, language: str) -> None:
    add_fonts()
    look = map_look(language=language)
    row = ProjectRow(look)
    qtbot.addWidget(row)
    for project in PROJECTS:
        row.show_project(project, 800.0, chosen=False)
        row.resize(width, row.heightForWidth(width))
        assert not row.overflows() and row.height() >= 116
        assert project.name(language) in row.accessibleName()
    map_look()


def test_a_row_says_how_far_it_is(qtbot: QtBot) -> None:
    add_fonts()
    row = ProjectRow(map_look())
    qtbot.addWidget(row)
    row.show_project(PROJECTS[0], 600.0, chosen=False)
    assert "걸어서 약 12분" in row.accessibleName()
    row.show_project(PROJECTS[0], 6400.0, chosen=False)
    assert "6.4km" in row.accessibleName()
    row.show_project(PROJECTS[0], 3.0, chosen=False)
    assert "바로 여기" in row.accessibleName()
    # Known to its neighbourhood only: minutes would say more than anybody knows.
    area = next(p for p in PROJECTS if p.is_area)
    for metres, said in ((3.0, "1km 안팎"), (600.0, "1km 안팎"), (2400.0, "2km 안팎")):
        row.show_project(area, metres, chosen=False)
        assert said in row.accessibleName()
        assert "분" not in row.accessibleName().replace("분야", "")


def test_an_english_row_tells_its_status_date_and_way_in_two_lines(qtbot: QtBot) -> None:
    add_fonts()
    look = map_look(language="en")
    row = ProjectRow(look)
    qtbot.addWidget(row)
    for project in load_catalogue(None).projects:
        row.show_project(project, 1300, chosen=False)
        assert len(row._status(look.px(SIDE_WIDTH_ENGLISH)).lines) <= 2, project.name_en
    map_look()

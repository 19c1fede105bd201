"""How the map feels: a frame of a gesture, a tap until the project is painted, a typed letter."""

from __future__ import annotations

import random
from collections.abc import Callable
from time import perf_counter
from typing import cast

from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtWidgets import QApplication, QWidget

from db.catalogue.search import ProjectIndex
from db.records import Catalogue
from desktop.kiosk.map.presenter import MapPresenter
from desktop.kiosk.map.view import MapView
from desktop.kiosk.project.state import ProjectState, ShownSource
from desktop.kiosk.project.view import ProjectView
from desktop.kiosk.shell.screen import Services
from desktop.map.canvas import MapCanvas
from desktop.map.features import Here, Pin
from desktop.map.projection import to_world
from desktop.map.still import MapStill, position_of
from desktop.map.viewport import MapPosition
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import LIGHT
from desktop.theme.shapes import THEME_ICONS
from tests.bench.figure import Figure, at_95, middle
from tests.desktop.kiosk.map_stage_kit import facts, many_projects, services, the_city

PINS, PROJECTS, STEPS, ROUNDS = 500, 10_000, 90, 20
HERE = (35.83631, 127.1401)
TYPED = ("ㄷ", "ㄷㅈ", "ㄷㅈㄱ", "ㄷㅈㄱㅇ", "덕진공원", "도서관", "전주", "ㅈ")


def application() -> QApplication:
    app = QApplication.instance() or QApplication([])
    add_fonts()
    return cast(QApplication, app)


def ms(work: Callable[[], object]) -> float:
    began = perf_counter()
    work()
    return (perf_counter() - began) * 1_000


def some_pins(count: int) -> tuple[Pin, ...]:
    """Pins all over the city, the same ones every time."""
    chance = random.Random(20180702)
    themes = tuple(THEME_ICONS)
    return tuple(
        Pin(
            f"p{i}",
            chance.uniform(35.77, 35.89),
            chance.uniform(127.03, 127.20),
            themes[i % len(themes)],
            f"사업 {i}",
            i % 5 == 0,
        )
        for i in range(count)
    )


def frames(width: int, height: int) -> list[float]:
    """Milliseconds from an event of a hand to the painted frame: drags, wheel and pinch steps."""
    app = application()
    look = Look(Metrics.for_panel(width, height, 24), LIGHT, "ko")
    canvas = MapCanvas(look, the_city(), position=MapPosition(*to_world(*HERE)))
    canvas.resize(width, height)
    canvas.show_pins(some_pins(PINS))
    canvas.show_here(Here(*HERE, "여기"))
    canvas.show()
    canvas.settle()
    app.processEvents()
    took: list[float] = []

    def frame(event: QEvent) -> None:
        QApplication.sendEvent(canvas, event)
        canvas.repaint()
        app.processEvents()

    middle_x, middle_y = width / 2, height / 2
    for direction in (1, -1):
        frame(mouse(canvas, QEvent.Type.MouseButtonPress, middle_x, middle_y))
        for i in range(STEPS):
            x = middle_x + direction * i * width / STEPS * 0.45
            step = mouse(canvas, QEvent.Type.MouseMove, x, middle_y + i)
            took.append(ms(lambda event=step: frame(event)))  # type: ignore[misc]
        frame(mouse(canvas, QEvent.Type.MouseButtonRelease, x, middle_y + STEPS))
    for i in range(STEPS):
        turn = wheel(canvas, 12 if i % 30 < 15 else -12)
        took.append(ms(lambda event=turn: frame(event)))  # type: ignore[misc]
    canvas.hide()
    canvas.deleteLater()
    return took


def mouse(canvas: QWidget, kind: QEvent.Type, x: float, y: float) -> QMouseEvent:
    left, at = Qt.MouseButton.LeftButton, QPointF(x, y)
    held = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseButtonRelease else left
    pressed = Qt.MouseButton.NoButton if kind == QEvent.Type.MouseMove else left
    where = QPointF(canvas.mapToGlobal(at))
    return QMouseEvent(kind, at, where, pressed, held, Qt.KeyboardModifier.NoModifier)


def wheel(canvas: QWidget, angle: int) -> QWheelEvent:
    at = QPointF(canvas.width() / 2, canvas.height() / 2)
    return QWheelEvent(
        at,
        QPointF(canvas.mapToGlobal(at)),
        QPointF(0, 0).toPoint(),
        QPointF(0, angle).toPoint(),
        Qt.MouseButton.NoButton,
        Qt.KeyboardModifier.NoModifier,
        Qt.ScrollPhase.ScrollUpdate,
        False,
    )


def searches() -> list[float]:
    """Milliseconds from a change of the field's text to the painted list of 10,000 projects."""
    app = application()
    projects = many_projects(PROJECTS)
    known = services()
    catalogue = facts()
    many = Catalogue(
        type(catalogue.projects_file)(
            **{
                name: getattr(catalogue.projects_file, name)
                for name in catalogue.projects_file.__struct_fields__
                if name != "projects"
            },
            projects=projects,
        ),
        catalogue.landmarks_file,
        catalogue.trees,
        catalogue.origins,
    )
    held = Services(many, known.tasks, known.visit, known.settings, known.data_dir, known.clock)
    presenter = MapPresenter(held, the_city(), ProjectIndex(projects).find)
    look = Look(Metrics.for_panel(1920, 1080, 24), LIGHT, "ko")
    view = MapView(look, the_city(), facts().landmarks, presenter.state)
    view.resize(1920, 976)
    presenter.attach(view)
    view.show()
    view.stage.canvas.settle()
    app.processEvents()
    field = view.panel.search.field
    took: list[float] = []
    for _ in range(3):
        for text in TYPED:
            field.setText(text)

            def keystroke() -> None:
                field.edited.emit(field.value)
                view.panel.repaint()

            took.append(ms(keystroke))
            app.processEvents()
    view.hide()
    view.deleteLater()
    return took


def project_openings() -> list[float]:
    """Milliseconds from a tap on a pin to the painted project screen."""
    app = application()
    look = Look(Metrics.for_panel(1920, 1080, 24), LIGHT, "ko")
    catalogue, city = facts(), the_city()
    known = catalogue.sources
    took: list[float] = []

    def site_map(look: Look, project: object) -> QWidget:
        lat, lon = project.lat, project.lon  # type: ignore[attr-defined]
        return MapStill(look, city, position_of(lat, lon, 0.2), dong_names=True)

    for project in [p for p in catalogue.projects if p.lat is not None][:ROUNDS]:
        state = ProjectState(
            project=project,
            sources=tuple(
                ShownSource(known[s].title_ko or "", known[s].publisher, known[s].date or "")
                for s in project.sources
            ),
        )
        views: list[ProjectView] = []

        def tap(state: ProjectState = state, views: list[ProjectView] = views) -> None:
            view = ProjectView(look, site_map, state)
            view.resize(1920, 976)
            view.show_state(state)
            view.show()
            view.repaint()
            app.processEvents()
            views.append(view)

        took.append(ms(tap))
        for view in views:
            view.hide()
            view.deleteLater()
        app.processEvents()
    return took


def measure() -> dict[str, Figure]:
    pins = f"{PINS} pins"
    return {
        "map frame, 1920x1080": at_95(frames(1920, 1080), "ms", 8, f"p95 of drag and zoom, {pins}"),
        "map frame, 3840x2160": at_95(frames(3840, 2160), "ms", 16, f"p95, {pins}"),
        "tap to project painted": middle(project_openings(), "ms", 50, "view built and painted"),
        "search 10,000 projects": at_95(searches(), "ms", 30, "p95, keystroke to painted list"),
    }

"""A stage for the tree screens: panels, looks, services over a real store, views on a window."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QEvent, QPoint, QRect
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from db.catalogue.loading import load_catalogue
from db.store.opening import open_store
from desktop import i18n
from desktop.background.tasks import Tasks
from desktop.kiosk.shell.screen import Services
from desktop.map.canvas import MapCanvas
from desktop.map.city import load_city
from desktop.theme.fonts import add_fonts
from desktop.theme.look import Look
from desktop.theme.metrics import Metrics
from desktop.theme.palette import CONTRAST, LIGHT
from desktop.widgets.header import StaffLine
from desktop.widgets.measures import outer
from tests.desktop.kiosk.services import services

#: width, height, inches, height of the bar in default and in large letters (device px).
PANELS = {
    "24 inch": (1920, 1080, 24.0, 104, 239),
    "portrait": (1080, 1920, 24.0, 191, 239),
    "15.6 inch": (1366, 768, 15.6, 221, 184),
    "4K": (3840, 2160, 24.0, 208, 478),
}
MODES = ("default", "large", "contrast")
LOOKS = [(p, m) for p in PANELS for m in MODES]
#: Words of a pager: its own tests look after them.
PAGE = re.compile(r"\d+ / \d+")
CATALOGUE = load_catalogue()
CITY = load_city()


def look_of(panel: str = "24 inch", mode: str = "default", language: str = "ko") -> Look:
    """The look of a panel, and the language of every word made from now on."""
    add_fonts()
    width, height, inches, _, _ = PANELS[panel]
    i18n.use_language(language)
    metrics = Metrics.for_panel(width, height, inches, large=mode == "large")
    return Look(metrics, CONTRAST if mode == "contrast" else LIGHT, language, True)


def services_over(
    data_dir: Path, clock: Callable[[], int], open_it: Callable[[], Any] | None = None
) -> Services:
    """Services whose store lies in `data_dir`; close `tasks` afterwards."""
    tasks = Tasks(open_it or (lambda: open_store(data_dir, clock=clock)))
    return services(tasks, data_dir, clock, catalogue=CATALOGUE)


def put_on(window: QWidget, view: QWidget, look: Look, panel: str = "24 inch") -> None:
    """Show `view` in the room a screen has above the bar."""
    width, height, _, bar, large_bar = PANELS[panel]
    room = height - (large_bar if look.large else bar)
    window.resize(width, height)
    view.setParent(window)
    view.setGeometry(0, 0, width, room)
    window.show()
    view.show()
    # Words that wrap ask for another height, and that takes a turn of the loop.
    for _ in range(3):
        QApplication.processEvents()


def take_off(view: QWidget) -> None:
    """Stop the maps of a view and throw it away."""
    for canvas in view.findChildren(MapCanvas):
        canvas.settle(0.0)
    view.hide()
    view.setParent(None)
    view.deleteLater()


def overflowing(view: QWidget) -> list[str]:
    """Visible words of the screen's body that are cut."""
    frame = {id(w) for part in view.findChildren(StaffLine) for w in part.findChildren(QWidget)}
    return [
        f"{type(w).__name__} {w.accessibleName()!r}"
        for w in view.findChildren(QWidget)
        if id(w) not in frame
        and w.isVisibleTo(view)
        and hasattr(w, "overflows")
        and w.overflows()
        and not PAGE.fullmatch(w.accessibleName())
    ]


def out_of_sight(view: QWidget, look: Look) -> list[str]:
    """Visible words that reach beyond the left or right margin."""
    found = []
    for w in view.findChildren(QWidget):
        inside = not isinstance(w.parentWidget(), StaffLine)
        if inside and w.isVisibleTo(view) and hasattr(w, "overflows"):
            rect = QRect(w.mapTo(view, QPoint(0, 0)), w.size())
            if rect.left() < 0 or rect.right() > view.width() - look.px(outer(look) - 8):
                found.append(f"{type(w).__name__} {w.accessibleName()!r}")
    return found


def cramped(view: QWidget, look: Look) -> list[str]:
    """Visible targets under 12 mm, or nearer than 2.5 mm to another of the same parent."""
    found = []
    targets = [b for b in view.findChildren(QAbstractButton) if b.isVisibleTo(view)]
    for number, one in enumerate(targets):
        if min(look.metrics.mm(one.width()), look.metrics.mm(one.height())) < 12:
            found.append(f"small: {one.accessibleName()!r}")
        for other in targets[:number]:
            if one.parentWidget() is not other.parentWidget():
                continue
            a, b = one.geometry(), other.geometry()
            across = max(a.left() - b.right(), b.left() - a.right(), 0)
            down = max(a.top() - b.bottom(), b.top() - a.bottom(), 0)
            if look.metrics.mm((across**2 + down**2) ** 0.5) < 2.5:
                found.append(f"close: {one.accessibleName()!r} {other.accessibleName()!r}")
    return found


def words_of(view: QWidget) -> list[str]:
    """The accessible names of everything visible, in no particular order."""
    # What joined a layout is shown by an event already posted; nothing is painted before it.
    QApplication.sendPostedEvents(None, QEvent.Type.MetaCall)
    return [
        w.accessibleName()
        for w in view.findChildren(QWidget)
        if w.isVisibleTo(view) and w.accessibleName()
    ]

"""What can be reached by keyboard, in reading order, and what lies in which direction.

Order comes from where things stand: within each container from top to bottom and left to right,
a container wholly before the next. A view that reads differently sets its own order with a
`focus_order()` method returning widgets.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QScrollArea, QWidget

#: Rows overlap when they share at least this part of the lower one's height.
SAME_ROW = 0.5


def reachable(widget: QWidget) -> bool:
    """Whether the focus may go to `widget` now."""
    return (
        bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and widget.isEnabled()
        and widget.isVisible()
    )


def place(widget: QWidget) -> QRect:
    """The widget's rectangle in global coordinates, scrolled-away parts included."""
    return QRect(widget.mapToGlobal(QPoint(0, 0)), widget.size())


def in_view(widget: QWidget) -> bool:
    """Whether any of the widget is inside its scroll area (or it is in none)."""
    return not widget.visibleRegion().isEmpty()


def reading_order(widgets: Iterable[QWidget]) -> list[QWidget]:
    """Siblings in the order one reads them: row after row, each from left to right."""
    by_top = sorted(widgets, key=lambda w: (w.y(), w.x()))
    rows: list[list[QWidget]] = []
    for widget in by_top:
        row = rows[-1] if rows else None
        if row is not None and _share_row(row[0], widget):
            row.append(widget)
        else:
            rows.append([widget])
    return [w for row in rows for w in sorted(row, key=lambda w: w.x())]


def _share_row(first: QWidget, other: QWidget) -> bool:
    overlap = min(first.geometry().bottom(), other.geometry().bottom()) - max(first.y(), other.y())
    return overlap >= SAME_ROW * min(first.height(), other.height())


def ordered_children(parent: QWidget) -> list[QWidget]:
    """Visible child widgets in reading order, the view's own order first."""
    children = [
        c
        for c in parent.findChildren(QWidget, options=Qt.FindChildOption.FindDirectChildrenOnly)
        if c.isVisible() and not c.isWindow()
    ]
    return reading_order(children)


def targets(root: QWidget) -> list[QWidget]:
    """Everything the focus can go to below `root`, in order."""
    own = getattr(root, "focus_order", None)
    if callable(own):
        return [w for w in own() if reachable(w)]
    found = [root] if reachable(root) else []
    if found and not isinstance(root, QAbstractScrollArea):
        return found
    for child in ordered_children(root):
        found += targets(child)
    return found


def scroll_area_of(widget: QWidget) -> QScrollArea | None:
    parent = widget.parentWidget()
    while parent is not None and not isinstance(parent, QScrollArea):
        parent = parent.parentWidget()
    return parent


def nearest(start: QWidget, others: Iterable[QWidget], key: Qt.Key) -> QWidget | None:
    """The target that lies in the direction of the arrow `key` and is closest; None at the edge.

    Targets straight ahead win over nearer ones off to the side. Inside a scrolled list its own
    rows come first, also those out of view; from outside only what is in view counts.
    """
    area = scroll_area_of(start)
    others = [w for w in others if w is not start]
    if area is not None:
        inside = [w for w in others if scroll_area_of(w) is area]
        found = _closest(place(start), inside, key)
        if found is not None:
            return found
    visible = [w for w in others if in_view(w) and (area is None or scroll_area_of(w) is not area)]
    return _closest(place(start), visible, key)


def _closest(here: QRect, others: Iterable[QWidget], key: Qt.Key) -> QWidget | None:
    best: tuple[float, QWidget] | None = None
    for other in others:
        cost = _cost(here, place(other), key)
        if cost is not None and (best is None or cost < best[0]):
            best = (cost, other)
    return best[1] if best else None


def _cost(here: QRect, there: QRect, key: Qt.Key) -> float | None:
    """How far `there` lies in the direction of `key`; None when it does not lie there."""
    if key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
        along = (
            there.left() - here.right() if key == Qt.Key.Key_Right else here.left() - there.right()
        )
        ahead = (there.center().x() - here.center().x()) * (1 if key == Qt.Key.Key_Right else -1)
        off = _gap(here.top(), here.bottom(), there.top(), there.bottom())
        shift = abs(there.center().y() - here.center().y())
    else:
        along = (
            there.top() - here.bottom() if key == Qt.Key.Key_Down else here.top() - there.bottom()
        )
        ahead = (there.center().y() - here.center().y()) * (1 if key == Qt.Key.Key_Down else -1)
        off = _gap(here.left(), here.right(), there.left(), there.right())
        shift = abs(there.center().x() - here.center().x())
    if ahead <= 0 or along < -min(here.width(), here.height()) / 2:
        return None
    return max(0.0, along) + 6.0 * off + 0.2 * shift


def _gap(low: int, high: int, other_low: int, other_high: int) -> float:
    """Distance between two stretches of one axis; 0 when they overlap."""
    return float(max(0, other_low - high, low - other_high))

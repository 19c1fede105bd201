"""Where names go: pure placement by priority, never over a mark, a control, an edge or a name."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot

from PySide6.QtCore import QRectF

#: Lower is placed first.
SELECTED, WATER, LANDMARK, HILL, DONG = range(5)
BOLD = (SELECTED, LANDMARK)


@dataclass(frozen=True)
class Candidate:
    """A name `width` x `height` device px that may stand at any of `points`, best first.

    With `dot` the point itself is drawn, so the name stands beside it instead of on it. `roam` is
    how far its middle may move, where that is less than the map allows.
    """

    key: str
    text: str
    kind: int
    points: tuple[tuple[float, float], ...]
    width: float
    height: float
    dot: bool = False
    roam: float = float("inf")


@dataclass(frozen=True)
class PlacedName:
    """`rect` in device px; `anchor` is the point it belongs to."""

    key: str
    text: str
    kind: int
    rect: QRectF
    anchor: tuple[float, float]
    dot: bool


def place_names(
    candidates: list[Candidate],
    blocked: list[QRectF],
    area: QRectF,
    furthest: float,
    gap: float,
) -> list[PlacedName]:
    """Names that fit into `area`, each at most `furthest` px from its point, `gap` px clear."""
    taken = [_grown(rect, gap) for rect in blocked]
    placed: list[PlacedName] = []
    for candidate in sorted(candidates, key=lambda c: c.kind):
        found = _find(candidate, taken, area, furthest, gap)
        if found is not None:
            placed.append(found)
            taken.append(_grown(found.rect, gap))
            if candidate.dot:
                x, y = found.anchor
                taken.append(QRectF(x - gap, y - gap, 2 * gap, 2 * gap))
    return placed


def _grown(rect: QRectF, by: float) -> QRectF:
    return rect.adjusted(-by, -by, by, by)


def _find(
    candidate: Candidate, taken: list[QRectF], area: QRectF, furthest: float, gap: float
) -> PlacedName | None:
    furthest = min(furthest, candidate.roam)
    for x, y in candidate.points:
        if not area.contains(x, y):
            continue
        if candidate.dot and any(r.contains(x, y) for r in taken):
            continue
        for dx, dy in _moves(candidate, furthest, gap):
            rect = QRectF(
                x + dx - candidate.width / 2,
                y + dy - candidate.height / 2,
                candidate.width,
                candidate.height,
            )
            if area.contains(rect) and not any(rect.intersects(other) for other in taken):
                return PlacedName(
                    candidate.key, candidate.text, candidate.kind, rect, (x, y), candidate.dot
                )
    return None


def _moves(candidate: Candidate, furthest: float, gap: float) -> list[tuple[float, float]]:
    """Shifts of the name's middle from the point, nearest first."""
    high, wide = candidate.height / 2 + gap, candidate.width / 2 + gap * 1.5
    if candidate.dot:
        beside = [(0.0, -high), (0.0, high), (wide, 0.0), (-wide, 0.0)]
        # Beside its dot a long name's middle is far away, its edge is not.
        return [(dx, dy) for dx, dy in beside if hypot(max(0, abs(dx) - wide), dy) <= furthest]
    steps = [furthest * share for share in (0.4, 0.7, 1.0)]
    moves = [(0.0, 0.0)]
    for step in steps:
        moves += [(0.0, -step), (0.0, step), (step, 0.0), (-step, 0.0)]
        slant = step * 0.7
        moves += [(slant, -slant), (-slant, -slant), (slant, slant), (-slant, slant)]
    return moves

"""What lies on the land at one zoom: marks, 여기 and names, worked out once the map is at rest."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import product
from math import ceil, hypot

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFontMetricsF

from desktop.map import pins
from desktop.map.city import City, Dong
from desktop.map.clusters import Group, Spacing, Spot, group
from desktop.map.features import Here, NamedPlace, Pin
from desktop.map.name_candidates import name_candidates
from desktop.map.names import DONG, PlacedName, place_names
from desktop.map.projection import to_world
from desktop.map.viewport import Viewport
from desktop.theme.look import Look
from desktop.theme.type import Role

MERGE, APART = 90, 112
NAME_MOVES = 60
NAME_GAP = 7
NAME_MARGIN = 12
#: How far a flower steps aside before it joins another, in parts of the width of one.
_FAR, _FINE = 10, 8


@dataclass(frozen=True)
class Mark:
    """A pin (one member) or a flower: world metres of its ground point or middle."""

    x: float
    y: float
    pins: tuple[Pin, ...]

    @property
    def alone(self) -> bool:
        return len(self.pins) == 1

    @cached_property
    def ident(self) -> str:
        """The pin's own id, or one that a flower keeps as long as its members do."""
        return self.pins[0].ident if self.alone else "+".join(p.ident for p in self.pins)


@dataclass(frozen=True)
class Scene:
    """Marks from north to south, so that nearer ones cover farther ones."""

    marks: tuple[Mark, ...] = ()
    names: tuple[PlacedName, ...] = ()
    here_above: bool = False
    #: Marks that an edge or a control would cut: not drawn while the map rests.
    cut: frozenset[str] = frozenset()
    #: The viewport the names were placed for.
    view: Viewport | None = field(default=None)


def spacing(look: Look) -> Spacing:
    factor = pins.mark_factor(look)
    return Spacing(
        merge=look.px(MERGE * factor),
        apart=look.px(APART * factor),
        from_here=look.px(80 * factor),
        from_pin=look.px(84 * factor),
        pin_lift=pins.pin_lift(look) * 0.8,
    )


def group_marks(look: Look, items: tuple[Pin, ...], here: Here | None, scale: float) -> list[Mark]:
    """Marks for one zoom; panning never changes them."""
    by_id = {pin.ident: pin for pin in items}
    spots = []
    for pin in items:
        x, y = to_world(pin.lat, pin.lon)
        spots.append(Spot(pin.ident, x * scale, y * scale))
    walls: list[tuple[float, float]] = []
    if here is not None:
        x, y = to_world(here.lat, here.lon)
        width, height = pins.bubble_size(look, here.word)
        middle = y * scale + look.px(29) + height / 2
        side = max(0.0, width / 2 - height / 2)
        walls = [(x * scale, y * scale), (x * scale - side, middle), (x * scale + side, middle)]
    groups: tuple[Group, ...] = group(spots, spacing(look), walls)
    marks = [
        Mark(g.x / scale, g.y / scale, tuple(by_id[ident] for ident in g.members)) for g in groups
    ]
    return sorted(marks, key=lambda m: (m.y, m.x, m.ident))


def mark_centre(look: Look, mark: Mark, view: Viewport, selected: bool = False) -> QPointF:
    """Middle of the pin's tile or of the flower, in device px."""
    point = view.point(mark.x, mark.y)
    if mark.alone:
        point.setY(point.y() - pins.pin_lift(look, selected))
    return point


def mark_radius(look: Look, mark: Mark, selected: bool = False) -> float:
    if mark.alone:
        return pins.pin_radius(look, selected)
    return pins.flower_radius(look, len(mark.pins))


def mark_rect(look: Look, mark: Mark, view: Viewport, selected: bool = False) -> QRectF:
    """What the mark covers on the screen, ground point included."""
    centre, r = mark_centre(look, mark, view, selected), mark_radius(look, mark, selected)
    r += look.px(16 if selected else 6)
    low = pins.pin_lift(look, selected) + look.px(8) if mark.alone else r
    return QRectF(centre.x() - r, centre.y() - r, 2 * r, r + max(r, low))


def compose(
    look: Look,
    city: City,
    view: Viewport,
    marks: list[Mark],
    *,
    here: Here | None = None,
    places: tuple[NamedPlace, ...] = (),
    keep_clear: tuple[QRectF, ...] = (),
    note: QRectF | None = None,
    selected: str | None = None,
    legal_names: bool | None = None,
    dongs: bool = True,
    selected_dong: Dong | None = None,
) -> Scene:
    """The scene at rest: flowers step aside from controls, then names fill what is free.

    `note` is a text on the map that only names keep off.
    """
    screen = QRectF(0, 0, view.width, view.height)
    taken = keep_clear
    if here is not None:
        x, y = view.to_screen(*to_world(here.lat, here.lon))
        taken = (*keep_clear, pins.bubble_rect(look, here.word, x, y, above=False))
    marks = _all_in_view(look, marks, view, keep_clear, taken, selected)
    cut = frozenset(
        mark.ident
        for mark in marks
        if mark.ident != selected and _is_cut(mark_rect(look, mark, view), screen, keep_clear)
    )
    covered = [
        rect
        for mark in marks
        if mark.ident not in cut
        if (rect := mark_rect(look, mark, view, mark.ident == selected)).intersects(screen)
    ]
    blocked = [*covered, *keep_clear]
    if note is not None:
        blocked.append(note)
    above = False
    if here is not None:
        x, y = view.to_screen(*to_world(here.lat, here.lon))
        below = pins.bubble_rect(look, here.word, x, y, above=False)
        over = pins.bubble_rect(look, here.word, x, y, above=True)
        # Flowers already keep off the place below; only pins cannot.
        fixed = [mark_rect(look, m, view, m.ident == selected) for m in marks if m.alone]
        fixed += keep_clear
        above = _hits(below, fixed) > _hits(over, fixed)
        dot = look.px(20)
        blocked += [over if above else below, QRectF(x - dot, y - dot, 2 * dot, 2 * dot)]
    metrics = {bold: QFontMetricsF(look.font(Role.BODY, bold)) for bold in (False, True)}
    candidates = name_candidates(look, city, view, places, metrics, legal_names, selected_dong)
    if not dongs:
        candidates = [c for c in candidates if c.kind != DONG]
    inset = look.px(NAME_MARGIN)
    names = place_names(
        candidates,
        blocked,
        screen.adjusted(inset, inset, -inset, -inset),
        look.px(NAME_MOVES),
        look.px(NAME_GAP),
    )
    return Scene(tuple(marks), tuple(names), above, cut, view)


def _hits(rect: QRectF, others: list[QRectF]) -> int:
    return sum(1 for other in others if other.intersects(rect))


def _is_whole(rect: QRectF, screen: QRectF, controls: tuple[QRectF, ...]) -> bool:
    return screen.contains(rect) and not any(rect.intersects(each) for each in controls)


def _is_cut(rect: QRectF, screen: QRectF, controls: tuple[QRectF, ...]) -> bool:
    return rect.intersects(screen) and not _is_whole(rect, screen, controls)


def _all_in_view(
    look: Look,
    marks: list[Mark],
    view: Viewport,
    controls: tuple[QRectF, ...],
    taken: tuple[QRectF, ...],
    selected: str | None,
) -> list[Mark]:
    """Every project that lies on the screen in a mark that is seen whole. A flower that an edge or
    a control would cut steps to the nearest place where it is whole and apart from all others; a
    pin stays on its ground. What finds no place becomes one with the nearest mark, rather one that
    is seen. What moves keeps off all that is `taken`."""
    settled = list(marks)
    waiting = [m for m in marks if m.ident != selected and _lies_cut(look, m, view, controls)]
    while waiting:
        mark = waiting.pop(0)
        others = [other for other in settled if other is not mark]
        if len(others) == len(settled):
            continue  # one with another by now
        placed = _aside(look, mark, others, view, taken)
        if placed is None and _is_here(mark, view):
            partners = [
                (
                    _lies_cut(look, other, view, controls),
                    hypot(other.x - mark.x, other.y - mark.y),
                    n,
                )
                for n, other in enumerate(others)
                if other.ident != selected and _is_here(other, view)
            ]
            if partners:
                near = others.pop(min(partners)[-1])
                placed = Mark(near.x, near.y, tuple(sorted(near.pins + mark.pins, key=_ident)))
                if not _stands_free(look, placed, others, view, taken):
                    waiting.append(placed)
            else:
                placed = _aside(look, mark, others, view, taken, far=view.width + view.height)
        settled = [*others, placed or mark]
    return sorted(settled, key=lambda m: (m.y, m.x, m.ident))


def _ident(pin: Pin) -> str:
    return pin.ident


def _is_here(mark: Mark, view: Viewport) -> bool:
    """One of its projects lies on the screen."""
    screen = QRectF(0, 0, view.width, view.height)
    grounds = (view.point(*to_world(pin.lat, pin.lon)) for pin in mark.pins)
    return any(screen.contains(ground) for ground in grounds)


def _lies_cut(look: Look, mark: Mark, view: Viewport, controls: tuple[QRectF, ...]) -> bool:
    """Not seen whole, though it or one of its projects lies on the screen."""
    screen, rect = QRectF(0, 0, view.width, view.height), mark_rect(look, mark, view)
    away = not rect.intersects(screen) and (mark.alone or not _is_here(mark, view))
    return not (away or _is_whole(rect, screen, controls))


def _stands_free(
    look: Look, mark: Mark, others: list[Mark], view: Viewport, controls: tuple[QRectF, ...]
) -> bool:
    """Whole, and apart from all others."""
    screen = QRectF(0, 0, view.width, view.height)
    apart = look.px(APART * pins.mark_factor(look)) / view.scale
    free = all(hypot(o.x - mark.x, o.y - mark.y) >= apart for o in others)
    return free and _is_whole(mark_rect(look, mark, view), screen, controls)


def _aside(
    look: Look,
    mark: Mark,
    others: list[Mark],
    view: Viewport,
    controls: tuple[QRectF, ...],
    *,
    far: float = 0,
) -> Mark | None:
    """The flower at the nearest place where it stands free, at most a step or `far` device px away;
    a pin has no other place."""
    if mark.alone:
        return None
    apart = look.px(APART * pins.mark_factor(look))
    most = max(_FAR, ceil(far / apart * _FINE))
    steps = _steps(most)
    unit = apart / _FINE / view.scale
    places = (Mark(mark.x + x * unit, mark.y + y * unit, mark.pins) for x, y in steps)
    return next((p for p in places if _stands_free(look, p, others, view, controls)), None)


@lru_cache(maxsize=4)
def _steps(most: int) -> tuple[tuple[int, int], ...]:
    """From nothing to `most` steps to any side, the nearest first."""
    whole = range(-most, most + 1)
    return tuple(sorted(product(whole, whole), key=lambda step: step[0] ** 2 + step[1] ** 2))

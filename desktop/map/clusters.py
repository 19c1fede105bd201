"""Which pins stand alone and which share a flower: pure, and the same for the same pins.

Works in device px at one zoom, so panning never changes a group.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import hypot

ROUNDS = 40


@dataclass(frozen=True)
class Spot:
    """A pin's ground point."""

    ident: str
    x: float
    y: float


@dataclass(frozen=True)
class Group:
    """Pins drawn as one mark at (x, y). One member means a pin, which never moves."""

    x: float
    y: float
    members: tuple[str, ...]

    @property
    def alone(self) -> bool:
        return len(self.members) == 1


@dataclass(frozen=True)
class Spacing:
    """Distances in device px: merge when nearer, flowers apart, flowers from here and from pins.

    A pin's tile stands `pin_lift` above its ground point.
    """

    merge: float
    apart: float
    from_here: float
    from_pin: float
    pin_lift: float


def group(
    spots: list[Spot], spacing: Spacing, here: list[tuple[float, float]] | None = None
) -> tuple[Group, ...]:
    """Every spot in exactly one group, flowers pushed off each other, off pins and off `here`."""
    groups = [Group(s.x, s.y, (s.ident,)) for s in sorted(spots, key=lambda s: (s.x, s.y, s.ident))]
    while True:
        groups = _merged(groups, spacing.merge)
        placed = _pushed(groups, spacing, here or [])
        crowd = _too_near(placed, spacing)
        if crowd is None:
            return tuple(placed)
        # No room to stand apart: the two become one, which always ends.
        a, b = crowd
        joined = _join(groups[a], groups[b])
        groups = [g for i, g in enumerate(groups) if i not in crowd] + [joined]


def _join(*groups: Group) -> Group:
    count = sum(len(g.members) for g in groups)
    return Group(
        sum(g.x * len(g.members) for g in groups) / count,
        sum(g.y * len(g.members) for g in groups) / count,
        tuple(sorted(ident for g in groups for ident in g.members)),
    )


def _order(item: Group) -> tuple[float, float, tuple[str, ...]]:
    return (item.x, item.y, item.members)


def _merged(groups: list[Group], reach: float) -> list[Group]:
    """Joins neighbours until all stand `reach` apart; the densest places first."""
    while True:
        groups = sorted(groups, key=_order)
        near = _neighbours(groups, reach)
        if not any(near):
            return groups
        taken: set[int] = set()
        result: list[Group] = []
        crowded = sorted(
            range(len(groups)), key=lambda i: -sum(len(groups[j].members) for j in near[i])
        )
        for i in crowded:
            if i in taken:
                continue
            members = [i, *(j for j in near[i] if j not in taken)]
            taken.update(members)
            result.append(_join(*(groups[j] for j in sorted(members))))
        groups = result


def _neighbours(groups: list[Group], reach: float) -> list[list[int]]:
    """Indices nearer than `reach`, by a grid of that size."""
    cells: dict[tuple[int, int], list[int]] = defaultdict(list)
    for i, g in enumerate(groups):
        cells[int(g.x // reach), int(g.y // reach)].append(i)
    near: list[list[int]] = []
    for i, g in enumerate(groups):
        column, row = int(g.x // reach), int(g.y // reach)
        near.append(
            [
                j
                for dx in (-1, 0, 1)
                for dy in (-1, 0, 1)
                for j in cells.get((column + dx, row + dy), ())
                if j != i and hypot(groups[j].x - g.x, groups[j].y - g.y) < reach
            ]
        )
    return near


def _pushed(groups: list[Group], spacing: Spacing, here: list[tuple[float, float]]) -> list[Group]:
    """Moves flowers, never pins, until they keep their distances or `ROUNDS` are over."""
    xs, ys = [g.x for g in groups], [g.y for g in groups]
    flowers = [i for i, g in enumerate(groups) if not g.alone]
    pins = [i for i, g in enumerate(groups) if g.alone]
    walls = [(xs[i], ys[i] - spacing.pin_lift, spacing.from_pin) for i in pins]
    walls += [(x, y, spacing.from_here) for x, y in here]
    reach = max(spacing.apart, spacing.from_pin, spacing.from_here) * 2
    fences = {i: [w for w in walls if hypot(w[0] - xs[i], w[1] - ys[i]) < reach] for i in flowers}
    pairs = [
        (i, j)
        for n, i in enumerate(flowers)
        for j in flowers[n + 1 :]
        if hypot(xs[i] - xs[j], ys[i] - ys[j]) < reach
    ]
    for _ in range(ROUNDS):
        moved = False
        for i, j in pairs:
            dx, dy, short = _gap(xs[i], ys[i], xs[j], ys[j], spacing.apart)
            if short > 0:
                moved = True
                xs[i], ys[i] = xs[i] - dx * short / 2, ys[i] - dy * short / 2
                xs[j], ys[j] = xs[j] + dx * short / 2, ys[j] + dy * short / 2
        for i in flowers:
            for x, y, far in fences[i]:
                dx, dy, short = _gap(x, y, xs[i], ys[i], far)
                if short > 0:
                    moved = True
                    xs[i], ys[i] = xs[i] + dx * short, ys[i] + dy * short
        if not moved:
            break
    return [Group(xs[i], ys[i], g.members) if not g.alone else g for i, g in enumerate(groups)]


def _gap(x: float, y: float, other_x: float, other_y: float, far: float) -> tuple[float, ...]:
    """Unit vector to the other and how much is missing to `far`, a hair more so that it ends."""
    dx, dy = other_x - x, other_y - y
    length = hypot(dx, dy)
    if length >= far - 1e-3:
        return 0.0, 0.0, 0.0
    if length < 1e-6:
        return 1.0, 0.0, far + 0.01
    return dx / length, dy / length, far - length + 0.01


def _too_near(placed: list[Group], spacing: Spacing) -> tuple[int, int] | None:
    """The nearest two flowers, or flower and pin, that still collide."""
    worst, found = 0.5, None
    flowers = [i for i, g in enumerate(placed) if not g.alone]
    for n, i in enumerate(flowers):
        for j in flowers[n + 1 :]:
            short = spacing.apart - hypot(placed[i].x - placed[j].x, placed[i].y - placed[j].y)
            if short > worst:
                worst, found = short, (i, j)
    for i in flowers:
        for j, pin in enumerate(placed):
            if pin.alone:
                lift = pin.y - spacing.pin_lift
                short = spacing.from_pin - hypot(placed[i].x - pin.x, placed[i].y - lift)
                if short > max(worst, spacing.from_pin * 0.2):
                    worst, found = short, (i, j)
    return found

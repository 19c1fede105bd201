"""What a finger meant: pure, in device px, with a reach given in millimetres by the caller."""

from __future__ import annotations

from dataclasses import dataclass
from math import hypot


@dataclass(frozen=True)
class Target:
    """A round thing that can be touched; `ident` is what the answer names."""

    ident: str
    x: float
    y: float
    radius: float


def touched(targets: list[Target], x: float, y: float, reach: float) -> str | None:
    """The target whose middle is nearest among those within its radius, or within `reach` px."""
    best, found = float("inf"), None
    for target in targets:
        distance = hypot(target.x - x, target.y - y)
        if distance <= max(target.radius, reach) and distance < best:
            best, found = distance, target.ident
    return found

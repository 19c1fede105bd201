"""One measured figure: what came out, what it must reach, and how sure we are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from statistics import median, quantiles
from typing import Any


@dataclass(frozen=True)
class Figure:
    """`value` must be at most `limit` (both in `unit`); no limit means it is only reported.

    `n` is the number of measurements behind it, `spread` their 5 and 95 % points, and `against`
    says in words what was measured beside it in the same run.
    """

    value: float
    unit: str
    limit: float | None = None
    n: int = 1
    spread: tuple[float, float] | None = None
    against: str = ""

    @property
    def reached(self) -> bool:
        return self.limit is None or self.value <= self.limit

    def as_json(self) -> dict[str, Any]:
        return asdict(self) | {"reached": self.reached}


def middle(
    values: Sequence[float], unit: str, limit: float | None = None, against: str = ""
) -> Figure:
    """The median of `values` as a figure."""
    return Figure(median(values), unit, limit, len(values), spread_of(values), against)


def at_95(
    values: Sequence[float], unit: str, limit: float | None = None, against: str = ""
) -> Figure:
    """The value that 95 % of `values` stay under, as a figure."""
    return Figure(spread_of(values)[1], unit, limit, len(values), spread_of(values), against)


def spread_of(values: Sequence[float]) -> tuple[float, float]:
    """The 5 and 95 % points of at least two `values`."""
    points = quantiles(values, n=20, method="inclusive")
    return points[0], points[-1]

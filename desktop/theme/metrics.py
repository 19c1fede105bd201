"""Millimetres and reference pixels: how big things are on the real panel.

Design values are reference pixels of a 24 inch 1920x1080 panel (3.61 px per millimetre). A panel's
own diagonal decides how many device pixels that is, because EDID sizes of touch panels are not
trustworthy. A panel larger than the reference shows the same layout larger; a smaller one keeps
the millimetres, so its canvas has fewer reference pixels and screens fall back to one column.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, hypot

MM_PER_INCH = 25.4
REFERENCE_PX_PER_MM = 3.61
REFERENCE_LONG, REFERENCE_SHORT = 1920, 1080
#: A canvas narrower than this (reference px) cannot hold two columns beside each other.
TWO_COLUMNS_FROM_LANDSCAPE = 1640
TWO_COLUMNS_FROM_PORTRAIT = 980
#: A lying canvas lower than this (reference px) has no height to spare.
SHALLOW_BELOW = 900


@dataclass(frozen=True, slots=True)
class Metrics:
    """Size of one panel. `scale` is device pixels per reference pixel."""

    width: int
    height: int
    px_per_mm: float
    scale: float
    large: bool = False
    low: bool = False

    @classmethod
    def for_panel(
        cls,
        width: int,
        height: int,
        panel_inches: float,
        *,
        large: bool = False,
        low: bool = False,
    ) -> Metrics:
        """Metrics of a `width` x `height` pixel panel with that diagonal (inches, > 0)."""
        px_per_mm = hypot(width, height) / (panel_inches * MM_PER_INCH)
        true_size = px_per_mm / REFERENCE_PX_PER_MM
        long_side, short_side = max(width, height), min(width, height)
        fit = min(long_side / REFERENCE_LONG, short_side / REFERENCE_SHORT)
        # Rounding in a 24 inch panel's diagonal must not push the design off its own reference.
        scale = true_size if true_size > fit * 1.02 else fit
        return cls(width, height, px_per_mm, scale, large, low)

    def px(self, ref: float) -> int:
        """Device pixels of `ref` reference pixels; never 0 for a positive length."""
        value = round(ref * self.scale)
        return max(1, value) if ref > 0 else value

    def font_px(self, ref: float) -> int:
        """Device pixel size of a font; rounded up so that the minimum height holds."""
        return ceil(ref * self.scale - 0.01)

    def mm(self, device_px: float) -> float:
        """Millimetres on the panel of `device_px` device pixels."""
        return device_px / self.px_per_mm

    @property
    def ref_width(self) -> float:
        return self.width / self.scale

    @property
    def ref_height(self) -> float:
        return self.height / self.scale

    @property
    def portrait(self) -> bool:
        return self.height > self.width

    @property
    def shallow(self) -> bool:
        """A small lying panel: what can stand beside something must not stand above it."""
        return not self.portrait and self.ref_height < SHALLOW_BELOW

    @property
    def tight(self) -> bool:
        """Large letters on a shallow panel: nine lines, if nothing but words stood there."""
        return self.large and self.shallow

    @property
    def compact(self) -> bool:
        """One column: large letters, a narrow canvas, or only the lower part of the panel."""
        limit = TWO_COLUMNS_FROM_PORTRAIT if self.portrait else TWO_COLUMNS_FROM_LANDSCAPE
        return self.large or self.low or self.ref_width < limit

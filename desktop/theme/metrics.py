"""Millimetres and reference pixels: how big things are on the real panel, and the shape of the
part of it that is in use.

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
#: Nothing that is read or pressed stands higher above the floor (mm) in the low position.
REACH_MM = 1220
#: Share of a panel that stays free in the low position where nobody knows how high it hangs, by
#: (upright, large letters): a guess must not cost a lying panel half of its lines.
UNKNOWN_BAND = {
    (True, False): 880 / 1920,
    (True, True): 560 / 1920,
    (False, False): 216 / 1080,
    (False, True): 0.0,
}
#: Reference px that are left for use whatever the height: a lying panel's are the smallest's.
LEAST_IN_USE = {
    (True, False): 800.0,
    (True, True): 1200.0,
    (False, False): 700.0,
    (False, True): 700.0,
}
#: Reference px of a low position that is laid out without haste; a large panel shows less large
#: for it, never smaller than true to its millimetres.
EASY_IN_USE = {
    (True, False): 1040.0,
    (True, True): 1240.0,
    (False, False): 864.0,
    (False, True): 864.0,
}


@dataclass(frozen=True, slots=True)
class Metrics:
    """Size of one panel. `scale` is device pixels per reference pixel, `floor_mm` the height of the
    panel's lower edge above the floor (0: unknown)."""

    width: int
    height: int
    px_per_mm: float
    scale: float
    large: bool = False
    low: bool = False
    floor_mm: int = 0

    @classmethod
    def for_panel(
        cls,
        width: int,
        height: int,
        panel_inches: float,
        *,
        large: bool = False,
        low: bool = False,
        floor_mm: int = 0,
    ) -> Metrics:
        """Metrics of a `width` x `height` pixel panel with that diagonal (inches, > 0)."""
        px_per_mm = hypot(width, height) / (panel_inches * MM_PER_INCH)
        true_size = px_per_mm / REFERENCE_PX_PER_MM
        long_side, short_side = max(width, height), min(width, height)
        fit = min(long_side / REFERENCE_LONG, short_side / REFERENCE_SHORT)
        # Rounding in a 24 inch panel's diagonal must not push the design off its own reference.
        scale = true_size if true_size > fit * 1.02 else fit
        if low and floor_mm:
            within_reach = (REACH_MM - floor_mm) * px_per_mm / EASY_IN_USE[height > width, large]
            scale = min(scale, max(true_size, within_reach))
        return cls(width, height, px_per_mm, scale, large, low, floor_mm)

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
    def band(self) -> int:
        """Device px at the panel's head that stay free in the low position: what lies out of reach
        of a seated person, as far as the rest can do without it."""
        if not self.low:
            return 0
        shape = (self.portrait, self.large)
        spare = self.height - self.px(LEAST_IN_USE[shape])
        if self.floor_mm:
            wanted = ceil(self.height - (REACH_MM - self.floor_mm) * self.px_per_mm)
        else:
            wanted = 0 if self.small else round(self.height * UNKNOWN_BAND[shape])
        return max(0, min(wanted, spare))

    @property
    def in_use(self) -> float:
        """Reference px from the band to the panel's foot."""
        return (self.height - self.band) / self.scale

    @property
    def highest_mm(self) -> float:
        """Height above the floor of the highest thing to read or press; 0 where unknown."""
        return self.floor_mm + self.mm(self.height - self.band) if self.floor_mm else 0.0

    @property
    def small(self) -> bool:
        """A small lying panel: titles are nearly as small as the text there."""
        return not self.portrait and self.ref_height < SHALLOW_BELOW

    @property
    def shallow(self) -> bool:
        """Few lines: what can stand beside something must not stand above it."""
        return not self.portrait and (self.large or self.in_use < SHALLOW_BELOW)

    @property
    def tight(self) -> bool:
        """Large letters on a lying panel: nine to fourteen lines, if nothing but words stood
        there."""
        return self.large and self.shallow

    @property
    def crowded(self) -> bool:
        """Large letters and only some of the height: a row is worth more than whole words."""
        return self.large and (self.shallow or self.band > 0)

    @property
    def compact(self) -> bool:
        """One column: large letters, a narrow canvas, or only the lower part of the panel."""
        limit = TWO_COLUMNS_FROM_PORTRAIT if self.portrait else TWO_COLUMNS_FROM_LANDSCAPE
        return self.large or self.low or self.ref_width < limit

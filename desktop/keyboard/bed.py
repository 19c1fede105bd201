"""How large the keys are on a panel: never under 14 mm, and the screen above keeps its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect

from desktop.theme.look import Look

if TYPE_CHECKING:
    from desktop.keyboard.key import KeyButton

OUTER, OUTER_CLOSE = 48, 24
KEY, GAP, GAP_CLOSE = 92.0, 15.0, 10.0
#: Reference px of the smallest key: 14 mm, its lower edge not counted.
SMALLEST_KEY = 56.0
#: The same in large letters, which are 12 mm high.
SMALLEST_KEY_LARGE = 62.0
#: The largest share of the height in use that the bed takes, and where there is little of it.
SHARE, SHARE_LOW = 0.445, 0.36
#: Below this width (reference px) the functions take a row of their own when letters are large.
ONE_ROW_FROM = 1500.0


@dataclass(frozen=True, slots=True)
class Bed:
    """Sizes in device px. `narrow`: the words of the function keys need rows of their own."""

    height: int
    gap: int
    top: int
    margin: int
    narrow: bool

    @classmethod
    def for_look(cls, look: Look) -> Bed:
        metrics = look.metrics
        wide, high = metrics.ref_width, metrics.in_use
        short = high < 800
        narrow = look.large and wide < ONE_ROW_FROM and not short
        rows = 5 if narrow else 4
        top = 21.0 if not short else 12.0
        # Large letters on an upright panel: ten keys a row need the width themselves.
        close = look.large and look.portrait
        gap = GAP if not (short or close) else GAP_CLOSE
        share = SHARE_LOW if look.shallow or metrics.band else SHARE
        room = high * share - 2 * top - (rows - 1) * gap
        smallest = SMALLEST_KEY_LARGE if look.large else SMALLEST_KEY
        key = max(smallest, min(KEY + 5, room / rows))
        return cls(
            look.px(2 * top + rows * key + (rows - 1) * gap),
            look.px(gap),
            look.px(top),
            look.px(OUTER_CLOSE if close else OUTER),
            narrow,
        )

    def places(
        self, rows: Sequence[Sequence[KeyButton]], width: int
    ) -> Iterator[tuple[KeyButton, QRect]]:
        """Each key with its rectangle in a bed of `width` device px."""
        key = (self.height - 2 * self.top + self.gap) / len(rows) - self.gap
        for index, row in enumerate(rows):
            # A part counts with the gap behind it, so that rows of as many parts form a grid.
            parts = sum(b.key.width + b.key.gap + b.key.after for b in row)
            part = (width - 2 * self.margin + self.gap) / parts
            x = float(self.margin)
            y = self.top + index * (key + self.gap)
            for button in row:
                x += button.key.gap * part
                end = x + button.key.width * part
                left, right = round(x), round(end - self.gap)
                yield button, QRect(left, round(y), right - left, round(key))
                x = end + button.key.after * part

"""Laying out short texts the Korean way: lines break between words, never inside one.

Qt breaks Hangul between any two syllables, as it does ideographs; residents read words. This
module measures words, fills lines and remembers `**bold**` runs. It paints nothing by itself.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QFont, QFontMetricsF, QPainter

from db.letters import letters
from desktop.theme.look import Look
from desktop.theme.type import Role

#: The space between two words that stay in one line.
NO_BREAK = "\u00a0"
#: Where a long word may be parted: before an opening bracket, behind a closing one or a stroke.
INSIDE = re.compile(r"(?<=[)\]}」』】〉》/·&~–—-])(?=.)|(?<=.)(?=[(\[{「『【〈《])")


@dataclass(frozen=True, slots=True)
class Run:
    """A piece of one line in one weight; `x` is its offset from the line's start."""

    text: str
    bold: bool
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Line:
    runs: tuple[Run, ...]
    width: float


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """A finished layout: its lines, the height of one line and its first baseline."""

    lines: tuple[Line, ...]
    line_height: float
    ascent: float
    width: float

    @property
    def height(self) -> float:
        return self.line_height * max(1, len(self.lines))


def plain(text: str) -> str:
    """`text` without the marks of bold runs, and with plain spaces."""
    return text.replace("**", "").replace(NO_BREAK, " ")


def _words(paragraph: str, bold: bool) -> list[list[tuple[str, bool]]]:
    """Words as lists of (piece, bold); a word may change weight inside."""
    words: list[list[tuple[str, bool]]] = [[]]
    weight = bold
    for i, part in enumerate(paragraph.split("**")):
        weight = bold if i % 2 == 0 else True
        pieces = part.split(" ")
        for j, piece in enumerate(pieces):
            if j:
                words.append([])
            if piece:
                words[-1].append((piece, weight))
    return [word for word in words if word]


class _Measure:
    """One role at one size: its fonts in both weights, the height of its lines, and a memory for
    words and whole texts. Layouts ask for the same text at the same width again and again."""

    def __init__(self, look: Look, role: Role) -> None:
        self.fonts = {False: look.font(role), True: look.font(role, bold=True)}
        self.metrics = {bold: QFontMetricsF(font) for bold, font in self.fonts.items()}
        self.space = {bold: m.horizontalAdvance(" ") for bold, m in self.metrics.items()}
        self.line_height = round(look.metrics.font_px(look.size(role)) * look.line_height(role))
        self.width = lru_cache(maxsize=2048)(self._width)
        self.laid_out = lru_cache(maxsize=1024)(self._lay_out)
        self.widest = lru_cache(maxsize=1024)(self._widest)

    def _width(self, piece: str, bold: bool) -> float:
        return self.metrics[bold].horizontalAdvance(piece)

    def _lay_out(self, text: str, bold: bool, width: float) -> Paragraphs:
        lines: list[Line] = []
        for paragraph in text.split("\n"):
            lines.extend(_fill(self, _words(paragraph, bold), bold, width))
        ascent, descent = self.metrics[bold].ascent(), self.metrics[bold].descent()
        # The text sits in the middle of its line box, whatever the font's own leading says.
        baseline = (self.line_height - (ascent + descent)) / 2 + ascent
        widest = max((line.width for line in lines), default=0.0)
        return Paragraphs(tuple(lines), float(self.line_height), baseline, widest)

    def _widest(self, text: str, bold: bool) -> float:
        words = (word for part in text.split("\n") for word in _words(part, bold))
        return max((self.word(word) for word in words), default=0.0)

    def word(self, word: list[tuple[str, bool]]) -> float:
        return sum(self.width(piece, bold) for piece, bold in word)

    def forget(self) -> None:
        for memory in (self.width, self.laid_out, self.widest):
            memory.cache_clear()


_measures: dict[tuple[Role, int, bool], _Measure] = {}


def _measure(look: Look, role: Role) -> _Measure:
    key = (role, look.metrics.font_px(look.size(role)), look.metrics.crowded)
    found = _measures.get(key)
    if found is None:
        found = _measures[key] = _Measure(look, role)
    return found


def forget_words() -> None:
    """A visit is over: what a resident wrote was measured too."""
    for measure in _measures.values():
        measure.forget()


def fonts(look: Look, role: Role) -> dict[bool, QFont]:
    return _measure(look, role).fonts


def natural_width(look: Look, text: str, role: Role, bold: bool = False) -> float:
    """Width in device px of the widest paragraph set in one line."""
    return max((line.width for line in lay_out(look, text, role, bold, 1e9).lines), default=0.0)


def widest_word(look: Look, text: str, role: Role, bold: bool = False) -> float:
    return _measure(look, role).widest(text, bold)


def lay_out(look: Look, text: str, role: Role, bold: bool, width: float) -> Paragraphs:
    """`text` in lines of at most `width` device px; a longer word is parted."""
    return _measure(look, role).laid_out(text, bold, width)


def evenly(look: Look, text: str, role: Role, bold: bool, width: float) -> float:
    """The least width that needs no more lines than `width`: its lines are of like length."""
    lines = len(lay_out(look, text, role, bold, width).lines)
    least, most = widest_word(look, text, role, bold), width
    while most - least > 2:
        middle = (least + most) / 2
        if len(lay_out(look, text, role, bold, middle).lines) > lines:
            least = middle
        else:
            most = middle
    return most


def _fill(
    measure: _Measure, words: list[list[tuple[str, bool]]], bold: bool, width: float
) -> list[Line]:
    lines: list[Line] = []
    runs: list[Run] = []
    x = 0.0
    for word in words:
        length = measure.word(word)
        gap = measure.space[bold] if runs else 0.0
        if runs and x + gap + length > width + 0.5:
            lines.append(Line(tuple(runs), x))
            runs, x, gap = [], 0.0, 0.0
        x += gap
        for piece, weight in word:
            for part in _chop(measure, piece, weight, width):
                part_width = measure.width(part, weight)
                if runs and x + part_width > width + 0.5:
                    lines.append(Line(tuple(runs), x))
                    runs, x = [], 0.0
                runs.append(Run(part, weight, x, part_width))
                x += part_width
    lines.append(Line(tuple(runs), x))
    return lines


def _chop(measure: _Measure, piece: str, bold: bool, width: float) -> list[str]:
    """Pieces of a word that is wider than the line: parted at its brackets and strokes, and only
    what is too wide even then between letters. A word that fits stays whole."""
    if measure.width(piece, bold) <= width + 0.5:
        return [piece]
    parts = [""]
    for chunk in INSIDE.split(piece):
        fits = measure.width(chunk, bold) <= width
        for bit in (chunk,) if fits else letters(chunk):
            if parts[-1] and measure.width(parts[-1] + bit, bold) > width:
                parts.append("")
            parts[-1] += bit
    return parts


def draw(
    painter: QPainter,
    look: Look,
    layout: Paragraphs,
    role: Role,
    box: QRectF,
    *,
    centre: bool = False,
    right: bool = False,
) -> None:
    """Paint `layout` from the top of `box` with the painter's own pen."""
    by_weight = fonts(look, role)
    for i, line in enumerate(layout.lines):
        y = box.top() + i * layout.line_height + layout.ascent
        shift = box.width() - line.width
        x = box.left() + (shift / 2 if centre else shift if right else 0)
        for run in line.runs:
            painter.setFont(by_weight[run.bold])
            painter.drawText(QPointF(x + run.x, y), run.text)

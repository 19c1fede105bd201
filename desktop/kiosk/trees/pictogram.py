"""The pictogram of the overview: hollow cells for what was planned, trees for what is known.

One cell or tree stands for the same number everywhere on the screen, so the eye may compare the
rows although they rest on different bases and are never added.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from desktop.theme.look import Look
from desktop.theme.trees import paint_tree

MOST_CELLS = 1_000
COLUMNS = 50
PUBLIC, PRIVATE = "public", "private"
#: Distance of two trees in a row, at most and at least, reference px.
WIDE, TIGHT = 36, 30
#: Kinds of the trees in a row, from left to right and over again; heights in shares of the row.
GROVE = (
    ("round", 0.68), ("pine", 0.86), ("round", 0.66), ("poplar", 0.9), ("round", 0.72),
    ("round", 0.68), ("pine", 0.9), ("round", 0.7), ("pine", 0.82), ("round", 0.64),
    ("poplar", 0.94), ("round", 0.72), ("round", 0.66), ("pine", 0.88),
)  # fmt: skip


def unit_of(trees: int) -> int:
    """How many trees one cell stands for: the smallest power of ten that needs few cells."""
    unit = 1
    while trees / unit > MOST_CELLS:
        unit *= 10
    return unit


def paint_cell(painter: QPainter, look: Look, sector: str, centre: QPointF, r: float) -> None:
    """A hollow cell of radius `r`: a circle for the public share, a diamond for the private."""
    p = look.palette
    public = sector == PUBLIC
    painter.setBrush(p.public_fill if public else p.private_fill)
    painter.setPen(QPen(p.public_line if public else p.private_line, max(1.0, r * 0.34)))
    if public:
        painter.drawEllipse(centre, r, r)
        return
    x, y, d = centre.x(), centre.y(), r * 1.22
    corners = ((x, y - d), (x + d, y), (x, y + d), (x - d, y))
    painter.drawPolygon(QPolygonF([QPointF(*corner) for corner in corners]))


class CellSample(QWidget):
    """One cell beside its word, as in a legend."""

    def __init__(self, look: Look, sector: str) -> None:
        super().__init__()
        self._look, self._sector = look, sector
        side = look.px(50 if look.large else 36)
        self.setFixedSize(side, side)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        centre = QPointF(self.width() / 2, self.height() / 2)
        paint_cell(painter, self._look, self._sector, centre, self.width() * 0.34)


class PlanField(QLabel):
    """`public` and `private` hollow cells in columns, left to right; `words` say the same."""

    def __init__(self, look: Look, public: int, private: int, words: str) -> None:
        super().__init__()
        self._look, self._cells = look, (public, private)
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _columns(self) -> tuple[int, int, int]:
        """Rows, and columns of each share."""
        public, private = self._cells
        rows = max(1, -(-(public + private) // COLUMNS))
        return rows, -(-public // rows), -(-private // rows)

    def _pitch(self, width: float) -> float:
        _, left, right = self._columns()
        gap = 0.75 if left and right else 0
        # Cells stay cells: a wide place is not filled with gaps.
        return min(width / max(1.0, left + right + gap), self._look.px(24))

    def sizeHint(self) -> QSize:
        return QSize(self._look.px(900), self.heightForWidth(self._look.px(900)))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.px(300), self._look.px(40))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        rows, _, _ = self._columns()
        return round(rows * min(self._pitch(width) * 0.8, self._look.px(17.7)) + self._look.px(2))

    def paintEvent(self, event: QPaintEvent) -> None:
        rows, left, right = self._columns()
        if not left + right:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        across = self._pitch(self.width())
        down = min(self.height() / rows, across)
        r = min(across, down) * 0.36
        private_x = (left + 0.75) * across if left else 0.0
        shares = ((PUBLIC, self._cells[0], 0.0), (PRIVATE, self._cells[1], private_x))
        for sector, cells, x in shares:
            for number in range(cells):
                column, row = divmod(number, rows)
                centre = QPointF(x + (column + 0.5) * across, (row + 0.5) * down)
                paint_cell(painter, self._look, sector, centre, r)


class TreeRow(QLabel):
    """`units` full trees (a broken one is a lower plant) on a ground line; `words` say the same."""

    def __init__(self, look: Look, units: float, words: str) -> None:
        super().__init__()
        self._look, self._units = look, units
        self.setAccessibleName(words)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _trees(self) -> int:
        return min(MOST_CELLS, int(self._units))

    def _slots(self) -> int:
        return self._trees() + (1 if self._rest() else 0)

    def _per_row(self, width: float) -> int:
        """Trees stand closer before they take a second row."""
        return max(1, int((width - self._look.px(12)) // self._look.px(TIGHT)))

    def _pitch(self, width: float) -> float:
        slots = min(self._slots(), self._per_row(width)) or 1
        return min(float(self._look.px(WIDE)), (width - self._look.px(12)) / slots)

    def sizeHint(self) -> QSize:
        slots = min(self._trees() + 1, 31)
        return QSize(self._look.px(slots * WIDE + 16), self._look.px(92))

    def minimumSizeHint(self) -> QSize:
        slots = min(self._trees() + 1, 8)
        return QSize(self._look.px(slots * TIGHT + 16), self._look.px(92))

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        return self._look.px(92) * -(-max(1, self._slots()) // self._per_row(width))

    def _rest(self) -> float:
        rest = self._units - self._trees()
        return rest if rest >= 0.05 else 0.0

    def paintEvent(self, event: QPaintEvent) -> None:
        look, p = self._look, self._look.palette
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pitch, height = self._pitch(self.width()), look.px(92)
        per_row, slots = self._per_row(self.width()), self._slots()
        crowns = (p.trees[1], p.trees[0], p.trees[2]) if not p.contrast else p.trees
        for number in range(slots):
            row, column = divmod(number, per_row)
            ground = (row + 1) * height - look.px(6)
            foot = QPointF(look.px(6) + (column + 0.5) * pitch, ground)
            if number == self._trees():
                paint_tree(painter, p, "shrub", foot, max(4.0, height * 0.5 * self._rest()))
                continue
            kind, tall = GROVE[number % len(GROVE)]
            crown = crowns[(number * 7 + number // 3) % 3]
            paint_tree(painter, p, kind, foot, height * 0.86 * tall, crown)
        for row in range(-(-slots // per_row)):
            length = min(per_row, slots - row * per_row) * pitch + look.px(12)
            top = (row + 1) * height - look.px(6)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(p.ink if p.contrast else p.soil)
            painter.drawRect(QRectF(0, top, length, look.px(4)))

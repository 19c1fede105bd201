"""Where the pages of a long content begin and end: between lines and rows, never inside one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol, cast, runtime_checkable

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QTextEdit, QWidget

#: From the top to the bottom of what must not be cut, device px.
Span = tuple[int, int]

#: Of a page that ends before a card this share is filled; else it shows the card's first lines too,
#: and the next page begins with the whole card.
FILLED = 0.75
#: What is at most so high, in heights of a page, stays whole as long as it can.
SHARES = (1.0, 0.6, 0.35)


@runtime_checkable
class Lined(Protocol):
    """A widget that can be cut between its lines."""

    def uncut(self) -> list[Span]:
        """What of it must stay whole, in its own coordinates."""
        ...


def uncut_of(widget: QWidget) -> list[Span] | None:
    """What of a widget that can be cut between its lines must stay whole; None of any other."""
    return cast(Lined, widget).uncut() if _is_lined(type(widget)) else None


_lined: dict[type[QWidget], bool] = {}


def _is_lined(kind: type[QWidget]) -> bool:
    """A protocol looks through all it names each time it is asked; so a kind of widget is asked
    once, and a page of them hundreds of times."""
    found = _lined.get(kind)
    if found is None:
        found = _lined[kind] = issubclass(kind, Lined)
    return found


@dataclass(frozen=True, slots=True)
class PageEnds:
    """`lines` are never cut; `rows` (cards with lines in them) only where a page would be too
    empty. `air` is what stays free under the last line of a page."""

    rows: tuple[Span, ...]
    lines: tuple[Span, ...]
    height: int
    air: int

    @classmethod
    def of(cls, content: QWidget, height: int, air: int) -> PageEnds:
        rows: list[Span] = []
        lines: list[Span] = []
        _collect(content, content, rows, lines)
        return cls(tuple(rows), tuple(lines), height, air)

    def starts(self, room: int) -> list[int]:
        """Where each page begins that is `room` high; the last one ends with the content."""
        last = self._last_start(room)
        found = [0]
        while found[-1] < last:
            found.append(min(last, self._next_start(found[-1], room)))
        return found

    def end(self, top: int, room: int) -> int:
        """How far down a page that begins at `top` shows its content."""
        limit = top + room
        if limit >= self.height:
            return self.height
        shown, below = self._gap(limit, self._wholes(room)[0])
        if shown - top < FILLED * room:
            shown, below = self._page_gap(top, room, self._wholes(room)[1:])
        # Not all the way to the next one: the frame of a card would stand there, empty.
        return min(limit, below, shown + self.air)

    def begin(self, top: int, room: int) -> int:
        """Where a page that was dragged to `top` begins to show its content."""
        return self._from(top, [s for s in self.lines if s[1] - s[0] <= room])

    def _wholes(self, room: int) -> list[list[Span]]:
        """What stays whole on a page, at best and at least. Where many things stand beside each
        other and none ends where another does, the highest of them are cut first."""
        kinds = ((self.rows + self.lines, 1.0), *((self.lines, share) for share in SHARES))
        return [[s for s in spans if s[1] - s[0] <= share * room] for spans, share in kinds]

    def _next_start(self, top: int, room: int) -> int:
        above, below = self._page_gap(top, room, self._wholes(room))
        first = (s for s in self.rows + self.lines if s[0] == below and s[1] - below <= room)
        foot = max((bottom for _, bottom in first), default=below)
        # With the upper edge of the card that it stands in, but whole before all.
        return max(above, min(above + self.air, below), below - 6 * self.air, foot - room)

    def _last_start(self, room: int) -> int:
        most = self.height - room
        if most <= 0:
            return 0
        starts = (self._from(most, spans) for spans in self._wholes(room))
        return next((start for start in starts if start < self.height - room // 4), most)

    def _page_gap(self, top: int, room: int, wholes: list[list[Span]]) -> Span:
        """The gap at the end of a page that begins at `top` and shows something."""
        gaps = (self._gap(top + room, spans) for spans in wholes)
        return next((gap for gap in gaps if gap[0] > top), (top + room, top + room))

    def _gap(self, at: int, spans: list[Span]) -> Span:
        """The last gap that begins up to `at`: the foot of what is over it, the top of the next."""
        while cut := [top for top, bottom in spans if top < at < bottom]:
            at = min(cut)
        above = max((bottom for _, bottom in spans if bottom <= at), default=0)
        below = min((top for top, _ in spans if top >= at), default=self.height)
        return above, below

    @staticmethod
    def _from(at: int, spans: list[Span]) -> int:
        """The first place from `at` on where nothing is cut."""
        while cut := [bottom for top, bottom in spans if top < at < bottom]:
            at = max(cut)
        return at


def _collect(widget: QWidget, content: QWidget, rows: list[Span], lines: list[Span]) -> None:
    direct = Qt.FindChildOption.FindDirectChildrenOnly
    children = [
        child
        for child in widget.findChildren(QWidget, options=direct)
        if child.isVisibleTo(widget) and not child.isWindow()
    ]
    if widget is not content:
        top = widget.mapTo(content, QPoint(0, 0)).y()
        uncut = uncut_of(widget)
        if uncut is not None:
            lines += [(top + first, top + last) for first, last in uncut]
            return
        if not children or isinstance(widget, QLineEdit | QTextEdit):
            # A bare widget only keeps others apart.
            if type(widget) is not QWidget and widget.height() > 0:
                lines.append((top, top + widget.height()))
            return
        if isinstance(widget, QAbstractButton):
            rows.append((top, top + widget.height()))
    for child in children:
        _collect(child, content, rows, lines)

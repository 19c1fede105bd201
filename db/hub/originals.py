"""Where a duplicate leads: one feedback by its place in a journal, with what was said about it."""

from __future__ import annotations

from db.events import Contents, Event
from db.hub.shape import COLUMNS
from db.hub.transactions import Row, Transactions
from db.projections import FEEDBACK, REPLY, REVIEW


class Originals(Transactions):
    """Finds a feedback by the primary key: an index over ids would cost every page that comes."""

    def about_feedback(self, device: str, seq: int) -> list[tuple[Event, Contents]]:
        found = self._told(f"device = ? AND seq = ? AND kind = '{FEEDBACK}'", device, seq)
        return found + [
            answer
            for event, _ in found
            for answer in self._told(
                f"subject = ? AND kind IN ('{REVIEW}', '{REPLY}')",
                f"feedback/{event.id.hex()}",
            )
        ]

    def _told(self, condition: str, *values: object) -> list[tuple[Event, Contents]]:
        """Events by device and number, sorted here: databases order letters and digits each in
        their own way.
        """
        rows = self._rows(f"SELECT {', '.join(COLUMNS)} FROM event WHERE {condition}", *values)
        return sorted(map(event_of, rows), key=lambda pair: (pair[0].device, pair[0].seq))


def event_of(row: Row) -> tuple[Event, Contents]:
    return Event(*row[:11]), Contents(*row[11:])

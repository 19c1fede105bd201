"""Where a duplicate leads: one feedback by its place in a journal, with what was said about it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from db.hub.database.transactions import Transactions
from db.records.event_kinds import FEEDBACK, REPLY, REVIEW
from db.store.events import Contents, Event, Row
from db.store.sound import READ, Pair, read


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
        rows = self._rows(f"SELECT {READ} FROM event e WHERE {condition}", *values)
        return sorted(sound_ones(rows), key=lambda pair: (pair[0].device, pair[0].seq))


def sound_ones(rows: Iterable[Row]) -> Iterator[Pair]:
    """The events in these rows whose headers hold, with those of their contents that fit."""
    for found in map(read, rows):
        if found.holds:
            yield found.event, found.contents

"""Records that only desks read: sealed to the city and its desks, and opened with what a desk
holds. A hub of the city holds the city's identity too and could open them; a kiosk never can.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

import msgspec

from db.exchange.trust.papers import DeviceRole
from db.exchange.trust.sealing import identities, unseal
from db.exchange.trust.trust import Trust, load_trust
from db.keys.age_files import Identity, seal
from db.problems import InputRefused
from db.records.officers import LARGEST_BOX, SealedBody
from db.refusals import Refused
from db.store.events import Event
from db.store.journal import append, bodies
from db.store.projections import NOT_SUPERSEDED
from db.store.sound import READ
from db.store.store import Store

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

_Record = TypeVar("_Record", bound=msgspec.Struct)


class DeskRecords:
    """The sealed records of one open store. Belongs to the store's thread.

    `unreadable` counts those met that were sealed to keys this desk does not hold: it was not
    enrolled then, and papers with a newer grant open them.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.unreadable = 0

    @cached_property
    def trust(self) -> Trust:
        return load_trust(self.store.directory, self.store.clock)

    @cached_property
    def _identities(self) -> list[Identity]:
        return identities(self.store.directory)

    def renew(self) -> None:
        """New papers are here: other desks, another identity of the city."""
        for known in ("trust", "_identities"):
            self.__dict__.pop(known, None)
        self.unreadable = 0

    def write(
        self, connection: sqlite.Connection, kind: str, subject: str, record: msgspec.Struct
    ) -> Event:
        """Adds one record inside the caller's transaction. Raises InputRefused when it is too
        long.
        """
        recipients = [self.store.keys.age_recipient]
        if self.trust.list is not None:
            recipients.append(self.trust.list.city_age)
            recipients += (each.age for each in self.trust.live(DeviceRole.DESK))
        box = seal(msgspec.json.encode(record), list(dict.fromkeys(recipients)))
        if len(box) > LARGEST_BOX:
            raise InputRefused("text", "글이 너무 깁니다.", "this is too long.")
        return append(self.store, connection, kind, subject, SealedBody(box=box))

    def read(
        self,
        kind: str,
        record: type[_Record],
        *,
        feedback: str | None = None,
        newest: int | None = None,
    ) -> list[tuple[Event, _Record]]:
        """The records of a kind, or those about one feedback, oldest first; the `newest` so many
        alone where that is given. What cannot be opened or believed is left out.
        """
        condition, values = "f.kind = ?", [kind]
        if feedback is not None:
            condition += " AND f.feedback = unhex(?)"
            values.append(feedback)
        rows = self.store.rows(
            f"SELECT {READ} FROM desk_record f"
            " JOIN event e ON e.device = f.device AND e.seq = f.seq"
            f" WHERE {condition} AND {NOT_SUPERSEDED} ORDER BY f.rowid DESC LIMIT ?",
            (*values, -1 if newest is None else newest),
        )
        found = []
        for event, body in bodies(self.store, reversed(rows), kind, SealedBody):
            opened = self._opened(body, record)
            if opened is not None:
                found.append((event, opened))
        return found

    def _opened(self, body: SealedBody, record: type[_Record]) -> _Record | None:
        try:
            plain = unseal(body.box, self._identities, "desk")
            return msgspec.json.decode(plain, type=record)
        except (Refused, msgspec.MsgspecError, RecursionError):
            self.unreadable += 1
            return None

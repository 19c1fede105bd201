"""The log of acts: who did what, when, at which desk and to whose words.

It is part of the signed journal: nobody takes a line out without breaking the chain.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from db.officers.desk_records import DeskRecords
from db.records.event_kinds import ACT
from db.records.officers import ActRecord
from db.store.events import Event

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite


class LoggedAct(msgspec.Struct, frozen=True, kw_only=True):
    """One line of the log. `ref` is device/seq, `at_us` what that desk's clock said."""

    ref: str
    device: str
    at_us: int
    record: ActRecord


def log_act(records: DeskRecords, connection: sqlite.Connection, record: ActRecord) -> Event:
    """Adds a line inside the caller's transaction: what it tells of and the line stand together
    or not at all.
    """
    subject = f"feedback/{record.feedback}" if record.feedback else "act"
    return records.write(connection, ACT, subject, record)


def acts(
    records: DeskRecords, *, feedback: str | None = None, newest: int | None = None
) -> tuple[LoggedAct, ...]:
    """The lines about one feedback or about everything, oldest first."""
    return tuple(
        LoggedAct(
            ref=f"{event.device}/{event.seq}", device=event.device, at_us=event.at_us, record=each
        )
        for event, each in records.read(ACT, ActRecord, feedback=feedback, newest=newest)
    )

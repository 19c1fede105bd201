"""Groups 묶음: which opinions officers said are one matter, and which are not.

A group changes nothing of its opinions: each keeps its words, its number and its answer, and
leaves again whenever an officer says so.
"""

from __future__ import annotations

import secrets
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import TYPE_CHECKING

import msgspec

from db.officers.desk_records import DeskRecords
from db.records.event_kinds import GROUP
from db.records.officers import MOST_IN_RECORD, GroupRecord
from db.store.events import Event

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite


class OpinionGroup(msgspec.Struct, frozen=True, kw_only=True):
    """One group. `lead` stands for all in lists; it is a member, the first one where the one that
    was chosen has left.
    """

    id: str
    name: str
    lead: str
    members: tuple[str, ...]


class Standing(msgspec.Struct, frozen=True, kw_only=True):
    """All groups as they stand, and the pairs that officers keep apart."""

    groups: dict[str, OpinionGroup]
    group_of: dict[str, str]
    apart: frozenset[tuple[str, str]]
    highest: int


def standing(records: DeskRecords) -> Standing:
    """All groups of one open store. Raises StorageUnavailable."""
    return together(records.read(GROUP, GroupRecord))


def together(found: Iterable[tuple[Event, GroupRecord]]) -> Standing:
    """What these records say, whatever the order in which they came."""
    group_of: dict[str, str] = {}
    named: dict[str, tuple[str, str]] = {}
    apart: set[tuple[str, str]] = set()
    highest = 0
    for _event, record in sorted(found, key=_in_force_last):
        highest = max(highest, record.number)
        if record.joins or record.leaves:
            name = record.name or named.get(record.group, ("", ""))[0]
            named[record.group] = (name, record.lead)
        for member in record.joins:
            group_of[member] = record.group
        for member in record.leaves:
            if group_of.get(member) == record.group:
                del group_of[member]
        apart.update((min(record.lead, each), max(record.lead, each)) for each in record.apart)
    members: dict[str, list[str]] = defaultdict(list)
    for member, group in group_of.items():
        members[group].append(member)
    groups = {}
    for group, held in members.items():
        name, lead = named[group]
        held.sort()
        groups[group] = OpinionGroup(
            id=group, name=name, lead=lead if lead in held else held[0], members=tuple(held)
        )
    return Standing(groups=groups, group_of=group_of, apart=frozenset(apart), highest=highest)


def write_joins(
    records: DeskRecords,
    connection: sqlite.Connection,
    officer: str,
    lead: str,
    members: Sequence[str],
    *,
    group: str | None = None,
    name: str = "",
) -> str:
    """Puts these into a group, a new one where none is named, inside the caller's transaction. Its
    id.
    """
    id = group or secrets.token_hex(16)
    for number, part in _parts(records, dict.fromkeys((lead, *members))):
        _write(records, connection, id, number, officer, lead, name=name, joins=part)
    return id


def write_leaves(
    records: DeskRecords,
    connection: sqlite.Connection,
    officer: str,
    group: OpinionGroup,
    members: Sequence[str],
) -> None:
    """Takes these out of their group, inside the caller's transaction."""
    for number, part in _parts(records, dict.fromkeys(members)):
        _write(records, connection, group.id, number, officer, group.lead, leaves=part)


def write_apart(
    records: DeskRecords,
    connection: sqlite.Connection,
    officer: str,
    lead: str,
    others: Sequence[str],
) -> None:
    """These are another matter than `lead`: they are not proposed together again."""
    kept = dict.fromkeys(each for each in others if each != lead)
    for number, part in _parts(records, kept):
        _write(records, connection, secrets.token_hex(16), number, officer, lead, apart=part)


def _parts(records: DeskRecords, members: dict[str, None]) -> Iterator[tuple[int, tuple[str, ...]]]:
    number = standing(records).highest + 1
    held = tuple(members)
    for start in range(0, len(held), MOST_IN_RECORD):
        yield number, held[start : start + MOST_IN_RECORD]


def _write(
    records: DeskRecords,
    connection: sqlite.Connection,
    group: str,
    number: int,
    officer: str,
    lead: str,
    *,
    name: str = "",
    joins: tuple[str, ...] = (),
    leaves: tuple[str, ...] = (),
    apart: tuple[str, ...] = (),
) -> None:
    record = GroupRecord(
        group=group,
        number=number,
        officer=officer,
        lead=lead,
        name=name,
        joins=joins,
        leaves=leaves,
        apart=apart,
    )
    records.write(connection, GROUP, f"group/{group}", record)


def _in_force_last(found: tuple[Event, GroupRecord]) -> tuple[int, str, int]:
    event, record = found
    return record.number, event.device, event.seq

"""What an officer does to groups: put together, take apart, keep apart. Each is one act that is
taken back whole.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from db.groups.groups import OpinionGroup, standing, write_apart, write_joins, write_leaves
from db.inbox.acts import ActDone, OfficerAtWork
from db.officers.desk_records import DeskRecords
from db.officers.duties import Duty
from db.problems import InputRefused
from db.records.officers import ActKind
from db.text import name_if_any

if TYPE_CHECKING:
    import pysqlite3.dbapi2 as sqlite

LONGEST_NAME = 60


class GroupActs:
    """One officer at work on groups. Belongs to the store's thread."""

    def __init__(self, at_work: OfficerAtWork, records: DeskRecords) -> None:
        self._at_work, self._records = at_work, records

    def group(
        self, lead: str, members: Sequence[str], *, group: str | None = None, name: str = ""
    ) -> ActDone:
        """Says that these are one matter, a new group or more of one that is. Raises InputRefused,
        StorageUnavailable.
        """
        called = name_if_any(name or None, "name", LONGEST_NAME) or ""
        if len({lead, *members}) < 2:
            raise InputRefused("feedback", "둘 이상이어야 묶습니다.", "a group has two or more.")

        def write(connection: sqlite.Connection, named: Sequence[str]) -> None:
            write_joins(
                *(self._records, connection, self._at_work.officer.id, named[0], named[1:]),
                group=group,
                name=called,
            )

        return self._at_work.do_together(ActKind.GROUPED, Duty.GROUP.needs, [lead, *members], write)

    def ungroup(self, group: str, members: Sequence[str] | None = None) -> ActDone:
        """Takes these out of their group, all where none is named. Raises InputRefused,
        StorageUnavailable.
        """
        held = self._require(group)
        leaving = held.members if members is None else members
        if strangers := set(leaving) - set(held.members):
            raise InputRefused(
                "feedback",
                f"이 묶음에 없는 의견입니다: {min(strangers)}",
                f"not in this group: {min(strangers)}",
            )

        def write(connection: sqlite.Connection, named: Sequence[str]) -> None:
            write_leaves(self._records, connection, self._at_work.officer.id, held, named)

        return self._at_work.do_together(ActKind.UNGROUPED, Duty.GROUP.needs, leaving, write)

    def keep_apart(self, lead: str, others: Sequence[str]) -> ActDone:
        """Says that none of these is the same matter as `lead`. Raises InputRefused,
        StorageUnavailable.
        """

        def write(connection: sqlite.Connection, named: Sequence[str]) -> None:
            write_apart(self._records, connection, self._at_work.officer.id, named[0], named[1:])

        return self._at_work.do_together(
            ActKind.KEPT_APART, Duty.GROUP.needs, [lead, *others], write
        )

    def _require(self, group: str) -> OpinionGroup:
        held = standing(self._records).groups.get(group)
        if held is None:
            raise InputRefused("group", "없는 묶음입니다.", "there is no such group.")
        return held

"""The board: the newest opinions of one open store, each put beside its like.

It is filled in small steps between other work, so that nobody waits for it, and takes up what
comes later one by one. What officers decided since is taken out when somebody looks.
"""

from __future__ import annotations

import time
from collections.abc import Iterable
from statistics import median

import msgspec

from db.groups.gist import Gist, GistReader, Told
from db.groups.groups import Standing, standing
from db.groups.likeness import Likeness, Rarity, likeness, shared_words
from db.groups.proposals import Grouping, Member, Proposal
from db.officers.desk_records import DeskRecords
from db.participation.feedback import rows_of
from db.records.event_kinds import GROUP
from db.records.feedback import FeedbackRow, ReviewState
from db.store.events import Row
from db.store.projections import NOT_SUPERSEDED

MOST_OPINIONS = 100_000
"""The newest so many are looked at."""
_SAMPLE, _STEP = 4_000, 200
_HIDDEN = frozenset((ReviewState.WITHHELD,))


class GroupCard(msgspec.Struct, frozen=True, kw_only=True):
    """One group in a list: `name` is what officers call it, the lead's words where they do not.

    `group` is None while it is only proposed. Times are microseconds since 1970.
    """

    lead: FeedbackRow
    size: int
    group: str | None = None
    name: str = ""
    likeness: float = 1.0
    first_us: int = 0
    last_us: int = 0
    flood: bool = False


class Seat(msgspec.Struct, frozen=True, kw_only=True):
    """One opinion of a group beside the one that leads; `alike` is None for that one itself.
    `marks` are the places of the words that they share.
    """

    row: FeedbackRow
    alike: Likeness | None
    marks: tuple[tuple[int, int], ...] = ()
    doubtful: bool = False


class Board:
    """Belongs to the store's thread."""

    def __init__(self, records: DeskRecords, reader: GistReader) -> None:
        self._records, self._store, self._reader = records, records.store, reader
        self._waiting: list[int] | None = None
        self._taken = 0
        self._last = 0
        self._rarity = Rarity()
        self._grouping = Grouping(self._rarity)
        self._ids: dict[int, str] = {}
        self._seen: Row | None = None
        self._standing = Standing(groups={}, group_of={}, apart=frozenset(), highest=0)

    # -- filling ---------------------------------------------------------------------------------

    def take_up(self, seconds: float) -> tuple[int, int]:
        """Goes on for about so long; how many opinions were looked at, and of how many. Raises
        StorageUnavailable.
        """
        until = time.monotonic() + seconds
        if self._waiting is None:
            self._begin()
        self._look_for_new()
        assert self._waiting is not None
        while self._taken < len(self._waiting) and time.monotonic() < until:
            part = self._waiting[self._taken : self._taken + _STEP]
            for rowid, row in zip(part, rows_of(self._store, part), strict=True):
                if row is not None and not row.erased and row.state not in _HIDDEN:
                    self._ids[rowid] = row.id
                    self._grouping.add(rowid, self._gist(row))
            self._taken += len(part)
        return self._taken, len(self._waiting)

    def _begin(self) -> None:
        newest = self._rowids("ORDER BY f.rowid DESC LIMIT ?", MOST_OPINIONS)
        self._waiting = newest[::-1]
        self._last = self._waiting[-1] if self._waiting else 0
        every = max(1, len(self._waiting) // _SAMPLE)
        sample = self._waiting[::every]
        gists = []
        for start in range(0, len(sample), _STEP):
            rows = rows_of(self._store, sample[start : start + _STEP])
            gists += [self._gist(row) for row in rows if row is not None]
        self._rarity = Rarity(gists)
        self._grouping = Grouping(self._rarity)

    def _look_for_new(self) -> None:
        assert self._waiting is not None
        came = self._rowids("AND f.rowid > ? ORDER BY f.rowid", self._last)
        if came:
            self._waiting += came
            self._last = came[-1]

    def _rowids(self, rest: str, value: int) -> list[int]:
        rows = self._store.rows(
            f"SELECT f.rowid FROM feedback f WHERE {NOT_SUPERSEDED} {rest}", (value,)
        )
        return [int(row[0]) for row in rows]

    def _gist(self, row: FeedbackRow) -> Gist:
        return self._reader.gist(told_of(row))

    # -- looking ---------------------------------------------------------------------------------

    def proposed(self, most: int) -> tuple[int, tuple[GroupCard, ...]]:
        """How many groups are proposed, and the largest of them. Raises StorageUnavailable."""
        open_ones = self._open()
        shown = open_ones[:most]
        rows = rows_of(self._store, [each.leader for each in shown])
        return len(open_ones), tuple(
            GroupCard(
                lead=row,
                size=proposal.size,
                likeness=median(each.likeness.score for each in proposal.members),
                first_us=min(proposal.times),
                last_us=max(proposal.times),
                flood=proposal.flood,
            )
            for proposal, row in zip(shown, rows, strict=True)
            if row is not None and not row.erased
        )

    def grouped(self, most: int) -> tuple[int, tuple[GroupCard, ...]]:
        """How many groups officers made, and the largest of them. Raises StorageUnavailable."""
        groups = sorted(self._stands().groups.values(), key=lambda each: -len(each.members))
        cards = []
        for group in groups[:most]:
            rows = self._rows((group.lead, *group.members))
            if rows:
                times = [row.at_us for row in rows]
                cards.append(
                    GroupCard(
                        lead=rows[0],
                        size=len(group.members),
                        group=group.id,
                        name=group.name,
                        first_us=min(times),
                        last_us=max(times),
                    )
                )
        return len(groups), tuple(cards)

    def seats(self, card: GroupCard) -> tuple[Seat, ...]:
        """Who sits in a group: the one that leads, the likest next, the doubtful last. Raises
        StorageUnavailable.
        """
        members: tuple[str, ...] = ()
        doubtful: tuple[str, ...] = ()
        if card.group is not None:
            group = self._stands().groups.get(card.group)
            members = group.members if group else ()
        else:
            for proposal in self._open():
                if self._ids[proposal.leader] == card.lead.id:
                    members = tuple(self._ids[each.number] for each in proposal.members)
                    doubtful = tuple(self._ids[each.number] for each in proposal.doubtful)
        lead = self._gist(card.lead)
        seats = []
        for ids, doubt in ((members, False), (doubtful, True)):
            beside = [
                Seat(
                    row=row,
                    alike=likeness(lead, self._gist(row), self._rarity),
                    marks=shared_words(lead, row.text),
                    doubtful=doubt,
                )
                for row in self._rows(id for id in ids if id != card.lead.id)
            ]
            seats += sorted(beside, key=lambda seat: -seat.alike.score if seat.alike else 0)
        return Seat(row=card.lead, alike=None), *seats

    def _open(self) -> list[Proposal]:
        """What is proposed, without what officers decided."""
        stands, ids = self._stands(), self._ids
        found = []
        for proposal in self._grouping.proposals():
            lead = ids[proposal.leader]
            if lead in stands.group_of:
                continue

            def is_open(member: Member, lead: str = lead) -> bool:
                id = ids[member.number]
                pair = (min(lead, id), max(lead, id))
                return id not in stands.group_of and pair not in stands.apart

            members = tuple(filter(is_open, proposal.members))
            if members:
                doubtful = tuple(filter(is_open, proposal.doubtful))
                found.append(msgspec.structs.replace(proposal, members=members, doubtful=doubtful))
        return found

    def _rows(self, ids: Iterable[str]) -> list[FeedbackRow]:
        """Those of these opinions that are still to be read, in this order."""
        asked = list(dict.fromkeys(ids))
        marks = ",".join(["unhex(?)"] * len(asked))
        found = self._store.rows(
            f"SELECT lower(hex(id)), rowid FROM feedback WHERE id IN ({marks})", asked
        )
        numbers: dict[str, int] = {str(id): int(rowid) for id, rowid in found}
        here = [int(numbers[id]) for id in asked if id in numbers]
        return [row for row in rows_of(self._store, here) if row is not None and not row.erased]

    def _stands(self) -> Standing:
        """Opening what is sealed takes its time: only where something came or went."""
        seen = self._store.row(
            "SELECT count(*), max(rowid) FROM desk_record WHERE kind = ?", (GROUP,)
        )
        if self._seen != seen:
            self._seen, self._standing = seen, standing(self._records)
        return self._standing


def told_of(row: FeedbackRow) -> Told:
    """An opinion as gists are taken from it."""
    return Told(
        text=row.text,
        kind=row.kind.value if row.kind else "",
        project=row.project,
        dong=row.dong,
        site=row.site,
        lat=row.lat,
        lon=row.lon,
        at_us=row.at_us,
    )

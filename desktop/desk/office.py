"""What the desk keeps of an open store: its officers, the inbox by column, the records of desks.

Everything here belongs to the store's thread; presenters reach it through `Tasks` alone, with
`office.at(store)` inside what they ask.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from db.store.demonstration import is_demonstration

if TYPE_CHECKING:  # the store behind them is heavy: the first frame does without
    from db.groups.board import Board
    from db.inbox.acts import OfficerAtWork
    from db.inbox.columns import Inbox
    from db.inbox.group_acts import GroupActs
    from db.officers.accounts import Officer, Officers
    from db.officers.desk_records import DeskRecords
    from db.records.catalogue import Catalogue
    from db.store.store import Store


class OfficeRoom:
    """The rooms behind one open store, each opened when somebody first needs it."""

    def __init__(self, store: Store, catalogue: Catalogue | None) -> None:
        self.store, self._catalogue = store, catalogue
        self.demonstration = is_demonstration(store)
        self._at_work: OfficerAtWork | None = None

    @cached_property
    def records(self) -> DeskRecords:
        # brings the ciphers along, as do those below
        from db.officers.desk_records import DeskRecords

        return DeskRecords(self.store)

    @cached_property
    def officers(self) -> Officers:
        # behind the records
        from db.officers.accounts import Officers

        return Officers(self.records)

    @cached_property
    def inbox(self) -> Inbox:
        # brings numpy along
        from db.inbox.columns import Inbox
        from db.inbox.named import Names

        projects = self._catalogue.projects if self._catalogue is not None else ()
        themes = {project.id: project.theme.value for project in projects}
        names = Names({project.id: project.name_ko for project in projects})
        return Inbox(self.store, themes, names=names)

    @cached_property
    def board(self) -> Board:
        # reads its lists of words
        from db.groups.board import Board
        from db.groups.gist import GistReader
        from db.groups.places import PlaceNames

        reader = GistReader()
        if self._catalogue is not None:
            places = PlaceNames(self._catalogue)
            reader = GistReader(places.keys, places.of_projects, places.project_names)
        return Board(self.records, reader)

    def group_acts(self, officer: Officer) -> GroupActs:
        """The officer who is signed in, at work on groups."""
        # behind the records
        from db.inbox.group_acts import GroupActs

        return GroupActs(self.at_work(officer), self.records)

    def at_work(self, officer: Officer) -> OfficerAtWork:
        """The officer who is signed in, as the acts know them."""
        # behind the records
        from db.inbox.acts import OfficerAtWork

        if self._at_work is None or self._at_work.officer != officer:
            self._at_work = OfficerAtWork(self.officers, officer)
        return self._at_work


class Office:
    """Made on the screen's thread, used on the store's."""

    def __init__(self) -> None:
        self._catalogue: Catalogue | None = None
        self._room: OfficeRoom | None = None

    def know(self, catalogue: Catalogue) -> None:
        """The catalogue was read. Before the first question."""
        self._catalogue = catalogue

    def at(self, store: Store) -> OfficeRoom:
        if self._room is None or self._room.store is not store:
            self._room = OfficeRoom(store, self._catalogue)
        return self._room

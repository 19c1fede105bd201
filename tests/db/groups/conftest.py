"""An officer at work on the groups of a fresh store."""

from __future__ import annotations

import pytest

from db.inbox.acts import OfficerAtWork
from db.inbox.group_acts import GroupActs
from db.officers.accounts import Officers
from db.officers.desk_records import DeskRecords
from db.records.officers import OfficerRole
from db.store.store import Store


@pytest.fixture
def records(store: Store) -> DeskRecords:
    return DeskRecords(store)


@pytest.fixture
def at_work(records: DeskRecords) -> OfficerAtWork:
    officers = Officers(records)
    return OfficerAtWork(
        officers, officers.add("김검토", "느티나무 아래 17", OfficerRole.VIEWER, by=None)
    )


@pytest.fixture
def on_groups(at_work: OfficerAtWork, records: DeskRecords) -> GroupActs:
    return GroupActs(at_work, records)

"""Groups: said by officers, the same on every desk, taken back, and never changing an opinion."""

from __future__ import annotations

import random

import pytest

from db.groups.groups import Standing, standing, together, write_joins
from db.inbox.acts import OfficerAtWork
from db.inbox.group_acts import GroupActs
from db.officers.accounts import Officers
from db.officers.desk_records import DeskRecords
from db.participation.feedback import add_feedback, list_feedback
from db.problems import InputRefused
from db.records.event_kinds import GROUP
from db.records.officers import MOST_IN_RECORD, GroupRecord, OfficerRole
from db.store.store import Store
from tests.db.in_memory import praise


@pytest.fixture
def ids(store: Store) -> list[str]:
    for text in ("하나", "둘", "셋", "넷"):
        add_feedback(store, praise(text))
    return sorted(row.id for row in list_feedback(store)[0])


def _members(stands: Standing) -> list[tuple[str, ...]]:
    return sorted(each.members for each in stands.groups.values())


def test_a_group_is_made_grown_left_and_dissolved(
    on_groups: GroupActs, records: DeskRecords, ids: list[str]
) -> None:
    on_groups.group(ids[1], ids[:1], name="연못 조명")
    (group,) = standing(records).groups.values()
    assert (group.name, group.lead, group.members) == ("연못 조명", ids[1], tuple(ids[:2]))
    on_groups.group(ids[1], ids[2:], group=group.id)
    (grown,) = standing(records).groups.values()
    assert (grown.id, grown.name, grown.members) == (group.id, "연못 조명", tuple(ids))
    on_groups.ungroup(group.id, [ids[1]])
    (smaller,) = standing(records).groups.values()
    assert smaller.lead == ids[0] and ids[1] not in smaller.members
    on_groups.ungroup(group.id)
    assert not standing(records).groups and not standing(records).group_of


def test_an_act_on_a_group_is_taken_back_whole(
    at_work: OfficerAtWork, on_groups: GroupActs, records: DeskRecords, ids: list[str]
) -> None:
    on_groups.group(ids[0], ids[1:2])
    before = standing(records)
    (group,) = before.groups
    for act in (
        lambda: on_groups.group(ids[0], ids[2:], group=group),
        lambda: on_groups.ungroup(group),
        lambda: on_groups.keep_apart(ids[0], ids[2:]),
    ):
        done = act()
        assert standing(records) != before
        assert at_work.last_act() == done
        at_work.undo(done.ref)
        stands = standing(records)
        assert (stands.groups, stands.apart) == (before.groups, before.apart)


def test_who_joins_another_group_leaves_the_first(
    on_groups: GroupActs, records: DeskRecords, ids: list[str]
) -> None:
    on_groups.group(ids[0], ids[1:3])
    on_groups.group(ids[3], ids[2:3])
    assert _members(standing(records)) == [tuple(ids[:2]), tuple(ids[2:])]


def test_what_is_kept_apart_is_remembered_for_each_with_the_lead(
    on_groups: GroupActs, records: DeskRecords, ids: list[str]
) -> None:
    on_groups.keep_apart(ids[2], [ids[0], ids[3]])
    assert standing(records).apart == {(ids[0], ids[2]), (ids[2], ids[3])}


def test_nothing_else_is_taken_for_a_group(
    on_groups: GroupActs, records: DeskRecords, store: Store, ids: list[str]
) -> None:
    on_groups.group(ids[0], ids[1:2])
    (group,) = standing(records).groups
    events = store.row("SELECT count(*) FROM event")
    for wrong in (
        lambda: on_groups.group(ids[0], []),
        lambda: on_groups.group(ids[0], [ids[0]]),
        lambda: on_groups.group(ids[0], ["0" * 32]),
        lambda: on_groups.group(ids[0], ids[1:2], name="\u200b"),
        lambda: on_groups.ungroup("f" * 32),
        lambda: on_groups.ungroup(group, ids[3:]),
    ):
        with pytest.raises(InputRefused):
            wrong()
    assert store.row("SELECT count(*) FROM event") == events


def test_a_viewer_groups_nothing(records: DeskRecords, ids: list[str]) -> None:
    officers = Officers(records)
    first = officers.add("첫 관리자", "느티나무 아래 17", OfficerRole.ADMINISTRATOR, by=None)
    viewer = officers.add("보는 이", "느티나무 아래 18", OfficerRole.VIEWER, by=first)
    with pytest.raises(InputRefused):
        GroupActs(OfficerAtWork(officers, viewer), records).group(ids[0], ids[1:2])


def test_every_desk_sees_the_same_groups_in_whatever_order_the_records_came(
    store: Store, records: DeskRecords
) -> None:
    ids = [f"{number:032x}" for number in range(8)]
    chance = random.Random(7)
    written = []
    for number in range(1, 40):
        some = chance.sample(ids, 3)
        written.append(
            GroupRecord(
                group=chance.choice("abc") * 32,
                number=number // 2,
                officer="f" * 32,
                lead=some[0],
                joins=tuple(some) if chance.random() < 0.7 else (),
                leaves=tuple(some[1:]) if chance.random() < 0.4 else (),
                apart=(some[2],) if chance.random() < 0.2 else (),
            )
        )
    with store.change() as connection:
        for record in written:
            records.write(connection, GROUP, f"group/{record.group}", record)
    found = records.read(GROUP, GroupRecord)
    for _ in range(5):
        chance.shuffle(found)
        assert together(found) == standing(records)


def test_a_group_larger_than_one_record_is_one_group(store: Store, records: DeskRecords) -> None:
    ids = [f"{number:032x}" for number in range(MOST_IN_RECORD + 200)]
    with store.change() as connection:
        group = write_joins(records, connection, "f" * 32, ids[5], ids)
    assert standing(records).groups[group].members == tuple(ids)
    assert standing(records).groups[group].lead == ids[5]

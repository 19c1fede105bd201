"""Officers, their passwords and their log."""

from __future__ import annotations

import pytest

from db.officers.accounts import Officer, Officers
from db.officers.act_log import acts
from db.officers.desk_records import DeskRecords
from db.officers.sign_in import FREE_TRIES, LockedOut, sign_in, sign_out
from db.problems import InputRefused
from db.records.officers import ActKind, OfficerRole
from db.store.store import Store
from tests.frozen_clock import FrozenClock

PASSWORD = "느티나무 아래 17"


@pytest.fixture
def officers(store: Store) -> Officers:
    return Officers(DeskRecords(store))


@pytest.fixture
def first(officers: Officers) -> Officer:
    return officers.add("김검토", PASSWORD, OfficerRole.VIEWER, by=None)


def test_the_first_officer_is_an_administrator_and_there_is_one_first(
    officers: Officers, first: Officer
) -> None:
    assert first.role is OfficerRole.ADMINISTRATOR
    with pytest.raises(InputRefused):
        officers.add("박둘째", PASSWORD, OfficerRole.ADMINISTRATOR, by=None)
    assert officers.all() == (first,)


def test_only_an_administrator_as_of_now_makes_officers(officers: Officers, first: Officer) -> None:
    second = officers.add("박둘째", PASSWORD, OfficerRole.ADMINISTRATOR, by=first)
    officers.change(first.id, by=second, role=OfficerRole.PUBLISHER)
    with pytest.raises(InputRefused):
        officers.add("이셋째", PASSWORD, OfficerRole.VIEWER, by=first)


def test_the_last_administrator_stays_one(officers: Officers, first: Officer) -> None:
    with pytest.raises(InputRefused):
        officers.change(first.id, by=first, active=False)
    with pytest.raises(InputRefused):
        officers.change(first.id, by=first, role=OfficerRole.REVIEWER)


@pytest.mark.parametrize(
    "name", ["김검토", " 김검토 ", "\u1100\u1175\u11b7검토", "", "\u200b", "\u3164"]
)
def test_two_officers_of_one_name_and_names_of_nothing_are_refused(
    officers: Officers, first: Officer, name: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        officers.add(name, PASSWORD, OfficerRole.VIEWER, by=first)
    assert refused.value.field == "name"


@pytest.mark.parametrize("password", ["", "짧다", "aaaaaaaaaaaa", "a1b2" * 33])
def test_easy_and_endless_passwords_are_refused(
    officers: Officers, first: Officer, password: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        officers.add("새로온사람", password, OfficerRole.VIEWER, by=first)
    assert refused.value.field == "password"


def test_each_role_may_what_those_below_it_may() -> None:
    viewer, *_between, administrator = OfficerRole
    assert administrator.may(viewer) and not viewer.may(administrator)
    assert all(role.may(role) for role in OfficerRole)


def test_a_password_opens_and_another_does_not(officers: Officers, first: Officer) -> None:
    assert sign_in(officers, "김검토", PASSWORD) == first
    with pytest.raises(InputRefused):
        sign_in(officers, "김검토", PASSWORD + "8")
    told = [each.record.act for each in acts(officers.records)]
    assert told[-2:] == [ActKind.SIGNED_IN, ActKind.SIGN_IN_FAILED]


def test_a_name_nobody_has_is_refused_in_the_same_words(officers: Officers, first: Officer) -> None:
    words = []
    for name in ("김검토", "아무도 아님"):
        with pytest.raises(InputRefused) as refused:
            sign_in(officers, name, "틀린 비밀번호 7")
        words.append(refused.value.ko)
    assert words[0] == words[1]


def test_the_wait_grows_outlives_a_restart_and_ends_with_success(
    officers: Officers, first: Officer, frozen_clock: FrozenClock
) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(InputRefused):
            sign_in(officers, "김검토", "틀린 비밀번호 7")
    anew = Officers(DeskRecords(officers.records.store))
    waits = []
    for _ in range(2):
        with pytest.raises(LockedOut) as locked:
            sign_in(anew, " 김검토 ", PASSWORD)
        waits.append(locked.value.wait_us)
        frozen_clock.advance(locked.value.wait_us / 1_000_000)
        with pytest.raises(InputRefused):
            sign_in(anew, "김검토", "틀린 비밀번호 7")
    assert waits[1] == 2 * waits[0]
    frozen_clock.advance(3_600)
    assert sign_in(anew, "김검토", PASSWORD) == first
    with pytest.raises(InputRefused):
        sign_in(anew, "김검토", "틀린 비밀번호 7")


def test_a_clock_set_back_opens_nothing(
    officers: Officers, first: Officer, frozen_clock: FrozenClock
) -> None:
    for _ in range(FREE_TRIES):
        with pytest.raises(InputRefused):
            sign_in(officers, "김검토", "틀린 비밀번호 7")
    frozen_clock.advance(-86_400)
    with pytest.raises(LockedOut):
        sign_in(officers, "김검토", PASSWORD)


def test_a_new_password_replaces_the_old_one(officers: Officers, first: Officer) -> None:
    officers.set_password(first.id, "버드나무 그늘 23", by=first)
    assert officers.who_knows("김검토", "버드나무 그늘 23") == first
    assert officers.who_knows("김검토", PASSWORD) is None


def test_who_left_signs_in_no_more_and_stays_in_the_list(
    officers: Officers, first: Officer
) -> None:
    second = officers.add("박둘째", PASSWORD, OfficerRole.REVIEWER, by=first)
    officers.change(second.id, by=first, active=False)
    with pytest.raises(InputRefused):
        sign_in(officers, "박둘째", PASSWORD)
    assert officers.names()[second.id] == "박둘째"


def test_nothing_of_an_officer_can_be_read_in_the_file_of_the_store(
    officers: Officers, first: Officer
) -> None:
    sign_in(officers, "김검토", PASSWORD)
    sign_out(officers, first)
    store = officers.records.store
    stored = b"".join(
        each.read_bytes() for each in store.directory.path.rglob("*") if each.is_file()
    )
    for secret in ("김검토", PASSWORD, "argon2id"):
        assert secret.encode() not in stored


def test_records_stay_readable_after_the_store_is_opened_and_written_anew(
    officers: Officers, first: Officer
) -> None:
    store = officers.records.store
    from db.store.journal import rebuild
    from db.store.verification import projection_faults, verify

    rebuild(store)
    assert not projection_faults(store) and not verify(store)
    assert Officers(DeskRecords(store)).all() == (first,)

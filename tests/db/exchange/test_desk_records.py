"""What only desks read travels with everything else, and nobody else reads it."""

from __future__ import annotations

from pathlib import Path

from db.inbox.acts import OfficerAtWork
from db.inbox.thread import EntryKind, thread
from db.officers.accounts import Officers
from db.officers.desk_records import DeskRecords
from db.officers.sign_in import sign_in
from db.records.officers import OfficerRole
from db.store.opening import open_store
from tests.db.exchange.machines import Machines

PASSWORD = "느티나무 아래 17"
NOTE = "내부 메모: 현장에 가 보기로 함"


def _work(data_dir: Path, feedback: str) -> None:
    with open_store(data_dir) as store:
        officers = Officers(DeskRecords(store))
        first = officers.add("김검토", PASSWORD, OfficerRole.ADMINISTRATOR, by=None)
        OfficerAtWork(officers, first).note(feedback, NOTE)


def test_an_officer_and_a_note_are_known_at_every_desk_and_at_no_kiosk(machines: Machines) -> None:
    machines.enrol("kiosk", "kiosk")
    machines.enrol("desk", "desk")
    receipt = machines.say("kiosk", "나무 그늘이 좋아요")
    machines.carry("kiosk", "desk")
    _work(machines.of("desk"), receipt["id"])
    # A desk that was enrolled after the note was written opens it as well.
    machines.enrol("second", "desk")
    machines.carry("desk", "kiosk")
    machines.carry("second", "desk")
    machines.carry("desk", "second")
    with open_store(machines.of("second")) as store:
        officers = Officers(DeskRecords(store))
        assert sign_in(officers, "김검토", PASSWORD).role is OfficerRole.ADMINISTRATOR
        told = thread(store, officers, receipt["id"])
        assert (EntryKind.NOTE, NOTE) in {(each.kind, each.text) for each in told.entries}
    kiosk = machines.of("kiosk")
    with open_store(kiosk) as store:
        records = DeskRecords(store)
        assert store.row("SELECT count(*) FROM desk_record") == (4,)
        assert Officers(records).all() == () and records.unreadable
        assert all(
            each.kind is not EntryKind.NOTE
            for each in thread(store, Officers(records), receipt["id"]).entries
        )
    files = [each.read_bytes() for each in kiosk.rglob("*") if each.is_file()]
    for word in (NOTE, "김검토", "argon2id"):
        assert not any(word.encode() in data for data in files)

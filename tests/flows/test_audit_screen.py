"""The audit at the desk: who may see it, what stands in it, and what it says of the chain."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QTableView
from pytestqt.qtbot import QtBot

from db.officers.accounts import Officer, Officers
from db.officers.audit import Audit
from db.officers.desk_records import DeskRecords
from db.officers.sign_in import sign_in
from db.problems import InputRefused
from db.records.officers import ActKind, OfficerRole
from db.store.opening import open_store
from db.store.store import Store
from desktop.desk.audit.intents import ExportActs, FindActs, NarrowActs, Verify
from desktop.desk.shell.screen import DeskScreen
from tests.flows.desk_in_hand import NAME, PASSWORD, DeskInHand
from tests.frozen_clock import FrozenClock


@pytest.fixture
def desk(data_dir: Path, frozen_clock: FrozenClock, qtbot: QtBot) -> Iterator[DeskInHand]:
    with open_store(data_dir, clock=frozen_clock) as store:
        Officers(DeskRecords(store)).add(NAME, PASSWORD, OfficerRole.ADMINISTRATOR, by=None)
    made = DeskInHand(data_dir, qtbot, clock=frozen_clock)
    yield made
    made.close()


def test_acts_are_listed_narrowed_proved_and_written_out(desk: DeskInHand, tmp_path: Path) -> None:
    desk.sign_in("느티나무 아래 18")
    desk.sign_in()
    desk.desk.go(DeskScreen.AUDIT)
    audit = desk.screens.audit
    desk.settle()
    kinds = [each.act for each in audit.state.shown()]
    assert kinds == [ActKind.SIGNED_IN, ActKind.SIGN_IN_FAILED, ActKind.OFFICER_SET]
    table = desk.find("acts")
    assert isinstance(table, QTableView) and table.model().rowCount() == 3
    audit.do(NarrowActs(ActKind.SIGN_IN_FAILED))
    assert table.model().rowCount() == 1
    audit.do(NarrowActs(None))
    audit.do(FindActs("담당자"))
    assert [each.act for each in audit.state.shown()] == [ActKind.OFFICER_SET]
    audit.do(Verify())
    desk.settle()
    assert audit.state.proof is not None and audit.state.proof.holds
    assert "끊김 없음" in desk.words()
    file = tmp_path / "audit.csv"
    audit.do(ExportActs(file))
    desk.settle()
    with file.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert [row[3] for row in rows[1:]] == ["verified", *(each.value for each in kinds)]
    # Looking at it and writing it out stand in it too.
    assert [each.act for each in (audit.state.lines or ())[:2]] == [
        ActKind.REPORTED,
        ActKind.VERIFIED,
    ]
    desk.desk.lock()
    desk.settle()
    assert desk.desk.window.findChild(QTableView) is None


def test_a_break_is_named_and_who_may_not_sees_no_act(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        _break_and_look(store)


def _break_and_look(store: Store) -> None:
    officers = Officers(DeskRecords(store))
    first = officers.add("김검토", PASSWORD, OfficerRole.ADMINISTRATOR, by=None)
    publisher: Officer = officers.add("박발행", PASSWORD, OfficerRole.PUBLISHER, by=first)
    sign_in(officers, "박발행", PASSWORD)
    for forbidden in (Audit(officers, publisher).lines, Audit(officers, publisher).csv_bytes):
        with pytest.raises(InputRefused):
            forbidden()
    with pytest.raises(InputRefused):
        Audit(officers, publisher).prove()
    store.connection.execute("UPDATE event SET at_us = at_us + 1 WHERE seq = 2")
    proof = Audit(officers, first).prove()
    assert not proof.holds and proof.broken[0].number == 2

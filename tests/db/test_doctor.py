"""The doctor names every trouble and changes nothing."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from db.doctor.checks import examine
from db.doctor.environment import about_sound, has_sound_card
from db.doctor.report import CatalogueReport, JournalReport, PapersReport, Report
from db.participation.feedback import add_feedback
from db.store.opening import open_store
from db.store.store import Store
from tests.db.in_memory import PHONE, praise
from tests.frozen_clock import FrozenClock


def parts(report: Report) -> list[str]:
    return [finding.part for finding in report.troubles]


def journal_of(report: Report) -> JournalReport:
    assert isinstance(report.journal, JournalReport)
    return report.journal


def catalogue_of(report: Report) -> CatalogueReport:
    assert isinstance(report.catalogue, CatalogueReport)
    return report.catalogue


def lines_of(part: object) -> list[str]:
    """The names a part of the report has as JSON, in their order."""
    return list(json.loads(msgspec.json.encode(part)))


def test_the_json_other_tools_read_keeps_its_lines(data_dir: Path) -> None:
    empty = examine(data_dir)
    assert lines_of(empty.store) == ["file", "exists"]
    assert lines_of(empty.keys) == ["exists"]
    assert lines_of(empty.journal) == []
    with open_store(data_dir) as store:
        add_feedback(store, praise())
        store.rows("INSERT INTO notice(at_us, kind, ko, en) VALUES(0, 'salvage', '가', 'a')")
    report = examine(data_dir)
    assert lines_of(report) == [
        "ok", "troubles", "warnings", "versions", "store", "journal", "disk", "fonts", "keys",
        "papers", "catalogue", "clock", "panel",
    ]  # fmt: skip
    assert lines_of(report.versions) == [
        "program", "python", "system", "sqlite", "sqlite_needed", "packages",
    ]  # fmt: skip
    assert lines_of(report.store) == [
        "file", "exists", "bytes", "device", "integrity", "shape", "schema", "schema_known",
        "last_exchange_us", "notices", "rotten_rows",
    ]  # fmt: skip
    assert report.store.notices
    assert lines_of(report.store.notices[0]) == ["number", "at_us", "kind", "ko", "en"]
    assert lines_of(report.journal) == ["events", "kinds", "devices", "erased_bodies", "faults"]
    assert lines_of(journal_of(report).devices[0]) == ["device", "own", "last_seq"]
    assert lines_of(report.disk) == ["path", "free_bytes", "total_bytes"]
    assert lines_of(report.keys) == ["exists", "open_to_others", "retired_devices", "contact"]
    assert lines_of(report.keys.contact) == ["key_id", "demonstration"]
    assert lines_of(report.papers) == ["exists", "sound", "devices"]
    assert lines_of(report.catalogue) == [
        "as_of", "origins", "projects", "landmarks", "libraries", "plantings", "pack", "problems",
    ]  # fmt: skip
    assert lines_of(report.clock) == ["now_us", "suspect"]


def test_a_sound_installation_is_well_and_says_that_its_contact_key_is_a_demonstration(
    data_dir: Path, frozen_clock: FrozenClock
) -> None:
    with open_store(data_dir, frozen_clock) as store:
        add_feedback(store, praise(contact=PHONE))
        report = examine(data_dir, frozen_clock)
    assert report.ok, report.troubles
    journal = journal_of(report)
    assert journal.events == 1
    assert journal.devices[0].own and journal.devices[0].last_seq == 1
    assert report.store.integrity == "ok"
    assert report.keys.contact and report.keys.contact.demonstration
    assert ["demonstration" in finding.en for finding in report.warnings] == [True]
    assert catalogue_of(report).projects == 82
    assert json.loads(msgspec.json.encode(report))["ok"] is True


def test_an_empty_directory_is_told_to_be_prepared_first(data_dir: Path) -> None:
    report = examine(data_dir)
    assert not report.ok
    assert "first start" in report.troubles[0].en
    assert list(data_dir.iterdir()) == []


def test_an_altered_text_is_found(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("나무가 좋아요"))
        store.rows("UPDATE event SET body = replace(body, '좋', '싫')")
    report = examine(data_dir)
    assert set(parts(report)) == {"journal"}
    assert journal_of(report).faults[0].what == "the body was altered"


def test_a_table_that_does_not_follow_from_the_journal_is_found(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise("나무가 좋아요"))
        store.rows("UPDATE feedback SET kind = 'question'")
    report = examine(data_dir)
    assert [fault.where for fault in journal_of(report).faults] == ["feedback"]


def test_a_damaged_file_is_found_and_left_where_it_is(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise())
    file = data_dir / "cheonman.db"
    content = bytearray(file.read_bytes())
    content[:100] = bytes(100)
    file.write_bytes(content)
    report = examine(data_dir)
    assert "store" in parts(report)
    assert file.read_bytes() == content


@pytest.mark.parametrize("name", ["device.seed", "device.age"])
def test_a_broken_key_is_found(data_dir: Path, name: str) -> None:
    open_store(data_dir).close()
    (data_dir / "keys" / name).write_bytes(b"?")
    report = examine(data_dir)
    assert any(name in finding.ko for finding in report.troubles)


def test_a_key_that_others_may_read_is_found(data_dir: Path) -> None:
    open_store(data_dir).close()
    (data_dir / "keys" / "device.seed").chmod(0o644)
    report = examine(data_dir)
    assert parts(report) == ["keys"]
    assert report.keys.open_to_others == ("keys/device.seed",)


def test_a_table_too_many_is_found(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        store.rows("CREATE TABLE extra(a)")
    assert "store" in parts(examine(data_dir))


def test_a_broken_site_file_is_found_by_name(data_dir: Path) -> None:
    open_store(data_dir).close()
    (data_dir / "catalogue").mkdir()
    (data_dir / "catalogue" / "trees.json").write_text("{}")
    report = examine(data_dir)
    assert parts(report) == ["catalogue"]
    assert "trees.json" in report.troubles[0].ko


def test_a_wrong_clock_is_found(data_dir: Path) -> None:
    open_store(data_dir).close()
    report = examine(data_dir, lambda: 60_000_000)
    assert parts(report) == ["clock"]


def test_a_full_disk_is_found(data_dir: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    open_store(data_dir).close()
    monkeypatch.setattr("db.doctor.environment.LITTLE_DISK", 1 << 62)
    assert parts(examine(data_dir)) == ["disk"]
    monkeypatch.setattr("db.doctor.environment.LITTLE_DISK", 0)
    monkeypatch.setattr("db.doctor.environment.LOW_DISK", 1 << 62)
    report = examine(data_dir)
    assert report.ok and "disk" in [finding.part for finding in report.warnings]


def test_notices_the_operator_has_not_seen_are_told(store: Store) -> None:
    store.rows("INSERT INTO notice(at_us, kind, ko, en) VALUES(0, 'salvage', '가', 'moved aside')")
    report = examine(store.directory.path)
    assert "moved aside" in [finding.en for finding in report.warnings]


@pytest.mark.parametrize("damaged", [b"", b"{}", b"[" * 9_000])
def test_damaged_papers_are_named_by_themselves_and_nothing_else_is(
    data_dir: Path, damaged: bytes
) -> None:
    open_store(data_dir).close()
    papers = data_dir / "keys" / "papers.json"
    assert examine(data_dir).papers == PapersReport(exists=False, sound=True, devices=0)
    papers.touch(mode=0o600)
    papers.write_bytes(damaged)
    report = examine(data_dir)
    (trouble,) = report.troubles
    assert trouble.part == "papers"
    for words in (trouble.ko, trouble.en):
        assert str(papers) in words and "cheonman" not in words
    assert report.papers == PapersReport(exists=True, sound=False)
    assert catalogue_of(report).projects == 82


@pytest.mark.parametrize(
    ("listed", "there"),
    [
        (" 0 [PCH            ]: HDA-Intel - HDA Intel PCH\n", True),
        ("--- no soundcards ---\n", False),
        ("", False),
        (None, False),
    ],
)
def test_a_machine_without_a_sound_card_is_remarked_on(
    tmp_path: Path, listed: str | None, there: bool
) -> None:
    cards = tmp_path / "cards"
    if listed is not None:
        cards.write_text(listed)
    assert has_sound_card(cards) is there
    assert [finding.part for finding in about_sound(cards)] == ([] if there else ["sound"])

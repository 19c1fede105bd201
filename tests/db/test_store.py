"""Opening a data directory: whose it is, how new, by whom, and with which rights."""

from __future__ import annotations

import json
import stat
import subprocess
import sys
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.keys.device import device_bytes, device_name, load_keys
from db.participation.feedback import add_feedback, list_feedback
from db.problems import BrokenKey, DirectoryInUse, ForeignFile, NewerStore, OldSqlite
from db.store import migrations
from db.store.notices import mark_seen, notices
from db.store.opening import open_reader, open_store
from db.store.store import Store, check_sqlite, connect
from tests.db.in_memory import praise
from tests.frozen_clock import FrozenClock


def test_the_number_of_steps_is_pinned_and_a_fresh_store_has_taken_them_all(store: Store) -> None:
    assert len(migrations.STEPS) == migrations.COUNT == 6
    assert store.rows("PRAGMA user_version") == [(migrations.COUNT,)]
    assert store.rows("PRAGMA application_id") == [(migrations.APPLICATION_ID,)]


def test_every_own_table_is_strict(store: Store) -> None:
    loose = store.rows("SELECT name FROM pragma_table_list WHERE strict = 0 AND schema = 'main'")
    assert {name for (name,) in loose} <= {
        "sqlite_schema", "_sqlite_migrations", "sqlite_sequence",
    }  # fmt: skip


def test_a_commit_is_durable_and_what_is_erased_is_overwritten(store: Store) -> None:
    settings = {
        name: store.rows(f"PRAGMA {name}")[0][0]
        for name in ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "page_size")
    }
    assert settings == {
        "journal_mode": "wal", "synchronous": 2, "foreign_keys": 1, "secure_delete": 1,
        "page_size": 4096,
    }  # fmt: skip


def test_a_file_of_a_newer_program_is_refused_by_name_and_left_as_it_is(data_dir: Path) -> None:
    open_store(data_dir).close()
    file = data_dir / "cheonman.db"
    connection = connect(file)
    connection.execute(f"PRAGMA user_version = {migrations.COUNT + 1}")
    connection.close()
    before = file.read_bytes()
    for opener in (open_store, open_reader):
        with pytest.raises(NewerStore) as refused:
            opener(data_dir)
        assert str(file) in refused.value.sentence("en")
    assert file.read_bytes() == before


def test_a_database_of_another_program_is_refused_and_left_as_it_is(data_dir: Path) -> None:
    file = data_dir / "cheonman.db"
    connection = sqlite.connect(str(file))
    connection.execute("CREATE TABLE theirs(a)")
    connection.commit()
    connection.close()
    with pytest.raises(ForeignFile, match=r"cheonman\.db"):
        open_store(data_dir)
    connection = sqlite.connect(str(file))
    assert connection.execute("SELECT name FROM sqlite_schema").fetchall() == [("theirs",)]
    connection.close()


def test_an_sqlite_that_can_damage_the_store_is_refused() -> None:
    with pytest.raises(OldSqlite, match=r"3\.40\.1 .*3\.51\.3"):
        check_sqlite((3, 40, 1))
    check_sqlite((3, 51, 3))


def test_only_the_owner_may_read_what_lies_in_the_directory(data_dir: Path) -> None:
    with open_store(data_dir / "inner" / "data") as store:
        add_feedback(store, praise())
        paths = [*(data_dir / "inner").rglob("*"), data_dir / "inner"]
        assert {"cheonman.db", "cheonman.db-wal", "device.seed"} <= {path.name for path in paths}
        open_to_others = [p for p in paths if stat.S_IMODE(p.stat().st_mode) & 0o077]
        assert open_to_others == []


def test_a_second_process_is_sent_away_by_the_directorys_name(data_dir: Path) -> None:
    with open_store(data_dir), pytest.raises(DirectoryInUse) as refused:
        open_store(data_dir)
    assert str(data_dir) in refused.value.sentence("ko")
    assert str(data_dir) in refused.value.sentence("en")
    open_store(data_dir).close()


def test_a_reader_sees_what_the_running_kiosk_stored_and_cannot_write(store: Store) -> None:
    add_feedback(store, praise("보이나요"))
    with open_reader(store.directory.path) as reader:
        assert [row.text for row in list_feedback(reader)[0]] == ["보이나요"]
        with pytest.raises(Exception, match=r"readonly|read-only"):
            add_feedback(reader, praise("안 돼요"))
    assert len(list_feedback(store)[0]) == 1


def test_opening_again_keeps_the_device_and_its_feedback(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        device = store.device
        add_feedback(store, praise("남아 있어요"))
    with open_store(data_dir) as store:
        assert store.device == device
        assert add_feedback(store, praise("하나 더")).seq == 2
        assert notices(store) == ()


def test_keys_without_their_store_become_a_new_device(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        device = store.device
        add_feedback(store, praise())
    (data_dir / "cheonman.db").unlink()
    with open_store(data_dir) as store:
        assert store.device != device
        assert (data_dir / "keys" / "retired" / device / "device.seed").exists()


def test_a_store_whose_own_mark_rotted_goes_on_as_the_same_device(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        add_feedback(store, praise())
        device = store.device
        with store.change() as connection:
            connection.execute("UPDATE device SET own = 0")
    with open_store(data_dir) as store:
        assert store.device == device
        assert add_feedback(store, praise()).seq == 2


def test_a_store_with_anothers_keys_becomes_a_new_device_and_says_so(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        device = store.device
        add_feedback(store, praise("옛 기기"))
    for name in ("device.seed", "device.age"):
        (data_dir / "keys" / name).unlink()
    with open_store(data_dir) as store:
        assert store.device != device
        assert add_feedback(store, praise("새 기기")).seq == 1
        assert [row.text for row in list_feedback(store)[0]] == ["옛 기기", "새 기기"]
        (notice,) = notices(store, unseen=True)
        assert device in notice.sentence("ko") and device in notice.sentence("en")
        mark_seen(store, [each.number for each in notices(store)])
        assert notices(store, unseen=True) == ()
        assert notices(store)[0].seen


@pytest.mark.parametrize("name", ["device.seed", "device.age"])
def test_a_broken_key_is_named_with_its_cure(data_dir: Path, name: str) -> None:
    open_store(data_dir).close()
    (data_dir / "keys" / name).write_bytes(b"broken")
    with pytest.raises(BrokenKey) as refused:
        open_store(data_dir)
    assert name in refused.value.sentence("ko")
    assert name in refused.value.sentence("en")


def test_a_device_name_stands_for_exactly_one_key(store: Store) -> None:
    keys = load_keys(store.directory)
    assert keys is not None
    assert device_name(keys.public) == store.device
    assert len(device_bytes(store.device)) == 16
    for wrong in (store.device[:-1] + "1", store.device.upper(), "", "a" * 25 + "b"):
        with pytest.raises(ValueError, match=r"."):
            device_bytes(wrong)


def test_a_clock_in_1970_breaks_neither_order_nor_receipts(data_dir: Path) -> None:
    now = [1_796_093_200_000_000]
    with open_store(data_dir, lambda: now[0]) as store:
        first = add_feedback(store, praise("하나"))
        now[0] = 60_000_000
        second = add_feedback(store, praise("둘"))
        now[0] = -5
        third = add_feedback(store, praise("셋"))
        now[0] = 1_796_093_300_000_000
        add_feedback(store, praise("넷"))
        rows = list_feedback(store)[0]
    assert [row.text for row in rows] == ["하나", "둘", "셋", "넷"]
    assert [row.clock_suspect for row in rows] == [False, True, True, False]
    assert not first.clock_suspect and second.clock_suspect and third.clock_suspect


def test_sqlite_utils_is_only_imported_when_the_store_changes_shape(data_dir: Path) -> None:
    script = (
        "import json, sys; from pathlib import Path; from db.store.opening import open_store;"
        "open_store(Path(sys.argv[1])).close(); print(json.dumps('sqlite_utils' in sys.modules))"
    )
    command = [sys.executable, "-c", script, str(data_dir)]
    said = [json.loads(subprocess.check_output(command)) for _ in range(2)]
    assert said == [True, False]


def test_a_step_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    connection = connect(tmp_path / "step.db")
    migrations.migrate(connection)

    half = "CREATE TABLE half(a); CREATE TABLE half(a);"
    monkeypatch.setattr(migrations, "STEPS", (*migrations.STEPS, ("m9999_half", half)))
    with pytest.raises(sqlite.OperationalError):
        migrations.migrate(connection, stop_after=migrations.COUNT + 1)
    assert connection.execute("PRAGMA user_version").fetchone() == (migrations.COUNT,)
    assert not connection.execute("SELECT 1 FROM sqlite_schema WHERE name = 'half'").fetchall()
    connection.close()


def test_the_frozen_clock_is_the_stores_clock(store: Store, frozen_clock: FrozenClock) -> None:
    assert add_feedback(store, praise()).at_us == frozen_clock()

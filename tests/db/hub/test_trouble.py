"""A database that is away, refuses or is not a hub's: calm words, nothing half stored, and on."""

from __future__ import annotations

from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.exchange.pages.importing import import_page, take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.trust import Trust
from db.hub.database.opening import open_shelf
from db.hub.database.postgresql import PostgresqlShelf
from db.hub.database.shelf import Away, HubShelf
from db.hub.database.sqlite import SqliteShelf
from db.participation.feedback import add_feedback
from db.problems import (
    Cause,
    DamagedHub,
    ForeignDatabase,
    ForeignFile,
    HubDatabase,
    InputRefused,
    KioskStore,
    NewerStore,
    StorageUnavailable,
)
from db.records import Erased
from db.store.journal import redact
from db.store.opening import open_store
from tests.db.exchange.city import City, pages, take_all
from tests.db.hub.carrying import some
from tests.db.hub.conftest import Database
from tests.db.in_memory import NOON, praise
from tests.postgresql import Server


def opened(url: str) -> HubShelf:
    return open_shelf(url, Trust(), lambda: NOON)


def test_a_new_database_is_made_ready_once_and_found_again(url: str, kiosk: StoreShelf) -> None:
    shelves = [opened(url) for _ in range(2)]
    assert [shelf.census().events for shelf in shelves] == [0, 0]
    for shelf in shelves:
        shelf.close()


@pytest.mark.parametrize(
    ("set_to", "in_force"),
    [
        *(("off", "on"), ("local", "on"), ("remote_write", "on")),
        *(("on", "on"), ("remote_apply", "remote_apply")),
    ],
)
def test_what_is_answered_is_on_every_disk_whatever_the_server_was_set_to(
    postgresql: Server, set_to: str, in_force: str
) -> None:
    with postgresql.database() as url:
        mark = "&" if "?" in url else "?"
        shelf = opened(f"{url}{mark}options=-c%20synchronous_commit%3D{set_to}")
        assert isinstance(shelf, PostgresqlShelf)
        assert shelf._rows("SELECT current_setting('synchronous_commit')") == [(in_force,)]
        # And so on the next connection, when the leader has changed.
        shelf.close()
        assert shelf._rows("SELECT current_setting('synchronous_commit')") == [(in_force,)]
        shelf.close()


@pytest.mark.parametrize("url", ["mysql://x/y", "sqlite:///", "hub.db", "", "postgresql://[::1/x"])
def test_an_address_nobody_understands_is_refused_in_plain_words(url: str) -> None:
    with pytest.raises(InputRefused) as refused:
        opened(url)
    assert refused.value.field == "database"


def test_the_store_of_a_kiosk_is_not_taken_for_a_hubs_database(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        file = store.directory.store
    before = file.read_bytes()
    with pytest.raises(KioskStore, match=str(file)):
        opened(f"sqlite:///{file}")
    assert file.read_bytes() == before


def test_a_hubs_database_is_not_taken_for_the_store_of_a_kiosk(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        file = store.directory.store
    file.unlink()
    opened(f"sqlite:///{file}").close()
    before = file.read_bytes()
    with pytest.raises(HubDatabase, match=str(file)):
        open_store(data_dir)
    assert file.read_bytes() == before


def test_files_that_are_no_databases_of_ours_are_named_and_left_as_they_are(
    tmp_path: Path,
) -> None:
    foreign, newer, torn = (tmp_path / name for name in ("foreign.db", "newer.db", "torn.db"))
    with sqlite.connect(foreign) as connection:
        connection.execute("CREATE TABLE theirs(a)")
    connection.close()
    opened(f"sqlite:///{newer}").close()
    with sqlite.connect(newer) as connection:
        connection.execute("PRAGMA user_version = 99")
    connection.close()
    torn.write_bytes(b"no database at all" * 400)
    for file, problem in ((foreign, ForeignFile), (newer, NewerStore), (torn, DamagedHub)):
        before = file.read_bytes()
        with pytest.raises(problem, match=str(file)):
            opened(f"sqlite:///{file}")
        assert file.read_bytes() == before


def test_a_postgresql_database_with_tables_of_others_is_left_alone(postgresql: Server) -> None:
    with postgresql.database() as url:
        name = url.rpartition("/")[2]
        postgresql.say("CREATE TABLE event(theirs int)", name)
        with pytest.raises(ForeignDatabase, match=name) as refused:
            opened(url)
        assert "another database" in refused.value.en and "file" not in refused.value.en
        assert postgresql.password not in refused.value.ko + refused.value.en


def test_a_locked_file_is_reported_and_written_again_once_it_is_free(
    tmp_path: Path, city: City, kiosk: StoreShelf
) -> None:
    shelf = SqliteShelf(tmp_path / "locked.db", Trust(), lambda: NOON)
    shelf.trust.accept(city.authority.papers, "papers")
    some(kiosk, 2)
    (data,) = pages(kiosk.store)
    shelf.connection.execute("PRAGMA busy_timeout = 1")
    other = sqlite.connect(tmp_path / "locked.db", isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StorageUnavailable) as refused:
        shelf.run(lambda: take_page(shelf, data))
    assert refused.value.cause is Cause.LOCKED
    other.close()
    assert import_page(shelf, data).new == 2
    shelf.close()


def test_a_server_that_goes_away_is_reported_and_used_again_once_it_is_back(
    postgresql: Server, on_postgresql: Database, kiosk: StoreShelf
) -> None:
    hub = on_postgresql.hub()
    some(kiosk, 2)
    (data,) = pages(kiosk.store)
    with pytest.raises(Away), hub.change():
        take_page(hub, data)
        postgresql.stop()
    try:
        for act in (hub.links, hub.census, lambda: hub.run(lambda: take_page(hub, data))):
            with pytest.raises(StorageUnavailable) as refused:
                act()
            assert refused.value.cause is Cause.UNREACHABLE
            assert postgresql.password not in refused.value.en
    finally:
        postgresql.start()
    assert hub.census().events == 0
    assert import_page(hub, data).new == 2


def test_a_connection_cut_from_the_other_side_is_made_anew_and_the_work_done_again(
    postgresql: Server, on_postgresql: Database, kiosk: StoreShelf
) -> None:
    hub = on_postgresql.hub()
    some(kiosk, 2)
    (data,) = pages(kiosk.store)
    tried = []

    def cut() -> None:
        postgresql.say(
            "SELECT pg_terminate_backend(pid) FROM pg_stat_activity"
            " WHERE application_name = 'cheonman-hub'"
        )

    def work() -> int:
        tried.append(1)
        taken = take_page(hub, data).new
        if len(tried) == 1:
            cut()
        return taken

    assert (hub.run(work), len(tried)) == (2, 2)
    cut()
    assert import_page(hub, data).known == 2
    cut()
    assert hub.census().events == 2


def test_of_several_hosts_the_one_that_answers_and_may_be_written_is_used(
    postgresql: Server,
) -> None:
    with postgresql.database() as url:
        there = f"127.0.0.1:{postgresql.port}"
        shelf = opened(url.replace(there, f"127.0.0.1:1,{there}"))
        assert shelf.census().events == 0
        shelf.close()
        name = url.rpartition("/")[2]
        postgresql.say(f"ALTER DATABASE {name} SET default_transaction_read_only = on")
        with pytest.raises(StorageUnavailable) as refused:
            opened(url)
        assert refused.value.cause is Cause.UNREACHABLE


def test_what_was_erased_is_not_left_in_the_file_or_its_log(
    tmp_path: Path, city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    file = tmp_path / "erased.db"
    shelf = SqliteShelf(file, Trust(), lambda: NOON)
    shelf.trust.accept(city.authority.papers, "papers")
    receipt = add_feedback(kiosk.store, praise("사라져야 할 말"))
    take_all(desk, pages(kiosk.store))
    redact(desk.store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")

    def stands() -> bool:
        files = [file, Path(f"{file}-wal")]
        return any("사라져야 할 말".encode() in each.read_bytes() for each in files)

    import_page(shelf, pages(kiosk.store)[0])
    assert stands()
    import_page(shelf, pages(desk.store, {receipt.device: receipt.seq})[0])
    assert not stands()
    shelf.close()


def test_what_was_erased_while_somebody_read_leaves_the_log_with_the_next_change(
    tmp_path: Path, city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    file = tmp_path / "erased.db"
    shelf = SqliteShelf(file, Trust(), lambda: NOON)
    shelf.trust.accept(city.authority.papers, "papers")
    receipt = add_feedback(kiosk.store, praise("사라져야 할 말"))
    take_all(desk, pages(kiosk.store))
    redact(desk.store, receipt.device, receipt.seq, Erased.BODY, "본인 요청")
    import_page(shelf, pages(kiosk.store)[0])
    reader = sqlite.connect(file, isolation_level=None)
    reader.execute("BEGIN")
    reader.execute("SELECT count(*) FROM event").fetchall()
    shelf.connection.execute("PRAGMA busy_timeout = 1")
    import_page(shelf, pages(desk.store, {receipt.device: receipt.seq})[0])
    reader.close()
    with shelf.change():
        pass
    files = [file, Path(f"{file}-wal")]
    assert not any("사라져야 할 말".encode() in each.read_bytes() for each in files)
    shelf.close()

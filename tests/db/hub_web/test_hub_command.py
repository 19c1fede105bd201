"""`cheonman hub` as somebody who sets it up meets it: what is wrong is said once, calmly."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pysqlite3.dbapi2 as sqlite
import pytest

from db.directory import DataDirectory, DirectoryLock
from db.exchange.trust.papers import DeviceRole
from db.keys.device import make_keys
from tests.db.exchange.city import City
from tests.db.hub_web.running import make_hub
from tests.flows import wrong_clock
from tests.flows.program import Answer, cheonman, clear_sentence, in_this_process

TROUBLE, WRONG_USE = 1, 2


@pytest.fixture
def free_port() -> Iterator[int]:
    """A port where nobody listens, and nobody else may meanwhile."""
    with socket.socket() as held:
        held.bind(("127.0.0.1", 0))
        yield held.getsockname()[1]


def hub(data_dir: Path, database: str, *more: str | Path) -> Answer:
    words = ("hub", "--data-dir", data_dir, "--database", database)
    listen = () if "--listen" in more else ("--listen", "127.0.0.1:0")
    answer = in_this_process(*words, *listen, *more)
    assert answer.out == "", "nothing listens"
    return answer


def test_a_device_that_no_city_enrolled_is_told_how(tmp_path: Path, database: str) -> None:
    directory = DataDirectory(tmp_path / "new")
    directory.prepare()
    make_keys(directory)
    answer = hub(directory.path, database)
    clear_sentence(answer, directory.path, "enroll request", status=TROUBLE)


def test_a_hub_whose_certificate_ended_is_told_to_look_at_the_clock(
    hub_dir: Path, database: str
) -> None:
    words = ("hub", "--data-dir", hub_dir, "--database", database, "--listen", "127.0.0.1:0")
    answer = cheonman(*words, **wrong_clock.at("2090-01-01 12:00:00"))
    assert "expired" in clear_sentence(answer, hub_dir, "clock", status=TROUBLE)


def test_a_kiosks_device_is_no_hub(tmp_path: Path, city: City, database: str) -> None:
    make_hub(tmp_path / "hub", city, DeviceRole.KIOSK)
    clear_sentence(hub(tmp_path / "hub", database), "not enrolled as a hub", status=TROUBLE)


def test_a_data_directory_that_is_missing_is_named(tmp_path: Path, database: str) -> None:
    clear_sentence(hub(tmp_path / "none", database), tmp_path / "none", status=TROUBLE)


def test_a_data_directory_without_keys_is_named(tmp_path: Path, database: str) -> None:
    (tmp_path / "empty").mkdir()
    clear_sentence(hub(tmp_path / "empty", database), tmp_path / "empty", status=TROUBLE)


def test_a_second_hub_with_the_same_data_directory_is_refused(hub_dir: Path, database: str) -> None:
    with DirectoryLock(DataDirectory(hub_dir)):
        clear_sentence(hub(hub_dir, database), hub_dir, status=TROUBLE)


def test_a_port_that_is_taken_is_named(hub_dir: Path, database: str, free_port: int) -> None:
    address = f"127.0.0.1:{free_port}"
    answer = hub(hub_dir, database, "--listen", address)
    clear_sentence(answer, "--listen", address, status=WRONG_USE)


@pytest.mark.parametrize(
    "address", ["8080", ":8080", "127.0.0.1:", "127.0.0.1:http", "127.0.0.1:70000", ""]
)
def test_an_address_that_is_none_is_refused(hub_dir: Path, database: str, address: str) -> None:
    clear_sentence(hub(hub_dir, database, "--listen", address), "--listen", status=WRONG_USE)


@pytest.mark.parametrize("address", ["0.0.0.0:0", "[::]:0", "no.such.host.invalid:0"])
def test_nothing_passes_unencrypted_beyond_this_machine(
    hub_dir: Path, database: str, address: str
) -> None:
    clear_sentence(hub(hub_dir, database, "--listen", address), "--tls-cert", status=WRONG_USE)


@pytest.mark.parametrize("workers", ["0", "-1", "65"])
def test_workers_out_of_range_are_refused(hub_dir: Path, database: str, workers: str) -> None:
    answer = hub(hub_dir, database, "--workers", workers)
    assert answer.status == WRONG_USE and "Traceback" not in answer.err
    assert "--workers" in answer.sentences[-1] and workers in answer.sentences[-1]


@pytest.mark.parametrize("url", ["", "hub.db", "sqlite:///", "mysql://h/n"])
def test_a_database_of_no_known_kind_is_refused(hub_dir: Path, url: str) -> None:
    clear_sentence(hub(hub_dir, url), "--database", status=WRONG_USE)


def test_a_password_is_never_printed(hub_dir: Path, free_port: int) -> None:
    url = f"postgresql://hub:s3cret-word@127.0.0.1:{free_port}/hub?connect_timeout=2"
    answer = hub(hub_dir, url)
    clear_sentence(answer, status=TROUBLE)
    assert "s3cret-word" not in answer.err


@pytest.mark.parametrize(
    "url",
    [
        "postgresql://hub:s3cret%zz@127.0.0.1/hub",
        "postgresql://hub:s3cret word@127.0.0.1/hub",
        "postgresql://hub:s3cret/word@127.0.0.1/hub",
        "postgresql://hub:1/s3cret@127.0.0.1/hub",
        "postgresql://hub:word@s3cret@127.0.0.1/hub",
    ],
)
def test_a_password_that_spoils_its_address_is_never_printed(hub_dir: Path, url: str) -> None:
    answer = hub(hub_dir, url)
    clear_sentence(answer, "--database", status=WRONG_USE)
    assert "s3cret" not in answer.err


def test_a_file_of_another_program_is_left_as_it_is(hub_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "other.db"
    with closing(sqlite.connect(file)) as connection, connection:
        connection.execute("CREATE TABLE things(name TEXT)")
    before = file.read_bytes()
    clear_sentence(hub(hub_dir, f"sqlite:///{file}"), file, status=TROUBLE)
    assert file.read_bytes() == before


def test_a_file_that_is_no_database_is_left_as_it_is(hub_dir: Path, tmp_path: Path) -> None:
    file = tmp_path / "letter.txt"
    file.write_text("이것은 편지입니다. " * 500, encoding="utf-8")
    before = file.read_bytes()
    clear_sentence(hub(hub_dir, f"sqlite:///{file}"), file, status=TROUBLE)
    assert file.read_bytes() == before


def test_a_kiosks_store_is_no_database_of_a_hub(hub_dir: Path, tmp_path: Path) -> None:
    made = in_this_process(
        *("feedback", "add", "--data-dir", tmp_path / "kiosk", "--general"),
        *("--kind", "praise", "--text", "나무 그늘이 좋아요"),
    )
    assert made.status == 0, made.err
    (store,) = [f for f in (tmp_path / "kiosk").rglob("*.db") if f.is_file()]
    clear_sentence(hub(hub_dir, f"sqlite:///{store}"), store, status=TROUBLE)
    listed = in_this_process("feedback", "list", "--data-dir", tmp_path / "kiosk")
    assert listed.status == 0 and "나무 그늘이 좋아요" in listed.out


@pytest.mark.parametrize("proxy", ["proxy.example.kr", "10.0.0.5,", "*", "10.0.0.300"])
def test_a_proxy_that_is_no_address_is_refused(hub_dir: Path, database: str, proxy: str) -> None:
    answer = hub(hub_dir, database, "--behind-tls-proxy", proxy)
    clear_sentence(answer, "--behind-tls-proxy", status=WRONG_USE)


def test_a_name_too_long_for_any_machine_is_refused(hub_dir: Path, database: str) -> None:
    listen = ("--listen", f"{'x' * 70}:0", "--behind-tls-proxy")
    clear_sentence(hub(hub_dir, database, *listen), "--listen", status=WRONG_USE)


def test_a_directory_is_no_database(hub_dir: Path, tmp_path: Path) -> None:
    answer = hub(hub_dir, f"sqlite:///{tmp_path}")
    assert "directory stands where" in clear_sentence(answer, tmp_path, status=TROUBLE)

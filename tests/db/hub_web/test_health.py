"""Whether a hub is well is found out by doing what it is for, and said with its true cause."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from db.exchange.carriers.hub_http import HubCalls
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.hub.database.opening import Database
from db.hub.database.sql_shelf import SqlShelf
from db.hub.database.sqlite import LEAST_FREE
from db.hub.pulse import EVERY_SECONDS, Pulse
from db.hub.service import Hub, open_hub
from db.participation.feedback import add_feedback
from db.problems import Cause, StorageUnavailable
from tests.db.exchange.city import pages
from tests.db.hub_web.running import Caller, Clock
from tests.db.in_memory import praise


@contextmanager
def started(hub_dir: Path, database: str, clock: Clock) -> Iterator[Hub]:
    hub = open_hub(hub_dir, Database(database), clock)
    hub.start()
    try:
        yield hub
    finally:
        hub.stop()


def felt(hub: Hub) -> Cause | None:
    """What a pulse finds that nobody felt before."""
    return asyncio.run(Pulse(hub).cause())


@pytest.mark.parametrize(
    "cause", [Cause.FULL, Cause.READ_ONLY, Cause.INPUT_OUTPUT, Cause.CORRUPT, Cause.NO_RIGHTS]
)
def test_a_hub_that_cannot_write_is_not_well_and_says_why(
    at_kiosk: Caller, monkeypatch: pytest.MonkeyPatch, cause: Cause
) -> None:
    add_feedback(at_kiosk.shelf.store, praise("의견"))
    (page,) = pages(at_kiosk.shelf.store)

    def refuse(*_what: object) -> None:
        raise StorageUnavailable(cause, "/secret/place")

    with monkeypatch.context() as patched:
        patched.setattr(SqlShelf, "settle", refuse)
        health = at_kiosk.http.get(f"{at_kiosk.address}/health")
        told = {"well": False, "database": False, "cause": cause, "enrolled": True}
        assert (health.status_code, health.json()) == (503, told | {"expired": False})
        refused = at_kiosk.post("/v1/pages", page)
        assert (refused.status_code, refused.json()["reason"]) == (503, cause)
        assert "does not answer" not in refused.text and "secret" not in refused.text

        async def visit() -> None:
            async with HubCalls(at_kiosk.address) as calls:
                headers = at_kiosk.headers("POST", "/v1/pages", page)
                await calls.send("POST", "/v1/pages", headers, page, 10_000)

        # A kiosk is told that somebody has to act, and not that the hub is busy.
        with pytest.raises(HubTrouble, match=cause) as trouble:
            asyncio.run(visit())
        assert trouble.value.trouble is Trouble.FAILING and not trouble.value.hopeless
        assert trouble.value.after_s
    assert at_kiosk.post("/v1/pages", page).status_code == 200


def test_a_look_writes_and_leaves_nothing_behind(
    hub_dir: Path, fresh_of_each_kind: Callable[[], str], clock: Clock
) -> None:
    database = fresh_of_each_kind()
    with started(hub_dir, database, clock) as hub:
        assert felt(hub) is None
        shelf = Database(database).open(hub.trust)
        assert isinstance(shelf, SqlShelf)
        assert shelf._rows("SELECT key FROM meta WHERE key NOT IN ('papers', 'shape')") == []
        shelf.close()


def test_however_many_look_the_database_is_asked_once_in_a_while(
    hub_dir: Path, database: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []
    with started(hub_dir, database, clock) as hub:
        write = hub.write_nothing

        async def counted() -> None:
            asked.append(1)
            await write()

        monkeypatch.setattr(hub, "write_nothing", counted)

        async def crowd() -> None:
            pulse = Pulse(hub)
            await asyncio.gather(*(pulse.cause() for _ in range(50)))
            assert len(asked) == 1
            pulse._felt_at -= EVERY_SECONDS
            await pulse.cause()
            assert len(asked) == 2

        asyncio.run(crowd())


class TestOneFile:
    @pytest.fixture
    def fresh(self, tmp_path: Path) -> Callable[[], str]:
        (tmp_path / "disk").mkdir()
        return lambda: f"sqlite:///{tmp_path / 'disk' / 'hub.db'}"

    def test_little_room_and_a_disk_that_is_gone_are_named(
        self, hub_dir: Path, database: str, clock: Clock, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with started(hub_dir, database, clock) as hub:
            assert felt(hub) is None
            with monkeypatch.context() as patched:
                usage = shutil._ntuple_diskusage(LEAST_FREE, LEAST_FREE, LEAST_FREE - 1)
                patched.setattr(shutil, "disk_usage", lambda _path: usage)
                assert felt(hub) is Cause.FULL
            assert felt(hub) is None
            file = Path(database.removeprefix("sqlite:///"))
            # The hub goes on in a file that no name leads to any more.
            for each in file.parent.glob("hub.db*"):
                each.unlink()
            assert felt(hub) is Cause.MISSING
            file.parent.rmdir()
            assert felt(hub) is Cause.MISSING

"""PostgreSQL is killed under a hub that takes pages: nothing is lost, and the hub goes on."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from threading import Event
from time import monotonic

import pytest

from db.exchange.trust.papers import DeviceRole
from tests.db.exchange.city import City
from tests.db.hub_attack.conftest import a_hub
from tests.db.hub_web.running import make_hub
from tests.db.hub_web.test_killed_hub import KIOSKS, PAGES, Sender, held
from tests.left_out import leave_out
from tests.postgresql import BINARIES, Server, running_server

KILL_AT = (60, 250, 480)
"""Pages acknowledged before each kill."""
SENT_WITHIN = 120.0


@pytest.fixture
def durable() -> Iterator[Server]:
    if not (BINARIES / "postgres").exists():
        leave_out(f"PostgreSQL 15 is not installed in {BINARIES} (apt install postgresql-15)")
    with running_server(durable=True) as server:
        yield server


def test_a_server_killed_while_pages_come_in_loses_none_and_the_hub_goes_on_by_itself(
    durable: Server, city: City, tmp_path: Path
) -> None:
    senders = [Sender(city.enrol(DeviceRole.KIOSK, f"도서관 {number}")) for number in range(KIOSKS)]
    hub_dir, until = tmp_path / "hub", monotonic() + SENT_WITHIN
    make_hub(hub_dir, city)
    with (
        durable.database() as url,
        a_hub(hub_dir, url, tmp_path / "log") as hub,
        ThreadPoolExecutor(KIOSKS) as pool,
    ):
        # A page that was acknowledged and is gone would leave a gap, which no sender forgives.
        sending = [pool.submit(sender.send, hub.address) for sender in senders]
        for pages in KILL_AT:
            while sum(sender.acknowledged for sender in senders) < pages:
                assert monotonic() < until and not any(each.done() for each in sending)
                Event().wait(0.002)
            durable.kill()
            durable.start()
        wait(sending)
        for each in sending:
            each.result()
        assert held(hub_dir, url) == dict.fromkeys((each.device for each in senders), PAGES)
        assert '"bug"' not in hub.log.read_text(encoding="utf-8")

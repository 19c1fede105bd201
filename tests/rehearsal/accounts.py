"""What became of every acknowledged event, read back from each hub and from each machine."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from ssl import SSLContext

from db.store.page import read_page
from tests.rehearsal.kiosks import Caller, Kiosk


def read_back(kiosk: Kiosk, address: str, trusts: SSLContext) -> Counter[tuple[int, bytes]]:
    """How often each event (number, link) of a kiosk comes back from a hub."""
    found: Counter[tuple[int, bytes]] = Counter()
    caller = Caller(kiosk.keys, address, trusts)
    try:
        for data in _pages(caller, kiosk.keys.device):
            found.update((event.seq, event.chain) for event in read_page(data).events)
    finally:
        caller.close()
    return found


def _pages(caller: Caller, device: str) -> Iterator[bytes]:
    after = 0
    while True:
        answer = caller.call("GET", f"/v1/pages?device={device}&after={after}")
        if answer.status_code == 204:
            return
        answer.raise_for_status()
        yield answer.content
        after = read_page(answer.content).last


def lost(kiosk: Kiosk, found: Counter[tuple[int, bytes]]) -> int:
    """Acknowledged events that do not come back as they were sent."""
    return sum((seq, link) not in found for seq, link in kiosk.acknowledged.items())


def duplicates(found: Counter[tuple[int, bytes]]) -> int:
    """Events too many: the same number twice, whatever its link."""
    return found.total() - len({seq for seq, _ in found})

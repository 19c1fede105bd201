"""Few bytes that become many: only for a device that is known, and only so many together."""

from __future__ import annotations

import pytest
import zstandard

from db.exchange.carriers import bundle, bundle_reading, hub_client
from db.exchange.carriers.bundle import in_parts, pack
from db.exchange.carriers.bundle_reading import Reading, take_archive
from db.exchange.carriers.tarball import Packer
from db.exchange.hub_trouble import HubTrouble, Trouble
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.keys.device import device_bytes
from db.participation.feedback import add_feedback
from db.refusals import Reason, Refused
from db.store.page import LARGEST_PLAIN, MAGIC, MOST_EVENTS, read_page, unpacked_size, whose_page
from tests.db.exchange.between import Between, on
from tests.db.exchange.machines import Machines
from tests.db.exchange.visiting import changing, sync
from tests.db.in_memory import keys, praise

STRANGER = keys(99).device


def bomb(device: str, size: int = LARGEST_PLAIN, head: bytes = b"\xdc\0\x11\x01\xc4\x10") -> bytes:
    """A page of a few hundred bytes that becomes as large as a page may, and is none."""
    plain = head + device_bytes(device)
    return MAGIC + zstandard.ZstdCompressor().compress(plain + bytes(size - len(plain)))


def test_a_page_says_whose_it_is_and_how_large_before_it_is_unpacked(kiosk: StoreShelf) -> None:
    for number in range(3):
        add_feedback(kiosk.store, praise(f"의견 {number}"))
    (page,) = export_pages(kiosk.store)
    assert whose_page(page.data) == kiosk.store.device == read_page(page.data).device
    assert unpacked_size(page.data) == len(zstandard.decompress(page.data[len(MAGIC) :]))
    for head in (
        b"\xdd\0\0\0\x11\x01\xc4\x10",
        b"\xdc\0\x11\xcc\x01\xc5\0\x10",
        b"\xdc\0\x11\xd0\x01\xc6\0\0\0\x10",
    ):
        assert whose_page(bomb(STRANGER, head=head)) == STRANGER


@pytest.mark.parametrize(
    "data",
    [
        b"",
        MAGIC,
        b"nothing",
        MAGIC + b"\x28\xb5\x2f\xfd",
        MAGIC + zstandard.compress(b""),
        MAGIC + zstandard.compress(b"\xdc\0\x11\x01\xc4\x10short"),
        MAGIC + zstandard.compress(b"\xdc\0\x11\x01\xd9\x10" + b"a" * 32),
        MAGIC + zstandard.compress(b"\xdc\0\x11\x02\xc4\x10" + b"a" * 32),
        MAGIC + zstandard.ZstdCompressor(write_content_size=False).compress(bytes(64)),
        MAGIC + zstandard.compress(bytes(LARGEST_PLAIN + 1)),
    ],
)
def test_what_names_no_device_is_refused_like_every_damaged_page(data: bytes) -> None:
    with pytest.raises(Refused) as refused:
        whose_page(data)
    assert refused.value.reason in (Reason.UNREADABLE, Reason.TOO_LARGE)
    with pytest.raises(Refused):
        read_page(data)


def test_a_page_of_nobody_known_is_not_unpacked(desk: StoreShelf, kiosk: StoreShelf) -> None:
    assert len(bomb(STRANGER)) < 700
    # What is inside is no page at all, and nobody has looked.
    assert import_page(desk, bomb(STRANGER)).reason is Reason.UNKNOWN_DEVICE
    assert import_page(desk, bomb(kiosk.store.device)).reason is Reason.UNREADABLE


def test_a_file_is_unpacked_only_so_far_and_what_came_before_is_taken(
    desk: StoreShelf, kiosk: StoreShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bundle_reading, "LARGEST_UNPACKED", 5 * LARGEST_PLAIN - 1)
    add_feedback(kiosk.store, praise("의견"))
    packer = Packer(0)
    (page,) = export_pages(kiosk.store)
    packer.add("pages/0", page.data)
    large = bomb(kiosk.store.device)
    for number in range(1, 200):
        packer.add(f"pages/{number}", large)
    found = Reading()
    take_archive(desk, packer.finish(), "stick", found)
    assert found.new == 1 and found.rejected == 199
    reasons = [each.reason for each in found.refusals]
    assert reasons == [Reason.UNREADABLE] * 4 + [Reason.TOO_LARGE]
    assert "195 pages" in found.refusals[-1].en and "pages/5" in found.refusals[-1].place


def test_a_writer_begins_the_next_file_before_a_reader_would_stop(
    desk: StoreShelf, kiosk: StoreShelf, monkeypatch: pytest.MonkeyPatch
) -> None:
    for _ in range(40):
        add_feedback(kiosk.store, praise("ㅋ" * 300))
    (page,) = export_pages(kiosk.store)
    assert page.last < MOST_EVENTS
    largest = unpacked_size(page.data)
    for module in (bundle, bundle_reading):
        monkeypatch.setattr(module, "LARGEST_UNPACKED", 2 * largest)
    parts = list(in_parts([page] * 5, bundle.LARGEST))
    assert [len(part) for part in parts] == [2, 2, 1]
    for part in parts:
        found = Reading()
        take_archive(desk, pack(kiosk, part, 40, {}), "stick", found)
        assert found.refusals == [] and found.new + found.known == 40 * len(part)


def test_a_hub_that_gives_only_pages_that_are_none_is_left(
    machines: Machines, line: Between, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub_client, "MOST_IN_VAIN", 2 * LARGEST_PLAIN)
    for name in ("one", "two", "three"):
        machines.enrol(name, "kiosk")
        machines.say(name, "하나")
        sync(machines, name, line.url)
    machines.enrol("desk", "desk")
    line.follow(on("GET /v1/pages", changing(lambda body: bomb(whose_page(body)))))
    with pytest.raises(HubTrouble) as caught:
        sync(machines, "desk", line.url)
    assert caught.value.trouble is Trouble.STRANGE
    line.follow(lambda call: None)
    assert sync(machines, "desk", line.url).reading.new == 3

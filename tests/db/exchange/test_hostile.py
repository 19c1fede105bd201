"""Whatever arrives, nothing changes that was not signed: bytes altered in every way we know."""

from __future__ import annotations

import random
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import msgspec
import pytest
import zstandard

from db.exchange.carriers.bundle import pack
from db.exchange.carriers.bundle_reading import Reading, read_bundle, take_archive
from db.exchange.carriers.tarball import Packer, unpack
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.store_hash import store_hash
from db.keys.age_files import Identity, seal
from db.participation.feedback import add_feedback
from db.records import Erased
from db.refusals import Reason, Refused
from db.store.journal import redact
from db.store.page import MAGIC
from tests.db.exchange.city import City, pages
from tests.db.in_memory import PHONE, praise

PAGES, ARCHIVES, SEALED = 3_000, 600, 150
TIMES = pytest.mark.parametrize("times", [1, pytest.param(10, marks=pytest.mark.soak)])

Mutation = Callable[[random.Random, bytearray], None]


def _flip(chance: random.Random, data: bytearray) -> None:
    for _ in range(chance.choice((1, 1, 2, 8))):
        data[chance.randrange(len(data))] ^= 1 << chance.randrange(8)


def _cut(chance: random.Random, data: bytearray) -> None:
    del data[chance.randrange(len(data)) :]


def _repeat(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    data[at:at] = data[at : at + chance.randrange(1, 64)]


def _remove(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    del data[at : at + chance.randrange(1, 64)]


def _overwrite(chance: random.Random, data: bytearray) -> None:
    at = chance.randrange(len(data))
    data[at : at + 8] = chance.choice(
        (b"\xff" * 8, bytes(8), b"\xdd\xff\xff\xff\xff", b"\x91" * 8, b"\xc6\x7f\xff\xff\xff")
    )


MUTATIONS: tuple[Mutation, ...] = (_flip, _cut, _repeat, _remove, _overwrite)


def _mutants(seed: int, count: int, data: bytes) -> list[bytes]:
    chance = random.Random(seed)
    made = []
    for _ in range(count):
        mutant = bytearray(data)
        chance.choice(MUTATIONS)(chance, mutant)
        if mutant != data:
            made.append(bytes(mutant))
    return made


@pytest.fixture
def full_kiosk(kiosk: StoreShelf) -> StoreShelf:
    for number in range(8):
        add_feedback(kiosk.store, praise(f"의견 {number}", contact=PHONE if number % 3 else None))
    redact(kiosk.store, kiosk.store.device, 2, Erased.BOTH, "요청")
    return kiosk


@TIMES
def test_thousands_of_altered_pages_change_nothing(
    full_kiosk: StoreShelf, desk: StoreShelf, city: City, times: int
) -> None:
    (page,) = pages(full_kiosk.store)
    plain = zstandard.decompress(page[len(MAGIC) :])
    seed = random.getrandbits(32)
    # Altered as it travels, and altered inside by somebody who packs it again.
    altered = _mutants(seed, times * PAGES // 3, page)
    altered += [
        MAGIC + zstandard.compress(mutant)
        for mutant in _mutants(seed + 1, times * PAGES * 2 // 3, plain)
    ]
    truth = store_hash(full_kiosk.store)
    tracemalloc.start()
    for data in altered:
        before = desk.store.connection.total_changes
        outcome = import_page(desk, data)
        if outcome.new:
            # Written otherwise, but the same events to the bit: then it is the page itself.
            assert store_hash(desk.store) == truth, f"seed {seed}"
            for table in ("event", "feedback", "redaction", "planting"):
                desk.store.connection.execute(f"DELETE FROM {table}")
            continue
        assert outcome.reason is not None, f"seed {seed}"
        assert desk.store.connection.total_changes == before, f"seed {seed}"
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 64 * 1024 * 1024
    assert desk.store.row("SELECT count(*) FROM event") == (0,)


def test_altered_pages_do_not_shake_a_store_that_holds_the_truth(
    full_kiosk: StoreShelf, desk: StoreShelf
) -> None:
    (page,) = pages(full_kiosk.store)
    import_page(desk, page)
    truth = store_hash(desk.store)
    plain = zstandard.decompress(page[len(MAGIC) :])
    for mutant in _mutants(random.getrandbits(32), 1_000, plain):
        import_page(desk, MAGIC + zstandard.compress(mutant))
    assert store_hash(desk.store) == truth
    assert desk.store.row("SELECT count(*) FROM set_aside") == (0,)


@TIMES
def test_altered_archives_bring_nothing_but_whole_pages(
    full_kiosk: StoreShelf, desk: StoreShelf, times: int
) -> None:
    archive = pack(full_kiosk, list(export_pages(full_kiosk.store)), 0, {})
    truth = store_hash(full_kiosk.store)
    empty = store_hash(desk.store)
    seed = random.getrandbits(32)
    for mutant in _mutants(seed, times * ARCHIVES, archive):
        reading = Reading()
        try:
            take_archive(desk, mutant, "막대기", reading)
        except Refused as refused:
            assert "막대기" in refused.ko
        assert store_hash(desk.store) in (truth, empty), f"seed {seed}"
        for table in ("event", "feedback", "redaction", "acknowledgement"):
            desk.store.connection.execute(f"DELETE FROM {table}")


@TIMES
def test_a_sealed_file_altered_anywhere_is_refused_whole(
    full_kiosk: StoreShelf, desk: StoreShelf, tmp_path: Path, times: int
) -> None:
    key = Identity.generate()
    archive = pack(full_kiosk, list(export_pages(full_kiosk.store)), 0, {})
    sealed = seal(archive, [key.recipient])
    empty = store_hash(desk.store)
    file = tmp_path / "altered.age"
    for mutant in _mutants(random.getrandbits(32), times * SEALED, sealed):
        file.write_bytes(mutant)
        with pytest.raises(Refused) as refused:
            read_bundle(desk, file, keys=[key])
        assert str(file) in refused.value.en
    assert store_hash(desk.store) == empty


def test_a_bundle_for_somebody_else_stays_shut(
    full_kiosk: StoreShelf, desk: StoreShelf, tmp_path: Path
) -> None:
    mine, theirs = Identity.generate(), Identity.generate()
    file = tmp_path / "theirs.age"
    file.write_bytes(seal(b"", [theirs.recipient]))
    with pytest.raises(Refused) as refused:
        read_bundle(desk, file, keys=[mine])
    assert refused.value.reason is Reason.NOT_FOR_US


@pytest.mark.parametrize(
    "name", ["/etc/passwd", "../../keys/device.seed", "papers.json/..", "pages/../papers.json"]
)
def test_names_in_an_archive_lead_nowhere(desk: StoreShelf, name: str, tmp_path: Path) -> None:
    """Nothing is ever written under a name that came from outside."""
    tar = Packer(0)
    tar.add(name, b"x")
    with suppress(Refused):  # an archive with nothing known in it
        take_archive(desk, tar.finish(), "막대기", Reading())
    assert list(tmp_path.rglob("passwd")) == []


def test_an_archive_with_links_or_lying_sizes_is_refused() -> None:
    tar = Packer(0)
    tar.add("manifest.json", b"{}")
    good = tar.finish()
    assert [name for name, _content in unpack(good, "x")] == ["manifest.json"]
    linked, lying = bytearray(good), bytearray(good)
    linked[156:157] = b"2"
    lying[124:136] = b"77777777777\0"
    for bad in (linked, lying):
        bad[148:156] = b" " * 8
        bad[148:156] = f"{sum(bad[:512]):06o}\0 ".encode()
        with pytest.raises(Refused):
            list(unpack(bytes(bad), "x"))


def test_papers_without_end_and_words_without_measure_are_refused(desk: StoreShelf) -> None:
    deep = b"[" * 200_000
    many = msgspec.json.encode([{"text": "", "signature": "0" * 128}] * 6_000)
    for name, content in (
        ("papers.json", deep),
        ("acknowledgements.json", deep),
        ("acknowledgements.json", many),
        ("papers.json", b"{}"),
    ):
        tar = Packer(0)
        tar.add(name, content)
        with pytest.raises(Refused):
            take_archive(desk, tar.finish(), "막대기", Reading())


def test_a_bundle_never_decides_whom_a_device_trusts(city: City, kiosk: StoreShelf) -> None:
    stranger = city.stranger()
    with pytest.raises(Refused) as refused:
        take_archive(stranger, pack(kiosk, [], 0, {}), "막대기", Reading())
    assert refused.value.reason is Reason.NOT_ENROLLED
    assert stranger.trust.city is None

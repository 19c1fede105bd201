"""What was erased is nowhere at a hub either: not in pages kept apart, not in its log."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path

import pytest

from db.exchange.pages.importing import import_page
from db.exchange.pages.store_shelf import StoreShelf
from db.hub.database.shelf import HubShelf
from db.participation.feedback import add_feedback
from db.records import Erased
from db.store.journal import redact
from db.store.page import read_page
from tests.db.exchange.city import City, pages
from tests.db.hub.carrying import bring
from tests.db.hub.conftest import Database
from tests.db.in_memory import PHONE, memory_store, praise

WORDS, KEPT = "지워야 하는 아주 드문 낱말", "남는 말"


@pytest.mark.parametrize("order", ["page first", "redaction first"])
def test_a_page_kept_apart_loses_what_was_erased(
    hub: HubShelf, kiosk: StoreShelf, desk: StoreShelf, order: str
) -> None:
    add_feedback(kiosk.store, praise("하나"))
    bring(hub, kiosk)
    fork, erasure = forked(kiosk), with_a_redaction(desk, kiosk.store.device)
    for data in (fork, erasure) if order == "page first" else (erasure, fork):
        import_page(hub, data)
    ((held, digest),) = hub._rows("SELECT page, digest FROM apart")  # type: ignore[attr-defined]
    one, two = read_page(bytes(held)).contents
    assert (one.body, one.sealed) == (None, None)
    assert two.body is not None and two.sealed is not None
    # The same page once, however often it comes.
    import_page(hub, fork)
    assert hub._rows("SELECT digest FROM apart") == [(digest,)]  # type: ignore[attr-defined]


def forked(kiosk: StoreShelf) -> bytes:
    """What a clone of the kiosk wrote under the same numbers."""
    with memory_store(1) as clone:
        assert clone.device == kiosk.store.device
        for number in range(2):
            add_feedback(clone, praise(f"{WORDS} {number}", contact=PHONE))
        (data,) = pages(clone)
    return data


def with_a_redaction(desk: StoreShelf, device: str) -> bytes:
    redact(desk.store, device, 1, Erased.BOTH, "본인 요청")
    (data,) = pages(desk.store)
    return data


def test_no_byte_of_it_is_in_the_files_of_a_hub_that_goes_on(
    tmp_path: Path, city: City, kiosk: StoreShelf, desk: StoreShelf
) -> None:
    with ExitStack() as stack:
        hub = Database(f"sqlite:///{tmp_path / 'hub.db'}", city, stack).hub()
        add_feedback(kiosk.store, praise(WORDS, contact=PHONE))
        add_feedback(kiosk.store, praise(KEPT))
        bring(hub, kiosk)
        assert holding(tmp_path, WORDS)
        import_page(hub, with_a_redaction(desk, kiosk.store.device))
        assert not holding(tmp_path, WORDS)
        assert holding(tmp_path, KEPT)


def holding(folder: Path, words: str) -> list[Path]:
    return [each for each in folder.glob("hub.db*") if words.encode() in each.read_bytes()]

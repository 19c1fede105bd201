"""Every counter of exchange opens exactly what it counts."""

from __future__ import annotations

from db.exchange.pages.exporting import export_pages
from db.exchange.pages.store_shelf import StoreShelf
from db.participation.feedback import add_feedback
from db.participation.reviews import set_review
from db.records import ReviewState
from db.refusals import Reason, Refused
from db.store.journal import rebuild
from db.store.page import read_page
from db.store.store import Store
from desktop.exchange.words import row_place
from desktop.kiosk.operator.intents import OpenCounter, ShowRows
from desktop.kiosk.operator.state import At
from tests.db.in_memory import praise
from tests.desktop.kiosk.exchange_counter import Counter


def test_every_counter_opens_exactly_its_rows_a_page_at_a_time(counter: Counter) -> None:
    counter.enrol()
    counter.ask(lambda store: [add_feedback(store, praise()).id for _ in range(31)])
    counter.open(At.SYNC)
    for name in ("pending", "sent-not-confirmed", "conflicts", "forks", "kept-apart"):
        counter.do(OpenCounter(name))
        rows = counter.state.rows
        assert rows.total == getattr(counter.state.status, name.replace("-", "_"))
    counter.do(ShowRows("pending", 0))
    assert (counter.state.rows.total, len(counter.state.rows.rows)) == (31, 30)
    counter.do(ShowRows("pending", 30))
    (last,) = counter.state.rows.rows
    assert (last.what, row_place(last)) == ("feedback.submitted", "금암도서관 · 31번")


def in_trouble(store: Store) -> str:
    """Two reviews that did not see each other, and a page kept apart; the feedback's id."""
    receipt = add_feedback(store, praise())
    set_review(store, receipt.id, ReviewState.ADOPTED)
    with store.change() as connection:
        connection.execute("DELETE FROM review")
    set_review(store, receipt.id, ReviewState.ASSIGNED, department="녹지정원과")
    rebuild(store)
    (page,) = export_pages(store)
    with store.change():
        refused = Refused(Reason.FORK, "/media/usb/꾸러미.age: pages/1-3")
        StoreShelf(store).put_in_quarantine(read_page(page.data), page.data, refused)
    return receipt.id


def test_alarms_and_conflicts_open_to_rows_that_name_device_numbers_and_file(
    counter: Counter,
) -> None:
    counter.enrol()
    id = counter.ask(in_trouble)
    counter.open(At.SYNC)
    fork = "금암도서관 · 1~3번", "꾸러미.age"
    for name, what, where in (
        ("forks", "fork", fork),
        ("kept-apart", "fork", fork),
        ("conflicts", "conflict", (id, "")),
    ):
        counter.do(OpenCounter(name))
        assert getattr(counter.state.status, name.replace("-", "_")) == 1
        (row,) = counter.state.rows.rows
        assert (row.what, (row_place(row), row.file)) == (what, where)

"""Papers that arrive, and what they ask of this store: another contact key, withdrawn events, or
another name for this very device.
"""

from __future__ import annotations

from db.exchange.enrolment.first_papers import require_own
from db.exchange.pages.exporting import export_pages
from db.exchange.pages.store_shelf import StoreShelf, vouch
from db.exchange.pages.version_vector import vector
from db.exchange.status.outbox import confirmed
from db.exchange.trust.papers import DeviceRole, Papers, Revocation
from db.exchange.trust.sealing import keep_granted, open_grant
from db.exchange.trust.trust import save_trust
from db.keys.contact_key import ContactKey
from db.refusals import Reason, Refused
from db.store.events import Contents, Event
from db.store.journal import events
from db.store.migrations import PROJECTIONS
from db.store.page import read_page
from db.store.recovery import write_again


def accept_enrolment(shelf: StoreShelf, papers: Papers, place: str) -> bool:
    """Takes the file that a person hands to this very device. Its grant, which no carrier's papers
    are believed to bring, adds to what this desk or hub can open. A kiosk opens nothing of the
    city's: where the file went on to a desk that was certified after it, the kiosk takes the
    papers alone. Raises as `accept_papers`.
    """
    if papers.grant is None or _is_for_kiosk(shelf, papers, place):
        return accept_papers(shelf, papers, place)
    granted = open_grant(shelf.store.directory, papers, place)
    changed = accept_papers(shelf, papers, place)
    keep_granted(shelf.store.directory, granted, place)
    return changed


def _is_for_kiosk(shelf: StoreShelf, papers: Papers, place: str) -> bool:
    store = shelf.store
    own = require_own(papers, store.keys.public, place, store.clock).certificates[store.device]
    return own.role is DeviceRole.KIOSK


def accept_papers(shelf: StoreShelf, papers: Papers, place: str) -> bool:
    """Takes newer papers over, on disk too, and does what they ask. True when anything changed.

    Whoever carried them: a grant in them is passed over. Raises Refused, StorageUnavailable.
    """
    changed = shelf.trust.accept(papers, place)
    assert shelf.trust.list is not None
    if changed:
        save_trust(shelf.store.directory, shelf.trust)
        key = bytes.fromhex(shelf.trust.list.contact_key)
        shelf.store.contact = ContactKey(key, demonstration=False)
    # Also without a change: a pulled plug may have come between the papers and what they ask.
    for revocation in shelf.trust.list.revoked:
        _withdraw(shelf, revocation)
    return changed


def _withdraw(shelf: StoreShelf, revocation: Revocation) -> None:
    """Takes back events that a revocation cut off after they had been taken.

    They go from the journal and its projections to quarantine, so that every store that
    knows the revocation holds the same journal, whatever it met first. What this very device had
    written under the revoked name it writes again under a new one: a resident's words outlive a
    cloned kiosk.
    """
    store, device = shelf.store, revocation.device
    known = vector(store)
    after, last = _end(shelf, revocation), known.get(device, 0)
    if after is None or (last <= after and device != store.device):
        return
    lost: list[tuple[Event, Contents]] = []
    if store.is_own(device):
        lost = list(events(store.connection, device, after))
    pages = list(export_pages(store, {**known, device: after}))
    refused = Refused(Reason.REVOKED, f"{device}/{after + 1}-{last}", f"after {after}")
    with store.change() as connection:
        for page in pages:
            # Without a limit: these are taken from the journal and stand nowhere else.
            shelf.put_in_quarantine(read_page(page.data, page.name), page.data, refused)
        for table in (*PROJECTIONS, "event"):
            connection.execute(f"DELETE FROM {table} WHERE device = ? AND seq > ?", (device, after))
        link = shelf.link(device, after)
        if link is not None and revocation.link == link.hex():
            vouch(connection, device, after, link)
        if device == store.device:
            shelf.take_new_name(
                "도시가 이 기기의 등록을 취소했습니다", "the city revoked its old name"
            )
        for event, contents in lost:
            write_again(store, event, contents)


def _end(shelf: StoreShelf, revocation: Revocation) -> int | None:
    """The last number of a revoked device that stays here; None where nothing is to be done."""
    if revocation.after is None:
        # Others take nothing more of it: what they have not confirmed must find another way.
        if revocation.device != shelf.store.device:
            return None
        return confirmed(shelf).get(revocation.device, 0)
    link = shelf.link(revocation.device, revocation.after)
    beyond = shelf.tail(revocation.device) < revocation.after
    # Another link under the same number: this store holds the wrong branch of a fork, from
    # somewhere before. The right one comes again from the first event.
    return revocation.after if beyond or link is None or link.hex() == revocation.link else 0

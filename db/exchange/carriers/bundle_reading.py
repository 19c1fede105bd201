"""Reading bundles: papers first, then pages, then acknowledgements, each checked by itself.

A file that was altered or cut off anywhere is refused whole by its seal. What is inside a whole
file may still come from anybody, so every page and paper stands for itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from db.exchange.carriers.bundle import LARGEST_FILE, LARGEST_UNPACKED, PAPERS, WORDS, Progress
from db.exchange.carriers.tarball import unpack
from db.exchange.enrolment.accepting import accept_papers
from db.exchange.pages.importing import Outcome, take_page
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import take_acknowledgement
from db.exchange.status.log import LAST_EXCHANGE, note
from db.exchange.trust.papers import MOST_DEVICES, DeviceRole, Papers, Signed, parsed
from db.exchange.trust.sealing import identities, unseal_file
from db.keys.age_files import Identity
from db.problems import Problem
from db.refusals import Reason, Refused
from db.store.page import unpacked_size
from db.store.store import Store

PAGES_AT_ONCE = 8
"""Pages in one transaction: the disk is asked once for four thousand events, and whoever saves
meanwhile waits no longer than for these."""
MOST_REFUSALS = 100
_PAGES = "pages/"
CACHE_KIB = 64 * 1024


class Refusal(msgspec.Struct, frozen=True):
    place: str
    reason: Reason
    ko: str
    en: str


class Reading(msgspec.Struct, kw_only=True):
    """What came of one file or several; counts are events, `gaps` say behind which number of a
    device this store needs the earlier events first. `refusals` holds the first hundred,
    `unnamed` counts the others.
    """

    files: int = 0
    new: int = 0
    known: int = 0
    rejected: int = 0
    filled: int = 0
    acknowledgements: int = 0
    forks: int = 0
    gaps: dict[str, int] = {}
    refusals: list[Refusal] = []
    unnamed: int = 0

    def add(self, outcome: Outcome) -> None:
        self.new += outcome.new
        self.known += outcome.known
        self.rejected += outcome.rejected
        self.filled += outcome.filled
        self.forks += outcome.fork
        if outcome.gap is not None and outcome.device is not None:
            self.gaps[outcome.device] = outcome.gap
        elif outcome.device is not None and outcome.reason is None:
            self.gaps.pop(outcome.device, None)
        if outcome.reason is not None and outcome.reason is not Reason.GAP:
            self.refuse(Refusal(outcome.place, outcome.reason, outcome.ko, outcome.en))

    def refuse(self, refusal: Refusal) -> None:
        if len(self.refusals) < MOST_REFUSALS:
            self.refusals.append(refusal)
        else:
            self.unnamed += 1


def read_bundle(
    shelf: StoreShelf,
    file: Path,
    *,
    carrier: str = "bundle",
    keys: Sequence[Identity] | None = None,
    into: Reading | None = None,
    progress: Progress | None = None,
) -> Reading:
    """Takes over what a bundle brings. Reading it again, or half of it before, changes nothing.

    `keys` are age identities, this device's own without them. Raises Refused when the file as a
    whole cannot be taken, StorageUnavailable when this disk refuses; what was read until then
    stays.
    """
    reading = into or Reading()
    before, refused = (reading.new, reading.known, reading.rejected), len(reading.refusals)
    try:
        if keys is None:
            keys = identities(shelf.store.directory)
        opened = unseal_file(file, keys, LARGEST_FILE)
        take_archive(shelf, opened, str(file), reading, progress)
    except Problem as problem:
        if not _is_usual(problem, carrier):
            note(shelf.store, carrier, "read", str(file), problem=problem)
        raise
    reading.files += 1
    new, known, rejected = (
        now - then
        for now, then in zip((reading.new, reading.known, reading.rejected), before, strict=True)
    )
    refusal = reading.refusals[refused] if len(reading.refusals) > refused else None
    note(
        shelf.store,
        carrier,
        "read",
        str(file),
        new=new,
        known=known,
        rejected=rejected,
        cause=refusal.reason.value if refusal else None,
        ko=refusal.ko if refusal else None,
        en=refusal.en if refusal else None,
    )
    return reading


def _is_usual(problem: Problem, carrier: str) -> bool:
    """True for what is no exchange to be remembered: a file that is not there, and on a share one
    that was sealed to others, as every kiosk's is to every other kiosk.
    """
    if not isinstance(problem, Refused):
        return False
    sealed = carrier == "folder" and problem.reason is Reason.NOT_FOR_US
    return sealed or problem.reason is Reason.MISSING


def take_archive(
    shelf: StoreShelf, data: bytes, place: str, reading: Reading, progress: Progress | None = None
) -> None:
    """Everything in the plain archive of a bundle. Raises Refused, StorageUnavailable."""
    # Read to its end before anything is taken: a malformed archive is refused whole.
    members = list(unpack(data, place))
    named = dict(members)
    if shelf.trust.city is None:
        # Whom to trust is decided at enrolment, never by a file that happens to come along.
        raise Refused(Reason.NOT_ENROLLED, place)
    if PAPERS in named:
        accept_papers(shelf, parsed(named[PAPERS], Papers, f"{place}: {PAPERS}"), place)
    if not (named.keys() & {PAPERS, WORDS} or any(name.startswith(_PAGES) for name in named)):
        raise Refused(Reason.UNREADABLE, place, "nothing in it is known here")
    words = _words(named.get(WORDS, b"[]"), f"{place}: {WORDS}")
    pages, beyond = _within_room(
        [(name, content) for name, content in members if name.startswith(_PAGES)]
    )
    roles: set[DeviceRole | None] = set()
    with roomy(shelf.store):
        for at in range(0, len(pages), PAGES_AT_ONCE):
            with shelf.change():
                for name, content in pages[at : at + PAGES_AT_ONCE]:
                    outcome = take_page(shelf, content, place, name)
                    reading.add(outcome)
                    if outcome.new and outcome.device:
                        roles.add(shelf.trust.certificates[outcome.device].role)
            if progress:
                progress(min(len(pages), at + PAGES_AT_ONCE), len(pages))
    if beyond:
        why = f"{len(beyond)} pages unpack to more than a file may hold"
        refused = Refused(Reason.TOO_LARGE, f"{place}: {beyond[0][0]}", why)
        reading.rejected += len(beyond)
        reading.refuse(Refusal(refused.place, refused.reason, refused.ko, refused.en))
    for signed in words:
        try:
            role = take_acknowledgement(shelf, signed, f"{place}: {WORDS}")
        except Refused as refused:
            # One stranger's word among many spoils nothing else.
            reading.refuse(Refusal(refused.place, refused.reason, refused.ko, refused.en))
            continue
        roles.add(role)
        reading.acknowledgements += role is not None
    if roles & {DeviceRole.DESK, DeviceRole.HUB}:
        shelf.store.set_meta(LAST_EXCHANGE, str(shelf.store.clock()))


_Members = list[tuple[str, bytes]]


def _within_room(pages: _Members) -> tuple[_Members, _Members]:
    """The pages that are unpacked, and those behind them that are not: a few bytes may become a
    great many, and whether they are worth it is known only afterwards.
    """
    room = LARGEST_UNPACKED
    for number, (_name, content) in enumerate(pages):
        room -= unpacked_size(content)
        if room < 0:
            return pages[:number], pages[number:]
    return pages, []


@contextmanager
def roomy(store: Store) -> Iterator[None]:
    """Lets a transaction of ten thousand events stay in memory until it is written once."""
    (usual,) = store.rows("PRAGMA cache_size")[0]
    store.rows(f"PRAGMA cache_size = -{CACHE_KIB}")
    try:
        yield
    finally:
        store.rows(f"PRAGMA cache_size = {int(usual)}")


def _words(data: bytes, place: str) -> list[Signed]:
    if len(data) > LARGEST_FILE:
        raise Refused(Reason.TOO_LARGE, place)
    try:
        words = msgspec.json.decode(data, type=list[Signed])
    except (msgspec.MsgspecError, RecursionError, UnicodeError) as error:
        raise Refused(Reason.UNREADABLE, place, str(error)[:120]) from error
    if len(words) > MOST_DEVICES:
        raise Refused(Reason.TOO_LARGE, place, f"{len(words)} acknowledgements")
    return words

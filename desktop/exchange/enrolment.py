"""Enrolment by stick: the request goes out, papers come back. Runs on the store's thread."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from db.problems import Problem, StorageUnavailable
from desktop.background.tasks import Changes
from desktop.exchange.results import Accepted, Compare, PaperFile, PaperKind, Requested
from desktop.exchange.sticks import Place

if TYPE_CHECKING:  # the store behind it is heavy
    from db.store.store import Store

REQUEST_SUFFIX = ".req"
#: What every file with papers begins with; everything else on a stick is not even read.
_BEGINS = b'{"version":'

#: What new papers may touch: a revocation withdraws what residents and desks wrote.
TOUCHED = Changes.EXCHANGE | Changes.FEEDBACK | Changes.REPLIES | Changes.PLANTINGS


def write_request(store: Store, to: Path, name: str) -> Requested:
    """Writes this device's request, under its own name. Raises InputRefused,
    StorageUnavailable.
    """
    from db.directory import require_outside, write_durably
    from db.exchange.enrolment.authority import make_request

    require_outside(to, "folder")
    keys = store.keys
    file = to / f"cheonman-{keys.device[:8]}{REQUEST_SUFFIX}"
    try:
        write_durably(
            file, make_request(keys.signing, keys.age_recipient, name, store.clock()), 0o644
        )
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error
    return Requested(file)


def find_papers(store: Store, sticks: Iterable[Place]) -> tuple[PaperFile, ...]:
    """Files with papers on the sticks, those that name this device first."""
    from db.exchange.trust.trust import Trust, read_papers

    found: list[PaperFile] = []
    for file in _files(sticks):
        try:
            papers, trial = read_papers(file), Trust(store.clock)
            trial.accept(papers, str(file))
        except Problem:
            continue  # a file of somebody else's, or a damaged one: it cannot be offered
        kind = PaperKind.OWN if store.device in trial.certificates else PaperKind.OTHERS
        found.append(PaperFile(file, kind, papers))
    return tuple(sorted(found, key=lambda each: (each.kind is not PaperKind.OWN, each.path.name)))


def _files(sticks: Iterable[Place]) -> Iterator[Path]:
    for stick in sticks:
        try:
            for path in sorted(stick.path.iterdir()):
                # What macOS leaves beside a file begins with a dot, and may begin like it too.
                if not path.name.startswith(".") and path.is_file():
                    with path.open("rb") as stream:
                        begins = stream.read(len(_BEGINS))
                    if begins == _BEGINS:
                        yield path
        except OSError:
            continue  # it was pulled while it was looked at: the next look tells


def accept_or_compare(store: Store, file: PaperFile) -> Accepted | Compare:
    """Takes papers of the city this device trusts; of the first one it only tells the words.

    Raises Refused, StorageUnavailable.
    """
    from db.exchange.enrolment.first_papers import require_own, shelf_for_papers
    from db.exchange.trust.fingerprint import fingerprint

    if shelf_for_papers(store).trust.city is not None:
        return accept(store, file)
    trial = require_own(file.papers, store.keys.public, str(file.path), store.clock)
    own = trial.certificates[store.device]
    return Compare(
        file,
        fingerprint(bytes.fromhex(file.papers.city)),
        fingerprint(store.keys.public),
        own.name,
        own.role.value,
        own.valid_until_us,
    )


def accept(store: Store, file: PaperFile) -> Accepted:
    """Takes the papers that were looked at, whatever the stick holds by now.

    Raises Refused, StorageUnavailable.
    """
    from db.exchange.enrolment.accepting import accept_enrolment
    from db.exchange.enrolment.first_papers import require_own, shelf_for_papers

    shelf = shelf_for_papers(store)
    if shelf.trust.city is None:
        require_own(file.papers, store.keys.public, str(file.path), store.clock)
    return Accepted(accept_enrolment(shelf, file.papers, str(file.path)))

"""Bundles on a stick: writing, reading, rescuing. Runs on the store's thread.

Nothing here raises for what a stick does: what was finished before it broke counts, so every
outcome carries its problem beside its figures.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from db.problems import Problem, StorageUnavailable
from desktop.background.tasks import Changes
from desktop.exchange.results import NotTaken, Outbox, Pile, Saved, StickRead, Written
from desktop.exchange.sticks import Place

if TYPE_CHECKING:  # the store behind it is heavy
    from db.store.store import Store

PART = 2 * 1024 * 1024
"""Bytes of pages in one file: a save waits for one at most, and it fills a stick to its end."""
CARRIER = "bundle"

#: What a bundle may bring.
BROUGHT = (
    Changes.EXCHANGE | Changes.FEEDBACK | Changes.REPLIES | Changes.PLANTINGS | Changes.CATALOGUE
)

Tell = Callable[[int, int], None]
"""Called with done and total where the work may stop; raises Stopped to stop there."""


class Stopped(Problem):
    """The operator asked for an end, and everything until here is safe."""

    def __init__(self) -> None:
        super().__init__(
            "운영자가 멈추었습니다. 여기까지는 안전하며 이어서 할 수 있습니다.",
            "Stopped by the operator. All until here is safe, and it can go on from here.",
        )


def blamed(problem: Problem, data_dir: Path) -> Problem:
    """The problem as the operator should hear it: what this device's own disk does is not said of
    the stick."""
    if isinstance(problem, StorageUnavailable) and Path(problem.place).is_relative_to(data_dir):
        return Problem(problem.ko, problem.en)
    return problem


def outbox_of(store: Store) -> Outbox:
    """What stands on no stick, what nobody confirmed, and whether the last writing broke off."""
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.outbox import pending, sent_not_confirmed

    shelf = StoreShelf(store)
    waiting, out = _size(pending(shelf)), _size(sent_not_confirmed(shelf))
    last = store.row(
        "SELECT cause FROM exchange WHERE carrier = ? AND act = 'write' ORDER BY number DESC",
        (CARRIER,),
    )
    broke_off = last is not None and last[0] is not None
    return Outbox(waiting, out, unfinished=broke_off and waiting > 0 and out > 0)


def write(store: Store, to: Path, *, go_on: bool, tell: Tell) -> Written:
    """Writes bundles to a stick, each verified; a full or pulled stick keeps the finished ones."""
    from db.exchange.carriers.bundle import write_bundles
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.outbox import pending

    shelf, files, events = StoreShelf(store), 0, 0

    def told(done: int, total: int) -> None:
        nonlocal files, events
        files, events = files + 1, done
        if done < total:
            tell(done, total)

    try:
        write_bundles(shelf, to, go_on=go_on, largest=PART, progress=told)
    except Problem as problem:
        cause = blamed(problem, store.directory.path)
        return Written(to, files, events, _size(pending(shelf)), cause)
    return Written(to, files, events)


def find_piles(store: Store, sticks: Iterable[Place]) -> tuple[Pile, ...]:
    """The bundles of others on every stick; its own ones a device needs not read."""
    return tuple(Pile(stick, _bundles(stick.path, store.device)) for stick in sticks)


def _bundles(path: Path, device: str) -> tuple[Path, ...]:
    # The store behind it is heavy.
    from db.exchange.carriers.bundle import is_bundle_name

    try:
        return tuple(
            each
            for each in sorted(path.iterdir())
            if is_bundle_name(each.name) and not each.name.startswith(f"{device}-")
        )
    except OSError:
        return ()


def read(store: Store, files: tuple[Path, ...], tell: Tell) -> StickRead:
    """Reads bundles one after another; one that cannot be taken stops no other."""
    from db.exchange.carriers.bundle_reading import Reading, Refusal, read_bundle
    from db.exchange.pages.store_shelf import StoreShelf
    from db.refusals import Reason, Refused

    shelf, reading, skipped = StoreShelf(store), Reading(), 0
    sizes = [_size_of(file) for file in files]
    total = sum(sizes)
    problem: Problem | None = None
    for number, file in enumerate(files):
        before = sum(sizes[:number])

        def told(done: int, pages: int, before: int = before, size: int = sizes[number]) -> None:
            tell(before + size * done // max(1, pages), total)

        try:
            tell(before, total)
            read_bundle(shelf, file, into=reading, progress=told)
        except Refused as refused:
            if refused.reason is Reason.NOT_FOR_US:
                skipped += 1
            else:
                reading.refuse(Refusal(refused.place, refused.reason, refused.ko, refused.en))
        except Problem as stopped:
            problem = blamed(stopped, store.directory.path)
            break
    return StickRead(
        reading.files,
        reading.new,
        reading.known,
        reading.rejected,
        reading.forks,
        skipped,
        len(reading.gaps),
        tuple(NotTaken(each.reason, each.ko, each.en) for each in reading.refusals),
        problem,
        reading.unnamed,
    )


def save_all(data_dir: Path, to: Path, clock: Callable[[], int], after: str | None = None) -> Saved:
    """Everything that can be read, without the store, or what no earlier stick took. Raises
    Refused, StorageUnavailable.
    """
    from db.exchange.carriers.rescue import RescueStopped, rescue

    problem: Problem | None = None
    try:
        made = rescue(data_dir, to, clock, after=after)
    except RescueStopped as stopped:
        problem, made = StorageUnavailable(stopped.cause, stopped.place), stopped.done
    except OSError as error:  # the damaged file itself cannot be opened
        raise StorageUnavailable.from_os(error, str(data_dir)) from error
    files = tuple(map(Path, made.files))
    return Saved(files, made.events, made.loose, made.left, made.after, problem)


def _size(ranges: dict[str, tuple[int, int]]) -> int:
    return sum(upto - after for after, upto in ranges.values())


def _size_of(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError:
        return 0

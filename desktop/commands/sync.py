"""`cheonman sync`: give and take over a network share or a hub, and say how exchange stands."""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping
from datetime import UTC
from typing import TYPE_CHECKING, TypeVar

import msgspec

from db.problems import Problem
from desktop.cli import output
from desktop.cli.data_dir import typed_path
from desktop.cli.numbers import LARGEST, whole

if TYPE_CHECKING:
    from db.exchange.carriers.bundle_reading import Reading
    from db.exchange.status.status import ExchangeStatus
    from db.store.quarantine import OpenedPage

T = TypeVar("T")
_COUNTERS = ("pending", "sent-not-confirmed", "conflicts", "forks", "kept-apart")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    carriers = parser.add_mutually_exclusive_group(required=True)
    carriers.add_argument(
        "--folder", type=typed_path, metavar="DIR", help="a folder all devices see"
    )
    carriers.add_argument("--hub", metavar="URL", help="the hub's address, https://...")
    carriers.add_argument("--status", action="store_true", help="say how exchange stands")
    carriers.add_argument("--show", choices=_COUNTERS, metavar="COUNTER", help=", ".join(_COUNTERS))
    carriers.add_argument(
        "--discard", type=whole(1, LARGEST), metavar="N", help="destroy one page kept apart"
    )
    parser.add_argument(
        "--number", type=whole(1, LARGEST), metavar="N", help="with --show kept-apart: open one"
    )
    output.add_words(parser, "--reason", "with --discard: why, up to 200 characters")
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    if args.number is not None and args.show != "kept-apart":
        return output.refuse("sync", "--number: goes with --show kept-apart alone.")
    if (args.discard is None) != (args.reason is None):
        return output.refuse("sync", "--reason: goes with --discard N, and --discard N with it.")
    try:
        if args.discard is not None:
            return _discard(args)
        if args.number is not None:
            return _open(args)
        if args.folder is not None:
            return _folder(args)
        if args.hub is not None:
            return _hub(args)
        return _status(args) if args.status else _show(args)
    except Problem as problem:
        discarding = {"number": "--discard"} if args.discard is not None else None
        return output.refuse_problem("sync", problem, discarding)


def _folder(args: argparse.Namespace) -> int:
    from db.exchange.carriers.folder import sync_folder
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.status import exchange_status
    from db.store.opening import open_store

    with open_store(output.store_dir_of(args)) as store:
        shelf = StoreShelf(store)
        done = sync_folder(shelf, args.folder, progress=output.progress("done"))
        status = exchange_status(shelf)
    left = {
        "written": done.written,
        "removed": done.removed,
        "passed_over": done.passed_over,
    }
    line = f"{len(done.written)} files left, {len(done.removed)} cleared away"
    if done.passed_over:
        line += f"; {len(done.passed_over)} refused before and passed over"
    return _tell(args, done.reading, left, line, status)


def _hub(args: argparse.Namespace) -> int:
    import asyncio

    from db.exchange.carriers.hub_client import sync_hub
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.status import exchange_status
    from db.store.opening import open_store

    with open_store(output.store_dir_of(args)) as store:
        shelf = StoreShelf(store)

        async def here(act: Callable[[StoreShelf], T]) -> T:
            return act(shelf)

        tell = output.progress("events exchanged")
        done = asyncio.run(sync_hub(here, args.hub, progress=tell))
        status = exchange_status(shelf)
    line = f"{done.sent} events sent to the hub"
    if done.more:
        line += "; it has more than one visit takes: visit it again"
    return _tell(args, done.reading, {"sent": done.sent, "more": done.more}, line, status)


def _tell(
    args: argparse.Namespace,
    reading: Reading,
    given: Mapping[str, object],
    line: str,
    status: ExchangeStatus,
) -> int:
    """Says what came, what was given and how exchange stands; the exit status."""
    output.say(
        args,
        msgspec.to_builtins(reading)
        | dict(given)
        | {"pending": status.pending, "sent_not_confirmed": status.sent_not_confirmed},
        f"new {reading.new}, known {reading.known}, rejected {reading.rejected}",
        line,
        # How exchange stands may be what was just refused, which is said below.
        *([] if status.en in [each.en for each in reading.refusals] else [status.en]),
    )
    output.refuse_all("sync", reading.refusals, reading.unnamed)
    return output.TROUBLE if reading.refusals else 0


def _status(args: argparse.Namespace) -> int:
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.status import exchange_status
    from db.store.opening import open_reader

    with open_reader(output.data_dir_of(args)) as store:
        status = exchange_status(StoreShelf(store))
    output.say(args, msgspec.to_builtins(status), status.en)
    return 0


def _show(args: argparse.Namespace) -> int:
    from db.exchange.pages.store_shelf import StoreShelf
    from db.exchange.status.status import Counter, rows_of
    from db.store.opening import open_reader

    with open_reader(output.data_dir_of(args)) as store:
        rows = msgspec.to_builtins(rows_of(StoreShelf(store), Counter(args.show)))
    output.say(
        args,
        {"counter": args.show, "count": len(rows), "rows": rows},
        *(row if isinstance(row, str) else "  ".join(map(str, row.values())) for row in rows),
    )
    return 0


def _open(args: argparse.Namespace) -> int:
    from db.store.opening import open_reader
    from db.store.quarantine import open_quarantined

    with open_reader(output.data_dir_of(args)) as store:
        page = open_quarantined(store, args.number)
    output.say(args, msgspec.to_builtins(page), *_page_lines(page))
    return 0


def _discard(args: argparse.Namespace) -> int:
    from db.store.opening import open_store
    from db.store.quarantine import discard_quarantined

    with open_store(output.store_dir_of(args)) as store:
        page = discard_quarantined(store, args.discard, args.reason)
    output.say(args, msgspec.to_builtins(page), *_page_lines(page), "discarded")
    return 0


def _page_lines(page: OpenedPage) -> list[str]:
    """What a quarantined page holds, for a person."""
    kinds = ", ".join(f"{count} {kind}" for kind, count in page.kinds.items())
    return [
        f"number {page.number}: {page.device}/{page.first}-{page.last}",
        f"kept apart {_moment(page.at_us)}, because: {page.reason}, from {page.place}",
        f"holds {kinds or 'nothing that can be read any more'}",
        f"written {_moment(page.from_us)} to {_moment(page.until_us)}",
        f"{page.bodies} with their contents, {page.contacts} with a sealed contact",
    ]


def _moment(at_us: int | None) -> str:
    from db.clock import CLOCK_FAULT, in_seoul

    if at_us is None:
        return "unknown"
    at = in_seoul(at_us)
    return at.astimezone(UTC).isoformat(timespec="seconds") if at else CLOCK_FAULT[1]

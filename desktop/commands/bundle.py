"""`cheonman bundle write|read`: write or read a sealed bundle on a stick."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import msgspec

from db.problems import Problem
from desktop.cli import output
from desktop.cli.data_dir import typed_path

if TYPE_CHECKING:
    from db.exchange.carriers.bundle_reading import Reading


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="write|read")
    write = actions.add_parser("write", help="write what others lack", allow_abbrev=False)
    write.add_argument("--to", type=typed_path, required=True, metavar="DIR", help="the stick")
    write.add_argument("--all", action="store_true", help="from the first event on")
    write.add_argument(
        "--continue", action="store_true", dest="go_on", help="behind what the last stick took"
    )
    write.add_argument(
        "--rescue", action="store_true", help="all that can be read, when nothing else works"
    )
    write.add_argument(
        "--after", metavar="PLACE", help="with --rescue: go on where an earlier stick ended"
    )
    read = actions.add_parser("read", help="take what a bundle brings", allow_abbrev=False)
    read.add_argument("files", type=typed_path, nargs="+", metavar="FILE")
    for action in (write, read):
        output.add_data_dir(action)
        output.add_json(action)


def run(args: argparse.Namespace) -> int:
    if args.action == "write" and args.after is not None and not args.rescue:
        return output.refuse("bundle write", "--after: goes with --rescue; else use --continue.")
    try:
        if args.action == "read":
            return _read(args)
        return _rescue(args) if args.rescue else _write(args)
    except Problem as problem:
        return output.refuse_problem(f"bundle {args.action}", problem)


def _write(args: argparse.Namespace) -> int:
    from db.exchange.carriers.bundle import write_bundles
    from db.exchange.pages.store_shelf import StoreShelf
    from db.store.opening import open_store

    tell = output.progress("events written")
    with open_store(output.store_dir_of(args)) as store:
        made = write_bundles(
            StoreShelf(store),
            args.to,
            everything=args.all,
            go_on=args.go_on,
            progress=tell,
            working=lambda done, total: tell(max(0, min(done, total - 1)), total),
        )
    document = {
        "file": made[-1].file,
        "files": [bundle.file for bundle in made],
        "bytes": sum(bundle.bytes for bundle in made),
        "pages": sum(bundle.pages for bundle in made),
        "events": sum(bundle.events for bundle in made),
    }
    lines = [f"{bundle.file}  {bundle.events} events, {bundle.bytes} bytes" for bundle in made]
    output.say(args, document, *lines, "sent, not confirmed until an answer is read here")
    return 0


def _rescue(args: argparse.Namespace) -> int:
    from db.exchange.carriers.rescue import RescueStopped, rescue

    try:
        made = rescue(output.store_dir_of(args), args.to, after=args.after)
    except RescueStopped as stopped:
        behind = f" --after {stopped.done.after}" if stopped.done.after else ""
        on = f"'cheonman bundle write --rescue --to USB{behind}'"
        return output.refuse("bundle write", f"{stopped.en} {on}", output.TROUBLE)
    output.say(
        args,
        msgspec.structs.asdict(made),
        *made.files,
        f"{made.events} events, {made.loose} without a signature beside them",
    )
    return 0


def _read(args: argparse.Namespace) -> int:
    from db.exchange.carriers.bundle_reading import Reading, Refusal, read_bundle
    from db.exchange.pages.store_shelf import StoreShelf
    from db.refusals import Refused
    from db.store.opening import open_store

    reading = Reading()
    with open_store(output.store_dir_of(args)) as store:
        shelf = StoreShelf(store)
        # The parts of one bundle follow on each other in the order of their names.
        for file in sorted(args.files):
            try:
                read_bundle(shelf, file, into=reading, progress=output.progress("pages read"))
            except Refused as refused:
                # A stick holds other files as well; they keep nobody from reading what is sound.
                reading.refuse(Refusal(str(file), refused.reason, refused.ko, refused.en))
    if reading.files:
        _tell_reading(args, reading)
    output.refuse_all("bundle read", reading.refusals, reading.unnamed)
    # Pages, papers or words: what was refused was asked to be taken.
    return output.TROUBLE if reading.rejected or reading.refusals or reading.unnamed else 0


def _tell_reading(args: argparse.Namespace, reading: Reading) -> None:
    output.say(
        args,
        msgspec.to_builtins(reading),
        f"new {reading.new}, known {reading.known}, rejected {reading.rejected}",
        *(f"{device}: events after {have} are missing" for device, have in reading.gaps.items()),
    )

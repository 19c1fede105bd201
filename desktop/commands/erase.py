"""`cheonman erase`: erase something before its time, everywhere, as a resident wished."""

from __future__ import annotations

import argparse

import msgspec

from db.problems import Problem
from db.records.feedback import Erased
from desktop.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("event", metavar="ID", help="see 'cheonman feedback list'; or device/seq")
    parser.add_argument("--what", required=True, choices=[what.value for what in Erased])
    output.add_words(parser, "--reason", "kept for good; no names", required=True)
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.exchange.pages.store_shelf import StoreShelf
    from db.retention.erasure import erase_named
    from db.store.opening import open_store

    try:
        with open_store(output.store_dir_of(args)) as store:
            done = erase_named(StoreShelf(store), args.event, Erased(args.what), args.reason)
    except Problem as problem:
        return output.refuse_problem("erase", problem, {"event": "ID"})
    output.say(
        args,
        msgspec.structs.asdict(done),
        f"erased here: {', '.join(done.events)}; other stores follow with the next exchange",
    )
    return 0

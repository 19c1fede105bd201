"""`cheonman hub-check`: read all a hub's database holds, and mend or mark what rotted in it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

import msgspec

from db.problems import Problem
from desktop.cli import output
from desktop.cli.hub_database import add_database, refuse_without_hub

if TYPE_CHECKING:
    from db.store.rot import Mended


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    add_database(parser, "; the hub may be running")
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    try:
        from db.hub.database.opening import open_shelf
    except ModuleNotFoundError as missing:
        return refuse_without_hub("hub-check", missing)
    from db.directory import DataDirectory
    from db.exchange.trust.trust import load_trust

    try:
        trust = load_trust(DataDirectory(output.data_dir_of(args)))
        shelf = open_shelf(args.database, trust)
        try:
            found = shelf.look_through()
            lacking = [f"{device}/{seq}" for device, seq in shelf.lacking()]
        finally:
            shelf.close()
    except Problem as problem:
        return output.refuse_problem("hub-check", problem)
    document = msgspec.structs.asdict(found) | {"lacking": lacking}
    output.say(args, document, *_lines(found, lacking))
    return output.TROUBLE if found or lacking else 0


def _lines(found: Mended, lacking: list[str]) -> list[str]:
    lines = [f"{place}: one bit was put right" for place in found.righted]
    lines += [f"{place}: its contents are lost" for place in found.lost]
    lines += [f"{place}: nothing proves this journal from here on" for place in found.broken]
    lines += [
        f"{table}: rotted; written anew, or dropped until it comes again" for table in found.tables
    ]
    if lacking:
        lines.append(f"{len(lacking)} contents are asked for; devices that have them send them.")
    return lines or ["everything fits its hashes"]

"""`cheonman purge`: destroy what is older than the retention periods of the settings."""

from __future__ import annotations

import argparse

import msgspec

from db.problems import Problem
from desktop.cli import output
from desktop.settings import SettingsProblem, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only count what would go")
    parser.add_argument(
        "--damaged", metavar="NAME", help="destroy one store that was moved aside to damaged/"
    )
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.exchange.pages.store_shelf import StoreShelf
    from db.retention.purge import purge
    from db.store.opening import open_store
    from desktop.background.purge import periods

    if args.damaged is not None:
        return _destroy_damaged(args)
    try:
        data_dir = output.store_dir_of(args)
        settings = load_settings(data_dir)
        with open_store(data_dir) as store:
            done = purge(StoreShelf(store), periods(settings), dry=args.dry_run)
    except SettingsProblem as problem:
        return output.refuse("purge", str(problem))
    except Problem as problem:
        return output.refuse_problem("purge", problem)
    verb = "would go" if args.dry_run else "destroyed"
    lines = [
        f"{verb}: {done.contacts} contacts, {done.feedback} feedback, {done.plantings} plantings,"
        f" {done.pages_apart} pages kept apart, {done.damaged_stores} damaged stores"
    ]
    if done.waits is not None:
        lines = ["nothing is destroyed while the clock stands wrong; set it and try again"]
    output.say(args, msgspec.structs.asdict(done) | {"dry_run": args.dry_run}, *lines)
    return 0


def _destroy_damaged(args: argparse.Namespace) -> int:
    from db.retention.purge import damaged_stores, destroy_damaged
    from db.store.opening import open_store

    try:
        with open_store(output.store_dir_of(args)) as store:
            if args.damaged not in damaged_stores(store.directory):
                names = ", ".join(damaged_stores(store.directory)) or "none"
                return output.refuse("purge", f"--damaged: no such store; there are: {names}.")
            if not args.dry_run:
                destroy_damaged(store.directory, args.damaged)
    except Problem as problem:
        return output.refuse_problem("purge", problem)
    verb = "would go" if args.dry_run else "destroyed"
    document = {"damaged": args.damaged, "dry_run": args.dry_run}
    output.say(args, document, f"{verb}: damaged/{args.damaged}")
    return 0

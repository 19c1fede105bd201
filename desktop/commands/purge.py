"""`cheonman purge`: destroy what is older than the retention periods of the settings."""

from __future__ import annotations

import argparse

import msgspec

from db.problems import Problem
from desktop.commands import saying
from desktop.settings import SettingsProblem, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--dry-run", action="store_true", help="only count what would go")
    parser.add_argument(
        "--damaged", metavar="NAME", help="destroy one store that was moved aside to damaged/"
    )
    saying.add_data_dir(parser)
    saying.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.exchange.shelf import StoreShelf
    from db.opening import open_store
    from db.retention import purge
    from desktop.retention import periods

    if args.damaged is not None:
        return _destroy_damaged(args)
    try:
        data_dir = saying.store_dir_of(args)
        settings = load_settings(data_dir)
        with open_store(data_dir) as store:
            done = purge(StoreShelf(store), periods(settings), dry=args.dry_run)
    except SettingsProblem as problem:
        return saying.refuse("purge", str(problem))
    except Problem as problem:
        return saying.refuse_problem("purge", problem)
    verb = "would go" if args.dry_run else "destroyed"
    lines = [
        f"{verb}: {done.contacts} contacts, {done.feedback} feedback, {done.plantings} plantings,"
        f" {done.pages_apart} pages kept apart, {done.damaged_stores} damaged stores"
    ]
    if done.waits is not None:
        lines = ["nothing is destroyed while the clock stands wrong; set it and try again"]
    saying.say(args, msgspec.structs.asdict(done) | {"dry_run": args.dry_run}, *lines)
    return 0


def _destroy_damaged(args: argparse.Namespace) -> int:
    from db.opening import open_store
    from db.retention import damaged_stores, destroy_damaged

    try:
        with open_store(saying.store_dir_of(args)) as store:
            if args.damaged not in damaged_stores(store.directory):
                names = ", ".join(damaged_stores(store.directory)) or "none"
                return saying.refuse("purge", f"--damaged: no such store; there are: {names}.")
            if not args.dry_run:
                destroy_damaged(store.directory, args.damaged)
    except Problem as problem:
        return saying.refuse_problem("purge", problem)
    verb = "would go" if args.dry_run else "destroyed"
    document = {"damaged": args.damaged, "dry_run": args.dry_run}
    saying.say(args, document, f"{verb}: damaged/{args.damaged}")
    return 0

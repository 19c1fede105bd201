"""`cheonman backup FILE`: copy the store to a file, also while the kiosk runs."""

from __future__ import annotations

import argparse

from db.problems import Problem
from desktop.cli import output
from desktop.cli.data_dir import typed_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=typed_path, metavar="FILE", help="where the copy goes")
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.store.backup import backup
    from db.store.opening import open_reader

    try:
        with open_reader(output.data_dir_of(args)) as store:
            done = backup(store, args.file)
    except Problem as problem:
        return output.refuse_problem("backup", problem, {"file": "FILE"})
    output.say(args, done, f"{done.file}: {done.events} events, {done.bytes} bytes")
    if not done.lost:
        return 0
    output.remark(
        "backup",
        f"{len(done.lost)} events no longer fit their hashes, the first {done.lost[0]}; the copy "
        "holds them without their contents. Check the disk.",
    )
    return output.TROUBLE

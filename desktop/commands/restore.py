"""`cheonman restore FILE`: bring a store back from a backup, as a new device."""

from __future__ import annotations

import argparse

from db.problems import Problem
from desktop.cli import output
from desktop.cli.data_dir import typed_path


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", type=typed_path, metavar="FILE", help="a file that backup wrote")
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.store.backup import restore

    try:
        done = restore(output.data_dir_of(args), args.file)
    except Problem as problem:
        return output.refuse_problem("restore", problem, {"file": "FILE"})
    lines = [f"{done.events} events restored; this is now the new device {done.device}."]
    if done.set_aside:
        lines.append(f"The store that was here lies in {done.set_aside}.")
    output.say(args, done, *lines)
    return 0

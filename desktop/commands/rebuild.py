"""`cheonman rebuild`: write every projection anew from the journal."""

from __future__ import annotations

import argparse

from db.problems import Problem
from desktop.commands import saying


def add_arguments(parser: argparse.ArgumentParser) -> None:
    saying.add_data_dir(parser)
    saying.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.journal import rebuild
    from db.opening import open_store
    from db.rot import mend
    from db.verification import projection_hash

    try:
        with open_store(saying.store_dir_of(args)) as store:
            before = projection_hash(store.connection)
            mend(store)
            rebuild(store)
            after = projection_hash(store.connection)
    except Problem as problem:
        return saying.refuse_problem("rebuild", problem)
    same = before == after
    saying.say(
        args,
        {"projections": after, "before": before, "same": same},
        "rebuilt; the projections are the same as before" if same else "rebuilt and corrected",
    )
    return 0

"""`cheonman rebuild`: mend what rotted, and write every projection anew from the journal."""

from __future__ import annotations

import argparse

from db.problems import Problem
from desktop.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.doctor.beside import mend_rows
    from db.store.journal import rebuild
    from db.store.opening import open_store
    from db.store.rot import mend
    from db.store.verification import projection_hash

    try:
        with open_store(output.store_dir_of(args)) as store:
            before = projection_hash(store.connection)
            beside = mend_rows(store)
            mend(store)
            rebuild(store)
            after = projection_hash(store.connection)
    except Problem as problem:
        return output.refuse_problem("rebuild", problem)
    same = before == after
    output.say(
        args,
        {"projections": after, "before": before, "same": same, "mended_rows": beside},
        "rebuilt; the projections are the same as before" if same else "rebuilt and corrected",
        *(["rows beside the journal had rotted and were put right"] if beside else []),
    )
    return 0

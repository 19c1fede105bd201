"""`cheonman store-hash`: print the hash that equal stores share."""

from __future__ import annotations

import argparse

import msgspec

from db.problems import Problem
from desktop.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.exchange.status.store_hash import store_hash
    from db.store.opening import open_reader

    try:
        with open_reader(output.data_dir_of(args)) as store:
            found = store_hash(store)
    except Problem as problem:
        return output.refuse_problem("store-hash", problem)
    output.say(
        args,
        msgspec.structs.asdict(found),
        f"journal      {found.journal}",
        f"projections  {found.projections}",
        f"{found.events} events of {found.devices} devices",
    )
    return 0

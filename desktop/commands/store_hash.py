"""`cheonman store-hash`: one hash that two stores share when they hold the same journal."""

from __future__ import annotations

import argparse

import msgspec

from db.problems import Problem
from desktop.commands import saying


def add_arguments(parser: argparse.ArgumentParser) -> None:
    saying.add_data_dir(parser)
    saying.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.exchange.store_hash import store_hash
    from db.opening import open_reader

    try:
        with open_reader(saying.data_dir_of(args)) as store:
            found = store_hash(store)
    except Problem as problem:
        return saying.refuse_problem("store-hash", problem)
    saying.say(
        args,
        msgspec.structs.asdict(found),
        f"journal      {found.journal}",
        f"projections  {found.projections}",
        f"{found.events} events of {found.devices} devices",
    )
    return 0

"""`cheonman verify`: prove that no record was changed, taken out or put in since it was signed."""

from __future__ import annotations

import argparse

import msgspec

from db.problems import Problem
from desktop.cli import output


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.officers.desk_records import DeskRecords
    from db.officers.proof import prove
    from db.store.opening import open_reader

    try:
        # While a desk is at work too: it reads beside the one that writes.
        with open_reader(output.store_dir_of(args)) as store:
            proof = prove(DeskRecords(store))
    except Problem as problem:
        return output.refuse_problem("verify", problem)
    first = proof.broken[0] if proof.broken else None
    document = {"holds": proof.holds, "first_broken": first} | msgspec.structs.asdict(proof)
    lines = [
        f"{'unbroken' if proof.holds else 'BROKEN'}: {proof.events} events of {proof.devices} "
        f"devices, {proof.acts} acts of officers"
    ]
    if proof.unreadable:
        lines.append(f"{proof.unreadable} acts are sealed to keys that are not here")
    lines += [
        f"{each.device}/{each.number}  {each.event or '-'}  {each.kind or '-'}: {each.what}"
        for each in proof.broken
    ]
    output.say(args, document, *lines)
    return 0 if proof.holds else output.TROUBLE

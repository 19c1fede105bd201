"""`cheonman review set`: set the state of a feedback (on a desk)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from db.records import ReviewState
from desktop.cli import output
from desktop.cli.at_a_desk import run_at_a_desk

if TYPE_CHECKING:
    from db.store.store import Store


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="set")
    put = actions.add_parser("set", help="set the state of one feedback", allow_abbrev=False)
    put.add_argument("feedback", metavar="FEEDBACK", help="id, see 'cheonman feedback list'")
    put.add_argument("--state", required=True, choices=[state.value for state in ReviewState])
    output.add_words(put, "--reason", "shown to the resident; needed to decline, withhold")
    put.add_argument("--department", metavar="N", help="the department in charge; needed to assign")
    put.add_argument("--duplicate-of", metavar="FEEDBACK", help="the feedback it repeats")
    output.add_data_dir(put)
    output.add_json(put)


def run(args: argparse.Namespace) -> int:
    return run_at_a_desk("review set", args, partial(_set, args), {"feedback": "FEEDBACK"})


def _set(args: argparse.Namespace, store: Store) -> int:
    from db.participation.reviews import set_review

    decision = set_review(
        store,
        args.feedback,
        ReviewState(args.state),
        reason=args.reason,
        department=args.department,
        duplicate_of=args.duplicate_of,
    )
    output.say(args, msgspec.structs.asdict(decision), f"{args.feedback}: {decision.state}")
    return 0

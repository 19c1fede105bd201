"""`cheonman review set`: what an officer decided about a feedback, from the command line."""

from __future__ import annotations

import argparse

import msgspec

from db.participation.desk_only import require_desk
from db.problems import Problem
from db.records import ReviewState
from desktop.cli import output
from desktop.settings import SettingsProblem, load_settings


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
    from db.participation.reviews import set_review
    from db.store.opening import open_store

    try:
        data_dir = output.store_dir_of(args)
        with open_store(data_dir) as store:
            require_desk(store, lambda: load_settings(data_dir).role)
            decision = set_review(
                store,
                args.feedback,
                ReviewState(args.state),
                reason=args.reason,
                department=args.department,
                duplicate_of=args.duplicate_of,
            )
    except SettingsProblem as problem:
        return output.refuse("review set", str(problem))
    except Problem as problem:
        return output.refuse_problem("review set", problem, {"feedback": "FEEDBACK"})
    output.say(args, msgspec.structs.asdict(decision), f"{args.feedback}: {decision.state}")
    return 0

"""`cheonman reply`: the city's answer to one feedback, from the command line."""

from __future__ import annotations

import argparse

import msgspec

from db.participation.desk_only import require_desk
from db.problems import Problem
from desktop.cli import output
from desktop.settings import SettingsProblem, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("feedback", metavar="FEEDBACK", help="id, see 'cheonman feedback list'")
    output.add_words(parser, "--text", "1 to 4,000 characters", required=True)
    output.add_words(parser, "--text-en", "the same in English")
    parser.add_argument("--department", metavar="N", help="the department that answers")
    parser.add_argument("--public", action="store_true", help="other residents may read it")
    parser.add_argument("--replaces", metavar="REPLY", help="id of the reply this one corrects")
    output.add_data_dir(parser)
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.participation.replies import add_reply
    from db.store.opening import open_store

    try:
        data_dir = output.store_dir_of(args)
        with open_store(data_dir) as store:
            require_desk(store, lambda: load_settings(data_dir).role)
            reply = add_reply(
                store,
                args.feedback,
                args.text,
                text_en=args.text_en,
                department=args.department,
                public=args.public,
                replaces=args.replaces,
            )
    except SettingsProblem as problem:
        return output.refuse("reply", str(problem))
    except Problem as problem:
        return output.refuse_problem("reply", problem, {"feedback": "FEEDBACK"})
    output.say(args, msgspec.structs.asdict(reply), f"replied: {reply.id}")
    return 0

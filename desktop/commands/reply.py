"""`cheonman reply`: answer a feedback (on a desk)."""

from __future__ import annotations

import argparse
from functools import partial
from typing import TYPE_CHECKING

import msgspec

from desktop.cli import output
from desktop.cli.at_a_desk import run_at_a_desk

if TYPE_CHECKING:
    from db.store.store import Store


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
    return run_at_a_desk("reply", args, partial(_reply, args), {"feedback": "FEEDBACK"})


def _reply(args: argparse.Namespace, store: Store) -> int:
    from db.participation.replies import add_reply

    reply = add_reply(
        store,
        args.feedback,
        args.text,
        text_en=args.text_en,
        department=args.department,
        public=args.public,
        replaces=args.replaces,
    )
    output.say(args, msgspec.structs.asdict(reply), f"replied: {reply.id}")
    return 0

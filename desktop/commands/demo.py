"""`cheonman demo`: a desk full of made-up feedback, to be shown and measured, never believed."""

from __future__ import annotations

import argparse

from db.problems import InputRefused, Problem
from desktop.cli import output
from desktop.cli.numbers import LARGEST, whole


def add_arguments(parser: argparse.ArgumentParser) -> None:
    output.add_data_dir(parser)
    parser.add_argument(
        "--feedback", type=whole(1, LARGEST), required=True, metavar="N", help="how many"
    )
    parser.add_argument(
        "--seed",
        type=whole(0, LARGEST),
        default=0,
        metavar="S",
        help="the same seed says the same things",
    )
    output.add_json(parser)


def run(args: argparse.Namespace) -> int:
    from db.demonstration.making import make_demonstration
    from desktop.settings import FILE, SettingsProblem, load_settings
    from desktop.settings_file import change_settings

    data_dir = output.data_dir_of(args)
    try:
        if (data_dir / FILE).exists() and load_settings(data_dir).role != "desk":
            raise InputRefused(
                "data-dir",
                "검토대가 아닌 기기의 폴더입니다. 빈 폴더를 고르세요.",
                "it belongs to a device that is no desk; choose an empty folder.",
            )
        made = make_demonstration(
            data_dir, args.feedback, seed=args.seed, told=output.progress("feedback")
        )
        change_settings(data_dir, role="desk", name="시연 검토대")
    except SettingsProblem as problem:
        return output.refuse("demo", str(problem))
    except Problem as problem:
        return output.refuse_problem("demo", problem)
    output.say(
        args,
        {
            "data_dir": str(data_dir),
            "demonstration": True,
            "feedback": made.feedback,
            "reviews": made.reviews,
            "replies": made.replies,
            "seed": args.seed,
        },
        f"{data_dir} holds DEMONSTRATION data: {made.feedback:,} feedback, {made.reviews:,} "
        f"reviews, {made.replies:,} replies. 'cheonman desk' opens it without a password.",
    )
    return 0

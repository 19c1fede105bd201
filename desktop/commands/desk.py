"""`cheonman desk`: open the review desk."""

from __future__ import annotations

import argparse
import sys

from desktop.cli.data_dir import default_data_dir, home_of, typed_path
from desktop.commands.kiosk import has_display, since_process_start_ms
from desktop.settings import SettingsProblem, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=typed_path, metavar="D", help="where everything is kept")
    parser.add_argument(
        "--until",
        choices=("inbox",),
        help="print the milliseconds since process start until then, and leave; of demonstration "
        "stores, which ask for no password",
    )


def run(args: argparse.Namespace) -> int:
    data_dir = home_of(args.data_dir) if args.data_dir else default_data_dir()
    try:
        settings = load_settings(data_dir)
    except SettingsProblem as problem:
        print(f"cheonman desk: {problem}", file=sys.stderr)
        return 2
    if settings.role != "desk":
        print(
            f"cheonman desk: {data_dir} is a {settings.role}; prepare a desk with "
            "'cheonman init --role desk'",
            file=sys.stderr,
        )
        return 2
    if not has_display():
        print("cheonman desk: there is no display here; set DISPLAY", file=sys.stderr)
        return 1
    from desktop.desk.event_loop import run_desk  # Qt is not needed to refuse

    return run_desk(settings, data_dir, until=args.until, since_start=since_process_start_ms)

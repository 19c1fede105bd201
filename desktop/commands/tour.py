"""`cheonman tour OUT`: save a picture and an inventory of every screen, driven off screen."""

from __future__ import annotations

import argparse
import os
import re
import sys

import msgspec

from desktop.cli.data_dir import typed_path

#: What a resident can switch on; a mode is some of them.
SWITCHES = ("large", "contrast", "low", "speech")
DEFAULT = "default"
SIZE = re.compile(r"^(\d{3,5})x(\d{3,5})$")


def _size(text: str) -> tuple[int, int]:
    found = SIZE.match(text)
    if not found:
        raise argparse.ArgumentTypeError("is WIDTHxHEIGHT, for example 1920x1080")
    return int(found[1]), int(found[2])


def _mode(text: str) -> frozenset[str]:
    parts = frozenset(text.split("+"))
    if text != DEFAULT and not parts <= set(SWITCHES):
        known = ", ".join(SWITCHES)
        raise argparse.ArgumentTypeError(f"is {DEFAULT}, or some of {known} joined by +")
    return parts - {DEFAULT}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "out", type=typed_path, metavar="OUT", help="folder for pictures and tour.json"
    )
    parser.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH")
    parser.add_argument("--lang", choices=("ko", "en"), default="ko")
    words = f"{DEFAULT}, or some of {', '.join(SWITCHES)} joined by +"
    parser.add_argument("--mode", type=_mode, default=DEFAULT, metavar="MODE", help=words)
    parser.add_argument("--panel-inches", type=float, default=24.0, metavar="INCHES")
    floor = "height of the panel's lower edge above the floor in millimetres"
    parser.add_argument("--floor-to-panel-mm", type=int, default=0, metavar="MM", help=floor)
    parser.add_argument("--no-pictures", action="store_true", help="write tour.json alone")
    parser.add_argument("--json", action="store_true", help="print tour.json, nothing else")


def run(args: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a tour never opens a window
    from db.directory import require_outside
    from db.problems import Problem
    from desktop.tour.run import TourProblem, tour  # Qt, once the platform is decided

    try:
        require_outside(args.out, "out")
        album = tour(
            args.out,
            size=args.size,
            language=args.lang,
            mode=args.mode,
            panel_inches=args.panel_inches,
            floor_to_panel_mm=args.floor_to_panel_mm,
            pictures=not args.no_pictures,
        )
    except TourProblem as problem:
        print(f"cheonman tour: {problem}", file=sys.stderr)
        return 1
    except Problem as problem:
        print(f"cheonman tour: OUT: {problem.en}", file=sys.stderr)
        return 2
    if args.json:
        print(msgspec.json.encode(album).decode())
    else:
        print(f"{len(album)} {'states' if args.no_pictures else 'pictures'} in {args.out}")
    return 0

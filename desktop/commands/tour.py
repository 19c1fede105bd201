"""`cheonman tour OUT`: save a picture and an inventory of every screen, driven off screen."""

from __future__ import annotations

import argparse
import os
import re
import sys

import msgspec

from desktop.cli.data_dir import typed_path
from desktop.cli.numbers import number, whole
from desktop.settings import FLOOR_TO_PANEL_MM, PANEL_INCHES

#: What a resident can switch on; a mode is some of them.
SWITCHES = ("large", "contrast", "low", "speech")
#: And an officer; the other two belong to a standing machine.
DESK_SWITCHES = ("large", "contrast", "dark")
DEFAULT = "default"
SIZE = re.compile(r"^(\d{3,5})x(\d{3,5})$")


def _size(text: str) -> tuple[int, int]:
    found = SIZE.match(text)
    if not found:
        raise argparse.ArgumentTypeError("is WIDTHxHEIGHT, for example 1920x1080")
    return int(found[1]), int(found[2])


def _mode(text: str) -> frozenset[str]:
    parts = frozenset(text.split("+"))
    if text != DEFAULT and not parts <= {*SWITCHES, *DESK_SWITCHES}:
        known = ", ".join(dict.fromkeys((*SWITCHES, *DESK_SWITCHES)))
        raise argparse.ArgumentTypeError(f"is {DEFAULT}, or some of {known} joined by +")
    return parts - {DEFAULT}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "out", type=typed_path, metavar="OUT", help="folder for pictures and tour.json"
    )
    parser.add_argument("--face", choices=("kiosk", "desk"), default="kiosk")
    parser.add_argument("--size", type=_size, default=(1920, 1080), metavar="WxH")
    parser.add_argument("--lang", choices=("ko", "en"), default="ko")
    words = (
        f"{DEFAULT}, or some of {', '.join(SWITCHES)} joined by +; "
        f"of a desk {', '.join(DESK_SWITCHES)}"
    )
    parser.add_argument("--mode", type=_mode, default=DEFAULT, metavar="MODE", help=words)
    parser.add_argument(
        "--panel-inches", type=number(*PANEL_INCHES), default=24.0, metavar="INCHES"
    )
    floor = "height of the panel's lower edge above the floor in millimetres"
    parser.add_argument(
        "--floor-to-panel-mm", type=whole(*FLOOR_TO_PANEL_MM), default=0, metavar="MM", help=floor
    )
    parser.add_argument("--no-pictures", action="store_true", help="write tour.json alone")
    parser.add_argument("--json", action="store_true", help="print tour.json, nothing else")


def run(args: argparse.Namespace) -> int:
    os.environ["QT_QPA_PLATFORM"] = "offscreen"  # a tour never opens a window
    known = DESK_SWITCHES if args.face == "desk" else SWITCHES
    if unknown := sorted(args.mode - set(known)):
        print(f"cheonman tour: --mode: a {args.face} has no {', '.join(unknown)}", file=sys.stderr)
        return 2
    from db.directory import require_outside
    from db.problems import Problem
    from desktop.tour.guide import TourProblem  # Qt, once the platform is decided

    try:
        require_outside(args.out, "out")
        count = _kiosk(args) if args.face == "kiosk" else _desk(args)
    except TourProblem as problem:
        print(f"cheonman tour: {problem}", file=sys.stderr)
        return 1
    except Problem as problem:
        print(f"cheonman tour: OUT: {problem.en}", file=sys.stderr)
        return 2
    if args.json:
        print(msgspec.json.format((args.out / "tour.json").read_bytes(), indent=0).decode())
    else:
        print(f"{count} {'states' if args.no_pictures else 'pictures'} in {args.out}")
    return 0


def _kiosk(args: argparse.Namespace) -> int:
    """How many states there are; what stands on them is in tour.json."""
    from desktop.tour.run import tour

    return len(
        tour(
            args.out,
            size=args.size,
            language=args.lang,
            mode=args.mode,
            panel_inches=args.panel_inches,
            floor_to_panel_mm=args.floor_to_panel_mm,
            pictures=not args.no_pictures,
        )
    )


def _desk(args: argparse.Namespace) -> int:
    from desktop.tour.desk import tour_desk

    return len(
        tour_desk(
            args.out,
            size=args.size,
            language=args.lang,
            mode=args.mode,
            pictures=not args.no_pictures,
        )
    )

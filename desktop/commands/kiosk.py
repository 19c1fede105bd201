"""`cheonman kiosk`: open the kiosk, or show what it does where there is no display."""

from __future__ import annotations

import argparse
import os
import sys
import time
from dataclasses import replace
from pathlib import Path

from desktop.cli.data_dir import default_data_dir, home_of, typed_path
from desktop.cli.numbers import number
from desktop.settings import PANEL_INCHES, Settings, SettingsProblem, load_settings


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--windowed", action="store_true", help="a window, not the full screen")
    parser.add_argument("--site", metavar="ID", help="id of the landmark it stands at")
    parser.add_argument(
        "--panel-inches", type=number(*PANEL_INCHES), metavar="INCHES", help="diagonal, measured"
    )
    parser.add_argument("--data-dir", type=typed_path, metavar="D", help="where everything is kept")
    parser.add_argument(
        "--until",
        choices=("first-frame", "ready"),
        help="print the milliseconds since process start until then, and leave",
    )


def since_process_start_ms() -> float:
    """Milliseconds since the kernel started this process (Linux; to 10 ms)."""
    with open("/proc/self/stat", encoding="ascii") as stat:
        ticks = float(stat.read().rsplit(")", 1)[1].split()[19])
    started = ticks / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000


def has_display() -> bool:
    return any(os.environ.get(k) for k in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))


def run(args: argparse.Namespace) -> int:
    data_dir = home_of(args.data_dir) if args.data_dir else default_data_dir()
    try:
        settings = load_settings(
            data_dir,
            {
                "site": args.site,
                "panel_inches": args.panel_inches,
                "full_screen": False if args.windowed else None,
            },
        )
    except SettingsProblem as problem:
        print(f"cheonman kiosk: {problem}", file=sys.stderr)
        return 2
    if args.site is not None and (trouble := _site_trouble(settings, data_dir)):
        print(f"cheonman kiosk: --site: {trouble}", file=sys.stderr)
        return 2
    if not has_display():
        return _without_display(settings, data_dir)
    from desktop.kiosk.event_loop import run_kiosk  # Qt is not needed to refuse a wrong setting

    return run_kiosk(settings, data_dir, until=args.until, since_start=since_process_start_ms)


def _site_trouble(settings: Settings, data_dir: Path) -> str | None:
    """What is wrong with a site that somebody has just typed. One in the file is looked at once
    the catalogue is there, and keeps no kiosk from starting: a published pack may have changed it.
    """
    # not before the first frame of a kiosk that is installed
    from db.problems import Problem
    from db.publishing.packs import catalogue_at
    from desktop.site import site_fault

    try:
        fault = site_fault(settings, catalogue_at(data_dir))
    except Problem:
        # What keeps the catalogue from being read is told where it is read for the screens.
        return None
    return fault.en if fault else None


def _without_display(settings: Settings, data_dir: Path) -> int:
    print("There is no display here. The same program now makes a whole visit off screen.")
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from desktop.tour.run import SITE  # Qt, once the platform is decided
    from desktop.tour.visit import visit

    return visit(settings if settings.site else replace(settings, site=SITE), data_dir)

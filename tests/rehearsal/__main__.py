"""`make rehearse`: the hubs' database loses its leader, on loopback, and this says what it cost."""

from __future__ import annotations

import argparse
import json
import signal
import sys

import msgspec

from tests.rehearsal.missing import missing_programs
from tests.rehearsal.processes import NotInTime, ended
from tests.rehearsal.rehearsal import HAPPENINGS, Rehearsal, Report


def main() -> int:
    parser = argparse.ArgumentParser(prog="make rehearse", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one JSON document instead of text")
    parser.add_argument(
        "--only", action="append", choices=HAPPENINGS, help="this alone; may be given repeatedly"
    )
    args = parser.parse_args()
    missing = missing_programs()
    if missing:
        say(f"rehearsal: missing here: apt-get install --no-install-recommends {missing}")
        return 2
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, _end_soon)
    with Rehearsal(say) as rehearsal:
        try:
            report = rehearsal.run(tuple(args.only or HAPPENINGS))
        except Exception as error:
            if ended.is_set():
                # Whatever was under way just then failed because of that.
                say("rehearsal: ended early")
                return 1
            say(rehearsal.last_words())
            if not isinstance(error, NotInTime):
                raise
            say(f"rehearsal: {error}")
            return 1
    sys.stdout.write(as_json(report) if args.json else as_text(report))
    return 0 if report.is_good else 1


def _end_soon(*_: object) -> None:
    """Every wait ends at once; what was started is cleared away on the way out."""
    ended.set()


def say(line: str) -> None:
    sys.stderr.write(f"{line}\n")


def as_json(report: Report) -> str:
    return json.dumps(msgspec.to_builtins(report) | {"good": report.is_good}, indent=2) + "\n"


def as_text(report: Report) -> str:
    lines = [
        f"acknowledged   {report.acknowledged_pages:,} pages, {report.acknowledged_events:,} events"
        f" in {report.writing_seconds:.0f} s",
        f"lost           {report.lost}",
        f"duplicates     {report.duplicates}",
        f"copies differ  {report.copies_differ}",
        f"on disk        {report.bytes_an_event} bytes an event, on each of three machines",
        *(
            f"{act.happening + ' ' + act.to:<20} {act.outage_seconds:5.1f} s without a write"
            for act in report.acts
        ),
        f"sent again     {sum(report.not_acknowledged.values())} times: "
        + (", ".join(f"{n} x {what}" for what, n in report.not_acknowledged.items()) or "never"),
        "good" if report.is_good else "NOT GOOD",
    ]
    return "".join(f"{line}\n" for line in lines)


if __name__ == "__main__":
    sys.exit(main())

"""How commands speak: one JSON document or plain lines out, one sentence of trouble to stderr."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path
from time import monotonic
from typing import Any

import msgspec

from db.problems import InputRefused, Problem
from desktop.commands.kiosk import default_data_dir

TROUBLE, WRONG_USE = 1, 2


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=Path, metavar="D", help="where everything is kept")


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def data_dir_of(args: argparse.Namespace) -> Path:
    return (args.data_dir or default_data_dir()).expanduser()


def say(args: argparse.Namespace, document: Any, *lines: str) -> None:
    """Prints the document on one line where --json was given, else the lines."""
    if args.json:
        print(msgspec.json.encode(document).decode())
    else:
        print("\n".join(lines))


def refuse(command: str, sentence: str, status: int = WRONG_USE) -> int:
    """Prints one sentence to stderr and returns the exit status."""
    print(f"cheonman {command}: {' '.join(sentence.split())}", file=sys.stderr)
    return status


def refuse_problem(command: str, problem: Problem, options: dict[str, str] | None = None) -> int:
    """The exit status for a problem, after its sentence: 2 for wrong input, 1 for trouble.

    `options` names the option behind each field of the input.
    """
    if isinstance(problem, InputRefused):
        option = (options or {}).get(problem.field, f"--{problem.field}")
        return refuse(command, f"{option}: {problem.en}")
    return refuse(command, problem.en, TROUBLE)


def progress(what: str, after_s: float = 1.0) -> Callable[[int, int], None]:
    """Says how far it is, on a terminal, once the work has taken longer than a second."""
    due = monotonic() + after_s

    def tell(done: int, total: int) -> None:
        if sys.stderr.isatty() and monotonic() >= due:
            end = "\n" if done >= total else ""
            print(f"\r{done} of {total} {what}", end=end, file=sys.stderr, flush=True)

    return tell

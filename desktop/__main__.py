"""The `cheonman` command. Each sub-command lives in `desktop/commands/<name>.py`.

Only the module of the command that was asked for is imported: the kiosk's first frame must not
wait for the others.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

from desktop import commands
from desktop.cli.exit_status import is_text, refuse_word, to_an_end
from desktop.cli.streams import prepare_output, write_out
from resources import VERSION

if TYPE_CHECKING:
    from _typeshed import SupportsWrite

WRONG_USE, TROUBLE = 2, 1


def _usage() -> str:
    lines = ["usage: cheonman COMMAND [options]    (cheonman COMMAND --help explains one)", ""]
    lines += [f"  {name:<11} {commands.summary(name)}" for name in commands.names()]
    return "\n".join(lines)


def main(argv: list[str] | None = None) -> int:
    """Run one command; returns the exit status (0 well, 1 trouble, 2 wrong use)."""
    args = sys.argv[1:] if argv is None else argv
    prepare_output()
    unreadable = next((word for word in args if not is_text(word)), None)
    if unreadable is not None:
        return refuse_word(unreadable)
    if not args or args[0] in ("-h", "--help"):
        return to_an_end("", lambda: _say(_usage(), 0 if args else WRONG_USE))
    if args[0] == "--version":
        return to_an_end("", lambda: _say(VERSION, 0))
    if args[0] not in commands.names():
        print(f"cheonman: unknown command {args[0][:60]!r}\n\n{_usage()}", file=sys.stderr)
        return WRONG_USE
    return to_an_end(args[0], lambda: _command(args))


def _say(words: str, status: int) -> int:
    write_out(f"{words}\n")
    return status


def _command(args: list[str]) -> int:
    import argparse  # after the cheap answers; the kiosk's first frame pays for it once

    command = import_module(f"desktop.commands.{commands.module(args[0])}")

    class Parser(argparse.ArgumentParser):
        """Says so where its help finds no room; the library's own passes over it."""

        def _print_message(self, message: str, file: SupportsWrite[str] | None = None) -> None:
            if message and file is sys.stdout:
                write_out(message)
            else:
                super()._print_message(message, file)

    about = commands.summary(args[0])
    parser = Parser(prog=f"cheonman {args[0]}", description=about, allow_abbrev=False)
    command.add_arguments(parser)
    return int(command.run(parser.parse_args(args[1:])))


if __name__ == "__main__":
    sys.exit(main())

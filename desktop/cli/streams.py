"""The standard streams: whatever becomes of them, a command ends in one sentence."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress

TROUBLE = 1


def prepare_output() -> None:
    """Letters the terminal does not know are written as numbers instead of ending the command.

    Where whoever started the program closed one of the three standard files, the next file that is
    opened would take its number: a remark would then be written into the answer, or a complaint of
    a library into the store.
    """
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(errors="backslashreplace")


def tell(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


def write_out(words: str) -> None:
    """Writes to standard output at once; where there is no room the program ends in a sentence."""
    if sys.stdout is None:
        return
    if not (_kept("", lambda: sys.stdout.write(words)) and flush("")):
        raise SystemExit(TROUBLE)


def flush(command: str) -> bool:
    """Now, and not when the interpreter ends and can only complain. False, after one sentence,
    where there is no room for what was said; a reader that went away wanted no more.
    """
    return sys.stdout is None or _kept(command, sys.stdout.flush)


def _kept(command: str, act: Callable[[], object]) -> bool:
    try:
        act()
    except BrokenPipeError:
        forget_reader()
    except OSError as error:
        forget_reader()
        name = f"cheonman {command}".strip()
        tell(f"{name}: the answer could not be written ({error.strerror}); ask again")
        return False
    return True


def forget_reader() -> None:
    """Nobody reads what is still to be written; the interpreter must not try either."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

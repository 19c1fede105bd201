"""How every command ends that did not get to its own end: one sentence, never a traceback.

What a command knows how to say it says itself. Here stands what may happen to any of them: a path
the system refuses, a reader that went away, a key that was pressed, words in another encoding.
"""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress

WRONG_USE, TROUBLE = 2, 1
#: These end in an order of their own: desktop/termination.py, db/hub/serve.py.
LIVING = ("kiosk", "hub")


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


def is_text(word: str) -> bool:
    """False for a word of the command line whose bytes are no text here."""
    try:
        word.encode()
    except UnicodeEncodeError:
        return False
    return True


def refuse_word(word: str) -> int:
    """The exit status for such a word, after a sentence: nothing could keep or pass it on."""
    shown = word[:60].encode("ascii", "backslashreplace").decode()
    _tell(
        f"cheonman: '{shown}' is not UTF-8 text; set a UTF-8 locale (for example LANG=C.UTF-8), or "
        "rename the file"
    )
    return WRONG_USE


def to_an_end(command: str, act: Callable[[], int]) -> int:
    """Runs a command; its exit status, or that of what kept it from its end."""
    try:
        status = _interruptible(command, act)
    except SystemExit as end:
        # A help or a refusal of the parser's.
        if not _flush(command) and not end.code:
            raise SystemExit(TROUBLE) from None
        raise
    except BaseException:
        _flush(command)
        raise
    return status if _flush(command) else status or TROUBLE


def _interruptible(command: str, act: Callable[[], int]) -> int:
    if command in LIVING:
        return _run(command, act, lambda: False)
    # Neither the kiosk nor the hub has a use for it.
    from desktop.stopping import Stop

    with Stop() as stop:
        return _run(command, act, lambda: stop.asked)


def _run(command: str, act: Callable[[], int], was_stopped: Callable[[], bool]) -> int:
    try:
        return act()
    except KeyboardInterrupt:
        return _stopped(command)
    except BrokenPipeError:
        forget_reader()
        return TROUBLE
    except Exception as error:
        if was_stopped():
            return _stopped(command)
        status = _refused(command, error)
        if status is None:
            raise
        return status


def _stopped(command: str) -> int:
    _tell(f"cheonman {command}: stopped; what was finished stays, the rest was not done")
    return TROUBLE


def _refused(command: str, error: Exception) -> int | None:
    """The exit status after a sentence; None for what is a fault of ours."""
    # Only in trouble: the kiosk's first frame waits for none of it.
    from db.problems import Problem, StorageUnavailable
    from desktop.commands.saying import refuse_problem

    if isinstance(error, OSError):
        place = error.filename if isinstance(error.filename, str) else error.strerror or ""
        error = StorageUnavailable.from_os(error, place)
    return refuse_problem(command, error) if isinstance(error, Problem) else None


def _tell(sentence: str) -> None:
    if sys.stderr is not None:
        sys.stderr.write(f"{sentence}\n")


def write_out(words: str) -> None:
    """Writes to standard output at once; where there is no room the program ends in a sentence."""
    if sys.stdout is None:
        return
    if not (_kept("", lambda: sys.stdout.write(words)) and _flush("")):
        raise SystemExit(TROUBLE)


def _flush(command: str) -> bool:
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
        _tell(f"{name}: the answer could not be written ({error.strerror}); ask again")
        return False
    return True


def forget_reader() -> None:
    """Nobody reads what is still to be written; the interpreter must not try either."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)

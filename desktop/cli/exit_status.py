"""How every command ends that did not get to its own end: one sentence, never a traceback.

What a command knows how to say it says itself. Here stands what may happen to any of them: a path
the system refuses, a reader that went away, a key that was pressed, words in another encoding.
"""

from __future__ import annotations

from collections.abc import Callable

from desktop.cli.streams import TROUBLE, flush, forget_reader, tell

WRONG_USE = 2
#: These end in an order of their own: desktop/process/signals.py, db/hub/serve.py.
LIVING = ("kiosk", "hub")


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
    tell(
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
        if not flush(command) and not end.code:
            raise SystemExit(TROUBLE) from None
        raise
    except BaseException:
        flush(command)
        raise
    return status if flush(command) else status or TROUBLE


def _interruptible(command: str, act: Callable[[], int]) -> int:
    if command in LIVING:
        return _run(command, act, lambda: False)
    # Neither the kiosk nor the hub has a use for it.
    from desktop.cli.stopping import Stop

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
    tell(f"cheonman {command}: stopped; what was finished stays, the rest was not done")
    return TROUBLE


def _refused(command: str, error: Exception) -> int | None:
    """The exit status after a sentence; None for what is a fault of ours."""
    # Only in trouble: the kiosk's first frame waits for none of it.
    from db.problems import Problem, StorageUnavailable
    from desktop.cli.output import refuse_problem

    if isinstance(error, OSError):
        place = error.filename if isinstance(error.filename, str) else error.strerror or ""
        error = StorageUnavailable.from_os(error, place)
    return refuse_problem(command, error) if isinstance(error, Problem) else None

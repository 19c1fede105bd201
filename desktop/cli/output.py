"""How commands speak: one JSON document or plain lines out, one sentence of trouble to stderr."""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import msgspec

from db.directory import DataDirectory, calmly, read_at_most
from db.problems import InputRefused, NoStore, Problem
from desktop.cli.data_dir import default_data_dir, home_of, typed_path
from desktop.cli.streams import forget_reader

if TYPE_CHECKING:
    from db.exchange.carriers.bundle_reading import Refusal

TROUBLE, WRONG_USE = 1, 2
_LARGEST_WORDS = 64 * 1024
"""Bytes of what an option takes from a file."""
_LONGEST = 1000
"""Letters of a sentence: what somebody typed may be of any length."""

_STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def add_data_dir(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--data-dir", type=typed_path, metavar="D", help="where everything is kept")


def add_json(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print one JSON document")


def add_words(
    parser: argparse.ArgumentParser, option: str, about: str, *, required: bool = False
) -> None:
    """An option for what somebody wrote, and beside it one for a file that holds it: what stands
    on a command line is read by everybody on this machine.
    """
    either = parser.add_mutually_exclusive_group(required=required)
    either.add_argument(option, type=_words, metavar="T", help=f"{about}; - reads standard input")
    name = option.removeprefix("--").replace("-", "_")
    either.add_argument(
        f"{option}-file", dest=name, type=_words_in, metavar="FILE", help="the same from a file"
    )


def add_secret(parser: argparse.ArgumentParser, option: str, about: str) -> None:
    """An option for the file that holds a password: it is typed into no command line."""
    parser.add_argument(
        option, type=_secret_in, metavar="FILE", help=f"{about}; - reads one line of standard input"
    )


def _secret_in(file: str) -> str:
    if file != "-":
        return _words_in(file)
    if sys.stdin is None:
        raise argparse.ArgumentTypeError("there is no standard input")
    return _as_text(sys.stdin.buffer.readline(_LARGEST_WORDS + 1), "standard input")


def _words(given: str) -> str:
    if given != "-":
        return _seen(given, "it")
    if sys.stdin is None:
        raise argparse.ArgumentTypeError("there is no standard input")
    return _as_text(sys.stdin.buffer.read(_LARGEST_WORDS + 1), "standard input")


def _words_in(file: str) -> str:
    try:
        return _as_text(read_at_most(Path(file), _LARGEST_WORDS + 1), file)
    except OSError as error:
        raise argparse.ArgumentTypeError(f"{file}: {error.strerror}") from error


def _as_text(data: bytes, place: str) -> str:
    """What was written, without the mark and the line end that editors add."""
    if len(data) > _LARGEST_WORDS:
        raise argparse.ArgumentTypeError(f"{place} holds more than any text may have")
    try:
        text = data.decode("utf-8-sig").rstrip("\r\n")
    except UnicodeDecodeError as error:
        raise argparse.ArgumentTypeError(f"{place} holds no UTF-8 text") from error
    if not text:
        raise argparse.ArgumentTypeError(f"{place} is empty")
    return _seen(text, place)


def _seen(text: str, place: str) -> str:
    from db.unseen import is_empty  # with words alone

    if is_empty(text):
        raise argparse.ArgumentTypeError(f"{place} holds nothing that anybody would see")
    return text


def data_dir_of(args: argparse.Namespace) -> Path:
    return home_of(args.data_dir) if args.data_dir else default_data_dir()


def store_dir_of(args: argparse.Namespace) -> Path:
    """The data directory of a store that is there: a mistyped path must not become a new device.

    Raises NoStore, StorageUnavailable.
    """
    data_dir = data_dir_of(args)
    directory = DataDirectory(data_dir)
    with calmly(data_dir):
        if not (directory.store.exists() or directory.keys.exists()):
            raise NoStore(str(directory.store))
    return data_dir


def say(args: argparse.Namespace, document: object, *lines: str) -> None:
    """Prints the document on one line where --json was given, else the lines, if there are any.

    What was asked for is done by now: a reader that went away changes nothing, and where there is
    no room for the answer the command ends with one sentence.
    """
    try:
        if args.json:
            print(_for_output(msgspec.json.encode(document).decode()), flush=True)
        elif lines:
            print(harmless("\n".join(lines)), flush=True)
    except BrokenPipeError:
        forget_reader()
    except OSError as error:
        forget_reader()
        sentence = (
            "what was asked for is done and need not be done again; only the answer could not be "
            f"written ({error.strerror})"
        )
        print(f"cheonman: {sentence}", file=sys.stderr)
        raise SystemExit(TROUBLE) from error


def _for_output(text: str) -> str:
    """JSON that standard output can hold: escapes where it knows fewer letters."""
    try:
        text.encode(getattr(sys.stdout, "encoding", None) or "utf-8")
    except UnicodeEncodeError:
        return json.dumps(json.loads(text))
    return text


def harmless(text: str) -> str:
    """Words of others without what would steer the terminal or turn the line round."""
    return _STEERING.sub("\ufffd", text)


def refuse(command: str, sentence: str, status: int = WRONG_USE) -> int:
    """Prints one sentence to stderr and returns the exit status."""
    remark(command, sentence)
    return status


def remark(command: str, sentence: str) -> None:
    """Prints one sentence to stderr."""
    words = harmless(" ".join(sentence.split()))
    if len(words) > _LONGEST:
        words = f"{words[: _LONGEST // 2]} ... {words[-_LONGEST // 2 :]}"
    print(f"cheonman {command}: {words}", file=sys.stderr)


def refuse_problem(command: str, problem: Problem, options: dict[str, str] | None = None) -> int:
    """The exit status for a problem, after its sentence: 2 for wrong input, 1 for trouble.

    `options` names the option behind each field of the input.
    """
    if isinstance(problem, InputRefused):
        option = (options or {}).get(problem.field, f"--{problem.field}")
        return refuse(command, f"{option}: {problem.en}")
    from desktop.cli.next_command import sentence_of  # only in trouble

    return refuse(command, sentence_of(problem), TROUBLE)


def refuse_all(command: str, refusals: Iterable[Refusal], unnamed: int = 0) -> None:
    """Prints why each of them was not taken, one sentence a line, and how many more there were."""
    from desktop.cli.next_command import with_command  # only in trouble

    for each in refusals:
        refuse(command, with_command(each.en, each.reason))
    if unnamed:
        refuse(command, f"{unnamed} more were not taken; mend these and ask again.")


def progress(what: str, after_s: float = 1.0) -> Callable[[int, int], None]:
    """Says how far it is, on a terminal, once the work has taken longer than a second."""
    due = monotonic() + after_s

    def tell(done: int, total: int) -> None:
        if sys.stderr is not None and sys.stderr.isatty() and monotonic() >= due:
            end = "\n" if done >= total else ""
            print(f"\r{done} of {total} {what}", end=end, file=sys.stderr, flush=True)

    return tell

"""Nothing is trusted before two people compared its fingerprint: the question, and its answer."""

from __future__ import annotations

import argparse
import sys
from enum import Enum

from db.problems import InputRefused


class Whose(Enum):
    """Whose key the words stand for: what they are called, and where the same words are shown."""

    CITY = ("도시", "city", "담당자가 읽어 주는", "the words the authority reads to you")
    DEVICE = ("기기", "device", "기기 화면에 보이는", "the words that the device shows")


def add_fingerprint(parser: argparse.ArgumentParser, help: str) -> None:
    parser.add_argument("--fingerprint", metavar="WORDS", help=help)


def require_compared(args: argparse.Namespace, public_key: bytes, whose: Whose) -> None:
    """Returns once a person gave these words with --fingerprint or said yes at the terminal.

    Raises InputRefused for other words and for none.
    """
    from db.exchange.trust.fingerprint import agrees, fingerprint

    words = fingerprint(public_key)
    what_ko, what_en, where_ko, where_en = whose.value
    if args.fingerprint is not None:
        if agrees(args.fingerprint, public_key):
            return
        raise InputRefused(
            "fingerprint",
            f"이 파일의 {what_ko} 지문은 {words}입니다. 다르면 누군가 바꾸어 놓은 것입니다.",
            f"this file carries the {what_en} fingerprint {words}; where it differs somebody has "
            "exchanged the file.",
        )
    if not args.json and _asks() and _says_yes(f"{what_en} fingerprint  {words}", where_en):
        return
    raise InputRefused(
        "fingerprint",
        f"이 파일의 {what_ko} 지문은 {words}입니다. {where_ko} 낱말과 모두 같은지 확인하고, "
        "그 낱말을 --fingerprint에 적어 다시 하세요.",
        f"this file carries the {what_en} fingerprint {words}; compare all of it with {where_en}, "
        "then call again with those words.",
    )


def _asks() -> bool:
    """Whether somebody sits at a terminal who can be asked."""
    return all(stream is not None and stream.isatty() for stream in (sys.stdin, sys.stderr))


def _says_yes(words: str, where: str) -> bool:
    print(f"{words}\nAre these {where}, all of them? [y/N] ", end="", file=sys.stderr, flush=True)
    return sys.stdin.readline().strip().lower() in ("y", "yes", "예", "네")

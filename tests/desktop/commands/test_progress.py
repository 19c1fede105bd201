"""How far long work is: said on a terminal, after a while, and nowhere else."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from desktop.cli import output


@contextmanager
def a_terminal() -> Iterator[tuple[Callable[[bytes], bytes], io.TextIOBase]]:
    """What hears of a real terminal up to an end, and what writes to it."""
    reading, writing = os.openpty()

    def hear(end: bytes) -> bytes:
        heard = b""
        # A terminal hands on what it has; the rest comes with the next look.
        while not heard.endswith(end):
            heard += os.read(reading, 4_000)
        return heard

    with os.fdopen(writing, "w", encoding="utf-8") as stream:
        yield hear, stream
        stream.flush()
    os.close(reading)


@pytest.mark.parametrize(
    ("after_s", "said"), [(0.0, b"\r3 of 9 events\r9 of 9 events\r\n"), (60.0, b"")]
)
def test_only_work_that_takes_longer_says_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, after_s: float, said: bytes
) -> None:
    with a_terminal() as (hear, stream):
        monkeypatch.setattr(sys, "stderr", stream)
        tell = output.progress("events", after_s)
        tell(3, 9)
        tell(9, 9)
        print(".", end="", file=stream, flush=True)
        assert hear(b".") == said + b"."


def test_a_program_that_listens_hears_nothing_of_it(capsys: pytest.CaptureFixture[str]) -> None:
    output.progress("events", 0.0)(3, 9)
    assert capsys.readouterr().err == ""

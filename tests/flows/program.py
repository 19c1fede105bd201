"""The real program in a process of its own, as an installer or a power cut meets it."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from collections.abc import Sequence
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
#: Long enough for the slowest command on two busy cores, short enough to notice one that hangs.
PATIENCE = 60


@dataclass(frozen=True)
class Answer:
    """What the program said and how it ended."""

    status: int
    out: str
    err: str

    @property
    def document(self) -> Any:
        """The one JSON document on standard output."""
        return json.loads(self.out)

    @property
    def sentences(self) -> list[str]:
        """Lines on standard error, empty ones left out."""
        return [line for line in self.err.splitlines() if line.strip()]


def command(*words: str | Path, program: Sequence[str] | None = None) -> list[str]:
    start = program or (sys.executable, "-P", "-m", "desktop")
    return [*start, *(str(word) for word in words)]


def surroundings(root: Path = ROOT, **more: str) -> dict[str, str]:
    """The environment of a fresh process that runs the source tree at `root`."""
    return os.environ | {"PYTHONPATH": str(root)} | more


def cheonman(
    *words: str | Path,
    root: Path = ROOT,
    program: Sequence[str] | None = None,
    patience: float = PATIENCE,
    **environment: str,
) -> Answer:
    """Run `cheonman words...` to its end, at most `patience` seconds."""
    finished = subprocess.run(
        command(*words, program=program),
        cwd=root,
        env=surroundings(root, **environment),
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=patience,
        check=False,
    )
    return Answer(finished.returncode, finished.stdout, finished.stderr)


def in_this_process(*words: str | Path) -> Answer:
    """The same command without a process of its own, where it only refuses: what it imports is
    there already."""
    # Only who asks for it pays for it.
    from desktop.__main__ import main

    out, err = io.StringIO(), io.StringIO()
    with redirect_stdout(out), redirect_stderr(err):
        try:
            status = main([str(word) for word in words])
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
    return Answer(status, out.getvalue(), err.getvalue())


def add_opinion(data_dir: Path, text: str = "나무 그늘이 좋아요", **more: Any) -> Answer:
    """One general opinion through the command that shares the screen's code path."""
    words = ("--general", "--kind", "praise", "--text", text, "--json")
    run = cheonman if more else in_this_process
    return run("feedback", "add", "--data-dir", data_dir, *words, **more)


def texts(data_dir: Path) -> list[str]:
    """The stored opinions' texts, in the order the list gives them."""
    answer = in_this_process("feedback", "list", "--data-dir", data_dir, "--json")
    assert answer.status == 0, answer.err
    document = answer.document
    rows = document if isinstance(document, list) else document["feedback"]
    return [row["text"] for row in rows]


def clear_sentence(answer: Answer, *must_name: str | Path, status: int | None = None) -> str:
    """The program says calmly what is wrong: one sentence that names everything in `must_name`."""
    assert answer.status == status if status is not None else answer.status in (1, 2), answer
    assert "Traceback" not in answer.err + answer.out
    assert len(answer.sentences) == 1, answer.err
    (sentence,) = answer.sentences
    for name in must_name:
        assert str(name) in sentence, sentence
    return sentence

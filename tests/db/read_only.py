"""Commands on a data directory whose disk takes no writing: run inside a mount of its own."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

from db.directory import is_read_only
from desktop.__main__ import main


def said_by(*words: str) -> tuple[int, str, str]:
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = main([*words, "--data-dir", sys.argv[1]])
    return status, out.getvalue(), err.getvalue()


if __name__ == "__main__":
    home = Path(sys.argv[1])
    answers = {
        "list": said_by("feedback", "list"),
        "doctor": said_by("doctor"),
        "add": said_by("feedback", "add", "--general", "--kind", "praise", "--text", "꽃"),
        "backup": said_by("backup", sys.argv[2]),
        "state": said_by("sync", "--status"),
    }
    sys.stdout.write(json.dumps({"read_only": is_read_only(home), **answers}))

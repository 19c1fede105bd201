"""Where everything is kept: the data directory that was given, or the one meant without a word."""

from __future__ import annotations

import argparse
import os
from pathlib import Path

DEFAULT_DATA = "~/.local/share/cheonman"


def default_data_dir() -> Path:
    """The data directory when none is given: CHEONMAN_DATA, else the user's data folder."""
    return home_of(Path(os.environ.get("CHEONMAN_DATA") or DEFAULT_DATA))


def home_of(path: Path) -> Path:
    """The path with its `~` filled in. Raises InputRefused where nobody says where home is."""
    try:
        return path.expanduser()
    except RuntimeError as error:
        from db.problems import InputRefused  # only in trouble

        raise InputRefused(
            "data-dir",
            "이 사용자의 홈 폴더를 알 수 없습니다. --data-dir로 폴더를 알려 주세요.",
            "this user has no home directory; say with --data-dir where everything is kept.",
        ) from error


def typed_path(text: str) -> Path:
    """A path that was typed. An empty word would mean wherever somebody happens to stand."""
    if not text.strip():
        raise argparse.ArgumentTypeError("is empty; give a path")
    return Path(text)

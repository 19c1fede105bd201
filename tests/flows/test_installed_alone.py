"""The program needs nothing but what its own list of packages brings."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from db.store.opening import open_store
from tests.flows.installed_alone import ROOT, listed


def alone(kind: str, *words: str) -> str:
    ran = subprocess.run(
        [sys.executable, "-m", "tests.flows.installed_alone", kind, *words],
        capture_output=True,
        text=True,
        timeout=120,
        cwd=ROOT,
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert "Traceback" not in ran.stderr
    return ran.stdout


def test_each_longer_list_holds_the_shorter_one() -> None:
    assert listed("run") < listed("hub") < listed("dev")
    assert not {"pytest", "fastapi", "coverage"} & listed("run")


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        ("run", ("--version",)),
        ("run", ("doctor",)),
        ("run", ("feedback", "add", "--general", "--kind", "praise", "--text", "👨‍👩‍👧 나무")),
        ("run", ("kiosk", "--windowed", "--until", "first-frame")),
        ("hub", ("hub", "--help")),
    ],
    ids=lambda value: value if isinstance(value, str) else value[0],
)
def test_the_program_starts_without_development_packages(
    kind: str, words: tuple[str, ...], data_dir: Path
) -> None:
    open_store(data_dir).close()
    needs_none = words[0] == "--version" or words[-1] == "--help"
    here = () if needs_none else ("--data-dir", str(data_dir))
    said = alone(kind, *words, *here).strip()
    assert said and "display" not in said

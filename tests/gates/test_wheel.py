"""The wheel carries everything: installed elsewhere, without the source tree, the command works."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from resources import VERSION
from tests.gates.sources import FLOORS, ROOT

#: Data files of these folders must be in the wheel, whatever their suffix.
DATA = ("catalogue", "map", "fonts", "icons", "i18n", "install")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    source = tmp_path_factory.mktemp("source")
    for floor in FLOORS:
        shutil.copytree(
            ROOT / floor, source / floor, ignore=shutil.ignore_patterns("__pycache__", "build")
        )
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, source)
    target = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-index"]
    command += ["--no-build-isolation", "--wheel-dir", str(target), str(source)]
    subprocess.run(command, check=True, capture_output=True)
    (built,) = target.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh environment with the wheel alone; the dependencies are lent from this one."""
    venv = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(venv)], check=True)
    python = venv / "bin" / "python"
    command = [sys.executable, "-m", "pip", "--python", str(python), "install", "--quiet"]
    command += ["--no-deps", "--no-index", str(wheel)]
    subprocess.run(command, check=True, capture_output=True)
    (site,) = venv.glob("lib/python3*/site-packages")
    lent = Path(pytest.__file__).parents[1]
    # Only a path: the .pth files over there, this source tree's among them, are not read again.
    (site / "lent.pth").write_text(f"{lent}\n", encoding="utf-8")
    return venv


def test_the_wheel_holds_every_data_file_of_the_tree(wheel: Path) -> None:
    packed = set(zipfile.ZipFile(wheel).namelist())
    wanted = {
        path.relative_to(ROOT).as_posix()
        for folder in DATA
        for path in (ROOT / "resources" / folder).rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    assert wanted <= packed, sorted(wanted - packed)


def test_the_wheel_holds_nothing_but_the_three_floors(wheel: Path) -> None:
    tops = {name.split("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert tops == {*FLOORS, f"cheonman-{VERSION}.dist-info"}


def test_the_installed_command_knows_its_version(installed: Path, tmp_path: Path) -> None:
    answer = run(installed, tmp_path, "--version")
    assert VERSION in answer


def test_the_installed_command_finds_its_resources(installed: Path, tmp_path: Path) -> None:
    code = (
        "import json, resources; from db.catalogue.loading import load_catalogue;"
        "print(json.dumps([resources.__file__, len(load_catalogue(None).projects)]))"
    )
    command = [str(installed / "bin" / "python"), "-c", code]
    answer = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    where, projects = json.loads(answer.stdout)
    assert Path(where).is_relative_to(installed)
    assert projects > 0


def run(venv: Path, elsewhere: Path, *words: str) -> str:
    command = [str(venv / "bin" / "cheonman"), *words]
    return subprocess.run(command, cwd=elsewhere, capture_output=True, text=True, check=True).stdout

"""What an installation stands on: packages, disk, fonts, clock. The store is not needed for it."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path
from typing import Any

import msgspec
import pysqlite3.dbapi2 as sqlite

from db.clock import Clock, is_suspect
from db.problems import Problem
from db.store.store import OLDEST_SQLITE, check_sqlite
from resources import VERSION

LITTLE_DISK, LOW_DISK = 50 * 1024 * 1024, 500 * 1024 * 1024
"""Bytes free: below the first saving will soon fail, below the second somebody should look."""

_PACKAGES = (
    "PySide6-Essentials", "PyNaCl", "msgspec", "numpy", "pyqtgraph", "pysqlite3",
    "sqlite-utils", "zstandard",
)  # fmt: skip
_FONTS = ("Pretendard-Regular.otf", "Pretendard-Bold.otf")


class Finding(msgspec.Struct, frozen=True, kw_only=True):
    """One thing to know: which part, and what to do about it, in both languages."""

    part: str
    ko: str
    en: str


class Notes:
    """Collects what the parts of an examination found."""

    def __init__(self) -> None:
        self.troubles: list[Finding] = []
        self.warnings: list[Finding] = []

    def trouble(self, part: str, ko: str, en: str) -> None:
        self.troubles.append(Finding(part=part, ko=ko, en=en))

    def warning(self, part: str, ko: str, en: str) -> None:
        self.warnings.append(Finding(part=part, ko=ko, en=en))

    def problem(self, part: str, problem: Problem) -> None:
        self.trouble(part, problem.ko, problem.en)


CARDS = Path("/proc/asound/cards")


def has_sound_card(cards: Path = CARDS) -> bool:
    """Whether there is a sound card. Without one espeak-ng speaks to nobody and ends well."""
    try:
        listed = cards.read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return any(line.split()[:1] and line.split()[0].isdecimal() for line in listed.splitlines())


def about_sound(cards: Path = CARDS) -> tuple[Finding, ...]:
    """What staff of a kiosk should know of its sound."""
    if has_sound_card(cards):
        return ()
    return (
        Finding(
            part="sound",
            ko="소리 장치가 없어 음성 안내와 알림 소리가 들리지 않습니다. 담당자가 스피커와 "
            "소리 장치를 확인해야 합니다.",
            en="there is no sound card: speech and sounds cannot be heard; staff have to look "
            "after the loudspeaker and its card.",
        ),
    )


def check_versions(notes: Notes) -> dict[str, Any]:
    """Versions of the program and what it stands on."""
    packages: dict[str, str | None] = {}
    for package in _PACKAGES:
        try:
            packages[package] = version(package)
        except PackageNotFoundError:
            packages[package] = None
            notes.trouble(
                "versions",
                f"{package} 패키지가 설치되어 있지 않습니다. 다시 설치하세요.",
                f"the package {package} is not installed; install the program again.",
            )
    try:
        check_sqlite()
    except Problem as problem:
        notes.problem("versions", problem)
    return {
        "program": VERSION,
        "python": platform.python_version(),
        "system": platform.platform(),
        "sqlite": sqlite.sqlite_version,
        "sqlite_needed": ".".join(map(str, OLDEST_SQLITE)),
        "packages": packages,
    }


def check_disk(notes: Notes, path: Path) -> dict[str, Any]:
    """Room on the disk that holds `path`, in bytes."""
    place = path
    while not os.path.exists(place) and place != place.parent:
        place = place.parent
    usage = shutil.disk_usage(place)
    free_mb = usage.free // 1024 // 1024
    if usage.free < LITTLE_DISK:
        notes.trouble(
            "disk",
            f"저장 공간이 {free_mb} MB밖에 남지 않았습니다. 공간을 비우세요.",
            f"only {free_mb} MB of disk are free; free some space.",
        )
    elif usage.free < LOW_DISK:
        notes.warning(
            "disk",
            f"저장 공간이 {free_mb} MB 남았습니다. 곧 비워야 합니다.",
            f"{free_mb} MB of disk are free; some space will be needed soon.",
        )
    return {"path": str(place), "free_bytes": usage.free, "total_bytes": usage.total}


def check_fonts(notes: Notes) -> dict[str, Any]:
    """Whether each bundled font is there and a font."""
    found: dict[str, Any] = {}
    for name in _FONTS:
        font = files("resources") / "fonts" / name
        sound = font.is_file()
        if sound:
            with font.open("rb") as stream:
                sound = stream.read(4) in (b"OTTO", b"\0\1\0\0")
        found[name] = sound
        if not sound:
            notes.trouble(
                "fonts",
                f"글꼴 {name}이(가) 없거나 손상되었습니다. 프로그램을 다시 설치하세요.",
                f"the font {name} is missing or damaged; install the program again.",
            )
    return found


def check_clock(notes: Notes, clock: Clock) -> dict[str, Any]:
    """The device's time in microseconds since 1970, and whether it can be right."""
    now = clock()
    if is_suspect(now):
        notes.trouble(
            "clock",
            "시계가 맞지 않습니다. 날짜와 시각을 맞추세요. 의견의 순서는 그래도 지켜집니다.",
            "the clock is wrong; set date and time. Feedback keeps its order all the same.",
        )
    return {"now_us": now, "suspect": is_suspect(now)}

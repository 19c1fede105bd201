"""What an installation stands on: packages, disk, fonts, clock. The store is not needed for it."""

from __future__ import annotations

import os
import platform
import shutil
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

import pysqlite3.dbapi2 as sqlite

from db.clock import Clock, is_suspect
from db.directory import is_read_only
from db.doctor.report import ClockReport, Disk, Finding, Notes, Versions
from db.problems import Cause, Problem, StorageUnavailable
from db.store.store import OLDEST_SQLITE, check_sqlite
from resources import VERSION

LITTLE_DISK, LOW_DISK = 50 * 1024 * 1024, 500 * 1024 * 1024
"""Bytes free: below the first saving will soon fail, below the second somebody should look."""

_PACKAGES = (
    "PySide6-Essentials", "PyNaCl", "msgspec", "numpy", "pyqtgraph", "pysqlite3", "regex",
    "sqlite-utils", "zstandard",
)  # fmt: skip
_FONTS = ("Pretendard-Regular.otf", "Pretendard-Bold.otf")


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


def check_versions(notes: Notes) -> Versions:
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
    return Versions(
        program=VERSION,
        python=platform.python_version(),
        system=platform.platform(),
        sqlite=sqlite.sqlite_version,
        sqlite_needed=".".join(map(str, OLDEST_SQLITE)),
        packages=packages,
    )


def check_disk(notes: Notes, path: Path) -> Disk:
    """Room on the disk that holds `path`, in bytes."""
    place = path
    while not os.path.exists(place) and place != place.parent:
        place = place.parent
    if is_read_only(place):
        notes.problem("disk", StorageUnavailable(Cause.READ_ONLY, str(path)))
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
    return Disk(path=str(place), free_bytes=usage.free, total_bytes=usage.total)


def check_fonts(notes: Notes) -> dict[str, bool]:
    """Whether each bundled font is there and a font."""
    found: dict[str, bool] = {}
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


def check_clock(notes: Notes, clock: Clock) -> ClockReport:
    """The device's time in microseconds since 1970, and whether it can be right."""
    now = clock()
    if is_suspect(now):
        notes.trouble(
            "clock",
            "시계가 맞지 않습니다. 날짜와 시각을 맞추세요. 의견의 순서는 그래도 지켜집니다.",
            "the clock is wrong; set date and time. Feedback keeps its order all the same.",
        )
    return ClockReport(now_us=now, suspect=is_suspect(now))

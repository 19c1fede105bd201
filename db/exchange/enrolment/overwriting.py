"""Editions 판: a request or papers may be written over an older edition of themselves, and over
nothing else that somebody keeps.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from db.directory import calmly, require_outside
from db.exchange.enrolment.authority import read_request
from db.exchange.trust.trust import read_papers
from db.keys.device import device_name
from db.problems import Cause, InputRefused, StorageUnavailable
from db.refusals import Refused
from db.store.store import Store


def require_place_for_request(file: Path, store: Store) -> None:
    """A device asks again over what it asked before, also under an earlier name of its own; what
    another device asked cannot be had again without going there.

    Raises InputRefused, StorageUnavailable.
    """

    def is_own(file: Path) -> bool:
        return store.is_own(device_name(bytes.fromhex(read_request(file).public_key)))

    _require(file, is_own)


def require_place_for_papers(file: Path, city: bytes) -> None:
    """Papers of a city only grow, so the latest may lie over any of the same city; not over those
    with a grant, which one desk or hub alone can use. Raises InputRefused, StorageUnavailable.
    """

    def is_older(file: Path) -> bool:
        papers = read_papers(file)
        return papers.city == city.hex() and papers.grant is None

    _require(file, is_older)


def _require(file: Path, is_older: Callable[[Path], bool]) -> None:
    require_outside(file.absolute().parent, "out")
    with calmly(file):
        if file.is_dir():
            raise StorageUnavailable(Cause.IS_A_DIRECTORY, str(file))
        if not file.exists() or (file.is_file() and file.stat().st_size == 0):
            return  # an empty one holds a place for what is to come
        try:
            if is_older(file):
                return
        except Refused:
            pass  # a letter, a photo, a pipe: it is somebody's, whatever it is
    raise InputRefused(
        "out",
        f"{file}에 이미 다른 것이 들어 있어 그대로 두었습니다. 다른 이름을 정하세요.",
        f"{file} holds something else already and was left as it is; give another name.",
    )

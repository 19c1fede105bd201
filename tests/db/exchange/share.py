"""A shared folder for the members of a network, and what becomes of files in one."""

from __future__ import annotations

import shutil
from contextlib import ExitStack
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory

from db.directory import DataDirectory
from db.exchange.carriers.bundle import SUFFIX
from db.keys.age_files import Identity
from db.keys.device import AGE

_SHM = Path("/dev/shm")
"""Memory, where there is such a place: no disk is tried here."""


@lru_cache(maxsize=1)
def identity() -> Identity:
    """What every member opens files with: who may read what is tried elsewhere."""
    return Identity.generate()


class Share:
    """`folder` is the shared one; `home` is a data directory that holds what opens its files."""

    def __init__(self, stack: ExitStack) -> None:
        place = str(_SHM) if _SHM.is_dir() else None
        root = Path(stack.enter_context(TemporaryDirectory(prefix="share-", dir=place)))
        self.folder, self._old = root / "folder", root / "old"
        self.home = DataDirectory(root / "home")
        for each in (self.folder, self._old, self.home.path, self.home.keys):
            each.mkdir()
        (self.home.keys / AGE).write_text(f"{identity().text}\n", encoding="ascii")
        self._altered: set[str] = set()

    def files(self) -> list[Path]:
        return sorted(self.folder.glob(f"*{SUFFIX}"))

    def lose(self, pick: int) -> None:
        """A file is moved out of the folder."""
        file = self._picked(pick)
        if file is not None:
            shutil.move(file, self._old / file.name)

    def bring_back(self) -> None:
        """Whoever looks after the share puts back what was in it once."""
        for file in self._old.iterdir():
            shutil.move(file, self.folder / file.name)

    def spoil(self, pick: int, where: int, cut: bool) -> None:
        """A file is cut short, or altered so that its size tells nobody."""
        file = self._picked(pick)
        data = bytearray(file.read_bytes()) if file is not None else bytearray()
        if file is None or not data:
            return
        where %= len(data)
        if cut:
            del data[where:]
        else:
            data[where] ^= 1 << where % 8
            self._altered.add(file.name)
        file.write_bytes(data)

    def tidy(self) -> None:
        """Somebody deletes the damaged files that every visit named."""
        for name in self._altered:
            (self.folder / name).unlink(missing_ok=True)

    def _picked(self, pick: int) -> Path | None:
        files = self.files()
        return files[pick % len(files)] if files else None

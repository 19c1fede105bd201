"""What an officer chose for their eyes: kept beside the store, and never needed to open it."""

from __future__ import annotations

import logging
from enum import IntEnum
from pathlib import Path

import msgspec

from db.directory import write_durably
from desktop.theme.desk_look import Density, DeskLook
from desktop.theme.desk_palette import DESK_PALETTES, DeskTheme

FILE = "desk.json"
log = logging.getLogger("cheonman.desk")


class TextSize(IntEnum):
    """In percent."""

    NORMAL = 100
    LARGER = 115
    LARGEST = 130


class Preferences(msgspec.Struct, frozen=True, kw_only=True):
    theme: DeskTheme = DeskTheme.LIGHT
    text_size: TextSize = TextSize.NORMAL
    density: Density = Density.NORMAL
    language: str = "ko"

    def look(self) -> DeskLook:
        return DeskLook(DESK_PALETTES[self.theme], self.language, self.text_size, self.density)


def load_preferences(data_dir: Path, language: str) -> Preferences:
    """What was chosen, or how everything begins; a file that rotted is passed over."""
    try:
        return msgspec.json.decode((data_dir / FILE).read_bytes(), type=Preferences)
    except (OSError, msgspec.MsgspecError):
        return Preferences(language=language)


def keep_preferences(data_dir: Path, chosen: Preferences) -> None:
    """A disk that refuses costs the choice at the next start, nothing else."""
    try:
        write_durably(data_dir / FILE, msgspec.json.encode(chosen))
    except OSError as error:
        log.info("the look could not be kept: %s", error)

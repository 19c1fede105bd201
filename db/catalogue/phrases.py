"""Ready phrases: what many people want to say, one tap each. A site may put its own in their place.

The ids travel with the feedback; the words are only ever shown.
"""

from __future__ import annotations

import logging
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import msgspec

from db.bilingual import Bilingual
from db.records.base import Id
from db.records.feedback import Kind
from db.text import composed_bytes

log = logging.getLogger("cheonman.phrases")

FILE = "phrases.json"
MAX_BYTES = 256 * 1024
_Words = Annotated[str, msgspec.Meta(min_length=1, max_length=60)]


class Phrase(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    id: Id
    kind: Kind
    ko: _Words
    en: _Words

    def words(self, language: str) -> str:
        return Bilingual(self.ko, self.en).in_(language)


class _Phrases(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    phrases: Annotated[tuple[Phrase, ...], msgspec.Meta(max_length=200)]


def load_phrases(data_dir: Path | None = None) -> tuple[Phrase, ...]:
    """The phrases of a site, or the built-in ones where it has none or none that can be read."""
    own = data_dir / "catalogue" / FILE if data_dir else None
    if own is not None and own.exists():
        try:
            with own.open("rb") as stream:
                return _parse(stream.read(MAX_BYTES + 1))
        except (OSError, ValueError, msgspec.MsgspecError) as error:
            log.warning("%s is left aside, the built-in phrases are used: %s", own, error)
    return _parse((files("resources") / "catalogue" / FILE).read_bytes())


def _parse(raw: bytes) -> tuple[Phrase, ...]:
    if len(raw) > MAX_BYTES:
        raise ValueError(f"larger than {MAX_BYTES} bytes; shorten it")
    return msgspec.json.decode(composed_bytes(raw), type=_Phrases).phrases

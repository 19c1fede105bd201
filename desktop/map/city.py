"""The city's geometry: dongs, streams, lakes and hills, read from resources/map/city.json.

File coordinates are whole metres east and north of the projection's origin; here everything is in
world metres (y south) and in Qt shapes, because a map is painted many times and read once.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Annotated

import msgspec
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QPainterPath, QPolygonF

from db.bilingual import Bilingual
from desktop import assets
from desktop.i18n import dated

MAX_BYTES = 2_000_000
_Metre = Annotated[int, msgspec.Meta(ge=-60_000, le=60_000)]
_Line = Annotated[tuple[_Metre, ...], msgspec.Meta(min_length=4, max_length=20_000)]
_Ring = Annotated[tuple[_Metre, ...], msgspec.Meta(min_length=6, max_length=20_000)]
_Word = Annotated[str, msgspec.Meta(min_length=1, max_length=120)]
_Code = Annotated[str, msgspec.Meta(pattern=r"^\d{8}$")]


class CityError(ValueError):
    """city.json cannot be used; the sentence names the field and what is wrong with it."""


class _Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    pass


class _Dong(_Record, frozen=True):
    code: _Code
    code_2023: _Code
    name: _Word
    name_en: _Word
    group: _Word
    gu: _Word
    gu_en: _Word
    tint: Annotated[int, msgspec.Meta(ge=0, le=4)]
    label: tuple[_Metre, _Metre, _Metre]
    rings: Annotated[tuple[_Ring, ...], msgspec.Meta(min_length=1, max_length=50)]


class _Group(_Record, frozen=True):
    name: _Word
    name_en: _Word
    label: tuple[_Metre, _Metre, _Metre]
    codes: Annotated[tuple[_Code, ...], msgspec.Meta(min_length=1, max_length=50)]


class _Stream(_Record, frozen=True):
    id: _Word
    name: _Word
    name_en: _Word
    width: Annotated[int, msgspec.Meta(ge=1, le=2_000)]
    basis: _Word
    schematic: bool
    line: _Line


class _Lake(_Record, frozen=True):
    id: _Word
    schematic: bool
    ring: _Ring


class _Hill(_Record, frozen=True):
    id: _Word
    schematic: bool
    rings: Annotated[tuple[_Ring, ...], msgspec.Meta(min_length=1, max_length=3)]


class _CityFile(_Record, frozen=True):
    format: Annotated[int, msgspec.Meta(ge=1, le=1)]
    attribution_ko: _Word
    attribution_en: _Word
    base_date: Annotated[str, msgspec.Meta(pattern=r"^\d{4}-\d\d-\d\d$")]
    origin: tuple[float, float]
    outline: tuple[_Ring, ...]
    dongs: Annotated[tuple[_Dong, ...], msgspec.Meta(min_length=1, max_length=500)]
    groups: Annotated[tuple[_Group, ...], msgspec.Meta(max_length=500)]
    borders: Annotated[tuple[_Line, ...], msgspec.Meta(max_length=5_000)]
    outside: Annotated[tuple[_Line, ...], msgspec.Meta(max_length=5_000)]
    streams: Annotated[tuple[_Stream, ...], msgspec.Meta(max_length=100)]
    lakes: Annotated[tuple[_Lake, ...], msgspec.Meta(max_length=200)]
    hills: Annotated[tuple[_Hill, ...], msgspec.Meta(max_length=200)]


def _points(flat: tuple[int, ...]) -> QPolygonF:
    pairs = iter(flat)
    return QPolygonF([QPointF(x, -y) for x, y in zip(pairs, pairs, strict=False)])


def _rings(rings: tuple[tuple[int, ...], ...]) -> QPainterPath:
    path = QPainterPath()
    for ring in rings:
        path.addPolygon(_points(ring))
        path.closeSubpath()
    return path


def _line(line: tuple[int, ...]) -> QPainterPath:
    path = QPainterPath()
    path.addPolygon(_points(line))
    return path


@dataclass(frozen=True)
class NamedSpot:
    """A name and where it stands: world metres, `radius` of free ground round it."""

    name_ko: str
    name_en: str
    x: float
    y: float
    radius: float

    def name(self, language: str) -> str:
        return Bilingual(self.name_ko, self.name_en).in_(language)


@dataclass(frozen=True)
class Dong:
    """One legal dong. `code` is today's (52...), `code_2023` that of the boundary file (45...)."""

    code: str
    code_2023: str
    gu_ko: str
    gu_en: str
    group: str
    tint: int
    spot: NamedSpot
    path: QPainterPath
    bounds: QRectF

    def name(self, language: str) -> str:
        return self.spot.name(language)

    def gu(self, language: str) -> str:
        return Bilingual(self.gu_ko, self.gu_en).in_(language)

    def contains(self, x: float, y: float) -> bool:
        point = QPointF(x, y)
        return self.bounds.contains(point) and self.path.contains(point)


@dataclass(frozen=True)
class Stream:
    """A watercourse, schematic: width in metres, points in world metres downstream."""

    ident: str
    name_ko: str
    name_en: str
    width: float
    points: tuple[tuple[float, float], ...]
    path: QPainterPath

    def name(self, language: str) -> str:
        return Bilingual(self.name_ko, self.name_en).in_(language)


@dataclass(frozen=True)
class City:
    attribution_ko: str
    attribution_en: str
    base_date: str
    dongs: tuple[Dong, ...]
    groups: tuple[NamedSpot, ...]
    outline: QPainterPath
    #: One path a line: stroking them as one path takes ten times as long.
    borders: tuple[QPainterPath, ...]
    outside: tuple[QPainterPath, ...]
    streams: tuple[Stream, ...]
    lakes: tuple[QPainterPath, ...]
    #: By height: the outer outlines of all hills, then the middle ones, then the tops.
    hills: tuple[tuple[QPainterPath, ...], ...]
    bounds: QRectF

    def attribution(self, language: str) -> str:
        return dated(Bilingual(self.attribution_ko, self.attribution_en).in_(language))

    def sources(self, language: str) -> tuple[str, ...]:
        """The attribution in ever fewer words: with the date of the borders, and whose they are."""
        borders = Bilingual(self.attribution_ko, self.attribution_en).in_(language).split(" · ")[0]
        return dated(borders), borders.replace(self.base_date, "").strip()

    def dong_at(self, x: float, y: float) -> Dong | None:
        """The dong under a world point, or None outside the city."""
        return next((dong for dong in self.dongs if dong.contains(x, y)), None)

    @cached_property
    def _by_code(self) -> dict[str, Dong]:
        by_code = {dong.code: dong for dong in self.dongs}
        return by_code | {dong.code_2023: dong for dong in self.dongs}

    @cached_property
    def _by_name(self) -> dict[str, Dong]:
        return {dong.spot.name_ko: dong for dong in self.dongs}

    def dong(self, code: str) -> Dong | None:
        """The dong with that code, of today or of 2023."""
        return self._by_code.get(code)

    def dong_named(self, name_ko: str) -> Dong | None:
        """The dong with that Korean name, as the catalogue writes it."""
        return self._by_name.get(name_ko)


def _spot(record: _Dong | _Group) -> NamedSpot:
    x, y, radius = record.label
    return NamedSpot(record.name, record.name_en, x, -y, radius)


def _dong(record: _Dong) -> Dong:
    path = _rings(record.rings)
    return Dong(
        record.code,
        record.code_2023,
        record.gu,
        record.gu_en,
        record.group,
        record.tint,
        _spot(record),
        path,
        path.boundingRect(),
    )


def _stream(record: _Stream) -> Stream:
    pairs = iter(record.line)
    points = tuple((float(x), float(-y)) for x, y in zip(pairs, pairs, strict=False))
    return Stream(record.id, record.name, record.name_en, record.width, points, _line(record.line))


def read_city(data: bytes) -> City:
    """City from the bytes of a city.json. Raises CityError for anything else."""
    if len(data) > MAX_BYTES:
        raise CityError(f"city.json holds {len(data)} bytes; at most {MAX_BYTES} are read")
    try:
        file = msgspec.json.decode(data, type=_CityFile)
    except msgspec.DecodeError as error:
        raise CityError(f"city.json: {error}") from None
    outline = _rings(file.outline)
    levels = tuple(
        tuple(_rings((hill.rings[level],)) for hill in file.hills if len(hill.rings) > level)
        for level in range(3)
    )
    return City(
        file.attribution_ko,
        file.attribution_en,
        file.base_date,
        tuple(_dong(record) for record in file.dongs),
        tuple(_spot(record) for record in file.groups),
        outline,
        tuple(_line(line) for line in file.borders),
        tuple(_line(line) for line in file.outside),
        tuple(_stream(record) for record in file.streams),
        tuple(_rings((lake.ring,)) for lake in file.lakes),
        levels,
        outline.boundingRect(),
    )


def load_city(data_dir: Path | None = None) -> City:
    """The site's `<data_dir>/map/city.json` where there is one, else the built-in city.

    Raises CityError when the site's file cannot be used: the caller reports it and calls again
    without a data directory.
    """
    own = data_dir / "map" / "city.json" if data_dir else None
    if own and own.is_file():
        if own.stat().st_size > MAX_BYTES:
            raise CityError(f"{own} is larger than {MAX_BYTES} bytes")
        try:
            # Written on a Mac its names are taken apart, by an editor of Windows it has a mark.
            text = unicodedata.normalize("NFC", own.read_bytes().decode("utf-8-sig"))
        except UnicodeDecodeError:
            raise CityError(f"{own} is not UTF-8") from None
        return read_city(text.encode())
    return read_city(assets.read("map", "city.json"))

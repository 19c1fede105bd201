"""Loads the catalogue: the built-in files, what a desk published, or a site's own files.

A pack 자료집 stands before the built-in files, whole or not at all. A site's file under
`<data_dir>/catalogue/` replaces both, file by file. What cannot be accepted is reported and left
aside, so a kiosk always starts.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from importlib.resources import files
from pathlib import Path
from typing import TypeVar

import msgspec

from db.catalogue.consistency import check
from db.directory import read_at_most
from db.records.catalogue import AppliedPack, Catalogue, CatalogueProblem
from db.records.landmarks import LandmarksFile
from db.records.projects import ProjectsFile
from db.records.trees import TreesFile
from db.text import composed_bytes

LARGEST_FILE = 32 * 1024 * 1024
"""Bytes. Ten thousand projects of today's length fill about 26 MB."""

PROJECTS, LANDMARKS, TREES = "projects.json", "landmarks.json", "trees.json"
NAMES = (PROJECTS, LANDMARKS, TREES)

_Document = TypeVar("_Document", ProjectsFile, LandmarksFile, TreesFile)
_AnyDocument = ProjectsFile | LandmarksFile | TreesFile
_AT = re.compile(r"^(?P<what>.*?)(?: - at `(?P<path>\$[^`]*)`)?$", re.DOTALL)


class Offer(msgspec.Struct, frozen=True):
    """A pack that may stand: `where` names it in a problem, `day` is "" where it is not known.
    `unpack` gives its files and raises CatalogueProblem."""

    id: str
    title: str
    day: str
    where: str
    unpack: Callable[[], dict[str, bytes]]


def load_catalogue(data_dir: Path | None = None, packs: Iterable[Offer] = ()) -> Catalogue:
    """The catalogue for one data directory, with the first of `packs` that is sound throughout.

    Raises CatalogueProblem only when a built-in file itself is broken (a damaged installation);
    a broken site file or pack becomes an entry of `Catalogue.problems`.
    """
    pack_problems: dict[str, CatalogueProblem] = {}
    applied, from_pack = _first_sound(packs, pack_problems)
    problems: list[CatalogueProblem] = []
    origins: dict[str, str] = {}

    def pick(name: str, kind: type[_Document]) -> _Document:
        site_file = data_dir / "catalogue" / name if data_dir else None
        if site_file is not None and _may_be_there(site_file):
            try:
                document = read_file(site_file, kind)
            except CatalogueProblem as problem:
                problems.append(problem)
            else:
                origins[name] = "site"
                return document
        published = from_pack.get(name)
        if isinstance(published, kind):
            origins[name] = "pack"
            return published
        origins[name] = "built-in"
        built_in = files("resources") / "catalogue" / name
        return parse(built_in.read_bytes(), name, kind)

    projects = pick(PROJECTS, ProjectsFile)
    landmarks = pick(LANDMARKS, LandmarksFile)
    trees = pick(TREES, TreesFile)
    return Catalogue(
        projects,
        landmarks,
        trees,
        origins,
        (*problems, *pack_problems.values()),
        pack=applied,
        pack_problems=pack_problems,
    )


def _first_sound(
    packs: Iterable[Offer], problems: dict[str, CatalogueProblem]
) -> tuple[AppliedPack | None, dict[str, _AnyDocument]]:
    for offer in packs:
        try:
            documents = {
                name: parse_named(name, raw, f"{offer.where} {name}")
                for name, raw in offer.unpack().items()
            }
        except CatalogueProblem as problem:
            problems[offer.id] = problem
        else:
            return AppliedPack(offer.id, offer.title, offer.day), documents
    return None, {}


def _may_be_there(file: Path) -> bool:
    """True also where the system does not say: reading it then names what is wrong."""
    try:
        return file.exists()
    except OSError:
        return True


def read_file(path: Path, kind: type[_Document]) -> _Document:
    """Reads and checks one catalogue file. Raises CatalogueProblem naming `path`."""
    try:
        raw = read_at_most(path, LARGEST_FILE + 1)
    except OSError as error:
        raise CatalogueProblem(
            str(path),
            "",
            "파일을 읽을 수 없습니다. 읽기 권한을 확인하세요.",
            f"the file cannot be read ({error.strerror}); check its permissions.",
        ) from error
    return parse(composed_bytes(raw), str(path), kind)


def parse(raw: bytes, file: str, kind: type[_Document]) -> _Document:
    """Decodes and checks one document. Raises CatalogueProblem naming `file` and the field."""
    if len(raw) > LARGEST_FILE:
        raise CatalogueProblem(
            file,
            "",
            f"파일이 {LARGEST_FILE // 1024 // 1024} MB보다 큽니다. 나누거나 줄이세요.",
            f"the file is larger than {LARGEST_FILE // 1024 // 1024} MB; make it smaller.",
        )
    try:
        document = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"), type=kind)
    except msgspec.ValidationError as error:
        raise _field_problem(file, raw, str(error)) from error
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise CatalogueProblem(
            file,
            "",
            f"JSON 문법이 맞지 않습니다{_place_of(error)}. 편집기에서 고치세요.",
            f"this is not valid JSON ({error}); correct it in an editor.",
        ) from error
    check(file, document)
    return document


def parse_named(name: str, raw: bytes, file: str) -> _AnyDocument:
    """`parse` by the name of the file, one of NAMES; `file` is what a problem calls it."""
    if name == PROJECTS:
        return parse(raw, file, ProjectsFile)
    return parse(raw, file, LandmarksFile) if name == LANDMARKS else parse(raw, file, TreesFile)


def _field_problem(file: str, raw: bytes, message: str) -> CatalogueProblem:
    found = _AT.match(message)
    what, path = (found["what"], found["path"] or "$") if found else (message, "$")
    field = path.removeprefix("$").removeprefix(".")
    # A name in backquotes is what is missing or too many.
    named = re.search(r"`([^`]+)`", what)
    which = f"'{named[1]}': " if named and "field" in what else ""
    item = _item_id(raw, path)
    if item:
        field = f"{field} ({item})"
    return CatalogueProblem(
        file,
        field,
        f"{which}값이 정해진 꼴이 아닙니다. 이 항목을 고치세요.",
        f"{what}; correct this field.",
    )


def _place_of(error: Exception) -> str:
    """Where it is, of what the parser says in English."""
    place = re.search(r"byte (\d+)", str(error))
    return f"({place[1]}번째 바이트)" if place else ""


def _item_id(raw: bytes, path: str) -> str:
    """The id of the list item that `path` points into: easier to find in an editor than [37]."""
    place = re.match(r"^\$\.(\w+)\[(\d+)\]", path)
    if not place:
        return ""
    try:
        item = msgspec.json.decode(raw.removeprefix(b"\xef\xbb\xbf"))[place[1]][int(place[2])]
    except (msgspec.DecodeError, LookupError, TypeError):
        return ""
    name = item.get("id") if isinstance(item, dict) else None
    return name[:64] if isinstance(name, str) else ""

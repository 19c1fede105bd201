"""What the program needs to run may be given away with it under Apache-2.0."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from importlib.metadata import Distribution, PackageNotFoundError, distribution

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.gates.sources import ROOT, imported_names, place, python_files, tree_of

#: Anybody may link, change and pass on what is under one of these, if its notice stays with it.
FITTING = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CC0-1.0", "CNRI-Python", "ISC", "MIT",
    "MIT-0", "PSF-2.0", "Zlib",
}  # fmt: skip
#: What older packages write in the place of an SPDX name.
OLDER = {
    "Apache License, Version 2.0": "Apache-2.0", "Apache Software License": "Apache-2.0",
    "BSD License": "BSD-3-Clause", "MIT License": "MIT",
}  # fmt: skip
LGPL = "LGPL: a library of its own that anybody can exchange; nothing of it is copied into ours"
SPECIAL = {
    "certifi": "MPL-2.0: holds for its own files, which stay as they are",
    "click-default-group": "public domain",
    "psycopg": LGPL,
    "psycopg-binary": LGPL,
    "psycopg-pool": LGPL,
    "pyside6-essentials": LGPL,
    "pysqlite3": "zlib, as its sources say; its package says nothing. SQLite is public domain",
    "python-dateutil": "Apache-2.0 or BSD-3-Clause, as one likes; its package says 'Dual License'",
    "shiboken6": LGPL,
}
#: Modules of Qt under the LGPL. Others (charts, Lottie, a Wayland compositor, timelines) are under
#: the GPL alone, and some of them lie in the same package.
QT_UNDER_LGPL = {
    "QtConcurrent", "QtCore", "QtDBus", "QtGui", "QtNetwork", "QtOpenGL", "QtOpenGLWidgets",
    "QtPrintSupport", "QtSvg", "QtSvgWidgets", "QtTest", "QtWidgets", "QtXml",
}  # fmt: skip


@cache
def needed() -> dict[str, Distribution]:
    """Everything that a kiosk, a desk or a hub installs on this machine, by name."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    first = [*project["dependencies"], *project["optional-dependencies"]["hub"]]
    waiting = [Requirement(each) for each in first if is_for(Requirement(each), ())]
    found: dict[str, Distribution] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    while waiting:
        asked = waiting.pop()
        name, extras = canonicalize_name(asked.name), frozenset(asked.extras)
        if (name, extras) not in seen:
            seen.add((name, extras))
            found[name] = distribution(asked.name)
            behind = map(Requirement, found[name].requires or ())
            waiting += [each for each in behind if is_for(each, extras)]
    return found


def is_for(asked: Requirement, extras: Iterable[str]) -> bool:
    """True where this machine needs it, for the package itself or one of its extras."""
    return asked.marker is None or any(
        asked.marker.evaluate({"extra": extra}) for extra in ("", *extras)
    )


def licence_of(package: Distribution) -> str:
    """Its licence as it says it: the expression, else the field if it is one line, else classes."""
    about = package.metadata.json
    written = str(about.get("license_expression") or about.get("license") or "").strip()
    if written and "\n" not in written:
        return OLDER.get(written, written)
    classes = [each for each in about.get("classifier", []) if each.startswith("License :: ")]
    named = [each.rpartition(" :: ")[2] for each in classes]
    return " AND ".join(OLDER.get(each, each) for each in named)


def fits(licence: str) -> bool:
    """All that hold together, or one of those to choose from."""
    parts = [each.strip(" ()") for each in re.split(r"\bAND\b", licence)]
    return bool(licence) and all(
        any(each.strip(" ()") in FITTING for each in re.split(r"\bOR\b", part)) for part in parts
    )


def test_every_package_that_the_program_needs_may_go_with_it() -> None:
    unfit = {
        name: licence_of(package)
        for name, package in needed().items()
        if not fits(licence_of(package)) and name not in SPECIAL
    }
    assert not unfit, "give it a reason in SPECIAL, or do without it"
    assert len(needed()) > 30, "what is needed was not found"


def test_no_reason_is_kept_for_what_is_not_needed() -> None:
    assert SPECIAL.keys() <= needed().keys()
    fitting = {name for name in SPECIAL if fits(licence_of(needed()[name]))}
    assert not fitting, "its licence is on the list by itself"


@pytest.mark.parametrize(
    ("licence", "may"),
    [
        ("MIT", True),
        ("BSD-3-Clause AND 0BSD AND (MIT OR GPL-3.0-only)", True),
        ("Apache-2.0 OR GPL-2.0-only", True),
        ("GPL-3.0-only", False),
        ("MIT AND AGPL-3.0-only", False),
        ("LGPL-3.0-only OR GPL-2.0-only", False),
        ("", False),
        ("UNKNOWN", False),
    ],
)
def test_a_licence_is_read_as_it_is_meant(licence: str, may: bool) -> None:
    assert fits(licence) is may


def qt_modules() -> Iterator[tuple[str, str]]:
    for path in python_files("desktop", "db", "resources", "tests"):
        for line, name in imported_names(tree_of(path)):
            package, _dot, rest = name.partition(".")
            if package == "PySide6" and rest:
                yield place(path, line), rest.partition(".")[0]


def test_no_module_of_qt_under_the_gpl_alone_is_imported() -> None:
    assert not [(where, module) for where, module in qt_modules() if module not in QT_UNDER_LGPL]
    with pytest.raises(PackageNotFoundError):
        # Most of them lie in there, and pip would bring it along with the whole of PySide6.
        distribution("PySide6-Addons")

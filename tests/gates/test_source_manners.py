"""Small files, nothing unfinished, no waiting by sleeping, tests named as behaviour."""

from __future__ import annotations

import ast
import re
from collections import Counter

import msgspec
import pytest

from db.records.feedback import Language
from tests.gates.sources import (
    FLOORS,
    ROOT,
    imported_names,
    is_or_is_below,
    place,
    python_files,
    tree_of,
)

HARD_LIMIT_LINES = 500
UNFINISHED = re.compile(
    r"\b(?:" + "|".join(("TO" + "DO", "FIX" + "ME", "XX" + "X", "HA" + "CK")) + r")\b"
)
SKIPPERS = {"skip", "skipif", "xfail", "importorskip"}
LEFT_OUT = "tests/left_out.py"
SLEEPERS = {("time", "sleep"), ("qtbot", "wait"), ("QTest", "qWait"), ("QTest", "qSleep")}
SENTENCE = re.compile(r"test(?:_[a-z0-9]+){3,}")


def test_no_source_file_grows_beyond_what_one_reads_in_a_sitting() -> None:
    long = {
        place(path): lines
        for path in python_files(*FLOORS, "tests")
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) > HARD_LIMIT_LINES
    }
    assert not long


def test_nothing_in_the_tree_is_marked_as_unfinished() -> None:
    texts = [*python_files(*FLOORS, "tests"), *ROOT.glob("*.md"), *ROOT.glob(".ci/*")]
    texts += [ROOT / "Makefile", ROOT / "pyproject.toml"]
    found = [
        place(path, number)
        for path in texts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if UNFINISHED.search(line)
    ]
    assert not found


def test_no_test_is_skipped_or_expected_to_fail_but_by_leave_out() -> None:
    found = [
        place(path, node.lineno)
        for path in python_files("tests")
        if place(path) != LEFT_OUT
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in SKIPPERS and _root(node) == "pytest"
    ]
    assert not found


def test_no_test_waits_by_sleeping_or_puts_a_puppet_in_the_place_of_qt() -> None:
    found = []
    for path in python_files("tests"):
        for node in ast.walk(tree_of(path)):
            if isinstance(node, ast.Attribute) and (_root(node), node.attr) in SLEEPERS:
                found.append(place(path, node.lineno))
        found += [
            place(path, line)
            for line, name in imported_names(tree_of(path))
            if is_or_is_below(name, "unittest")
        ]
    assert not found


def test_what_a_clock_gave_becomes_a_date_in_one_place() -> None:
    # A log line carries this process's own clock, which the system gave a moment before.
    may = {ROOT / "db" / "clock.py", ROOT / "db" / "hub" / "logs.py"}
    found = [
        place(path, node.lineno)
        for path in python_files(*FLOORS)
        if path not in may
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"fromtimestamp", "utcfromtimestamp"}
    ]
    assert not found


def test_a_class_has_its_name_for_itself() -> None:
    classes = Counter(
        node.name
        for path in python_files("desktop", "db")
        for node in tree_of(path).body
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_")
    )
    assert [name for name, times in classes.items() if times > 1] == []


def test_one_of_two_languages_is_chosen_in_one_place() -> None:
    chosen = re.compile(
        r"\b(?:\w+_)?(?:en|ko) if \w*language\b|\bif (?:english|korean) else \w+\.\w"
    )
    found = [
        place(path, number)
        for path in python_files("desktop", "db")
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if chosen.search(line) and place(path) != "db/bilingual.py"
    ]
    assert found == [], "make it a Bilingual"


def test_nothing_is_switched_off_without_a_reason() -> None:
    # A socket notifier is no target.
    may = {ROOT / "desktop" / "widgets" / "pressable.py", ROOT / "desktop/process/signals.py"}
    found = [
        place(path, node.lineno)
        for path in python_files("desktop")
        if path not in may
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Attribute) and node.attr in {"setEnabled", "setDisabled"}
    ]
    assert not found, "use Pressable.allow, which asks why"


def test_every_test_is_named_as_a_sentence_about_behaviour() -> None:
    found = [
        f"{place(path, node.lineno)} {node.name}"
        for path in python_files("tests")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.FunctionDef)
        and node.name.startswith("test")
        and not SENTENCE.fullmatch(node.name)
    ]
    assert not found


def test_no_module_is_named_after_nothing_in_particular() -> None:
    vague = {"utils", "util", "helpers", "helper", "manager", "misc", "common"}
    assert not [place(path) for path in python_files(*FLOORS, "tests") if path.stem in vague]


def test_an_import_inside_a_function_says_why_it_is_there() -> None:
    # A command's own module is only imported when that command was asked for: it is late by nature.
    # The composition roots import in stages, as the first lines of those files say.
    roots = (ROOT / "desktop" / face / "app.py" for face in ("kiosk", "desk"))
    late = {*python_files("desktop/commands"), *roots}
    found = []
    for path in python_files("db", "desktop"):
        if path in late:
            continue
        lines = path.read_text(encoding="utf-8").splitlines()
        for function in ast.walk(tree_of(path)):
            if not isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            previous_end = 0
            for node in ast.walk(function):
                if isinstance(node, ast.Import | ast.ImportFrom):
                    above = lines[node.lineno - 2].strip()
                    follows = node.lineno == previous_end + 1
                    previous_end = node.end_lineno or node.lineno
                    said = above.startswith("#") or above.endswith('"""')
                    if not (follows or said or "#" in lines[node.lineno - 1]):
                        found.append(place(path, node.lineno))
    assert not found


def _root(node: ast.expr) -> str:
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def test_no_pattern_of_a_record_lets_a_line_end_in_behind_its_last_letter() -> None:
    """`$` alone holds before a line end as well; `$(?!\\n)` says the end, to Python and others."""
    found = [
        place(path, node.lineno)
        for path in python_files("db/records", "db/exchange", "db/store")
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.keyword)
        and node.arg == "pattern"
        and isinstance(node.value, ast.Constant)
        and str(node.value.value).endswith("$")
    ]
    assert not found
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert("ko\n", Language)
    assert msgspec.convert("ko", Language) == "ko"

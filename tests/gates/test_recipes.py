"""CONTRIBUTING's recipes hold: their files are there, and a file that was forgotten is named."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import msgspec
import pytest

from db.bilingual import Bilingual
from db.catalogue.phrases import load_phrases
from db.hub.database.copy_rows import rows_of
from db.hub.database.schema import statements
from db.participation import csv_export
from db.records.event_kinds import FEEDBACK, KINDS
from db.records.feedback import Kind
from db.records.names import KIND_NAMES, STATE_NAMES
from db.store import projections
from db.store.event_rows import INSERT, bound
from db.store.events import COLUMNS, Contents, Event
from db.store.opening import open_store
from db.store.page import read_page, write_page
from desktop import commands
from desktop.kiosk.operator.menu import page_word
from desktop.kiosk.operator.state import At
from desktop.kiosk.operator.view import PANELS
from desktop.kiosk.shell.routes import ScreenName
from desktop.widgets.kinds import DRAWINGS
from desktop.words.feedback import kind_line
from tests.gates import test_documents, test_event_kinds
from tests.gates.sources import ROOT
from tests.gates.test_settings_are_read import read_somewhere

RECIPES = dict(
    re.findall(
        r"^- \*\*(.+?)\*\*: (.+?)(?=^- \*\*|^## )",
        (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("## How to add")[2],
        re.MULTILINE | re.DOTALL,
    )
)
EXAMPLES = {"desktop/kiosk": "map", "desktop/commands": "sync"}
"""What `<name>` may be, below each folder."""
EVENT = Event("a" * 26, 1, b"i" * 16, FEEDBACK, "general", 1, b"r" * 16, b"h" * 32, None, b"c" * 32)
WHOLE = Contents(b"s" * 16, "{}", None, None)


def files_of(recipe: str) -> list[str]:
    """Every file or folder that a recipe names."""
    spans = re.findall(r"`([^`]+)`", recipe)
    return [span for span in spans if "/" in span and " " not in span and "*" not in span]


def test_there_is_a_recipe_for_each_thing_that_is_often_added() -> None:
    assert set(RECIPES) >= {
        *("A screen", "A setting", "An event kind", "A command", "An exported column"),
        *("A sentence", "A colour", "An operator's page", "A kind of feedback"),
        "A column of `event`",
    }


@pytest.mark.parametrize("name", RECIPES)
def test_a_recipe_names_files_that_are_there_and_the_check_that_fails(name: str) -> None:
    recipe = RECIPES[name]
    for file in files_of(recipe):
        above = file.partition("/<name>")[0]
        made = ROOT / file.replace("<name>", EXAMPLES.get(above, ""))
        assert made.exists(), f"{name}: {file}"
    assert re.search(r"`tests/[\w/]+\.py`|`make lint`", recipe), f"{name}: what fails?"


# -- a file that was forgotten is named ------------------------------------------------------------


def test_every_screen_has_its_name_and_stands_in_the_contract_that_keeps_screens_apart() -> None:
    kiosk = ROOT / "desktop" / "kiosk"
    screens = {file.parent.name for file in kiosk.glob("*/presenter.py")}
    assert screens == {name.value for name in ScreenName}
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (apart,) = (
        each["modules"]
        for each in contracts["tool"]["importlinter"]["contracts"]
        if each["id"] == "screens-apart"
    )
    assert set(apart) == {f"desktop.kiosk.{name}" for name in screens}


def test_a_setting_that_nobody_reads_is_found() -> None:
    assert "idle_seconds" in read_somewhere()
    assert "a_setting_that_nobody_reads" not in read_somewhere()


@pytest.mark.parametrize("forgotten", ["projection", "word", "format", "contents"])
def test_an_event_kind_is_not_added_without_all_that_must_know_it(
    monkeypatch: pytest.MonkeyPatch, forgotten: str
) -> None:
    known = KINDS[FEEDBACK]
    kind = replace(known, name="survey.answered", word=Bilingual("설문", "Survey"))
    if forgotten == "word":
        kind = replace(kind, word=known.word)
    if forgotten == "contents":
        kind = replace(kind, body=type("Bare", (msgspec.Struct,), {}))
    monkeypatch.setitem(KINDS, kind.name, kind)
    if forgotten != "projection":
        monkeypatch.setitem(projections._PROJECTORS, kind.name, lambda *_given: None)
    with pytest.raises(AssertionError):
        test_event_kinds.test_every_kind_that_is_projected_has_its_projection_and_no_other()
        test_event_kinds.test_staff_tell_every_kind_from_every_other_in_both_languages()
        test_event_kinds.test_what_is_written_again_after_a_salvage_can_say_where_it_stood(kind)
        test_event_kinds.test_every_kind_a_kiosk_may_sign_stands_in_the_format(kind)


@pytest.mark.parametrize("page", test_documents.READMES)
def test_a_command_is_not_added_without_its_line_in_the_manual(
    monkeypatch: pytest.MonkeyPatch, page: str
) -> None:
    more = [*commands.names(), "survey"]
    monkeypatch.setattr(commands, "names", lambda: more)
    with pytest.raises(AssertionError):
        test_documents.test_a_readme_names_the_two_commands_and_every_command_of_the_program(page)


def test_every_page_of_the_operator_has_its_word_and_its_panel() -> None:
    assert set(PANELS) == set(At)
    assert all(page_word(at) for at in At)


def lacking(kinds: Iterable[str]) -> set[str]:
    """What a kind of feedback is still without, by the file."""
    phrases = {phrase.kind for phrase in load_phrases(None)}
    found = set()
    for kind in kinds:
        if kind not in KIND_NAMES:
            found.add("names.py")
        if kind not in DRAWINGS:
            found.add("kinds.py")
        if kind not in phrases:
            found.add("phrases.json")
        try:
            kind_line(kind)
        except (KeyError, ValueError):
            found.add("feedback.py")
    return found


def test_every_kind_of_feedback_has_its_name_its_line_its_drawing_and_its_phrases() -> None:
    assert lacking(Kind) == set()
    assert lacking(["survey"]) == {"names.py", "kinds.py", "phrases.json", "feedback.py"}


def test_every_state_and_kind_has_its_cell_in_the_table_for_an_office() -> None:
    assert set(csv_export._STATE) == set(STATE_NAMES)
    assert len(csv_export.COLUMNS) == len(set(csv_export.COLUMNS))


def columns(sql: str) -> list[str]:
    """The names of the columns that a CREATE TABLE event makes."""
    body = sql.partition("CREATE TABLE event(")[2].partition("PRIMARY KEY")[0]
    return re.findall(r"^\s+(\w+) ", body, re.MULTILINE)


def test_every_place_that_holds_a_row_of_an_event_has_all_its_columns(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        made = [row[1] for row in store.rows("PRAGMA table_info(event)")]
    hub = columns("\n".join(statements(bytes_type="BLOB", whole_number="INTEGER", ending="")))
    assert list(COLUMNS) == made == hub
    assert INSERT.count("?") == len(bound(EVENT, WHOLE)) == len(COLUMNS)


def test_what_is_copied_to_postgresql_has_as_many_values_as_it_says(data_dir: Path) -> None:
    stream, at, values = rows_of([EVENT], [WHOLE]), 2, 0
    while at < len(stream):
        length = int.from_bytes(stream[at : at + 4], "big", signed=True)
        at, values = at + 4 + max(0, length), values + 1
    assert (at, values) == (len(stream), len(COLUMNS))


def test_a_page_brings_every_field_of_an_event_and_its_contents_back() -> None:
    event = msgspec.structs.replace(EVENT, signature=b"g" * 64, sealed_hash=b"e" * 32)
    contents = Contents(b"s" * 16, "{}", "k", b"sealed")
    page = read_page(write_page(b"p" * 32, [event], [contents]))
    derived = {"chain", "body_hash", "sealed_hash"}  # made anew where a page arrives
    for field in set(COLUMNS) - derived:
        sent = event if hasattr(event, field) else contents
        came = page.events[0] if hasattr(event, field) else page.contents[0]
        assert getattr(came, field) == getattr(sent, field), field

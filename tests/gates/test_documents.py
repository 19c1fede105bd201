"""What the documents promise is there: commands, make targets, settings, pictures, changes."""

from __future__ import annotations

import argparse
import re
import shlex
import subprocess
import sys
from dataclasses import fields
from importlib import import_module

import pytest

from desktop import commands
from desktop.settings import Settings
from resources import VERSION
from tests.gates.sources import ROOT

READMES = ("README.md", "README.ko.md")
COMMAND = re.compile(r"\bcheonman ([a-z]+(?:-[a-z]+)*)\b")
TARGET = re.compile(r"\bmake ([a-z]+)\b")


def text(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code(name: str) -> str:
    """Only what stands in code spans and code blocks: sentences may say "make" as a word."""
    return "\n".join(re.findall(r"```.*?```|`[^`\n]+`", text(name), re.DOTALL))


def targets() -> set[str]:
    return set(re.findall(r"^([a-z]+):", text("Makefile"), re.MULTILINE))


@pytest.mark.parametrize("page", READMES)
def test_a_readme_names_the_two_commands_and_every_command_of_the_program(page: str) -> None:
    assert {"run", "test"} <= set(TARGET.findall(code(page)))
    assert set(commands.names()) <= set(COMMAND.findall(code(page)))


@pytest.mark.parametrize("name", commands.names())
def test_every_command_says_in_its_first_line_what_it_does(name: str) -> None:
    file = ROOT / "desktop" / "commands" / f"{commands.module(name)}.py"
    first = file.read_text(encoding="utf-8").partition("\n")[0]
    assert re.match(rf'"""`cheonman {name}(?: [^`]+)?`: [a-z]', first)
    assert commands.summary(name).endswith(".")


@pytest.mark.parametrize("page", [*READMES, "CONTRIBUTING.md", "ARCHITECTURE.md"])
def test_a_document_names_no_command_or_target_that_is_not_there(page: str) -> None:
    assert set(TARGET.findall(code(page))) <= targets()
    assert set(COMMAND.findall(code(page))) <= set(commands.names())


@pytest.mark.parametrize("page", READMES)
def test_every_picture_of_a_readme_is_in_the_tree(page: str) -> None:
    check = [sys.executable, str(ROOT / ".ci" / "pictures.py")]
    finished = subprocess.run(check, capture_output=True, text=True, check=False)
    assert finished.returncode == 0, finished.stderr
    assert "](" in text(page)


def test_every_setting_explains_itself_to_the_installer() -> None:
    assert all(each.metadata["doc"].endswith(".") for each in fields(Settings))


def test_the_changes_of_this_version_are_written_down() -> None:
    assert f"## {VERSION}" in text("CHANGELOG.md").replace("[", "").replace("]", "")


def commands_of_the_walks(page: str) -> list[list[str]]:
    """Every command of a guide in words, N being a number somebody read off a screen."""
    spans = re.findall(r"`cheonman ([^`]+)`", text(f"resources/help/{page}"))
    return [["7" if word == "N" else word for word in shlex.split(span)] for span in spans]


def test_both_guides_to_exchange_walk_the_same_way_with_commands_that_are_understood() -> None:
    english, korean = map(commands_of_the_walks, ("exchange.en.md", "exchange.ko.md"))
    assert len(english) > 12
    for words in (*english, *korean):
        parser = argparse.ArgumentParser(allow_abbrev=False, exit_on_error=False)
        import_module(f"desktop.commands.{commands.module(words[0])}").add_arguments(parser)
        parser.parse_args(words[1:])
    for mine, theirs in zip(english, korean, strict=True):
        assert mine[:2] == theirs[:2]
        assert [w for w in mine if w.startswith("--")] == [w for w in theirs if w.startswith("--")]

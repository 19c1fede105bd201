"""Every number on a command line is one, and lies within its bounds."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from db.exchange.enrolment.authority import MOST_YEARS, YEARS, make_authority
from db.exchange.trust.papers import DeviceRole, Request
from db.problems import InputRefused
from desktop import commands
from desktop.__main__ import main
from desktop.cli.numbers import number, point, whole


def parser_of(name: str) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog=f"cheonman {name}")
    import_module(f"desktop.commands.{commands.module(name)}").add_arguments(parser)
    return parser


def options(parser: argparse.ArgumentParser) -> Iterator[argparse.Action]:
    for action in parser._actions:
        if isinstance(action, argparse._SubParsersAction):
            for each in action.choices.values():
                yield from options(each)
        yield action


@pytest.mark.parametrize("name", commands.names())
def test_no_option_takes_any_number_there_is(name: str) -> None:
    for option in options(parser_of(name)):
        assert option.type not in (int, float), f"{option.option_strings}: desktop/cli/numbers.py"


@pytest.mark.parametrize(
    "typed", ["0.1", "0", "21", "-3", "nan", "inf", "1e1", "1_0", "", "9" * 5000]
)
@pytest.mark.parametrize(
    "command",
    [
        "authority sign REQ --dir A --out O --role desk --name N --years",
        "hub --workers",
        "kiosk --panel-inches",
        "init --role kiosk --name N --panel-inches",
        "tour OUT --panel-inches",
        "sync --show kept-apart --number",
        "sync --reason 까닭 --discard",
    ],
)
def test_a_number_out_of_bounds_is_refused_in_one_sentence(
    command: str, typed: str, capsys: pytest.CaptureFixture[str]
) -> None:
    words = command.split()
    within = {"21": ("workers", "inches", "number", "discard")}
    if any(each in words[-1] for each in within.get(typed, ())):
        return
    with pytest.raises(SystemExit) as ended:
        main(
            [*words, f"{typed}"]
            if not typed.startswith("-")
            else [*words[:-1], f"{words[-1]}={typed}"]
        )
    said = capsys.readouterr().err
    assert ended.value.code == 2 and words[-1] in said and "Traceback" not in said
    assert "number from" in said and len(said) < 2000


def test_what_an_input_method_widened_is_the_same_number() -> None:
    assert whole(1, 20)("１２") == 12 and number(7, 120)(" 15.6 ") == 15.6
    assert point("３５.8242, 127.1480") == (35.8242, 127.148)
    for text in ("nan,127", "35", "35,127,1", "1e2,3", "٣٥,127", ""):
        with pytest.raises(ValueError, match="LAT"):
            point(text)


def test_a_certificate_is_good_for_whole_years(tmp_path: Path) -> None:
    authority = make_authority(tmp_path)
    request = Request(public_key="ab" * 32, age="age1" + "q" * 58, name="", at_us=0)
    for years in (0.1, 0, -1, MOST_YEARS + 1, 2.5, float("nan")):
        with pytest.raises(InputRefused):
            authority.sign(request, DeviceRole.DESK, "검토대", years)  # type: ignore[arg-type]
    parser = parser_of("authority")
    sign = ["sign", "R", "--dir", "A", "--out", "O", "--role", "desk", "--name", "N"]
    assert parser.parse_args(sign).years == YEARS
    assert parser.parse_args([*sign, "--years", str(MOST_YEARS)]).years == MOST_YEARS
    with pytest.raises(SystemExit):
        parser.parse_args([*sign, "--years", str(MOST_YEARS + 1)])

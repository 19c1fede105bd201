"""Content that a site put in wrongly is named in one sentence, and the kiosk opens all the same."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from db.catalogue.loading import load_catalogue
from tests.flows.program import ROOT, Answer, cheonman, clear_sentence, in_this_process

BUILT_IN = ROOT / "resources" / "catalogue" / "projects.json"


def damaged(how: str) -> str:
    projects = json.loads(BUILT_IN.read_text(encoding="utf-8"))
    first = projects["projects"][0]
    match how:
        case "cut off":
            return BUILT_IN.read_text(encoding="utf-8")[:5_000]
        case "outside the city":
            first["lat"], first["lon"] = 37.5665, 126.978
        case "a word where a number belongs":
            first["lat"] = "북쪽"
        case "an unknown field":
            first["colour"] = "green"
        case "a list where an object belongs":
            return "[]"
    return json.dumps(projects, ensure_ascii=False)


DAMAGES = {
    "cut off": (),
    "outside the city": ("lat",),
    "a word where a number belongs": ("lat",),
    "an unknown field": ("colour",),
    "a list where an object belongs": (),
}


def put(data_dir: Path, text: str) -> Path:
    path = data_dir / "catalogue" / "projects.json"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def doctor(data_dir: Path) -> Answer:
    return in_this_process("doctor", "--data-dir", data_dir, "--json")


@pytest.mark.parametrize("how", DAMAGES)
def test_a_malformed_catalogue_file_is_named_and_what_is_built_in_stands_for_it(
    data_dir: Path, how: str
) -> None:
    put(data_dir, damaged(how))
    assert load_catalogue(data_dir).projects == load_catalogue(None).projects
    report = doctor(data_dir)
    assert report.status == 1
    said = json.dumps(report.document, ensure_ascii=False)
    assert "projects.json" in said
    for name in DAMAGES[how]:
        assert name in said
    assert "Traceback" not in report.err


def test_the_kiosk_opens_over_a_malformed_catalogue_file(data_dir: Path) -> None:
    put(data_dir, damaged("outside the city"))
    opened = cheonman("kiosk", "--until", "ready", "--data-dir", data_dir)
    assert opened.status == 0, opened.err
    assert "Traceback" not in opened.err


def test_a_catalogue_of_bytes_that_are_no_text_is_named(data_dir: Path) -> None:
    put(data_dir, "").write_bytes(b"\xff\xfe\x00" * 999)
    assert cheonman("kiosk", "--until", "ready", "--data-dir", data_dir).status == 0
    assert "projects.json" in doctor(data_dir).out


def test_a_sound_catalogue_of_the_site_is_no_trouble(data_dir: Path) -> None:
    put(data_dir, BUILT_IN.read_text(encoding="utf-8"))
    assert in_this_process("init", *as_kiosk(data_dir)).status == 0
    report = doctor(data_dir)
    assert report.status == 0, report.out


def test_an_unknown_setting_is_named_with_the_file_it_stands_in(data_dir: Path) -> None:
    (data_dir / "cheonman.toml").write_text('colour = "green"\n', encoding="utf-8")
    answer = cheonman("kiosk", "--until", "ready", "--data-dir", data_dir)
    clear_sentence(answer, "cheonman.toml", "colour")


@pytest.mark.parametrize(
    ("line", "key"),
    [
        ("panel_inches = 2", "panel_inches"),
        ('panel_inches = "큰 화면"', "panel_inches"),
        ("idle_seconds = 1", "idle_seconds"),
        ('language = "fr"', "language"),
        ("name = [", "cheonman.toml"),
        ('hub_url = "http://somewhere.example"', "hub_url"),
    ],
)
def test_a_setting_that_cannot_be_meant_is_named_with_its_cure(
    data_dir: Path, line: str, key: str
) -> None:
    (data_dir / "cheonman.toml").write_text(line + "\n", encoding="utf-8")
    answer = cheonman("kiosk", "--until", "ready", "--data-dir", data_dir)
    clear_sentence(answer, "cheonman.toml", key)


def test_a_site_that_no_library_has_is_named(data_dir: Path) -> None:
    answer = in_this_process("init", *as_kiosk(data_dir, site="달나라 도서관"))
    clear_sentence(answer, "달나라 도서관")
    assert not (data_dir / "cheonman.toml").exists()


@pytest.mark.parametrize("font", ["Pretendard-Regular.otf", "Pretendard-Bold.otf"])
def test_a_missing_font_is_named_and_the_kiosk_opens_all_the_same(
    data_dir: Path, tmp_path: Path, font: str
) -> None:
    house = tmp_path / "house"
    for floor in ("desktop", "db", "resources"):
        shutil.copytree(ROOT / floor, house / floor, ignore=shutil.ignore_patterns("__pycache__"))
    (house / "resources" / "fonts" / font).unlink()
    answer = cheonman("kiosk", "--until", "ready", "--data-dir", data_dir, root=house)
    assert answer.status == 0, answer.err
    clear = [line for line in answer.sentences if font in line]
    assert len(clear) == 1, answer.err
    assert "Traceback" not in answer.err


def as_kiosk(data_dir: Path, site: str = "lib-kkotsim") -> list[str]:
    return ["--data-dir", str(data_dir), "--role", "kiosk", "--name", "시험", "--site", site]

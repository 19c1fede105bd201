"""Where a kiosk stands: one check, asked wherever a site is given or used."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from db.doctor.checks import examine
from db.participation.feedback import list_feedback
from db.store.opening import open_store
from desktop.__main__ import main
from desktop.examined_settings import with_settings
from desktop.kiosk.content import load_content
from desktop.kiosk.operator.overview.gather import overview
from desktop.settings import FILE, Settings, SettingsProblem, load_settings, to_toml
from desktop.site import NO_PIN, offered_sites, site_fault, site_of
from tests.db.in_memory import NOON
from tests.desktop.commands.command import Command
from tests.desktop.commands.test_store_commands import KIOSK
from tests.flows.kiosk_in_hand import KioskInHand

CATALOGUE = load_catalogue(None)
CITY_HALL = next(each for each in CATALOGUE.landmarks if not each.is_library)
OWN = Settings(site="annex-1", site_ko="별관 민원실", site_lat=35.8242, site_lon=127.148)
FORM = ("feedback", "add", "--general", "--kind", "praise", "--text", "좋아요")


@pytest.fixture
def cheonman(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> Command:
    return Command(data_dir, capsys)


@pytest.mark.parametrize(
    ("settings", "good"),
    [
        (Settings(site="lib-geumam"), True),
        (Settings(site=CITY_HALL.id), True),
        (OWN, True),
        (replace(OWN, site_en="Annex"), True),
        (Settings(role="desk"), True),
        (Settings(role="desk", site="nowhere"), True),
        (Settings(), False),
        (Settings(site="nowhere"), False),
        (replace(OWN, site=""), False),
        (replace(OWN, site_ko=" "), False),
        (replace(OWN, site_lat=0.0, site_lon=0.0), False),
        (replace(OWN, site_lon=37.5), False),
    ],
)
def test_a_site_is_any_landmark_or_a_whole_place_of_its_own(settings: Settings, good: bool) -> None:
    fault = site_fault(settings, CATALOGUE)
    assert (fault is None) is good
    if settings.role == "kiosk":
        assert (site_of(settings, CATALOGUE) is not None) is good
    if fault is not None:
        assert fault.ko and fault.en
        assert fault.empty is (settings == Settings())


def test_a_place_of_its_own_is_named_in_both_languages_and_offered_first() -> None:
    site = site_of(OWN, CATALOGUE)
    assert site is not None
    assert (site.name_ko, site.name_en, site.lat) == ("별관 민원실", "별관 민원실", 35.8242)
    english = site_of(replace(OWN, site_en="Annex"), CATALOGUE)
    assert english is not None and english.name_en == "Annex"
    offered = offered_sites(OWN, CATALOGUE)
    assert offered[0] == site
    assert {each.id for each in CATALOGUE.libraries} < {each.id for each in offered}
    assert any(not each.is_library for each in offered[1:])


@pytest.mark.parametrize("site", ["금암", "lib geumam", "-x", "x" * 61, "a/b"])
def test_what_can_be_no_id_is_refused_where_settings_are_read(data_dir: Path, site: str) -> None:
    with pytest.raises(SettingsProblem, match="site"):
        load_settings(data_dir, {"site": site})


def write(data_dir: Path, settings: Settings) -> None:
    (data_dir / FILE).write_text(to_toml(settings), encoding="utf-8")


def test_a_site_in_the_file_that_nobody_knows_is_a_trouble_for_doctor_and_operator(
    data_dir: Path, cheonman: Command
) -> None:
    with open_store(data_dir):
        pass
    wrong = Settings(site="lib-nowhere")
    write(data_dir, wrong)
    status, out, _err = cheonman.run("doctor")
    assert status == 1 and "lib-nowhere" in out
    shown = overview(data_dir, wrong, "", lambda: NOON)
    assert any("lib-nowhere" in each.ko and each.trouble for each in shown.remarks)
    write(data_dir, OWN)
    status, out, _err = cheonman.run("doctor")
    assert (status, "annex-1" in out) == (0, False)
    write(data_dir, Settings())
    status, out, _err = cheonman.run("doctor")
    assert status == 0 and "needs its site" in out


def test_the_doctor_names_a_panel_that_hangs_beyond_reach(
    data_dir: Path, cheonman: Command
) -> None:
    with open_store(data_dir):
        pass
    for floor_mm, named in ((880, False), (950, True)):
        write(data_dir, replace(OWN, floor_to_panel_mm=floor_mm))
        status, out, _err = cheonman.run("doctor")
        assert (status, "888 mm" in out) == (0, named)


def test_a_site_that_was_typed_wrong_opens_no_kiosk(cheonman: Command) -> None:
    status, out, err = cheonman.run("kiosk", "--site", "lib-nowhere", "--until", "ready")
    assert (status, out) == (2, "") and "lib-nowhere" in err
    assert list(cheonman.data_dir.iterdir()) == []


def test_a_place_of_its_own_is_prepared_and_its_name_stands_on_the_screens(
    cheonman: Command,
) -> None:
    words = ("init", "--role", "kiosk", "--name", "별관", "--site", "annex-1")
    status, _out, err = cheonman.run(*words)
    assert status == 2 and "annex-1" in err
    cheonman.document(*words, "--site-name", "별관 민원실", "--site-at", "35.8242,127.1480")
    settings = load_settings(cheonman.data_dir)
    content = load_content(cheonman.data_dir).standing_at(settings)
    assert content.catalogue.landmark_by_id["annex-1"].lat == 35.8242
    assert content.name_of("site", "annex-1") == "별관 민원실"
    assert content.name_of("site", "somewhere-else") == "다른 곳"
    known = content.standing_at(replace(settings, site="lib-geumam"))
    assert known is content


def test_a_paper_form_is_stored_without_a_site_that_nobody_knows_and_says_so(
    cheonman: Command,
) -> None:
    cheonman.document(*KIOSK)
    write(cheonman.data_dir, Settings(site="lib-nowhere"))
    status, out, err = cheonman.run(*FORM)
    assert status == 0 and "receipt" in out and "without a site" in err
    with open_store(cheonman.data_dir) as store:
        assert [row.site for row in list_feedback(store)[0]] == [None]


def test_a_form_that_makes_a_new_device_says_so_also_in_a_folder_that_was_there(
    cheonman: Command,
) -> None:
    (cheonman.data_dir / "notes.txt").write_text("메모", encoding="utf-8")
    assert "became a new device" in cheonman.run(*FORM)[2]
    assert "became a new device" not in cheonman.run(*FORM)[2]


@pytest.mark.parametrize("given", ["", "  "])
def test_an_empty_path_is_refused_and_never_means_where_one_stands(
    given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit) as end:
        main([*FORM, "--data-dir", given])
    assert end.value.code == 2 and "empty" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_a_kiosk_without_a_pin_is_warned_of_and_one_with_both_is_well(data_dir: Path) -> None:
    report = examine(data_dir)
    bare = with_settings(report, Settings(site="lib-geumam"), data_dir)
    assert [each.en for each in bare.warnings[len(report.warnings) :]] == [NO_PIN[1]]
    whole = Settings(site="lib-geumam", operator_pin_hash="x")
    assert with_settings(report, whole, data_dir) == report
    assert with_settings(report, Settings(role="desk"), data_dir) == report


def test_the_start_says_that_nobody_has_chosen_a_pin_yet(
    data_dir: Path, qtbot: QtBot, caplog: pytest.LogCaptureFixture
) -> None:
    hand = KioskInHand(data_dir, qtbot)
    qtbot.waitUntil(lambda: NO_PIN[1] in caplog.text)
    hand.close()
    caplog.clear()
    hand = KioskInHand(data_dir, qtbot, operator_pin_hash="x")
    hand.settle()
    assert NO_PIN[1] not in caplog.text
    hand.close()

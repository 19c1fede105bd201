"""Words from other systems: NFD is the same word, and what nobody sees is nothing."""

from __future__ import annotations

import csv
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest

from db.catalogue.loading import NAMES, load_catalogue
from db.directory import DataDirectory
from db.exchange.enrolment.authority import make_authority, open_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole, Request
from db.keys.contact_key import CITY_KEY, contact_key, public_key_text
from db.participation.csv_export import export_feedback, harmless
from db.participation.feedback import add_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.problems import InputRefused
from db.publishing.announcements import announce
from db.publishing.packs import checked_title
from db.records import ReviewState
from db.records.feedback import Erased
from db.retention.erasure import erase_named
from db.store.journal import events
from db.store.quarantine import discard_quarantined
from db.store.store import Store
from db.text import composed_bytes, official_name, official_text
from desktop.__main__ import main
from desktop.settings import FILE, Settings, SettingsProblem, load_settings, to_toml
from tests.db.exchange.city import AGE
from tests.db.in_memory import NOON, keys, praise

WORDS = "\u201c각 난닭\u201d 녹지정원과 é"
APART = unicodedata.normalize("NFD", WORDS)
UNSEEN = (
    "", " ", "\u3164", "\u200b", "\u3164 \u3164", "\u200b\u200d\ufeff", "\u2060", "\u00ad",
    "\u115f\u1160", "\uffa0", "\u2800", "\u061c", "\U000e0020", "\u3000\n\u200b",
    "\u0301", "\u0e34", "\ufe0f\u034f", "\u2028", "\u00a0\u2007",
)  # fmt: skip
BOM = b"\xef\xbb\xbf"


def test_words_taken_apart_become_the_same_bytes(store: Store) -> None:
    assert APART != WORDS
    receipt = add_feedback(store, praise(APART))
    reply = add_reply(store, receipt.id, APART, text_en=APART, department=APART)
    assert (reply.text, reply.text_en, reply.department) == (WORDS, WORDS, WORDS)
    set_review(store, receipt.id, ReviewState.DECLINED, reason=APART, department=APART)
    announce(store, APART, en=APART, department=APART)
    bodies = [contents.body or "" for _event, contents in events(store.connection)]
    assert len(bodies) == 4
    assert all(unicodedata.is_normalized("NFC", body) and "난닭" in body for body in bodies)


@pytest.mark.parametrize("most", [60, 200])
def test_a_limit_counts_syllables_and_not_what_they_are_made_of(most: int) -> None:
    longest = "닭" * most
    assert official_name(unicodedata.normalize("NFD", longest), "name", most) == longest
    with pytest.raises(InputRefused):
        official_name(unicodedata.normalize("NFD", longest + "닭"), "name", most)


def sign(path: Path, name: str) -> str:
    city = path / "city"
    authority = open_authority(city) if city.exists() else make_authority(city, lambda: NOON)
    request = Request(public_key=keys().public.hex(), age=AGE, name="", at_us=NOON)
    return authority.sign(request, DeviceRole.DESK, name).name


def test_a_certificate_bears_its_name_composed(tmp_path: Path) -> None:
    assert sign(tmp_path, unicodedata.normalize("NFD", "닭" * 60)) == "닭" * 60


Act = Callable[[Store, Path, str], object]


def reply_with(store: Store, _path: Path, words: str) -> object:
    return add_reply(store, add_feedback(store, praise()).id, words)


def declined_with(store: Store, _path: Path, words: str) -> object:
    receipt = add_feedback(store, praise())
    return set_review(store, receipt.id, ReviewState.DECLINED, reason=words)


def assigned_to(store: Store, _path: Path, words: str) -> object:
    receipt = add_feedback(store, praise())
    return set_review(store, receipt.id, ReviewState.ASSIGNED, department=words)


def answered_in_english(store: Store, _path: Path, words: str) -> object:
    return add_reply(store, add_feedback(store, praise()).id, "답변", text_en=words)


def answered_by(store: Store, _path: Path, words: str) -> object:
    return add_reply(store, add_feedback(store, praise()).id, "답변", department=words)


def planted(store: Store, _path: Path, words: str) -> object:
    return register_planting(store, NewPlanting(species=words, trees=1))


def erased_for(store: Store, _path: Path, words: str) -> object:
    receipt = add_feedback(store, praise())
    return erase_named(StoreShelf(store), receipt.id, Erased.BODY, words)


SURFACES: dict[str, Act] = {
    "announcement": lambda store, _path, words: announce(store, words),
    "announcement in English": lambda store, _path, words: announce(store, "공지", en=words),
    "announcing": lambda store, _path, words: announce(store, "공지", department=words),
    "reply": reply_with,
    "reply in English": answered_in_english,
    "replying": answered_by,
    "planting": planted,
    "discarding in English": lambda store, _path, words: discard_quarantined(store, 1, "가", words),
    "declining": declined_with,
    "department": assigned_to,
    "erasing": erased_for,
    "discarding": lambda store, _path, words: discard_quarantined(store, 1, words),
    "title": lambda _store, _path, words: checked_title(words),
    "certificate": lambda _store, path, words: sign(path, words),
}


@pytest.mark.parametrize("surface", SURFACES)
def test_words_that_nobody_sees_are_no_words(store: Store, tmp_path: Path, surface: str) -> None:
    for words in UNSEEN:
        with pytest.raises(InputRefused):
            SURFACES[surface](store, tmp_path, words)


def test_no_command_takes_words_that_nobody_sees(
    store: Store, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    here = ("--data-dir", str(store.directory.path))
    file = tmp_path / "words"
    commands = (
        ("feedback", "add", "--general", "--kind", "praise", "--text"),
        ("reply", "x", "--text", "답변", "--text-en"),
        ("publish", "announcement", "--ko"),
        ("review", "set", "x", "--state", "declined", "--reason"),
        ("erase", "x", "--reason"),
        ("sync", "--discard", "1", "--reason"),
    )
    for words in ("\u2800", "\u3164\u0301", " ", "\u200b"):
        file.write_text(words, encoding="utf-8")
        for command in commands:
            for given in ((words,), (str(file),)):
                option = command[-1] if given[0] == words else f"{command[-1]}-file"
                with pytest.raises(SystemExit) as ended:
                    main([*command[:-1], option, *given, *here])
                assert ended.value.code == 2
                assert "nothing that anybody would see" in capsys.readouterr().err, command
    assert not list(events(store.connection))


def test_marks_that_nobody_sees_are_taken_out_of_what_is_seen() -> None:
    assert official_text("\u200b나무\ufeff ", "text", 10) == "나무"
    assert official_text("👨\u200d👩\u200d👧", "text", 10) == "👨\u200d👩\u200d👧"


@pytest.mark.parametrize("key", ["name", "site_ko", "phone"])
def test_names_in_the_settings_are_composed_and_seen(data_dir: Path, key: str) -> None:
    assert getattr(load_settings(data_dir, {key: APART}), key) == WORDS
    with pytest.raises(SettingsProblem, match=key):
        load_settings(data_dir, {key: "\u3164"})


SIGNS = ("=", "+", "-", "@", "＝", "＋", "－", "＠", "﹦", "﹢", "﹣", "﹫", "−")


def test_no_exported_cell_begins_with_a_sign_of_a_formula(store: Store, tmp_path: Path) -> None:
    for sign in SIGNS:
        add_feedback(store, praise(f"{sign}1+1", phrases=("shade",), site="lib-geumam"))
    words = {"shade": "\u200b＝1", "lib-geumam": "\t1"}
    assert export_feedback(store, tmp_path / "all.csv", words) == len(SIGNS)
    with (tmp_path / "all.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [row["글"] for row in rows] == [f"'{sign}1+1" for sign in SIGNS]
    assert {(row["고른 말"], row["장소"]) for row in rows} == {("'\u200b＝1", "'\t1")}


def test_a_sign_of_a_formula_is_found_behind_what_nobody_sees() -> None:
    for before in ("", " ", "\n", "\u3000", "\u200b", "\u3164", "\ufeff "):
        for sign in SIGNS:
            assert harmless(f"{before}{sign}1") == f"'{before}{sign}1"
    assert (harmless("가=1"), harmless(-1.5), harmless("\r1")) == ("가=1", -1.5, "'\r1")


def test_ordinary_words_are_exported_as_they_are(store: Store, tmp_path: Path) -> None:
    add_feedback(store, praise("1 + 1 = 2, 정원-도시"))
    export_feedback(store, tmp_path / "all.csv")
    assert "1 + 1 = 2, 정원-도시" in (tmp_path / "all.csv").read_text(encoding="utf-8-sig")
    assert "'1 +" not in (tmp_path / "all.csv").read_text(encoding="utf-8-sig")


@pytest.mark.parametrize("lines", [b"\n", b"\r\n"])
@pytest.mark.parametrize("mark", [b"", BOM])
def test_settings_and_keys_read_alike_however_an_editor_saved_them(
    data_dir: Path, mark: bytes, lines: bytes
) -> None:
    wanted = Settings(name="금암 1", site="lib-geumam")
    (data_dir / FILE).write_bytes(mark + to_toml(wanted).encode().replace(b"\n", lines))
    assert load_settings(data_dir) == wanted
    (data_dir / "keys").mkdir()
    text = public_key_text(bytes(range(32)), "city").replace(b"\n", lines)
    for key in (text, text.partition(lines)[2]):
        (data_dir / "keys" / CITY_KEY).write_bytes(mark + key)
        assert contact_key(DataDirectory(data_dir)).public == bytes(range(32))


def test_a_catalogue_taken_apart_is_read_as_it_was_meant(data_dir: Path) -> None:
    built_in = load_catalogue(None)
    folder = data_dir / "catalogue"
    folder.mkdir()
    source = Path(__file__).resolve().parents[2] / "resources" / "catalogue"
    for name in NAMES:
        text = (source / name).read_text(encoding="utf-8")
        (folder / name).write_bytes(BOM + unicodedata.normalize("NFD", text).encode())
    own = load_catalogue(data_dir)
    assert own.problems == () and set(own.origins.values()) == {"site"}
    assert [each.name_ko for each in own.projects] == [each.name_ko for each in built_in.projects]
    assert own.dong_names() == built_in.dong_names()


def test_what_is_no_utf_8_is_left_to_who_reads_it() -> None:
    assert composed_bytes(b"\xff\xfe") == b"\xff\xfe"
    assert composed_bytes(BOM + "가".encode()) == "가".encode()


def test_a_dong_may_be_typed_either_way(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    dong = unicodedata.normalize("NFD", "덕진동1가")
    words = ("feedback", "add", "--dong", dong, "--kind", "praise", "--data-dir", str(data_dir))
    assert main([*words]) == 0, capsys.readouterr().err

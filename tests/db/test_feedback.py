"""A feedback is stored whole and durably before its receipt exists, or refused by its field."""

from __future__ import annotations

import csv
import io
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from db.participation import feedback as feedback_module
from db.participation import issue_receipt
from db.participation.csv_export import export_feedback
from db.participation.feedback import (
    NewFeedback,
    add_feedback,
    check_feedback,
    count_feedback,
    list_feedback,
)
from db.participation.issue_receipt import new_draft
from db.participation.replies import look_up, look_up_token
from db.participation.reviews import set_review
from db.problems import Cause, InputRefused, StorageUnavailable
from db.receipts.code import code_number, code_of, read_code, read_token
from db.records import About, Kind, Origin, ReviewState
from db.store.opening import open_store
from db.store.store import Store
from db.store.verification import verify
from tests.db.in_memory import PHONE, memory_store, praise


def test_every_answer_comes_back_as_it_was_given(store: Store) -> None:
    add_feedback(
        store,
        NewFeedback(
            about=About.PROJECT, project="garden-city-10m-trees", kind=Kind.SUGGESTION, rating=2,
            phrases=("more-shade", "more-benches"), text="그늘이 🌳\n더 필요해요", language="en",
            site="lib-kkotsim", origin=Origin.PAPER, contact=PHONE,
        ),
    )  # fmt: skip
    (row,) = list_feedback(store)[0]
    assert row.about is About.PROJECT and row.project == "garden-city-10m-trees"
    assert row.kind is Kind.SUGGESTION and row.rating == 2
    assert row.phrases == ("more-shade", "more-benches")
    assert row.text == "그늘이 🌳\n더 필요해요"
    assert row.language == "en" and row.site == "lib-kkotsim" and row.origin is Origin.PAPER
    assert row.has_contact and not row.erased
    assert row.state is ReviewState.RECEIVED


def test_it_can_be_about_a_dong_a_point_the_trees_or_anything(store: Store) -> None:
    add_feedback(store, praise(about=About.DONG, dong="덕진동1가"))
    add_feedback(store, praise(about=About.POINT, lat=35.82421234567, lon=127.148))
    add_feedback(store, praise(about=About.TREES))
    add_feedback(store, praise(about=About.GENERAL))
    rows = list_feedback(store)[0]
    assert [row.about.value for row in rows] == ["dong", "point", "trees", "general"]
    assert rows[0].dong == "덕진동1가"
    assert (rows[1].lat, rows[1].lon) == (35.824212, 127.148)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"rating": 4}, "rating"),
        ({"rating": 0}, "rating"),
        ({"text": "나" * 301}, "text"),
        ({"text": "\x00"}, "text"),
        ({"text": "900101-1234567"}, "text"),
        ({"about": About.PROJECT}, "about"),
        ({"about": About.PROJECT, "project": "p" * 65}, "project"),
        ({"about": About.PROJECT, "project": "a\nb"}, "project"),
        ({"about": About.DONG, "dong": ""}, "about"),
        ({"about": About.POINT, "lat": 35.8}, "about"),
        ({"about": About.POINT, "lat": 37.5, "lon": 127.0}, "at"),
        ({"about": About.POINT, "lat": float("nan"), "lon": 127.0}, "at"),
        ({"phrases": ("a b",)}, "phrases"),
        ({"phrases": ("a",) * 13}, "phrases"),
        ({"language": "korean"}, "language"),
        ({"site": "../../etc"}, "site"),
    ],
)
def test_what_cannot_be_is_refused_by_its_field_and_nothing_is_stored(
    store: Store, fields: dict[str, Any], field: str
) -> None:
    with pytest.raises(InputRefused) as refused:
        add_feedback(store, praise(**fields))
    assert refused.value.field.startswith(field)
    assert refused.value.sentence("ko") != refused.value.sentence("en")
    with pytest.raises(InputRefused):
        check_feedback(praise(**fields))
    assert count_feedback(store) == 0


def test_the_same_draft_sent_twice_is_stored_once_with_one_receipt(store: Store) -> None:
    draft = new_draft(store)
    first = add_feedback(store, praise("한 번", draft=draft))
    assert add_feedback(store, praise("한 번", draft=draft)) == first
    assert count_feedback(store) == 1


def test_the_same_draft_with_other_words_is_another_feedback(store: Store) -> None:
    draft = new_draft(store)
    first = add_feedback(store, praise("처음", draft=draft))
    second = add_feedback(store, praise("고쳐 쓴 글", draft=draft))
    assert first.code != second.code
    assert [row.text for row in list_feedback(store)[0]] == ["처음", "고쳐 쓴 글"]


def test_a_receipt_exists_only_after_the_commit(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object, **__: object) -> None:
        raise StorageUnavailable(Cause.FULL)

    with monkeypatch.context() as patched, pytest.raises(StorageUnavailable):
        patched.setattr(feedback_module, "append", full)
        add_feedback(store, praise())
    assert count_feedback(store) == 0
    assert not store.connection.in_transaction
    assert add_feedback(store, praise()).seq == 1


def test_code_and_token_find_the_feedback_and_the_token_is_kept_nowhere(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        receipt = add_feedback(store, praise("찾아 주세요"))
        for status in (look_up(store, receipt.code), look_up_token(store, receipt.token)):
            assert status is not None and status.text == "찾아 주세요"
    content = b"".join(path.read_bytes() for path in data_dir.rglob("*") if path.is_file())
    assert receipt.token.encode() not in content
    assert receipt.code.encode() not in content
    assert receipt.code.replace("-", "").encode() not in content


def test_a_code_that_is_taken_is_not_given_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = add_feedback(store, praise("먼저"))
    number = read_code(taken.code).number
    asked: list[bytes] = []

    def clash_once(receipt: bytes) -> int | None:
        asked.append(receipt)
        return number if len(asked) == 1 else code_number(receipt)

    monkeypatch.setattr(issue_receipt, "code_number", clash_once)
    second = add_feedback(store, praise("나중"))
    assert second.code != taken.code
    assert second.code == code_of(asked[1])
    status = look_up(store, second.code)
    assert status is not None and status.text == "나중"


def test_a_full_space_of_codes_never_stops_an_opinion(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = add_feedback(store, praise("먼저"))
    monkeypatch.setattr(issue_receipt, "code_number", lambda receipt: read_code(first.code).number)
    second = add_feedback(store, praise("나중"))
    assert (second.seq, count_feedback(store)) == (2, 2)
    status = look_up_token(store, second.token)
    assert status is not None and status.text == "나중"


def test_what_is_on_the_disk_leads_to_no_token(data_dir: Path) -> None:
    """Who copies a kiosk, or finds the key of an earlier version, opens nobody's reply."""
    (data_dir / "keys").mkdir(parents=True)
    (data_dir / "keys" / "receipts.key").write_bytes(bytes(32))
    with open_store(data_dir) as store:
        draft = new_draft(store)
        receipt = add_feedback(store, praise(draft=draft))
    assert not (data_dir / "keys" / "receipts.key").exists()
    again = (
        "import sys; from pathlib import Path\n"
        "from db.participation.issue_receipt import draw_receipt\n"
        "from db.receipts.code import token_text; from db.store.opening import open_store\n"
        "with open_store(Path(sys.argv[1])) as store:"
        " print(token_text(draw_receipt(store, bytes.fromhex(sys.argv[2])).token))"
    )
    command = [sys.executable, "-c", again, str(data_dir), draft.hex()]
    other = subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip()
    assert read_token(other) is not None and other != receipt.token


def test_the_list_goes_on_where_it_stopped(store: Store) -> None:
    for number in range(7):
        add_feedback(store, praise(f"의견 {number}"))
    texts, after = [], 0
    while True:
        batch, after = list_feedback(store, after=after, limit=3)
        if not batch:
            break
        assert len(batch) <= 3
        texts += [row.text for row in batch]
    assert texts == [f"의견 {number}" for number in range(7)]


def test_the_table_for_the_office_opens_in_a_spreadsheet_and_runs_nothing(
    store: Store, tmp_path: Path
) -> None:
    add_feedback(store, praise('=HYPERLINK("http://x")', phrases=("more-shade",), contact=PHONE))
    add_feedback(store, praise('쉼표, 따옴표 " 줄\n바꿈', site="lib-kkotsim"))
    set_review(store, list_feedback(store)[0][1].id, ReviewState.ADOPTED)
    file = tmp_path / "의견.csv"
    assert export_feedback(store, file, {"more-shade": "그늘이 더 필요해요"}) == 2
    raw = file.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    assert b"01012345678" not in raw and b"1234-5678" not in raw
    head, first, second = list(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
    one, two = dict(zip(head, first, strict=True)), dict(zip(head, second, strict=True))
    assert one["글"].startswith("'=") and one["고른 말"] == "그늘이 더 필요해요"
    assert one["연락처"] == "있음" and one["들어온 때"] == "2026-12-01 12:00:00"
    assert two["글"] == '쉼표, 따옴표 " 줄\n바꿈' and two["상태"] == "채택"


def test_a_table_that_cannot_be_written_leaves_nothing_behind(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StorageUnavailable) as refused:
        export_feedback(store, tmp_path / "missing" / "의견.csv")
    assert "missing" in refused.value.sentence("ko")
    assert list(tmp_path.glob("*.tmp")) == []


@pytest.mark.parametrize("sign", ["=", "+", "-", "@"])
def test_no_cell_begins_as_a_formula_does(store: Store, tmp_path: Path, sign: str) -> None:
    add_feedback(store, praise(f'{sign}HYPERLINK("http://x")'))
    file = tmp_path / "out.csv"
    # Names from a catalogue go the same way as words.
    add_feedback(store, praise("하나", about=About.PROJECT, project="a-project"))
    export_feedback(store, file, {"a-project": f"{sign}1+1"})
    _head, first, second = csv.reader(io.StringIO(file.read_bytes().decode("utf-8-sig")))
    cells = [cell for row in (first, second) for cell in row if sign in cell[:2]]
    assert len(cells) == 2 and all(cell.startswith("'") for cell in cells)


def test_everything_verifies_afterwards(store: Store) -> None:
    for number in range(20):
        add_feedback(store, praise(f"의견 {number}", contact=PHONE if number % 3 else None))
    assert verify(store) == ()


@pytest.mark.parametrize(
    ("about", "fields"),
    [
        (About.DONG, {"dong": "동" * 41}),
        (About.DONG, {"dong": "\U0001f333" * 64}),
        (About.DONG, {"dong": "덕진동\u202e1가"}),
        (About.DONG, {"dong": "덕진동1가\n"}),
        (About.DONG, {"dong": "a/b"}),
        (About.PROJECT, {"project": "나" * 64}),
        (About.PROJECT, {"project": "x" * 65}),
    ],
)
def test_what_a_feedback_is_about_is_bounded_whoever_names_it(
    about: About, fields: dict[str, str]
) -> None:
    with memory_store() as store:
        with pytest.raises(InputRefused) as refused:
            add_feedback(store, NewFeedback(about=about, kind=Kind.PRAISE, **fields))  # type: ignore[arg-type]
        assert refused.value.field in fields
        assert store.row("SELECT count(*) FROM event") == (0,)

"""What a report says is what a person would count, one feedback after another."""

from __future__ import annotations

import io
import json
import statistics
import zipfile
from datetime import date, datetime, timedelta
from xml.etree import ElementTree

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from msgspec.structs import asdict

from db.clock import SEOUL
from db.inbox.due import PROMISED, public_holidays
from db.participation.feedback import NewFeedback, add_feedback, list_feedback
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.records import About, Erased, Kind, ReviewState
from db.reports.figures import AnswerReport, make_report
from db.reports.files import BOM, csv_bytes, geojson_bytes, xlsx_bytes
from db.reports.grown import grown_words, words_of
from db.reports.hwpx import hwpx_bytes
from db.reports.rows import By, ReportRows
from db.reports.tables import Document, Table, document
from db.store.journal import redact
from db.store.store import Store
from tests.db.in_memory import memory_store
from tests.frozen_clock import FrozenClock

THEMES = {"deokjin-park": "garden"}
BEGIN = datetime(2026, 12, 1, 10, tzinfo=SEOUL)
STATES = (ReviewState.ANSWERED, ReviewState.DECLINED, ReviewState.WITHHELD, ReviewState.IN_REVIEW)


def said(store: Store, text: str, kind: Kind = Kind.QUESTION, project: str | None = None) -> str:
    about = About.PROJECT if project else About.GENERAL
    add_feedback(store, NewFeedback(about=about, kind=kind, text=text, project=project))
    found, after = [], 0
    while (batch := list_feedback(store, after=after))[1] > after:
        found, after = list(batch[0]), batch[1]
    return found[-1].id


def decide(store: Store, id: str, state: ReviewState) -> None:
    if state is ReviewState.ANSWERED:
        add_reply(store, id, "답변입니다")
    reason = "까닭" if state in (ReviewState.DECLINED, ReviewState.WITHHELD) else None
    set_review(store, id, state, reason=reason)


def working_days(first: date, last: date) -> int:
    """Counted one day after another, as on a calendar on the wall."""
    off, days, day = public_holidays(first.year, last.year), 0, first
    while day < last:
        day += timedelta(days=1)
        days += day.weekday() < 5 and day not in off
    return days


Case = tuple[int, Kind, "ReviewState | None", int, bool]


@settings(max_examples=20, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.integers(0, 30),
            st.sampled_from(Kind),
            st.sampled_from([None, *STATES]),
            st.integers(0, 40),
            st.booleans(),
        ),
        max_size=7,
    ),
    st.integers(-1, 30),
)
def test_every_figure_is_what_counting_by_hand_gives(cases: list[Case], since: int) -> None:
    clock = [0]

    def at(day: date) -> int:
        return int(datetime(day.year, day.month, day.day, 12, tzinfo=SEOUL).timestamp()) * 10**6

    begin, today = BEGIN.date(), BEGIN.date() + timedelta(days=75)
    with memory_store(clock=lambda: clock[0]) as store:
        for day, kind, state, later, erased in cases:
            came = begin + timedelta(days=day)
            clock[0] = at(came)
            id = said(store, "나무 그늘", kind, "deokjin-park" if day % 2 else None)
            clock[0] = at(came + timedelta(days=later))
            if state is not None:
                decide(store, id, state)
            if erased:
                (row,) = [each for each in list_feedback(store)[0] if each.id == id]
                redact(store, row.device, row.seq, Erased.BOTH, "본인 요청")
        report = make_report(ReportRows(store, THEMES), today, begin + timedelta(days=since), today)
    inside = [case for case in cases if case[0] >= since]
    owed = [
        case
        for case in inside
        if case[1] in PROMISED and not case[4] and case[2] is not ReviewState.WITHHELD
    ]
    answered = [case for case in owed if case[2] in (ReviewState.ANSWERED, ReviewState.DECLINED)]
    days = sorted(
        working_days(begin + timedelta(days=case[0]), begin + timedelta(days=case[0] + case[3]))
        for case in answered
    )
    late = [
        case
        for case in owed
        if case not in answered
        and working_days(begin + timedelta(days=case[0]), today) > PROMISED[case[1]]
    ]
    whole = report.whole
    assert (whole.received, whole.to_answer) == (len(inside), len(owed))
    assert (whole.answered, whole.overdue) == (len(answered), len(late))
    assert whole.median_days == (statistics.median(days) if days else None)
    assert whole.p90_days == (days[-(-9 * len(days) // 10) - 1] if days else None)
    for by, parts in report.parts.items():
        for name in ("received", "to_answer", "answered", "in_time", "overdue"):
            total = sum(asdict(part.figures)[name] for part in parts)
            assert total == asdict(whole)[name], by
    kinds = {part.value: part.figures.received for part in report.parts[By.KIND]}
    # What was erased has no kind any more, and is counted as what it is.
    assert kinds.get("", 0) == sum(case[4] for case in inside)


def made(store: Store, today: date, *span: date) -> AnswerReport:
    return make_report(ReportRows(store, THEMES), today, *span)


def test_today_is_included_and_tomorrow_is_not(store: Store, frozen_clock: FrozenClock) -> None:
    frozen_clock.set(datetime(2026, 12, 1, 23, 59, tzinfo=SEOUL))
    said(store, "하나")
    frozen_clock.set(datetime(2026, 12, 2, 0, 1, tzinfo=SEOUL))
    said(store, "둘")
    first, second = date(2026, 12, 1), date(2026, 12, 2)
    assert made(store, second).whole.received == 2
    assert made(store, second, first, first).whole.received == 1
    assert made(store, second, second, second).before.received == 1
    (month,) = made(store, second).parts[By.MONTH]
    assert (month.value, month.figures.received) == ("2026-12", 2)


def test_an_answer_on_the_day_it_is_due_is_in_time_and_a_conflict_is_no_answer(
    store: Store, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set(BEGIN)
    on_time, late = said(store, "하나"), said(store, "둘")
    frozen_clock.set(datetime(2026, 12, 10, 23, tzinfo=SEOUL))
    decide(store, on_time, ReviewState.ANSWERED)
    frozen_clock.set(datetime(2026, 12, 11, 9, tzinfo=SEOUL))
    decide(store, late, ReviewState.ANSWERED)
    whole = made(store, date(2026, 12, 11)).whole
    assert (whole.answered, whole.in_time, whole.overdue) == (2, 1, 0)
    assert (whole.answer_rate, whole.in_time_rate) == (1.0, 0.5)
    assert (whole.median_days, whole.p90_days) == (7.5, 8.0)


def test_an_empty_store_has_no_rate_and_no_day() -> None:
    with memory_store() as store:
        whole = made(store, date(2026, 12, 1)).whole
    assert (whole.received, whole.answer_rate, whole.median_days) == (0, None, None)


def test_what_a_wild_clock_dated_stands_in_no_figure(
    store: Store, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set(datetime(1970, 1, 2, tzinfo=SEOUL))
    said(store, "옛날")
    report = made(store, date(2026, 12, 1))
    assert (report.undated, report.whole.received) == (1, 0)


def test_words_grow_by_their_share_and_without_particles(
    store: Store, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set(BEGIN)
    for _ in range(8):
        said(store, "나무가 좋아요")
    frozen_clock.set(datetime(2026, 12, 2, 10, tzinfo=SEOUL))
    for words in ("가로등이", "가로등을", "가로등은", "가로등도", "가로등에"):
        said(store, f"{words} 나무가 좋아요")
    rows = ReportRows(store, THEMES)
    day = date(2026, 12, 2)
    (grown,) = grown_words(store, rows, make_report(rows, day, day, day))
    assert (grown.word, grown.now, grown.before) == ("가로등", 5, 0)
    assert words_of("나무에서 나무를 나무") == {"나무"}


def a_document(name: str = "공원과") -> Document:
    return Document(
        "보고", ("오늘 현재",), (Table("전체", ("부서", "건"), ((name, 3), ("", None))),)
    )


@pytest.mark.parametrize("dangerous", ["=1+1", "＝HYPERLINK(1)", "\u200b@SUM(1)", "-3", "＋cmd"])
def test_no_cell_of_any_file_is_a_formula(dangerous: str) -> None:
    from openpyxl import load_workbook

    table = csv_bytes(a_document(dangerous))
    assert table.startswith(BOM) and f"'{dangerous}".encode() in table
    book = load_workbook(io.BytesIO(xlsx_bytes(a_document(dangerous))))
    cell = book["전체"]["A2"]
    assert (cell.value, cell.data_type) == (dangerous, "s")
    assert book["전체"]["B2"].value == 3


def test_a_hwpx_file_is_a_zip_whose_parts_hang_together() -> None:
    with zipfile.ZipFile(io.BytesIO(hwpx_bytes(a_document("공원 & <과>")))) as file:
        first = file.infolist()[0]
        assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
        assert file.read("mimetype") == b"application/hwp+zip"
        trees = {
            name: ElementTree.fromstring(file.read(name))
            for name in file.namelist()
            if name.endswith((".xml", ".hpf"))
        }
        named = set(file.namelist())
    assert {
        each.get("href") for each in trees["Contents/content.hpf"].iter() if each.get("href")
    } <= named
    spaces = {"hp": "http://www.hancom.co.kr/hwpml/2011/paragraph"}
    spaces["hh"] = spaces["hp"].replace("paragraph", "head")
    head, body = trees["Contents/header.xml"], trees["Contents/section0.xml"]
    for used, list_name in (
        ("charPrIDRef", "hh:charPr"),
        ("paraPrIDRef", "hh:paraPr"),
        ("borderFillIDRef", "hh:borderFill"),
    ):
        known = {each.get("id") for each in head.iterfind(f".//{list_name}", spaces)}
        assert {each.get(used) for each in body.iter() if each.get(used)} <= known
    (table,) = body.iterfind(".//hp:tbl", spaces)
    rows = table.findall("hp:tr", spaces)
    assert (table.get("rowCnt"), table.get("colCnt")) == (str(len(rows)), "2")
    words = [each.text for each in body.iterfind(".//hp:t", spaces)]
    assert words == ["보고", "오늘 현재", "전체", "부서", "건", "공원 & <과>", "3", "—"]
    width = sum(int(each.get("width", 0)) for each in rows[0].iterfind(".//hp:cellSz", spaces))
    sizes = [each.get("width") for each in table.findall("hp:sz", spaces)]
    assert sizes == [str(width)]


def test_the_map_of_a_report_is_the_83_dongs_where_they_are(store: Store) -> None:
    add_feedback(
        store, NewFeedback(about=About.DONG, kind=Kind.PROBLEM, text="길", dong="덕진동1가")
    )
    read = json.loads(geojson_bytes(made(store, date(2027, 1, 1)), demonstration=True))
    assert len(read["features"]) == 83 and read["demonstration"] is True
    of = {each["properties"]["dong"]: each["properties"]["received"] for each in read["features"]}
    assert of["덕진동1가"] == 1 == sum(of.values())
    ring = read["features"][0]["geometry"]["coordinates"][0][0]
    assert ring[0] == ring[-1]
    assert all(127.0 < lon < 127.3 and 35.7 < lat < 35.95 for lon, lat in ring)


def test_made_up_opinions_say_so_in_every_table(store: Store) -> None:
    report = made(store, date(2026, 12, 1))
    assert "시연 자료" in document(report, (), {}, demonstration=True).remarks[0]
    assert "시연" not in "".join(document(report, (), {}, demonstration=False).remarks)

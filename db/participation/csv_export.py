"""Feedback as a table for an office: CSV in UTF-8 with the mark that Excel needs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from pathlib import Path

from db.clock import CLOCK_FAULT, in_seoul
from db.directory import write_durably
from db.participation.feedback import list_feedback
from db.problems import StorageUnavailable
from db.records.feedback import About, FeedbackRow, Kind, Origin, ReviewState
from db.store.store import Store

_HEADER = (
    "아이디", "들어온 때", "무엇에 대해", "사업", "동", "위도", "경도", "종류", "만족도",
    "고른 말", "글", "언어", "장소", "들어온 길", "연락처", "상태",
)  # fmt: skip
_ABOUT = {
    About.PROJECT: "사업",
    About.DONG: "동",
    About.POINT: "짚은 곳",
    About.TREES: "나무",
    About.GENERAL: "전체",
}
_KIND = {
    Kind.PRAISE: "칭찬",
    Kind.SUGGESTION: "건의",
    Kind.PROBLEM: "불편",
    Kind.QUESTION: "질문",
}
_STATE = {
    ReviewState.RECEIVED: "접수",
    ReviewState.IN_REVIEW: "검토 중",
    ReviewState.ASSIGNED: "담당부서 지정",
    ReviewState.ANSWERED: "답변 완료",
    ReviewState.ADOPTED: "채택",
    ReviewState.DECLINED: "불채택",
    ReviewState.DUPLICATE: "중복",
    ReviewState.WITHHELD: "비공개",
}
_BATCH = 2000
_UNSEEN = r"[\s\u00ad\u115f\u1160\u200b-\u200f\u2060-\u2064\u3164\ufeff\uffa0]*"
_FORMULA = re.compile(rf"[\t\r]|{_UNSEEN}[=+\-@＝＋－＠﹦﹢﹣﹫−]")


def export_feedback(store: Store, file: Path, words: Mapping[str, str] | None = None) -> int:
    """Writes all feedback to `file`, whole or not at all; returns how many.

    `words` gives project names and ready phrases for their ids. Contacts are never in it.
    Raises StorageUnavailable.
    """
    named = words or {}
    text = io.StringIO(newline="")
    table = csv.writer(text)
    table.writerow(_HEADER)
    count, after = 0, 0
    while (batch := list_feedback(store, after=after, limit=_BATCH))[1] > after:
        rows, after = batch
        for row in rows:
            table.writerow([_harmless(cell) for cell in _cells(row, named)])
        count += len(rows)
    try:
        write_durably(file, b"\xef\xbb\xbf" + text.getvalue().encode())
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error
    return count


def _cells(row: FeedbackRow, words: Mapping[str, str]) -> tuple[object, ...]:
    at = in_seoul(row.at_us)
    return (
        row.id,
        at.strftime("%Y-%m-%d %H:%M:%S") if at else CLOCK_FAULT[0],
        _ABOUT[row.about],
        words.get(row.project, row.project) if row.project else "",
        row.dong or "",
        row.lat if row.lat is not None else "",
        row.lon if row.lon is not None else "",
        _KIND[row.kind] if row.kind else "",
        row.rating or "",
        " / ".join(words.get(phrase, phrase) for phrase in row.phrases),
        "(지워짐)" if row.erased else row.text,
        row.language or "",
        words.get(row.site, row.site) if row.site else "",
        "종이" if row.origin is Origin.PAPER else "키오스크",
        "있음" if row.has_contact else "",
        _STATE[row.state],
    )


def _harmless(cell: object) -> object:
    """A cell a spreadsheet would take for a formula becomes plain text, also where its sign is the
    full-width one of a Korean keyboard or stands behind what nobody sees.
    """
    if isinstance(cell, str) and _FORMULA.match(cell):
        return "'" + cell
    return cell

"""Feedback as a table for an office: CSV in UTF-8 with the mark that Excel needs."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Mapping
from pathlib import Path

from db.clock import CLOCK_FAULT, in_seoul
from db.directory import require_outside, write_durably
from db.participation.feedback import list_feedback
from db.problems import StorageUnavailable
from db.records.feedback import About, FeedbackRow, Origin, ReviewState
from db.records.names import KIND_NAMES
from db.store.demonstration import MARK, is_demonstration
from db.store.store import Store

_ABOUT = {
    About.PROJECT: "사업",
    About.DONG: "동",
    About.POINT: "짚은 곳",
    About.TREES: "나무",
    About.GENERAL: "전체",
}
_STATE = {  # the office's own words
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


def export_feedback(store: Store, file: Path, words: Named | None = None) -> int:
    """Writes all feedback to `file`, whole or not at all; returns how many.

    `words` gives project names and ready phrases for their ids. Contacts are never in it.
    Raises InputRefused, StorageUnavailable.
    """
    require_outside(file.absolute().parent, "folder")
    named = words or {}
    text = io.StringIO(newline="")
    table = csv.writer(text)
    # What is made up says so in every row, for rows are copied one by one.
    marked = {MARK: MARK} if is_demonstration(store) else {}
    table.writerow([*marked, *COLUMNS])
    count, after = 0, 0
    while (batch := list_feedback(store, after=after, limit=_BATCH))[1] > after:
        rows, after = batch
        for row in rows:
            cells = (harmless(cell(row, named)) for cell in COLUMNS.values())
            table.writerow([*marked.values(), *cells])
        count += len(rows)
    try:
        write_durably(file, b"\xef\xbb\xbf" + text.getvalue().encode())
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error
    return count


Named = Mapping[str, str]
"""Names of projects, places and ready phrases for their ids."""

COLUMNS: dict[str, Callable[[FeedbackRow, Named], object]] = {
    "아이디": lambda row, words: row.id,
    "들어온 때": lambda row, words: _time(row.at_us),
    "무엇에 대해": lambda row, words: _ABOUT[row.about],
    "사업": lambda row, words: words.get(row.project, row.project) if row.project else "",
    "동": lambda row, words: row.dong or "",
    "위도": lambda row, words: row.lat if row.lat is not None else "",
    "경도": lambda row, words: row.lon if row.lon is not None else "",
    "종류": lambda row, words: KIND_NAMES[row.kind].ko if row.kind else "",
    "만족도": lambda row, words: row.rating or "",
    "고른 말": lambda row, words: " / ".join(words.get(each, each) for each in row.phrases),
    "글": lambda row, words: "(지워짐)" if row.erased else row.text,
    "언어": lambda row, words: row.language or "",
    "장소": lambda row, words: words.get(row.site, row.site) if row.site else "",
    "들어온 길": lambda row, words: "종이" if row.origin is Origin.PAPER else "키오스크",
    "연락처": lambda row, words: "있음" if row.has_contact else "",
    "상태": lambda row, words: _STATE[row.state],
}
"""Every column by its heading. A contact is never in one, only that there is one."""


def _time(at_us: int) -> str:
    at = in_seoul(at_us)
    return at.strftime("%Y-%m-%d %H:%M:%S") if at else CLOCK_FAULT[0]


def harmless(cell: object) -> object:
    """A cell a spreadsheet would take for a formula becomes plain text, also where its sign is the
    full-width one of a Korean keyboard or stands behind what nobody sees.
    """
    if isinstance(cell, str) and _FORMULA.match(cell):
        return "'" + cell
    return cell

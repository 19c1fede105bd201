"""A report as tables, the same in every format: what an office reads, in the office's words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from db.records.feedback import Kind
from db.records.names import KIND_NAMES
from db.reports.figures import AnswerFigures, AnswerReport, Part
from db.reports.grown import GrownWord
from db.reports.rows import By

DEMONSTRATION = "시연 자료"
Cell = str | int | float | None
HEADS = (
    *("들어온 의견", "답할 것", "답한 것", "답변율 %", "기한 안 %"),
    *("가운데 값(일)", "열에 아홉(일)", "기한 지남"),
)
_BY = {
    By.MONTH: "달",
    By.THEME: "주제",
    By.DONG: "동",
    By.KIND: "종류",
    By.DEPARTMENT: "담당부서",
}
_NOTHING = {
    By.MONTH: "",
    By.THEME: "사업 없음",
    By.DONG: "동을 모름",
    By.KIND: "지워짐",
    By.DEPARTMENT: "담당부서 없음",
}
_SAID = (
    "답할 것은 답을 약속한 종류(건의·불편·질문)이며, 중복·비공개·지워진 것을 뺍니다. "
    "날은 근무일이고 들어온 날이 0일입니다."
)


class Table(msgspec.Struct, frozen=True):
    """`heads` over the columns; the first column names its row."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


class Document(msgspec.Struct, frozen=True):
    """A whole report. `remarks` say what is counted, and of what it may be made up."""

    title: str
    remarks: tuple[str, ...]
    tables: tuple[Table, ...]


def document(
    report: AnswerReport,
    grown: tuple[GrownWord, ...],
    themes: Mapping[str, str],
    *,
    demonstration: bool,
) -> Document:
    """`themes` names the themes in Korean."""
    remarks = [f"{report.first} ~ {report.last} · {report.today} 현재", _SAID]
    if report.undated:
        remarks.append(f"시계가 틀려 날을 모르는 {report.undated:,}건은 빠져 있습니다.")
    if demonstration:
        remarks.insert(0, f"{DEMONSTRATION}: 지어낸 의견으로 만든 보고입니다.")
    return Document("시민 의견 답변 보고", tuple(remarks), tuple(_tables(report, grown, themes)))


def _tables(
    report: AnswerReport, grown: tuple[GrownWord, ...], themes: Mapping[str, str]
) -> Iterator[Table]:
    rows = (("이번", *cells(report.whole)), ("바로 앞 같은 동안", *cells(report.before)))
    yield Table("전체", ("동안", *HEADS), rows)
    for by, parts in report.parts.items():
        yield Table(
            f"{_BY[by]}별",
            (_BY[by], *HEADS),
            tuple((_name(by, each, themes), *cells(each.figures)) for each in parts),
        )
    yield Table(
        "늘어난 말",
        ("말", "이번", "바로 앞"),
        tuple((each.word, each.now, each.before) for each in grown),
    )


def _name(by: By, part: Part, themes: Mapping[str, str]) -> str:
    if not part.value:
        return _NOTHING[by]
    if by is By.KIND:
        return KIND_NAMES[Kind(part.value)].ko
    return themes.get(part.value, part.value) if by is By.THEME else part.value


def cells(figures: AnswerFigures) -> tuple[Cell, ...]:
    """What stands under `HEADS`."""
    return (
        figures.received,
        figures.to_answer,
        figures.answered,
        _percent(figures.answer_rate),
        _percent(figures.in_time_rate),
        figures.median_days,
        figures.p90_days,
        figures.overdue,
    )


def _percent(share: float | None) -> float | None:
    return None if share is None else round(100 * share, 1)


def shown(cell: Cell) -> str:
    """A cell as people read it; what is not known is a dash, never a zero."""
    if cell is None:
        return "—"
    if isinstance(cell, int):
        return f"{cell:,}"
    return f"{cell:,.1f}" if isinstance(cell, float) else cell

"""How the tree screens say counts, shares, dates and sources."""

from __future__ import annotations

from db.records.programme import Sector
from db.records.trees import DatePrecision, Planting, PlantingStatus, TreesFile
from desktop.i18n import date_words, tr
from desktop.theme.look import Look

MAN = 10_000
MILLION = 1_000_000


def round_count(look: Look, count: int) -> str:
    """A round count the way each language says it: 600만, 6 million; else plain digits."""
    if look.korean and count >= MAN and count % MAN == 0:
        return tr("{count}만", count=f"{count // MAN:,}")
    if not look.korean and count >= MILLION and count % (MILLION // 10) == 0:
        return tr("{count}백만", count=f"{count / MILLION:g}")
    return f"{count:,}"


def trees_words(count: int) -> str:
    return tr("{count}그루", count=f"{count:,}", n=count)


def sector_word(sector: str) -> str:
    return {
        Sector.PUBLIC.value: tr("공공"),
        Sector.PRIVATE.value: tr("민간 기업·기관"),
        Sector.CITIZEN.value: tr("시민 참여"),
    }[sector]


def status_word(status: PlantingStatus) -> str:
    """What is known about a planting; not a project's status."""
    return {
        PlantingStatus.COMPLETED: tr("심었다고 보도됨"),
        PlantingStatus.DISTRIBUTED: tr("나누어 줌, 심은 곳 모름"),
        PlantingStatus.DONATION_PLEDGED: tr("기증 약속"),
        PlantingStatus.PLANNED: tr("계획, 완료 확인되지 않음"),
        PlantingStatus.PRE_PROGRAMME: tr("사업 시작 전"),
        PlantingStatus.TRANSPLANTED: tr("옮겨 심음, 새로 심은 것이 아님"),
    }[status]


def planting_date(planting: Planting) -> str:
    """The date with as much precision as the source had."""
    parts = planting.date.split("-")
    if planting.date_precision is DatePrecision.YEAR:
        return tr("{year}년", year=parts[0])
    if planting.date_precision is DatePrecision.MONTH:
        return date_words("-".join(parts[:2]))
    return date_words(planting.date)


def source_line(ledger: TreesFile, source_id: str | None) -> str:
    """Publisher and date of a source, "" where there is none."""
    source = ledger.sources.get(source_id) if source_id else None
    if source is None:
        return ""
    return " · ".join(part for part in (source.publisher, date_words(source.date or "")) if part)


def origin(ledger: TreesFile, source_id: str | None) -> str:
    """Where something was read, as a line of its own; "" where no source is known."""
    line = source_line(ledger, source_id)
    return tr("출처 {line}", line=line) if line else ""

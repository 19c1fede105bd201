"""Amounts as people read them: won in 억 and 조, areas, dates."""

from __future__ import annotations

from desktop.i18n import tr

_EOK = 100_000_000
_JO = 10_000 * _EOK


def won(krw: int, korean: bool) -> str:
    """1조 300억 원 / KRW 1.03 trillion. Exact: no digit is rounded away in Korean."""
    if not korean:
        for size, word in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million")):
            if krw >= size:
                return f"KRW {krw / size:,.4g} {word}"
        return f"KRW {krw:,}"
    jo, rest = divmod(krw, _JO)
    eok, rest = divmod(rest, _EOK)
    man, won_left = divmod(rest, 10_000)
    parts = [f"{jo:,}조"] * bool(jo) + [f"{eok:,}억"] * bool(eok) + [f"{man:,}만"] * bool(man)
    if won_left or not parts:
        parts.append(f"{won_left:,}")
    return " ".join(parts) + " 원"


def square_metres(area: float) -> str:
    return f"{area:,.0f}m²"


def as_of(date: str | None) -> str:
    """2026-02-09 기준, or that the date is not known."""
    return tr("{date} 기준", date=date) if date else tr("날짜는 확인되지 않음")

"""What the operator's facts are called, in the visit's language."""

from __future__ import annotations

from desktop.i18n import tr
from desktop.kiosk.operator.constants import CLOCK, DEMONSTRATION, FAULTS, SOUND


def what(key: str) -> str:
    """The name of a fact."""
    return {
        "program": tr("프로그램"),
        "sqlite": "SQLite",
        "data": tr("자료 기준일"),
        "origins": tr("이 기관이 바꾼 자료"),
        "site": tr("장소"),
        "name": tr("기기 이름"),
        "role": tr("역할"),
        "device": tr("기기 아이디"),
        "panel": tr("화면 대각선"),
        "disk": tr("남은 저장 공간"),
        "integrity": tr("저장소 검사"),
        "journal": tr("기록장 검사"),
        "events": tr("기록 수"),
        "feedback": tr("받은 의견"),
        "exchange": tr("마지막 교환"),
        "standing": tr("교환 상태"),
        "key": tr("연락처 열쇠"),
    }[key]


def shown(key: str, value: str) -> str | None:
    """How its value is shown; None leaves the fact out."""
    if key in ("origins", "name", "site") and not value:
        return None
    if key == "role":
        return {"kiosk": tr("키오스크"), "desk": tr("검토대"), "hub": tr("허브")}[value]
    if key == "key" and value == DEMONSTRATION:
        return tr("시연용 열쇠입니다. 도시의 열쇠로 바꾸세요.")
    if key in ("integrity", "journal"):
        return _verdict(value)
    if key == "feedback":
        return tr("{n}건", n=int(value.replace(",", "")))
    if key == "exchange" and value == CLOCK:
        return tr("시계 오류")
    if not value:
        return tr("아직 없음")
    return value


def _verdict(value: str) -> str:
    if value == SOUND:
        return tr("이상 없음")
    if value == FAULTS:
        return tr("맞지 않습니다. 위의 설명을 보세요.")
    return value or tr("검사하지 못함")

"""Whether a panel hangs so low that the low position brings everything within a seated person's
reach, and what to do where it does not. In both languages: it is said to operators, by the doctor
and on the operator's screen."""

from __future__ import annotations

from math import ceil, hypot

from desktop.theme.metrics import MM_PER_INCH, REACH_MM, REFERENCE_LONG, REFERENCE_SHORT, Metrics

Sentences = tuple[str, str]


def beyond_reach(metrics: Metrics) -> Sentences | None:
    """What is wrong with the height of this panel; None where nothing is, or nobody measured it."""
    inches = hypot(metrics.width, metrics.height) / metrics.px_per_mm / MM_PER_INCH
    return _beyond(metrics.width, metrics.height, inches, metrics.floor_mm)


def beyond_reach_unseen(inches: float, floor_mm: int) -> Sentences | None:
    """The same of a panel that nobody has seen: it may lie or stand."""
    lying = _beyond(REFERENCE_LONG, REFERENCE_SHORT, inches, floor_mm)
    if lying is not None:
        return lying
    upright = _beyond(REFERENCE_SHORT, REFERENCE_LONG, inches, floor_mm)
    if upright is None:
        return None
    ko, en = upright
    return f"화면을 세워 걸었다면, {ko}", f"if the panel stands upright: {en}"


def _beyond(width: int, height: int, inches: float, floor_mm: int) -> Sentences | None:
    plain, large = (
        Metrics.for_panel(width, height, inches, large=letters, low=True, floor_mm=floor_mm)
        for letters in (False, True)
    )
    highest = max(plain.highest_mm, large.highest_mm)
    over = ceil(highest - REACH_MM - 0.5)
    if over <= 0:
        return None
    only_large = plain.highest_mm <= REACH_MM + 0.5
    ko_letters, en_letters = ("큰 글자의 ", " with large letters") if only_large else ("", "")
    most = max(0, floor_mm - over)
    return (
        f"{ko_letters}낮은 화면에서도 단추가 바닥에서 {highest:,.0f} mm까지 올라갑니다. 앉은 사람은"
        f" {REACH_MM:,} mm까지 닿습니다. 화면 아래 끝을 바닥에서 {most:,} mm 이하로 낮추세요.",
        f"even in the low position{en_letters} controls stand up to {highest:,.0f} mm above the"
        f" floor, and a seated person reaches {REACH_MM:,} mm; hang the panel's lower edge"
        f" {most:,} mm above the floor or lower.",
    )

"""What a project's state and theme are called."""

from __future__ import annotations

from desktop.i18n import tr


def status_word(status: str) -> str:
    """The word residents know for a project's status."""
    return {
        "completed": tr("완료"),
        "under-way": tr("진행 중"),
        "planned": tr("계획"),
        "changed": tr("계획 변경"),
        "stopped": tr("중단"),
        "unknown": tr("확인되지 않음"),
    }[status]


def theme_word(theme: str) -> str:
    """The word of a theme."""
    return theme_words()[theme]


def theme_words() -> dict[str, str]:
    """What every theme is called."""
    return {
        "garden": tr("정원"),
        "carbon-neutral": tr("탄소중립"),
        "regeneration": tr("도시재생"),
        "culture-library": tr("문화·도서관"),
        "economy": tr("경제"),
        "health": tr("건강"),
    }

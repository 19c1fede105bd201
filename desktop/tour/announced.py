"""The city's announcements as a kiosk shows them; the tour's own are marked as samples."""

from __future__ import annotations

from dataclasses import replace

from db.problems import Cause, StorageUnavailable
from db.publishing.announcements import Announcement
from desktop.kiosk.announcements.presenter import AnnouncementsPresenter
from desktop.kiosk.home.presenter import HomePresenter
from desktop.kiosk.shell.routes import ToHome
from desktop.tour.guide import Guide

_LONG = (
    "시연 공지입니다. 새로 심은 나무가 자리를 잡는 동안 가지에 매단 표를 떼지 말아 주세요.\n"
    "물을 주고 싶은 분은 가까운 도서관에 말씀해 주세요. "
) * 2
SAMPLES = (
    Announcement(
        id="1" * 32,
        day="2026-11-24",
        ko="시연 공지입니다. 새 쉼터 정원을 엽니다.",
        en="Sample announcement: a new rest garden opens.",
        until="2026-12-31",
        project="baekje-wind-path-forest",
        department="시연 부서",
    ),
    Announcement(
        id="2" * 32, day="", ko=_LONG, en=None, until=None, project=None, department=None
    ),
)  # fmt: skip


def walk_announcements(guide: Guide) -> None:
    """Home with announcements, then the screen of their words: full, empty and out of reach."""
    navigator = guide.kiosk.navigator
    navigator.open(ToHome())
    guide.settle()
    home = navigator.presenter(HomePresenter)
    home.on_announcements(SAMPLES)
    guide.photograph("home-announcements")
    home.changed.emit(replace(home.state, closed=True, phone="063-000-0000"))
    guide.photograph("home-announcements-closed")
    guide.tap("door-announcements")
    guide.photograph("announcements-none")
    told = navigator.presenter(AnnouncementsPresenter)
    told.on_trouble(StorageUnavailable(Cause.INPUT_OUTPUT))
    guide.photograph("announcements-failed")
    told.on_told(SAMPLES)
    guide.photograph("announcements")
    home.on_announcements(())

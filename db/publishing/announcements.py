"""Announcements 공지: what a desk tells residents at every kiosk. An operator has notices."""

from __future__ import annotations

import unicodedata
from collections.abc import Collection
from datetime import date

import msgspec

from db.bilingual import Bilingual
from db.problems import InputRefused
from db.publishing.publications import day, desks_of, published, withdrawn
from db.records.base import Id
from db.records.event_kinds import ANNOUNCEMENT
from db.records.feedback import LONGEST_DEPARTMENT
from db.records.publication import FIRST_DAY, LAST_DAY, AnnouncementBody
from db.store.journal import append
from db.store.store import Store
from db.text import name_if_any, official_text, text_if_any

LONGEST = 500
_LONGEST_DAY = 64


class Announcement(msgspec.Struct, frozen=True, kw_only=True):
    """One announcement as screens show it. `day` is "" where its author's clock stood wrong."""

    id: str
    day: str
    ko: str
    en: str | None
    until: str | None
    project: str | None
    department: str | None

    def words(self, language: str) -> str:
        return Bilingual(self.ko, self.en or self.ko).in_(language)


def announce(
    store: Store,
    ko: str,
    *,
    en: str | None = None,
    until: str | None = None,
    project: str | None = None,
    department: str | None = None,
) -> str:
    """Publishes an announcement; its id. Raises InputRefused, StorageUnavailable."""
    words = official_text(ko, "ko", LONGEST)
    body = AnnouncementBody(
        ko=words,
        en=text_if_any(en, "en", LONGEST),
        until=_checked_until(until, day(store.clock())),
        project=_checked_project(project),
        department=name_if_any(department, "department", LONGEST_DEPARTMENT),
    )
    with store.change() as connection:
        return append(store, connection, ANNOUNCEMENT, "announcement", body).id.hex()


def _checked_until(until: str | None, today: date | None) -> str | None:
    """The last day as it is stored; what an input method widened is the same day."""
    if until is None:
        return None
    typed = unicodedata.normalize("NFKC", until[:_LONGEST_DAY]).strip()
    last = _day_of(typed)
    if last is None:
        raise InputRefused(
            "until",
            f"'{until[:40]}'은(는) 날짜가 아닙니다. 달력에 있는 날을 적으세요. 예: 2026-12-31",
            f"'{until[:40]}' is no date; write a day of the calendar like this: 2026-12-31.",
        )
    if last < (today or FIRST_DAY):
        raise InputRefused(
            "until",
            f"{typed}은(는) 지난 날입니다. 아무도 보지 못할 공지입니다.",
            f"{typed} has passed; nobody would see this announcement.",
        )
    if last > LAST_DAY:
        raise InputRefused(
            "until",
            f"{typed}은(는) 너무 먼 날입니다. {LAST_DAY}까지 적을 수 있습니다. 끝나는 날이 없으면 "
            "적지 마세요.",
            f"{typed} is too far ahead; the last day that can be given is {LAST_DAY}. Leave it out "
            "for an announcement that does not end.",
        )
    return typed


def _day_of(typed: str) -> date | None:
    """The day of the calendar, in the one way it is stored; None for anything else."""
    try:
        found = date.fromisoformat(typed)
    except ValueError:
        return None
    return found if found.isoformat() == typed else None


def _checked_project(project: str | None) -> str | None:
    try:
        return msgspec.convert(project, Id | None)
    except msgspec.ValidationError as error:
        raise InputRefused(
            "project",
            f"'{str(project)[:64]}'은(는) 사업 아이디가 아닙니다.",
            f"'{str(project)[:64]}' is not the id of a project.",
        ) from error


def announcements(store: Store, desks: Collection[str]) -> tuple[Announcement, ...]:
    """What stands today, the newest first. One whose last day has passed is left out, but only by
    a clock that can be right."""
    taken_back = withdrawn(store, desks)
    today = day(store.clock())
    standing = [
        each
        for each in published(store, ANNOUNCEMENT, AnnouncementBody, desks)
        if each.id not in taken_back and not _is_over(each.body.until, today)
    ]
    standing.sort(key=lambda each: (-each.at_us, each.origin))
    return tuple(
        Announcement(
            id=each.id,
            day=(made.isoformat() if (made := day(each.at_us)) else ""),
            ko=each.body.ko,
            en=each.body.en,
            until=each.body.until,
            project=each.body.project,
            department=each.body.department,
        )
        for each in standing
    )


def standing_announcements(store: Store) -> tuple[Announcement, ...]:
    """`announcements` of the desks this store trusts. Raises Refused, StorageUnavailable."""
    return announcements(store, desks_of(store))


def _is_over(until: str | None, today: date | None) -> bool:
    return until is not None and today is not None and today.isoformat() > until

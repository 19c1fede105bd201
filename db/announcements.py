"""Announcements 공지: what a desk tells residents at every kiosk. An operator has notices."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import msgspec

from db.journal import append
from db.problems import InputRefused
from db.publications import day, desks_of, published, withdrawn
from db.records.publication import ANNOUNCEMENT, AnnouncementBody
from db.store import Store

MOST_SHOWN = 50


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
        return self.en if language == "en" and self.en else self.ko


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
    _check_until(until)
    try:
        body = msgspec.convert(
            {
                "ko": ko.strip(),
                "en": (en or "").strip() or None,
                "until": until,
                "project": project,
                "department": department,
            },
            AnnouncementBody,
        )
    except msgspec.ValidationError as error:
        field = str(error).rpartition("$.")[2].rstrip("`") or "ko"
        raise InputRefused(
            field,
            f"공지는 1자에서 500자까지이고, 줄바꿈 말고 다른 제어 문자는 쓸 수 없습니다({error}).",
            f"an announcement is 1 to 500 plain characters ({error}).",
        ) from error
    with store.change() as connection:
        return append(store, connection, ANNOUNCEMENT, "announcement", body).id.hex()


def _check_until(until: str | None) -> None:
    try:
        date.fromisoformat(until or "2026-12-31")
    except ValueError as error:
        raise InputRefused(
            "until",
            f"'{until}'은(는) 날짜가 아닙니다. 예: 2026-12-31",
            f"'{until}' is not a date; for example 2026-12-31.",
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
        for each in standing[:MOST_SHOWN]
    )


def standing_announcements(store: Store) -> tuple[Announcement, ...]:
    """`announcements` of the desks this store trusts. Raises Refused, StorageUnavailable."""
    return announcements(store, desks_of(store))


def _is_over(until: str | None, today: date | None) -> bool:
    return until is not None and today is not None and today.isoformat() > until

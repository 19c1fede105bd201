"""Made-up feedback for the pictures of the desk, in a store that is marked as a demonstration."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

from db.catalogue.loading import load_catalogue
from db.inbox.acts import OfficerAtWork
from db.officers.accounts import Officers
from db.officers.desk_records import DeskRecords
from db.participation.feedback import NewFeedback, add_feedback
from db.records.feedback import About, Kind, ReviewState
from db.records.officers import OfficerRole
from db.store.demonstration import DEMONSTRATOR, mark_demonstration
from db.store.opening import open_store

HOUR_US = 3_600_000_000
#: When the pictures are taken: whatever day it is, they show the same.
NOW_US = int(datetime(2026, 12, 14, 5, 26, tzinfo=UTC).timestamp()) * 1_000_000
MANY = 90

SAID = (
    (Kind.PROBLEM, "연못 북쪽 산책로가 밤에 너무 어두워요. 발밑이 보이지 않아 넘어질 뻔했습니다."),
    (Kind.QUESTION, "역 공사 중에 휠체어로 택시 타는 곳까지 가는 길이 어디인가요?"),
    (Kind.PROBLEM, "비 온 다음 날 북쪽 나무 데크가 미끄럽습니다.\n미끄럼 방지가 필요해요."),
    (Kind.QUESTION, "도서관 옥상 쉼터는 몇 시까지 열려 있나요? 저녁에 가니 닫혀 있었습니다."),
    (
        Kind.PROBLEM,
        "가로수 보호판이 들려서 유모차 바퀴가 자꾸 걸립니다. 횡단보도 앞이 특히 그렇습니다.",
    ),
    (Kind.PRAISE, ""),
    (Kind.SUGGESTION, "The signs by the pond are only in Korean. Could you add English?"),
    (Kind.SUGGESTION, "분수 옆 벤치에 그늘이 없어서 여름 낮에는 앉을 수가 없습니다."),
)
REPLY = "말씀해 주신 곳을 살펴보았습니다. 올해 안에 낮은 조명 여섯 개를 더 답니다. (시연 답변)"


def make_demonstration(data_dir: Path) -> None:
    """Fill an empty data directory."""
    now = [NOW_US - MANY * 5 * HOUR_US]
    with open_store(data_dir, clock=lambda: now[0]) as store:
        with store.change() as connection:
            mark_demonstration(connection)
        projects = load_catalogue(None).projects
        for number in range(MANY):
            now[0] += 5 * HOUR_US
            kind, text = SAID[number % len(SAID)]
            about = About.DONG if number % 4 == 1 else About.PROJECT
            add_feedback(
                store,
                NewFeedback(
                    kind=kind,
                    text=text,
                    about=about,
                    dong="덕진동1가" if about is About.DONG else None,
                    project=projects[number * 3 % len(projects)].id
                    if about is About.PROJECT
                    else None,
                    language="en" if text.isascii() and text else "ko",
                    site="lib-geumam",
                    rating=1 + number % 3,
                ),
            )
        now[0] = NOW_US - HOUR_US
        officers = Officers(DeskRecords(store))
        officer = officers.add(
            DEMONSTRATOR, "demonstration only", OfficerRole.ADMINISTRATOR, by=None
        )
        at_work = OfficerAtWork(officers, officer)
        ids = [id.hex() for (id,) in store.rows("SELECT id FROM feedback ORDER BY rowid")]
        at_work.set_state(ids[1::7], ReviewState.IN_REVIEW)
        at_work.assign(ids[2::7], "공원 담당")
        at_work.reply(ids[3::7], REPLY, public=True)
        reason = "같은 자리에 이미 다른 시설이 계획되어 있습니다. (시연 까닭)"
        at_work.set_state(ids[5::14], ReviewState.DECLINED, reason=reason)
        at_work.note(ids[2], "현장 사진을 요청함. 회신을 기다리는 중. (시연 메모)")
        at_work.reply([ids[2]], "담당 부서가 현장을 보고 있습니다. (시연 답변)", closes=False)

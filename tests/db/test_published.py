"""What everyone may read: answered opinions, and nothing that was not published."""

from __future__ import annotations

from datetime import datetime

from db.clock import SEOUL, in_seoul
from db.participation.feedback import NewFeedback, add_feedback
from db.participation.public_opinions import published_about
from db.participation.replies import add_reply
from db.records.feedback import About, Kind
from db.store.store import Store

PROJECT = "forest-of-gardens"


def opinion(store: Store, text: str) -> str:
    new = NewFeedback(about=About.PROJECT, project=PROJECT, kind=Kind.SUGGESTION, text=text)
    return add_feedback(store, new).id


def test_only_answered_opinions_with_a_public_reply_are_shown(store: Store) -> None:
    opinion(store, "답을 기다립니다")
    quiet = opinion(store, "조용히 답해 주세요")
    told = opinion(store, "그늘이 필요해요")
    add_reply(store, quiet, "알겠습니다.")
    add_reply(store, told, "나무를 심겠습니다.", text_en="We will plant trees.", public=True)
    (shown,) = published_about(store, PROJECT)
    assert (shown.text, shown.reply, shown.reply_en) == (
        "그늘이 필요해요",
        "나무를 심겠습니다.",
        "We will plant trees.",
    )
    assert in_seoul(shown.replied) == datetime(2026, 12, 1, 12, tzinfo=SEOUL)
    assert published_about(store, "zero-waste-shops") == ()


def test_a_reply_that_was_replaced_is_no_longer_shown(store: Store) -> None:
    told = opinion(store, "언제 끝나나요")
    first = add_reply(store, told, "곧 끝납니다.", public=True)
    add_reply(store, told, "2027년에 끝납니다.", public=True, replaces=first.id)
    assert [o.reply for o in published_about(store, PROJECT)] == ["2027년에 끝납니다."]


def test_what_the_city_says_later_to_one_resident_alone_leaves_its_public_answer_there(
    store: Store,
) -> None:
    told = opinion(store, "그늘이 필요해요")
    add_reply(store, told, "나무를 심겠습니다.", public=True)
    add_reply(store, told, "댁 앞에도 심겠습니다.")
    assert [o.reply for o in published_about(store, PROJECT)] == ["나무를 심겠습니다."]


def test_an_opinion_without_words_is_not_published(store: Store) -> None:
    add_reply(store, opinion(store, ""), "고맙습니다.", public=True)
    assert published_about(store, PROJECT) == ()


def test_every_answered_opinion_of_a_project_counts(store: Store) -> None:
    for number in range(25):
        add_reply(store, opinion(store, f"의견 {number}"), "답", public=True)
    assert [each.text for each in published_about(store, PROJECT)][::24] == ["의견 24", "의견 0"]

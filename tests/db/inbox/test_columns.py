"""The inbox: what it holds, narrows, sorts and counts is what the store says."""

from __future__ import annotations

from datetime import date, datetime

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from db.clock import SEOUL
from db.inbox.columns import Inbox
from db.inbox.due import NEVER, due_days
from db.inbox.filters import DueIn, Facet, Filter, Sort
from db.participation.feedback import NewFeedback, add_feedback, list_feedback
from db.participation.replies import add_reply
from db.participation.reviews import set_review
from db.records import About, Erased, Kind, ReviewState
from db.store.journal import redact
from db.store.store import Store
from tests.db.in_memory import memory_store
from tests.frozen_clock import FrozenClock

THEMES = {"deokjin-park": "garden", "hanok": "culture-library"}


def said(
    text: str = "나무 그늘이 좋아요", kind: Kind = Kind.QUESTION, **more: object
) -> NewFeedback:
    fields: dict[str, object] = {"about": About.GENERAL, "kind": kind, "text": text}
    return NewFeedback(**(fields | more))  # type: ignore[arg-type]  # a test's own fields


def texts(inbox: Inbox, narrowed: Filter, sort: Sort = Sort.DUE) -> list[str]:
    rows = inbox.rows(inbox.find(narrowed, sort).positions)
    return [row.feedback.text for row in rows if row is not None]


def test_rows_are_narrowed_sorted_and_counted(store: Store, frozen_clock: FrozenClock) -> None:
    add_feedback(store, said("가로등이 어두워요", Kind.PROBLEM, about=About.DONG, dong="금암동"))
    frozen_clock.advance(60)
    add_feedback(
        store, said("연못이 좋아요", Kind.PRAISE, about=About.PROJECT, project="deokjin-park")
    )
    frozen_clock.advance(60)
    add_feedback(store, said("가로수는 언제 심나요"))
    inbox = Inbox(store, THEMES)
    assert len(inbox) == 3
    assert texts(inbox, Filter(text="가로")) == ["가로등이 어두워요", "가로수는 언제 심나요"]
    garden = Filter().only(Facet.THEME, "garden")
    assert texts(inbox, garden) == ["연못이 좋아요"]
    newest = texts(inbox, Filter(), Sort.NEWEST)
    assert newest == texts(inbox, Filter(), Sort.OLDEST)[::-1]
    assert newest[0] == "가로수는 언제 심나요"
    counts = inbox.counts(garden)
    # The values of a facet are counted as if nothing were chosen of it.
    assert counts[Facet.THEME] == {"": 2, "garden": 1}
    assert counts[Facet.KIND] == {"praise": 1}
    assert inbox.counts(Filter(text="가로"))[Facet.DONG] == {"": 1, "금암동": 1}


def test_sections_follow_the_due_date_and_what_is_closed_comes_last(
    store: Store, frozen_clock: FrozenClock
) -> None:
    frozen_clock.set(datetime(2026, 12, 1, 10, tzinfo=SEOUL))
    add_feedback(store, said("오래된 질문"))
    done = add_feedback(store, said("답한 질문"))
    add_reply(store, list_feedback(store)[0][1].id, "답변입니다")
    set_review(store, list_feedback(store)[0][1].id, ReviewState.ANSWERED)
    assert done.code
    frozen_clock.set(datetime(2026, 12, 11, 10, tzinfo=SEOUL))
    add_feedback(store, said("칭찬", Kind.PRAISE))
    add_feedback(store, said("새 건의", Kind.SUGGESTION))
    inbox = Inbox(store, THEMES)
    found = inbox.find(Filter())
    assert [(each.due, each.count) for each in found.sections] == [
        (DueIn.OVERDUE, 1),
        (DueIn.LATER, 1),
        (DueIn.NO_DATE, 1),
        (DueIn.CLOSED, 1),
    ]
    assert texts(inbox, Filter()) == ["오래된 질문", "새 건의", "칭찬", "답한 질문"]
    rows = [row for row in inbox.rows(found.positions) if row]
    assert rows[0].due == date(2026, 12, 10) and rows[2].due is None
    assert rows[3].state is ReviewState.ANSWERED


def test_what_is_decided_or_arrives_is_taken_up_and_rows_keep_their_place(store: Store) -> None:
    add_feedback(store, said("하나"))
    inbox = Inbox(store, THEMES)
    (first,) = (row.id for row in list_feedback(store)[0])
    set_review(store, first, ReviewState.ASSIGNED, department="공원과")
    add_feedback(store, said("둘"))
    inbox.refresh()
    (row, _second) = inbox.rows([0, 1])
    assert row is not None and row.state is ReviewState.ASSIGNED and row.department == "공원과"
    assert inbox.position_of(first) == 0
    assert inbox.counts(Filter())[Facet.DEPARTMENT] == {"": 1, "공원과": 1}


def test_what_was_erased_is_shown_as_erased_and_a_decision_taken_back_is_gone(
    store: Store,
) -> None:
    add_feedback(store, said("지울 말"))
    (first,) = list_feedback(store)[0]
    decision = set_review(store, first.id, ReviewState.IN_REVIEW)
    inbox = Inbox(store, THEMES)
    device, _slash, seq = decision.ref.partition("/")
    redact(store, device, int(seq), Erased.BODY, "되돌림")
    redact(store, first.device, first.seq, Erased.BOTH, "본인 요청")
    inbox.refresh()
    (row,) = inbox.rows([0])
    assert row is not None and row.feedback.erased and row.state is ReviewState.RECEIVED
    assert texts(inbox, Filter(text="지울")) == []


@pytest.mark.parametrize(
    ("received", "days", "due"),
    [
        (date(2026, 12, 1), 7, date(2026, 12, 10)),  # a Tuesday and a weekend
        (date(2026, 12, 24), 1, date(2026, 12, 28)),  # Christmas and a weekend
        (date(2026, 9, 22), 3, date(2026, 9, 29)),  # 추석
        (date(2026, 12, 5), 1, date(2026, 12, 7)),  # received on a Saturday
        (date(2026, 12, 31), 2, date(2027, 1, 5)),  # over the end of a year
    ],
)
def test_promised_days_are_working_days(received: date, days: int, due: date) -> None:
    (found,) = due_days(np.array([received], "datetime64[D]"), np.array([days]))
    assert found.astype(date) == due


def test_a_day_of_the_citys_own_is_no_working_day_and_no_promise_has_no_date() -> None:
    received = np.array(["2026-12-01", "2026-12-01"], "datetime64[D]")
    first, second = due_days(received, np.array([1, 0]), [date(2026, 12, 2)])
    assert first.astype(date) == date(2026, 12, 3) and second == NEVER


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(
        st.tuples(
            st.sampled_from(Kind),
            st.sampled_from(["", "deokjin-park", "hanok", "other"]),
            st.sampled_from(["그늘", "가로등 그늘", "길"]),
            st.sampled_from([None, ReviewState.IN_REVIEW, ReviewState.ADOPTED]),
        ),
        max_size=12,
    ),
    st.sets(st.sampled_from(Kind), max_size=2),
    st.sampled_from(["", "그늘", "없는 말"]),
)
def test_every_count_is_the_number_of_rows_it_would_leave(
    given_rows: list[tuple[Kind, str, str, ReviewState | None]], kinds: set[Kind], text: str
) -> None:
    with memory_store() as store:
        inbox = Inbox(store, THEMES)
        for kind, project, words, state in given_rows:
            where = {"about": About.PROJECT, "project": project} if project else {}
            add_feedback(store, said(words, kind, **where))
            if state is not None:
                set_review(store, list_feedback(store)[0][-1].id, state)
            inbox.refresh()  # row by row, as they arrive
        narrowed = Filter(text=text).only(Facet.KIND, *kinds)
        for facet, counts in inbox.counts(narrowed).items():
            assert sum(counts.values()) == len(inbox.find(narrowed.without(facet)).positions)
            for value, count in counts.items():
                one = narrowed.only(facet, value)
                assert len(inbox.find(one).positions) == count > 0
        fresh = Inbox(store, THEMES)
        for sort in Sort:
            assert list(fresh.find(narrowed, sort).positions) == list(
                inbox.find(narrowed, sort).positions
            )

"""Reviews, replies and what a receipt opens."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from db.clock import SEOUL, in_seoul, is_suspect
from db.exchange.status.log import LAST_EXCHANGE, last_exchange
from db.participation import issue_receipt
from db.participation.feedback import add_feedback, list_feedback
from db.participation.issue_receipt import Receipt
from db.participation.plantings import NewPlanting, register_planting
from db.participation.public_opinions import published_about
from db.participation.replies import (
    add_reply,
    look_up,
    look_up_all,
    look_up_token,
    look_up_token_all,
    replies_to,
)
from db.participation.reviews import MOST_STEPS, decisions, original_of, set_review
from db.problems import InputRefused
from db.receipts.code import (
    CODES,
    SHORT_CODES,
    code_of,
    draw_token,
    read_token,
    receipt_key,
    receipt_keys,
)
from db.records import About, Erased, ReviewState
from db.records.event_kinds import FEEDBACK, PLANTING, REVIEW
from db.records.feedback import FeedbackBody, Kind, PlantingBody, ReviewBody
from db.store.journal import append, events, keep, redact
from db.store.opening import open_store
from db.store.store import Store
from db.store.verification import verify
from tests.db.in_memory import memory_store, praise
from tests.frozen_clock import FrozenClock

PARK = {"about": About.PROJECT, "project": "deokjin-park"}


def test_a_fresh_feedback_is_received_and_has_no_reply(store: Store) -> None:
    receipt = add_feedback(store, praise())
    status = look_up(store, receipt.code)
    assert status is not None
    assert status.state is ReviewState.RECEIVED and not status.conflict
    assert status.replies == () and status.last_exchange_us is None


def test_state_reason_and_replies_are_shown_in_their_order(
    store: Store, frozen_clock: FrozenClock
) -> None:
    receipt = add_feedback(store, praise())
    set_review(store, receipt.id, ReviewState.IN_REVIEW)
    set_review(store, receipt.id, ReviewState.DECLINED, reason="이미 심었습니다")
    add_reply(store, receipt.id, "첫 답변", text_en="First", department="녹지정원과")
    frozen_clock.advance(60)
    second = add_reply(store, receipt.id, "둘째 답변", public=True)
    store.set_meta(LAST_EXCHANGE, str(frozen_clock()))
    status = look_up(store, receipt.code)
    assert status is not None
    assert (status.state, status.reason) == (ReviewState.DECLINED, "이미 심었습니다")
    assert [reply.text for reply in status.replies] == ["첫 답변", "둘째 답변"]
    assert [reply.words("en") for reply in status.replies] == ["First", "둘째 답변"]
    assert status.last_exchange_us == last_exchange(store) == frozen_clock()
    assert replies_to(store, receipt.id, public_only=True) == (second,)
    assert list_feedback(store)[0][0].state is ReviewState.DECLINED


def test_a_reply_that_replaces_another_stands_in_its_place(store: Store) -> None:
    receipt = add_feedback(store, praise())
    wrong = add_reply(store, receipt.id, "잘못된 답변")
    add_reply(store, receipt.id, "바른 답변", replaces=wrong.id)
    assert [reply.text for reply in replies_to(store, receipt.id)] == ["바른 답변"]


@pytest.mark.parametrize(
    ("state", "fields", "field"),
    [
        (ReviewState.DECLINED, {}, "reason"),
        (ReviewState.DECLINED, {"reason": "  "}, "reason"),
        (ReviewState.WITHHELD, {}, "reason"),
        (ReviewState.WITHHELD, {"reason": " \n"}, "reason"),
        (ReviewState.ASSIGNED, {}, "department"),
        (ReviewState.ASSIGNED, {"department": " \n"}, "department"),
        (ReviewState.ANSWERED, {}, "state"),
        (ReviewState.DUPLICATE, {}, "duplicate-of"),
        (ReviewState.ADOPTED, {"duplicate_of": "0" * 32}, "duplicate-of"),
        (ReviewState.DUPLICATE, {"duplicate_of": "0" * 32}, "duplicate-of"),
        (ReviewState.DUPLICATE, {"duplicate_of": "?"}, "duplicate-of"),
        (ReviewState.ASSIGNED, {"department": "가" * 121}, "department"),
        (ReviewState.ASSIGNED, {"department": "푸른\x1b[31m도시과"}, "department"),
        (ReviewState.DECLINED, {"reason": "가" * 4001}, "reason"),
        (ReviewState.DECLINED, {"reason": "가" * 100_000}, "reason"),
        (ReviewState.DECLINED, {"reason": "거꾸로\u202e 읽히는 글"}, "reason"),
        (ReviewState.DECLINED, {"reason": "글이 아닌 \udcff"}, "reason"),
    ],
)
def test_a_review_that_breaks_a_rule_is_refused_by_its_field(
    store: Store, state: ReviewState, fields: dict[str, str], field: str
) -> None:
    receipt = add_feedback(store, praise())
    with pytest.raises(InputRefused) as refused:
        set_review(store, receipt.id, state, **fields)
    assert refused.value.field == field
    assert decisions(store, receipt.id) == ()


def test_an_assigned_feedback_names_its_department_to_the_resident(store: Store) -> None:
    receipt = add_feedback(store, praise())
    set_review(store, receipt.id, ReviewState.ASSIGNED, department=" 녹지\n정원과 ")
    status = look_up(store, receipt.code)
    assert status is not None
    assert (status.state, status.department) == (ReviewState.ASSIGNED, "녹지 정원과")


def test_a_feedback_is_answered_only_once_somebody_replied_to_it(store: Store) -> None:
    mine, another = (add_feedback(store, praise(text)) for text in ("하나", "둘"))
    add_reply(store, another.id, "남에게 드린 답변")
    with pytest.raises(InputRefused, match="reply first"):
        set_review(store, mine.id, ReviewState.ANSWERED)
    add_reply(store, mine.id, "답변")
    assert set_review(store, mine.id, ReviewState.ANSWERED).state is ReviewState.ANSWERED


@pytest.mark.parametrize("named", ["", "xyz", "0" * 32, "0" * 31])
def test_a_feedback_that_is_not_here_can_be_neither_reviewed_nor_answered(
    store: Store, named: str
) -> None:
    with pytest.raises(InputRefused):
        set_review(store, named, ReviewState.IN_REVIEW)
    with pytest.raises(InputRefused):
        add_reply(store, named, "답변")


@pytest.mark.parametrize("text", ["", "  ", "가" * 4001])
def test_a_reply_is_bounded(store: Store, text: str) -> None:
    receipt = add_feedback(store, praise())
    with pytest.raises(InputRefused):
        add_reply(store, receipt.id, text)


def test_a_feedback_repeats_neither_itself_nor_one_that_repeats_another(store: Store) -> None:
    first, second, third = (add_feedback(store, praise(text)) for text in ("하나", "둘", "셋"))
    for written in (second.id, second.id.upper()):
        with pytest.raises(InputRefused, match="repeat itself"):
            set_review(store, second.id, ReviewState.DUPLICATE, duplicate_of=written)
    set_review(store, second.id, ReviewState.DUPLICATE, duplicate_of=first.id.upper())
    with pytest.raises(InputRefused, match=f"name its original, {first.id}") as refused:
        set_review(store, third.id, ReviewState.DUPLICATE, duplicate_of=second.id)
    assert refused.value.field == "duplicate-of" and decisions(store, third.id) == ()


def test_two_officers_who_did_not_know_of_each_other_are_a_conflict_until_one_settles_it() -> None:
    with memory_store(1) as kiosk, memory_store(2) as desk, memory_store(3) as other:
        receipt = add_feedback(kiosk, praise())
        for store in (desk, other):
            copy(kiosk, store)
        set_review(desk, receipt.id, ReviewState.ADOPTED)
        set_review(other, receipt.id, ReviewState.DECLINED, reason="예산")
        copy(other, desk, device=other.device)
        assert len(decisions(desk, receipt.id)) == 2
        copy(desk, kiosk, device=desk.device)
        copy(other, kiosk, device=other.device)
        status = look_up(kiosk, receipt.code)
        assert status is not None
        assert status.conflict
        assert (status.state, status.reason) == (ReviewState.IN_REVIEW, None)
        settled = set_review(desk, receipt.id, ReviewState.ADOPTED)
        assert decisions(desk, receipt.id) == (settled,)


def test_a_review_cannot_silence_reviews_of_another_feedback(store: Store) -> None:
    first, second = (add_feedback(store, praise(text)) for text in ("하나", "둘"))
    standing = set_review(store, first.id, ReviewState.ADOPTED)
    body = ReviewBody(feedback=second.id, state=ReviewState.WITHHELD, saw=(standing.ref,))
    with store.change() as connection:
        append(store, connection, REVIEW, f"feedback/{second.id}", body)
    assert [each.state for each in decisions(store, first.id)] == [ReviewState.ADOPTED]


def test_a_feedback_that_an_older_program_withheld_without_a_reason_is_shown_as_withheld(
    store: Store,
) -> None:
    receipt = add_feedback(store, praise())
    body = ReviewBody(feedback=receipt.id, state=ReviewState.WITHHELD)
    with memory_store(2) as older:
        with older.change() as connection:
            append(older, connection, REVIEW, f"feedback/{receipt.id}", body)
        copy(older, store)
    status = look_up(store, receipt.code)
    assert status is not None
    assert (status.state, status.reason) == (ReviewState.WITHHELD, None)


def copy(source: Store, target: Store, device: str | None = None) -> None:
    wanted = device or source.device
    with target.change() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO device(device, public_key, own, since_us) VALUES(?, ?, 0, 0)",
            (source.device, source.keys.public),
        )
        for event, contents in events(source.connection, wanted):
            keep(connection, event, contents)


def test_a_receipt_of_another_kiosk_is_answered_once_it_has_travelled_here() -> None:
    with memory_store(1) as here, memory_store(2) as there:
        receipt = add_feedback(there, praise("저쪽에서"))
        assert look_up(here, receipt.code) is None
        copy(there, here)
        for status in (look_up(here, receipt.code), look_up_token(here, receipt.token)):
            assert status is not None and status.text == "저쪽에서"


def test_when_two_kiosks_gave_the_same_code_both_are_offered_and_ones_own_comes_first() -> None:
    with memory_store(1) as here, memory_store(2) as there:
        mine = add_feedback(here, praise("여기서"))
        ((receipt,),) = here.rows("SELECT receipt FROM event")
        with there.change() as connection:
            body = FeedbackBody(kind=Kind.PRAISE, text="저쪽에서")
            append(there, connection, FEEDBACK, "general", body, receipt=receipt)
        copy(there, here)
        assert [each.text for each in look_up_all(here, mine.code).these] == ["여기서", "저쪽에서"]


@pytest.mark.parametrize("codes", [SHORT_CODES, CODES])
def test_where_a_guess_might_hit_a_number_opens_only_what_is_public(
    store: Store, monkeypatch: pytest.MonkeyPatch, codes: int
) -> None:
    """The token of the QR opens everything all the same."""
    kinds: dict[int, Callable[[bytes], bytes]] = {
        CODES: receipt_key,
        SHORT_CODES: lambda token: receipt_keys(token)[1],
    }

    def add(text: str, kind: int) -> Receipt:
        monkeypatch.setattr(issue_receipt, "receipt_key", kinds[kind])
        return add_feedback(store, praise(text))

    other = CODES if codes == SHORT_CODES else SHORT_CODES
    mine = add("내 의견", codes)
    assert mine.code.count("-") == (2 if codes == SHORT_CODES else 3)
    set_review(store, mine.id, ReviewState.DECLINED, reason="당신에게만 드리는 까닭")
    add_reply(store, mine.id, "누구나 읽는 답변", public=True)
    add_reply(store, mine.id, "당신에게만 드리는 답변")
    monkeypatch.setattr(issue_receipt, "SAFE_SHARE", codes)
    status = look_up(store, mine.code)
    assert status is not None and len(status.replies) == 2 and not status.for_holder
    # Receipts with the other kind of number make this one no easier to guess.
    add("다른 꼴", other)
    status = look_up(store, mine.code)
    assert status is not None and not status.for_holder
    add("남의 의견", codes)
    status = look_up(store, mine.code)
    assert status is not None and status.for_holder
    assert status.state is ReviewState.DECLINED and status.reason is None
    assert [reply.text for reply in status.replies] == ["누구나 읽는 답변"]
    whole = look_up_token(store, mine.token)
    assert whole is not None and not whole.for_holder
    assert len(whole.replies) == 2 and whole.reason is not None


def test_nobody_hides_a_reply_by_writing_anothers_receipt_key_into_events_of_their_own() -> None:
    with memory_store(1) as mine, memory_store(2) as forger:
        receipt = add_feedback(mine, praise("내 의견"))
        add_reply(mine, receipt.id, "시의 답변")
        raw = read_token(receipt.token)
        assert raw is not None
        body = FeedbackBody(kind=Kind.PRAISE, text="가로챈 의견")
        with forger.change() as connection:
            for _ in range(issue_receipt.MOST_FOUND + 2):
                append(forger, connection, FEEDBACK, "general", body, receipt=receipt_key(raw))
        copy(mine, forger)
        for these, more in (
            look_up_token_all(forger, receipt.token),
            look_up_all(forger, code_of(receipt_key(raw))),
        ):
            assert these[0].text == "내 의견"
            assert [reply.text for reply in these[0].replies] == ["시의 답변"]
            # Nobody chooses from more, and it is said that there is more.
            assert (len(these), more) == (issue_receipt.MOST_FOUND, True)
        assert not look_up_all(mine, receipt.code).more


@pytest.mark.parametrize("extra", [0, 1])
def test_plantings_that_share_a_number_are_left_out_with_a_word(store: Store, extra: int) -> None:
    receipt = register_planting(store, NewPlanting(species="느티나무", trees=2))
    ((key,),) = store.rows("SELECT receipt FROM event")
    with store.change() as connection:
        for _ in range(issue_receipt.MOST_FOUND - 1 + extra):
            body = PlantingBody(species="남의 나무", trees=1)
            append(store, connection, PLANTING, "planting", body, receipt=key)
    these, more = look_up_all(store, receipt.code)
    assert (len(these), more) == (issue_receipt.MOST_FOUND, bool(extra))


def test_a_token_opens_its_own_where_another_has_the_same_code(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    for place in ("db.store.projections", "db.participation.replies", "db.participation.plantings"):
        monkeypatch.setattr(f"{place}.code_number", lambda receipt: 4821)
    receipts = [add_feedback(store, praise(words)) for words in ("하나", "둘", "셋")]
    planted = {
        species: register_planting(store, NewPlanting(species=species, trees=2)).token
        for species in ("느티나무", "은행나무", "소나무")
    }
    for receipt, words in zip(receipts, ("하나", "둘", "셋"), strict=True):
        found = look_up_token(store, receipt.token)
        assert found is not None and found.text == words
    for species, token in planted.items():
        (found,), _more = look_up_token_all(store, token)
        assert found.planting is not None and found.planting.species == species


def test_no_code_is_given_twice_whoever_holds_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = draw_token
    # Every draft draws the same token first, as two drafts one day will.
    monkeypatch.setattr(
        "db.participation.issue_receipt.draw_token",
        lambda secret, draft, attempt: real(secret, draft if attempt else b"same", attempt),
    )
    codes = [
        register_planting(store, NewPlanting(species="느티나무", trees=1)).code,
        add_feedback(store, praise("하나")).code,
        register_planting(store, NewPlanting(species="은행나무", trees=1)).code,
        add_feedback(store, praise("둘")).code,
    ]
    assert len(set(codes)) == 4


def test_a_chain_of_duplicates_leads_to_its_original(store: Store) -> None:
    ids = [add_feedback(store, praise(f"의견 {number}")).id for number in range(MOST_STEPS + 2)]
    # As desks that do not know of each other make it: each but the first repeats the one before.
    for id, before in zip(ids[1:], ids, strict=False):
        body = ReviewBody(feedback=id, state=ReviewState.DUPLICATE, duplicate_of=before)
        with store.change() as connection:
            append(store, connection, REVIEW, f"feedback/{id}", body)
    assert [original_of(store, id) for id in ids[: MOST_STEPS + 1]] == [
        None,
        *[ids[0]] * MOST_STEPS,
    ]


def test_a_later_private_reply_leaves_the_public_answer_where_it_is(store: Store) -> None:
    one = add_feedback(store, praise("하나", about=About.PROJECT, project="a-project"))
    add_reply(store, one.id, "모두에게", public=True)
    add_reply(store, one.id, "본인에게만")
    assert [each.reply for each in published_about(store, "a-project")] == ["모두에게"]
    add_reply(store, one.id, "다시 모두에게", public=True)
    assert [each.reply for each in published_about(store, "a-project")] == ["다시 모두에게"]


@pytest.mark.parametrize("typed", ["", "소나무-0000-진달래", "소나무-1234-진달래", "x" * 9999])
def test_a_code_nobody_holds_opens_nothing(store: Store, typed: str) -> None:
    add_feedback(store, praise())
    assert look_up(store, typed) is None
    assert look_up_token(store, typed) is None


def test_only_opinions_answered_in_public_are_published_with_the_latest_answer(
    store: Store,
) -> None:
    quiet, answered, withheld, erased = (
        add_feedback(store, praise(text, **PARK)) for text in ("조용", "답변됨", "비공개", "지움")
    )
    add_reply(store, quiet.id, "개인 답변")
    add_reply(store, answered.id, "먼저 답변", public=True)
    add_reply(store, answered.id, "나중 답변", text_en="Later", public=True)
    for receipt in (withheld, erased):
        add_reply(store, receipt.id, "답변", public=True)
    set_review(store, withheld.id, ReviewState.WITHHELD, reason="이름이 적혀 있음")
    redact(store, erased.device, erased.seq, Erased.BODY, "시험")
    (shown,) = published_about(store, "deokjin-park")
    assert (shown.text, shown.reply, shown.reply_en) == ("답변됨", "나중 답변", "Later")
    assert in_seoul(shown.replied) == datetime(2026, 12, 1, 12, tzinfo=SEOUL)
    assert published_about(store, "another") == ()


def test_replies_survive_closing_and_everything_verifies(data_dir: Path) -> None:
    with open_store(data_dir) as store:
        receipt = add_feedback(store, praise())
        add_reply(store, receipt.id, "답변", public=True)
        set_review(store, receipt.id, ReviewState.ANSWERED)
    with open_store(data_dir) as store:
        status = look_up(store, receipt.code)
        assert status is not None and status.state is ReviewState.ANSWERED
        assert not is_suspect(status.at_us)
        assert verify(store) == ()


@pytest.mark.parametrize(
    ("field", "given"),
    [
        ("text", {"text": "가" * 4001}),
        ("text", {"text": "a\x07"}),
        ("text-en", {"text_en": "a" * 4001}),
        ("text-en", {"text_en": "a\u202e"}),
        ("department", {"department": "가" * 121}),
        ("department", {"department": "\udcff"}),
        ("replaces", {"replaces": "nothing"}),
        ("replaces", {"replaces": "0" * 32}),
    ],
)
def test_a_reply_that_no_store_would_show_is_refused_by_its_field(
    store: Store, field: str, given: dict[str, str]
) -> None:
    receipt = add_feedback(store, praise())
    with pytest.raises(InputRefused) as refused:
        add_reply(store, receipt.id, **({"text": "답변"} | given))  # type: ignore[arg-type]
    assert refused.value.field == field
    assert replies_to(store, receipt.id) == ()
    assert store.row("SELECT count(*) FROM event") == (1,)


def test_a_reply_to_another_feedback_cannot_be_replaced(store: Store) -> None:
    one, other = add_feedback(store, praise()), add_feedback(store, praise())
    reply = add_reply(store, one.id, "답변")
    with pytest.raises(InputRefused):
        add_reply(store, other.id, "다른 답변", replaces=reply.id)
    assert [each.id for each in replies_to(store, one.id)] == [reply.id]


def test_duplicates_never_lead_round_in_a_circle(store: Store) -> None:
    one, two, three = (add_feedback(store, praise()).id for _ in range(3))
    set_review(store, one, ReviewState.DUPLICATE, duplicate_of=two)
    set_review(store, two, ReviewState.DUPLICATE, duplicate_of=three)
    for original in (one, two):
        with pytest.raises(InputRefused, match="duplicate of this"):
            set_review(store, three, ReviewState.DUPLICATE, duplicate_of=original)
    assert decisions(store, three) == ()

"""A resident speaks: six steps, nothing asked twice, nothing lost, sent once."""

from __future__ import annotations

import inspect
from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QAbstractButton, QWidget
from pytestqt.qtbot import QtBot

from db.participation.feedback import NewFeedback, list_feedback
from db.participation.issue_receipt import Receipt
from db.problems import Cause, InputRefused, StorageUnavailable
from db.records.feedback import About, ContactKind, FeedbackRow, Kind
from db.store.opening import open_store
from desktop import i18n
from desktop.background.tasks import Tasks
from desktop.kiosk.feedback import sending
from desktop.kiosk.feedback.intents import (
    ChooseAbout,
    ClearText,
    KeepFindings,
    TouchPlace,
    TypeContact,
    TypeText,
    Undo,
)
from desktop.kiosk.feedback.state import FeedbackStep, StepPart, masked
from desktop.kiosk.shell.intents import AnswerQuit, Send, TypeQuery
from desktop.kiosk.shell.routes import ToFeedback, ToHome, ToReceipt
from desktop.kiosk.shell.screen import Leaving
from desktop.widgets.button import PressButton
from tests.desktop.kiosk.feedback_stage import HandTasks, Stage, a_project, look
from tests.desktop.kiosk.services import clock, services

RECEIPT = Receipt(
    code="소나무-48215-진달래-07315", token="a" * 26, id="0" * 32, device="d", seq=1, at_us=1,
    clock_suspect=False,
)  # fmt: skip


@pytest.fixture
def tasks() -> HandTasks:
    return HandTasks()


@pytest.fixture
def stage(qtbot: QtBot, tasks: HandTasks, data_dir: Path) -> Iterator[Stage]:
    yield Stage(services(tasks, data_dir), qtbot)
    i18n.use_language(i18n.KOREAN)


def write(stage: Stage, text: str) -> None:
    stage.presenter.do(TypeText(text))


def to_review(stage: Stage, text: str = "") -> None:
    stage.presenter.enter(ToFeedback(project=a_project(stage.services)))
    stage.tap("kind-suggestion", "next", "rating-2", "next")
    if text:
        write(stage, text)
    stage.tap("next", "contact-no")


def test_single_taps_alone_lead_from_the_subject_to_a_receipt(
    stage: Stage, tasks: HandTasks
) -> None:
    stage.tap("about-general", "kind-praise", "next", "phrase-praise-green", "rating-3", "next")
    stage.tap("next", "contact-no", "send")
    new = sent(tasks)
    assert (new.about, new.kind, new.rating) == (About.GENERAL, Kind.PRAISE, 3)
    assert new.phrases == ("praise-green",)
    tasks.answer(RECEIPT)
    assert stage.went == [ToReceipt(RECEIPT)]


def sent(tasks: HandTasks) -> NewFeedback:
    """What the send operation would store."""
    op = tasks.asked[-1][0]
    (new,) = inspect.getclosurevars(op).nonlocals.values()
    assert isinstance(new, NewFeedback)
    return new


def test_coming_from_a_project_the_subject_is_not_asked_again(stage: Stage) -> None:
    stage.presenter.enter(ToFeedback(project=a_project(stage.services)))
    assert stage.state.step is FeedbackStep.KIND
    assert stage.state.draft.subject.project == a_project(stage.services)


def test_a_project_is_found_by_its_first_consonants(stage: Stage, qtbot: QtBot) -> None:
    stage.tap("about-project")
    stage.presenter.do(TypeQuery("ㄷㅈㄱㅇ"))
    assert stage.state.hits and all("덕진" in hit.name_ko for hit in stage.state.hits[:1])
    assert stage.view is not None
    hit = stage.view.findChildren(QAbstractButton, f"hit-{stage.state.hits[0].id}")[0]
    qtbot.waitUntil(hit.isVisible)
    hit.click()
    assert stage.state.step is FeedbackStep.KIND


@pytest.mark.parametrize("query", ["ㅅㅊㄷ", "송ㅊ", "송처", "songcheon"])
def test_a_dong_is_found_at_every_stage_of_writing_its_name(stage: Stage, query: str) -> None:
    stage.tap("about-dong")
    stage.presenter.do(TypeQuery(query))
    assert any(hit.name_ko.startswith("송천동") for hit in stage.state.hits)


def test_a_touch_outside_the_city_chooses_nothing(stage: Stage) -> None:
    stage.tap("about-point")
    stage.presenter.do(TouchPlace(35.0, 127.0))
    assert stage.state.picked is None and not stage.find("next").isEnabled()
    stage.presenter.do(TouchPlace(35.8242, 127.1480))
    stage.tap("next")
    subject = stage.state.draft.subject
    assert subject.about is About.POINT and "한 곳" in subject.name_ko


def test_nothing_goes_on_without_a_kind_but_everything_else_may_stay_empty(stage: Stage) -> None:
    stage.tap("about-trees")
    assert not stage.find("next").isEnabled()
    stage.tap("kind-question")
    assert stage.find("next").isEnabled()
    stage.tap("next", "next", "next", "contact-no")
    assert stage.state.step is FeedbackStep.REVIEW


def test_every_step_can_be_undone_back_to_the_first(stage: Stage) -> None:
    to_review(stage)
    stage.tap("edit-kind", "back")
    assert stage.state.step is FeedbackStep.REVIEW
    for step in (
        FeedbackStep.CONTACT,
        FeedbackStep.TEXT,
        FeedbackStep.FEELING,
        FeedbackStep.KIND,
        FeedbackStep.ABOUT,
    ):
        stage.tap("back")
        assert stage.state.step is step
    left: list[bool] = []
    stage.presenter.back.connect(lambda: left.append(True))
    stage.tap("back")
    assert left


def test_an_edit_from_the_review_returns_to_the_review(stage: Stage) -> None:
    to_review(stage)
    stage.tap("edit-kind", "kind-praise", "next")
    assert stage.state.step is FeedbackStep.REVIEW
    assert stage.state.draft.kind is Kind.PRAISE
    stage.tap("edit-about", "about-trees")
    assert stage.state.step is FeedbackStep.REVIEW


def test_the_draft_survives_a_change_of_size_contrast_and_language(stage: Stage) -> None:
    to_review(stage, "그늘이 필요해요")
    stage.tap("edit-text")
    for new in (look(large=True), look(contrast=True), look(language="en")):
        stage.dress(new)
        area = stage.find("feedback-text")
        assert area.value == "그늘이 필요해요"  # type: ignore[attr-defined]


def test_undo_goes_back_word_by_word_and_brings_a_cleared_text_back(stage: Stage) -> None:
    stage.presenter.do(ChooseAbout(About.TREES))
    stage.tap("kind-praise", "next", "next")
    for text in ("나", "남", "나무", "나무 ", "나무 그", "나무 그늘"):
        write(stage, text)
    stage.presenter.do(ClearText())
    assert stage.state.draft.text == ""
    stage.presenter.do(Undo())
    assert stage.state.draft.text == "나무 그늘"
    stage.presenter.do(Undo())
    assert stage.state.draft.text.rstrip() == "나무"


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("연락은 010-1234-5678로 주세요", "연락은 로 주세요"),
        ("제 메일은 hong@example.com 입니다", "제 메일은 입니다"),
        ("hong@example.com 입니다", "입니다"),
    ],
)
def test_personal_data_in_the_text_is_shown_before_going_on(
    stage: Stage, text: str, left: str
) -> None:
    to_review(stage)
    stage.tap("edit-text")
    write(stage, text)
    stage.tap("next")
    assert stage.state.part is StepPart.FINDINGS
    stage.tap("remove_findings")
    assert stage.state.step is FeedbackStep.REVIEW
    assert stage.state.draft.text == left
    stage.tap("edit-text")
    stage.presenter.do(Undo())
    assert stage.state.draft.text == text


def test_a_phone_number_may_stay_when_the_resident_insists(stage: Stage) -> None:
    to_review(stage)
    stage.tap("edit-text")
    write(stage, "시청 번호 063-222-1000이 맞나요")
    stage.tap("next", "keep_findings")
    assert stage.state.step is FeedbackStep.REVIEW and "063-222-1000" in stage.state.draft.text


def test_a_registration_number_cannot_stay(stage: Stage) -> None:
    to_review(stage)
    stage.tap("edit-text")
    write(stage, "저는 900101-1234567 입니다")
    stage.tap("next")
    assert stage.state.must_remove
    with pytest.raises(LookupError):
        stage.find("keep_findings")
    stage.presenter.do(KeepFindings())
    assert stage.state.part is StepPart.FINDINGS


def test_a_contact_needs_the_age_the_notice_and_a_tick_that_nobody_set(
    stage: Stage, tasks: HandTasks
) -> None:
    to_review(stage)
    stage.tap("edit-contact", "contact-yes", "older")
    assert (stage.state.part, stage.state.draft.consent) == (StepPart.CONSENT, False)
    assert not stage.find("next").isEnabled()
    stage.tap("consent", "next")
    assert stage.state.part is StepPart.ENTRY
    stage.presenter.do(TypeContact("0101234"))
    stage.tap("next")
    assert stage.state.contact_error is not None and stage.state.draft.contact == "0101234"
    stage.presenter.do(TypeContact("010-1234-5678"))
    stage.tap("next")
    assert stage.state.step is FeedbackStep.REVIEW
    tasks.asked.clear()
    stage.tap("send")
    contact = sent(tasks).contact
    assert contact is not None and contact.consent.is_complete


def test_who_is_under_14_is_asked_for_nothing_and_nothing_is_kept(stage: Stage) -> None:
    to_review(stage)
    stage.tap("edit-contact", "contact-yes", "younger")
    assert stage.state.too_young and not stage.state.draft.contact
    stage.tap("go-on")
    assert stage.state.step is FeedbackStep.REVIEW and not stage.state.draft.over_14


def test_changing_ones_mind_about_a_contact_forgets_it(stage: Stage, tasks: HandTasks) -> None:
    to_review(stage)
    stage.tap("edit-contact", "contact-yes", "older", "consent", "next")
    stage.presenter.do(TypeContact("010-1234-5678"))
    stage.tap("skip")
    assert stage.state.draft.contact == "" and not stage.state.draft.consent
    tasks.asked.clear()
    stage.tap("send")
    assert sent(tasks).contact is None


def test_a_contact_is_masked_on_the_review_and_private_to_speech(stage: Stage) -> None:
    to_review(stage)
    stage.tap("edit-contact", "contact-yes", "older", "consent", "next")
    assert stage.find("contact-field").property("private")
    stage.presenter.do(TypeContact("010-1234-5678"))
    stage.tap("next")
    assert stage.view is not None
    shown = " ".join(w.accessibleName() for w in stage.view.findChildren(QWidget))
    assert "1234-56" not in shown and "010-••••-••78" in shown


def test_masks_hide_the_middle_of_numbers_and_the_name_of_addresses() -> None:
    assert masked("01012345678", ContactKind.PHONE) == "010••••••78"
    assert masked("gildong@example.com", ContactKind.EMAIL) == "gi•••••@example.com"


def test_a_double_tap_sends_once_and_the_button_says_that_it_saves(
    stage: Stage, tasks: HandTasks
) -> None:
    to_review(stage)
    send = stage.find("send")
    assert isinstance(send, PressButton)
    send.click()
    send.click()
    stage.presenter.do(Send())
    assert len(tasks.asked) == 1
    assert send.face_words == "저장하고 있습니다" and not send.isEnabled()


def test_when_nothing_can_be_stored_the_text_stays_and_the_phone_number_is_shown(
    stage: Stage, tasks: HandTasks
) -> None:
    to_review(stage, "그늘이 필요해요")
    stage.tap("send")
    tasks.fail(StorageUnavailable(Cause.FULL))
    assert stage.state.unavailable and stage.state.draft.text == "그늘이 필요해요"
    assert stage.view is not None
    words = [w.accessibleName() for w in stage.view.findChildren(QWidget) if hasattr(w, "setText")]
    assert any("063-222-1000" in text for text in words)
    stage.tap("send")
    tasks.answer(RECEIPT)
    assert stage.went == [ToReceipt(RECEIPT)]


def test_what_the_store_refuses_is_named_and_kept(stage: Stage, tasks: HandTasks) -> None:
    to_review(stage, "글")
    stage.tap("send")
    tasks.fail(InputRefused("text", "글을 고쳐 주세요.", "Change the text."))
    assert stage.state.refused == ("글을 고쳐 주세요.", "Change the text.")
    assert stage.state.draft.text == "글"


def test_stopping_asks_once_and_then_forgets_everything(stage: Stage) -> None:
    to_review(stage, "비밀")
    stage.tap("quit")
    assert stage.state.asking_quit and stage.state.draft.text == "비밀"
    assert stage.view is not None
    answers = {b.objectName(): b for b in stage.view.findChildren(QAbstractButton)}
    answers["answer-stay"].click()
    assert not stage.state.asking_quit and stage.state.draft.text == "비밀"
    stage.tap("quit")
    answers = {b.objectName(): b for b in stage.view.findChildren(QAbstractButton)}
    answers["answer-quit"].click()
    assert not stage.state.draft.begun and stage.went == [ToHome()]


def test_with_nothing_to_lose_stopping_does_not_ask(stage: Stage) -> None:
    stage.tap("quit")
    assert stage.went == [ToHome()]


def test_the_end_of_the_visit_wipes_the_draft_also_while_the_disk_is_writing(
    stage: Stage, tasks: HandTasks
) -> None:
    to_review(stage, "비밀")
    stage.tap("send")
    stage.presenter.wipe()
    tasks.answer(RECEIPT)
    assert stage.went == [] and "비밀" not in repr(stage.state)


def test_whoever_sends_while_the_disk_still_writes_for_the_one_before_gets_no_other_receipt(
    stage: Stage, tasks: HandTasks
) -> None:
    to_review(stage, "앞사람의 말")
    stage.tap("send")
    stage.presenter.wipe()
    to_review(stage, "다음 사람의 말")
    stage.tap("send")
    tasks.answer(msgspec.structs.replace(RECEIPT, code="다른 번호"))
    assert stage.went == [] and stage.state.saving
    tasks.answer(RECEIPT)
    assert stage.went == [ToReceipt(RECEIPT)]


@pytest.mark.parametrize("end", ["the visit", "quit", "sent"])
def test_the_next_residents_feedback_is_another_one_and_undo_brings_nothing_back(
    stage: Stage, tasks: HandTasks, end: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "add_feedback", lambda store, new: new.draft)

    def send() -> object:
        stage.presenter.do(Send())
        return tasks.asked[-1][0](None)

    to_review(stage, "앞사람의 말")
    write(stage, "다시 쓴 말")
    first = send()
    if end == "sent":
        tasks.answer(RECEIPT)
    else:
        tasks.fail(StorageUnavailable(Cause.FULL))
        # The same draft is sent again, so that it is stored once.
        assert send() == first is not None
        tasks.fail(StorageUnavailable(Cause.FULL))
        if end == "quit":
            stage.presenter.do(AnswerQuit(Leaving.QUIT))
        else:
            stage.presenter.wipe()
    stage.presenter.do(Undo())
    assert not stage.state.can_undo and "앞사람" not in repr(stage.state)
    to_review(stage, "다시 쓴 말")
    assert send() not in (None, first)


def test_coming_back_from_help_finds_everything_as_it_was(stage: Stage) -> None:
    route = ToFeedback(project=a_project(stage.services))
    to_review(stage, "그늘")
    stage.presenter.leave()
    stage.presenter.enter(route)
    assert stage.state.step is FeedbackStep.REVIEW and stage.state.draft.text == "그늘"


def test_another_subject_takes_the_place_of_the_old_one_and_keeps_the_words(stage: Stage) -> None:
    to_review(stage, "그늘")
    stage.presenter.enter(ToFeedback(dong="교동"))
    assert stage.state.draft.subject.about is About.DONG
    assert stage.state.draft.text == "그늘" and stage.state.step is FeedbackStep.REVIEW


def test_another_kind_lets_the_old_phrases_go(stage: Stage) -> None:
    stage.presenter.do(ChooseAbout(About.TREES))
    stage.tap("kind-praise", "next", "phrase-praise-rest", "back", "kind-problem")
    assert stage.state.draft.phrases == ()


def test_leaving_the_step_takes_the_field_away_with_the_focus(stage: Stage, qtbot: QtBot) -> None:
    stage.presenter.do(ChooseAbout(About.TREES))
    stage.tap("kind-praise", "next", "next")
    area = stage.find("feedback-text")
    qtbot.waitUntil(area.hasFocus)
    stage.tap("next")
    with pytest.raises(LookupError):
        stage.find("feedback-text")


def test_a_feedback_sent_through_the_screens_is_in_the_store(qtbot: QtBot, data_dir: Path) -> None:
    tasks = Tasks(lambda: open_store(data_dir, clock=clock))
    try:
        stage = Stage(services(tasks, data_dir), qtbot)
        to_review(stage, "그늘이 필요해요")
        with qtbot.waitSignal(stage.presenter.go) as went:
            stage.tap("send")
        receipt = went.args[0].receipt
        assert isinstance(receipt, Receipt)
        stored: list[tuple[tuple[FeedbackRow, ...], int]] = []
        tasks.query(lambda store: list_feedback(store), stored.append)
        qtbot.waitUntil(lambda: bool(stored))
        ((row,), _) = stored[0]
        assert (row.text, row.rating, row.kind) == ("그늘이 필요해요", 2, Kind.SUGGESTION)
        assert row.project == a_project(stage.services) and not row.has_contact
    finally:
        tasks.close()
        i18n.use_language(i18n.KOREAN)

"""With the number one finds what became of one's feedback; without it nobody does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from db.participation.feedback import NewFeedback, add_feedback
from db.participation.issue_receipt import Found
from db.participation.replies import Status, add_reply
from db.participation.reviews import set_review
from db.receipts.code import code_of, receipt_key
from db.receipts.words import FLOWERS, TREES
from db.records.feedback import About, Kind, ReviewState
from db.store.opening import open_store
from desktop import i18n
from desktop.background.tasks import Changes, Tasks
from desktop.kiosk.replies.guess_limit import BACK_MS, TRIES, GuessLimit
from desktop.kiosk.replies.intents import Again, Find, TypeNumber, UseKeyboard
from desktop.kiosk.replies.presenter import RepliesPresenter, initial_of
from desktop.kiosk.replies.state import STAGES, Ask, Fault
from desktop.kiosk.replies.view import RepliesView
from desktop.kiosk.shell.routes import ToReplies
from tests.desktop.kiosk.feedback_stage import HandTasks, look
from tests.desktop.kiosk.services import NOW_US, clock, services

CODE = "소나무-4821-"


def status(**changes: Any) -> Status:
    known: dict[str, Any] = dict(
        id="0" * 32, about=About.GENERAL, project=None, dong=None, kind=Kind.PRAISE, text="비밀 글",
        site=None, at_us=NOW_US, clock_suspect=False, erased=False, state=ReviewState.RECEIVED,
        reason=None, department=None, conflict=False, replies=(), last_exchange_us=None,
    )  # fmt: skip
    return Status(**{**known, **changes})


class Desk:
    def __init__(self, qtbot: QtBot, tasks: Any, data_dir: Path, wait_ms: int = 60_000) -> None:
        self.guard = GuessLimit(wait_ms)
        self.presenter = RepliesPresenter(services(tasks, data_dir), self.guard)
        self.view = RepliesView(look(), lambda kind, ident: ident)
        qtbot.addWidget(self.view)
        self.view.resize(1920, 976)
        self.view.show()
        self.presenter.attach(self.view)
        self.qtbot = qtbot

    @property
    def state(self) -> Any:
        return self.presenter.state

    def tap(self, *names: str) -> None:
        for name in names:
            button = self.view.findChildren(QAbstractButton, name)[-1]
            self.qtbot.waitUntil(button.isVisible)
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def give(self, code: str) -> None:
        """The whole number by single taps."""
        tree, digits, flower, more = (*code.split("-"), "")[:4]
        self.tap(f"initial-{initial_of(tree)}", f"word-{tree}")
        self.tap(*(f"digit-{d}" for d in digits))
        if not more:
            self.tap("short")
        self.tap(f"initial-{initial_of(flower)}", f"word-{flower}")
        self.tap(*(f"digit-{d}" for d in more))

    def words(self) -> str:
        return " ".join(w.text() for w in self.view.findChildren(QLabel))


@pytest.fixture
def tasks() -> HandTasks:
    return HandTasks()


@pytest.fixture
def desk(qtbot: QtBot, tasks: HandTasks, data_dir: Path) -> Iterator[Desk]:
    desk = Desk(qtbot, tasks, data_dir)
    yield desk
    desk.guard.close()
    i18n.use_language(i18n.KOREAN)


def right_code(tasks_free: str = CODE) -> str:
    """A number whose flower fits its tree and digits."""
    from db.receipts.code import read_code

    return next(tasks_free + f for f in FLOWERS if read_code(tasks_free + f).code)


def wrong_code() -> str:
    from db.receipts.code import read_code

    return next(CODE + f for f in FLOWERS if not read_code(CODE + f).code)


def test_every_tree_and_flower_is_two_taps_away() -> None:
    for words in (TREES, FLOWERS):
        assert {initial_of(word) for word in words} <= set("ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ")


def test_a_reply_is_found_with_single_taps(desk: Desk, tasks: HandTasks) -> None:
    desk.give(right_code())
    tasks.answer((Found((status(state=ReviewState.IN_REVIEW),)), None))
    assert desk.state.ask is Ask.FOUND
    assert "검토하고 있습니다" in desk.words()
    assert "아직 이 키오스크에 도착하지 않았습니다" in desk.words()


def test_the_residents_own_words_are_not_shown_again(desk: Desk, tasks: HandTasks) -> None:
    desk.give(right_code())
    tasks.answer((Found((status(),)), None))
    assert "비밀 글" not in desk.words()


def test_the_date_of_the_last_delivery_is_said(desk: Desk, tasks: HandTasks) -> None:
    desk.give(right_code())
    tasks.answer((Found(()), NOW_US))
    assert desk.state.ask is Ask.NOT_FOUND
    assert "2026-11-22" in desk.words()


def test_a_reason_is_the_citys_word_and_nothing_is_awaited_after_it(
    desk: Desk, tasks: HandTasks
) -> None:
    desk.give(right_code())
    tasks.answer((Found((status(state=ReviewState.DECLINED, reason="예산이 없음"),)), NOW_US))
    assert "예산이 없음" in desk.words() and "도착하지 않았습니다" not in desk.words()


def test_a_wrong_flower_is_named_and_only_that_part_is_given_again(desk: Desk) -> None:
    desk.give(wrong_code())
    assert desk.state.fault is Fault.CHECK
    flower = right_code().rpartition("-")[2]
    desk.tap("part-flower", f"initial-{initial_of(flower)}", f"word-{flower}")
    assert desk.state.searching


def test_five_wrong_numbers_let_the_screen_rest_also_for_the_next_visit(
    desk: Desk, tasks: HandTasks
) -> None:
    for _ in range(TRIES):
        desk.presenter.do(UseKeyboard())
        desk.presenter.do(TypeNumber(right_code()))
        desk.presenter.do(Find())
        tasks.answer((Found(()), None))
    assert desk.state.ask is Ask.WAIT
    desk.presenter.wipe()
    desk.presenter.enter(ToReplies())
    assert desk.state.ask is Ask.WAIT


def test_neither_the_end_of_a_visit_nor_a_right_number_gives_more_tries(
    desk: Desk, tasks: HandTasks
) -> None:
    for _ in range(TRIES):
        assert desk.state.ask is not Ask.WAIT
        for found in ((status(),), ()):
            desk.presenter.do(TypeNumber(right_code()))
            desk.presenter.do(Find())
            tasks.answer((Found(found), None))
        was = desk.state.ask
        desk.presenter.wipe()
    assert was is Ask.WAIT


def test_after_the_rest_one_may_try_again(qtbot: QtBot, tasks: HandTasks, data_dir: Path) -> None:
    desk = Desk(qtbot, tasks, data_dir, wait_ms=1)
    for _ in range(TRIES):
        desk.presenter.do(TypeNumber(right_code()))
        desk.presenter.do(Find())
        tasks.answer((Found(()), None))
    qtbot.waitUntil(lambda: desk.state.ask is Ask.TREE)


def test_wrong_numbers_are_limited_over_a_day_and_not_only_within_a_minute(qtbot: QtBot) -> None:
    """One try comes back at a time: who waits for the end of the rest has one, not five."""
    guard = GuessLimit(1)
    for _ in range(TRIES):
        guard.count_wrong()
    assert guard.resting
    with qtbot.waitSignal(guard.rested):
        pass
    guard.close()
    guard.count_wrong()
    assert guard.resting
    assert 24 * 3_600_000 / BACK_MS <= 500


@pytest.mark.parametrize(("opens_page", "way"), [(True, "휴대전화로 찍어"), (False, "영문 26자")])
def test_what_only_the_receipt_opens_is_said_with_its_way(
    desk: Desk, tasks: HandTasks, opens_page: bool, way: str
) -> None:
    desk.presenter.services = replace(
        desk.presenter.services,
        settings=replace(
            desk.presenter.services.settings, hub_url="https://hub.example" if opens_page else ""
        ),
    )
    desk.presenter.do(Again())
    desk.give(right_code())
    tasks.answer((Found((status(for_holder=True),)), None))
    assert "접수증을 가진 분에게만" in desk.words() and way in desk.words()
    assert "도착하지 않았습니다" not in desk.words()


def test_a_number_in_two_words_with_five_digits_each_is_given_by_single_taps(
    desk: Desk, tasks: HandTasks
) -> None:
    code = code_of(receipt_key(bytes(16)))
    desk.give(code)
    assert desk.state.searching and desk.state.code == code
    tasks.answer((Found(()), None))
    assert desk.state.ask is Ask.NOT_FOUND


def test_an_old_number_of_four_digits_is_given_as_it_stands(desk: Desk) -> None:
    desk.give(right_code())
    assert desk.state.searching and desk.state.code == right_code()
    desk.presenter.do(Again())
    tree, digits, _ = right_code().split("-")
    desk.tap(f"initial-{initial_of(tree)}", f"word-{tree}", *(f"digit-{d}" for d in digits))
    desk.tap("short", "part-digits", "digit-5")
    assert not desk.state.short and desk.state.ask is Ask.FLOWER


def test_the_letters_of_the_qr_open_the_reply_where_nobody_has_a_network(
    qtbot: QtBot, data_dir: Path
) -> None:
    tasks = Tasks(lambda: open_store(data_dir, clock=clock))
    try:
        tokens: list[str] = []

        def answered(store: Any) -> str:
            receipt = add_feedback(store, NewFeedback(about=About.GENERAL, kind=Kind.QUESTION))
            add_reply(store, receipt.id, "내년 봄에 심습니다.")
            return receipt.token

        tasks.change(answered, tokens.append, changes=Changes.FEEDBACK)
        qtbot.waitUntil(lambda: bool(tokens), timeout=10_000)
        desk = Desk(qtbot, tasks, data_dir)
        desk.presenter.do(UseKeyboard())
        desk.presenter.do(TypeNumber(tokens[0].upper()))
        desk.presenter.do(Find())
        qtbot.waitUntil(lambda: desk.state.ask is Ask.FOUND)
        assert "내년 봄에 심습니다." in desk.words()
    finally:
        tasks.close()


def test_a_typed_number_is_understood_and_a_near_word_is_offered(
    desk: Desk, tasks: HandTasks
) -> None:
    good = right_code()
    desk.presenter.do(UseKeyboard())
    desk.presenter.do(TypeNumber(good.replace("-", " ").replace("4821", "４８２１")))
    desk.presenter.do(Find())
    assert desk.state.searching
    tasks.answer((Found((status(),)), None))
    desk.presenter.do(Again())
    desk.presenter.do(UseKeyboard())
    desk.presenter.do(TypeNumber(good.replace("소나무", "쏘나무").replace("-", " ")))
    desk.presenter.do(Find())
    assert desk.state.fault is Fault.WORD and "소나무" in desk.state.nearest
    desk.tap("nearest-소나무")
    assert desk.state.searching


def test_leaving_forgets_the_number_and_the_answer(desk: Desk, tasks: HandTasks) -> None:
    desk.give(right_code())
    desk.presenter.leave()
    tasks.answer((Found((status(),)), None))
    assert desk.state.found == () and desk.state.tree == ""


@pytest.mark.parametrize("more", [False, True])
def test_when_two_kiosks_gave_the_same_number_the_resident_is_asked_which(
    desk: Desk, tasks: HandTasks, more: bool
) -> None:
    desk.give(right_code())
    both = status(site="a"), status(site="b", state=ReviewState.ADOPTED)
    tasks.answer((Found(both, more), None))
    assert desk.state.ask is Ask.WHICH
    assert ("여기에 다 보이지 않습니다" in desk.words()) == more
    desk.tap("which-1")
    assert "받아들이기로 했습니다" in desk.words()
    desk.presenter.on_back()
    assert desk.state.ask is Ask.WHICH


def test_a_store_that_does_not_answer_is_said_calmly(desk: Desk, tasks: HandTasks) -> None:
    desk.give(right_code())
    tasks.fail(OSError("disk"))
    assert desk.state.unavailable and not desk.state.searching
    assert "잠시 뒤에" in desk.words()


def test_back_leads_part_by_part_and_then_out(desk: Desk) -> None:
    tree = right_code().split("-")[0]
    desk.tap(f"initial-{initial_of(tree)}", f"word-{tree}")
    assert (desk.state.ask, desk.state.tree) == (Ask.DIGITS, tree)
    left: list[bool] = []
    desk.presenter.back.connect(lambda: left.append(True))
    desk.presenter.on_back()
    assert desk.state.ask is Ask.TREE and not left
    desk.presenter.on_back()
    assert left


def test_every_state_of_a_review_has_a_place_among_the_three_steps() -> None:
    assert set(STAGES) == set(ReviewState)


def test_a_real_reply_is_read_at_the_kiosk(qtbot: QtBot, data_dir: Path) -> None:
    tasks = Tasks(lambda: open_store(data_dir, clock=clock))
    try:
        codes: list[str] = []

        def answered(store: Any) -> str:
            receipt = add_feedback(store, NewFeedback(about=About.GENERAL, kind=Kind.QUESTION))
            add_reply(store, receipt.id, "내년 봄에 심습니다.", department="산림공원과")
            return receipt.code

        tasks.change(answered, codes.append, changes=Changes.FEEDBACK)
        qtbot.waitUntil(lambda: bool(codes), timeout=10_000)
        desk = Desk(qtbot, tasks, data_dir)
        desk.give(codes[0])
        qtbot.waitUntil(lambda: desk.state.ask is Ask.FOUND)
        assert "내년 봄에 심습니다." in desk.words() and "산림공원과" in desk.words()
    finally:
        tasks.close()
        i18n.use_language(i18n.KOREAN)


def test_whose_feedback_repeats_another_reads_the_public_reply_to_that_one(
    qtbot: QtBot, data_dir: Path
) -> None:
    tasks = Tasks(lambda: open_store(data_dir, clock=clock))
    try:
        codes: list[str] = []

        def repeated(store: Any) -> str:
            words = NewFeedback(about=About.GENERAL, kind=Kind.QUESTION, text="남의 글")
            original = add_feedback(store, words)
            mine = add_feedback(store, NewFeedback(about=About.GENERAL, kind=Kind.QUESTION))
            add_reply(store, original.id, "모두에게 드리는 답변", public=True)
            add_reply(store, original.id, "한 분께 드리는 답변")
            set_review(store, mine.id, ReviewState.DUPLICATE, duplicate_of=original.id)
            return mine.code

        tasks.change(repeated, codes.append, changes=Changes.FEEDBACK)
        qtbot.waitUntil(lambda: bool(codes), timeout=10_000)
        desk = Desk(qtbot, tasks, data_dir)
        desk.give(codes[0])
        qtbot.waitUntil(lambda: desk.state.ask is Ask.FOUND)
        words = desk.words()
        assert "같은 의견에 드린 답변" in words and "모두에게 드리는 답변" in words
        assert not [each for each in ("한 분께", "남의 글", "도착하지 않았습니다") if each in words]
    finally:
        tasks.close()
        i18n.use_language(i18n.KOREAN)

"""The board: what waits for an answer beside its like, filled bit by bit, decided by officers."""

from __future__ import annotations

import pytest

from db.groups.board import Board
from db.groups.gist import GistReader
from db.inbox.acts import OfficerAtWork
from db.inbox.group_acts import GroupActs
from db.officers.desk_records import DeskRecords
from db.participation.feedback import NewFeedback, add_feedback, list_feedback
from db.records import ReviewState
from db.records.event_kinds import REDACTION
from db.records.feedback import About, Erased, Kind, RedactionBody
from db.store.journal import append
from db.store.store import Store

DARK = (
    "덕진공원 연못 산책로가 밤에 너무 어두워요.",
    "연못 둘레길 가로등이 나가서 발밑이 안 보입니다",
    "덕진공원 밤길이 캄캄해요. 조명을 더 켜 주세요",
)
TOILET = ("화장실 문이 안 잠겨요", "공원 화장실 변기 문 고장났어요")


def _add(store: Store, text: str, project: str = "deokjin-park") -> None:
    add_feedback(
        store, NewFeedback(about=About.PROJECT, kind=Kind.PROBLEM, project=project, text=text)
    )


@pytest.fixture
def board(store: Store, records: DeskRecords) -> Board:
    for text in (*DARK, *TOILET, "꽃이 예뻐요"):
        _add(store, text)
    made = Board(records, GistReader())
    _fill(made)
    return made


def _fill(board: Board) -> None:
    done, of = board.take_up(0.0)
    while done < of:
        done, of = board.take_up(1.0)


def _texts(board: Board) -> list[list[str]]:
    return [
        sorted(seat.row.text for seat in board.seats(card) if not seat.doubtful)
        for card in board.proposed(20)[1]
    ]


def test_what_tells_of_one_matter_in_other_words_is_proposed_together(board: Board) -> None:
    assert _texts(board) == [sorted(DARK), sorted(TOILET)]
    count, cards = board.proposed(1)
    assert count == 2 and [card.size for card in cards] == [3]
    assert board.grouped(20) == (0, ())


def test_what_comes_later_is_put_to_its_like(store: Store, board: Board) -> None:
    _add(store, "연못가 산책로 불이 꺼져서 깜깜합니다")
    _fill(board)
    assert [card.size for card in board.proposed(20)[1]] == [4, 2]


def test_what_officers_grouped_is_no_longer_proposed_and_is_again_when_they_undo(
    board: Board, at_work: OfficerAtWork, on_groups: GroupActs
) -> None:
    card = board.proposed(20)[1][0]
    seats = [seat.row.id for seat in board.seats(card)]
    done = on_groups.group(seats[0], seats[1:], name="연못 조명")
    assert [each.size for each in board.proposed(20)[1]] == [2]
    count, (made,) = board.grouped(20)
    assert (count, made.name, made.size, made.lead.id) == (1, "연못 조명", 3, seats[0])
    assert {seat.row.id for seat in board.seats(made)} == set(seats)
    at_work.undo(done.ref)
    assert board.grouped(20) == (0, ()) and board.proposed(20)[0] == 2


def test_what_was_kept_apart_is_not_proposed_together_again(
    board: Board, on_groups: GroupActs
) -> None:
    card = board.proposed(20)[1][0]
    lead, *others = [seat.row.id for seat in board.seats(card)]
    on_groups.keep_apart(lead, others)
    assert [each.size for each in board.proposed(20)[1]] == [2]


def test_erased_and_withheld_words_are_in_no_proposal(
    store: Store, board: Board, at_work: OfficerAtWork, records: DeskRecords
) -> None:
    toilets = [row for row in list_feedback(store)[0] if row.text in TOILET]
    target = f"{toilets[0].device}/{toilets[0].seq}"
    with store.change() as connection:
        body = RedactionBody(target=target, what=Erased.BOTH, reason="개인정보")
        append(store, connection, REDACTION, target, body)
    assert _texts(board) == [sorted(DARK)]
    at_work.set_state([toilets[1].id], ReviewState.WITHHELD, reason="욕설")
    fresh = Board(records, GistReader())
    _fill(fresh)
    assert _texts(fresh) == [sorted(DARK)]

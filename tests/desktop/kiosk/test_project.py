"""Project: the whole of it, and what is not known."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from db.catalogue.loading import load_catalogue
from db.participation.feedback import NewFeedback, add_feedback
from db.participation.replies import add_reply
from db.records.base import LocationBasis
from db.records.feedback import About, Kind
from db.store.store import Store
from desktop.kiosk.project.intents import ChooseSide
from desktop.kiosk.project.presenter import ProjectPresenter
from desktop.kiosk.project.state import Side
from desktop.kiosk.shell.routes import ToProject
from desktop.map.from_records import pins_of
from desktop.map.still import MapStill
from desktop.words import amounts
from tests.flows.kiosk_in_hand import KioskInHand

CATALOGUE = load_catalogue(None)
PROJECT = "baekje-wind-path-forest"


@pytest.fixture
def hand(data_dir: Path, qtbot: QtBot) -> Iterator[KioskInHand]:
    opened = KioskInHand(data_dir, qtbot)
    yield opened
    opened.close()


def words(hand: KioskInHand) -> str:
    view = hand.kiosk.shell.view
    assert view is not None
    return "\n".join(label.text() for label in view.findChildren(QLabel))


def test_every_project_shows_its_summary_its_notes_and_every_event(hand: KioskInHand) -> None:
    for project in CATALOGUE.projects:
        hand.open(ToProject(project.id))
        shown = words(hand)
        wanted = [project.summary_ko, project.notes_ko or "", project.place_ko]
        wanted += [event.event_ko for event in project.timeline]
        if project.budget_krw is None or project.area_m2 is None:
            wanted.append("확인되지 않음")
        assert [each for each in wanted if each not in shown] == [], project.id


def test_a_changed_plan_shows_before_and_after_and_both_costs(hand: KioskInHand) -> None:
    hand.open(ToProject("stadium-mice-complex"))
    shown = words(hand)
    for each in (
        "시민의 숲 1963",
        "MICE 복합단지",
        "1조 300억 원",
        "1조 800억 원",
        "자료가 다릅니다",
    ):
        assert each in shown


def test_what_is_known_only_to_its_neighbourhood_is_an_area_on_every_map_and_says_so(
    hand: KioskInHand,
) -> None:
    placed = [p for p in CATALOGUE.projects if p.lat is not None]
    for metres, area in ((500, False), (501, True), (None, False)):
        known = msgspec.structs.replace(
            placed[0],
            location_basis=LocationBasis.LANDMARK,
            location_precision_m=metres,
        )
        assert known.is_area is area
    pins = {pin.ident: pin.area_hint for pin in pins_of(hand.kiosk.navigator.look, tuple(placed))}
    assert pins == {p.id: p.is_area for p in placed}
    landmark = next(p for p in placed if p.is_area and not p.is_area_hint)
    dong = next(p for p in placed if p.is_area_hint)
    for project in (landmark, dong):
        hand.open(ToProject(project.id))
        assert "위치는 대략입니다" in words(hand)
        (still,) = hand.view.findChildren(MapStill)
        assert [pin.area_hint for pin in still._pins] == [True]


def test_every_source_is_listed_with_publisher_and_date(hand: KioskInHand) -> None:
    hand.open(ToProject("stadium-mice-complex"))
    hand.kiosk.navigator.presenter(ProjectPresenter).do(ChooseSide(Side.SOURCES))
    hand.settle()
    shown = words(hand)
    project = CATALOGUE.project_by_id["stadium-mice-complex"]
    for ident in project.sources:
        title = CATALOGUE.sources[ident].title_ko
        assert title and title in shown


def test_a_published_reply_is_read_beside_the_opinion_it_answers(hand: KioskInHand) -> None:
    opinion = NewFeedback(about=About.PROJECT, project=PROJECT, kind=Kind.PRAISE, text="고맙습니다")
    done: list[object] = []

    def write(store: Store) -> None:
        receipt = add_feedback(store, opinion)
        add_reply(store, receipt.id, "저희도 고맙습니다.", public=True)

    hand.kiosk.tasks.query(write, done.append)
    hand.wait(lambda: bool(done))
    hand.open(ToProject(PROJECT))
    state = hand.kiosk.navigator.presenter(ProjectPresenter).state
    assert [(o.text, o.reply) for o in state.opinions] == [("고맙습니다", "저희도 고맙습니다.")]


@pytest.mark.parametrize(
    ("krw", "korean", "english"),
    [
        (1_030_000_000_000, "1조 300억 원", "KRW 1.03 trillion"),
        (2_700_000_000, "27억 원", "KRW 2.7 billion"),
        (75_000_000, "7,500만 원", "KRW 75 million"),
        (1_000_000_000_000, "1조 원", "KRW 1 trillion"),
        (0, "0 원", "KRW 0"),
        (123, "123 원", "KRW 123"),
    ],
)
def test_sums_are_said_as_people_say_them(krw: int, korean: str, english: str) -> None:
    assert amounts.won(krw, korean=True) == korean
    assert amounts.won(krw, korean=False) == english

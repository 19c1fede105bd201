"""Choosing a stick to write to, or what lies on one: one page for every errand."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from desktop.exchange.next_steps import next_steps
from desktop.exchange.results import (
    ExchangeState,
    Outbox,
    PaperFile,
    PaperKind,
    Pile,
    Requested,
    Result,
    Saved,
    StickRead,
    Written,
)
from desktop.exchange.sticks import Place
from desktop.exchange.words import (
    paper_words,
    room_words,
    saved_lines,
    taken_lines,
    trouble_lines,
    written_lines,
)
from desktop.i18n import language, tr
from desktop.kiosk.operator.exchange.parts import Door, EmptyBed, ExchangePanel, SaidCard
from desktop.kiosk.operator.folder_field import FolderField
from desktop.kiosk.operator.intents import (
    ReadPile,
    SearchAgain,
    TakePaper,
    TypeCarrier,
    UseCarrier,
    WriteAfresh,
    WriteTo,
)
from desktop.kiosk.operator.state import At
from desktop.theme.look import Look
from desktop.theme.palette import Colour
from desktop.widgets.button import PressButton
from desktop.widgets.text import Text

MOST_REFUSALS = 5
MOST_PAPERS = 20
_LEFT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignVCenter


class CarrierPanel(ExchangePanel):
    """`at` is one of REQUEST, PAPERS, WRITE, READ, RESCUE."""

    def __init__(self, look: Look, at: At) -> None:
        super().__init__(look)
        self._at = at

    def shows(self, x: ExchangeState) -> object:
        return (x.looking, x.sticks, x.papers, x.piles, x.outbox, x.afresh, x.result, x.problem,
                x.refused)  # fmt: skip

    def build(self, column: QVBoxLayout, x: ExchangeState) -> None:
        look = self.look
        said = self._said(x)
        if said is not None:
            column.addWidget(said)
        column.addLayout(self._errand_and_again(x))
        if self._at is At.WRITE and x.outbox is not None and x.outbox.unfinished:
            column.addLayout(self._go_on_or_afresh(x, x.outbox))
        if self._at is At.PAPERS:
            self._papers(column, x)
        elif self._at is At.READ:
            self._piles(column, x)
        else:
            self._sticks(column, x)
        to_read = self._at in (At.PAPERS, At.READ)
        action = tr("이 폴더에서 찾기") if to_read else tr("이 폴더에 쓰기")
        folder = FolderField(look, action, "search" if to_read else "download")
        folder.show_text(x.folder)
        folder.typed.connect(self._typed)
        folder.confirmed.connect(self._confirmed)
        column.addWidget(folder)

    def _typed(self, text: str) -> None:
        self.act(TypeCarrier(text))

    def _confirmed(self) -> None:
        self.act(UseCarrier())

    def _errand_and_again(self, x: ExchangeState) -> QHBoxLayout | QVBoxLayout:
        """What to do here, and beside it the search for a stick that has only just come."""
        look = self.look
        stacked = look.compact or look.portrait
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(look.px(20))
        row.addWidget(Text(look, self._errand(x), align=_MIDDLE), 1)
        again = PressButton(look, tr("다시 찾기"), icon="search", height=84)
        again.setObjectName("look-again")
        again.tells(self.act, SearchAgain())
        row.addWidget(again, 0, _LEFT if stacked else _MIDDLE)
        return row

    def _errand(self, x: ExchangeState) -> str:
        if self._at is At.REQUEST:
            return tr("신청서를 담을 USB를 누르세요. 담당자가 도시 열쇠로 서명합니다.")
        if self._at is At.PAPERS:
            return tr("담당자가 서명한 인증서나 목록을 누르세요.")
        if self._at is At.READ:
            return tr("읽을 USB를 누르세요. 몇 번을 읽어도 같은 기록은 한 번만 들어갑니다.")
        if self._at is At.RESCUE:
            return tr("읽을 수 있는 기록을 모두 담습니다. 저장소는 건드리지 않습니다.")
        return tr("꾸러미를 담을 USB를 누르세요. 쓴 것은 되읽어 확인합니다.")

    # -- lists ---------------------------------------------------------------------------------

    def _sticks(self, column: QVBoxLayout, x: ExchangeState) -> None:
        if x.sticks is None:
            column.addWidget(EmptyBed(self.look, tr("USB를 찾는 중입니다…")))
        elif not x.sticks:
            column.addWidget(EmptyBed(self.look, _no_stick()))
        for index, stick in enumerate(x.sticks or ()):
            usable = not stick.read_only
            door = Door(self.look, "usb", stick.path.name, _room(stick), enabled=usable)
            door.setObjectName(f"stick-{index}")
            door.tells(self.act, WriteTo(index))
            column.addWidget(door)

    def _papers(self, column: QVBoxLayout, x: ExchangeState) -> None:
        if x.papers is None:
            column.addWidget(EmptyBed(self.look, tr("USB를 찾는 중입니다…")))
        elif not x.papers:
            words = tr("USB에 인증서나 목록이 없습니다.") if x.sticks else _no_stick()
            column.addWidget(EmptyBed(self.look, words))
        papers = x.papers or ()
        for index, file in enumerate(papers[:MOST_PAPERS]):
            column.addWidget(self._paper(index, file))
        if len(papers) > MOST_PAPERS:
            more = tr("그 밖에 {n}건", n=len(papers) - MOST_PAPERS)
            column.addWidget(Text(self.look, more, colour="ink2"))

    def _paper(self, index: int, file: PaperFile) -> Door:
        own = file.kind is PaperKind.OWN
        icon = "shield-check" if own else "list"
        line = f"{file.path.parent.name} · {file.path.name}"
        door = Door(self.look, icon, paper_words(file), line)
        door.setObjectName(f"paper-{index}")
        door.tells(self.act, TakePaper(index))
        return door

    def _piles(self, column: QVBoxLayout, x: ExchangeState) -> None:
        if x.piles is None:
            column.addWidget(EmptyBed(self.look, tr("USB를 찾는 중입니다…")))
        elif not x.piles:
            column.addWidget(EmptyBed(self.look, _no_stick()))
        for index, pile in enumerate(x.piles or ()):
            column.addWidget(self._pile(index, pile))

    def _pile(self, index: int, pile: Pile) -> Door:
        count = len(pile.files)
        line = tr("꾸러미 {n}개", n=count) if count else tr("읽을 꾸러미가 없습니다.")
        door = Door(self.look, "usb", pile.place.path.name, line, enabled=count > 0)
        door.setObjectName(f"pile-{index}")
        door.tells(self.act, ReadPile(index))
        return door

    def _go_on_or_afresh(self, x: ExchangeState, outbox: Outbox) -> QHBoxLayout | QVBoxLayout:
        look = self.look
        stacked = look.compact or look.portrait
        row: QHBoxLayout | QVBoxLayout = QVBoxLayout() if stacked else QHBoxLayout()
        row.setSpacing(look.px(15))
        rest, everything = outbox.pending, outbox.pending + outbox.unconfirmed
        for afresh, words in (
            (False, tr("이어서 쓰기: 남은 {n:,}건", n=rest)),
            (True, tr("처음부터 쓰기: {n:,}건", n=everything)),
        ):
            button = PressButton(look, words, checkable=True, height=92, align_left=True)
            button.one_of = True
            button.setObjectName("afresh" if afresh else "go-on")
            button.setChecked(x.afresh is afresh)
            button.tells(self.act, WriteAfresh(afresh))
            row.addWidget(button, 1)
        return row

    # -- what came of it -----------------------------------------------------------------------

    def _said(self, x: ExchangeState) -> SaidCard | None:
        look = self.look
        if x.refused:
            words = tr("받지 않았습니다. 이 USB를 준 담당자에게 전화로 확인하세요.")
            return SaidCard(look, "circle-x", "danger", words)
        if x.problem is not None:
            lines = trouble_lines(x.problem, stick=self._at is not At.PAPERS)
            return SaidCard(look, "circle-x", "danger", *lines)
        return self._came_of(x.result) if x.result is not None else None

    def _came_of(self, result: Result) -> SaidCard:
        look = self.look
        if isinstance(result, Requested):
            words = tr("신청서를 썼습니다. USB를 담당자에게 가져다주세요.")
            return SaidCard(look, "circle-check", "pine", words, result.file.name)
        if isinstance(result, Written):
            good = result.problem is None
            return self._verdict(good, result.files > 0, *written_lines(result))
        if isinstance(result, Saved):
            good = result.problem is None
            return self._verdict(good, bool(result.files), *saved_lines(result))
        assert isinstance(result, StickRead)
        lines = taken_lines(result)
        lines += [each.sentence(language()) for each in result.refusals[:MOST_REFUSALS]]
        more = len(result.refusals) - MOST_REFUSALS + result.unnamed
        if more > 0:
            lines.append(tr("그 밖에 {n}건", n=more))
        lines += next_steps(each.reason for each in result.refusals)
        return self._verdict(result.problem is None and not result.refusals, True, *lines)

    def _verdict(self, good: bool, some: bool, words: str, *more: str) -> SaidCard:
        icon = "circle-check" if good else "triangle-alert"
        colour: Colour = "pine" if good else "warn"
        if not good and not some:
            icon, colour = "circle-x", "danger"
        return SaidCard(self.look, icon, colour, words, *more)


def _no_stick() -> str:
    return tr("꽂힌 USB가 없습니다. 꽂고 잠시 뒤에 '다시 찾기'를 누르세요.")


def _room(stick: Place) -> str:
    if stick.read_only:
        return tr("쓰기가 잠겨 있습니다.")
    return room_words(stick.free_bytes)

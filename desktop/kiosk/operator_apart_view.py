"""One page kept apart, opened: what it holds and why it lies there, without anybody's words."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from desktop.i18n import tr
from desktop.kiosk.operator_exchange_state import Row
from desktop.kiosk.operator_exchange_words import moment_of, numbers_words, row_word
from desktop.theme.look import Look
from desktop.theme.type import Role
from desktop.widgets.card import Card
from desktop.widgets.text import Text

if TYPE_CHECKING:  # the store behind it is heavy
    from db.pages_apart import OpenedPage


def opened_card(look: Look, page: OpenedPage) -> Card:
    """Everything an operator may know of it; discarding it is a command's work."""
    card = Card(look)
    column = card.column(32, 24, 32, 26, gap=14)
    column.addWidget(Text(look, row_word(Row(page.reason, "")), Role.LEAD, bold=True))
    for line in _lines(page):
        column.addWidget(Text(look, line))
    return card


def _lines(page: OpenedPage) -> list[str]:
    kinds: Counter[str] = Counter()
    for kind, count in page.kinds.items():
        kinds[row_word(Row(kind, ""))] += count
    return [
        tr("기기: {device}", device=page.device),
        tr("기록 번호: {numbers}", numbers=numbers_words(page.first, page.last)),
        " · ".join(f"{word} {count:,}" for word, count in kinds.items())
        or tr("내용은 이미 지워졌습니다."),
        tr("따로 둔 때: {moment}", moment=moment_of(page.at_us)),
        tr("온 곳: {place}", place=Path(page.place.split(": ")[0]).name),
        tr("버리려면: cheonman sync --discard {number} --reason …", number=page.number),
    ]

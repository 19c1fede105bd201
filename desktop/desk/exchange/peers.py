"""Every other device of the city, the longest silent first."""

from __future__ import annotations

from PySide6.QtWidgets import QGridLayout, QWidget

from db.exchange.status.status import Peer
from desktop.exchange.words import role_word
from desktop.i18n import tr
from desktop.theme.desk_look import DeskLook, Use
from desktop.theme.desk_palette import DeskColour
from desktop.widgets.mouse.words import Label
from desktop.words.dates import moment_of


class PeerTable(QWidget):
    """Every other device: its name, what it is, when it was last heard of and what it lacks."""

    def __init__(self, look: DeskLook, peers: tuple[Peer, ...]) -> None:
        super().__init__()
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(look.px(20))
        grid.setVerticalSpacing(look.px(9))
        grid.setColumnStretch(0, 1)
        heads = (tr("기기"), tr("종류"), tr("마지막 소식"), tr("확인 대기"), tr("까닭"))
        for at, head in enumerate(heads):
            grid.addWidget(Label(look, head, Use.SMALL, "second", one_line=True), 0, at)
        # The longest silence first: unknown is worse than old.
        order = sorted(peers, key=lambda peer: (peer.heard_us is not None, peer.heard_us or 0))
        for line, peer in enumerate(order, 1):
            for at, (words, colour) in enumerate(_peer_words(peer)):
                grid.addWidget(Label(look, words, Use.TEXT, colour, one_line=True), line, at)


def _peer_words(peer: Peer) -> tuple[tuple[str, DeskColour], ...]:
    heard = moment_of(peer.heard_us) if peer.heard_us is not None else "?"
    why = ""
    if peer.revoked:
        why = tr("등록이 취소됨")
    elif peer.expired:
        why = tr("인증서의 기한이 지남")
    elif peer.heard_us is None:
        why = tr("아직 소식이 없음")
    waits = f"{peer.behind:,}" if peer.heard_us is not None else "—"
    return (
        (peer.name or peer.device[:8], "text"),
        (role_word(peer.role.value), "second"),
        (heard, "second"),
        (waits, "warning" if peer.heard_us is not None and peer.behind else "second"),
        (why, "warning"),
    )

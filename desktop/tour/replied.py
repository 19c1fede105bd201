"""What a receipt opens: the number looked up, and every answer there can be, all made up."""

from __future__ import annotations

from dataclasses import replace

import msgspec

from db.clock import DAY_US
from db.participation.issue_receipt import Receipt
from db.participation.replies import Reply, Status
from db.records.feedback import About, Kind, ReviewState
from desktop.kiosk.receipt.presenter import ReceiptPresenter
from desktop.kiosk.replies.intents import Again
from desktop.kiosk.replies.presenter import RepliesPresenter
from desktop.kiosk.replies.state import Ask, RepliesState
from desktop.kiosk.shell.routes import ToReceipt, ToReplies
from desktop.tour.guide import Guide
from desktop.tour.operator_states import HUB

CODE, TOKEN = "은행나무-48215-해바라기-07315", "a" * 26


def walk_receipt_of_a_hub(guide: Guide) -> None:
    """The receipt of a kiosk whose city has a hub: its QR opens a page."""
    receipt = guide.kiosk.navigator.presenter(ReceiptPresenter)
    services = receipt.services
    receipt.services = replace(services, settings=replace(services.settings, hub_url=HUB))
    now_us = guide.kiosk.clock()
    receipt_of_a_hub = Receipt(
        code=CODE, token=TOKEN, id="0" * 32, device="a" * 26, seq=1, at_us=now_us,
        clock_suspect=False,
    )  # fmt: skip
    guide.kiosk.navigator.open(ToReceipt(receipt_of_a_hub))
    guide.photograph("receipt-hub")
    receipt.services = services


def walk_replies(guide: Guide) -> None:
    guide.kiosk.navigator.open(ToReplies())
    guide.settle()
    guide.photograph("replies-ask")
    presenter = guide.kiosk.navigator.presenter(RepliesPresenter)
    now_us = guide.kiosk.clock()
    for name, state in _answers(now_us).items():
        presenter.do(Again())  # its screen is made anew for each
        presenter.changed.emit(state)
        guide.photograph(f"replies-{name}")
    presenter.do(Again())


def _answers(now_us: int) -> dict[str, RepliesState]:
    sent, asked = now_us - 9 * DAY_US, RepliesState(last_exchange_us=now_us - DAY_US)
    reply = Reply(
        id="1" * 32,
        text="시연 답변입니다. 느티나무 세 그루를 남기고, 긴 의자 두 개를 그늘에 놓기로 했습니다.",
        text_en="A sample reply. Three zelkovas stay, and two long benches stand in their shade.",
        department="시연 부서",
        public=True,
        at_us=now_us - 2 * DAY_US,
    )
    waiting = Status(
        id="0" * 32, about=About.PROJECT, project="baekje-wind-path-forest", dong=None,
        kind=Kind.SUGGESTION, text="", site="lib-geumam", at_us=sent, clock_suspect=False,
        erased=False, state=ReviewState.RECEIVED, reason=None, department=None, conflict=False,
        replies=(), last_exchange_us=now_us - DAY_US,
    )  # fmt: skip
    answered = msgspec.structs.replace(waiting, state=ReviewState.ANSWERED, replies=(reply,))
    declined = msgspec.structs.replace(
        waiting,
        state=ReviewState.DECLINED,
        reason="시연 까닭입니다. 같은 자리에 이미 다른 시설이 계획되어 있습니다.",
    )
    repeated = msgspec.structs.replace(
        waiting, state=ReviewState.DUPLICATE, original_replies=(reply,)
    )
    erased = msgspec.structs.replace(waiting, erased=True)
    elsewhere = msgspec.structs.replace(waiting, site=None, at_us=sent - DAY_US)
    return {
        "waiting": replace(asked, ask=Ask.FOUND, found=(waiting,)),
        "answered": replace(asked, ask=Ask.FOUND, found=(answered,)),
        "declined": replace(asked, ask=Ask.FOUND, found=(declined,)),
        "duplicate": replace(asked, ask=Ask.FOUND, found=(repeated,)),
        "erased": replace(asked, ask=Ask.FOUND, found=(erased,)),
        "which": replace(asked, ask=Ask.WHICH, found=(waiting, elsewhere)),
        "not-found": replace(asked, ask=Ask.NOT_FOUND),
        "rest": replace(asked, ask=Ask.WAIT),
    }

"""The receipt: exists only because the feedback or the planting is on disk already."""

from __future__ import annotations

from typing import assert_never

from db.participation.issue_receipt import Receipt
from desktop.i18n import tr
from desktop.kiosk.receipt.intents import Another, Done, ReceiptIntent
from desktop.kiosk.receipt.state import Modules, ReceiptState
from desktop.kiosk.shell.routes import ToFeedback, ToReceipt, ToTrees
from desktop.kiosk.shell.screen import Presenter, Services


def qr_text(receipt: Receipt, hub_url: str) -> str:
    """What the QR holds: the hub's page of this receipt, or without a hub the number in words."""
    if hub_url:
        return f"{hub_url.rstrip('/')}/r/{receipt.token}"
    return "\n".join((tr("천만정원 접수번호"), receipt.code, receipt.token))


def qr_modules(text: str) -> Modules:
    """The QR code of `text`: rows of modules, True is black. Readable with a fifth damaged."""
    import segno  # only a visit that ends in a receipt pays for it

    code = segno.make_qr(text, error="m", boost_error=False)
    return tuple(tuple(bool(module) for module in row) for row in code.matrix)


class ReceiptPresenter(Presenter[ReceiptState, ReceiptIntent, ToReceipt]):
    def __init__(self, services: Services) -> None:
        super().__init__(services)
        site = services.catalogue.landmark_by_id.get(services.settings.site)
        name = services.settings.name
        self._empty = ReceiptState(
            site_ko=site.name_ko if site else name, site_en=site.name_en if site else name
        )
        self._state = self._empty

    def enter(self, route: ToReceipt) -> None:
        receipt, hub = route.receipt, self.services.settings.hub_url
        self._show(
            ReceiptState(
                code=receipt.code,
                qr=qr_modules(qr_text(receipt, hub)),
                trees=route.trees,
                opens_page=bool(hub),
                site_ko=self._empty.site_ko,
                site_en=self._empty.site_en,
            )
        )

    def wipe(self) -> None:
        self._state = self._empty

    def do(self, intent: ReceiptIntent) -> None:
        match intent:
            case Another():
                following = ToTrees() if self._state.trees else ToFeedback()
                self._state = self._empty
                self.go.emit(following)
            case Done():
                self.visit_over.emit()
            case _:
                assert_never(intent)

"""The receipt: exists only because the feedback or the planting is on disk already."""

from __future__ import annotations

from db.participation.issue_receipt import Receipt
from desktop.i18n import tr
from desktop.kiosk.receipt.state import Modules, ReceiptState
from desktop.kiosk.shell.routes import Registered, Route, ScreenName
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


class ReceiptPresenter(Presenter):
    def __init__(self, services: Services) -> None:
        super().__init__(services)
        site = services.catalogue.landmark_by_id.get(services.settings.site)
        name = services.settings.name
        self._empty = ReceiptState(
            site_ko=site.name_ko if site else name, site_en=site.name_en if site else name
        )
        self._state = self._empty

    @property
    def state(self) -> ReceiptState:
        return self._state

    def enter(self, argument: object) -> None:
        """`argument` is the Receipt that the store gave after its commit, or what it is for."""
        trees = argument.trees if isinstance(argument, Registered) else 0
        receipt = argument.receipt if isinstance(argument, Registered) else argument
        if not isinstance(receipt, Receipt):
            return
        hub = self.services.settings.hub_url
        self._state = ReceiptState(
            code=receipt.code,
            qr=qr_modules(qr_text(receipt, hub)),
            trees=trees,
            opens_page=bool(hub),
            site_ko=self._empty.site_ko,
            site_en=self._empty.site_en,
        )
        self.changed.emit(self._state)

    def wipe(self) -> None:
        self._state = self._empty

    def listen(self, view: object) -> None:
        view.another_pressed.connect(self.on_another)  # type: ignore[attr-defined]
        view.done_pressed.connect(self.on_done)  # type: ignore[attr-defined]
        super().listen(view)

    def on_another(self) -> None:
        """다른 의견 보내기, or 천만그루 현황 보기: this number has been noted."""
        following = ScreenName.TREES if self._state.trees else ScreenName.FEEDBACK
        self._state = self._empty
        self.go.emit(Route(following))

    def on_done(self) -> None:
        """다 했어요 ends the visit."""
        self.visit_over.emit()

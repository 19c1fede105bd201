"""What the receipt screen shows."""

from __future__ import annotations

from dataclasses import dataclass, field

Modules = tuple[tuple[bool, ...], ...]


@dataclass(frozen=True, slots=True)
class ReceiptState:
    """`qr` is the square of modules without its quiet zone; nothing here is ever logged."""

    code: str = field(default="", repr=False)
    qr: Modules = field(default=(), repr=False)
    opens_page: bool = False  #: the QR leads to the hub's page; else it only holds the number
    site_ko: str = ""
    site_en: str = ""
    trees: int = 0  #: how many were registered; 0 for an opinion

    def site(self, language: str) -> str:
        return self.site_en if language == "en" else self.site_ko

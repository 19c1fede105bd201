"""What the receipt screen shows."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.bilingual import Bilingual

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
        return Bilingual(self.site_ko, self.site_en).in_(language)

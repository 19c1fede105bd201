"""What a resident may mean at the receipt."""

from __future__ import annotations

from msgspec import Struct


class Another(Struct, frozen=True):
    """다른 의견 보내기, or 천만그루 현황 보기: this number has been noted."""


class Done(Struct, frozen=True):
    """다 했어요 ends the visit."""


ReceiptIntent = Another | Done

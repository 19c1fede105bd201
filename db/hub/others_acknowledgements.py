"""The words of other devices, their acknowledgements: which of them are news, and how many fit into
one answer.
"""

from __future__ import annotations

from db.exchange.hub_messages import Words
from db.exchange.status.acknowledgements import Acknowledgement
from db.exchange.trust.papers import ACKNOWLEDGEMENT, Signed, opened, parsed
from db.exchange.trust.trust import Trust
from db.hub.database.shelf import HubShelf
from db.refusals import Refused

ROOM_FOR_WORDS = 4 * 1024 * 1024
"""Bytes of words in one answer."""


def news_among(
    shelf: HubShelf, trust: Trust, own: str, words: tuple[Signed, ...]
) -> tuple[list[tuple[Acknowledgement, Signed]], int]:
    """The words that are news to a hub of this name, and how many were refused."""
    fresh: list[tuple[Acknowledgement, Signed]] = []
    refused = 0
    for signed in words:
        try:
            word = parsed(signed.text.encode(), Acknowledgement, "word")
            # Most are old ones, and an old one need not be true to be passed over.
            if word.device == own or shelf.word_number(word.device) >= word.number:
                continue
            key = bytes.fromhex(trust.certificate(word.device, "word").public_key)
            opened(key, ACKNOWLEDGEMENT, signed, Acknowledgement, "word")
        except Refused:
            refused += 1
            continue
        if trust.is_live(word.device):
            fresh.append((word, signed))
    return fresh, refused


def keep(shelf: HubShelf, words: list[tuple[Acknowledgement, Signed]]) -> None:
    for word, signed in words:
        shelf.keep_word(word, signed)


def cut(held: list[tuple[str, Signed]], after: str, trust: Trust) -> Words:
    """Those of devices behind `after` that still count, as many as fit into one answer."""
    some: list[Signed] = []
    size, last = 0, None
    for device, signed in held:
        if device <= after or trust.revocation(device) is not None:
            continue
        size += len(signed.text)
        if some and size > ROOM_FOR_WORDS:
            return Words(words=tuple(some), more=True, last=last)
        some.append(signed)
        last = device
    return Words(words=tuple(some), last=last)

"""Quarantined pages 따로 둔 쪽: refused ones, and what a revocation takes back from a journal."""

from __future__ import annotations

import hashlib
from abc import abstractmethod

from db.exchange.pages.exporting import WrittenPage
from db.exchange.pages.store_shelf import MOST_QUARANTINED, MOST_QUARANTINED_EACH
from db.exchange.trust.papers import Revocation
from db.hub.database.erasure import Erasure
from db.hub.database.shelf import QuarantinedPage
from db.hub.logs import log
from db.refusals import Reason, Refused
from db.store.page import Page


class Withdrawal(Erasure):
    """Evidence, and perhaps somebody's words: nothing of it is thrown away, and where no more is
    taken the log says whose.
    """

    @abstractmethod
    def page(self, device: str, after: int) -> WrittenPage | None: ...

    def quarantine(self, page: Page, data: bytes, refused: Refused) -> None:
        of_device, of_all, there = self._rows(
            "SELECT count(*) FILTER (WHERE device = ?), count(*),"
            " count(*) FILTER (WHERE device = ? AND digest = ?) FROM apart",
            *(page.device, page.device, hashlib.sha256(data).digest()),
        )[0]
        if there:
            return
        if of_device < MOST_QUARANTINED_EACH and of_all < MOST_QUARANTINED:
            self._put_in_quarantine(WrittenPage(page.device, page.first, page.last, data), refused)
        else:
            # It stays with whoever sent it, who is told why it was refused.
            said = {"device": page.device, "first": page.first, "last": page.last}
            log.warning("apart-full", extra={"said": said})

    def withdraw(self, revocation: Revocation) -> None:
        device = revocation.device
        if self.tail(device) == 0:
            return
        self._wait_for(device)
        after, last = self._trusted_end(revocation), self.tail(device)
        if after is None or last <= after:
            return
        link = self.link(device, after) if after else b""
        assert link is not None
        refused = Refused(Reason.REVOKED, f"{device}/{after + 1}-{last}", f"after {after}")
        behind = after
        while (page := self.page(device, behind)) is not None:
            # Without a limit: these are taken from the journal and stand nowhere else.
            self._put_in_quarantine(page, refused)
            behind = page.last
        (public_key,) = self._rows("SELECT public_key FROM device WHERE device = ?", device)[0]
        self._advance(device, public_key, after, link)
        for table in ("redaction", "event"):
            self._write(f"DELETE FROM {table} WHERE device = ? AND seq > ?", device, after)

    def _trusted_end(self, revocation: Revocation) -> int | None:
        """The last number of a revoked device that stays; None where nothing is to be done."""
        if revocation.after is None:
            return None
        link = self.link(revocation.device, revocation.after)
        # Another link under the same number is the wrong branch of a fork, from somewhere before.
        # The right one comes again from the first event.
        return revocation.after if link is None or link.hex() == revocation.link else 0

    def quarantined(self) -> list[QuarantinedPage]:
        rows = self._rows("SELECT device, first, last, reason, place, at_us FROM apart")
        return [
            QuarantinedPage(
                device=device, first=first, last=last, reason=reason, place=place, at_us=at_us
            )
            for device, first, last, reason, place, at_us in sorted(rows)
        ]

    def _put_in_quarantine(self, page: WrittenPage, refused: Refused) -> None:
        self._write(
            "INSERT INTO apart(device, digest, first, last, reason, place, at_us, page)"
            " VALUES(?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(device, digest) DO NOTHING",
            page.device,
            hashlib.sha256(page.data).digest(),
            page.first,
            page.last,
            refused.reason.value,
            refused.place.replace("\0", "")[:400],
            self._clock(),
            self._stripped(page.data),
        )

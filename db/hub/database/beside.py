"""What stands beside the journals of a hub: papers, words, quarantined pages, and indexes.

None of it is needed to know what anybody wrote, and all of it comes again: what rotted is dropped.
"""

from __future__ import annotations

from abc import abstractmethod

import msgspec

from db.clock import Clock
from db.exchange.status.acknowledgements import Acknowledgement
from db.exchange.trust.papers import ACKNOWLEDGEMENT, LARGEST_PAPERS, Papers, Signed, holds, parsed
from db.exchange.trust.trust import Trust
from db.hub.database.erasure import Erasure
from db.hub.database.shelf import Overtaken
from db.refusals import Reason, Refused
from db.store.events import Row
from db.store.page import read_page

_PAPERS = "papers"


class BesideJournals(Erasure):
    """Papers and words of everybody, and how what rotted among them is found."""

    def __init__(self, place: str, trust: Trust, clock: Clock) -> None:
        super().__init__(place, trust, clock)
        # The text that was read last, and what it says where all its signatures hold.
        self._read_papers: tuple[str, Papers | None] | None = None

    @abstractmethod
    def _mend_frame(self) -> tuple[str, ...]:
        """Puts right what leads to the rows; answers what that was. Raises StorageUnavailable."""

    # -- papers --------------------------------------------------------------------------------

    def papers(self) -> Papers | None:
        """None also where they rotted: whoever has sound ones writes those over them."""
        text = self._papers_text()
        if text is None:
            return None
        if self._read_papers is None or self._read_papers[0] != text:
            self._read_papers = text, self._sound(text)
        return self._read_papers[1]

    def _sound(self, text: str) -> Papers | None:
        try:
            papers = parsed(text.encode(), Papers, self.place)
            # Whoever's they are: papers of another city are sound too, and refused by name.
            Trust(self._clock).accept(papers, self.place)
        except (Refused, UnicodeError):
            return None
        return papers

    def keep_papers(self, papers: Papers) -> None:
        before = self._papers_text()
        kept = self.papers()
        together = Trust(self._clock)
        if kept is not None:
            together.accept(kept, self.place)
        if not together.accept(papers, self.place):
            return
        text = msgspec.json.encode(together.papers()).decode()
        if len(text) > LARGEST_PAPERS:
            raise Refused(Reason.TOO_LARGE, self.place, f"{len(text)} bytes")
        if kept is not None:
            sql = "UPDATE meta SET value = ? WHERE key = ? AND value = ?"
            changed = self._write(sql, text, _PAPERS, before)
        else:
            # What rotted may not even be a text that could be compared.
            self._write("DELETE FROM meta WHERE key = ?", _PAPERS)
            sql = "INSERT INTO meta(key, value) VALUES(?, ?) ON CONFLICT(key) DO NOTHING"
            changed = self._write(sql, _PAPERS, text)
        if changed != 1:
            raise Overtaken(self.place)

    def _papers_text(self) -> str | None:
        found = self._rows("SELECT value FROM meta WHERE key = ?", _PAPERS)
        return str(found[0][0]) if found else None

    # -- words ---------------------------------------------------------------------------------

    def word_number(self, device: str) -> int:
        found = self._rows("SELECT number FROM acknowledgement WHERE device = ?", device)
        return found[0][0] if found else 0

    def keep_word(self, word: Acknowledgement, signed: Signed) -> None:
        self._write(
            "INSERT INTO acknowledgement(device, number, at_us, text, signature)"
            " VALUES(?, ?, ?, ?, ?) ON CONFLICT(device) DO UPDATE SET number = excluded.number,"
            " at_us = excluded.at_us, text = excluded.text, signature = excluded.signature"
            " WHERE acknowledgement.number < excluded.number",
            word.device,
            word.number,
            word.at_us,
            signed.text,
            signed.signature,
        )

    def words(self) -> list[tuple[str, Signed]]:
        rows = self._rows("SELECT device, text, signature FROM acknowledgement")
        return [(device, Signed(text, signature)) for device, text, signature in sorted(rows)]

    # -- looking -------------------------------------------------------------------------------

    def _mend_beside(self) -> tuple[str, ...]:
        """Inside `run`. Drops what rotted, by the name of its table and of its device."""
        dropped = []
        if self._papers_text() is not None and self.papers() is None:
            self._write("DELETE FROM meta WHERE key = ?", _PAPERS)
            dropped.append(_PAPERS)
        for row in self._rows("SELECT device, number, at_us, text, signature FROM acknowledgement"):
            if not self._is_a_word(row):
                # By its numbers: a name that rotted may not be a text that could be asked for.
                where = "DELETE FROM acknowledgement WHERE number = ? AND at_us = ?"
                self._write(where, *row[1:3])
                dropped.append(f"acknowledgement {row[0]}")
        for device, digest, first, last in self._rows(
            "SELECT device, digest, first, last FROM apart"
        ):
            pages = self._rows("SELECT page FROM apart WHERE digest = ?", digest)
            if not any(_is_a_page(device, first, last, page) for (page,) in pages):
                self._write("DELETE FROM apart WHERE digest = ?", digest)
                dropped.append(f"apart {device}")
        return tuple(dropped)

    def _is_a_word(self, row: Row) -> bool:
        device, number, at_us, text, signature = row
        try:
            word = parsed(str(text).encode(), Acknowledgement, self.place)
        except (Refused, UnicodeError):
            return False
        if (word.device, word.number, word.at_us) != (device, number, at_us):
            return False
        known = self.trust.certificates.get(word.device)
        signed = Signed(text, signature)
        return known is None or holds(bytes.fromhex(known.public_key), ACKNOWLEDGEMENT, signed)


def _is_a_page(device: str, first: int, last: int, data: bytes) -> bool:
    try:
        page = read_page(data)
    except Refused:
        return False
    return (page.device, page.first, page.last) == (device, first, last)

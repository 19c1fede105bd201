"""The audit 감사: every act of every officer, for administrators alone, and as a table."""

from __future__ import annotations

import csv
import io

import msgspec

from db.clock import in_seoul
from db.exchange.trust.trust import names
from db.officers.accounts import Officer, Officers
from db.officers.act_log import LoggedAct, acts, log_act
from db.officers.duties import Duty
from db.officers.proof import Proof, prove
from db.participation.csv_export import harmless
from db.receipts.code import code_of
from db.records.officers import ActKind, ActRecord
from db.store.journal import event_at
from db.store.store import Store

SHOWN = 2_000
"""The newest so many acts are on screen; a file holds them all."""
PROGRAM = "프로그램"
_HEADS = ("때", "누가", "어디서", "무엇을", "누구의", "건", "어떻게, 왜", "기기", "번호")


class AuditLine(msgspec.Struct, frozen=True, kw_only=True):
    """Who, when, from where, to whose words, what. `officer` is None for what nobody signed in
    did; `whose` is the receipt number's words, empty where the act is about nobody's.
    """

    ref: str
    device: str
    number: int
    at_us: int
    officer: str | None
    place: str
    act: ActKind
    feedback: str | None
    whose: str
    of: int
    words: str


class Audit:
    """The acts as one administrator may read them. Belongs to the store's thread."""

    def __init__(self, officers: Officers, officer: Officer) -> None:
        self._officers, self._officer = officers, officer
        self._records, self._store = officers.records, officers.records.store

    def lines(self, newest: int | None = SHOWN) -> tuple[AuditLine, ...]:
        """The newest first. Raises InputRefused for who may not, StorageUnavailable."""
        self._officers.require(self._officer, Duty.AUDIT.needs)
        found = acts(self._records, newest=newest)
        people, whose = self._officers.names(), _codes(self._store, found)
        places = names(self._records.trust, {each.device for each in found})
        return tuple(
            AuditLine(
                ref=each.ref,
                device=each.device,
                number=int(each.ref.partition("/")[2]),
                at_us=each.at_us,
                officer=people.get(each.record.officer or ""),
                place=_place(places, each.device),
                act=each.record.act,
                feedback=each.record.feedback,
                whose=whose.get(each.record.feedback or "", ""),
                of=each.record.of,
                words=each.record.words,
            )
            for each in reversed(found)
        )

    def csv_bytes(self) -> bytes:
        """All acts, oldest last, as a spreadsheet reads them; that they were written out is an act
        itself. Raises InputRefused, StorageUnavailable.
        """
        text = io.StringIO(newline="")
        table = csv.writer(text)
        table.writerow(_HEADS)
        lines = self.lines(None)
        table.writerows([harmless(cell) for cell in _cells(each)] for each in lines)
        self._log(ActKind.REPORTED, f"audit.csv · {len(lines)}")
        return b"\xef\xbb\xbf" + text.getvalue().encode()

    def prove(self) -> Proof:
        """Looks at the whole chain now. Raises InputRefused, StorageUnavailable."""
        self._officers.require(self._officer, Duty.AUDIT.needs)
        proof = prove(self._records)
        self._log(ActKind.VERIFIED, "" if proof.holds else proof.broken[0].what)
        return proof

    def _log(self, act: ActKind, words: str) -> None:
        record = ActRecord(act=act, officer=self._officer.id, words=words[:400])
        with self._store.change() as connection:
            log_act(self._records, connection, record)


def _place(names: dict[str, str], device: str) -> str:
    """What the city calls the device; the beginning of its own name where nobody named it."""
    name = names.get(device, device)
    return device[:8] if name == device else name


def _cells(line: AuditLine) -> tuple[object, ...]:
    at = in_seoul(line.at_us)
    return (
        at.strftime("%Y-%m-%d %H:%M:%S") if at else "시계 오류",
        line.officer or PROGRAM,
        line.place,
        line.act.value,
        line.whose,
        line.of,
        line.words,
        line.device,
        line.number,
    )


def _codes(store: Store, found: tuple[LoggedAct, ...]) -> dict[str, str]:
    """The receipt numbers of what the acts are about."""
    codes = {}
    for id in {each.record.feedback for each in found if each.record.feedback}:
        row = store.row(
            "SELECT device, seq FROM feedback WHERE id = ? ORDER BY rowid LIMIT 1",
            (bytes.fromhex(id),),
        )
        pair = event_at(store.connection, str(row[0]), int(row[1])) if row else None
        if pair is not None and pair[0].receipt is not None:
            codes[id] = code_of(pair[0].receipt)
    return codes

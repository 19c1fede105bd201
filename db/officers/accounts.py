"""The officers of the city: who they are and what they may do, known to every desk.

Each change is an event that takes the officer's next number, so the last one decides wherever it
was made; of two made at once on desks that had not met, the same one wins everywhere.
"""

from __future__ import annotations

import secrets
import unicodedata

import msgspec
from nacl import pwhash
from nacl.exceptions import InvalidkeyError

from db.officers.act_log import log_act
from db.officers.desk_records import DeskRecords
from db.problems import InputRefused
from db.records.event_kinds import OFFICER
from db.records.feedback import LONGEST_DEPARTMENT
from db.records.officers import (
    LONGEST_OFFICER,
    ActKind,
    ActRecord,
    OfficerRecord,
    OfficerRole,
)
from db.text import composed, name_if_any, official_name

SHORTEST_PASSWORD, LONGEST_PASSWORD = 10, 128


class Officer(msgspec.Struct, frozen=True, kw_only=True):
    """One officer as screens show them. `id` is 32 hexadecimal digits."""

    id: str
    name: str
    role: OfficerRole
    department: str | None
    active: bool


class Officers:
    """Everybody who may sign in at the city's desks. Belongs to the store's thread."""

    def __init__(self, records: DeskRecords) -> None:
        self.records = records

    def all(self) -> tuple[Officer, ...]:
        """By name; those who left are among them."""
        standing = sorted(self._standing().values(), key=lambda each: (each.name, each.officer))
        return tuple(map(_shown, standing))

    def names(self) -> dict[str, str]:
        """What each officer is called, by id."""
        return {each.id: each.name for each in self.all()}

    def add(
        self,
        name: str,
        password: str,
        role: OfficerRole,
        *,
        department: str | None = None,
        by: Officer | None,
    ) -> Officer:
        """A new officer. `by` is the administrator who makes them, None for the first of all, who
        becomes an administrator whatever `role` says. Raises InputRefused, StorageUnavailable.
        """
        standing = self._standing()
        if by is None and standing:
            raise _not_first()
        if by is not None:
            self._require_administrator(by, standing)
        else:
            role = OfficerRole.ADMINISTRATOR
        called = _checked_name(name, standing)
        id = secrets.token_hex(16)
        return self._set(
            OfficerRecord(
                officer=id,
                number=1,
                name=called,
                role=role,
                department=name_if_any(department or None, "department", LONGEST_DEPARTMENT),
                verifier=_verifier(password, called),
                by=by.id if by else id,
            )
        )

    def change(
        self,
        id: str,
        *,
        by: Officer,
        role: OfficerRole | None = None,
        active: bool | None = None,
        department: str | None = None,
    ) -> Officer:
        """Another role or department, or gone. The last administrator stays one. Raises
        InputRefused, StorageUnavailable.
        """
        standing = self._standing()
        self._require_administrator(by, standing)
        before = _named(standing, id)
        after = msgspec.structs.replace(
            before,
            role=before.role if role is None else role,
            active=before.active if active is None else active,
            department=before.department
            if department is None
            else name_if_any(department or None, "department", LONGEST_DEPARTMENT),
        )
        if _administers(before) and not _administers(after):
            others = [each for each in standing.values() if each.officer != id]
            if not any(map(_administers, others)):
                raise InputRefused(
                    "role",
                    "마지막 관리자입니다. 먼저 다른 관리자를 만드세요.",
                    "this is the last administrator; make another one first.",
                )
        return self._set(_next(after, by))

    def set_password(self, id: str, password: str, *, by: Officer) -> Officer:
        """A new password: one's own, or a forgotten one by an administrator. Raises InputRefused,
        StorageUnavailable.
        """
        standing = self._standing()
        if by.id != id:
            self._require_administrator(by, standing)
        before = _named(standing, id)
        after = msgspec.structs.replace(before, verifier=_verifier(password, before.name))
        return self._set(_next(after, by))

    def who_knows(self, name: str, password: str) -> Officer | None:
        """The officer of this name whose password this is. As slow for a name nobody has."""
        meant = self._called(name)
        given = _folded_password(password)
        for each in meant:
            if _is_password(each.verifier, given):
                return _shown(each)
        if not meant:
            _is_password(_NOBODYS, given)
        return None

    def id_of(self, name: str) -> str | None:
        """Who may sign in by this name, however it is spelt; the first of two desks' namesakes."""
        return min((each.officer for each in self._called(name)), default=None)

    def _called(self, name: str) -> list[OfficerRecord]:
        called, standing = _folded(name), self._standing().values()
        return [each for each in standing if each.active and _folded(each.name) == called]

    def _standing(self) -> dict[str, OfficerRecord]:
        found: dict[str, tuple[tuple[int, int, str], OfficerRecord]] = {}
        for event, record in self.records.read(OFFICER, OfficerRecord):
            order = (record.number, event.at_us, event.device)
            known = found.get(record.officer)
            if known is None or order > known[0]:
                found[record.officer] = order, record
        return {id: record for id, (_order, record) in found.items()}

    def require(self, officer: Officer, needed: OfficerRole) -> None:
        """Raises InputRefused unless this officer may do it as things stand now, which is perhaps
        not as they stood when they signed in.
        """
        known = self._standing().get(officer.id)
        if known is None or not known.active or not known.role.may(needed):
            raise InputRefused(
                "officer",
                f"'{needed.value}' 역할이 필요한 일입니다.",
                f"this needs the role '{needed.value}'.",
            )

    def _require_administrator(self, by: Officer, standing: dict[str, OfficerRecord]) -> None:
        # As it stands now, not as it was when they signed in.
        known = standing.get(by.id)
        if known is None or not _administers(known):
            raise InputRefused(
                "officer",
                "관리자만 할 수 있습니다.",
                "only an administrator may do this.",
            )

    def _set(self, record: OfficerRecord) -> Officer:
        store = self.records.store
        with store.change() as connection:
            event = self.records.write(connection, OFFICER, f"officer/{record.officer}", record)
            log_act(
                self.records,
                connection,
                ActRecord(
                    act=ActKind.OFFICER_SET,
                    officer=record.by,
                    first=event.seq,
                    last=event.seq,
                    words=record.name,
                ),
            )
        return _shown(record)


def _next(record: OfficerRecord, by: Officer) -> OfficerRecord:
    return msgspec.structs.replace(record, number=record.number + 1, by=by.id)


def _administers(record: OfficerRecord) -> bool:
    return record.active and record.role is OfficerRole.ADMINISTRATOR


def _shown(record: OfficerRecord) -> Officer:
    return Officer(
        id=record.officer,
        name=record.name,
        role=record.role,
        department=record.department,
        active=record.active,
    )


def _named(standing: dict[str, OfficerRecord], id: str) -> OfficerRecord:
    if id not in standing:
        raise InputRefused("officer", "그런 담당자가 없습니다.", "there is no such officer.")
    return standing[id]


def _not_first() -> InputRefused:
    return InputRefused(
        "officer",
        "이미 담당자가 있습니다. 관리자로 로그인해 더하세요.",
        "there are officers already; sign in as an administrator to add one.",
    )


def _checked_name(name: str, standing: dict[str, OfficerRecord]) -> str:
    called = official_name(name, "name", LONGEST_OFFICER)
    if any(_folded(each.name) == _folded(called) for each in standing.values() if each.active):
        raise InputRefused(
            "name",
            f"'{called}'(이)라는 담당자가 이미 있습니다. 구별되는 이름을 쓰세요.",
            f"there is an officer '{called}' already; use a name that differs.",
        )
    return called


def _folded(name: str) -> str:
    """What two spellings of one name have in common."""
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _folded_password(password: str) -> bytes:
    # Whoever types it on a Mac types the same.
    return composed(password[: 4 * LONGEST_PASSWORD]).encode("utf-8", "replace")


def _verifier(password: str, name: str) -> str:
    """An Argon2id hash with its salt and its costs. Raises InputRefused."""
    letters = len(composed(password))
    if not SHORTEST_PASSWORD <= letters <= LONGEST_PASSWORD:
        raise InputRefused(
            "password",
            f"비밀번호는 {SHORTEST_PASSWORD}자에서 {LONGEST_PASSWORD}자까지입니다.",
            f"a password has {SHORTEST_PASSWORD} to {LONGEST_PASSWORD} characters.",
        )
    if len(set(password)) < 4 or _folded(name) == _folded(password):
        raise InputRefused(
            "password",
            "너무 쉬운 비밀번호입니다. 이름이나 같은 글자만으로는 안 됩니다.",
            "this password is too easy; neither the name nor the same few characters.",
        )
    hashed: bytes = pwhash.argon2id.str(
        _folded_password(password),
        opslimit=pwhash.argon2id.OPSLIMIT_INTERACTIVE,
        memlimit=pwhash.argon2id.MEMLIMIT_INTERACTIVE,
    )
    return hashed.rstrip(b"\0").decode()


_NOBODYS = (
    "$argon2id$v=19$m=65536,t=2,p=1$Czp0Pab2sQgXbolvCQW"
    "+Yw$ZqiL2t+f6zN4jBLBW/FYoGX3p6vanaSLlfXq2nccIq8"
)
"""Nobody's password has it: a name that is not there takes as long to refuse."""


def _is_password(verifier: str, given: bytes) -> bool:
    try:
        return bool(pwhash.argon2id.verify(verifier.encode(), given))
    except (InvalidkeyError, ValueError):
        return False

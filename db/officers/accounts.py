"""The officers of the city: who they are and what they may do, known to every desk.

Each change is an event that takes the officer's next number, so the last one decides wherever it
was made; of two made at once on desks that had not met, the same one wins everywhere.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping

import msgspec

from db.officers.act_log import log_act
from db.officers.desk_records import DeskRecords
from db.officers.duties import Duty
from db.officers.passwords import NOBODYS, folded, folded_password, is_password, verifier_of
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
from db.text import name_if_any, official_name


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
                verifier=verifier_of(password, called),
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
        return self._new_password(_named(standing, id), password, by)

    def reset_by_city(self, id: str, password: str, city: bytes) -> Officer:
        """A forgotten password where no administrator is left who knows theirs: for whoever holds
        the city's own key, whose public half is `city`. Raises InputRefused, StorageUnavailable.
        """
        trusted = self.records.trust.city
        if trusted is None or trusted != city:
            raise InputRefused(
                "authority",
                "이 검토대가 믿는 도시의 열쇠가 아닙니다.",
                "this is not the key of the city that this desk trusts.",
            )
        return self._new_password(_named(self._standing(), id), password, None)

    def _new_password(self, before: OfficerRecord, password: str, by: Officer | None) -> Officer:
        if not before.active:
            raise InputRefused(
                "officer",
                f"{before.name}은(는) 이제 담당자가 아닙니다. 새로 등록하세요.",
                f"{before.name} is no officer any more; add them anew.",
            )
        after = msgspec.structs.replace(before, verifier=verifier_of(password, before.name))
        return self._set(_next(after, by), ActKind.PASSWORD_SET)

    def who_knows(self, name: str, password: str) -> Officer | None:
        """The officer of this name whose password this is. As slow for a name nobody has."""
        meant = self._called(name)
        given = folded_password(password)
        for each in meant:
            if is_password(each.verifier, given):
                return _shown(each)
        if not meant:
            is_password(NOBODYS, given)
        return None

    def id_of(self, name: str) -> str | None:
        """Who may sign in by this name, however it is spelt; the first of two desks' namesakes."""
        return min((each.officer for each in self._called(name)), default=None)

    def _called(self, name: str) -> list[OfficerRecord]:
        called, standing = folded(name), self._standing().values()
        return [each for each in standing if each.active and folded(each.name) == called]

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

    def _require_administrator(self, by: Officer, standing: Mapping[str, OfficerRecord]) -> None:
        # As it stands now, not as it was when they signed in.
        known = standing.get(by.id)
        if known is None or not known.active or not known.role.may(Duty.OFFICERS.needs):
            raise InputRefused(
                "officer",
                "관리자만 할 수 있습니다.",
                "only an administrator may do this.",
            )

    def _set(self, record: OfficerRecord, act: ActKind = ActKind.OFFICER_SET) -> Officer:
        store = self.records.store
        with store.change() as connection:
            event = self.records.write(connection, OFFICER, f"officer/{record.officer}", record)
            log_act(
                self.records,
                connection,
                ActRecord(
                    act=act,
                    officer=record.by,
                    first=event.seq,
                    last=event.seq,
                    words=_told(record),
                ),
            )
        return _shown(record)


def _next(record: OfficerRecord, by: Officer | None) -> OfficerRecord:
    return msgspec.structs.replace(record, number=record.number + 1, by=by.id if by else None)


def _administers(record: OfficerRecord) -> bool:
    return record.active and record.role is OfficerRole.ADMINISTRATOR


def _told(record: OfficerRecord) -> str:
    """What the log says of it: who it is about, and what they are now."""
    return f"{record.name} · {record.role.value if record.active else 'ended'}"


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
    if any(folded(each.name) == folded(called) for each in standing.values() if each.active):
        raise InputRefused(
            "name",
            f"'{called}'(이)라는 담당자가 이미 있습니다. 구별되는 이름을 쓰세요.",
            f"there is an officer '{called}' already; use a name that differs.",
        )
    return called

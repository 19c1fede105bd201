"""The authority 도시 열쇠: the directory of the city's own keys and its register of devices.

It belongs on a stick in a safe. It signs certificates and the list; it opens sealed contacts and,
with the standard `age` tool, every bundle.
"""

from __future__ import annotations

import os
from pathlib import Path

import msgspec
from nacl.public import PrivateKey
from nacl.signing import SigningKey

from db.clock import DAY_US, Clock, system_clock
from db.directory import calmly, require_outside, write_durably
from db.exchange.trust.papers import (
    CERTIFICATE,
    LIST,
    LONGEST_NAME,
    REQUEST,
    Certificate,
    DeviceRole,
    Papers,
    Request,
    Revocation,
    Signed,
    TrustList,
    holds,
    parsed,
    sign,
)
from db.exchange.trust.sealing import read_identities
from db.exchange.trust.trust import PAPERS, Trust, read_papers, read_small
from db.keys.age_files import Identity, seal
from db.keys.contact_key import ContactKey, public_key_text
from db.keys.device import device_name
from db.keys.undumpable import leave_no_dump
from db.problems import BrokenKey, InputRefused, StorageUnavailable
from db.refusals import Reason, Refused
from db.text import official_text

SEED, AGE = "city.seed", "city.age"
YEARS, MOST_YEARS = 3, 20
"""How long a certificate holds unless something else is asked for."""

_YEAR_US = 366 * DAY_US
_LARGEST_REQUEST = 64 * 1024


class Authority:
    """An opened authority directory. Every act writes the register before it returns."""

    def __init__(self, path: Path, key: SigningKey, trust: Trust, clock: Clock) -> None:
        leave_no_dump()
        self.path = path
        self.trust = trust
        self._key = key
        self._clock = clock

    @property
    def public(self) -> bytes:
        return bytes(self._key.verify_key)

    @property
    def papers(self) -> Papers:
        papers = self.trust.papers()
        assert papers is not None
        return papers

    def sign(
        self, request: Request, role: DeviceRole, name: str, years: int = YEARS
    ) -> Certificate:
        """A certificate for the device that asked. Raises InputRefused."""
        if not 1 <= years <= MOST_YEARS or years != int(years):
            raise InputRefused(
                "years",
                f"1년에서 {MOST_YEARS}년까지, 온전한 해로 적습니다.",
                f"must be whole years, 1 to {MOST_YEARS}.",
            )
        name = official_text(name, "name", LONGEST_NAME)
        if "\n" in name or "\t" in name:
            raise InputRefused(
                "name", "한 줄로 1자에서 60자까지입니다.", "must be one line of 1 to 60 characters."
            )
        device = device_name(bytes.fromhex(request.public_key))
        if self.trust.revocation(device):
            raise InputRefused(
                "request",
                f"{device}은(는) 등록이 취소되었습니다. 그 기기에서 'cheonman enroll accept'로 "
                "취소 목록을 받으면 새 이름이 됩니다. 그 뒤에 새 신청서를 쓰세요.",
                f"{device} was revoked; take the list on it with 'cheonman enroll accept', which "
                "gives it a new name, and write a new request.",
            )
        now = self._clock()
        certificate = Certificate(
            number=1 + max((c.number for c in self.trust.certificates.values()), default=0),
            device=device,
            public_key=request.public_key,
            age=request.age,
            role=role,
            name=name,
            issued_us=now,
            valid_until_us=now + int(years) * _YEAR_US,
        )
        self._publish(sign(self._key, CERTIFICATE, certificate))
        return certificate

    def revoke(self, device: str, after: int | None = None, link: bytes | None = None) -> None:
        """Takes the city's trust away, behind `after` and its link where they are known. Said
        again with another number it replaces what was said before. Raises Refused.
        """
        if device not in self.trust.certificates:
            raise Refused(Reason.UNKNOWN_DEVICE, str(self.path), device)
        others = tuple(each for each in self._list.revoked if each.device != device)
        revocation = Revocation(
            device=device,
            at_us=self._clock(),
            after=after,
            link=link.hex() if link is not None else None,
        )
        changes: dict[str, object] = {"revoked": (*others, revocation)}
        if self.trust.certificates[device].role is not DeviceRole.KIOSK:
            # It knew the city's identity: what kiosks seal from now on it shall not open.
            changes["city_age"] = _make_identity(self.path)
        self._publish(**changes)

    def papers_for(self, certificate: Certificate) -> Papers:
        """The papers with what only this device may have: a desk and a hub open what kiosks seal
        to the city. Raises BrokenKey.
        """
        if certificate.role is DeviceRole.KIOSK:
            return self.papers
        identities = "".join(f"{each.text}\n" for each in read_identities(self.path / AGE))
        grant = seal(identities.encode(), [certificate.age])
        return msgspec.structs.replace(self.papers, grant=grant)

    def new_contact_key(self) -> str:
        """Puts another contact key in force and returns its id. The old private key stays, for
        the contacts that were sealed to it. Raises StorageUnavailable.
        """
        contact = _make_contact_key(self.path)
        self._publish(contact_key=contact.public.hex())
        return contact.key_id

    @property
    def _list(self) -> TrustList:
        assert self.trust.list is not None
        return self.trust.list

    def _publish(self, *certificates: Signed, **changes: object) -> None:
        newer = msgspec.structs.replace(
            self._list, number=self._list.number + 1, issued_us=self._clock(), **changes
        )
        papers = Papers(
            version=1,
            city=self.public.hex(),
            list=sign(self._key, LIST, newer),
            certificates=certificates,
        )
        self.trust.accept(papers, str(self.path))
        _save(self.path, self.papers)


def make_authority(path: Path, clock: Clock = system_clock) -> Authority:
    """Makes the city's keys in an empty or new directory, for its owner alone.

    Raises InputRefused when there are keys already, StorageUnavailable.
    """
    require_outside(path, "dir")
    if _has_seed(path):
        raise InputRefused(
            "dir",
            f"{path}에 이미 도시 열쇠가 있습니다. 다른 폴더를 고르세요.",
            f"{path} already holds the city's keys; choose another directory.",
        )
    try:
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        os.chmod(path, 0o700)
        recipient = _make_identity(path)
        contact = _make_contact_key(path)
        key = SigningKey.generate()
        first = TrustList(
            number=1, issued_us=clock(), contact_key=contact.public.hex(), city_age=recipient
        )
        papers = Papers(version=1, city=bytes(key.verify_key).hex(), list=sign(key, LIST, first))
        _save(path, papers)
        # Last, because its presence says that the others are there.
        write_durably(path / SEED, bytes(key))
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(path)) from error
    return open_authority(path, clock)


def open_authority(path: Path, clock: Clock = system_clock) -> Authority:
    """Raises InputRefused when there is none, BrokenKey, Refused when the register is damaged,
    StorageUnavailable.
    """
    if not _has_seed(path):
        raise InputRefused(
            "dir",
            f"{path}에 도시 열쇠가 없습니다. 'cheonman authority init'으로 만드세요.",
            f"{path} holds no city keys; make them with 'cheonman authority init'.",
        )
    seed = read_small(path / SEED, 32)
    if len(seed) != 32:
        raise BrokenKey(
            str(path / SEED), "손상되었습니다. 사본에서 되돌리세요.", "damaged; use its copy."
        )
    key = SigningKey(seed)
    trust = Trust(clock)
    papers = read_papers(path / PAPERS)
    if papers.city != bytes(key.verify_key).hex():
        raise Refused(Reason.OTHER_CITY, str(path / PAPERS))
    trust.accept(papers, str(path / PAPERS))
    return Authority(path, key, trust, clock)


def _has_seed(path: Path) -> bool:
    with calmly(path):
        return (path / SEED).exists()


def make_request(key: SigningKey, age: str, name: str, at_us: int) -> bytes:
    """The file by which a device asks for its certificate."""
    request = Request(public_key=bytes(key.verify_key).hex(), age=age, name=name, at_us=at_us)
    return msgspec.json.encode(sign(key, REQUEST, request))


def read_request(file: Path) -> Request:
    """A request whose sender holds the key it names. Raises Refused."""
    signed = parsed(read_small(file, _LARGEST_REQUEST), Signed, str(file))
    request = parsed(signed.text.encode(), Request, str(file))
    if not holds(bytes.fromhex(request.public_key), REQUEST, signed):
        raise Refused(Reason.FORGED, str(file))
    return request


def _make_identity(path: Path) -> str:
    """Adds an age identity to the city's and returns its recipient. The older ones stay, for the
    bundles that were sealed to them.
    """
    identity = Identity.generate()
    recipient = identity.recipient
    file = path / AGE
    try:
        older = file.read_bytes() if file.exists() else b""
        write_durably(file, older + f"# public key: {recipient}\n{identity.text}\n".encode())
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(file)) from error
    return recipient


def _make_contact_key(path: Path) -> ContactKey:
    private = PrivateKey.generate()
    contact = ContactKey(bytes(private.public_key), demonstration=False)
    words = f"PRIVATE contact key {contact.key_id}: opens contacts; never copy it to a kiosk"
    try:
        write_durably(
            path / f"contact-{contact.key_id}.key", public_key_text(bytes(private), words)
        )
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(path)) from error
    return contact


def _save(path: Path, papers: Papers) -> None:
    try:
        write_durably(path / PAPERS, msgspec.json.encode(papers))
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(path)) from error

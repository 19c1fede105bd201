"""Trust 신뢰: which devices this store believes, what they may write, and who may read its files.

Kept in `keys/papers.json`, beside the keys, so that a damaged store does not forget whom it
trusts. Without papers a device goes on collecting; it only exchanges nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from db.clock import Clock, system_clock
from db.directory import DataDirectory, calmly, read_at_most, write_durably
from db.exchange.trust.papers import (
    CERTIFICATE,
    LARGEST_PAPERS,
    LIST,
    Certificate,
    DeviceRole,
    Papers,
    Revocation,
    Signed,
    TrustList,
    opened,
    parsed,
)
from db.keys.contact_key import CITY_KEY, ContactKey, public_key_text
from db.keys.device import device_name
from db.problems import StorageUnavailable
from db.records.event_kinds import KINDS, Signer
from db.records.feedback import RedactionBody
from db.refusals import Reason, Refused
from db.store.events import Contents, Event
from db.store.projections import decode

PAPERS = "papers.json"


class Trust:
    """The papers one device holds, checked. `city` is None until the first are accepted."""

    def __init__(self, clock: Clock = system_clock) -> None:
        self.city: bytes | None = None
        self.list: TrustList | None = None
        self.certificates: dict[str, Certificate] = {}
        self._signed_list: Signed | None = None
        self._signed: dict[str, Signed] = {}
        self._clock = clock

    def accept(self, papers: Papers, place: str) -> bool:
        """Takes over what is newer, all or nothing; True when anything was.

        The first city key is taken as it comes: the fingerprint is compared by people. Raises
        Refused for papers of another city, forged or malformed ones.
        """
        city = bytes.fromhex(papers.city)
        if self.city not in (None, city):
            raise Refused(Reason.OTHER_CITY, place)
        if self._holds_already(papers):
            return False
        newer = opened(city, LIST, papers.list, TrustList, place)
        arrived: list[tuple[Certificate, Signed]] = []
        met = {signed.signature: signed for signed in self._signed.values()}
        for signed in papers.certificates:
            if met.get(signed.signature) == signed:
                continue  # met before to the letter: of thousands a newer list brings one or two
            certificate = opened(city, CERTIFICATE, signed, Certificate, place)
            if device_name(bytes.fromhex(certificate.public_key)) != certificate.device:
                raise Refused(Reason.FORGED, place, certificate.device)
            arrived.append((certificate, signed))
        changed = self.city is None
        self.city = city
        if self.list is None or newer.number > self.list.number:
            self.list, self._signed_list, changed = newer, papers.list, True
        for certificate, signed in arrived:
            known = self.certificates.get(certificate.device)
            if known is None or certificate.number > known.number:
                self.certificates[certificate.device] = certificate
                self._signed[certificate.device] = signed
                changed = True
        return changed

    def _holds_already(self, papers: Papers) -> bool:
        """True for papers met before to the letter, which most are: nothing to verify again."""
        if self.city is None or papers.list != self._signed_list:
            return False
        known = {signed.signature for signed in self._signed.values()}
        return all(signed.signature in known for signed in papers.certificates)

    def papers(self) -> Papers | None:
        """Everything known, to be carried on."""
        if self.city is None or self._signed_list is None:
            return None
        return Papers(
            version=1,
            city=self.city.hex(),
            list=self._signed_list,
            certificates=tuple(self._signed[device] for device in sorted(self._signed)),
        )

    def revocation(self, device: str) -> Revocation | None:
        revoked = self.list.revoked if self.list else ()
        return next((each for each in revoked if each.device == device), None)

    def certificate(self, device: str, place: str) -> Certificate:
        """The certificate in force. Raises Refused when this store or that device has none."""
        if self.city is None:
            raise Refused(Reason.NOT_ENROLLED, place)
        certificate = self.certificates.get(device)
        if certificate is None:
            raise Refused(Reason.UNKNOWN_DEVICE, place, device)
        return certificate

    def signed_certificate(self, device: str) -> Signed | None:
        """The certificate in force as it travels."""
        return self._signed.get(device)

    def is_expired(self, certificate: Certificate) -> bool:
        return self._clock() > certificate.valid_until_us

    def is_live(self, device: str) -> bool:
        """True while a device's word counts: certified, neither revoked nor expired."""
        certificate = self.certificates.get(device)
        return (
            certificate is not None
            and self.revocation(device) is None
            and not self.is_expired(certificate)
        )

    def live(self, *roles: DeviceRole) -> list[Certificate]:
        """The devices of these roles whose word counts, in the order of their names."""
        return [
            self.certificates[device]
            for device in sorted(self.certificates)
            if self.certificates[device].role in roles and self.is_live(device)
        ]

    def readers(self, writer: str) -> list[str]:
        """The age recipients of a file `writer` makes: the city, every desk and hub, and, from a
        desk or hub, every kiosk too.

        A kiosk's file is not for other kiosks: one that was stolen reads nobody else's stick.
        """
        if self.list is None:
            return []
        own = self.certificates.get(writer)
        roles = [DeviceRole.DESK, DeviceRole.HUB]
        if own is not None and own.role is not DeviceRole.KIOSK:
            roles.append(DeviceRole.KIOSK)
        return list(dict.fromkeys([self.list.city_age, *(c.age for c in self.live(*roles))]))


def may_write(role: DeviceRole, event: Event, contents: Contents) -> bool:
    """Whether a device of this role may sign this event.

    A kiosk writes what residents say, and may erase its own events alone; a hub only carries.
    """
    if role is DeviceRole.DESK:
        return True
    if role is DeviceRole.HUB:
        return event.kind.startswith("hub.")
    kind = KINDS.get(event.kind)
    signer = kind.signer if kind else Signer.DESK
    if signer is Signer.KIOSK or event.kind.startswith("kiosk."):
        return True
    if signer is not Signer.OWN_KIOSK or not event.subject.startswith(f"{event.device}/"):
        return False
    body = decode(contents.body, RedactionBody)
    return body is None or body.target == event.subject


def load_trust(directory: DataDirectory, clock: Clock = system_clock) -> Trust:
    """What `keys/papers.json` says; an empty trust where there is none. Raises Refused,
    StorageUnavailable.
    """
    trust = Trust(clock)
    file = directory.keys / PAPERS
    with calmly(file):
        has_papers = file.exists()
    if has_papers:
        try:
            trust.accept(read_papers(file), str(file))
        except Refused as refused:
            raise Refused(Reason.DAMAGED_PAPERS, str(file), refused.detail) from refused
    return trust


def save_trust(directory: DataDirectory, trust: Trust) -> None:
    """Writes the papers and the contact key they name. Raises StorageUnavailable."""
    papers = trust.papers()
    if papers is None or trust.list is None:
        return
    key = bytes.fromhex(trust.list.contact_key)
    words = f"contact key of the city, {ContactKey(key, demonstration=False).key_id}"
    try:
        directory.keys.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_durably(directory.keys / PAPERS, msgspec.json.encode(papers))
        write_durably(directory.keys / CITY_KEY, public_key_text(key, words))
    except OSError as error:
        raise StorageUnavailable.from_os(error, str(directory.keys)) from error


def read_papers(file: Path) -> Papers:
    """The papers in one file. Raises Refused."""
    return parsed(read_small(file), Papers, str(file))


def read_small(file: Path, largest: int = LARGEST_PAPERS) -> bytes:
    """A file's bytes, at most `largest`. Raises Refused."""
    try:
        data = read_at_most(file, largest + 1)
    except OSError as error:
        raise Refused.from_os(error, str(file)) from error
    if len(data) > largest:
        raise Refused(Reason.TOO_LARGE, str(file))
    return data


def names(trust: Trust, devices: Iterable[str]) -> dict[str, str]:
    """A name people know for each device, or the device itself."""
    return {
        device: trust.certificates[device].name if device in trust.certificates else device
        for device in devices
    }

"""The city's identities come to a desk by the file that a person hands to it, and by nothing else;
none that is there is ever lost.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import msgspec
import pytest

from db.exchange.carriers.bundle import MANIFEST, PAPERS, write_bundles
from db.exchange.carriers.bundle_reading import Reading, read_bundle, take_archive
from db.exchange.carriers.tarball import Packer
from db.exchange.enrolment.accepting import accept_enrolment, accept_papers
from db.exchange.enrolment.authority import Authority, make_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.trust.papers import DeviceRole, Papers, Request
from db.exchange.trust.sealing import CITY_AGE, MOST_GRANTED, read_identities
from db.keys.age_files import Identity, seal
from db.participation.feedback import add_feedback
from db.refusals import Reason, Refused
from db.store.opening import open_store
from tests.db.in_memory import praise


@pytest.fixture
def authority(tmp_path: Path) -> Authority:
    return make_authority(tmp_path / "authority")


def enrolled(authority: Authority, path: Path, role: DeviceRole) -> Iterator[StoreShelf]:
    with open_store(path) as store:
        public_key, age = store.keys.public.hex(), store.keys.age_recipient
        request = Request(public_key=public_key, age=age, name=path.name, at_us=0)
        certificate = authority.sign(request, role, path.name)
        shelf = StoreShelf(store)
        accept_enrolment(shelf, authority.papers_for(certificate), "papers")
        yield shelf


@pytest.fixture
def desk(authority: Authority, tmp_path: Path) -> Iterator[StoreShelf]:
    yield from enrolled(authority, tmp_path / "desk", DeviceRole.DESK)


@pytest.fixture
def kiosk(authority: Authority, desk: StoreShelf, tmp_path: Path) -> Iterator[StoreShelf]:
    yield from enrolled(authority, tmp_path / "kiosk", DeviceRole.KIOSK)


def held(shelf: StoreShelf) -> list[Identity]:
    return read_identities(shelf.store.directory.keys / CITY_AGE)


def granting(authority: Authority, shelf: StoreShelf, *identities: Identity) -> Papers:
    """The papers with a grant for this desk, as whoever knows its address can make it."""
    text = "".join(f"{each.text}\n" for each in identities).encode()
    grant = seal(text, [shelf.store.keys.age_recipient])
    return msgspec.structs.replace(authority.papers, grant=grant)


def test_a_bundle_grants_nothing_whoever_wrote_it(
    authority: Authority, kiosk: StoreShelf, desk: StoreShelf, tmp_path: Path
) -> None:
    """A desk that was stolen knows the city's identity: its grant would name the right one first,
    or none that opens anything.
    """
    before = held(desk)
    assert len(before) == 1
    for identities in ((*before, Identity.generate()), (Identity.generate(),)):
        papers = granting(authority, desk, *identities)
        tar = Packer(0)
        tar.add(MANIFEST, b"{}")
        tar.add(PAPERS, msgspec.json.encode(papers))
        take_archive(desk, tar.finish(), "stick", Reading())
        accept_papers(desk, papers, "hub")
        assert held(desk) == before
    take_archive(kiosk, tar.finish(), "stick", Reading())
    assert not (kiosk.store.directory.keys / CITY_AGE).exists()
    # What kiosks seal to the city still opens.
    add_feedback(kiosk.store, praise())
    (made,) = write_bundles(kiosk, tmp_path)
    assert read_bundle(desk, Path(made.file)).new == 1


def test_another_grant_adds_to_what_the_earlier_ones_brought(
    authority: Authority, desk: StoreShelf, tmp_path: Path
) -> None:
    (first,) = held(desk)
    with open_store(tmp_path / "lost") as store:
        public_key, age = store.keys.public.hex(), store.keys.age_recipient
        request = Request(public_key=public_key, age=age, name="잃은 노트북", at_us=0)
        authority.sign(request, DeviceRole.DESK, "잃은 노트북")
        authority.revoke(store.device)
    certificate = authority.trust.certificates[desk.store.device]
    accept_enrolment(desk, authority.papers_for(certificate), "papers")
    assert len(held(desk)) == 2 and held(desk)[0] == first
    # An older file, with fewer identities, takes none of them away.
    after = held(desk)
    accept_enrolment(desk, granting(authority, desk, held(desk)[1]), "papers")
    assert held(desk) == after
    assert desk.trust.list is not None
    assert desk.trust.list.city_age in [each.recipient for each in after]


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("another city's", Reason.FORGED),
        ("another desk's", Reason.OTHERS_PAPERS),
        ("no identity", Reason.UNREADABLE),
        ("no age file", Reason.UNREADABLE),
        ("too many", Reason.TOO_LARGE),
    ],
)
def test_a_grant_that_is_none_is_refused_and_adds_nothing(
    authority: Authority, desk: StoreShelf, kind: str, reason: Reason
) -> None:
    before = held(desk)
    papers = {
        "another city's": lambda: granting(authority, desk, Identity.generate()),
        "another desk's": lambda: msgspec.structs.replace(
            authority.papers, grant=seal(b"", [Identity.generate().recipient])
        ),
        "no identity": lambda: granting(authority, desk),
        "no age file": lambda: msgspec.structs.replace(authority.papers, grant=b"grant"),
        "too many": lambda: granting(
            authority, desk, *before, *(Identity.generate() for _ in range(MOST_GRANTED))
        ),
    }[kind]()
    with pytest.raises(Refused) as refused:
        accept_enrolment(desk, papers, "papers")
    assert refused.value.reason is reason and "grant" in refused.value.place
    assert held(desk) == before


def test_a_kiosk_takes_its_papers_from_a_file_that_went_on_to_a_desk(
    authority: Authority, desk: StoreShelf, tmp_path: Path
) -> None:
    with open_store(tmp_path / "kiosk") as store:
        public_key, age = store.keys.public.hex(), store.keys.age_recipient
        request = Request(public_key=public_key, age=age, name="송천", at_us=0)
        authority.sign(request, DeviceRole.KIOSK, "송천")
        papers = authority.papers_for(authority.trust.certificates[desk.store.device])
        shelf = StoreShelf(store)
        assert papers.grant is not None and accept_enrolment(shelf, papers, "papers")
        assert shelf.trust.certificates[store.device].name == "송천"
        assert not (store.directory.keys / CITY_AGE).exists()

"""A contact is taken only with consent, sealed at once, and never seen again on a kiosk."""

from __future__ import annotations

import json
import logging
from pathlib import Path

import msgspec
import pytest
from nacl.public import PrivateKey

from db.directory import DataDirectory
from db.keys.contact_key import CITY_KEY, contact_key, public_key_text, read_key_file
from db.participation.feedback import add_feedback, list_feedback
from db.privacy.contact import clean_contact, open_sealed, seal
from db.problems import BrokenKey, InputRefused
from db.records import Contact, ContactKind
from db.store.opening import open_store
from db.store.store import Store
from tests.db.in_memory import CONSENT, PHONE, praise

EMAIL = Contact(kind=ContactKind.EMAIL, value="Hong.GilDong@example.co.kr", consent=CONSENT)


@pytest.mark.parametrize("missing", ["purpose", "items", "retention", "refusal", "over_14"])
def test_without_any_one_point_of_consent_no_contact_is_taken(store: Store, missing: str) -> None:
    consent = msgspec.structs.replace(CONSENT, **{missing: False})
    contact = msgspec.structs.replace(PHONE, consent=consent)
    with pytest.raises(InputRefused) as refused:
        add_feedback(store, praise(contact=contact))
    assert refused.value.field == "consent"
    assert list_feedback(store)[0] == ()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("010-1234-5678", "01012345678"),
        (" 010 1234 5678 ", "01012345678"),
        ("+82 10-1234-5678", "01012345678"),
        ("０１０１２３４５６７８", "01012345678"),
        ("063-281-2114", "0632812114"),
        ("02-123-4567", "021234567"),
    ],
)
def test_a_phone_number_is_kept_in_its_plain_form(typed: str, kept: str) -> None:
    assert clean_contact(msgspec.structs.replace(PHONE, value=typed)).value == kept


@pytest.mark.parametrize("typed", ["", "전화", "010-123", "010-1234-5678-9", "a@b", "1" * 5000])
@pytest.mark.parametrize("kind", list(ContactKind))
def test_what_is_no_contact_is_refused_without_repeating_it(kind: ContactKind, typed: str) -> None:
    with pytest.raises(InputRefused) as refused:
        clean_contact(Contact(kind=kind, value=typed, consent=CONSENT))
    assert refused.value.field == "contact"
    with pytest.raises(InputRefused) as other:
        clean_contact(Contact(kind=kind, value="?", consent=CONSENT))
    assert refused.value.sentence("ko") == other.value.sentence("ko")


def test_only_the_private_key_opens_a_sealed_contact(store: Store) -> None:
    private = read_key_file(store.directory.keys / "demo-contact.key")
    sealed = seal(clean_contact(EMAIL), store.contact)
    assert open_sealed(sealed, private) == (ContactKind.EMAIL, EMAIL.value)
    for wrong in (bytes(PrivateKey.generate()), b"short"):
        with pytest.raises(InputRefused):
            open_sealed(sealed, wrong)


def test_its_length_does_not_tell_a_number_from_an_address(store: Store) -> None:
    assert len(seal(PHONE, store.contact)) == len(seal(EMAIL, store.contact))


def test_no_plain_contact_reaches_the_disk_the_log_or_a_trace(
    data_dir: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG), open_store(data_dir) as store:
        add_feedback(store, praise("연락 주세요", contact=EMAIL))
        add_feedback(store, praise("연락 주세요", contact=PHONE))
        kept = [path.read_bytes() for path in data_dir.rglob("*") if path.is_file()]
    kept += [path.read_bytes() for path in data_dir.rglob("*") if path.is_file()]
    for needle in (b"Hong.GilDong", b"hong.gildong", b"01012345678", b"1234-5678"):
        assert not [True for content in kept if needle in content]
    assert "Hong" not in caplog.text and "1234" not in repr(PHONE)


def test_the_consent_is_signed_with_the_feedback(store: Store) -> None:
    add_feedback(store, praise(contact=PHONE))
    (row,) = store.rows("SELECT body, key_id FROM event")
    assert json.loads(row[0])["consent"] == {
        "version": "2026-11", "purpose": True, "items": True, "retention": True, "refusal": True,
        "over_14": True,
    }  # fmt: skip
    assert row[1] == store.contact.key_id


def test_the_first_key_is_a_demonstration_and_the_citys_replaces_it(data_dir: Path) -> None:
    directory = DataDirectory(data_dir)
    with open_store(data_dir) as store:
        assert store.contact.demonstration
        demonstration = store.contact.key_id
    city = PrivateKey.generate()
    (directory.keys / CITY_KEY).write_bytes(public_key_text(bytes(city.public_key), "city"))
    with open_store(data_dir) as store:
        assert not store.contact.demonstration
        assert store.contact.key_id != demonstration
        add_feedback(store, praise(contact=PHONE))
        (row,) = store.rows("SELECT sealed FROM event")
        assert open_sealed(row[0], bytes(city))[1] == "01012345678"


@pytest.mark.parametrize("content", [b"", b"not a key", b"0" * 63, b"\xff" * 500, b"g" * 64])
def test_a_malformed_city_key_is_named_and_never_passed_over(
    data_dir: Path, content: bytes
) -> None:
    open_store(data_dir).close()
    (data_dir / "keys" / CITY_KEY).write_bytes(content)
    with pytest.raises(BrokenKey) as refused:
        contact_key(DataDirectory(data_dir))
    assert CITY_KEY in refused.value.sentence("ko")
    with pytest.raises(BrokenKey):
        open_store(data_dir)


@pytest.mark.parametrize(
    ("kind", "typed"),
    [
        (ContactKind.EMAIL, "name@example.com" + " " * 200 + "or.other@example.com"),
        (ContactKind.PHONE, "010-1234-5678" + " " * 200 + "9"),
    ],
)
def test_a_contact_is_never_cut_to_what_might_be_anothers(kind: ContactKind, typed: str) -> None:
    with pytest.raises(InputRefused):
        clean_contact(Contact(kind=kind, value=typed, consent=CONSENT))

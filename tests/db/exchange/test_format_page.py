"""The page on the byte format is enough: a reader written from it alone reads what this program
writes, and both make the page's own test vectors.
"""

from __future__ import annotations

import base64
import hashlib
import json
import re
import struct
from pathlib import Path

import msgspec
import pyrage
import pytest
import zstandard
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from db.exchange.carriers.bundle import write_bundles
from db.exchange.enrolment.accepting import accept_enrolment
from db.exchange.enrolment.authority import make_authority
from db.exchange.pages.store_shelf import StoreShelf
from db.exchange.status.acknowledgements import own_acknowledgement
from db.exchange.trust.call_signature import give_challenge, sign_call
from db.exchange.trust.papers import REQUEST, DeviceRole, Request, Signed, holds
from db.keys.age_files import Identity, unseal
from db.keys.device import device_name
from db.participation.feedback import add_feedback
from db.participation.plantings import NewPlanting, register_planting
from db.receipts.code import read_token, receipt_key
from db.records import Erased
from db.store.events import genesis, hash_sealed, header_bytes
from db.store.journal import events, redact
from db.store.opening import open_store
from db.store.page import read_page
from tests.db.exchange import other_reader
from tests.db.exchange.city import pages
from tests.db.in_memory import NOON, PHONE, keys, memory_store, praise

PAGE = Path(__file__).parents[3] / "resources" / "help" / "format.md"


@pytest.fixture(scope="module")
def vectors() -> dict[str, str]:
    block = PAGE.read_text(encoding="utf-8").split("```")[1]
    return dict(re.findall(r"^(.+?) = (.+)$", block, re.MULTILINE))


def test_the_vectors_are_what_this_program_makes(vectors: dict[str, str]) -> None:
    public = bytes(SigningKey(bytes(range(32))).verify_key)
    page = read_page(base64.b64decode(vectors["page"]))
    first, second = page.events
    signed = Signed(vectors["request text"], vectors["request signature"])
    token = read_token(vectors["token text"])
    identity = Identity(bytes(range(32)))
    assert token is not None and page.is_signed_by(public) and holds(public, REQUEST, signed)
    assert msgspec.json.decode(signed.text, type=Request).public_key == public.hex()
    assert vectors == vectors | {
        "public": public.hex(),
        "device": device_name(public),
        "genesis": genesis(public).hex(),
        "token": token.hex(),
        "receipt": receipt_key(token).hex(),
        "body hash": first.body_hash.hex(),
        "header": header_bytes(first).hex(),
        "link 1": first.chain.hex(),
        "sealed hash": hash_sealed("demo", bytes(range(60))).hex(),
        "link 2": second.chain.hex(),
        "signature 2": page.signature.hex() if page.signature else "",
        "identity": identity.text,
        "recipient": identity.recipient,
    }
    assert unseal(base64.b64decode(vectors["sealed"]), [identity]) == "천만정원".encode()


def test_the_other_reader_makes_them_too(vectors: dict[str, str]) -> None:
    public = bytes.fromhex(vectors["public"])
    first, second = other_reader.read_page(base64.b64decode(vectors["page"]), public)
    assert other_reader.name_of(public) == vectors["device"]
    assert first["header"].hex() == vectors["header"]
    assert vectors["receipt"] in vectors["header"]
    assert [each["link"].hex() for each in (first, second)] == [
        vectors["link 1"],
        vectors["link 2"],
    ]
    request = {"text": vectors["request text"], "signature": vectors["request signature"]}
    assert other_reader.signed(public, "request", request)["public_key"] == public.hex()
    with pytest.raises(BadSignatureError):
        other_reader.signed(public, "certificate", request)
    key = pyrage.x25519.Identity.from_str(vectors["identity"])
    opened = pyrage.decrypt(base64.b64decode(vectors["sealed"]), [key])
    assert opened.decode() == "천만정원"


def test_the_other_reader_follows_a_clock_that_stood_anywhere() -> None:
    now = [0]
    with memory_store(1, lambda: now[0]) as store:
        for now[0] in (2**62, -(2**62), 0, 2**62, NOON):
            add_feedback(store, praise())
        (data,) = pages(store)
        public = store.keys.public
    times = [each.at_us for each in read_page(data).events]
    assert max(times) - min(times) > 2**62
    assert [each["at"] for each in other_reader.read_page(data, public)] == times


def test_a_call_is_signed_as_the_page_says() -> None:
    """Whoever writes a client from the page alone is believed by a hub."""
    hub, device = keys(1), keys(2)
    challenge = give_challenge(hub, NOON)
    headers = sign_call(device, challenge, "POST", "/v1/pages?x=1", b"body")
    shown = json.loads(base64.b64decode(headers["Cheonman-Challenge"]))
    assert other_reader.signed(hub.public, "challenge", shown)["hub"] == hub.device
    body_hash = hashlib.sha256(b"body").digest()
    parts = (shown["text"].encode(), b"POST /v1/pages?x=1")
    called = b"".join(hashlib.sha256(part).digest() for part in parts) + body_hash
    signature = bytes.fromhex(headers["Cheonman-Signature"])
    VerifyKey(device.public).verify(b"cheonman.call.1\0" + called, signature)
    assert (headers["Cheonman-Device"], headers["Cheonman-Body"]) == (
        device.device,
        body_hash.hex(),
    )


def test_a_reader_from_the_page_alone_reads_a_whole_bundle(tmp_path: Path) -> None:
    authority = make_authority(tmp_path / "authority")
    with open_store(tmp_path / "kiosk") as store:
        request = Request(
            public_key=store.keys.public.hex(), age=store.keys.age_recipient, name="", at_us=0
        )
        certificate = authority.sign(request, DeviceRole.KIOSK, "완산도서관")
        shelf = StoreShelf(store)
        accept_enrolment(shelf, authority.papers_for(certificate), "papers")
        add_feedback(store, praise("연락 주세요", contact=PHONE))
        register_planting(store, NewPlanting(species="느티나무", trees=2))
        for what in Erased:
            receipt = add_feedback(store, praise("지울 글", contact=PHONE))
            redact(store, receipt.device, receipt.seq, what, "요청")
        for number in range(600):
            add_feedback(store, praise(f"의견 {number}"))
        (made,) = write_bundles(shelf, tmp_path)
        word = msgspec.json.decode(own_acknowledgement(shelf).text)
        stored = list(events(store.connection, store.device))
    # The authority's stick opens it, as any tool of the format does.
    lines = (authority.path / "city.age").read_text(encoding="ascii").splitlines()
    identity = next(line for line in lines if line.startswith("AGE-SECRET-KEY-"))
    opener = pyrage.x25519.Identity.from_str(identity)
    words, journals = other_reader.read_bundle(Path(made.file).read_bytes(), opener)
    assert words == [word]
    (journal,) = journals.values()
    assert [(each["seq"], each["kind"], each["link"]) for each in journal] == [
        (event.seq, event.kind, event.chain) for event, _ in stored
    ]
    assert [each["body"] for each in journal] == [contents.body for _, contents in stored]
    assert len(journal) == 608


def test_the_page_is_short_enough_for_a_reader_of_forty_lines() -> None:
    text = Path(other_reader.__file__).read_text(encoding="utf-8")
    behind_imports = text.partition("\n\n\n")[2]
    assert len([line for line in behind_imports.splitlines() if line.strip()]) <= 40
    assert not re.search(r"\b(db|desktop|tests)\b", text), "it knows nothing of the program"


@pytest.mark.parametrize("field", range(1, 17))
def test_the_other_reader_refuses_a_page_that_was_altered(
    vectors: dict[str, str], field: int
) -> None:
    data, public = base64.b64decode(vectors["page"]), bytes.fromhex(vectors["public"])
    row = msgspec.msgpack.decode(zstandard.decompress(data[8:]))
    value = row[field]
    if isinstance(value, bytes):
        altered: object = bytes((value[0] ^ 1,)) + value[1:] if value else b"x" * 32
    elif isinstance(value, int):
        altered = value + 1
    else:
        altered = [None, *value[1:]] if field == 12 else value[::-1]
    row[field] = altered
    page = b"CMPAGE1\n" + zstandard.compress(msgspec.msgpack.encode(row))
    same = altered == value or field == 8  # its two events are of one kind
    if same or (field == 14 and not value):
        return
    with pytest.raises((BadSignatureError, struct.error, TypeError, ValueError, KeyError)):
        other_reader.read_page(page, public)

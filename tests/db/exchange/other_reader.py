"""A reader of bundles written from resources/help/format.md alone: nothing of the program is used,
and whatever does not fit raises.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import tarfile
from hashlib import sha256
from typing import Any

import pyrage
import zstandard
from msgspec import msgpack
from nacl.signing import VerifyKey


def name_of(public_key: bytes) -> str:
    raw = sha256(b"cheonman.device.1\0" + public_key).digest()[:16]
    return base64.b32encode(raw).decode().lower().rstrip("=")


def signed(public_key: bytes, domain: str, paper: dict[str, str]) -> Any:
    digest = sha256(paper["text"].encode()).digest()
    verify = VerifyKey(public_key).verify
    verify(f"cheonman.{domain}.1\0".encode() + digest, bytes.fromhex(paper["signature"]))
    return json.loads(paper["text"])


def sized(text: str) -> bytes:
    return struct.pack(">H", len(text.encode())) + text.encode()


def read_page(data: bytes, public_key: bytes) -> list[dict[str, Any]]:
    assert data.startswith(b"CMPAGE1\n")
    row = msgpack.decode(zstandard.ZstdDecompressor().decompress(data[8:]))
    version, device, first, link, signature, ids, times, kinds, kind_at, subjects = row[:10]
    there, receipts, bodies, salts, hashes, boxes, erased = row[10:]
    sealed = {at: sha256(b"cheonman.sealed.1\0" + sized(k) + box).digest() for at, k, box in boxes}
    sealed |= dict(erased)
    assert version == 1 and len(ids) == 16 * len(subjects)
    events, at_us = [], 0
    columns = zip(times, subjects, there, bodies, strict=True)
    for at, (delta, subject, has, body) in enumerate(columns):
        at_us, kind, id = at_us + delta, kinds[kind_at[at]], ids[16 * at : 16 * at + 16]
        if body is None:
            body_hash, hashes = hashes[:32], hashes[32:]
        else:
            body_hash = sha256(b"cheonman.body.1\0" + salts[:16] + body.encode()).digest()
            salts = salts[16:]
        receipt, receipts = (receipts[:16], receipts[16:]) if has else (b"", receipts)
        header = struct.pack(">16sQ16sq", device, first + at, id, at_us) + sized(kind)
        header += sized(subject) + bytes((has,)) + receipt + body_hash
        header += b"\1" + sealed[at] if at in sealed else b"\0"
        link = sha256(b"cheonman.chain.1\0" + link + header).digest()
        names = ("seq", "id", "kind", "subject", "at", "receipt", "body", "link", "header")
        values = (first + at, id, kind, subject, at_us, receipt, body, link, header)
        events.append(dict(zip(names, values, strict=True)))
    VerifyKey(public_key).verify(b"cheonman.signature.1\0" + link, signature)
    return events


def read_bundle(data: bytes, identity: str) -> tuple[Any, dict[str, list[dict[str, Any]]]]:
    """The signed words, and each device's events."""
    plain = pyrage.decrypt(data, [pyrage.x25519.Identity.from_str(identity)])
    with tarfile.open(fileobj=io.BytesIO(plain)) as tar:
        files = {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]
    papers = json.loads(files["papers.json"])
    city = bytes.fromhex(papers["city"])
    signed(city, "trust-list", papers["list"])
    certificates = [signed(city, "certificate", each) for each in papers["certificates"]]
    keys = {each["device"]: bytes.fromhex(each["public_key"]) for each in certificates}
    assert all(name_of(key) == device for device, key in keys.items())
    said = json.loads(files["acknowledgements.json"])
    words = [signed(keys[json.loads(w["text"])["device"]], "acknowledgement", w) for w in said]
    journals: dict[str, list[dict[str, Any]]] = {}
    for path in filter(lambda each: each.startswith("pages/"), files):
        _pages, device, _numbers = path.split("/")
        journals.setdefault(device, []).extend(read_page(files[path], keys[device]))
    return words, journals

"""A reader of bundles written from resources/help/format.md alone: nothing of the program is used,
and whatever does not fit raises.
"""

from __future__ import annotations

import base64
import io
import json
import struct
import tarfile
from collections.abc import Iterator
from hashlib import sha256
from typing import Any

import pyrage
import zstandard
from msgspec import msgpack
from nacl.signing import VerifyKey


def domain(name: str) -> bytes:
    return f"cheonman.{name}.1\0".encode()


def name_of(public_key: bytes) -> str:
    raw = sha256(domain("device") + public_key).digest()[:16]
    return base64.b32encode(raw).decode().lower().rstrip("=")


def signed(public_key: bytes, name: str, paper: dict[str, str]) -> Any:
    digest = sha256(paper["text"].encode()).digest()
    VerifyKey(public_key).verify(domain(name) + digest, bytes.fromhex(paper["signature"]))
    return json.loads(paper["text"])


def sized(text: str) -> bytes:
    return struct.pack(">H", len(text.encode())) + text.encode()


def parts(raw: bytes, size: int) -> Iterator[bytes]:
    return (raw[at : at + size] for at in range(0, len(raw), size))


def read_page(data: bytes, public_key: bytes) -> list[dict[str, Any]]:
    assert data.startswith(b"CMPAGE1\n")
    row = msgpack.decode(zstandard.ZstdDecompressor().decompress(data[8:]))
    version, device, first, link, signature, ids, times, kinds, kind_at, subjects = row[:10]
    there, receipts, bodies, salts, hashes, boxes, erased = row[10:]
    sealed = {at: sha256(domain("sealed") + sized(k) + box).digest() for at, k, box in boxes}
    sealed |= dict(erased)
    id, receipt, salt = parts(ids, 16), parts(receipts, 16), parts(salts, 16)
    bare = parts(hashes, 32)
    events, at_us = [], 0
    for at, body in enumerate(bodies):
        at_us = (at_us + times[at] + 2**63) % 2**64 - 2**63
        event = {"seq": first + at, "id": next(id), "kind": kinds[kind_at[at]], "body": body}
        event |= {"subject": subjects[at], "at": at_us, "receipt": b""}
        if there[at]:
            event["receipt"] = next(receipt)
        if body is None:
            body_hash = next(bare)
        else:
            body_hash = sha256(domain("body") + next(salt) + body.encode()).digest()
        header = struct.pack(">16sQ16sq", device, event["seq"], event["id"], at_us)
        header += sized(event["kind"]) + sized(event["subject"]) + bytes((there[at],))
        header += event["receipt"] + body_hash
        header += b"\1" + sealed[at] if at in sealed else b"\0"
        link = sha256(domain("chain") + link + header).digest()
        events.append(event | {"link": link, "header": header})
    assert version == 1 and not [*id, *receipt, *salt, *bare]
    VerifyKey(public_key).verify(domain("signature") + link, signature)
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

"""A reader of bundles written from resources/help/format.md alone, in forty lines: nothing of the
program is used, and whatever does not fit raises.
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


def hashed(name: str, *parts: bytes) -> bytes:
    return sha256(f"cheonman.{name}.1\0".encode() + b"".join(parts)).digest()


def name_of(public_key: bytes) -> str:
    return base64.b32encode(hashed("device", public_key)[:16]).decode().lower().rstrip("=")


def signed(public_key: bytes, name: str, paper: dict[str, str]) -> Any:
    told = f"cheonman.{name}.1\0".encode() + sha256(paper["text"].encode()).digest()
    VerifyKey(public_key).verify(told, bytes.fromhex(paper["signature"]))
    return json.loads(paper["text"])


def sized(text: str) -> bytes:
    return struct.pack(">H", len(text.encode())) + text.encode()


def read_page(data: bytes, public_key: bytes) -> list[dict[str, Any]]:
    row = msgpack.decode(zstandard.decompress(data.removeprefix(b"CMPAGE1\n")))
    device, first, link, signature, _, times, kinds, kind_at, subjects, there = row[1:11]
    ids, receipts, salts, bare = (io.BytesIO(row[at]) for at in (5, 11, 13, 14))
    sealed = {at: hashed("sealed", sized(key), box) for at, key, box in row[15]} | dict(row[16])
    events, us = [], 0
    for at, body in enumerate(row[12]):
        us = (us + times[at] + 2**63) % 2**64 - 2**63
        header = struct.pack(">16sQ", device, first + at) + ids.read(16) + struct.pack(">q", us)
        header += sized(kinds[kind_at[at]]) + sized(subjects[at])
        header += bytes((there[at],)) + receipts.read(16 * there[at])
        header += bare.read(32) if body is None else hashed("body", salts.read(16), body.encode())
        header += b"\1" + sealed[at] if at in sealed else b"\0"
        link = hashed("chain", link, header)
        event = {"seq": first + at, "kind": kinds[kind_at[at]], "at": us, "body": body}
        events.append(event | {"subject": subjects[at], "link": link, "header": header})
    VerifyKey(public_key).verify(b"cheonman.signature.1\0" + link, signature)
    return events


def read_bundle(data: bytes, key: pyrage.x25519.Identity) -> tuple[Any, dict[str, list[Any]]]:
    with tarfile.open(fileobj=io.BytesIO(pyrage.decrypt(data, [key]))) as tar:
        files = {each.name: tar.extractfile(each).read() for each in tar}  # type: ignore[union-attr]
    papers, said = json.loads(files["papers.json"]), json.loads(files["acknowledgements.json"])
    city = bytes.fromhex(papers["city"])
    known = [signed(city, "certificate", each) for each in papers["certificates"]]
    keys = {each["device"]: bytes.fromhex(each["public_key"]) for each in known}
    words = [signed(keys[json.loads(w["text"])["device"]], "acknowledgement", w) for w in said]
    journals: dict[str, list[Any]] = {each: [] for each in keys if name_of(keys[each]) == each}
    for _, device, numbers in (path.split("/") for path in sorted(files) if "/" in path):
        journals[device] += read_page(files[f"pages/{device}/{numbers}"], keys[device])
    return signed(city, "trust-list", papers["list"]) and words, journals

"""A hub with TLS, and a kiosk that trusts the city's own authority for it."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from tests.db.hub_web.certificates import Pair, require_openssl
from tests.db.hub_web.hub_program import running_hub
from tests.flows.program import cheonman, clear_sentence, in_this_process


@pytest.fixture
def authority(tmp_path: Path) -> Pair:
    """The authority of a city's intranet, which no other machine knows."""
    require_openssl()
    return Pair(tmp_path, "authority")


@pytest.fixture
def pair(tmp_path: Path, authority: Pair) -> Pair:
    return Pair(tmp_path, "hub", authority)


def test_a_pair_that_does_not_fit_keeps_the_hub_from_listening(
    hub_dir: Path, database: str, pair: Pair, authority: Pair, tmp_path: Path
) -> None:
    letter = tmp_path / "letter.pem"
    letter.write_text("이것은 편지입니다.", encoding="utf-8")
    locked = tmp_path / "locked.key"
    # fmt: off
    subprocess.run(
        ["openssl", "ec", "-in", pair.key, "-aes256", "-passout", "pass:word", "-out", locked],
        check=True, capture_output=True,
    )
    # fmt: on
    for tls in (
        ("--tls-cert", pair.cert, "--tls-key", authority.key),
        ("--tls-cert", pair.cert, "--tls-key", tmp_path / "none.key"),
        ("--tls-cert", tmp_path / "none.crt", "--tls-key", pair.key),
        ("--tls-cert", letter, "--tls-key", pair.key),
        ("--tls-cert", pair.cert, "--tls-key", locked),
        ("--tls-cert", tmp_path, "--tls-key", pair.key),
        ("--tls-cert", pair.cert),
        ("--tls-key", pair.key),
    ):
        answer = in_this_process("hub", "--data-dir", hub_dir, "--database", database, *tls)
        clear_sentence(answer, "--tls-cert", status=2)
        assert answer.out == ""


def test_a_pipe_as_a_key_is_refused_instead_of_waited_for(
    hub_dir: Path, database: str, pair: Pair, tmp_path: Path
) -> None:
    os.mkfifo(tmp_path / "pipe")
    tls = ("--tls-cert", pair.cert, "--tls-key", tmp_path / "pipe")
    answer = cheonman("hub", "--data-dir", hub_dir, "--database", database, *tls)
    clear_sentence(answer, "--tls-cert", status=2)


def test_a_device_is_told_how_to_trust_the_citys_own_root(
    tmp_path: Path, database: str, pair: Pair, authority: Pair
) -> None:
    city = tmp_path / "city"
    made = in_this_process("authority", "init", "--dir", city, "--json")
    told = ("--fingerprint", json.loads(made.out)["fingerprint"])
    for role in ("hub", "desk"):
        request, paper = tmp_path / f"{role}.req", tmp_path / f"{role}.cert"
        sign = ("--dir", city, "--role", role, "--name", role, "--out", paper)
        there = ("--data-dir", tmp_path / role)
        assert in_this_process("init", "--role", role, "--name", role, *there).status == 0
        asked = in_this_process("enroll", "request", *there, "--out", request, "--json")
        heard = ("--fingerprint", json.loads(asked.out)["fingerprint"])
        assert in_this_process("authority", "sign", request, *sign, *heard).status == 0
        assert in_this_process("enroll", "accept", paper, *there, *told).status == 0
    tls = ("--tls-cert", pair.cert, "--tls-key", pair.key)
    with running_hub(tmp_path / "hub", database, *tls) as hub:
        visit = ("sync", "--hub", hub.address, "--data-dir", tmp_path / "desk")
        clear_sentence(cheonman(*visit), hub.address, "SSL_CERT_FILE", status=1)
        assert cheonman(*visit, SSL_CERT_FILE=str(authority.cert)).status == 0
